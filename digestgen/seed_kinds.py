"""The kinds of files in a seeds folder, by file extension."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import PurePath, PurePosixPath
from types import MappingProxyType


class SeedKind(StrEnum):
    """A kind of seed; ``ingest/read`` has a reader for each."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    JSON_LINES = "JSON lines"
    WEB_PAGE = "web page"
    FEED = "feed"
    JSON = "JSON"
    TABLE = "table"
    MAIL = "mail"
    MAILBOX = "mailbox"


ENDINGS: Mapping[str, SeedKind] = MappingProxyType(
    {
        ".txt": SeedKind.TEXT,
        ".text": SeedKind.TEXT,
        ".md": SeedKind.MARKDOWN,
        ".markdown": SeedKind.MARKDOWN,
        ".jsonl": SeedKind.JSON_LINES,
        ".ndjson": SeedKind.JSON_LINES,
        ".html": SeedKind.WEB_PAGE,
        ".htm": SeedKind.WEB_PAGE,
        ".xhtml": SeedKind.WEB_PAGE,
        ".xml": SeedKind.FEED,
        ".rss": SeedKind.FEED,
        ".atom": SeedKind.FEED,
        ".rdf": SeedKind.FEED,
        ".json": SeedKind.JSON,
        ".csv": SeedKind.TABLE,
        ".tsv": SeedKind.TABLE,
        ".eml": SeedKind.MAIL,
        ".mbox": SeedKind.MAILBOX,
    }
)
"""Lower-case extension → kind of seed."""


def ending_of(name: str) -> str:
    """The lower-case extension of a file name."""
    return PurePath(name).suffix.lower()


def kind_of_seed(name: str) -> SeedKind | None:
    """The kind of seed for a file name; None if it is no seed's."""
    return ENDINGS.get(ending_of(name))


_AS_TEXT = "save its text as .txt or .md, or the page that it came from as .html"
_OUT_OF_IT = "unpack it here, and take away what is no text"
_NO_TEXT = "write what is to be read of it into a .txt or .md"
UNREAD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **dict.fromkeys((".pdf",), ("PDF", _AS_TEXT)),
        **dict.fromkeys((".doc", ".docx", ".docm", ".dot", ".dotx", ".pages", ".wpd"), ("a Word document", _AS_TEXT)),
        **dict.fromkeys((".odt", ".ott", ".fodt", ".rtf", ".tex", ".wps"), ("a word processor's document", _AS_TEXT)),
        **dict.fromkeys((".epub", ".mobi", ".azw", ".azw3", ".djvu"), ("an e-book", _AS_TEXT)),
        **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), ("a spreadsheet", "save it as .csv")),
        **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), ("a presentation", _AS_TEXT)),
        **dict.fromkeys((".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz"), ("an archive", _OUT_OF_IT)),
        **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff"), ("a picture", _NO_TEXT)),
        **dict.fromkeys((".svg", ".heic", ".avif", ".ico", ".psd", ".canvas", ".excalidraw"), ("a picture", _NO_TEXT)),
        **dict.fromkeys((".mp3", ".wav", ".m4a", ".ogg", ".oga", ".flac", ".opus", ".aac"), ("sound", _NO_TEXT)),
        **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v"), ("a film", _NO_TEXT)),
        **dict.fromkeys((".url", ".webloc", ".desktop", ".lnk"), ("a link to a page", "`digestgen add` its address")),
        **dict.fromkeys((".msg", ".pst", ".ost"), ("an Outlook mail", "save it as .eml")),
        **dict.fromkeys((".opml",), ("a list of feeds", "`digestgen pull` reads feeds.opml at the top of the folder")),
    }
)
"""Extension that is not read → what it is, and what to do instead."""

FEEDS_NAME = "feeds.opml"
"""The feed list of a digest, at the top of its seeds folder; not a seed."""

_NO_SEED_STEMS = frozenset({"readme", "license", "licence", "copying", "contributing", "code_of_conduct", "_index"})
_NO_SEED_NAMES = frozenset(
    {"desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r", "icon\uf00d", "codeowners", "makefile"}
)
_PARTS_OF_PAGE = (
    *("_files", "-files", ".files", "_file", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "-filer"),
    *("_bestanden", "_elemei", "_pliki", "_soubory", "_tiedostot", "_dosyalar", "_файлы", "_файли", "_datoteke"),
)
"""What browsers append to the name of a page, in various languages."""
_PRIVATE_FOLDERS = frozenset({"draft", "drafts", "private", "hidden", "secret", "unpublished", "trash"})


def is_no_seed(name: str) -> bool:
    """Whether a file is in the folder for another reason, such as a README or a system file."""
    path = PurePath(name)
    stem = path.stem.lower()
    if path.name.lower() in _NO_SEED_NAMES:
        return True
    return stem in _NO_SEED_STEMS and (not path.suffix or kind_of_seed(name) is not None or ending_of(name) == ".rst")


def is_private_folder(name: str) -> bool:
    """Whether a folder's name marks its content as private, like Jekyll's ``_drafts``."""
    return name.strip("_- ").lower() in _PRIVATE_FOLDERS


def is_part_of_page(folder: str, names: Collection[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a saved page beside it, such as ``PAGE_files``."""
    stems = {PurePath(name).stem for name in names if kind_of_seed(name) is SeedKind.WEB_PAGE}
    return any(folder == f"{stem}{ending}" for stem in stems for ending in _PARTS_OF_PAGE)


def bare_name(name: str) -> str:
    """The name of a seed or sidecar without extension, but with its folder."""
    return PurePosixPath(name).with_suffix("").as_posix()


def sidecar_name(seed: str) -> str:
    """The name of a seed's sidecar, which lies beside it."""
    return f"{bare_name(seed)}.yml"
