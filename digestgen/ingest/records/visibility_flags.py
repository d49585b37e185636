"""The vocabulary of visibility: ``draft: true``, ``published: false``, and how to recognise misspellings.

A word that withholds wins over one that shows. If a word may be meant to withhold but is unclear (a mistyped key, front
matter in the wrong place), the reader leaves the article out and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from digestgen.field_aliases import normal_key
from digestgen.model import Directive

WITHHOLDING = ("draft", "skip", "hide", "hidden")
"""Keys that withhold if true."""
PUBLISHING = ("published", "publish")
"""Keys that withhold if false."""

STATES = frozenset({"status", "poststatus", "articlestatus", "state", "workflowstate"})
"""Keys that name the editorial state."""
UNFINISHED = frozenset(
    {"draft", "drafts", "hidden", "private", "unlisted", "unpublished", "pending", "future", "scheduled", "auto-draft"}
    | {"autodraft", "trash", "wip", "inprogress", "in progress", "in-progress", "secret", "embargoed", "embargo"}
)
"""States, in Pelican and WordPress, of articles that are not to be shown."""
OF_OTHER_TOOLS = frozenset({"private", "unlisted", "unpublished"})
"""As ``WITHHOLDING``, but not matched fuzzily."""
_OTHER_WORDS = frozenset({"publisher"})
"""Keys that look like the above and mean something else."""
SIMILAR = 0.75
"""difflib ratio from which a word is a misspelling: one letter too many, one missing, two swapped."""
_SHORTEST_PIECE = 3
LONGEST_WORD = 60
_LINE = re.compile(r"""[\W_]*(\w{2,12})["']?[ \t]*[:=][ \t]*["']?(\w+)["']?,?""")
YES_OR_NO = frozenset({"true", "false", "yes", "no", "on", "off"})
_DUE_LINE = re.compile(r"""[\W_]*publish_on["']?[ \t]*[:=].{0,40}""", re.IGNORECASE)
_IN_JSON = re.compile(r'"(\w{2,12})"[ \t]*:[ \t]*(?:true|false)')


def decisive_directive(directives: Iterable[Directive | None]) -> Directive | None:
    """The first directive that withholds, or else the first; None if there is none."""
    said = [directive for directive in directives if directive is not None]
    return next((directive for directive in said if not directive.show), said[0] if said else None)


def draft_directive(draft: bool | None, file: str, line: int | None) -> Directive | None:  # noqa: FBT001 -- it is the value
    """The directive of ``draft:``; None if it is not set."""
    return None if draft is None else _directive("draft", draft, file, line, show=not draft)


def skip_directive(skip: bool | None, file: str, line: int | None) -> Directive | None:  # noqa: FBT001 -- it is the value
    """The directive of ``skip:``; None if it is not set."""
    return None if skip is None else _directive("skip", skip, file, line, show=not skip)


def published_directive(value: object, file: str, line: int | None) -> Directive | None:
    """The directive of ``published:`` if it is a boolean; None if it is a date or not set."""
    return _directive("published", value, file, line, show=value) if isinstance(value, bool) else None


def _directive(key: str, value: bool, file: str, line: int | None, *, show: bool) -> Directive:  # noqa: FBT001
    return Directive(show, f"{key}: {'true' if value else 'false'}", file, line)


@lru_cache(maxsize=10_000)
def matching_flag(key: str, *, flag: bool = False) -> str | None:
    """The visibility key that a key is, or may be a misspelling of; None if it is neither.

    With ``flag`` (the value is yes or no) a part of such a word, or a word that ends in one, matches too.
    """
    name = key.strip().casefold()
    if name in OF_OTHER_TOOLS:
        return name
    if name in _OTHER_WORDS:
        return None
    if flag:
        for word in WITHHOLDING + PUBLISHING:
            if name.endswith(word) or (len(name) >= _SHORTEST_PIECE and name in word):
                return word
    known = [word for word in WITHHOLDING + PUBLISHING if flag or abs(len(word) - len(name)) <= 1]
    likeness = {word: SequenceMatcher(None, word, name, autojunk=False).ratio() for word in known}
    best = max(known, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= SIMILAR else None


def may_withhold(key: str, value: str | None) -> bool:
    """Whether an unknown front-matter key may be meant to withhold its article."""
    text = (value or "").strip().casefold()
    if normal_key(key) in STATES:
        return text in UNFINISHED
    return matching_flag(key, flag=text in YES_OR_NO) is not None


def stray_setting(lines: Sequence[str], first_line: int = 1) -> tuple[int, str] | None:
    """Number and text of the first line that is a visibility setting outside of front matter; None if there is none.

    ``draft: true`` in the text, or a JSON object with it, is front matter that lost its fence or a file with the wrong
    extension: its author did not mean it to be published.
    """
    for number, line in enumerate(lines, start=first_line):
        text = line.strip()
        if text.startswith("{"):
            if any(matching_flag(key, flag=True) for key in _IN_JSON.findall(text)):
                return number, text
        elif _DUE_LINE.fullmatch(text):
            return number, text
        elif len(text) <= LONGEST_WORD and (found := _LINE.fullmatch(text)):
            key, value = found.groups()
            if may_withhold(key, value) and (value.casefold() in YES_OR_NO or normal_key(key) in STATES):
                return number, text
    return None
