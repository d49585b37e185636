"""Prepare texts without spaces between words for Pagefind, which splits words only at spaces.

Every character of Chinese, Japanese, Thai, Lao, Khmer and Burmese is indexed as a word of its own, so a query of
several characters finds that run anywhere. In the texts for excerpts, the added spaces become word joiners afterwards,
which keeps the positions right.
"""

from __future__ import annotations

from typing import Final

import regex

from digestgen.language.letters import UNSPACED, has_unspaced

GAP: Final = "\u2060"
"""Separates words in excerpts that have no space between them: the word joiner."""
_SPACE: Final = "\u2e31"
"""Marks a text's own spaces while Pagefind reads it: a character that nobody types."""
_ALONE: Final = rf"(?!\p{{M}})[{UNSPACED}]"
_CLOSING: Final = r"[\p{P}--\p{Ps}--\p{Pi}--&]"
_TAG: Final = regex.compile(r"(<[^<>]*>)")
_OWN_SPACE: Final = regex.compile(rf"(?<=[{UNSPACED}]\p{{P}}*)\s+(?=\S)|(?<=\S)\s+(?={_ALONE})", regex.V1)
_HERE: Final = (
    rf"(?<=[^\s\p{{Ps}}\p{{Pi}}]){{0}}(?={_ALONE})"
    rf"|(?<=[{UNSPACED}]{_CLOSING}*){{0}}(?=[\p{{L}}\p{{N}}\p{{Ps}}\p{{Pi}}])"
)
"""Pattern for the place between two words ({0} is empty), or for the space inserted there."""
_BETWEEN: Final = regex.compile(_HERE.replace("{0}", ""), regex.V1)
_APART: Final = regex.compile(f"(?P<own>{_SPACE} )|(?:{_HERE.replace('{0}', ' ')})", regex.V1)


def with_spaces(html: str) -> str:
    """Add spaces around each character of a script without spaces; attributes are unchanged."""
    if not has_unspaced(html):
        return html
    pieces = _TAG.split(html)
    before = ""
    for place in range(0, len(pieces), 2):
        text = pieces[place]
        if not text:
            continue
        if has_unspaced(before + text):
            marked = _OWN_SPACE.sub(f"{_SPACE} ", before + text)
            pieces[place] = _BETWEEN.sub(" ", marked)[len(before) :]
        before = text[-1]
    return "".join(pieces)


def without_added_spaces(text: str) -> str:
    """Replace the spaces added by ``with_spaces`` by ``GAP`` in a text returned by Pagefind."""
    text = text.replace(GAP, "")
    return _APART.sub(lambda found: " " if found["own"] else GAP, text) if has_unspaced(text) else text
