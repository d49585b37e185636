"""The frozen nouns that every stage takes and returns.

Data flows one way::

    Seed → Article → {article id: keyphrases} → Grouping → Entry and Topic → Digest

Side tables are keyed by article id; only ``compose/entries.py`` joins them, into ``Entry`` and ``Topic``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

UNKNOWN_LANGUAGE = "und"
"""The code of ISO 639-2 for a language that could not be told."""


class Publish(StrEnum):
    """How much of an article the site shows: its summary, or its full text."""

    SUMMARY = "summary"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitLine:
    """One article of a sidecar's ``articles:`` list: where it starts, and what is known of it."""

    line: int
    """1-based line of the seed at which the article starts."""
    begins: str | None = None
    """The first words of that line, by which a seed that changed since is noticed."""
    title: str | None = None
    url: str | None = None
    published: date | None = None
    source: str | None = None
    skip: bool | None = None
    """False where the curator says that it may be shown; None where nothing is said."""
    publish_on: date | None = None
    """The day before which it is not shown."""
    at: int | None = field(default=None, compare=False)
    """Line of the sidecar at which this stands, for messages."""


SURE = 0.9
"""Confidence below which the start of an article is called doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedStart:
    """A line at which an article may start, as the splitter sees it, to be put before the curator."""

    line: int
    """1-based line of the seed."""
    begins: str
    """The first words of that line, cleaned."""
    title: str | None
    """None where none was looked for."""
    titled: bool
    """True when the text itself gives the title; False when digestgen made it."""
    confidence: float
    chosen: bool
    """Whether the splitter starts an article here; where it does not, the curator may think otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """What the curator knows of a seed (``seeds/<seed>.yml``)."""

    name: str = ""
    """File name, for error messages; empty when there is no sidecar."""
    source: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    publish: Publish | None = None
    draft: bool | None = None
    """Whether the whole seed is withheld; None where nothing is said."""
    publish_on: date | None = None
    """The day before which nothing of the seed is shown."""
    lines: int | None = None
    """How many lines the seed had when it was split."""
    articles: tuple[SplitLine, ...] | None = None
    """In ascending order."""
    key_lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Key → the line of the file at which it stands, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One raw input file: decoded, line ends normalised to line feeds, nothing else changed."""

    name: str
    """File name inside the seeds folder, such as ``week42.txt``."""
    text: str
    sidecar: Sidecar = field(default_factory=Sidecar)


@dataclass(frozen=True, slots=True)
class Directive:
    """An explicit word on whether an article is shown, and where it stands."""

    show: bool
    says: str
    """As the curator wrote it, such as ``skip: true``, ``draft: true`` or ``published: false``."""
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """The day before which an article is not shown, and where that stands."""

    day: date
    file: str
    line: int | None

    @property
    def says(self) -> str:
        """As a curator writes it."""
        return f"publish_on: {self.day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text by one source."""

    id: str
    """Stable: given by the seed, or derived from the text alone."""
    title: str
    titled: bool
    """True when the seed or the curator gave the title; False when digestgen made it from the text."""
    standfirst: str | None
    """The line under the title that sums the article up, where there is one; not in ``paragraphs``."""
    paragraphs: tuple[str, ...]
    """The body, verbatim but for control characters and runs of white space."""
    truncated: bool
    """True when the text is known to be cut off: its last sentence does not end."""
    source: str | None
    url: str | None
    published: date | None
    language: str
    """ISO 639 code; ``und`` where it could not be told."""
    publish: Publish
    seed: str
    lines: tuple[int, int]
    """First and last line in the seed, 1-based, inclusive."""
    boundary_confidence: float
    """How sure the splitter is that an article starts at ``lines[0]``: 0 to 1; 1 where it was told."""
    directive: Directive | None = None
    """What the seed or its sidecar says of whether it is shown; None where nothing is said."""
    dues: tuple[Due, ...] = ()
    """The days that its seed and sidecar name for it; the last of them counts."""
    hints: tuple[str, ...] = ()
    """What its seed tags it with; never shown as such."""


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """A phrase and its score, as YAKE gives it: above 0, lower is better."""

    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The articles of one topic-to-be, parted into stories; ids, best first."""

    articles: tuple[str, ...]
    stories: tuple[tuple[str, ...], ...]
    """A partition of ``articles``; an article alone is its own story."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A phrase that an article shares with a topic, and the share of their similarity that its words carried."""

    phrase: str
    share: float
    """0 to 1; words that are not named carried the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How near an article is to a topic: its own, or the runner-up."""

    topic: str
    """The topic's slug."""
    reasons: tuple[Reason, ...] = ()
    """Strongest first."""
    similarity: float = 0.0
    """The mean cosine similarity to the articles of the topic, itself left out."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of the reasons, strongest first."""
        return tuple(reason.phrase for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Articles in groups, by the name of each group; an article that is in none is on the shelf."""

    groups: Mapping[str, Group]
    """The largest first."""
    placements: Mapping[str, Placement]
    """Article id → why it is in its group, for every article that is in one."""
    nearest: Mapping[str, Placement]
    """Article id → the best other group, for every article that comes near to one."""


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence that stands verbatim in the article whose id it carries."""

    sentence: str
    article: str


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """A cross-link to another article, with the phrases that both share."""

    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedTopic:
    """A cross-link to another topic, with the phrases that both share."""

    slug: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """How well a phrase holds a topic together."""

    text: str
    f1: float
    """The F1 measure of the phrase as a query for the articles of the topic: 0 to 1."""
    inside: int
    """In how many articles of the topic it stands."""
    outside: int
    """In how many others."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a source covers a topic."""

    source: str
    articles: int
    """How many articles of the topic are its own, reprints among them."""
    stresses: tuple[str, ...]
    """The phrases that these use clearly more than the articles of the other sources do, strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that tell of one happening: of one topic, or outside all of them."""

    slug: str
    label: str
    """The title of the headline article."""
    headline: str
    """Id of the article with the best title."""
    articles: tuple[str, ...]
    """Ids, best first; each reprint behind what it repeats."""
    has_page: bool = False
    """Whether it has a page of its own: several sources tell it, or did once."""
    only: tuple[CitedSentence, ...] = ()
    """Where it has a page: what one of its articles says and no other does; at most one sentence of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Articles held together by keyphrases: what a reader browses and follows."""

    slug: str
    label: str
    keyphrases: tuple[Keyphrase, ...]
    """The phrases that hold the topic together: each in two of its articles or more."""
    articles: tuple[str, ...]
    """Ids, best first."""
    stories: tuple[Story, ...]
    summary: tuple[CitedSentence, ...]
    related: tuple[RelatedTopic, ...]
    sources: Mapping[str, int]
    """Source name → number of its articles here; articles of unknown source are not counted."""
    coverage: tuple[Coverage, ...] = ()
    """One for each source, that with the most articles first."""
    former_names: tuple[str, ...] = ()
    """What readers knew it as before."""
    holds: tuple[Hold, ...] = ()
    """How well its keyphrases, and those that it is called by, hold it together."""
    note: str | None = None
    """What the curator has to say of it, as Markdown."""
    pinned: bool = False
    """Whether the curator wants it to stand first."""
    new: bool = False
    """Whether it was not there before the latest edition."""
    first: date | None = None
    """The day on which it was first seen."""
    quiet: bool = False
    """Whether nothing has come to it for so long that it takes no newcomers."""
    last: date | None = None
    """The day on which its newest article was first seen."""
    section: str | None = None
    """Slug of its section, where the digest has any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article in the digest: the text, and everything that was found out about it."""

    article: Article
    slug: str
    summary: tuple[str, ...]
    keyphrases: tuple[Keyphrase, ...]
    placement: Placement | None
    """Its topic, and why; None outside every topic. Of a reprint, that of the article that it repeats."""
    nearest: Placement | None
    """The runner-up; for an article on the shelf, the topic that it came nearest to."""
    story: str | None
    """Slug of its story; None on the shelf."""
    related: tuple[RelatedArticle, ...]
    reprint_of: str | None
    """The id of the article that this one repeats."""
    note: str | None = None
    """What the curator has to say of it, as Markdown."""
    pinned: bool = False
    """Whether the curator wants it to stand first in its topic."""
    ruled: bool = False
    """Whether it stands where it stands by the curator's decision."""
    own_summary: bool = False
    """Whether the summary is in the curator's own words, and so is no quotation."""
    new: bool = False
    """Whether it was not there before the latest edition."""
    first: date | None = None
    """The day on which it was first seen."""
    section: str | None = None
    """Slug of the section that it stands in, in a topic or outside all, where the digest has any."""

    @property
    def topic(self) -> str | None:
        """Topic slug; None outside every topic."""
        return self.placement.topic if self.placement else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A broad shelf of topics and of what stands outside them, for browsing."""

    slug: str
    label: str
    topics: tuple[str, ...]
    """Slugs, in the order of the digest; there are none where all in it stands outside every topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher."""

    name: str
    slug: str
    """The last part of its address."""
    homepage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAddresses:
    """Published addresses that no article or topic has any more, and where each leads."""

    articles: Mapping[str, str | None] = field(default_factory=dict)
    """Slug → id of the article that holds the text now; None where the curator withdrew it."""
    topics: Mapping[str, str | None] = field(default_factory=dict)
    """Slug → slug of the topic that its articles went to, or empty for the shelf; None where it was withdrawn."""
    stories: Mapping[str, str | None] = field(default_factory=dict)
    """Slug → id of an article that told the story, whose story or else whose own page it leads to; None where all were
    withdrawn."""
    archived: Mapping[str, str] = field(default_factory=dict)
    """Address of an article, topic, story or edition → its whole address on the archive that holds it."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Slug → slug of the source that its articles are ascribed to now, or empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionWord:
    """What the editor says of an edition."""

    title: str | None = None
    letter: str | None = None
    """Markdown; its links are as they would be on the front page."""
    lead: tuple[str, ...] = ()
    """Ids of the articles whose stories lead, in this order."""
    left_out: tuple[str, ...] = ()
    """Ids of articles that the edition does not tell of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The finished whole that every output is rendered from."""

    title: str
    description: str
    language: str
    entries: tuple[Entry, ...]
    """Every article of every seed, in seed order."""
    topics: tuple[Topic, ...]
    """Pinned ones first, then the largest."""
    shelf: tuple[str, ...]
    """Ids of the articles that fit no topic and no story of several, in seed order."""
    sources: tuple[Source, ...]
    """Every source of an article, by name."""
    stories: tuple[Story, ...] = ()
    """Those of several articles that stand outside every topic, the largest first."""
    sections: tuple[Section, ...] = ()
    """Those with most topics first; none in a digest of few topics."""
    former: FormerAddresses = field(default_factory=FormerAddresses)
    editions: tuple[date, ...] = ()
    """The days of all editions, the first one first."""
    edition_words: Mapping[date, EditionWord] = field(default_factory=dict)
    """What the editor says of each, where that is anything."""
    url: str | None = None
    """Where its site stands, with a slash at the end; None where that is not known."""

    def every_story(self) -> Iterator[Story]:
        """The stories of all topics, then those outside them."""
        for topic in self.topics:
            yield from topic.stories
        yield from self.stories
