from __future__ import annotations

import pytest

from digestgen.curate.files.file_kinds import FileKind, kind_of
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.ledger_file import write_ledger

KINDS: dict[str, tuple[str, FileKind | None]] = {
    "a ledger": (write_ledger(Ledger()), FileKind.LEDGER),
    "a ledger below a byte-order mark and a blank line": ("\ufeff\n" + write_ledger(Ledger()), FileKind.LEDGER),
    "a ledger that is cut": (write_ledger(Ledger())[:70], FileKind.LEDGER),
    "rulings on topics": ("# mine\n\ntopics:\n  a:\n    hide: true\n", FileKind.RULINGS),
    "rulings on articles": ("articles:\n  a: {hide: true}\n", FileKind.RULINGS),
    "a split": ("source: RT\narticles:\n- line: 1\n  skip: true\n", FileKind.SIDECAR),
    "a split with a start of a document": ("---\narticles: [{line: 1}]\n", FileKind.SIDECAR),
    "a split on one line": ('{"articles": [{line: 1, skip: true}]}', FileKind.SIDECAR),
    "a draft": ("draft: true\n", FileKind.SIDECAR),
    "a cut split": ("lines: 3\n", FileKind.SIDECAR),
    "what withholds nothing": ("source: RT\nlanguage: en\n", None),
    "settings": ("title: Mine\nsources:\n  A: https://example.org/\n", None),
    "a text": ("Articles: a list of them.\n\nThe first.", None),
    "a text that begins as if": ("source: RT\n\nFoxes move into the city.\nThey came by night.", None),
    "JSON lines": ('{"draft": true, "text": "One."}\n{"text": "Two."}', None),
    "one JSON line": ('{"draft": true, "text": "One."}', None),
    "nothing": ("", None),
    "a list": ("- articles:\n", None),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS)
def test_a_file_is_known_by_its_content(text: str, kind: FileKind | None) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize("text", ["#" * 1_000_000, "#\n" * 300_000, "\n" * 1_000_000, "articles:" * 50_000])
def test_hostile_texts_are_told_quickly(text: str) -> None:
    assert kind_of(text) is None
