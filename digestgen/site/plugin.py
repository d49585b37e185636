"""MkDocs plugin (``plugins: [digestgen]``) that makes a whole site from a short ``mkdocs.yml``.

It fills in missing settings, adds the default pages, and builds the search index after every build. In the preview it
renews the pages from the seeds (``preview``). It leaves explicit settings of ``mkdocs.yml`` alone. Builders without
plugins make the same pages, which then say that the search is missing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.config.base import Config
from mkdocs.config.config_options import PathSpec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from digestgen.errors import InputError
from digestgen.language.letters import has_unspaced
from digestgen.project import digest_setting
from digestgen.site.defaults import (
    NOT_IN_NAVIGATION,
    SAY,
    THEME_FILES,
    copyright_notice,
    default_pages,
    description,
    locale,
    navigation,
    translated_script,
)
from digestgen.site.incremental import Incremental
from digestgen.site.page_html import with_collapsed_about, with_direction
from digestgen.site.search.search_index import index_site
from digestgen.site.search.searchable_text import mark_searchable
from digestgen.site.sharing import CardSet
from digestgen.translation import Words, words_of
from digestgen.writer import generated_paths

if TYPE_CHECKING:
    from digestgen.site.preview import Preview

_SCRIPTS_OF_MATERIAL = "assets/javascripts/"
"""Over a megabyte that no page loads."""


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml: none."""


class DigestPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Serves all builds of a process; its state is that of the latest build."""

    _preview: Preview | None = None
    """None outside the preview."""
    _words: Words
    """Words in the site's language."""
    _pictures: dict[str, dict[str, object]]
    """Page → front matter about its card."""
    _searched: set[str]
    """Pages that the search index must contain, by path of the source."""
    _unspaced: set[str]
    """Pages with text in a script without spaces between words, by path of the source."""
    incremental: Incremental | None = None
    """Set by ``digestgen site``; decides which files are rebuilt."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Note whether this is a preview."""
        if command == "serve":
            # Reads seeds; importing the libraries for that takes longer than building a small site.
            from digestgen.site.preview import Preview  # noqa: PLC0415

            self._preview = Preview()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in missing settings."""
        config.extra.setdefault("generator", False)
        # No others: every extension is another way for text to become more than text.
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        ours = PathSpec().validate("\n".join(NOT_IN_NAVIGATION))
        config.not_in_nav = ours if config.not_in_nav is None else ours + config.not_in_nav
        checked = config.validation.links
        for kind in ("anchors", "absolute_links", "unrecognized_links"):
            # Broken links fail a strict build, unless mkdocs.yml sets another level.
            if checked[kind] == logging.INFO:
                checked[kind] = logging.WARNING
        language = digest_setting(Path(config.docs_dir).parent, "language")
        if language and config.theme["language"] == "en" and _has_translation(language, config.theme.dirs):
            config.theme["language"] = language
        self._words = words_of(config.theme["language"])
        config.extra["words"] = self._words.table(".html")
        config.copyright = copyright_notice(self._words) if config.copyright is None else config.copyright
        config.site_description = config.site_description or description(self._words)
        # MkDocs adds a script to every page of a preview, which a policy would block.
        config.extra["preview"] = self._preview is not None
        config.extra["locale"] = locale(str(config.theme["language"]))
        if self._preview:
            self._preview.reserve_address(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """In the preview, renew the pages from the seeds."""
        if self._preview:
            self._preview.renew(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add default pages, remove Material's scripts, and set the navigation if mkdocs.yml has none."""
        self._pictures = {}
        self._searched = set()
        self._unspaced = set()
        for file in tuple(files):
            if file.src_uri.startswith(_SCRIPTS_OF_MATERIAL):
                files.remove(file)
        if config.nav is None:
            generated = generated_paths(Path(config.docs_dir))
            own = (
                file.src_uri
                for file in files.documentation_pages()
                if file.src_uri not in generated and file.inclusion is not InclusionLevel.NOT_IN_NAV
            )
            config.nav = navigation(own, self._words)
        for page in default_pages(self._words):
            if files.get_file_from_path(page.name) is None:
                files.append(File.generated(config, page.name, abs_src_path=str(page)))
        script = files.get_file_from_path(SAY)
        if script and script.abs_src_path and Path(script.abs_src_path) == THEME_FILES / SAY:
            files.remove(script)
            files.append(File.generated(config, SAY, content=translated_script(self._words)))
        if self._preview:
            self._preview.add_review(files, config)
        if self.incremental:
            self.incremental.begin(files, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Restore what other pages need to know about pages that are not rebuilt."""
        if self.incremental:
            self.incremental.restore(nav)
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Note that a page is converted."""
        if self.incremental:
            self.incremental.convert(page)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Mark the searchable parts of a page, unless its front matter excludes it, and set text direction."""
        if not page.meta.get("searched", True):
            return with_direction(html)
        # A page without a word in its title may have nothing to search for.
        if any(map(str.isalpha, unescape(str(page.title)))):
            self._searched.add(page.file.src_uri)
        return with_direction(
            with_collapsed_about(mark_searchable(html)) if page.meta.get("kind") in {"article", "topic"} else html
        )

    def on_env(self, env: object, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Draw the cards of pages, once all pages are known."""
        drawn = self.incremental.drawn if self.incremental else {}
        sharing = CardSet(str(config.site_name), config.site_url or "", Path(config.site_dir), drawn)
        if config.site_url and not self._preview:
            pages = [file.page for file in files.documentation_pages() if file.page]
            for page in pages:
                sharing.add_page(page.url, page.meta)
            self._pictures = {page.file.src_uri: sharing.card_of(page.url, page.meta) for page in pages}
        if self.incremental:
            shown = {
                path: (str(each["card"]), str(each["card_title"])) for path, each in self._pictures.items() if each
            }
            self.incremental.settle(config, shown, sharing.drawn)

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Add a page's card to its front matter."""
        page.meta.update(self._pictures.get(page.file.src_uri, {}))
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Note pages with text without spaces between words, which are indexed differently."""
        if has_unspaced(output):
            self._unspaced.add(page.file.src_uri)
        return output

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the search index. Raises PluginError, which ends the build, if that fails."""
        if self.incremental:
            kept = self.incremental.kept()
            self._searched |= {page.file.src_uri for page, known in kept if known.searched}
            self._unspaced |= {page.file.src_uri for page, known in kept if known.unspaced}
            self.incremental.finish(self._searched, self._unspaced)
        try:
            index_site(Path(config.site_dir), len(self._searched), without_spaces=bool(self._unspaced))
        except InputError as error:
            raise PluginError(str(error)) from error
        finally:
            if self._preview:
                self._preview.release_address()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
        """In the preview, watch the sources and refuse requests from elsewhere."""
        return self._preview.watch(server, config) if self._preview else server


def _has_translation(language: str, themes: Iterable[str]) -> bool:
    return language.isalpha() and any(
        (Path(theme) / "partials" / "languages" / f"{language}.html").is_file() for theme in themes
    )
