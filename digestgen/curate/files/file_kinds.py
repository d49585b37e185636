"""What a curator's file is by its content, whatever its name: a file that was renamed must not lose its force."""

from __future__ import annotations

import re
from enum import StrEnum

from digestgen import strict_yaml
from digestgen.curate.ledger.ledger import FIRST_LINE
from digestgen.errors import InputError
from digestgen.field_aliases import our_name

_LEDGER_OPENS = re.compile(r"[\ufeff \t\n]*" + re.escape(FIRST_LINE.split(".", maxsplit=1)[0]))
# Blank lines, comments and a document's start, and then a key that stands at the top of one of our files.
_FIRST_KEY = re.compile(
    r"""(?:[ \t]*(?:\#[^\n]*)?\n|---[ \t]*\n)*(?:\{[ \t]*)?["']?
        (?:aliases|articles|topics|rules|editions|lines|draft|publish_on|source|url|published|language|publish)
        ["']?[ \t]*:""",
    re.VERBOSE,
)


def _is_of_article(key: str) -> bool:
    """Whether a key stands in an article in JSON, under whatever name, and in no file of ours."""
    return our_name(key) in {"text", "title"}


class FileKind(StrEnum):
    """A kind of file whose content must not be overlooked."""

    LEDGER = "ledger"
    RULINGS = "rulings"
    SIDECAR = "sidecar"


def kind_of(text: str) -> FileKind | None:
    """The kind that a text reads as; None where it is a text, or says nothing that could withhold anything."""
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
