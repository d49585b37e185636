"""Recognise the curator's files by content, so that renaming one does not disable it."""

from __future__ import annotations

import re
from enum import StrEnum

from digestgen import strict_yaml
from digestgen.curate.ledger.ledger_file import FIRST_LINE
from digestgen.errors import InputError
from digestgen.field_aliases import our_name

_LEDGER_OPENS = re.compile(r"[\ufeff \t\n]*" + re.escape(FIRST_LINE.split(".", maxsplit=1)[0]))
# Blank lines, comments and the start of a document, then a top-level key of one of our files.
_FIRST_KEY = re.compile(
    r"""(?:[ \t]*(?:\#[^\n]*)?\n|---[ \t]*\n)*(?:\{[ \t]*)?["']?
        (?:aliases|articles|topics|rules|editions|lines|draft|publish_on|source|url|published|language|publish)
        ["']?[ \t]*:""",
    re.VERBOSE,
)


def _is_of_article(key: str) -> bool:
    """Whether a key (or an alias) belongs to an article in JSON and to no file of ours."""
    return our_name(key) in {"text", "title"}


class FileKind(StrEnum):
    """Kind of a file whose decisions must not be overlooked."""

    LEDGER = "ledger"
    RULINGS = "rulings"
    SIDECAR = "sidecar"


def kind_of(text: str) -> FileKind | None:
    """Detect the kind of file; None for a plain text, and for YAML that cannot withhold anything."""
    if _LEDGER_OPENS.match(text):
        return FileKind.LEDGER
    if not _FIRST_KEY.match(text):
        return None
    try:
        root = strict_yaml.parse(text, "")
    except InputError:
        return None
    if not isinstance(root, strict_yaml.Mapping) or any(map(_is_of_article, root.entries)):
        return None
    articles = root.entries.get("articles")
    if root.entries.keys() & {"topics", "rules", "editions"} or (
        articles and isinstance(articles[1], strict_yaml.Mapping)
    ):
        return FileKind.RULINGS
    return FileKind.SIDECAR if root.entries.keys() & {"articles", "lines", "draft", "publish_on"} else None
