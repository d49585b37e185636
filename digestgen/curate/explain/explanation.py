"""What there is to say of why an article or a topic is as it is; ``explaining`` finds it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digestgen.curate.explain.applied_rulings import Decision
from digestgen.curate.ledger.former_addresses import Former
from digestgen.model import PhraseFit


@dataclass(frozen=True, slots=True)
class Shared:
    """A phrase, and the share of a similarity that its words carried: 0 to 1."""

    phrase: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near an article is to a topic, and by what."""

    slug: str
    label: str
    similarity: float
    """Mean cosine similarity to the articles of the topic (the others, where it is its own): 0 to 1."""
    shared: tuple[Shared, ...]
    """Strongest first; words that are not shown carried the rest."""


@dataclass(frozen=True, slots=True)
class Named:
    """An article, topic or story, by its address and its title."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class StoryPart:
    """A story, and how many articles it has."""

    slug: str
    label: str
    articles: int


@dataclass(frozen=True, slots=True)
class Related:
    """Something near, and the phrases that both share."""

    slug: str
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleExplanation:
    """Why an article stands where it stands."""

    slug: str
    title: str
    titled: bool
    """False when digestgen made the title from the text."""
    source: str | None
    seed: str
    lines: tuple[int, int]
    boundary_confidence: float
    first: date | None
    """The day on which it was first seen."""
    topic: Nearness | None
    """None on the shelf."""
    nearest: Nearness | None
    """The runner-up, if any comes near."""
    proposed: str | None
    """Slug of the topic that it would be in without the curator's rulings; None for the shelf."""
    story: StoryPart | None
    reprint_of: Named | None
    reprints: tuple[Named, ...]
    related: tuple[Related, ...]
    """Best first."""
    rulings: tuple[Decision, ...]
    former: tuple[str, ...]
    """Addresses that lead to it."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a topic, and its mean cosine similarity to the others there."""

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
    """The weakest last."""
    stories: tuple[StoryPart, ...]
    related: tuple[Related, ...]
    """Best first."""
    rulings: tuple[Decision, ...]
    former: tuple[str, ...]
    """Addresses that lead to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that goes by one name: an article and a topic may share it. An address of old has only where it leads."""

    article: ArticleExplanation | None
    topic: TopicExplanation | None
    former: tuple[Former, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing goes by the name."""
        return not (self.article or self.topic or self.former)
