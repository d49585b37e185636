"""DESIGN.md and its chapters name existing modules and link to existing pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "digestgen"
CHAPTERS = sorted(PROJECT.glob("design/*.md"))
TEXTS = [PROJECT / "DESIGN.md", PROJECT / "CONTRIBUTING.md", PROJECT / "SECURITY.md", *CHAPTERS]
FOLDERS = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
OF_PROJECT = {"audits", "benchmarks", "design", "tests"}

CODE = re.compile(r"`([^`]+)`")
PLACE = re.compile(r"([a-z_]+)/[\w./-]*")
LINK = re.compile(r"\]\(([^)#:]+)(?:#([^)]+))?\)")


def places(text: str) -> set[str]:
    """The paths of modules and files named in a text."""
    said = {code.replace("\n", " ") for code in CODE.findall(text)}
    return {name for name in said if (found := PLACE.fullmatch(name)) and found[1] in FOLDERS | OF_PROJECT}


def anchors(text: str) -> set[str]:
    """The anchors that GitHub generates for its headings."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def is_there(name: str) -> bool:
    root = PACKAGE if name.split("/", maxsplit=1)[0] in FOLDERS - OF_PROJECT else PROJECT
    return any((root / f"{name}{ending}").exists() for ending in ("", ".py"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_what_is_named_is_there(path: Path) -> None:
    named = places(path.read_text(encoding="utf-8"))
    assert {name for name in named if not is_there(name)} == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_links_lead_to_something(path: Path) -> None:
    for page, anchor in LINK.findall(path.read_text(encoding="utf-8")):
        target = path.parent / page
        assert target.exists(), page
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), f"{page}#{anchor}"


def test_every_chapter_is_in_the_contents() -> None:
    listed = {page for page, _ in LINK.findall((PROJECT / "DESIGN.md").read_text(encoding="utf-8"))}
    assert {path.relative_to(PROJECT).as_posix() for path in CHAPTERS} <= listed


def test_places_are_told_from_other_code_and_from_prose() -> None:
    assert places("`analyse/labels/labelling`, analyse/nowhere, `publish: full`, `docs/index.md`") == {
        "analyse/labels/labelling"
    }
