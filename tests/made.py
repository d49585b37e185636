"""What tests are made of: an article of which only what matters to the test is said, keyphrases, lines of a dump."""

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
"""An article of which nothing is known, in English."""

FOX = [
    "Foxes move into the city",
    "Foxes have moved into the city in numbers that surprise biologists, a survey of gardens shows.",
    "The survey counted foxes in four hundred gardens, and foxes were seen in most of the gardens.",
    "Gardens with hens were visited by foxes twice as often, the biologists found.",
]
"""The lines of an article in a dump, its title first."""
BRIDGE = [
    "New bridge opens a year late",
    "The bridge over the estuary opened to lorries on Friday, a year later than engineers had promised.",
    "Engineers blamed the steel of the bridge, which had rusted in the estuary before it was painted.",
    "Lorries will pay a toll on the bridge until the steel is paid for, the engineers said.",
]
"""The lines of another."""


def an_article(id_: str, *paragraphs: str, **changes: object) -> Article:
    """The plain article with this id, these paragraphs and these fields; given a title, it is titled.

    A title that digestgen itself would have made takes ``titled=False`` along.
    """
    return replace(PLAIN, id=id_, paragraphs=paragraphs, **{"titled": "title" in changes, **changes})


def keyphrases(*texts: str) -> tuple[Keyphrase, ...]:
    """Keyphrases, the best first."""
    return tuple(Keyphrase(text, 0.1 * rank) for rank, text in enumerate(texts, 1))
