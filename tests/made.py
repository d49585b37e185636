"""Builders of test data: articles with only the relevant fields set, keyphrases, lines of a dump."""

from __future__ import annotations

from dataclasses import replace

from digestgen.model import Article, Keyphrase, Publish

PLAIN = Article(
    id="plain",
    title="Untitled",
    titled=False,
    standfirst=None,
    paragraphs=(),
    truncated=False,
    source=None,
    url=None,
    published=None,
    language="en",
    publish=Publish.SUMMARY,
    seed="week.txt",
    lines=(1, 1),
    boundary_confidence=1.0,
)
"""A minimal article in English."""

FOX = [
    "Foxes move into the city",
    "Foxes have moved into the city in numbers that surprise biologists, a survey of gardens shows.",
    "The survey counted foxes in four hundred gardens, and foxes were seen in most of the gardens.",
    "Gardens with hens were visited by foxes twice as often, the biologists found.",
]
"""The lines of an article in a dump, title first."""
BRIDGE = [
    "New bridge opens a year late",
    "The bridge over the estuary opened to lorries on Friday, a year later than engineers had promised.",
    "Engineers blamed the steel of the bridge, which had rusted in the estuary before it was painted.",
    "Lorries will pay a toll on the bridge until the steel is paid for, the engineers said.",
]
"""The lines of another one."""


def an_article(id_: str, *paragraphs: str, **changes: object) -> Article:
    """The minimal article with this id, these paragraphs and fields; with a title, it is ``titled``.

    For a title made by digestgen, pass ``titled=False`` as well.
    """
    return replace(PLAIN, id=id_, paragraphs=paragraphs, **{"titled": "title" in changes, **changes})


def keyphrases(*texts: str) -> tuple[Keyphrase, ...]:
    """Keyphrases, best first."""
    return tuple(Keyphrase(text, 0.1 * rank) for rank, text in enumerate(texts, 1))
