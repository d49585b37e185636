"""Find the reason of a change: the curator's line that moves, hides or shows something, or another cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from digestgen.curate.ledger.ledger import ArticleLink, Ledger
from digestgen.curate.plan.changes import ChangeReason, ReasonKind
from digestgen.curate.rulings.rules import RuleIndex
from digestgen.curate.rulings.rulings import ArticleRuling, Rulings, SlugRef, direct_merges, resolved_merges
from digestgen.curate.visibility import Verdict
from digestgen.model import Article, Embargo


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReasons:
    """Everything needed to find the reason of a change."""

    rulings: Rulings
    file: str
    """Name of the file of rulings."""
    verdicts: Mapping[str, Verdict]
    """Slug → why an article is not public, for those in question."""
    articles: Mapping[str, Article]
    """Slug → article, for articles public after the build."""
    topics: Mapping[str, str]
    """Merged topic → topic that it finally becomes part of."""
    merges: Mapping[str, SlugRef]
    adds: Mapping[str, tuple[SlugRef, ...]]
    """Slug of an article → topics that it is added to, with lines."""
    removes: Mapping[str, tuple[SlugRef, ...]]
    families: Mapping[str, tuple[str, ...]]
    """Slug → slugs of the article and its reprints, if there are any."""
    rules: RuleIndex

    def of_move(self, old: ArticleLink, new: ArticleLink) -> ChangeReason:
        """Why a public article is in another topic."""
        if ruled := self.of_place(new, old.topic):
            return ruled
        if old.settled == new.settled:
            return ChangeReason(how=ReasonKind.TAKEN_BACK)
        if is_edited(old, new):
            return ChangeReason(how=ReasonKind.EDITED)
        return ChangeReason(how=ReasonKind.PLACED if old.settled is None else ReasonKind.REGROUPED)

    def of_place(self, new: ArticleLink, was: str | None = None) -> ChangeReason | None:
        """The line that puts an article where it is now; ``was`` is its former topic. None if there is no such line."""
        family = self.families.get(new.slug, (new.slug,))
        if new.topic is not None and (line := self._line(self.adds, family, new.topic)):
            return line
        if was is not None and (line := self._line(self.removes, family, was)):
            return line
        if new.settled is not None and new.settled in self.merges and self._end(new.settled) == new.topic:
            return self.of_merge(new.settled)
        return next(self._by_rule(family, new.topic), None) if new.topic is not None else None

    def of_merge(self, topic: str) -> ChangeReason | None:
        """The line that merges a topic into another."""
        return self._ruling(self.merges[topic].line) if topic in self.merges else None

    def of_ending(self, new: ArticleLink) -> ChangeReason | None:
        """Why an article has no page any more; None if its text is now part of another."""
        if verdict := self.verdicts.get(new.slug):
            return self._of_verdict(verdict)
        ruling = self.rulings.articles.get(new.slug)
        if new.to is not None:
            moved = ruling.moved if ruling else None
            return self._ruling(moved.line) if moved else None
        if ruling and ruling.hide:
            return self._ruling(ruling.line)
        return self.of_hidden_topic(new.by) if new.by is not None else None

    def of_hidden_topic(self, topic: str) -> ChangeReason:
        """Why a topic is not public."""
        ruling = self.rulings.topics.get(topic)
        return self._ruling(ruling.line) if ruling and ruling.hide else ChangeReason(how=ReasonKind.EARLIER)

    def of_return(self, old: ArticleLink) -> ChangeReason | None:
        """The line that shows a withdrawn article again."""
        article, ruling = self.articles.get(old.slug), self.rulings.articles.get(old.slug)
        if ruling and ruling.hide is False:
            return self._ruling(ruling.line)
        if article and (directive := article.directive):
            return ChangeReason(how=ReasonKind.SEED, file=directive.file, line=directive.line)
        if embargo := _embargo(article, ruling):
            return ChangeReason(
                how=ReasonKind.RULING if embargo.file == self.file else ReasonKind.SEED,
                file=embargo.file,
                line=embargo.line,
            )
        if article and (rule := self.rules.visibility_rule(article)):
            return self._ruling(rule.line)
        above = self.rulings.topics.get(old.by) if old.by is not None else None
        return self._ruling(above.line) if above and above.hide is False else None

    def of_topic(self, slug: str) -> ChangeReason | None:
        """The ruling on a topic."""
        ruling = self.rulings.topics.get(slug)
        return self._ruling(ruling.line) if ruling else None

    def of_article(self, slug: str) -> ChangeReason | None:
        """The ruling on an article."""
        ruling = self.rulings.articles.get(slug)
        return self._ruling(ruling.line) if ruling else None

    def _line(self, lines: Mapping[str, tuple[SlugRef, ...]], family: Iterable[str], topic: str) -> ChangeReason | None:
        """First line about an article of the family that concerns this topic."""
        found = (named for slug in family for named in lines.get(slug, ()) if self._end(named.slug) == self._end(topic))
        return next((self._ruling(named.line) for named in found), None)

    def _by_rule(self, family: Iterable[str], topic: str) -> Iterator[ChangeReason]:
        for article in (self.articles[slug] for slug in family if slug in self.articles):
            rule = self.rules.topic_rule(article)
            if rule and rule.topic and self._end(rule.topic.slug) == topic:
                yield self._ruling(rule.line)

    def _end(self, topic: str) -> str:
        return self.topics.get(topic, topic)

    def _ruling(self, line: int) -> ChangeReason:
        return ChangeReason(how=ReasonKind.RULING, file=self.file, line=line)

    def _of_verdict(self, verdict: Verdict) -> ChangeReason:
        if not verdict.file:
            return ChangeReason(how=ReasonKind.EARLIER)
        how = ReasonKind.RULING if verdict.file == self.file else ReasonKind.SEED
        return ChangeReason(how=how, file=verdict.file, line=verdict.line)


def _embargo(article: Article | None, ruling: ArticleRuling | None) -> Embargo | None:
    """The latest publication day named for an article."""
    embargoes = (*(article.embargoes if article else ()), ruling.publish_on if ruling else None)
    return max((embargo for embargo in embargoes if embargo), key=lambda embargo: embargo.day, default=None)


def change_reasons(
    rulings: Rulings, file: str, after: Ledger, articles: Mapping[str, Article], verdicts: Mapping[str, Verdict]
) -> ChangeReasons:
    """Index the rulings for changes up to the ledger ``after`` a build."""
    families: dict[str, list[str]] = {}
    for slug, link in after.articles.items():
        if link.repeats is not None and link.live:
            families.setdefault(link.repeats, [link.repeats]).append(slug)
    adds: dict[str, tuple[SlugRef, ...]] = {}
    removes: dict[str, tuple[SlugRef, ...]] = {}
    for topic, ruling in rulings.topics.items():
        for lines, named_here in ((adds, ruling.add), (removes, ruling.remove)):
            for named in named_here:
                lines[named.slug] = (*lines.get(named.slug, ()), SlugRef(topic, named.line))
    return ChangeReasons(
        rulings=rulings,
        file=file,
        verdicts=verdicts,
        articles=articles,
        topics=resolved_merges(rulings),
        merges=direct_merges(rulings),
        adds=adds,
        removes=removes,
        families={slug: tuple(family) for family in families.values() for slug in family},
        rules=RuleIndex(rulings.rules, ()),
    )


def is_edited(old: ArticleLink, new: ArticleLink) -> bool:
    """Whether an article's text changed, judging by its fingerprint."""
    return old.text != new.text or old.opening != new.opening
