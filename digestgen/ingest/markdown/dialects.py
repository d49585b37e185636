"""Markdown dialects as plain text: Obsidian, Hugo, Jekyll, Pandoc, MyST, Material for MkDocs.

``ConcealmentFilter`` drops what is not meant for readers (comments, code inside a tag, divisions marked private),
within a paragraph or across many; if it is never closed, everything after it is dropped. ``plain_markup`` removes
marks that CommonMark does not know and keeps the words. Both are linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from difflib import SequenceMatcher
from functools import lru_cache

_PRIVATE = (
    *("private", "secret", "hidden", "hide", "draft", "drafts", "confidential", "internal", "personal", "comment"),
    *("unlisted", "unpublished", "nopublish"),
)
"""Kinds of callouts and divisions that are not for readers."""
_SIMILAR = 0.8
_SHORTEST = 5

_PAIRS = (
    ("comment", "%%", "%%"),
    ("comment", "<!--", "-->"),
    ("comment", r"\{%-?[ \t]*comment\b[^{}%]{0,200}%\}", r"\{%-?[ \t]*endcomment[ \t]*-?%\}"),
    ("code", r"\{%-?[ \t]*highlight\b[^{}%]{0,200}%\}", r"\{%-?[ \t]*endhighlight[ \t]*-?%\}"),
    ("code", r"\{\{[<%][ \t]*highlight\b[^{}]{0,500}[>%]\}\}", r"\{\{[<%][ \t]*/[ \t]*highlight[ \t]*[>%]\}\}"),
    ("comment", r"\{::comment\}", r"\{:/(?:comment)?\}"),
)
_OPENING = re.compile("|".join(f"({opening})" for _, opening, _ in _PAIRS) + r"|^:{3,}[ \t]*(\S.*)$|(`+)", re.MULTILINE)
_DIVISION, _TICKS = len(_PAIRS) + 1, len(_PAIRS) + 2
_CLOSING = tuple(re.compile(closing) for _, _, closing in _PAIRS)
_DIVISION_LINE = re.compile(r"^:{3,}[ \t]*(\S?).*$", re.MULTILINE)

_CALLOUT = re.compile(r"\[!([^\]\n]{1,60})\][+-]?[ \t]*([^\n]*)(?:\n|$)")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w -]{1,60}?)(?:[ \t]+\"([^\"\n]*)\")?[ \t]*(?:\n|$)")
_NOTE = re.compile(r"^(?:\[\^[^\]\s]{1,100}\]|\*\[[^\]\n]{1,100}\]):")
_TAGS_ALONE = re.compile(r"(?:#[^\W\d][\w/-]*\s*)+")

_ATTRIBUTES = re.compile(r"\{:?[^{}\n]{1,300}\}")
_ATTRIBUTE = re.compile(r"[.#][\w:-]+|[\w:-]+=\S+|:?toc|-|[\"'][^\"']*[\"']|[\w./-]+[\"']")
_SUBSTITUTES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), text)
    for pattern, text in (
        (r"!\[\[[^\[\]\n]{1,500}\]\]", ""),  # what Obsidian embeds
        (r"\[\[[^\[\]\n|]{1,500}?\\?\|([^\[\]\n|]{1,500})\]\]", r"\1"),
        (r"\[\[([^\[\]\n|#^]{1,500})(?:[#^][^\[\]\n|]{0,500})?\]\]", r"\1"),
        (r"\[\[[#^]+([^\[\]\n|]{1,500})\]\]", r"\1"),
        (r"\[\^[^\]\s]{1,100}\]", ""),  # references to footnotes
        (r"\^\[[^\[\]]{0,2000}\]", ""),  # footnotes in their place
        (r"\[-?@[^\[\]\n]{1,300}\]", ""),  # citations
        (r"(?<![=\w])==(?=[^\s=])([^=\n]{1,2000})(?<=[^\s=])==(?!=)", r"\1"),
        (r"\{\{[^{}]{0,2000}\}\}", ""),  # Hugo's shortcodes, Liquid's values
        (r"\{%[^{}]{0,2000}%\}", ""),
        (r"\{[A-Za-z][\w:+-]{0,40}\}(?=`)", ""),  # MyST's roles
        (r"\$\$[^$]{0,5000}\$\$", ""),
        (r"\$\$", ""),
        (r"^:{3,}[^\n]*$", ""),
        (r"[ \t]\^[A-Za-z0-9-]{1,60}[ \t]*$", ""),  # what Obsidian links to
        (r"\n:[ \t]+", ": "),  # definitions
        (r"\A\[[ xX/-]\][ \t]+", ""),  # tasks
    )
)


class ConcealmentFilter:
    """Takes the paragraphs of a text in order and drops what is not for readers."""

    def __init__(self) -> None:
        self.open_since: int | None = None
        """The line at which the currently open concealed stretch started; None outside of one."""
        self.opening = ""
        """Its opening mark."""
        self._pair: int | None = None
        self._depth = 0

    def visible(self, text: str, line: int) -> str:
        """The visible part of a paragraph whose first line is ``line``."""
        kept: list[str] = []
        at = 0
        ticks = _runs(text)
        while at < len(text):
            if self.open_since is not None:
                at = self._end(text, at)
                continue
            found = _OPENING.search(text, at)
            if found is None:
                kept.append(text[at:])
                break
            if found[_TICKS]:  # code between backticks is no markup
                end = _next_run(ticks, found.start(), len(found[0])) or found.end()
                kept.append(text[at:end])
                at = end
                continue
            if found[_DIVISION] is not None and not is_private(found[_DIVISION]):
                kept.append(text[at : found.end()])
                at = found.end()
                continue
            kept.append(text[at : found.start()])
            self.open_since, self.opening = line + text.count("\n", 0, found.start()), found[0].strip()[:20]
            self._pair = None if found[_DIVISION] is not None else (found.lastindex or 1) - 1
            self._depth = 1
            at = found.end()
        return "".join(kept)

    def _end(self, text: str, at: int) -> int:
        """The offset behind the end of the concealed stretch, or of the text."""
        if self._pair is not None:
            found = _CLOSING[self._pair].search(text, at)
            if found is None:
                return len(text)
            self.open_since = None
            return found.end()
        for fence in _DIVISION_LINE.finditer(text, at):
            self._depth += 1 if fence[1] else -1
            if self._depth == 0:
                self.open_since = None
                return fence.end()
        return len(text)


def _runs(text: str) -> dict[int, list[int]]:
    """Length of a run of backticks → the offsets at which such runs start."""
    runs: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text):
        runs[len(run[0])].append(run.start())
    return runs


def _next_run(runs: dict[int, list[int]], start: int, length: int) -> int | None:
    """The end of the next run of the same length."""
    starts = runs[length]
    index = bisect_right(starts, start)
    return starts[index] + length if index < len(starts) else None


def is_private(kind: str) -> bool:
    """Whether the kind of a callout or division, possibly mistyped, marks it as private."""
    return any(map(_is_private_word, re.findall(r"[^\W\d_]{1,40}", kind.casefold())[:5]))


@lru_cache(maxsize=1_000)
def _is_private_word(word: str) -> bool:
    if len(word) < _SHORTEST:
        return word in _PRIVATE
    return any(SequenceMatcher(None, word, known, autojunk=False).ratio() >= _SIMILAR for known in _PRIVATE)


def callout_kind(text: str) -> str | None:
    """The kind of the callout that starts a quotation, or of an admonition; None for other text."""
    found = _CALLOUT.match(text) or _ADMONITION.match(text)
    return found[1] if found else None


def without_callout_mark(text: str) -> str:
    """Remove the mark of a callout; its title becomes a sentence before the text."""
    found = _CALLOUT.match(text) or _ADMONITION.match(text)
    if found is None:
        return text
    title, rest = (found[2] or "").strip(), text[found.end() :]
    if title and rest.strip() and title[-1].isalnum():
        title += "."
    return f"{title}\n{rest}" if title else rest


def plain_markup(text: str) -> str:
    """Remove the marks of dialects from a paragraph and keep other markup."""
    if _TAGS_ALONE.fullmatch(text):
        return ""
    if "]:" in text:
        text = _without_notes(text)
    for pattern, substitute in _SUBSTITUTES:
        text = pattern.sub(substitute, text)
    return _ATTRIBUTES.sub(_attributes, text)


def _without_notes(text: str) -> str:
    """The lines above the first footnote, without definitions of abbreviations."""
    kept = []
    for line in text.split("\n"):
        if _NOTE.match(line):
            if line.startswith("[^"):
                break
            continue
        kept.append(line)
    return "\n".join(kept)


def _attributes(found: re.Match[str]) -> str:
    inner = found[0][1:-1].lstrip(":").split()
    telling = found[0].startswith("{:") or any(part[0] in ".#" or "=" in part for part in inner)
    return "" if telling and all(map(_ATTRIBUTE.fullmatch, inner)) else found[0]
