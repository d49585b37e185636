"""How the ``mkdocs.yml`` of a project is completed, without MkDocs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from digestgen.site.defaults import PAGES, default_pages, missing_settings, navigation, translated_script
from digestgen.translation import translated_languages, words_of


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"theme": "digestgen", "plugins": ["digestgen"]}, {}),
        ({"theme": {"name": "digestgen", "language": "de"}, "plugins": [{"digestgen": {}}]}, {}),
        ({"theme": "digestgen", "plugins": {"digestgen": {}}}, {}),
        ({}, {"theme": {"name": "digestgen"}, "plugins": ["digestgen"]}),
        (
            {"theme": {"palette": {"primary": "indigo"}}, "plugins": ["tags"]},
            {
                "theme": {"palette": {"primary": "indigo"}, "name": "digestgen"},
                "plugins": ["tags", "digestgen"],
            },
        ),
        ({"theme": "material", "plugins": ["digestgen"]}, {"theme": {"name": "digestgen"}}),
        ({"theme": "readthedocs", "plugins": ["digestgen"]}, {}),
        (
            {"theme": "digestgen", "plugins": {"tags": {"a": 1}}},
            {"plugins": [{"tags": {"a": 1}}, "digestgen"]},
        ),
        (
            {
                "theme": {"name": "material", "custom_dir": "theme"},
                "plugins": [],
                "hooks": ["digestgen/preview.py", "mine.py", "digestgen/finish.py"],
            },
            {"theme": {"name": "digestgen"}, "plugins": ["digestgen"], "hooks": ["mine.py"]},
        ),
    ],
    ids=[
        "complete",
        "complete with options",
        "plugins as a mapping",
        "nothing said",
        "a palette and another plugin",
        "Material",
        "another theme",
        "other plugins as a mapping",
        "the older form",
    ],
)
def test_only_what_is_missing_is_changed(config: dict[str, Any], expected: dict[str, Any], tmp_path: Path) -> None:
    assert missing_settings(config, tmp_path) == expected


def test_a_theme_folder_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    config = {"theme": {"name": "digestgen", "custom_dir": "theme"}, "plugins": ["digestgen"]}
    assert missing_settings(config, tmp_path) == {}


def test_pages_of_ones_own_stand_between_the_sections_and_about() -> None:
    labels = [
        next(iter(item)) if isinstance(item, dict) else item
        for item in navigation(["about.md", "team.md"], words_of("en"))
    ]
    assert labels[0] == "Latest"
    assert labels[-3:] == ["Editions", "team.md", "About"]


@pytest.mark.parametrize("language", sorted(translated_languages() - {"en"}))
@pytest.mark.parametrize("name", ["about.md", "method.md"])
def test_readers_have_the_pages_in_their_language(language: str, name: str) -> None:
    (page,) = (page for page in default_pages(words_of(language)) if page.name == name)
    assert page.parent.name == language
    translated, english = page.read_text(encoding="utf-8"), (PAGES / name).read_text(encoding="utf-8")
    for alike in (r"\{#\w+\}", r"\]\([^)]+\)", r"^#+ ", r"^- "):
        found = re.findall(alike, translated, re.MULTILINE)
        assert sorted(found) == sorted(re.findall(alike, english, re.MULTILINE)), alike


def test_the_scripts_get_the_words_of_the_site() -> None:
    english, german = translated_script(words_of("en")), translated_script(words_of("de"))
    assert english.splitlines()[9:] == german.splitlines()[9:]
    assert 'const LANGUAGE = "de";' in german
    assert '"Search": "Suchen"' in german
    assert translated_script(words_of("it")) == english


def test_every_default_page_says_what_it_is() -> None:
    assert sorted(page.name for page in PAGES.iterdir()) == ["about.md", "curating.md", "method.md", "publishing.md"]
    for page in PAGES.iterdir():
        assert page.read_text(encoding="utf-8").startswith("---\ntitle: ")
