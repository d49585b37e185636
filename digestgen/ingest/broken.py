"""Paragraphs that break off: teasers are cut to fit, and nothing else in print is."""

from __future__ import annotations

from digestgen.text import is_terminated, length_in_words, sentences

_TAIL = 2_000
"""Characters of a paragraph's end that are looked at."""


def breaks_off(paragraph: str, language: str = "en") -> bool:
    """Whether a paragraph is known to break off: its last sentence does not end, though others before it do.

    A single unterminated clause may be whole, as captions and headlines are, unless it ends in a comma or dots.
    """
    if paragraph.endswith((",", "...", "…")):
        return True
    if is_terminated(paragraph[-40:]) or paragraph.endswith((":", ";")):
        return False
    pieces = sentences(paragraph[-_TAIL:], language)
    return len(pieces) > 1 and length_in_words(pieces[-1]) > 2
