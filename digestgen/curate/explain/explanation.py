"""Data classes of an explanation, made by ``explain``. Their field names are those of ``explain --json``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digestgen.curate.explain.applied_rulings import AppliedRuling
from digestgen.curate.ledger.former_addresses import FormerAddress
from digestgen.model import PhraseFit


@dataclass(frozen=True, slots=True)
class SharedPhrase:
    """A phrase, and the share (0 to 1) of a similarity that its words contribute."""

    phrase: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSimilarity:
    """How similar an article is to a topic, and why."""

    slug: str
    label: str
    similarity: float
    """Mean cosine similarity to the topic's (other) articles: 0 to 1."""
    shared: tuple[SharedPhrase, ...]
    """Strongest first; words that are not listed make up the rest."""


@dataclass(frozen=True, slots=True)
class TitledSlug:
    """Address and title of an article."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story and its number of articles."""

    slug: str
    label: str
    articles: int


@dataclass(frozen=True, slots=True)
class RelatedItem:
    """A related article or topic, and the phrases that both share."""

    slug: str
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleExplanation:
    """Why an article is where it is."""

    slug: str
    title: str
    titled: bool
    """False if the title was generated from the text."""
    source: str | None
    seed: str
    lines: tuple[int, int]
    boundary_confidence: float
    first: date | None
    """Day on which it was first seen."""
    topic: TopicSimilarity | None
    """None on the shelf."""
    nearest: TopicSimilarity | None
    """The runner-up, if any topic is close."""
    proposed: str | None
    """Slug of its topic without the curator's rulings; None for the shelf."""
    story: StorySummary | None
    reprint_of: TitledSlug | None
    reprints: tuple[TitledSlug, ...]
    related: tuple[RelatedItem, ...]
    """Best first."""
    rulings: tuple[AppliedRuling, ...]
    former: tuple[str, ...]
    """Former addresses that redirect to it."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a topic, with its mean cosine similarity to the other articles."""

    slug: str
    title: str
    similarity: float
    reprint: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicExplanation:
    """What holds a topic together."""

    slug: str
    label: str
    label_because: str
    first: date | None
    holds: tuple[PhraseFit, ...]
    """Best first."""
    members: tuple[Member, ...]
    """Strongest first."""
    stories: tuple[StorySummary, ...]
    related: tuple[RelatedItem, ...]
    """Best first."""
    rulings: tuple[AppliedRuling, ...]
    former: tuple[str, ...]
    """Former addresses that redirect to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything with one address: an article and a topic may share a slug; a former address has only its target."""

    article: ArticleExplanation | None
    topic: TopicExplanation | None
    former: tuple[FormerAddress, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing has this address."""
        return not (self.article or self.topic or self.former)
