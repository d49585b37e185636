"""Visibility in records (front matter, a JSON object, a table row): whether and from when an article is shown.

Understood are ``draft: true``, ``published: false``, ``publish_on: 2026-12-01``, and other tools' ``private: true``,
``status: draft``, ``visibility: members``. Anything unclear is an error, and the article waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from digestgen.field_aliases import is_unused, normal_key, our_name
from digestgen.fields import as_publication_day, quoted
from digestgen.ingest.records.visibility_flags import (
    LONGEST_WORD,
    OF_OTHER_TOOLS,
    PUBLISHING,
    SIMILAR,
    STATES,
    UNFINISHED,
    WITHHOLDING,
    YES_OR_NO,
    decisive_directive,
    matching_flag,
)
from digestgen.language.text import clean_line
from digestgen.model import Directive, Embargo, Publish

_FLAGS = frozenset(
    {"emailonly", *WITHHOLDING, *OF_OTHER_TOOLS, *(f"is{word}" for word in (*WITHHOLDING, *OF_OTHER_TOOLS))}
)
"""Keys that withhold if true."""
_OPEN_FLAGS = frozenset({"visible", "public", "listed", "ispublished", "ispublic"})
"""Keys that withhold if false."""
_AUDIENCES = frozenset({"visibility", "privacy"})
"""Keys that name the audience."""
_EVERYBODY = frozenset({"public", "everyone", "everybody", "all", "open", "visible", "listed", "world", "published"})
_PARTS_OF_A_PAGE = frozenset({"navigation", "toc", "footer", "path", "tags", "feedback"})
"""What ``hide:`` lists in Material for MkDocs; none of it withholds the page."""


_EMBARGO = "publishon"
_MEANS_EMBARGO = frozenset(
    {"publishat", "publishafter", "publishfrom", "publishwhen", "golive", "goliveon", "releaseon"}
    | {
        "embargo",
        "embargoed",
        "embargountil",
        "embargoeduntil",
        "embargodate",
        "scheduled",
        "scheduledfor",
        "scheduledon",
    }
)
"""Keys that can only mean a publication day, but are not supported."""
_NEARLY_EMBARGO = 0.85
"""difflib ratio from which a key is a mistyped ``publish_on``; ``published_in``, which means something else, has .8."""


class Syntax(StrEnum):
    """The syntax of a record."""

    YAML = "front matter"
    """Every value is a text; a key without a value was left unfinished."""
    JSON = "JSON"
    """Values are typed: the text ``true`` is not a flag."""
    TABLE = "table"
    """Every value is a text; an empty cell says nothing."""


class UnclearError(ValueError):
    """An article's visibility is unclear, so it must wait."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.line = line


def decides_visibility(key: str) -> bool:
    """Whether a key, as written, decides if an article is shown."""
    return normal_key(key) in _READERS or normal_key(key) == _EMBARGO


def read_embargoes(
    fields: Mapping[str, object], syntax: Syntax, file: str, line_of: Callable[[str], int | None]
) -> tuple[Embargo, ...]:
    """The days before which a record's article is not shown. Raises UnclearError if one is unreadable."""
    found = []
    for key, value in fields.items():
        if normal_key(key) == _EMBARGO and (value or syntax is not Syntax.TABLE):
            try:
                if not isinstance(value, str) or not value.strip():
                    raise ValueError("says no day such as 2026-12-01")
                found.append(Embargo(as_publication_day(value), file, line_of(key)))
            except ValueError as error:
                raise UnclearError(line_of(key), f"{key}: {error}") from None
    return tuple(found)


def read_directive(
    fields: Mapping[str, object], syntax: Syntax, file: str, line_of: Callable[[str], int | None]
) -> Directive | None:
    """Whether a record's article is shown; None if it does not say. Raises UnclearError if that is unclear."""
    said = []
    for key, value in fields.items():
        word = _Setting(key, value, syntax)
        line = line_of(key)
        try:
            show = _READERS.get(normal_key(key), _of_other)(word)
        except ValueError as error:
            raise UnclearError(line, str(error)) from None
        if show is not None:
            said.append(Directive(show, f"{key}: {_quotable(key, value)}", file, line))
    return decisive_directive(said)


def _quotable(key: str, value: object) -> str:
    """The value of a key as it may be shown to the curator, without passwords."""
    if isinstance(value, dict):
        return "protected"
    return "set" if "password" in normal_key(key) else clean_line(str(value).lower())[:LONGEST_WORD]


@dataclass(frozen=True, slots=True)
class _Setting:
    """One key and its value."""

    key: str
    value: object
    syntax: Syntax

    @property
    def text(self) -> str:
        return self.value.strip().casefold() if isinstance(self.value, str) else ""

    @property
    def flag(self) -> bool | None:
        if isinstance(self.value, bool):
            return self.value
        if self.syntax is not Syntax.JSON and self.text in {"true", "false"}:
            return self.text == "true"
        return None

    @property
    def empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.text)

    def refuse(self) -> ValueError:
        """The error for a value that is neither yes nor no."""
        if self.empty:
            return ValueError(f"{self.key}: is empty; write what it is, or remove the line")
        if isinstance(self.value, list | dict):
            kind = "a list" if isinstance(self.value, list) else "a mapping (key: value)"
            return ValueError(f"{self.key}: is {kind} where a single value belongs")
        return ValueError(f"{self.key}: {quoted(str(self.value))} is neither true nor false")


def _of_flag(word: _Setting) -> bool | None:
    own = word.key == "draft" or (word.syntax is not Syntax.JSON and normal_key(word.key) == "draft")
    if word.flag is not None:
        return not word.flag if own or word.flag else None
    if word.empty and (word.syntax is Syntax.TABLE or (word.syntax is Syntax.JSON and not own)):
        return None
    if isinstance(word.value, list) and {str(each).casefold() for each in word.value} <= _PARTS_OF_A_PAGE and not own:
        return None
    if word.syntax is not Syntax.JSON:
        raise word.refuse()
    known = f"{word.key}: is neither true nor false"
    raise ValueError(known if own else f"unknown key {quoted(word.key)}; write draft: true or false")


def _of_published(word: _Setting) -> bool | None:
    if word.flag is not None:
        return word.flag
    if word.syntax is Syntax.YAML and (word.empty or not isinstance(word.value, str)):
        raise word.refuse()
    if word.syntax is Syntax.JSON and word.text in {"true", "false"}:
        raise ValueError(f"{word.key}: true or false stand without quotation marks")
    if word.syntax is not Syntax.JSON and word.text and not any(map(str.isdigit, word.text)):
        raise ValueError(
            f"{word.key}: {quoted(word.text)} is not a date such as 2026-11-22, and neither true nor false"
        )
    if word.text in {"0", "1"}:
        raise word.refuse()
    return None


def _of_publish(word: _Setting) -> bool | None:
    """Obsidian's ``publish: false``; our own ``summary`` and ``full`` do not decide visibility."""
    if word.flag is not None:
        return None if word.flag else False
    if word.syntax is Syntax.JSON and word.text in {"true", "false"}:
        raise ValueError(f"{word.key}: true or false stand without quotation marks")
    if word.text in set(Publish) or (word.empty and word.syntax is not Syntax.YAML):
        return None
    if word.syntax is Syntax.JSON and word.text and not word.text.isdecimal():
        return None
    if word.empty or not isinstance(word.value, str):
        raise word.refuse()
    raise ValueError(f"{word.key}: {quoted(word.text)} is neither of {' and '.join(Publish)}")


def _of_open_flag(word: _Setting) -> bool | None:
    return False if word.flag is False or (word.syntax is not Syntax.JSON and word.text in {"no", "0", "off"}) else None


def _of_state(word: _Setting) -> bool | None:
    if word.text in UNFINISHED:
        return False
    for known in ("draft", "private", "hidden"):
        if SequenceMatcher(None, known, word.text, autojunk=False).ratio() >= SIMILAR:
            raise ValueError(
                f"{word.key}: {quoted(word.text)} may be a misspelling of {known}; write draft: true or false"
            )
    return None


def _of_audience(word: _Setting) -> bool | None:
    if word.empty or word.flag or word.text in _EVERYBODY:
        return None
    if word.flag is False or word.text:
        return False
    raise ValueError(f"{word.key}: does not say who may read it; write draft: true or false")


def _of_password(word: _Setting) -> bool | None:
    return None if word.empty or word.flag is False else False


def _of_other(word: _Setting) -> bool | None:
    """Accept an unknown key, unless it may be a mistyped one that withholds, or its value is protected (WordPress)."""
    if isinstance(word.value, dict) and word.value.get("protected") is True:
        return False
    if our_name(word.key) is not None or is_unused(word.key) or normal_key(word.key) == _EMBARGO:
        return None
    if not word.empty and word.flag is not False and _may_be_embargo(normal_key(word.key)):
        raise ValueError(f"unknown key {quoted(word.key)}; write publish_on: and the day, such as 2026-12-01")
    if word.syntax is Syntax.JSON:
        known = matching_flag(word.key, flag=isinstance(word.value, bool))
        shows = isinstance(word.value, str) or word.value is True
        harmless = shows if known in PUBLISHING else word.value is False
    else:
        known = matching_flag(word.key, flag=word.text in YES_OR_NO)
        harmless = word.syntax is Syntax.TABLE and word.empty
    if known is not None and not harmless:
        right = "published" if known in PUBLISHING else "draft"
        raise ValueError(f"unknown key {quoted(word.key)}; write {right}: true or false")
    return None


def _may_be_embargo(key: str) -> bool:
    alike = (
        len(key) >= len(_EMBARGO) - 2
        and SequenceMatcher(None, _EMBARGO, key, autojunk=False).ratio() >= _NEARLY_EMBARGO
    )
    return key in _MEANS_EMBARGO or alike


_READERS: Mapping[str, Callable[[_Setting], bool | None]] = {
    **dict.fromkeys(_FLAGS, _of_flag),
    **dict.fromkeys(_OPEN_FLAGS, _of_open_flag),
    **dict.fromkeys(STATES, _of_state),
    **dict.fromkeys(_AUDIENCES, _of_audience),
    "password": _of_password,
    "postpassword": _of_password,
    "published": _of_published,
    "publish": _of_publish,
}
