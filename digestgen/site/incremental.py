"""Builds only those pages of a site that would come out otherwise than last time (``build_record`` says which).

It is mkdocs' own build, told by each file whether it is to be made anew. A page that is not keeps its HTML, and has
beside it what the making of others asks of it: facts, anchors, links. So links are checked across all pages as ever.
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
from digestgen.site.build_record import FACTS, BuildRecord, Found, PageRecord, Plan, from_json, outdated, plan, to_json
from digestgen.site.cards import FOLDER as CARDS
from digestgen.site.defaults import PLUGIN, THEME
from digestgen.site.search.search_index import INDEX
from digestgen.version import distributions, installed_versions
from digestgen.writer import create, save

CACHE = Path(".cache", "digestgen")
"""Below the folder of the project."""
_RECORD = "site.json"

_MOMENT = "SOURCE_DATE_EPOCH"

_EXTENSIONS = ("markdown.extensions.", "pymdownx.")
"""Extensions of Markdown that make HTML of the page alone."""
_READING_FILES = ("pymdownx.snippets", "pymdownx.b64")
"""Those among them that do not."""
_CODE = re.compile(r"python/[^:\s]*:([\w.]+)")
"""What a mkdocs.yml takes from a module."""
_KNOWN_CODE = ("material.extensions.emoji.", "pymdownx.")
_JINJA = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_OTHER_PAGES = re.compile(r"\b(?:nav|pages|previous_page|next_page|parent|ancestors|plugins|attr)\b")
"""What a template names that looks at another page than its own."""
_SHOWN_OF_META = ("icon", "subtitle", "status")
"""What Material shows in a navigation of a page's front matter, beside its title."""


def build_changed(config: MkDocsConfig, text: str, settings: Mapping[str, object], *, clean: bool) -> str:
    """Build the site in the current folder, and nothing anew that would come out the same; returns what was done.

    ``text`` is that of ``mkdocs.yml``, ``settings`` what mkdocs is given beyond that. With ``clean``, and where it is
    not certain what a change shows on, all is built anew. A build that fails leaves no record, so that the next one is
    whole.
    """
    place = CACHE / _RECORD
    # What a link leads to may lie anywhere.
    keeps = CACHE.resolve().is_relative_to(Path.cwd().resolve())
    before = _read(place) if keeps and not clean else None
    if keeps:
        with suppress(OSError):
            place.unlink(missing_ok=True)
    if reason := unforeseeable(config, text):
        build(config)
        return f"site: all pages made anew, since {reason}"
    incremental = Incremental(before, _common(config, text, settings))
    config.plugins[PLUGIN].incremental = incremental  # type: ignore[attr-defined]
    with _unwarned():
        build(config, dirty=before is not None)
    if keeps and incremental.record:
        with suppress(InputError):
            # As other caches do, so that nobody commits it.
            create(CACHE / ".gitignore", "*\n")
            save(place, to_json(incremental.record))
    return incremental.told()


def unforeseeable(config: MkDocsConfig, text: str) -> str:
    """What in a ``mkdocs.yml``, given with its ``text``, may make any page depend on any other; empty for nothing."""
    others = sorted(config.plugins.keys() - {PLUGIN, *config.hooks})
    reasons = (
        (bool(config.hooks), "hooks may change any"),
        (bool(others), f"the plugin {''.join(others[:1])} may change any"),
        (PLUGIN not in config.plugins or config.theme.name != THEME, "their theme is another"),
        (bool(config.extra_templates), "extra_templates may show any"),
        ("INHERIT" in text, "mkdocs.yml inherits from another file"),
    )
    said = next((said for holds, said in reasons if holds), "")
    return said or _of_extensions(config, text) or _of_templates(config)


def _of_extensions(config: MkDocsConfig, text: str) -> str:
    known = {each.name: each.value.partition(":")[0] for each in entry_points(group="markdown.extensions")}
    for module in (known.get(name, name) for name in config.markdown_extensions):
        if not module.startswith(_EXTENSIONS) or module.startswith(_READING_FILES):
            return f"{module} may read other files"
    foreign = [code for code in _CODE.findall(text) if not code.startswith(_KNOWN_CODE)]
    return f"{foreign[0]} may change any" if foreign else ""


def _of_templates(config: MkDocsConfig) -> str:
    for template, file in _files(Path(config.theme.custom_dir)) if config.theme.custom_dir else ():
        if any(map(_OTHER_PAGES.search, _JINJA.findall(_content(file).decode("utf-8", errors="replace")))):
            return f"the template {template} may show any"
    return ""


class Incremental:
    """One build, from the record of the last one, or none where all is built anew, to its own."""

    def __init__(self, before: BuildRecord | None, common: str) -> None:
        self._before = before
        self._plan = Plan(whole="")
        self._why = ""
        """For what reason all is built anew."""
        self._common = common
        self._navigation = ""
        self._sources: dict[str, str] = {}
        self._nav = Navigation([], [])
        self._wanted: Collection[str] = ()
        """Sources that are to be converted, and from ``settle`` on, rendered or copied."""
        self._links: dict[str, set[str]] = {}
        """Page → the paths that its links lead to."""
        self._targets: set[str] = set()
        """Those of the page that is being converted."""
        self._shared_places = False
        self._shown: Mapping[str, tuple[str, str]] = {}
        """The picture of each page that has one, and its title."""
        self._drawn: Mapping[str, str] = {}
        self.record: BuildRecord | None = None
        """That of this build, once it is done."""

    def begin(self, files: Files, config: MkDocsConfig) -> None:
        """Decide what is built, now that all files are known."""
        self._files, self._site = files, Path(config.site_dir)
        # The one thing that the plugin takes from elsewhere.
        self._common = _hash(f"{self._common} {config.theme['language']}".encode())
        self._sources = {file.src_uri: _source(file) for file in files}
        self._wanted = self._sources.keys()
        places = [file.dest_uri for file in files if not _is_excluded(file)]
        self._shared_places = len(set(places)) < len(places) or any(
            place.startswith((f"{INDEX}/", f"{CARDS}/")) for place in places
        )
        found = files.get_file_from_path
        files.get_file_from_path = partial(self._look_up, found)  # type: ignore[method-assign]
        if self._before is None:
            return
        now = Found(
            common=self._common,
            sources=self._sources,
            outputs=_outputs(self._site),
            shared_places=self._shared_places,
        )
        self._plan = plan(self._before, now)
        self._why = self._plan.whole
        if self._plan.whole:
            self._before = None
            clean_directory(config.site_dir)
        else:
            self._wanted = self._plan.changed
        for path in self._plan.gone:
            _remove(self._site, File(path, None, "", config.use_directory_urls).dest_uri)
        for file in files:
            file.is_modified = partial(self._is_wanted, file.src_uri)  # type: ignore[method-assign]

    def _is_wanted(self, source: str) -> bool:
        return source in self._wanted

    def convert(self, page: Page) -> None:
        """Note where the links of a page lead, which mkdocs is about to convert."""
        self._targets = self._links[page.file.src_uri] = set()

    def _look_up(self, found: Callable[[str], File | None], path: str) -> File | None:
        self._targets.add(path)
        return found(path)

    @property
    def drawn(self) -> Mapping[str, str]:
        """The pictures that are there already: whose → hash of the words on it."""
        return self._before.cards if self._before else {}

    def restore(self, nav: Navigation) -> None:
        """Give the pages that are not converted what the making of others asks of them.

        Those in the navigation are always converted, since every page may show them.
        """
        self._nav = nav
        self._wanted = {*self._wanted, *(page.file.src_uri for page in nav.pages)}
        for page, known in self.kept():
            page.meta = dict(known.facts)
            page.present_anchor_ids = set(known.anchors)
            page.links_to_anchors = {self._files.src_uris[path]: dict(asked) for path, asked in known.links.items()}

    def kept(self) -> list[tuple[Page, PageRecord]]:
        """The pages that are not made anew, and what is known of them."""
        known = self._before.pages if self._before else {}
        return [
            (page, known[page.file.src_uri]) for page in _pages(self._files) if not self._is_wanted(page.file.src_uri)
        ]

    def settle(self, config: MkDocsConfig, shown: Mapping[str, tuple[str, str]], drawn: Mapping[str, str]) -> None:
        """Find the pages that show something else of others than before, now that all is known of all.

        ``shown`` has the picture of each page that has one, and its title; ``drawn`` is as the property of that name.
        """
        self._navigation = _navigation(self._nav)
        self._shown, self._drawn = shown, drawn
        if self._before is None:
            return
        more = outdated(self._before, self._navigation, shown)
        if self._navigation != self._before.navigation:
            self._why = "the navigation has changed"
        for page, _ in self.kept():
            if page.file.src_uri in more:
                _populate_page(page, config, self._files)
        self._wanted = self._plan.changed | more
        for page in _pages(self._files):
            if self._is_wanted(page.file.src_uri):
                # In case there is nothing to be written in its place.
                Path(page.file.abs_dest_path).unlink(missing_ok=True)
        for card in self._before.cards.keys() - drawn.keys():
            _remove(self._site, f"{CARDS}/{card}.png")

    def finish(self, searched: Collection[str], unspaced: Collection[str]) -> None:
        """Record the build, which is done: which pages the index must hold, and which have an unspaced script."""
        made = (file for file in self._files if self._is_wanted(file.src_uri) or file.src_uri in self._links)
        # Nor is it known what was made of a source that somebody edited meanwhile.
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

    def told(self) -> str:
        """What was done, in a line."""
        pages = [page.file.src_uri for page in _pages(self._files)]
        anew = sum(map(self._is_wanted, pages))
        number = f"all {anew:,} pages" if anew == len(pages) else f"{anew:,} of {len(pages):,} pages"
        return f"site: {number} made anew{f', since {self._why}' if self._why else ''}"


def _pages(files: Files) -> list[Page]:
    return [file.page for file in files.documentation_pages() if file.page]


def _common(config: MkDocsConfig, text: str, settings: Mapping[str, object]) -> str:
    """A hash of what every page depends on, but for what the plugin fills in."""
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
        # What makes HTML is often no library of ours, but one of theirs.
        *distributions(),
    ):
        used.update(f"{part}\0".encode(errors="surrogatepass"))
    for path, file in _files(Path(config.theme.custom_dir)) if config.theme.custom_dir else ():
        used.update(f"{path}\0{_hash(_content(file))}\0".encode(errors="surrogatepass"))
    return used.hexdigest()


def _navigation(nav: Navigation) -> str:
    """A hash of what any page may show of those in the navigation."""

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
        # It counts as what a link may lead to, and that alone.
        return ""
    try:
        return _hash(file.content_bytes) + ("" if file.generated_by is None else " generated")
    except OSError:
        return "unreadable"


def _outputs(site: Path) -> dict[str, str]:
    """The files of a built site, but for the index; and for what begins with a dot, which mkdocs leaves alone."""
    return {
        path: "" if file.is_symlink() else _hash(_content(file))
        for path, file in _files(site)
        if not path.startswith((".", f"{INDEX}/"))
    }


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder, by their paths, in order, and links to folders."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        below = f"{place[len(str(folder)) + 1 :]}/".replace(os.sep, "/").lstrip("/")
        links = (name for name in folders if Path(place, name).is_symlink())
        for name in sorted((*names, *links)):
            yield f"{below}{name}", Path(place, name)


def _content(file: Path) -> bytes:
    """What a file holds; nothing where it is none, or cannot be read."""
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
def _unwarned() -> Iterator[None]:
    """Without mkdocs' warning of what such builds of its own come to, which --strict would count."""
    log = logging.getLogger(build.__module__)
    log.addFilter(_is_no_warning_of_dirty)
    try:
        yield
    finally:
        log.removeFilter(_is_no_warning_of_dirty)


def _is_no_warning_of_dirty(line: logging.LogRecord) -> bool:
    return not line.getMessage().startswith("A 'dirty' build")
