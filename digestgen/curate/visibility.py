"""Decide whether articles and topics are public. Nothing else in the composition decides that.

The seed and its sidecar, the rulings, the rules and the ledger are consulted in turn. What was withdrawn or withheld
stays so until an explicit decision shows it: ``hide: false``, ``skip: false`` or ``draft: false``. A line, file or
topic that is gone is no decision. ``publish_on`` is one from its day on, unless it was already there when something
else hid the article: then it cannot have been meant to override that.
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
from digestgen.curate.rulings.rulings import Rulings, SlugRef
from digestgen.errors import place
from digestgen.model import Article, Embargo

_ALIKE = 0.6
"""Similarity (difflib's own default cutoff) from which a mistyped name may mean another."""


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
    """A hidden name that matches nothing may mean it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether something is public, and what decides that."""

    public: bool
    cause: Cause | None = None
    file: str = ""
    """File of the deciding line; empty if there is none."""
    line: int | None = None
    says: str = ""
    """The deciding text: ``draft: true``, ``hide: true``."""
    explicit: bool = False
    """Whether an explicit decision shows it, which would also show it after a withdrawal."""

    @property
    def where(self) -> str:
        """``curation.yml:3``."""
        return place(self.file, self.line)


_PUBLIC = Verdict(public=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """Everything that decides what is public."""

    rulings: Rulings
    rules: RuleIndex
    ledger: Ledger
    claims: Claims
    file: str
    """Name of the file of rulings, for messages."""
    day: date = date.min
    """Day of the build."""

    def of_topic(self, slug: str) -> Verdict:
        """Decide whether a topic is public."""
        ruling = self.rulings.topics.get(slug)
        if ruling and ruling.hide is not None:
            return self._ruled(hide=ruling.hide, line=ruling.line)
        link = self.ledger.topics.get(slug)
        return Verdict(public=False, cause=Cause.EARLIER) if link and link.withdrawn else _PUBLIC

    def of_article(self, article: Article, topic: str | None) -> Verdict:
        """Decide whether an article in ``topic`` (None: on the shelf, or not placed yet) is public.

        Any of seed, ruling and rule can hide it; only a ruling on the article itself overrides a rule.
        """
        ruling = self.rulings.articles.get(self.claims.slugs[article.id])
        directive, rule = article.directive, self.rules.visibility_rule(article)
        embargo = self.embargo(article)
        explicit = directive is not None or (embargo is not None and self._can_show_again(embargo, article))
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
        """The latest of the days before which an article is not shown."""
        return max(self._embargoes(article), key=lambda embargo: embargo.day, default=None)

    def despite(self, article: Article, verdict: Verdict) -> str:
        """Days named for a hidden article that do not show it, for the ledger."""
        counts = self.embargo(article) if verdict.cause is Cause.DAY else None
        return " ".join(
            sorted({str(embargo.day) for embargo in self._embargoes(article)} - {str(counts.day) if counts else ""})
        )

    def _embargoes(self, article: Article) -> tuple[Embargo, ...]:
        ruling = self.rulings.articles.get(self.claims.slugs[article.id])
        return (*article.embargoes, ruling.publish_on) if ruling and ruling.publish_on else article.embargoes

    def _has_come(self, embargo: Embargo, article: Article) -> bool:
        """Whether the day has come, or had come when an edition added the article: a clock may have gone back since."""
        link = self.claims.known.get(article.id)
        brought = link.first if isinstance(link, ArticleLink) and link.live else None
        return embargo.day <= self.day or (brought is not None and embargo.day <= brought)

    def _can_show_again(self, embargo: Embargo, article: Article) -> bool:
        """Whether a day named for an article may show again what was hidden of it."""
        return all(str(embargo.day) not in link.despite.split() for link in self.claims.holds.get(article.id, ()))

    def _shown_again(self, link: ArticleLink | Withheld) -> bool:
        """Whether an article hidden with its topic is shown because the topic is explicitly shown."""
        ruling = self.rulings.topics.get(link.by) if link.by is not None else None
        return ruling is not None and ruling.hide is False

    def _ruled(self, *, hide: bool, line: int) -> Verdict:
        if hide:
            return Verdict(public=False, cause=Cause.RULING, file=self.file, line=line, says="hide: true")
        return Verdict(public=True, explicit=True)


def similar_slugs(named: SlugRef, slugs: Mapping[str, str]) -> frozenset[str]:
    """Keys of slugs (key → slug) spelled similarly to a mistyped name."""
    return frozenset(key for key, slug in slugs.items() if _is_similar(named.slug, slug))


def _is_similar(name: str, slug: str) -> bool:
    if name and (name in slug or slug in name):
        return True
    matcher = SequenceMatcher(None, name, slug, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
