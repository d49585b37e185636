"""The search index of a built site, made by Pagefind from what is marked for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from digestgen.errors import InputError, Problem
from digestgen.filter_order import put_in_order

INDEX = "pagefind"
"""The folder of the index inside the site."""

_ENTRY = "pagefind-entry.json"
_OF_OTHER_READERS = ("pagefind-*ui.*", "pagefind-highlight.js")
"""What Pagefind adds for readers that we do not have."""


def index_site(site: Path, pages: int) -> None:
    """Write the index of the site in the folder ``site``, which must come to hold at least ``pages`` pages.

    Raises InputError where it cannot be made or holds fewer: a site without a search must not be published.
    """
    command = [sys.executable, "-m", "pagefind", "--quiet", "--site", ".", "--output-subdir", INDEX]
    made = subprocess.run(  # noqa: S603 -- nothing in it is from outside
        command, cwd=site, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    told = [line.strip() for line in (made.stdout + made.stderr).splitlines() if line.strip()]
    if made.returncode != 0:
        raise _failure(f"Pagefind ended with code {made.returncode}{f': {told[-1]}' if told else ''}")
    try:
        entry = json.loads((site / INDEX / _ENTRY).read_text(encoding="utf-8"))
        held = sum(language["page_count"] for language in entry["languages"].values())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise _failure(f"Pagefind left no readable {_ENTRY}") from None
    if held < pages:
        raise _failure(f"it holds {held:,} of the {pages:,} pages that are to be searched")
    try:
        put_in_order(site / INDEX)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise _failure(f"Pagefind's files are not as they were: {error}") from None
    for pattern in _OF_OTHER_READERS:
        for file in (site / INDEX).glob(pattern):
            file.unlink()


def _failure(reason: str) -> InputError:
    return InputError([Problem("search index", None, f"{reason}; the site would have no search, so it is not built")])
