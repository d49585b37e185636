"""Incremental MkDocs builds: rebuild only pages whose output would differ (decided by ``build_record``).

This is MkDocs' own build, with a decision for each file whether to rebuild it. A page that is not rebuilt keeps its
HTML, and the facts, anchors and links that other pages need are restored from the record. So links are checked across
all pages as usual.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path

from mkdocs.commands.build import _populate_page, build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

from digestgen.errors import InputError
from digestgen.site.build_record import (
    FACTS,
    BuildPlan,
    BuildRecord,
    CurrentState,
    PageRecord,
    from_json,
    plan_build,
    stale_pages,
    to_json,
)
from digestgen.site.cards import FOLDER as CARDS
from digestgen.site.defaults import PLUGIN, THEME
from digestgen.site.search.search_index import INDEX
from digestgen.version import distributions, installed_versions
from digestgen.writer import create, save

CACHE = Path(".cache", "digestgen")
"""Relative to the project's folder."""
_RECORD = "site.json"

_MOMENT = "SOURCE_DATE_EPOCH"

_EXTENSIONS = ("markdown.extensions.", "pymdownx.")
"""Markdown extensions whose output depends on the page alone."""
_READING_FILES = ("pymdownx.snippets", "pymdownx.b64")
"""Exceptions that read other files."""
_CODE = re.compile(r"python/[^:\s]*:([\w.]+)")
"""Python object referenced in mkdocs.yml."""
_KNOWN_CODE = ("material.extensions.emoji.", "pymdownx.")
_JINJA = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_OTHER_PAGES = re.compile(r"\b(?:nav|pages|previous_page|next_page|parent|ancestors|plugins|attr)\b")
"""Names in a template that give access to other pages."""
_SHOWN_OF_META = ("icon", "subtitle", "status")
"""Front matter, besides the title, that Material shows in the navigation."""


def build_changed(config: MkDocsConfig, text: str, settings: Mapping[str, object], *, clean: bool) -> str:
    """Build the site in the current folder incrementally; return a summary.

    ``text`` is the content of ``mkdocs.yml``, ``settings`` what MkDocs is given in addition. Everything is rebuilt with
    ``clean``, and if it is uncertain what a change affects. A failed build leaves no record, so the next one is full.
    """
    place = CACHE / _RECORD
    # If the cache is a symbolic link, its target may be anywhere.
    keeps = CACHE.resolve().is_relative_to(Path.cwd().resolve())
    before = _read(place) if keeps and not clean else None
    if keeps:
        with suppress(OSError):
            place.unlink(missing_ok=True)
    if reason := full_build_reason(config, text):
        build(config)
        return f"site: all pages rebuilt, since {reason}"
    incremental = Incremental(before, _common(config, text, settings))
    config.plugins[PLUGIN].incremental = incremental  # type: ignore[attr-defined]
    with _muted_dirty_warning():
        build(config, dirty=before is not None)
    if keeps and incremental.record:
        with suppress(InputError):
            # Like other caches, so that it is not committed.
            create(CACHE / ".gitignore", "*\n")
            save(place, to_json(incremental.record))
    return incremental.summary()


def full_build_reason(config: MkDocsConfig, text: str) -> str:
    """Reason why any page may depend on any other under this configuration; empty if there is none."""
    others = sorted(config.plugins.keys() - {PLUGIN, *config.hooks})
    reasons = (
        (bool(config.hooks), "hooks may change any"),
        (bool(others), f"the plugin {''.join(others[:1])} may change any"),
        (PLUGIN not in config.plugins or config.theme.name != THEME, "their theme is another"),
        (bool(config.extra_templates), "extra_templates may show any"),
        ("INHERIT" in text, "mkdocs.yml inherits from another file"),
    )
    reason = next((reason for holds, reason in reasons if holds), "")
    return reason or _extension_reason(config, text) or _template_reason(config)


def _extension_reason(config: MkDocsConfig, text: str) -> str:
    known = {each.name: each.value.partition(":")[0] for each in entry_points(group="markdown.extensions")}
    for module in (known.get(name, name) for name in config.markdown_extensions):
        if not module.startswith(_EXTENSIONS) or module.startswith(_READING_FILES):
            return f"{module} may read other files"
    foreign = [code for code in _CODE.findall(text) if not code.startswith(_KNOWN_CODE)]
    return f"{foreign[0]} may change any" if foreign else ""


def _template_reason(config: MkDocsConfig) -> str:
    for template, file in _files(Path(config.theme.custom_dir)) if config.theme.custom_dir else ():
        if any(map(_OTHER_PAGES.search, _JINJA.findall(_content(file).decode("utf-8", errors="replace")))):
            return f"the template {template} may show any"
    return ""


class Incremental:
    """State of one build, from the record of the last one (None for a full build) to its own."""

    def __init__(self, before: BuildRecord | None, common: str) -> None:
        self._before = before
        self._plan = BuildPlan(whole="")
        self._why = ""
        """Reason of a full build."""
        self._common = common
        self._navigation = ""
        self._sources: dict[str, str] = {}
        self._nav = Navigation([], [])
        self._to_build: Collection[str] = ()
        """Sources to convert; from ``settle`` on, sources to render or copy."""
        self._links: dict[str, set[str]] = {}
        """Page → paths that its links point to."""
        self._targets: set[str] = set()
        """Link targets of the page being converted."""
        self._shared_places = False
        self._shown: Mapping[str, tuple[str, str]] = {}
        """Page → its card and the card's title."""
        self._drawn: Mapping[str, str] = {}
        self.record: BuildRecord | None = None
        """Record of this build, once it is complete."""

    def begin(self, files: Files, config: MkDocsConfig) -> None:
        """Decide what to build, once all files are known."""
        self._files, self._site = files, Path(config.site_dir)
        # The only setting that the plugin takes from elsewhere.
        self._common = _hash(f"{self._common} {config.theme['language']}".encode())
        self._sources = {file.src_uri: _source(file) for file in files}
        self._to_build = self._sources.keys()
        places = [file.dest_uri for file in files if not _is_excluded(file)]
        self._shared_places = len(set(places)) < len(places) or any(
            place.startswith((f"{INDEX}/", f"{CARDS}/")) for place in places
        )
        found = files.get_file_from_path
        files.get_file_from_path = partial(self._look_up, found)  # type: ignore[method-assign]
        if self._before is None:
            return
        now = CurrentState(
            common=self._common,
            sources=self._sources,
            outputs=_outputs(self._site),
            shared_places=self._shared_places,
        )
        self._plan = plan_build(self._before, now)
        self._why = self._plan.whole
        if self._plan.whole:
            self._before = None
            clean_directory(config.site_dir)
        else:
            self._to_build = self._plan.changed
        for path in self._plan.gone:
            _remove(self._site, File(path, None, "", config.use_directory_urls).dest_uri)
        for file in files:
            file.is_modified = partial(self._is_to_build, file.src_uri)  # type: ignore[method-assign]

    def _is_to_build(self, source: str) -> bool:
        return source in self._to_build

    def convert(self, page: Page) -> None:
        """Start collecting the link targets of a page, which MkDocs is about to convert."""
        self._targets = self._links[page.file.src_uri] = set()

    def _look_up(self, found: Callable[[str], File | None], path: str) -> File | None:
        self._targets.add(path)
        return found(path)

    @property
    def drawn(self) -> Mapping[str, str]:
        """Existing cards → hash of the words on them."""
        return self._before.cards if self._before else {}

    def restore(self, nav: Navigation) -> None:
        """Restore what other pages need to know about pages that are not converted.

        Pages in the navigation are always converted, since every page may show them.
        """
        self._nav = nav
        self._to_build = {*self._to_build, *(page.file.src_uri for page in nav.pages)}
        for page, known in self.kept():
            page.meta = dict(known.facts)
            page.present_anchor_ids = set(known.anchors)
            page.links_to_anchors = {self._files.src_uris[path]: dict(asked) for path, asked in known.links.items()}

    def kept(self) -> list[tuple[Page, PageRecord]]:
        """Pages that are not rebuilt, with their records."""
        known = self._before.pages if self._before else {}
        return [
            (page, known[page.file.src_uri]) for page in _pages(self._files) if not self._is_to_build(page.file.src_uri)
        ]

    def settle(self, config: MkDocsConfig, shown: Mapping[str, tuple[str, str]], drawn: Mapping[str, str]) -> None:
        """Find pages to rebuild because of what they show of others, once all pages are known.

        ``shown`` maps each page with a card to the card and its title; ``drawn`` maps cards to hashes, like the
        property.
        """
        self._navigation = _navigation(self._nav)
        self._shown, self._drawn = shown, drawn
        if self._before is None:
            return
        more = stale_pages(self._before, self._navigation, shown)
        if self._navigation != self._before.navigation:
            self._why = "the navigation has changed"
        for page, _ in self.kept():
            if page.file.src_uri in more:
                _populate_page(page, config, self._files)
        self._to_build = self._plan.changed | more
        for page in _pages(self._files):
            if self._is_to_build(page.file.src_uri):
                # It may turn out that nothing is written in its place.
                Path(page.file.abs_dest_path).unlink(missing_ok=True)
        for card in self._before.cards.keys() - drawn.keys():
            _remove(self._site, f"{CARDS}/{card}.png")

    def finish(self, searched: Collection[str], unspaced: Collection[str]) -> None:
        """Record the completed build, with the pages to be searched and those with a script without spaces."""
        made = (file for file in self._files if self._is_to_build(file.src_uri) or file.src_uri in self._links)
        # If a source was edited meanwhile, it is unknown which version was built.
        if self._shared_places or any(_source(file) != self._sources[file.src_uri] for file in made):
            return
        pages = {page.file.src_uri: known for page, known in self.kept()}
        for page in _pages(self._files):
            path = page.file.src_uri
            if path in pages:
                continue
            card, card_title = self._shown.get(path, ("", ""))
            pages[path] = PageRecord(
                facts={name: str(page.meta[name]) for name in FACTS if page.meta.get(name)},
                searched=path in searched,
                unspaced=path in unspaced,
                card=card,
                card_title=card_title,
                anchors=tuple(sorted(page.present_anchor_ids or ())),
                links={file.src_uri: dict(asked) for file, asked in (page.links_to_anchors or {}).items()},
                targets=tuple(sorted(self._links[path])),
            )
        self.record = BuildRecord(
            common=self._common,
            navigation=self._navigation,
            sources=self._sources,
            outputs=_outputs(self._site),
            cards=dict(self._drawn),
            pages=pages,
        )

    def summary(self) -> str:
        """One-line summary of the build."""
        pages = [page.file.src_uri for page in _pages(self._files)]
        anew = sum(map(self._is_to_build, pages))
        number = f"all {anew:,} pages" if anew == len(pages) else f"{anew:,} of {len(pages):,} pages"
        return f"site: {number} rebuilt{f', since {self._why}' if self._why else ''}"


def _pages(files: Files) -> list[Page]:
    return [file.page for file in files.documentation_pages() if file.page]


def _common(config: MkDocsConfig, text: str, settings: Mapping[str, object]) -> str:
    """Hash of everything that every page depends on, except for what the plugin fills in."""
    used = hashlib.sha256()
    asked = {_MOMENT, *(re.findall(r"\w+", text) if "!ENV" in text else ())}
    for part in (
        text,
        repr(sorted(settings.items())),
        *(f"{name}={os.environ.get(name)}" for name in sorted(asked)),
        config.docs_dir,
        config.site_dir,
        sys.version,
        repr(installed_versions()),
        # HTML is often made by dependencies of our dependencies.
        *distributions(),
    ):
        used.update(f"{part}\0".encode(errors="surrogatepass"))
    for path, file in _files(Path(config.theme.custom_dir)) if config.theme.custom_dir else ():
        used.update(f"{path}\0{_hash(_content(file))}\0".encode(errors="surrogatepass"))
    return used.hexdigest()


def _navigation(nav: Navigation) -> str:
    """Hash of what any page may show of the pages in the navigation."""

    def shown(item: StructureItem) -> list[object]:
        meta = item.meta if isinstance(item, Page) else {}
        return [
            type(item).__name__,
            item.title,
            getattr(item, "url", None),
            *(str(meta.get(name)) for name in _SHOWN_OF_META),
            *([shown(child) for child in item.children] if isinstance(item, Section) else []),
        ]

    return _hash(repr([shown(item) for item in nav.items]).encode())


def _is_excluded(file: File) -> bool:
    return file.inclusion in {InclusionLevel.EXCLUDED, InclusionLevel.DRAFT}


def _source(file: File) -> str:
    if _is_excluded(file):
        # It only matters as a possible link target.
        return ""
    try:
        return _hash(file.content_bytes) + ("" if file.generated_by is None else " generated")
    except OSError:
        return "unreadable"


def _outputs(site: Path) -> dict[str, str]:
    """Hashes of the built files, except the search index and dotfiles, which MkDocs does not touch."""
    return {
        path: "" if file.is_symlink() else _hash(_content(file))
        for path, file in _files(site)
        if not path.startswith((".", f"{INDEX}/"))
    }


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield files below a folder, and symbolic links to folders, by path in order."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        below = f"{place[len(str(folder)) + 1 :]}/".replace(os.sep, "/").lstrip("/")
        links = (name for name in folders if Path(place, name).is_symlink())
        for name in sorted((*names, *links)):
            yield f"{below}{name}", Path(place, name)


def _content(file: Path) -> bytes:
    """Content of a file; empty if it does not exist or cannot be read."""
    with suppress(OSError):
        if file.is_file():
            return file.read_bytes()
    return b""


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _remove(site: Path, path: str) -> None:
    (site / path).unlink(missing_ok=True)
    for folder in Path(path).parents:
        with suppress(OSError):  # while another file is in it
            (site / folder).rmdir()


def _read(place: Path) -> BuildRecord | None:
    try:
        return from_json(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@contextmanager
def _muted_dirty_warning() -> Iterator[None]:
    """Suppress MkDocs' warning about its own dirty builds, which --strict would count."""
    log = logging.getLogger(build.__module__)
    log.addFilter(_is_no_warning_of_dirty)
    try:
        yield
    finally:
        log.removeFilter(_is_no_warning_of_dirty)


def _is_no_warning_of_dirty(line: logging.LogRecord) -> bool:
    return not line.getMessage().startswith("A 'dirty' build")
