"""``digestgen new``: what it writes, what it keeps, and that the example may be deleted."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from digestgen.build import build, propose_edition
from digestgen.cli import main
from digestgen.new_project import example
from digestgen.project import Project, read_project
from digestgen.version import own_version

FILES = {
    *("mkdocs.yml", "requirements.txt", ".gitignore", ".github/workflows/digest.yml"),
    *("docs/about.md", "seeds/welcome.md"),
}
RAIN = "# Rain in the hills\n\nRain fell in the hills above Sandby on Friday, and the mill stream rose.\n"


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_project_of_a_few_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "harbour-news")]) == 0
    assert files(tmp_path / "harbour-news") == FILES
    assert read_project(tmp_path / "harbour-news") == Project(
        config=True,
        name="Harbour news",
        description="A digest of articles from many sources, grouped by what they share, in their own sentences.",
    )
    assert (tmp_path / "harbour-news" / "requirements.txt").read_text().splitlines()[
        -1
    ] == f"digestgen=={own_version()}"
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("Harbour news: 6 files written in ")
    assert len(said) == 4
    assert ["digestgen serve" in said[1], "digestgen add" in said[2], "git push" in said[3]] == [True] * 3


def test_what_is_said_is_written_and_can_be_read(tmp_path: Path) -> None:
    title = "Q: “what's new”? #1 \\ 'x'"
    url = "https://example.org/news/"
    assert main(["new", str(tmp_path), "--title", title, "--url", url, "--language", "de"]) == 0
    project = read_project(tmp_path)
    assert (project.name, project.url, project.language) == (title, url, "de")
    config = yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))
    assert config["site_name"] == title
    assert config["theme"] == {"name": "digestgen", "language": "de"}


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        ("https://github.com/Anna/news.git", "https://anna.github.io/news/"),
        ("git@github.com:anna/news", "https://anna.github.io/news/"),
        ("https://github.com/anna/Anna.github.io", "https://anna.github.io/"),
        ("https://gitlab.com/anna/news.git", None),
        ("https://github.com.example.org/anna/news", None),
        (None, None),
    ],
    ids=["by https", "by ssh", "a site of a person", "elsewhere", "a name like it", "cloned from nowhere"],
)
def test_in_a_clone_the_address_is_known(
    origin: str | None, url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main", tmp_path], check=True)
    if origin:
        subprocess.run(["git", "remote", "add", "origin", origin], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert main(["new", ".", "--title", "News"]) == 0
    assert read_project(tmp_path).url == url


@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_is_written_where_one_file_is_there(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    (tmp_path / "README.md").touch()
    assert main(["new", str(tmp_path)]) == 1
    assert files(tmp_path) == {name, "README.md"}
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert f"{name}: is there already, so nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize("obstacle", ["a file for a folder", "a link for a folder", "a dead link", "a file for all"])
def test_nothing_is_written_through_what_is_in_the_way(obstacle: str, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "new", tmp_path / "elsewhere"
    elsewhere.mkdir()
    if obstacle == "a file for all":
        folder.touch()
    else:
        folder.mkdir()
    if obstacle == "a file for a folder":
        (folder / "docs").touch()
    elif obstacle == "a link for a folder":
        (folder / "docs").symlink_to(elsewhere)
    elif obstacle == "a dead link":
        (folder / "mkdocs.yml").symlink_to(elsewhere / "gone.yml")
    before = files(tmp_path)
    assert main(["new", str(folder)]) == 1
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "words",
    [["--url", "harbour"], ["--language", "German"], ["--title", " "], []],
    ids=["no address", "no code", "no title", "no folder"],
)
def test_wrong_usage(words: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["new", *([str(tmp_path)] if words else []), *words])
    assert caught.value.code == 2
    assert files(tmp_path) == set()


def test_a_language_that_the_theme_does_not_speak_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path), "--language", "tlh"]) == 1
    assert "error: --language tlh: is no language" in capsys.readouterr().err
    assert files(tmp_path) == set()


def edition(folder: Path, day: int) -> list[str]:
    """The problems of an edition, and its titles."""
    outcome = build(folder / "seeds", folder / "docs", Console(quiet=True), today=date(2026, 11, day), record=True)
    return [str(problem) for problem in outcome.problems] + [entry.article.title for entry in outcome.digest.entries]


def test_the_example_may_be_deleted_without_a_word(tmp_path: Path) -> None:
    main(["new", str(tmp_path)])
    assert edition(tmp_path, 1) == ["Welcome to your digest"]
    (tmp_path / "seeds" / "rain.md").write_text(RAIN, encoding="utf-8")
    assert edition(tmp_path, 2) == ["Rain in the hills", "Welcome to your digest"]
    assert propose_edition(tmp_path / "seeds", Console(quiet=True), today=date(2026, 11, 2)).recorded
    ledger = (tmp_path / "seeds" / "permalinks.yml").read_text(encoding="utf-8")
    assert "rain-in-the-hills" in ledger
    assert "welcome" not in ledger
    (tmp_path / "seeds" / "welcome.md").unlink()
    assert edition(tmp_path, 3) == ["Rain in the hills"]


def test_an_example_that_was_made_an_article_keeps_its_address(tmp_path: Path) -> None:
    main(["new", str(tmp_path)])
    welcome = tmp_path / "seeds" / "welcome.md"
    welcome.write_text(RAIN, encoding="utf-8")
    edition(tmp_path, 1)
    welcome.unlink()
    (problem,) = edition(tmp_path, 2)
    assert "welcome.md" in problem


def test_only_the_files_of_the_project_are_seen_by_git(tmp_path: Path) -> None:
    main(["new", str(tmp_path), "--url", "https://example.org/"])
    (tmp_path / "seeds" / "rain.md").write_text(RAIN, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main", tmp_path], check=True)
    edition(tmp_path, 1)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert set(listed.stdout.split()) == FILES | {"seeds/rain.md", "seeds/permalinks.yml"}


def test_the_example_is_a_whole_article_with_nothing_of_anybody_else() -> None:
    assert "publish: full" in example()
    assert "http" not in example()
