"""Settings from ``mkdocs.yml``, and what a project must change after an upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest

from digestgen.curate.files.settings import DigestSettings, read_settings
from digestgen.project import Project, outdated, read_project
from digestgen.version import own_version

OLD = """\
site_name: Harbour News
site_url: https://example.org/

docs_dir: docs
strict: true

theme:
  name: material
  custom_dir: theme
  palette:
    - scheme: default

extra_css:
  - assets/digest.css
  - assets/mine.css

nav:
  - Home: index.md

# Nothing else.
plugins: []

hooks:
  - digestgen/preview.py
  - digestgen/finish.py
"""


@pytest.mark.parametrize(
    ("language", "said_there", "start"),
    [
        ("de", "de", None),
        ("en", None, None),
        ("it", "it", "mkdocs.yml: the site's language"),
        ("it", "de", "digest.yml: "),
    ],
)
def test_a_language_without_words_is_told(language: str, said_there: str | None, start: str | None) -> None:
    told = [str(notice) for notice in Project(language=said_there).unspoken(language, "digest.yml")]
    assert [notice.startswith(str(start)) for notice in told] == ([True] if start else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Project(config=True)),
        (
            "site_name: ' Harbour  News '\nsite_url: https://example.org\nsite_description: All of it.\n",
            Project(config=True, name="Harbour News", url="https://example.org/", description="All of it."),
        ),
        ("theme: {name: digestgen, language: de-AT}\n", Project(config=True, language="de")),
        ("theme:\n  - language: de\nlanguage: fr\n", Project(config=True)),
        ("theme: digestgen\n", Project(config=True)),
        ("site_name: !ENV NAME\nsite_url: here\ntheme:\n  language: [de]\n", Project(config=True)),
        ("site_name: [\n", Project(config=True)),
    ],
    ids=["nothing", "all in plain words", "a language", "no language", "a theme alone", "not in plain words", "broken"],
)
def test_what_a_project_says_of_itself(text: str, expected: Project, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_project(tmp_path) == expected


def test_outside_a_project_nothing_is_said(tmp_path: Path) -> None:
    assert read_project(tmp_path) == Project()
    assert Project().defaults() == DigestSettings()


@pytest.mark.parametrize(
    ("settings", "title", "said_twice"),
    [
        ("", "Harbour News", []),
        ("title: Harbour News\n", "Harbour News", []),
        ("title: Harbour\n", "Harbour", ["title is “Harbour”, but site_name in mkdocs.yml is “Harbour News”"]),
        ("language: fr\n", "Harbour News", ["language is “fr”, but that of the theme in mkdocs.yml is “de”"]),
        ("description: Mine.\n", "Harbour News", []),
    ],
    ids=["said once", "said twice alike", "two titles", "two languages", "another description"],
)
def test_digest_yml_has_the_last_word_and_a_disagreement_is_told(
    settings: str, title: str, said_twice: list[str]
) -> None:
    project = Project(config=True, name="Harbour News", language="de")
    read = read_settings(settings, "digest.yml", project.defaults())
    assert read.title == title
    told = [str(notice) for notice in project.disagreements(read, "digest.yml")]
    assert len(told) == len(said_twice)
    for line, start in zip(told, said_twice, strict=True):
        assert line.startswith(f"digest.yml: {start}")


def test_an_older_project_is_told_which_lines_to_delete(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(OLD, encoding="utf-8")
    (tmp_path / "theme" / "partials").mkdir(parents=True)
    (tmp_path / "theme" / "partials" / "policy.html").touch()
    told = outdated(tmp_path)
    assert len(told) == 2
    assert told[0].startswith("mkdocs.yml:24: was written by an older digestgen")
    assert "delete lines 4–15, lines 21–25, except what you changed there" in told[0]
    assert told[1].startswith("theme/partials/policy.html: copies of what digestgen brings")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mkdocs.yml", "site_name: Mine\ntheme: digestgen\nplugins: [digestgen]\n"),
        ("mkdocs.yml", "site_name: Mine\ntheme:\n  name: digestgen\n  custom_dir: theme\n"),
        ("requirements.txt", f"digestgen=={own_version()}\n"),
        ("requirements.txt", "digestgen\n"),
    ],
    ids=["a new project", "a theme of one's own", "this version", "any version"],
)
def test_a_project_of_today_has_nothing_to_change(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert outdated(tmp_path) == ()


def test_a_site_that_is_published_with_another_version_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("# the tool\ndigestgen==0.0.1\n", encoding="utf-8")
    (line,) = outdated(tmp_path)
    assert line.startswith("requirements.txt: names digestgen 0.0.1, ")
