"""A fictional newspaper with secrets of every kind, built in three editions, to try faults on."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock
from urllib.parse import unquote

import yaml

from digestgen import cli
from newsroom import write

SIDECAR, RULINGS, LEDGER, DUMP = "dump.yml", "curation.yml", "permalinks.yml", "dump.txt"

VOLCANO = tuple(f"volcano-{number}" for number in range(4))
"""A topic that is published and hidden later."""
OPERA = tuple(f"opera-{number}" for number in range(3))
"""A topic that is hidden from the start."""
UNSEEN = ("skipped", "before", "draft", "unpublished", "by-source", "by-keyword", *OPERA)
"""Articles that were never published."""
HIDDEN = (*UNSEEN, "skipped-later", "later", "added", *VOLCANO)
PUBLIC = ("dump-0", "dump-2", "dump-4", "chess-0", "chess-1", "orchard", "latest")
NEWCOMER = "newcomer"
"""A public article that arrives after a fault."""

FILES = {
    **dict.fromkeys(("skipped", "skipped-later", "dump-0", "dump-2", "dump-4"), DUMP),
    **dict.fromkeys(("by-source", "by-keyword", "orchard"), "night.jsonl"),
    **dict.fromkeys(VOLCANO, "volcano.jsonl"),
    **{name: f"{name}.md" for name in (*OPERA, "chess-0", "chess-1")},
    "before": "chess-before.md",
    "later": "chess-later.md",
    "added": "rail-added.md",
    "latest": "harbour-latest.md",
    "draft": "bees-draft.md",
    "unpublished": "bees-unpublished.md",
}
"""Article name → its seed."""

_ONSETS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_EPOCH = 1_767_225_600


def word(name: str) -> str:
    """The made-up word in every paragraph of this article, and nowhere else."""
    random = Random(name)  # noqa: S311 -- the same every time is what it is for
    return "".join(random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(5)).capitalize()


def paragraphs(name: str, subject: str, number: int, note: str = "") -> tuple[str, ...]:
    """The text of an article, with its word."""
    said = write(subject, number, sentences=5).paragraphs
    return tuple(f"{word(name)} was there: {paragraph}{note}" for paragraph in said)


def markdown(name: str, subject: str, number: int, *head: str, titled: bool = False) -> str:
    """The text as a Markdown seed; with ``titled``, the title does not contain the word."""
    lines = [f"title: {write(subject, number).title}"] if titled else []
    return "\n".join(["---", *lines, "language: en", *head, "---", ""]) + "\n\n".join(
        ["", *paragraphs(name, subject, number)]
    )


def json_line(name: str, subject: str, number: int, note: str = "", **known: str) -> str:
    """The text as a JSON line."""
    text = "\n\n".join(paragraphs(name, subject, number, note))
    return json.dumps({"id": name, **known, "text": text}, ensure_ascii=False) + "\n"


def as_yaml(value: object) -> str:
    """Rulings or a sidecar as YAML."""
    return "# What we decided.\n" + yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000)


@dataclass(frozen=True)
class Desk:
    """A curator's folder: ``seeds``, the latest pages in ``docs``, and the seeds of earlier editions."""

    root: Path
    slugs: Mapping[str, str] = field(default_factory=dict)
    """Name of an article, or of a subject with a topic → its slug."""

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def old(self, edition: int) -> Path:
        """The seeds after an edition."""
        return self.root / f"seeds-{edition}"

    def copy(self, root: Path, *, backwards: bool = False) -> Desk:
        """A copy in another folder; with ``backwards``, its files are created in reverse order."""
        names = sorted(path.relative_to(self.root) for path in self.root.rglob("*") if path.is_file())
        for name in reversed(names) if backwards else names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.root / name, root / name)
        return replace(self, root=root)

    def write(self, name: str, text: str) -> None:
        (self.seeds / name).write_text(text, encoding="utf-8")

    def build(self, day: int) -> int:
        """Build the edition of a day; returns the exit code."""
        return self.run("build", "--seeds", str(self.seeds), "--docs", str(self.docs), day=day)

    def run(self, *words: str, day: int = 0) -> int:
        """Run a command on a day; returns the exit code."""
        with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=str(self.moment(day))):
            return cli.main(list(words))

    @staticmethod
    def moment(day: int) -> int:
        """A day as Unix time."""
        return _EPOCH + day * 86_400

    def digest(self) -> Any:  # noqa: ANN401 -- JSON
        return json.loads((self.docs / "digest.json").read_text(encoding="utf-8"))

    def shown(self) -> set[str]:
        """The names of the public articles that have pages."""
        pages = "".join(_plain(path.read_text(encoding="utf-8")) for path in (self.docs / "articles").glob("*.md"))
        return {name for name in (*PUBLIC, NEWCOMER) if word(name).casefold() in pages}

    def leaks(self) -> list[str]:
        """The files of ``docs`` with a hidden word in their text or name."""
        return list(_leaks(self.docs))

    def restore(self) -> None:
        """Restore everything the curator wrote and remove other files, except the ledger."""
        ledger = self.seeds / LEDGER
        kept = ledger.read_bytes() if ledger.is_file() and not ledger.is_symlink() else None
        shutil.rmtree(self.seeds)
        shutil.copytree(self.old(3), self.seeds)
        if kept is not None:
            ledger.write_bytes(kept)


def _leaks(docs: Path) -> Iterator[str]:
    for path in sorted(docs.rglob("*")):
        name = str(path.relative_to(docs))
        text = name + "\n" + (path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else "")
        for found in sorted({match[0] for match in _SECRET.finditer(_plain(text))}):
            yield f"{name}: {found} ({_NAME_OF[found]})"


_NAME_OF = {word(name).casefold(): name for name in HIDDEN}
_SECRET = re.compile("|".join(_NAME_OF))
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def _plain(text: str) -> str:
    """Undo the escapes of JSON, HTML (twice, for feeds) and URLs, and lower the case."""
    if "\\u" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    for _ in range(3):
        text = html.unescape(text) if "&" in text else text
    return (unquote(text) if "%" in text else text).casefold()


def publish_three_editions(root: Path) -> Desk:
    """The newspaper before anything goes wrong, built and recorded."""
    desk = Desk(root)
    desk.seeds.mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Gazette\nsite_url: https://gazette.example/\n", encoding="utf-8")
    for name, text in _first_seeds().items():
        desk.write(name, text)
    slugs = {name: slug for name, (slug, _) in _places(desk, root / "scratch-1").items()}
    rulings: dict[str, Any] = {
        "articles": {slugs["before"]: {"hide": True}},
        "rules": [{"source": "The Night Desk", "hide": True}, {"keyword": "embargo", "hide": True}],
    }
    desk.write(RULINGS, as_yaml(rulings))
    _publish(desk, 1)

    for number, name in enumerate(OPERA):
        desk.write(f"{name}.md", markdown(name, "opera", number))
    places = _places(desk, root / "scratch-2")
    slugs |= {name: slug for name, (slug, _) in places.items()}
    volcano, volcano_strays = _topic_of(VOLCANO, places)
    opera, opera_strays = _topic_of(OPERA, places)
    rulings["topics"] = {
        volcano: {"hide": True, "articles": {"add": [slugs["added"], *(slugs[name] for name in volcano_strays)]}},
        opera: {
            "hide": True,
            **({"articles": {"add": [slugs[name] for name in opera_strays]}} if opera_strays else {}),
        },
    }
    rulings["articles"][slugs["later"]] = {"hide": True}
    desk.write(RULINGS, as_yaml(rulings))
    desk.write(SIDECAR, as_yaml(_sidecar(skipped=(1, 3))))
    _publish(desk, 2)

    desk.write("harbour-latest.md", markdown("latest", "harbour", 9, titled=True))
    _publish(desk, 3)
    return replace(desk, slugs={**slugs, "volcano": volcano, "opera": opera})


def _publish(desk: Desk, day: int) -> None:
    assert desk.build(day) == 0, f"edition {day} was not built without a problem"
    shutil.copytree(desk.seeds, desk.old(day))


def _first_seeds() -> dict[str, str]:
    dump = (("dump-0", 0), ("skipped", 1), ("dump-2", 2), ("skipped-later", 3), ("dump-4", 4))
    return {
        "digest.yml": as_yaml({"title": "The Gazette", "language": "en", "publish": "full"}),
        DUMP: "\n\n".join(paragraph for name, number in dump for paragraph in paragraphs(name, "harbour", number))
        + "\n",
        SIDECAR: as_yaml(_sidecar(skipped=(1,))),
        **{f"chess-{number}.md": markdown(f"chess-{number}", "chess", number, titled=True) for number in range(2)},
        "chess-before.md": markdown("before", "chess", 3),
        "chess-later.md": markdown("later", "chess", 4, titled=True),
        "volcano.jsonl": "".join(
            json_line(name, "volcano", number, title=write("volcano", number).title)
            for number, name in enumerate(VOLCANO)
        ),
        "volcano.yml": as_yaml({"language": "en"}),
        "rail-added.md": markdown("added", "rail", 0, titled=True),
        FILES["draft"]: markdown("draft", "bees", 0, "draft: true", "source: The Bee"),
        FILES["unpublished"]: markdown("unpublished", "bees", 1, "source: The Bee", "published: false"),
        "night.jsonl": json_line("by-source", "satellite", 0, source="The Night Desk")
        + json_line("orchard", "orchard", 0, source="The Day Desk", title=write("orchard", 0).title)
        + json_line("by-keyword", "satellite", 5, note=" The embargo holds.", source="The Day Desk"),
        "night.yml": as_yaml({"language": "en"}),
    }


def _sidecar(*, skipped: tuple[int, ...]) -> dict[str, Any]:
    """Five articles of two paragraphs; only published ones have a title in the sidecar."""
    entries = []
    for number in range(5):
        entry: dict[str, Any] = {"line": 4 * number + 1}
        if number != 1:
            entry["title"] = write("harbour", number).title
        if number in skipped:
            entry["skip"] = True
        entries.append(entry)
    return {"source": "The Harbour Gazette", "published": date(2026, 1, 2), "language": "en", "articles": entries}


def _places(desk: Desk, scratch: Path) -> dict[str, tuple[str, str | None]]:
    """Name → slug and topic of every article with its own file or id, if this edition were built now."""
    trial = Desk(scratch)
    shutil.copytree(desk.seeds, trial.seeds)
    trial.build(9)
    name_of = {file: name for name, file in FILES.items()}
    found = {}
    for article in trial.digest()["articles"]:
        name = article["id"] if article["id"] in FILES else name_of.get(article["seed"])
        if name:
            found[name] = (article["slug"], article["topic"])
    shutil.rmtree(scratch)
    return found


def _topic_of(names: tuple[str, ...], places: Mapping[str, tuple[str, str | None]]) -> tuple[str, tuple[str, ...]]:
    """The topic of most of the articles, and the names of those outside it."""
    (topic, count), *_ = Counter(places[name][1] for name in names).most_common()
    assert topic is not None, f"{names} make no topic"
    assert count > 1, f"{names} make no topic"
    return topic, tuple(name for name in names if places[name][1] != topic)
