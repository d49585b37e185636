"""Mailing editions through the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from digestgen import cli, commands
from digestgen.build import build

RAIN = "# Rain\n\nIt will rain on Sunday, the weather office says, and nobody in the harbour has an umbrella."
SITE = "site_name: Harbour News\nsite_url: https://example.org/news\n"
FIRST, LATEST = date(2026, 11, 15), date(2026, 11, 22)

Ask = Callable[..., tuple[int, str]]


def publish(place: Path, day: date) -> None:
    outcome = build(place / "seeds", place / "docs", Console(quiet=True), today=day, record=True)
    assert outcome.problems == ()


@pytest.fixture
def place(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two editions; the second added one article."""
    shutil.copytree(project / "tests" / "cases" / "harbour" / "seeds", tmp_path / "seeds")
    wire = tmp_path / "seeds" / "wire.jsonl"
    wire.write_text("".join(wire.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(commands, "today", lambda: LATEST)
    publish(tmp_path, FIRST)
    (tmp_path / "seeds" / "rain.md").write_text(RAIN, encoding="utf-8")
    publish(tmp_path, LATEST)
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Request an edition; returns exit code and output."""

    def edition(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.main(["edition", *words])
        said = capsys.readouterr()
        assert said.out == ""
        return code, said.err

    return edition


def mails(place: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((place / "edition").glob("2*"))}


def test_by_default_it_tells_the_latest_edition(place: Path, ask: Ask) -> None:
    before = {path: path.read_bytes() for folder in ("docs", "seeds") for path in (place / folder).rglob("*.*")}
    code, said = ask()
    held, *rest = said.splitlines()
    assert code == 0
    assert held.startswith("No. 2, 22 November 2026: 1 story, 1 article; ")
    assert rest == ["edition/2026-11-22.html", "edition/2026-11-22.txt", "subject: Harbour News, No. 2: Rain"]
    told = mails(place)
    assert list(told) == ["2026-11-22.html", "2026-11-22.txt"]
    assert "https://example.org/news/articles/rain/" in told["2026-11-22.txt"]
    assert "crane" not in told["2026-11-22.txt"]
    assert {path: path.read_bytes() for folder in ("docs", "seeds") for path in (place / folder).rglob("*.*")} == before
    ask()
    assert mails(place) == told


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2026-11-22", "nothing is new since 22 November 2026, so there is nothing to mail\n"),
        ("2026-11-15", "No. 2, 22 November 2026: 1 story, 1 article; "),
        (
            "2026-11-14",
            "note: the first edition was on 15 November 2026, so everything is new since 14 November 2026\n",
        ),
    ],
    ids=["the latest edition", "the one before", "before the first"],
)
def test_a_day_may_be_given(since: str, said: str, place: Path, ask: Ask) -> None:
    code, told = ask("--since", since)
    assert (code, told[: len(said)]) == (0, said)
    assert bool(mails(place)) == ("nothing" not in said)


def test_a_letter_stands_at_the_top(place: Path, ask: Ask) -> None:
    letter = "editions: {2026-11-20: {title: The rain, letter: Take an umbrella.}}"
    (place / "seeds" / "curation.yml").write_text(letter, encoding="utf-8")
    code, said = ask()
    assert code == 0
    assert "note: curation.yml:1: 2026-11-20 is no edition; this is shown with that of 2026-11-22" in said
    assert said.endswith("subject: Harbour News, No. 2: The rain\n")
    assert "\nThe rain\n--------\n\nTake an umbrella.\n" in mails(place)["2026-11-22.txt"]


def test_a_letter_that_cannot_be_read_is_not_mailed(place: Path, ask: Ask) -> None:
    letter = "editions: {2026-11-22: {letter: Take an umbrella., drafd: true}}"
    (place / "seeds" / "curation.yml").write_text(letter, encoding="utf-8")
    code, said = ask()
    assert (code, mails(place)) == (1, {})
    assert "unknown key “drafd” (did you mean 'draft'?)" in said


def test_a_first_edition_is_told_whole(place: Path, ask: Ask) -> None:
    (place / "seeds" / "permalinks.yml").unlink()
    publish(place, LATEST)
    code, told = ask()
    assert code == 0
    assert told.startswith("No. 1, 22 November 2026: 4 stories, 6 articles; ")


def test_it_warns_while_the_site_lacks_what_it_links_to(place: Path, ask: Ask) -> None:
    (place / "seeds" / "snow.md").write_text(RAIN.replace("ain", "now"), encoding="utf-8")
    code, told = ask()
    assert code == 0
    assert told.startswith("note: permalinks.yml is not up to date: publish the site before you mail this")


def test_earlier_mails_stay_and_an_edited_one_is_left_alone(place: Path, ask: Ask) -> None:
    ask("--to", "edition")
    edited = place / "edition" / "2026-11-22.html"
    edited.write_text(edited.read_text(encoding="utf-8") + "<!-- mine -->", encoding="utf-8")
    code, told = ask("--since", "2026-11-01")
    assert code == 1
    assert "error: edition/2026-11-22.html: was edited by hand" in told
    assert edited.read_text(encoding="utf-8").endswith("<!-- mine -->")
    later = date(2026, 11, 29)
    (place / "seeds" / "snow.md").write_text("# Snow\n\nThere was snow in the hills.", encoding="utf-8")
    publish(place, later)
    assert ask()[0] == 0
    assert list(mails(place)) == ["2026-11-22.html", "2026-11-22.txt", "2026-11-29.html", "2026-11-29.txt"]


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (None, "error: mkdocs.yml: is not in "),
        ("site_name: Here\n", "error: mkdocs.yml: site_url is no plain web address, which the links of a mail need"),
    ],
    ids=["outside a project", "without an address"],
)
def test_it_needs_the_address_of_the_site(config: str | None, said: str, place: Path, ask: Ask) -> None:
    (place / "mkdocs.yml").unlink()
    if config is not None:
        (place / "mkdocs.yml").write_text(config, encoding="utf-8")
    code, told = ask()
    assert (code, told[: len(said)]) == (1, said)
    assert mails(place) == {}


def test_a_day_to_come_is_refused(place: Path, ask: Ask) -> None:
    refused = "error: --since: 2026-11-23 is still to come; give the day of an earlier edition\n"
    assert ask("--since", "2026-11-23") == (1, refused)
    assert mails(place) == {}


def test_what_is_no_day_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["edition", "--since", "last week"])
    assert caught.value.code == 2
    assert "“last week” is not a date such as 2026-11-22" in capsys.readouterr().err


def test_nothing_is_mailed_of_seeds_with_errors(place: Path, ask: Ask) -> None:
    (place / "seeds" / "empty.txt").touch()
    code, told = ask()
    assert code == 1
    assert told.startswith("error: empty.txt: ")
    assert mails(place) == {}
