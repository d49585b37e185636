"""Whatever happens to a sidecar, what it withholds is not shown, unless it is still valid and says otherwise."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.files.sidecar_writer import with_split
from digestgen.errors import InputError
from digestgen.ingest.read import Defaults, read_seed
from digestgen.model import ProposedStart, Publish
from digestgen.seed_folder import read_seed_folder
from effort import costly

SECRET_LINE = 4
TEXT = """\
The harbour opens in May.
The quay was rebuilt by the city, and the mayor will cut the ribbon.

The witness is called Wanda Wolmar.
She told the police all that she knew of the bribes, and asked never to be named.

The café in the old orchard blooms.
The monks planted new trees in spring, and guests may sit below them.
"""
HIDDEN_WORD = "Wolmar"


def _split() -> str:
    rows = TEXT.split("\n")
    starts = [
        ProposedStart(
            line=line, begins=rows[line - 1][:20].strip(), title=None, titled=False, confidence=1.0, chosen=True
        )
        for line in (1, 4, 7)
    ]
    written = with_split("source: Café\n", "a.yml", "a.txt", starts, len(rows) - 1)
    at = written.index("\n", written.index("begins", written.index("line: 4"))) + 1
    return written[:at] + "    skip: true\n" + written[at:]


SIDECARS = {
    "by hand": "# é\nlanguage: en\narticles:\n  - line: 1\n  - line: 4\n    skip: true\n  - line: 7\n",
    "as it is written": _split(),
    "on one line": "{articles: [{line: 1}, {skip: true, line: 4, title: é}, {line: 7}], lines: 8}\n",
    "a draft": "source: Café\ndraft: true\n",
    "a draft with a split": "draft: true  # é\narticles:\n- line: 1\n- line: 4\n",
}
NAMES = [
    "a.yaml", "a.yml.txt", "a.yml.md", "a.yml.bak", "a.yml~", "a.yml.orig", "a (1).yml", "a.txt.yml", "a..yml", "a.yl",
    "a.md", "a.jsonl", "a.json", "a.conf", "a", "a yml", "b.yml", "notes.yaml", "notes", "notes.txt", "notes.md",
    "x.cfg", "digest.yml", "curation.yml", "permalinks.yml", "Curation.yaml", "permalinks.txt", "a\u200b.yml", "ａ.yml",
    "zzz.YML",
]  # fmt: skip
ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "latin-1", "cp1252", "cp037", "utf-7"]


def leaks(name: str, data: bytes) -> bool:
    """Whether the secret may be shown if ``data`` lies beside the text as ``name``."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
        (folder / name).write_bytes(data)
        try:
            read = read_seed_folder(folder)
        except InputError:
            return False
    assert (not read.waiting) or read.problems
    defaults = Defaults(language="en", publish=Publish.SUMMARY)
    articles = [article for seed in read.seeds for article in read_seed(seed, defaults).articles]
    shown = [article for article in articles if article.directive is None or article.directive.show]
    return any(HIDDEN_WORD in f"{article.title} {article.standfirst} {article.paragraphs}" for article in shown)


def says_otherwise(data: bytes) -> bool:
    """Whether a sidecar is valid and lets the secret be shown, according to another YAML parser."""
    try:
        told = yaml.safe_load(data.decode("utf-8-sig"))
    except (ValueError, yaml.YAMLError):
        return False
    if not isinstance(told, dict) or told.get("draft") is True:
        return False
    if "articles" not in told:
        return "lines" not in told and b"splits into articles" not in data and bool(told)
    entries = told["articles"]
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        return False
    lines = [entry.get("line") for entry in entries]
    if not all(isinstance(line, int) for line in lines):
        return False
    own = max((index for index, line in enumerate(lines) if line <= SECRET_LINE), default=None)
    return own is not None and "skip" not in entries[own]


@pytest.mark.parametrize("sidecar", SIDECARS.values(), ids=SIDECARS)
def test_the_secret_is_read_and_withheld_as_long_as_nothing_happens(sidecar: str) -> None:
    assert not leaks("a.yml", sidecar.encode())
    assert leaks("a.yml", b"source: RT\n"), "else nothing here is tested"


@pytest.mark.parametrize("sidecar", SIDECARS.values(), ids=SIDECARS)
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_another_name_shows_nothing(name: str, sidecar: str) -> None:
    assert not leaks(name, sidecar.encode())


@given(st.sampled_from(sorted(SIDECARS)), st.lists(st.booleans(), min_size=5, max_size=5))
@costly(0.3)
def test_another_case_shows_nothing(kind: str, upper: list[bool]) -> None:
    name = "".join(letter.upper() if up else letter for letter, up in zip("a.yml", upper, strict=True))
    assert not leaks(name, SIDECARS[kind].encode())


@pytest.mark.parametrize("sidecar", SIDECARS.values(), ids=SIDECARS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_another_encoding_shows_nothing(encoding: str, sidecar: str) -> None:
    assert not leaks("a.yml", sidecar.encode(encoding))
    assert not leaks("a.yml", codecs.BOM_UTF8 + sidecar.encode())


def cuts(data: bytes) -> Iterator[bytes]:
    for at in range(len(data)):
        yield data[:at]


@pytest.mark.parametrize("sidecar", SIDECARS.values(), ids=SIDECARS)
def test_a_file_that_is_cut_shows_nothing_unless_it_still_says_so(sidecar: str) -> None:
    found = [cut for cut in cuts(sidecar.encode()) if leaks("a.yml", cut) and not says_otherwise(cut)]
    assert found == []


@given(st.data())
def test_bytes_that_change_show_nothing_unless_the_file_still_says_so(data: st.DataObject) -> None:
    told = bytearray(SIDECARS[data.draw(st.sampled_from(sorted(SIDECARS)))].encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(told) - 1))
        if data.draw(st.booleans()):
            told[at] = data.draw(st.integers(0, 255))
        else:
            del told[at : at + data.draw(st.integers(1, 30))]
            told = told or bytearray(b"\n")
    assert not leaks("a.yml", bytes(told)) or says_otherwise(bytes(told))
