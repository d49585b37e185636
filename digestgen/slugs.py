"""Slugs, made from titles and labels (sole importer of slugify)."""

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
    """A distinct slug for each (text, id), none of them reserved.

    The first of equal texts gets the plain slug; later ones get a suffix from their id, as long as needed, so that
    appending a text never changes an earlier slug.
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
