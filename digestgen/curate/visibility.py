"""Visibility: whether an article or a topic is public. Nothing else in the composition decides that.

Whoever has a say is asked in turn: the seed and its sidecar, the rulings, the rules, and what the ledger remembers.
What was withdrawn or withheld once stays so until an explicit word shows it again: ``hide: false``, ``skip: false``,
``draft: false``. A line, a file or a topic that is gone is no word. ``publish_on`` is one from its day on, unless it
stood there already when another word hid the article: it cannot have been meant to take that back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from digestgen.curate.ledger.claims import Claims
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, Withheld
from digestgen.curate.rulings.rules import RuleIndex
from digestgen.curate.rulings.rulings import Named, Rulings
from digestgen.errors import place
from digestgen.model import Article, Embargo

_ALIKE = 0.6
"""Likeness from which a mistyped name may mean another (difflib's own cutoff)."""


class Cause(StrEnum):
    """Why something is not public."""

    SEED = "seed"
    RULING = "ruling"
    RULE = "rule"
    TOPIC = "topic"
    EARLIER = "earlier"
    """An earlier edition withdrew or withheld it, and nothing shows it again."""
    DAY = "day"
    """Its day is still to come, and nothing else hides it."""
    DOUBT = "doubt"
    """A name that is hidden, and that nothing has, may mean it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether something is public, and if not, by whose word."""

    public: bool
    cause: Cause | None = None
    file: str = ""
    """Where the word stands; empty where there is none."""
    line: int | None = None
    says: str = ""
    """The word: ``draft: true``, ``hide: true``."""
    explicit: bool = False
    """Whether a word shows it that would show it again had it been withdrawn."""

    @property
    def where(self) -> str:
        """``curation.yml:3``."""
        return place(self.file, self.line)


_PUBLIC = Verdict(public=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """All that has a say on what is public."""

    rulings: Rulings
    rules: RuleIndex
    ledger: Ledger
    claims: Claims
    file: str
    """The name of the file of rulings, for messages."""
    day: date = date.min
    """The day of the build."""

    def of_topic(self, slug: str) -> Verdict:
        """Whether a topic is public."""
        ruling = self.rulings.topics.get(slug)
        if ruling and ruling.hide is not None:
            return self._ruled(hide=ruling.hide, line=ruling.line)
        link = self.ledger.topics.get(slug)
        return Verdict(public=False, cause=Cause.EARLIER) if link and link.withdrawn else _PUBLIC

    def of_article(self, article: Article, topic: str | None) -> Verdict:
        """Whether an article is public that stands in ``topic`` (None: on the shelf, or not placed yet).

        Of a seed's, a ruling's and a rule's word the one that hides counts, but for a ruling on the article itself,
        which overrules a rule.
        """
        ruling = self.rulings.articles.get(self.claims.slugs[article.id])
        directive, rule = article.directive, self.rules.hiding(article)
        embargo = self.embargo(article)
        explicit = directive is not None or (embargo is not None and self._is_word(embargo, article))
        verdict: Verdict | None = None
        if directive and not directive.show:
            verdict = Verdict(
                public=False, cause=Cause.SEED, file=directive.file, line=directive.line, says=directive.says
            )
        elif ruling and ruling.hide is not None:
            verdict = self._ruled(hide=True, line=ruling.line) if ruling.hide else None
            explicit = True
        elif rule:
            hides = Verdict(public=False, cause=Cause.RULE, file=self.file, line=rule.line, says="hide: true")
            verdict = hides if rule.hide else None
            explicit = True
        if verdict is None and topic is not None and not (above := self.of_topic(topic)).public:
            verdict = replace(above, cause=Cause.TOPIC)
        if verdict is None and not explicit and not all(map(self._shown_again, self.claims.holds.get(article.id, ()))):
            verdict = Verdict(public=False, cause=Cause.EARLIER)
        if verdict is None and embargo is not None and not self._has_come(embargo, article):
            verdict = Verdict(public=False, cause=Cause.DAY, file=embargo.file, line=embargo.line, says=embargo.says)
        return verdict or Verdict(public=True, explicit=explicit)

    def embargo(self, article: Article) -> Embargo | None:
        """The day before which an article is not shown: the last of those that are named for it."""
        return max(self._embargoes(article), key=lambda embargo: embargo.day, default=None)

    def despite(self, article: Article, verdict: Verdict) -> str:
        """The days named for an article that is not public which are no word to show it, for the ledger."""
        counts = self.embargo(article) if verdict.cause is Cause.DAY else None
        return " ".join(
            sorted({str(embargo.day) for embargo in self._embargoes(article)} - {str(counts.day) if counts else ""})
        )

    def _embargoes(self, article: Article) -> tuple[Embargo, ...]:
        ruling = self.rulings.articles.get(self.claims.slugs[article.id])
        return (*article.embargoes, ruling.publish_on) if ruling and ruling.publish_on else article.embargoes

    def _has_come(self, embargo: Embargo, article: Article) -> bool:
        """Whether the day is there, or was when an edition brought the article: a clock may have gone back since."""
        link = self.claims.known.get(article.id)
        brought = link.first if isinstance(link, ArticleLink) and link.live else None
        return embargo.day <= self.day or (brought is not None and embargo.day <= brought)

    def _is_word(self, embargo: Embargo, article: Article) -> bool:
        """Whether a day that is named for an article may show again what was kept back of it."""
        return all(str(embargo.day) not in link.despite.split() for link in self.claims.holds.get(article.id, ()))

    def _shown_again(self, link: ArticleLink | Withheld) -> bool:
        """Whether what a hidden topic took along is free, because the topic is shown by an explicit word."""
        ruling = self.rulings.topics.get(link.by) if link.by is not None else None
        return ruling is not None and ruling.hide is False

    def _ruled(self, *, hide: bool, line: int) -> Verdict:
        if hide:
            return Verdict(public=False, cause=Cause.RULING, file=self.file, line=line, says="hide: true")
        return Verdict(public=True, explicit=True)


def meant_by(named: Named, slugs: Mapping[str, str]) -> frozenset[str]:
    """The keys of the slugs (key → slug) that are spelled nearly like a mistyped name."""
    return frozenset(key for key, slug in slugs.items() if _near(named.slug, slug))


def _near(name: str, slug: str) -> bool:
    if name and (name in slug or slug in name):
        return True
    matcher = SequenceMatcher(None, name, slug, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
