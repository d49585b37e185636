"""The last part of an address, made from a title or a label (this module alone imports slugify)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slugify import slugify

from digestgen.language.text import straighten

LONGEST = 60
"""Characters; cut between words."""


def slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; other scripts are transliterated; may be empty."""
    return slugify(straighten(text).replace("'", ""), max_length=LONGEST, word_boundary=True, save_order=True)


def unique_slugs(names: Sequence[tuple[str, str]], *, reserved: Iterable[str] = ()) -> tuple[str, ...]:
    """A slug for each (text, id), no two alike and none reserved.

    The first to claim a slug gets it; a later one carries the start of its id behind it, as much as it takes,
    so that adding a text at the end changes no slug before it.
    """
    taken = set(reserved)
    slugs = []
    for text, identity in names:
        chosen = base = slug(text)
        suffix = slug(identity) or "x"
        length = min(6, len(suffix))
        while not chosen or chosen in taken:
            chosen = f"{base}-{suffix[:length]}".strip("-")
            if length < len(suffix):
                length += 1
            elif chosen in taken:
                suffix += "x"
        taken.add(chosen)
        slugs.append(chosen)
    return tuple(slugs)
