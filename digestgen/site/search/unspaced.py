"""Texts without spaces between words, as the search index reads them: each character a word.

Pagefind parts words at spaces alone. So it is given a page in which every character of Chinese, Japanese, Thai, Lao,
Khmer and Burmese stands alone, and a query for several of them is one for that run, wherever in a compound it stands.
In what it keeps for excerpts, the spaces that were put in are then made word joiners, so that positions stay right.
"""

from __future__ import annotations

from typing import Final

import regex

from digestgen.language.letters import UNSPACED, has_unspaced

GAP: Final = "\u2060"
"""What stands in the excerpts where two words follow each other without a space: the word joiner."""
_SPACE: Final = "\u2e31"
"""What is put before a space of the text's own, while Pagefind reads it: a mark that nobody types."""
_ALONE: Final = rf"(?!\p{{M}})[{UNSPACED}]"
_CLOSING: Final = r"[\p{P}--\p{Ps}--\p{Pi}--&]"
_TAG: Final = regex.compile(r"(<[^<>]*>)")
_OWN: Final = regex.compile(rf"(?<=[{UNSPACED}]\p{{P}}*)\s+(?=\S)|(?<=\S)\s+(?={_ALONE})", regex.V1)
_HERE: Final = (
    rf"(?<=[^\s\p{{Ps}}\p{{Pi}}]){{0}}(?={_ALONE})"
    rf"|(?<=[{UNSPACED}]{_CLOSING}*){{0}}(?=[\p{{L}}\p{{N}}\p{{Ps}}\p{{Pi}}])"
)
"""Pattern of where words are parted that stand together in the text, or of what parts them."""
_BETWEEN: Final = regex.compile(_HERE.replace("{0}", ""), regex.V1)
_APART: Final = regex.compile(f"(?P<own>{_SPACE} )|(?:{_HERE.replace('{0}', ' ')})", regex.V1)


def spaced(html: str) -> str:
    """The same page for Pagefind, each character of a script without spaces as a word; attributes stay as they are."""
    if not has_unspaced(html):
        return html
    pieces = _TAG.split(html)
    before = ""
    for place in range(0, len(pieces), 2):
        text = pieces[place]
        if not text:
            continue
        if has_unspaced(before + text):
            marked = _OWN.sub(f"{_SPACE} ", before + text)
            pieces[place] = _BETWEEN.sub(" ", marked)[len(before) :]
        before = text[-1]
    return "".join(pieces)


def unspaced(text: str) -> str:
    """What Pagefind kept of a text that it was given ``spaced``, with a ``GAP`` for each space that was put in."""
    text = text.replace(GAP, "")
    return _APART.sub(lambda found: " " if found["own"] else GAP, text) if has_unspaced(text) else text
