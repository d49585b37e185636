"""Title and day in a file name, as in Obsidian and Jekyll."""

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
# Default names of programs, and names for mere batches.
_DEFAULT_NAME = re.compile(
    r"(?:untitled|unnamed|new|copy|document|scan|image|file|text|notes?|week|month|day|part|page|export|articles?)"
    r"(?:\s+(?:of|document|note|notes|file|text|folder|digest))*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file name gives; None where it does not."""

    title: str | None
    """The title, if the name reads like one."""
    slug_title: str | None
    """The words of a dated slug (``2024-11-12-quay-reopens``), as a title if there is nothing better."""
    day: date | None


def parse_file_name(seed: str) -> FileName:
    """Parse the file name of a seed."""
    stem = clean_line(PurePosixPath(seed).stem)
    day = date_in_name(stem)
    rest = clean_line(_DAY.sub(" ", stem)) if day else stem
    words = _WORD.findall(rest)
    if len(words) < _LEAST_WORDS or _DEFAULT_NAME.fullmatch(" ".join(words)):
        return FileName(None, None, day)
    if " " in rest:
        return FileName(rest if reads_like_title(rest) else None, None, day)
    spaced = re.sub(r"[-_]+", " ", rest)
    return FileName(None, spaced[:1].upper() + spaced[1:] if day else None, day)
