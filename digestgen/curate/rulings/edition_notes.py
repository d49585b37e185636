"""The editor's words on editions: which edition a day in ``curation.yml`` refers to, and notices about that.

A day refers to the edition of that day or the first one after it. So a letter can be written ahead, whenever the next
edition is built, and stays with that edition, since editions are only ever added at the end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.curate.rulings.rulings import EditionRuling, Rulings, SlugRef
from digestgen.errors import Problem, place
from digestgen.fields import quoted
from digestgen.model import EditionText, Entry


@dataclass(frozen=True, slots=True)
class AssignedRuling:
    """The ruling that applies to an edition."""

    key: date
    """Day under which it is written."""
    ruling: EditionRuling


def assigned_rulings(rulings: Rulings, editions: Sequence[date]) -> dict[date, AssignedRuling]:
    """Edition → its ruling, without drafts; of several, the one of the latest day. ``editions`` ascend."""
    found: dict[date, AssignedRuling] = {}
    for key in sorted(rulings.editions):
        at = bisect_left(editions, key)
        if at < len(editions) and not rulings.editions[key].draft:
            found[editions[at]] = AssignedRuling(key, rulings.editions[key])
    return found


def edition_words(rulings: Rulings, editions: Sequence[date], entries: Sequence[Entry]) -> dict[date, EditionText]:
    """The editor's published words on each edition. Names of articles from other editions are ignored."""
    firsts = _firsts(entries)
    originals = {entry.article.id: entry.reprint_of or entry.article.id for entry in entries}
    ids = originals | {entry.slug: originals[entry.article.id] for entry in entries}

    def those(named: Sequence[SlugRef], day: date) -> tuple[str, ...]:
        there = (ids[each.slug] for each in named if firsts.get(each.slug) == day)
        return tuple(dict.fromkeys(there))

    return {
        day: EditionText(
            title=each.ruling.title,
            letter=each.ruling.letter,
            lead=those(each.ruling.lead, day),
            left_out=those(each.ruling.leave_out, day),
        )
        for day, each in assigned_rulings(rulings, editions).items()
    }


def edition_problems(
    rulings: Rulings, editions: Sequence[date], entries: Sequence[Entry], file: str
) -> Iterator[Problem]:
    """Report articles named by the editor that did not come with the edition."""
    firsts = _firsts(entries)
    for day, each in assigned_rulings(rulings, editions).items():
        for key, named in _named(each.ruling):
            came = firsts.get(named.slug)
            if came is not None and came != day:
                other = f"came with the edition of {came}, and not with that of {day}"
                yield Problem(file, named.line, f"{key}: {quoted(named.slug)} {other}; name another, or remove this")


def edition_notices(rulings: Rulings, editions: Sequence[date], file: str) -> Iterator[str]:
    """Notices on words for a day without edition, words that wait, and words without effect."""
    chosen = {each.key: day for day, each in assigned_rulings(rulings, editions).items()}
    for key, ruling in rulings.editions.items():
        at = bisect_left(editions, key)
        where = place(file, ruling.line)
        if ruling.unreadable:
            continue
        if ruling.draft:
            yield f"{where}: is a draft, and only the preview shows it; without draft: it is published"
        elif at == len(editions):
            yield f"{where}: waits for the first edition from {key} on"
        elif key not in chosen:
            other = next(each for each, day in chosen.items() if day == editions[at])
            line = rulings.editions[other].line
            yield f"{where}: is not shown, because the edition of {editions[at]} has what line {line} says; keep one"
        elif chosen[key] != key:
            yield f"{where}: {key} is no edition; this is shown with that of {chosen[key]}, the first after it"


def unpublished_letters(rulings: Rulings, editions: Sequence[date]) -> dict[date, EditionRuling]:
    """Day → drafts and words written ahead, which are not published yet."""
    return {
        day: ruling
        for day, ruling in sorted(rulings.editions.items())
        if not ruling.unreadable and (ruling.draft or bisect_left(editions, day) == len(editions))
    }


def _named(ruling: EditionRuling) -> Iterator[tuple[str, SlugRef]]:
    yield from (("lead", named) for named in ruling.lead)
    yield from (("leave_out", named) for named in ruling.leave_out)


def _firsts(entries: Sequence[Entry]) -> Mapping[str, date | None]:
    """Day on which each article was first seen, by its id and by its slug."""
    return {entry.article.id: entry.first for entry in entries} | {entry.slug: entry.first for entry in entries}
