"""What the name of a note's file tells of it: its title, as in Obsidian, and its day, as in Jekyll."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from digestgen.dates import date_in_name
from digestgen.ingest.titles.head import reads_like_title
from digestgen.language.text import clean_line

_DAY = re.compile(r"[\s_,-]*[0-9]{4}[-_.][0-9]{2}[-_.][0-9]{2}[\s_,-]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 2
# What programs call a file that nobody has named, and what people call one that is only a batch.
_NO_NAME = re.compile(
    r"(?:untitled|unnamed|new|copy|document|scan|image|file|text|notes?|week|month|day|part|page|export|articles?)"
    r"(?:\s+(?:of|document|note|notes|file|text|folder|digest))*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name tells; None where it does not."""

    title: str | None
    """The title, where the name reads like one."""
    slug_title: str | None
    """Words of a dated slug (``2024-11-12-quay-reopens``): a title where there is nothing better."""
    day: date | None


def told_by_name(seed: str) -> Named:
    """What the name of a seed tells."""
    stem = clean_line(PurePosixPath(seed).stem)
    day = date_in_name(stem)
    rest = clean_line(_DAY.sub(" ", stem)) if day else stem
    words = _WORD.findall(rest)
    if len(words) < _LEAST_WORDS or _NO_NAME.fullmatch(" ".join(words)):
        return Named(None, None, day)
    if " " in rest:
        return Named(rest if reads_like_title(rest) else None, None, day)
    spaced = re.sub(r"[-_]+", " ", rest)
    return Named(None, spaced[:1].upper() + spaced[1:] if day else None, day)
