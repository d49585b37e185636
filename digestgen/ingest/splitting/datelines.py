"""Datelines and end marks of agency reports and press releases."""

from __future__ import annotations

import re

from digestgen.language.text import words

_LONGEST = 80
"""Characters of a dateline."""
_DASH = re.compile(r"\s?(?:--|[–—])\s|\s-\s|(?<=/)\.\s")
_AGENCY = re.compile(r"[\s.,]*(?:\([^\W\d_][^()]{1,24}\)|/[^\W\d_][^/]{1,24}/)$")
_DATE = re.compile(
    r"(?:^|[\s.,]+)(?:le\s)?(?:\d{1,2}\.?\s[^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.?\s\d{1,2})(?:,?\s\d{4})?[.,]?$"
)
_PARTICLES = frozenset({"am", "an", "da", "de", "del", "der", "di", "do", "la", "le", "les", "of", "sur", "the"})
_SHORTEST_PLACE, _LONGEST_PLACE = 4, 30
"""Characters of an upper-case place name that needs no date or agency beside it."""
_END_MARK = re.compile(
    r"""[-–—#*(\[\s]*(?:ends?|the\ end|more\ later|more\ to\ come|more\ follows|to\ be\ continued|30)[-–—#*)\].…\s]*
    |\(?(?:additional\ )?(?:reporting|writing|editing|compiled)\ by\ .{2,300}""",
    re.VERBOSE | re.IGNORECASE,
)


def opens_with_dateline(text: str) -> bool:
    """Whether a paragraph opens with a dateline: “OSLO, May 3 (NTB) – ”, “(Reuters) - ”, “WARSAW — ”.

    A place alone must be in capitals; a date alone is an entry of a chronology.
    """
    end = _DASH.search(text[:_LONGEST])
    if end is None or not (text[0].isalnum() or text[0] == "("):
        return False
    head = text[: end.start()]
    undated = _AGENCY.sub("", head)
    place = _DATE.sub("", undated).strip(" ,.")
    if not place:
        return undated != head
    if not all(word[0].isupper() or word in _PARTICLES for word in words(place)):
        return False
    return place != head.strip(" ,.") or (place.isupper() and _SHORTEST_PLACE <= len(place) <= _LONGEST_PLACE)


def is_end_mark(text: str) -> bool:
    """Whether a paragraph is the end mark of a report: “ENDS”, “More later”, “(Reporting by …)”."""
    return _END_MARK.fullmatch(text) is not None
