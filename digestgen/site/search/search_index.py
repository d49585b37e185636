"""The search index of a built site, made by Pagefind from what is marked for it, and the same for the same site.

Beside it lies the list of its words, by which the search tells a slip of the pen (``site/search/word_list``).
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
from digestgen.site.search.unspaced import GAP, spaced, unspaced
from digestgen.site.search.word_list import Found, word_list

INDEX = "pagefind"
"""The folder of the index inside the site."""

_ENTRY = "pagefind-entry.json"
_OF_OTHER_READERS = ("pagefind-*ui.*", "pagefind-highlight.js")
"""What Pagefind adds for readers that we do not have."""
_SIGNATURE = b"pagefind_dcd"
"""What stands before the CBOR of each of the index's compressed files."""
_MARK = "data-pagefind-body"
"""What a page has that is to be found."""
_FILTERS = 3
"""Where the index's description of itself lists its filters, each with the name of its file."""


def index_site(site: Path, pages: int, *, without_spaces: bool = False) -> None:
    """Write the index of the site in the folder ``site``, which must come to hold at least ``pages`` pages.

    ``without_spaces`` says that some are in a script without spaces between words, which takes a copy of all.

    Raises InputError where it cannot be made or holds fewer: a site without a search must not be published.
    """
    # Pagefind leaves there what it does not write anew.
    shutil.rmtree(site / INDEX, ignore_errors=True)
    # Not the site's own folder: a pagefind.yml in it would be read and, without -P, a .py file in it be run.
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
        _put_in_order(site / INDEX)
        _add_words(site / INDEX)
    except (OSError, ValueError, LookupError, TypeError, cbor2.CBORError) as error:
        raise _failure(f"Pagefind's files are not as they were: {error}") from None
    for pattern in _OF_OTHER_READERS:
        for file in (site / INDEX).glob(pattern):
            file.unlink()


def _put_in_order(index: Path) -> None:
    """Write the filters anew in order, under names by content: Pagefind leaves their values in an order of chance."""
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
    """The pages that are to be found, in another folder, as Pagefind can part their words."""
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8", errors="replace")
        if _MARK in html:
            place = copy / page.relative_to(site)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(spaced(html), encoding="utf-8")
    return copy


def _add_words(index: Path) -> None:
    """Write the list of words, and set right what Pagefind keeps for excerpts."""
    held = []
    for file in sorted((index / "fragment").iterdir()):
        packed = gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE)
        page = json.loads(packed)
        content, meta = unspaced(page["content"]), {name: unspaced(value) for name, value in page["meta"].items()}
        if (content, meta) != (page["content"], page["meta"]):
            # Positions of words are counted in the title too, so it keeps its gaps; in the other facts none are.
            facts = {name: value if name == "title" else value.replace(GAP, "") for name, value in meta.items()}
            page |= {"content": content, "meta": facts}
            text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
            file.write_bytes(gzip.compress(_SIGNATURE + text.encode(), mtime=0))
        held.append(Found(file.stem, content, meta))
    (index / "words").mkdir(exist_ok=True)
    for name, text in word_list(held).items():
        (index / name).write_text(text, encoding="utf-8")


def _unpacked(file: Path) -> Any:  # noqa: ANN401 -- as Pagefind has it
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE))


def _packed(item: object, language: str, folder: Path, name: str) -> str:
    """Write an item into a file that is named by its content; returns the part of the name that tells it apart."""
    data = _SIGNATURE + cbor2.dumps(item)
    key = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / name.format(key)).write_bytes(gzip.compress(data, mtime=0))
    return key


def _failure(reason: str) -> InputError:
    return InputError([Problem("search index", None, f"{reason}; the site would have no search, so it is not built")])
