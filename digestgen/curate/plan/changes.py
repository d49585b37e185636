"""What a build may change for readers, and by whose word; ``plan`` finds the changes by comparing two ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from digestgen.errors import place

Word = Literal["added", "changed", "removed"]
"""What becomes of a note."""
Pin = Literal["pinned", "unpinned"]


class How(StrEnum):
    """By what something changes."""

    RULING = "ruling"
    """A line of ``curation.yml`` says so."""
    SEED = "seed"
    """The seed or its sidecar says so."""
    TAKEN_BACK = "taken back"
    """The line that had it otherwise is gone."""
    EDITED = "edited"
    """Its text is another than it was."""
    REGROUPED = "regrouped"
    PLACED = "placed"
    """It was on the shelf, and the method found a topic for it."""
    EARLIER = "earlier edition"
    """Its topic has been hidden since an earlier edition."""


class Fate(StrEnum):
    """What becomes of a topic."""

    CHANGED = "changed"
    NEW = "new"
    PARTED = "parted"
    """New, and most of it comes from a topic that lives on."""
    SHOWN = "shown"
    """It was hidden, and is public again."""
    MERGED = "merged"
    EMPTIED = "emptied"
    """Its articles are on the shelf, or gone."""
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """By what something changes, and where that stands if somebody wrote it."""

    how: How
    file: str = ""
    line: int | None = None

    @property
    def where(self) -> str:
        """``curation.yml:3``; empty where nobody wrote it."""
        return place(self.file, self.line)


@dataclass(frozen=True, slots=True)
class Change:
    """A name before and after."""

    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An article that readers do not know, or do not see at present."""

    slug: str
    title: str
    again: bool = False
    """Whether it was withdrawn before."""
    because: Because | None = None
    """None where the method placed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An article that comes from another topic, or from the shelf."""

    slug: str
    title: str
    was: str | None
    """Slug of the topic that it comes from; None for the shelf."""
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An article that goes to another topic, or to the shelf."""

    slug: str
    title: str
    to: str | None
    """Slug of the topic that it goes to; None for the shelf."""
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An article that has no page of its own any more."""

    slug: str
    title: str
    to: str | None
    """``articles/<slug>`` for where its address leads; None where the page will say that it was withdrawn."""
    because: Because | None
    """None where its text is now part of another article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A topic that becomes part of another."""

    slug: str
    label: str
    articles: int
    """How many come with it."""
    because: Because | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Articles that come to a topic or to the shelf, and that leave it; by slug.

    Where a whole topic goes, that is told of the topic, and not of each of its articles.
    """

    added: tuple[Added, ...] = ()
    arrived: tuple[Arrived, ...] = ()
    left: tuple[Left, ...] = ()
    gone: tuple[Gone, ...] = ()

    @property
    def none(self) -> bool:
        """Whether nothing comes or leaves."""
        return not (self.added or self.arrived or self.left or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDiff(Moves):
    """A topic that is no longer what it was."""

    slug: str
    label: str
    """As readers will see it; of a topic that goes, as they saw it."""
    was: str | None = None
    """Its label before, where that is another."""
    change: Fate
    other: str | None = None
    """Slug of the topic that it parts from or is merged into, or of the hidden one that its articles are in."""
    because: Because | None = None
    """The ruling on the topic, where that has a part in the change."""
    articles: int = 0
    """How many it will have; of a topic that goes, how many go the same way."""
    takes_in: tuple[TakenIn, ...] = ()
    note: Word | None = None
    pin: Pin | None = None
    reordered: bool = False
    """Whether the curator puts its articles in another order."""
    retold: int = 0
    """How many articles that stay are told together with others of them than before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDiff:
    """An article that stays, and is no longer what it was."""

    slug: str
    title: str
    topic: str | None
    """Slug of the topic that it will be in; None on the shelf."""
    retitled: Change | None = None
    source: Change | None = None
    """Its source before and after; empty where it is not known. Told of the source where that is renamed."""
    dated: Change | None = None
    """Its day of publication, such as 2026-11-22; empty where it is not known."""
    edited: bool = False
    """Whether its text is another than it was."""
    summary: bool = False
    """Whether its summary is."""
    note: Word | None = None
    pin: Pin | None = None
    because: Because | None = None
    """The ruling on the article, where that has a part in the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDiff:
    """An edition of which the editor says something else than before."""

    day: str
    """``2026-11-22``."""
    word: Word
    because: Because | None
    """None where what was said is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDiff:
    """A source that is called otherwise, or has no article any more."""

    was: str
    now: str | None
    """None where it is gone."""
    path: str
    """``sources/<slug>``: the address of its page, which will lead elsewhere."""
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address that will lead elsewhere."""

    path: str
    """``articles/<slug>``, ``topics/<slug>`` or ``sources/<slug>``."""
    to: str | None
    """The same for where it leads; None where the page will say that it was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """An article or a topic that readers see now, and will not."""

    slug: str
    title: str
    because: Because | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What is hidden."""

    topics: tuple[Hiding, ...] = ()
    """Those that readers see now."""
    articles: tuple[Hiding, ...] = ()
    """The same, without what goes along with its topic."""
    withheld: int = 0
    """How many texts no reader will ever have seen."""
    more: int = 0
    """How many of them were not known before."""
