"""Build the search index of a site with Pagefind, deterministically.

Next to it is a list of words, by which the search corrects typing errors (``site/search/word_list``).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cbor2

from digestgen.errors import InputError, Problem
from digestgen.site.search.spaceless_text import GAP, with_spaces, without_added_spaces
from digestgen.site.search.word_list import IndexedPage, word_list

INDEX = "pagefind"
"""Folder of the index in the site."""

_ENTRY = "pagefind-entry.json"
_OF_OTHER_READERS = ("pagefind-*ui.*", "pagefind-highlight.js")
"""Pagefind's own user interfaces, which are not used."""
_SIGNATURE = b"pagefind_dcd"
"""Prefix of the CBOR in each compressed file of the index."""
_MARK = "data-pagefind-body"
"""Attribute that marks searchable pages."""
_FILTERS = 3
"""Position of the list of filters (name and file) in the index's metadata."""


def index_site(site: Path, pages: int, *, without_spaces: bool = False) -> None:
    """Write the index of the site in the folder ``site``, which must contain at least ``pages`` pages.

    ``without_spaces`` says that some pages are in a script without spaces between words, which requires a copy of all.
    Raises InputError if indexing fails or finds fewer pages: a site without search must not be published.
    """
    # Pagefind does not delete old files.
    shutil.rmtree(site / INDEX, ignore_errors=True)
    # Run elsewhere: in the site's folder it would read a pagefind.yml and, without -P, run .py files.
    with TemporaryDirectory(prefix="digestgen_") as elsewhere:
        read = _spaced_copy(site, Path(elsewhere) / "site") if without_spaces else site
        command = [sys.executable, "-P", "-m", "pagefind", "--quiet", "--site", str(read.absolute())]
        made = subprocess.run(  # noqa: S603 -- nothing in it is from outside
            [*command, "--output-path", str(site.absolute() / INDEX)],
            cwd=elsewhere,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    output = [line.strip() for line in (made.stdout + made.stderr).splitlines() if line.strip()]
    if made.returncode != 0:
        raise _failure(f"Pagefind ended with code {made.returncode}{f': {output[-1]}' if output else ''}")
    try:
        entry = json.loads((site / INDEX / _ENTRY).read_text(encoding="utf-8"))
        held = sum(language["page_count"] for language in entry["languages"].values())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise _failure(f"Pagefind left no readable {_ENTRY}") from None
    if held < pages:
        raise _failure(f"it holds {held:,} of the {pages:,} pages that are to be searched")
    try:
        _sort_filters(site / INDEX)
        _add_words(site / INDEX)
    except (OSError, ValueError, LookupError, TypeError, cbor2.CBORError) as error:
        raise _failure(f"Pagefind's files are not as they were: {error}") from None
    for pattern in _OF_OTHER_READERS:
        for file in (site / INDEX).glob(pattern):
            file.unlink()


def _sort_filters(index: Path) -> None:
    """Rewrite filters in sorted order, named by content: Pagefind writes their values in random order."""
    described = index / _ENTRY
    entry = json.loads(described.read_text(encoding="utf-8"))
    for language, about in entry["languages"].items():
        place = index / f"pagefind.{about['hash']}.pf_meta"
        meta = _unpacked(place)
        for known in meta[_FILTERS]:
            file = index / "filter" / f"{known[1]}.pf_filter"
            name, values = _unpacked(file)
            file.unlink()
            known[1] = _packed([name, sorted(values)], language, index / "filter", "{}.pf_filter")
        meta[_FILTERS].sort()
        place.unlink()
        about["hash"] = _packed(meta, language, index, "pagefind.{}.pf_meta")
    described.write_text(json.dumps(entry, sort_keys=True), encoding="utf-8")


def _spaced_copy(site: Path, copy: Path) -> Path:
    """Copy the searchable pages, with spaces between the words of scripts that have none."""
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8", errors="replace")
        if _MARK in html:
            place = copy / page.relative_to(site)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(with_spaces(html), encoding="utf-8")
    return copy


def _add_words(index: Path) -> None:
    """Write the list of words, and restore the original spacing in the texts for excerpts."""
    held = []
    for file in sorted((index / "fragment").iterdir()):
        packed = gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE)
        page = json.loads(packed)
        content, meta = (
            without_added_spaces(page["content"]),
            {name: without_added_spaces(value) for name, value in page["meta"].items()},
        )
        if (content, meta) != (page["content"], page["meta"]):
            # Word positions include the title, so it keeps its gaps; other metadata does not need them.
            facts = {name: value if name == "title" else value.replace(GAP, "") for name, value in meta.items()}
            page |= {"content": content, "meta": facts}
            text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
            file.write_bytes(gzip.compress(_SIGNATURE + text.encode(), mtime=0))
        held.append(IndexedPage(file.stem, content, meta))
    (index / "words").mkdir(exist_ok=True)
    for name, text in word_list(held).items():
        (index / name).write_text(text, encoding="utf-8")


def _unpacked(file: Path) -> Any:  # noqa: ANN401 -- as Pagefind has it
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE))


def _packed(item: object, language: str, folder: Path, name: str) -> str:
    """Write an item to a file named by its content; return the distinguishing part of the name."""
    data = _SIGNATURE + cbor2.dumps(item)
    key = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / name.format(key)).write_bytes(gzip.compress(data, mtime=0))
    return key


def _failure(reason: str) -> InputError:
    return InputError([Problem("search index", None, f"{reason}; the site would have no search, so it is not built")])
