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
"""The ISO 639-2 code for an undetermined language."""


class Publish(StrEnum):
    """How much of an article the site shows: its summary, or its full text."""

    SUMMARY = "summary"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitLine:
    """One article in a sidecar's ``articles:`` list: where it starts and its metadata."""

    line: int
    """1-based line of the seed at which the article starts."""
    begins: str | None = None
    """The first words of that line, to notice if the seed has changed."""
    title: str | None = None
    url: str | None = None
    published: date | None = None
    source: str | None = None
    skip: bool | None = None
    """True to withhold the article, False to show it, None if not set."""
    publish_on: date | None = None
    """The day before which it is not shown."""
    at: int | None = field(default=None, compare=False)
    """Line of the sidecar with this entry, for messages."""


SURE = 0.9
"""Confidence below which the start of an article is called doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedStart:
    """A line at which the splitter thinks an article may start, to be reviewed by the curator."""

    line: int
    """1-based line of the seed."""
    begins: str
    """The first words of that line, cleaned."""
    title: str | None
    """None if no title was looked for."""
    titled: bool
    """True if the text itself gives the title; False if digestgen made it."""
    confidence: float
    chosen: bool
    """Whether the splitter starts an article here; otherwise it is only a suggestion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """The curator's information on a seed (``seeds/<seed>.yml``)."""

    name: str = ""
    """File name, for error messages; empty if there is no sidecar."""
    source: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    publish: Publish | None = None
    draft: bool | None = None
    """Whether the whole seed is withheld; None if not set."""
    publish_on: date | None = None
    """The day before which nothing of the seed is shown."""
    lines: int | None = None
    """Number of lines of the seed when it was split."""
    articles: tuple[SplitLine, ...] | None = None
    """In ascending order."""
    key_lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Key → its line in the file, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One raw input file: decoded, with line feeds as line ends, otherwise unchanged."""

    name: str
    """Path inside the seeds folder, such as ``week42.txt``."""
    text: str
    sidecar: Sidecar = field(default_factory=Sidecar)


@dataclass(frozen=True, slots=True)
class Directive:
    """An explicit setting on whether an article is shown, and where it is."""

    show: bool
    says: str
    """As written, such as ``skip: true``, ``draft: true`` or ``published: false``."""
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Embargo:
    """The day before which an article is not shown, and where that is set."""

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
    """True if the seed or the curator gave the title; False if digestgen made it from the text."""
    standfirst: str | None
    """The line below the title that sums the article up, if there is one; not in ``paragraphs``."""
    paragraphs: tuple[str, ...]
    """The body, verbatim except for control characters and runs of white space."""
    truncated: bool
    """True if the text is known to be cut off: its last sentence does not end."""
    source: str | None
    url: str | None
    published: date | None
    language: str
    """ISO 639 code; ``und`` if undetermined."""
    publish: Publish
    seed: str
    lines: tuple[int, int]
    """First and last line in the seed, 1-based, inclusive."""
    boundary_confidence: float
    """Confidence that an article starts at ``lines[0]``, 0 to 1; 1 if the curator or the format says so."""
    directive: Directive | None = None
    """What the seed or its sidecar says about showing it; None if nothing."""
    embargoes: tuple[Embargo, ...] = ()
    """The publication days in its seed and sidecar; the latest counts."""
    hints: tuple[str, ...] = ()
    """Tags from its seed; never shown as such."""


@dataclass(frozen=True, slots=True)
class Keyphrase:
    """A phrase and its YAKE score: above 0, lower is better."""

    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The articles of a future topic, divided into stories; ids, best first."""

    articles: tuple[str, ...]
    stories: tuple[tuple[str, ...], ...]
    """A partition of ``articles``; an article alone is its own story."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A phrase that an article shares with a topic, and its words' share of their similarity."""

    phrase: str
    share: float
    """0 to 1; words outside of any phrase account for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How close an article is to a topic: its own, or the runner-up."""

    topic: str
    """The topic's slug."""
    reasons: tuple[Reason, ...] = ()
    """Strongest first."""
    similarity: float = 0.0
    """The mean cosine similarity to the other articles of the topic."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of the reasons, strongest first."""
        return tuple(reason.phrase for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Articles in named groups; an article in no group is on the shelf."""

    groups: Mapping[str, Group]
    """Largest first."""
    placements: Mapping[str, Placement]
    """Article id → why it is in its group, for every grouped article."""
    nearest: Mapping[str, Placement]
    """Article id → the best other group, for every article close to one."""


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence that is verbatim in the article with this id."""

    sentence: str
    article: str


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """A link to another article, with the phrases that both share."""

    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedTopic:
    """A link to another topic, with the phrases that both share."""

    slug: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseFit:
    """How well a phrase characterises a topic."""

    text: str
    f1: float
    """F1 of the phrase as a query for the articles of the topic, 0 to 1."""
    inside: int
    """Number of articles of the topic with the phrase."""
    outside: int
    """Number of other articles with it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a source covers a topic."""

    source: str
    articles: int
    """Number of its articles in the topic, including reprints."""
    stresses: tuple[str, ...]
    """The phrases that it uses clearly more than the other sources do, strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles about one event, inside a topic or outside all of them."""

    slug: str
    label: str
    """The title of the headline article."""
    headline: str
    """Id of the article with the best title."""
    articles: tuple[str, ...]
    """Ids, best first; each reprint after its original."""
    has_page: bool = False
    """Whether it has its own page: several sources cover it, or once did."""
    only: tuple[CitedSentence, ...] = ()
    """With a page: sentences that only one of its articles says, at most one of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Articles held together by keyphrases, for readers to browse and follow."""

    slug: str
    label: str
    keyphrases: tuple[Keyphrase, ...]
    """The keyphrases of the topic, each in at least two of its articles."""
    articles: tuple[str, ...]
    """Ids, best first."""
    stories: tuple[Story, ...]
    summary: tuple[CitedSentence, ...]
    related: tuple[RelatedTopic, ...]
    sources: Mapping[str, int]
    """Source → number of its articles here; articles without a source do not count."""
    coverage: tuple[Coverage, ...] = ()
    """One per source, most articles first."""
    former_names: tuple[str, ...] = ()
    """Names under which readers knew it before."""
    holds: tuple[PhraseFit, ...] = ()
    """F1 of its keyphrases and of the phrases in its label."""
    note: str | None = None
    """The curator's note, as Markdown."""
    pinned: bool = False
    """Whether the curator puts it first."""
    new: bool = False
    """Whether it is new in the latest edition."""
    first: date | None = None
    """The day on which it was first seen."""
    quiet: bool = False
    """Whether it has had no new article for so long that it takes no newcomers."""
    last: date | None = None
    """The day on which its newest article was first seen."""
    section: str | None = None
    """Slug of its section, if the digest has sections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article in the digest, with everything found out about it."""

    article: Article
    slug: str
    summary: tuple[str, ...]
    keyphrases: tuple[Keyphrase, ...]
    placement: Placement | None
    """Its topic, with reasons; None outside every topic. A reprint has its original's."""
    nearest: Placement | None
    """The runner-up; for an article on the shelf, the closest topic."""
    story: str | None
    """Slug of its story; None on the shelf."""
    related: tuple[RelatedArticle, ...]
    reprint_of: str | None
    """Id of the original, if this is a reprint."""
    note: str | None = None
    """The curator's note, as Markdown."""
    pinned: bool = False
    """Whether the curator puts it first in its topic."""
    ruled: bool = False
    """Whether the curator decided its place."""
    own_summary: bool = False
    """Whether the summary is in the curator's own words, and so no quotation."""
    new: bool = False
    """Whether it is new in the latest edition."""
    first: date | None = None
    """The day on which it was first seen."""
    section: str | None = None
    """Slug of its section, directly or through its topic, if the digest has sections."""

    @property
    def topic(self) -> str | None:
        """Topic slug; None outside every topic."""
        return self.placement.topic if self.placement else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A broad category of topics and of articles outside them, for browsing."""

    slug: str
    label: str
    topics: tuple[str, ...]
    """Slugs, in the order of the digest; empty if everything in it is outside every topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher."""

    name: str
    slug: str
    """The last part of its address."""
    homepage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAddresses:
    """Published addresses that no article or topic has any more, and where each leads now."""

    articles: Mapping[str, str | None] = field(default_factory=dict)
    """Slug → id of the article with the text now; None if the curator withdrew it."""
    topics: Mapping[str, str | None] = field(default_factory=dict)
    """Slug → slug of the topic that its articles went to, empty for the shelf; None if withdrawn."""
    stories: Mapping[str, str | None] = field(default_factory=dict)
    """Slug → id of one of the story's articles, whose story or page it redirects to; None if all were withdrawn."""
    archived: Mapping[str, str] = field(default_factory=dict)
    """Address of an article, topic, story or edition → its whole address on the archive that holds it."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Slug → slug of the source that its articles are credited to now, empty if none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionText:
    """The editor's text and choices for an edition."""

    title: str | None = None
    letter: str | None = None
    """Markdown; its links are relative to the front page."""
    lead: tuple[str, ...] = ()
    """Ids of the articles whose stories lead, in this order."""
    left_out: tuple[str, ...] = ()
    """Ids of articles that the edition omits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The complete model that every output is rendered from."""

    title: str
    description: str
    language: str
    entries: tuple[Entry, ...]
    """Every article of every seed, in seed order."""
    topics: tuple[Topic, ...]
    """Pinned ones first, then the largest."""
    shelf: tuple[str, ...]
    """Ids of the articles in no topic and no story of several, in seed order."""
    sources: tuple[Source, ...]
    """Every source of an article, by name."""
    stories: tuple[Story, ...] = ()
    """Stories of several articles outside every topic, largest first."""
    sections: tuple[Section, ...] = ()
    """Those with the most topics first; empty in a digest of few topics."""
    former: FormerAddresses = field(default_factory=FormerAddresses)
    editions: tuple[date, ...] = ()
    """The days of all editions, ascending."""
    edition_words: Mapping[date, EditionText] = field(default_factory=dict)
    """The editor's texts and choices by edition."""
    url: str | None = None
    """Address of the site, with a trailing slash; None if unknown."""

    def every_story(self) -> Iterator[Story]:
        """The stories of all topics, then those outside them."""
        for topic in self.topics:
            yield from topic.stories
        yield from self.stories
