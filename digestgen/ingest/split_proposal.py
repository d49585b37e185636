"""Propose how to split a dump: certain and possible starts of articles, each with a confidence."""

from __future__ import annotations

from dataclasses import replace

from digestgen.errors import InputError
from digestgen.ingest.read import Defaults, language_of_plain_text, read_seed
from digestgen.ingest.splitting.dump import possible_starts
from digestgen.ingest.splitting.realign import first_words
from digestgen.model import ProposedStart, Seed


def propose(seed: Seed, defaults: Defaults) -> tuple[ProposedStart, ...]:
    """All starts that the splitter sees in a ``.txt`` seed, chosen or not, by line.

    A split in the seed's sidecar is ignored. Raises InputError if the seed cannot be read.
    """
    unsplit = replace(seed, sidecar=replace(seed.sidecar, articles=None, lines=None))
    lines = seed.text.split("\n")
    reading = read_seed(unsplit, defaults)
    if reading.problems:
        raise InputError(reading.problems)
    chosen = [
        ProposedStart(
            line=article.lines[0],
            begins=first_words(lines[article.lines[0] - 1]),
            title=article.title,
            titled=article.titled,
            confidence=article.boundary_confidence,
            chosen=True,
        )
        for article in reading.articles
    ]
    language = seed.sidecar.language or defaults.language or language_of_plain_text(seed.text)
    doubted = [
        ProposedStart(
            line=line,
            begins=first_words(lines[line - 1]),
            title=None,
            titled=False,
            confidence=chance,
            chosen=False,
        )
        for line, chance in possible_starts(seed.text, language)
    ]
    return tuple(sorted([*chosen, *doubted], key=lambda start: start.line))
