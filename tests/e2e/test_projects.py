"""Projects as people have them: with next to nothing in ``mkdocs.yml``, with much, with none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from command import digestgen

pytestmark = pytest.mark.e2e

SEED = {"seeds/a.txt": "The harbour master of Sandby opened the old lock gate for the first boat.\n"}
OLD = """\
site_name: Harbour News
docs_dir: docs
strict: true
theme:
  name: material
  custom_dir: theme
  language: en
  favicon: assets/favicon.svg
  font: false
extra_css: [assets/digest.css]
extra_javascript:
  - path: assets/search.js
    type: module
nav:
  - Home: index.md
  - Topics: topics/index.md
  - About: about.md
plugins: []
hooks: [digestgen/preview.py, digestgen/finish.py]
"""


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def front_page(folder: Path) -> str:
    done = digestgen("site", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return built(folder)


def front_page_by_mkdocs(folder: Path) -> str:
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return built(folder)


def built(folder: Path) -> str:
    assert (folder / "site" / "pagefind" / "pagefind-entry.json").is_file()
    return (folder / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ({}, "Digest"),
        ({"seeds/digest.yml": "title: Harbour News\n"}, "Harbour News"),
        ({"mkdocs.yml": "site_name: Harbour News\n"}, "Harbour News"),
        ({"mkdocs.yml": OLD}, "Harbour News"),
        ({"mkdocs.yml": "site_name: Harbour News\ntheme: digestgen\nplugins: [digestgen]\n"}, "Harbour News"),
    ],
    ids=["seeds alone", "seeds with a title", "one line", "the older form", "the usual lines"],
)
def test_a_site_is_built(files: dict[str, str], title: str, tmp_path: Path) -> None:
    page = front_page(written(tmp_path, {**SEED, **files}))
    assert page.count('href="assets/digest.css"') == page.count('src="assets/search.js"') == 1
    assert f"<title>{title}" in page
    assert f">{title}</h1>" in page
    assert (tmp_path / "site" / "about" / "index.html").is_file()


@pytest.mark.parametrize(("said", "shown"), [("de", "de"), ("tlh", "en")], ids=["known to the theme", "unknown"])
def test_the_language_of_the_digest_is_that_of_the_site(said: str, shown: str, tmp_path: Path) -> None:
    page = front_page(written(tmp_path, {**SEED, "seeds/digest.yml": f"language: {said}\n"}))
    assert f'<html lang="{shown}"' in page


def test_what_a_project_says_itself_holds(tmp_path: Path) -> None:
    config = """\
site_name: Harbour News
copyright: All ours
theme:
  name: digestgen
  palette: {primary: indigo}
plugins: [digestgen]
nav: [index.md, team.md]
extra_css: [mine.css]
markdown_extensions: [admonition]
not_in_nav: /hidden.md
"""
    files = {
        "mkdocs.yml": config,
        "docs/team.md": "# The team\n\n!!! note\n    Hello, [again](index.md).\n",
        "docs/hidden.md": "# Hidden\n",
        "docs/mine.css": "",
        "docs/about.md": "# About the harbour\n",
    }
    written(tmp_path, {**SEED, **files})
    page = front_page(tmp_path)
    assert page.index("assets/digest.css") < page.index("mine.css")
    assert 'data-md-color-primary="indigo"' in page
    assert "All ours" in page
    tabs = page.split('class="md-tabs"')[1].split("</nav>")[0]
    assert "The team" in tabs
    assert "Topics" not in tabs
    assert 'class="admonition note"' in (tmp_path / "site" / "team" / "index.html").read_text(encoding="utf-8")
    assert "About the harbour" in (tmp_path / "site" / "about" / "index.html").read_text(encoding="utf-8")
    # The same by MkDocs alone.
    assert front_page_by_mkdocs(tmp_path) == page


def test_a_page_of_ones_own_is_reached_without_a_word_in_mkdocs_yml(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "site_name: Harbour News\n", "docs/team.md": "# The team\n"}
    page = front_page(written(tmp_path, {**SEED, **files}))
    assert 'href="team/"' in page
