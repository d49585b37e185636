"""Data classes of a plan: changes and their reasons. Their field names are those of ``plan --json``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from digestgen.errors import place

Word = Literal["added", "changed", "removed"]
"""Change of a note."""
Pin = Literal["pinned", "unpinned"]


class ReasonKind(StrEnum):
    """What causes a change."""

    RULING = "ruling"
    """A line of ``curation.yml``."""
    SEED = "seed"
    """The seed or its sidecar."""
    TAKEN_BACK = "taken back"
    """The line that said otherwise was removed."""
    EDITED = "edited"
    """Its text changed."""
    REGROUPED = "regrouped"
    PLACED = "placed"
    """It was on the shelf, and the method found a topic for it."""
    EARLIER = "earlier edition"
    """Its topic has been hidden since an earlier edition."""


class Fate(StrEnum):
    """What happens to a topic."""

    CHANGED = "changed"
    NEW = "new"
    PARTED = "parted"
    """New, with most articles from a topic that continues to exist."""
    SHOWN = "shown"
    """Hidden before, and public again."""
    MERGED = "merged"
    EMPTIED = "emptied"
    """Its articles are on the shelf or gone."""
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReason:
    """The cause of a change, with its place if somebody wrote it."""

    how: ReasonKind
    file: str = ""
    line: int | None = None

    @property
    def where(self) -> str:
        """``curation.yml:3``; empty if nobody wrote it."""
        return place(self.file, self.line)


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after."""

    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An article that readers do not know or do not see at present."""

    slug: str
    title: str
    again: bool = False
    """Whether it was withdrawn before."""
    because: ChangeReason | None = None
    """None if the method placed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An article that comes from another topic or from the shelf."""

    slug: str
    title: str
    was: str | None
    """Slug of its former topic; None for the shelf."""
    because: ChangeReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An article that goes to another topic or to the shelf."""

    slug: str
    title: str
    to: str | None
    """Slug of its new topic; None for the shelf."""
    because: ChangeReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An article that no longer has a page of its own."""

    slug: str
    title: str
    to: str | None
    """``articles/<slug>`` of its redirect, or its whole address on an archive; None if its page will say that it was
    withdrawn."""
    because: ChangeReason | None
    """None if its text is now part of another article, or in an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A topic that is merged into another."""

    slug: str
    label: str
    articles: int
    """Number of articles that come with it."""
    because: ChangeReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Articles that come to or leave a topic or the shelf, by slug.

    If a whole topic moves, that is one change of the topic and not one of each article.
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
    """A topic that changes."""

    slug: str
    label: str
    """Label after the build; for a topic that disappears, the one before."""
    was: str | None = None
    """Label before, if different."""
    change: Fate
    other: str | None = None
    """Slug of the topic it splits from or is merged into, or of the hidden one that contains its articles."""
    because: ChangeReason | None = None
    """The ruling on the topic, if it contributes to the change."""
    articles: int = 0
    """Number of articles after the build; for a topic that disappears, of those that go the same way."""
    takes_in: tuple[TakenIn, ...] = ()
    note: Word | None = None
    pin: Pin | None = None
    reordered: bool = False
    """Whether the curator changed the order of its articles."""
    retold: int = 0
    """Number of remaining articles whose story now has other articles of the topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDiff:
    """An article that stays public and changes."""

    slug: str
    title: str
    topic: str | None
    """Slug of its topic after the build; None on the shelf."""
    retitled: Change | None = None
    source: Change | None = None
    """Source before and after, empty if unknown. A renamed source is a change of the source instead."""
    dated: Change | None = None
    """Day of publication, such as 2026-11-22; empty if unknown."""
    edited: bool = False
    """Whether its text changed."""
    summary: bool = False
    """Whether its summary changed."""
    note: Word | None = None
    pin: Pin | None = None
    because: ChangeReason | None = None
    """The ruling on the article, if it contributes to the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDiff:
    """An edition on which the editor's words change."""

    day: str
    """``2026-11-22``."""
    word: Word
    because: ChangeReason | None
    """None if the words were removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDiff:
    """A source that is renamed, or has no articles any more."""

    was: str
    now: str | None
    """None if it is gone."""
    path: str
    """``sources/<slug>`` of its page, which will redirect."""
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An address that will redirect."""

    path: str
    """``articles/<slug>``, ``topics/<slug>`` or ``sources/<slug>``."""
    to: str | None
    """Path of its target, in the same form; None if the page will say that it was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """A public article or topic that will be hidden."""

    slug: str
    title: str
    because: ChangeReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Everything that is hidden."""

    topics: tuple[Hiding, ...] = ()
    """Topics that are public now."""
    articles: tuple[Hiding, ...] = ()
    """Articles that are public now, except those hidden with their topic."""
    withheld: int = 0
    """Number of texts that were never public."""
    more: int = 0
    """Number of these that are new."""
