"""The last step of every build: a hook of mkdocs (``hooks:`` in mkdocs.yml) that gives the built site its search index.

It does so in the preview too. A builder that knows no hooks makes the same pages; they say that the search is missing.
"""

from __future__ import annotations

from html import unescape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from digestgen.errors import InputError
from digestgen.publish.direction import with_direction
from digestgen.publish.own_words import own_words
from digestgen.search_index import index_site

_SCRIPTS_OF_THE_THEME = "assets/javascripts/"
"""Over a megabyte that no page loads."""

_searched: list[str] = []
"""The pages of this build that the index must hold."""


def on_files(files: Files, config: MkDocsConfig) -> Files:  # noqa: ARG001 -- mkdocs calls it so
    """Leave out the theme's own scripts."""
    _searched.clear()
    for file in tuple(files):
        if file.src_uri.startswith(_SCRIPTS_OF_THE_THEME):
            files.remove(file)
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Mark what is to be found of each page, but for those that say of themselves that they are not.

    Texts in Arabic, Hebrew and their like are set from right to left.
    """
    if not page.meta.get("searched", True):
        return with_direction(html)
    # Without a word in its title, a page may hold nothing to be found by.
    if any(map(str.isalpha, unescape(str(page.title)))):
        _searched.append(page.url)
    return with_direction(own_words(html) if page.meta.get("kind") in {"article", "topic"} else html)


def on_post_build(config: MkDocsConfig) -> None:
    """Index the site. Raises PluginError, with which mkdocs ends the build, where that fails."""
    try:
        index_site(Path(config.site_dir), len(_searched))
    except InputError as error:
        raise PluginError(str(error)) from error
