from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from digestgen import build as shell
from digestgen.cache import cache_file
from digestgen.input_hash import inputs_of
from digestgen.model import Digest
from digestgen.version import installed_versions
from digestgen.writer import Files
from made import BRIDGE, FOX

DAY = date(2026, 11, 29)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "seeds" / "deep").mkdir(parents=True)
    (tmp_path / "seeds" / "dump.txt").write_text("\n".join([*FOX, *BRIDGE]), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Quay\n", encoding="utf-8")
    return tmp_path


def build(folder: Path, day: date = DAY) -> shell.BuildSummary:
    return shell.build_if_needed(folder / "seeds", folder / "docs", Console(quiet=True), today=day)


def add(name: str, text: str = "") -> Callable[[Path], object]:
    def adding(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return adding


def leave(folder: Path) -> None:
    """Change nothing."""


def link(folder: Path) -> None:
    (folder / "seeds" / "link.txt").symlink_to(folder / "seeds" / "dump.txt")


def lose(*names: str) -> Callable[[Path], object]:
    def losing(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return losing


def checkout(folder: Path) -> None:
    heads = folder / ".git" / "refs" / "heads"
    heads.mkdir(parents=True)
    for name in ("main", "draft"):
        (heads / name).write_text("0" * 40)
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/draft\n")


EDITS = [
    pytest.param(leave, False, id="nothing"),
    pytest.param(add("README.md", "# Quay"), False, id="a file that nothing is made from"),
    pytest.param(add("seeds/dump.txt", "\n"), True, id="a seed, by a line break"),
    pytest.param(add("seeds/new.md", "# Rain\n\nIt will rain on Sunday."), True, id="a new seed"),
    pytest.param(add("seeds/deep/picture.png"), True, id="a file that is passed over"),
    pytest.param(add("seeds/dump.yml", "source: Quay\n"), True, id="a sidecar"),
    pytest.param(add("seeds/digest.yml", "title: Quay\n"), True, id="the settings"),
    pytest.param(add("seeds/curation.yml", "topics: {}\n"), True, id="the rulings"),
    pytest.param(add("mkdocs.yml", "site_url: https://example.org/\n"), True, id="the address of the site"),
    pytest.param(add("docs/index.md", "\nBy hand."), True, id="a page, edited by hand"),
    pytest.param(lose("docs/index.md"), True, id="a page, deleted"),
    pytest.param(lose("docs/.generated.json"), True, id="the manifest, deleted"),
    pytest.param(lose("seeds/permalinks.yml"), True, id="the ledger, deleted"),
    pytest.param(link, True, id="a link"),
    pytest.param(checkout, True, id="another branch"),
]


@pytest.mark.parametrize(("edit", "needed"), EDITS)
def test_nothing_is_built_only_where_nothing_has_changed(
    folder: Path,
    edit: Callable[[Path], object],
    needed: bool,  # noqa: FBT001
) -> None:
    first = build(folder)
    assert first.work is not None
    edit(folder)
    again = build(folder)
    assert (again.work is not None) is needed
    if not needed:
        assert (again.written, again.removed, again.unchanged) == (0, 0, first.written)
        assert (again.articles, again.topics, again.shelf, again.notices) == (
            first.articles,
            first.topics,
            first.shelf,
            first.notices,
        )


def test_a_clean_build_takes_nothing_from_the_cache(folder: Path) -> None:
    build(folder)
    seeds, docs = folder / "seeds", folder / "docs"
    clean = shell.build_if_needed(seeds, docs, Console(quiet=True), today=DAY, clean=True)
    assert clean.work is not None
    assert (clean.work.remembered, clean.written) == (0, 0)


def test_another_day_asks_for_another_build(folder: Path) -> None:
    build(folder)
    assert build(folder, date(2026, 11, 30)).work is not None


def test_what_is_wrong_is_told_again(folder: Path) -> None:
    add("seeds/digest.yml", "title: [")(folder)
    for _ in range(2):
        assert build(folder).problems


def test_a_build_that_is_asked_for_is_made_and_changes_nothing(folder: Path) -> None:
    """A skipped build must equal the one that would have been made."""
    first = build(folder)
    made = shell.build(folder / "seeds", folder / "docs", Console(quiet=True), today=DAY, record=True)
    assert (made.written.written, made.written.removed, made.written.unchanged) == ((), (), first.written)


def test_a_seed_that_is_edited_while_it_is_built_is_built_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render = shell.render

    def edited_meanwhile(digest: Digest) -> Files:
        add("seeds/new.md", "# Rain\n\nIt will rain on Sunday.")(folder)
        return render(digest)

    with monkeypatch.context() as patched:
        patched.setattr(shell, "render", edited_meanwhile)
        first = build(folder)
    assert build(folder).articles == first.articles + 1


def test_without_a_cache_everything_is_built(folder: Path) -> None:
    build(folder)
    for each in cache_file().parent.iterdir():
        each.unlink()
    assert build(folder).work is not None


def test_other_code_has_other_inputs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs_of(folder / "seeds", folder / "docs", DAY)
    monkeypatch.setattr("digestgen.input_hash.installed_versions", lambda: {**installed_versions(), "yake": "another"})
    assert inputs_of(folder / "seeds", folder / "docs", DAY) not in {before, None}
