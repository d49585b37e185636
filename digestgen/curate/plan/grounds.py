"""The grounds for a change: which line of the curator's moves, hides or shows something, or what else does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from digestgen.curate.ledger.ledger import ArticleLink, Ledger
from digestgen.curate.plan.changes import Because, How
from digestgen.curate.rulings.rules import RuleIndex
from digestgen.curate.rulings.rulings import ArticleRuling, Named, Rulings, direct_merges, resolved_merges
from digestgen.curate.visibility import Verdict
from digestgen.model import Article, Embargo


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What there is to look a change up in."""

    rulings: Rulings
    file: str
    """The name of the file of rulings."""
    verdicts: Mapping[str, Verdict]
    """Slug → why an article is not public, as far as that was asked."""
    articles: Mapping[str, Article]
    """Slug → article, for those that readers will see."""
    topics: Mapping[str, str]
    """Topic that a merge folds away → the topic that it is part of in the end."""
    merges: Mapping[str, Named]
    adds: Mapping[str, tuple[Named, ...]]
    """Slug of an article → the topics that it is added to, each with the line where that stands."""
    removes: Mapping[str, tuple[Named, ...]]
    families: Mapping[str, tuple[str, ...]]
    """Slug → its own and those of all articles that tell the same, where there are such."""
    rules: RuleIndex

    def of_move(self, old: ArticleLink, new: ArticleLink) -> Because:
        """Why an article that stays stands in another topic."""
        if ruled := self.of_place(new, old.topic):
            return ruled
        if old.settled == new.settled:
            return Because(how=How.TAKEN_BACK)
        if is_edited(old, new):
            return Because(how=How.EDITED)
        return Because(how=How.PLACED if old.settled is None else How.REGROUPED)

    def of_place(self, new: ArticleLink, was: str | None = None) -> Because | None:
        """The line that has an article where it is now, having been in the topic ``was``; None where none does."""
        family = self.families.get(new.slug, (new.slug,))
        if new.topic is not None and (line := self._line(self.adds, family, new.topic)):
            return line
        if was is not None and (line := self._line(self.removes, family, was)):
            return line
        if new.settled is not None and new.settled in self.merges and self._end(new.settled) == new.topic:
            return self.of_merge(new.settled)
        return next(self._sending(family, new.topic), None) if new.topic is not None else None

    def of_merge(self, topic: str) -> Because | None:
        """The line that folds a topic into another."""
        return self._ruling(self.merges[topic].line) if topic in self.merges else None

    def of_ending(self, new: ArticleLink) -> Because | None:
        """Why an article has no page any more; None where its text is now part of another."""
        if verdict := self.verdicts.get(new.slug):
            return self._judged(verdict)
        ruling = self.rulings.articles.get(new.slug)
        if new.to is not None:
            moved = ruling.moved if ruling else None
            return self._ruling(moved.line) if moved else None
        if ruling and ruling.hide:
            return self._ruling(ruling.line)
        return self.of_hidden_topic(new.by) if new.by is not None else None

    def of_hidden_topic(self, topic: str) -> Because:
        """Why a topic is not public."""
        ruling = self.rulings.topics.get(topic)
        return self._ruling(ruling.line) if ruling and ruling.hide else Because(how=How.EARLIER)

    def of_return(self, old: ArticleLink) -> Because | None:
        """The word that shows an article again that was withdrawn."""
        article, ruling = self.articles.get(old.slug), self.rulings.articles.get(old.slug)
        if ruling and ruling.hide is False:
            return self._ruling(ruling.line)
        if article and (directive := article.directive):
            return Because(how=How.SEED, file=directive.file, line=directive.line)
        if embargo := _embargo(article, ruling):
            return Because(
                how=How.RULING if embargo.file == self.file else How.SEED, file=embargo.file, line=embargo.line
            )
        if article and (rule := self.rules.hiding(article)):
            return self._ruling(rule.line)
        above = self.rulings.topics.get(old.by) if old.by is not None else None
        return self._ruling(above.line) if above and above.hide is False else None

    def of_topic(self, slug: str) -> Because | None:
        """The ruling on a topic."""
        ruling = self.rulings.topics.get(slug)
        return self._ruling(ruling.line) if ruling else None

    def of_article(self, slug: str) -> Because | None:
        """The ruling on an article."""
        ruling = self.rulings.articles.get(slug)
        return self._ruling(ruling.line) if ruling else None

    def _line(self, lines: Mapping[str, tuple[Named, ...]], family: Iterable[str], topic: str) -> Because | None:
        """The first of some lines on an article, or one that tells the same, that is about this topic."""
        found = (named for slug in family for named in lines.get(slug, ()) if self._end(named.slug) == self._end(topic))
        return next((self._ruling(named.line) for named in found), None)

    def _sending(self, family: Iterable[str], topic: str) -> Iterator[Because]:
        for article in (self.articles[slug] for slug in family if slug in self.articles):
            rule = self.rules.sending(article)
            if rule and rule.topic and self._end(rule.topic.slug) == topic:
                yield self._ruling(rule.line)

    def _end(self, topic: str) -> str:
        return self.topics.get(topic, topic)

    def _ruling(self, line: int) -> Because:
        return Because(how=How.RULING, file=self.file, line=line)

    def _judged(self, verdict: Verdict) -> Because:
        if not verdict.file:
            return Because(how=How.EARLIER)
        how = How.RULING if verdict.file == self.file else How.SEED
        return Because(how=how, file=verdict.file, line=verdict.line)


def _embargo(article: Article | None, ruling: ArticleRuling | None) -> Embargo | None:
    """The day that was named for an article, the last of several."""
    embargoes = (*(article.embargoes if article else ()), ruling.publish_on if ruling else None)
    return max((embargo for embargo in embargoes if embargo), key=lambda embargo: embargo.day, default=None)


def grounds(
    rulings: Rulings, file: str, after: Ledger, articles: Mapping[str, Article], verdicts: Mapping[str, Verdict]
) -> Grounds:
    """The grounds for what the ledger says ``after`` a build."""
    families: dict[str, list[str]] = {}
    for slug, link in after.articles.items():
        if link.repeats is not None and link.live:
            families.setdefault(link.repeats, [link.repeats]).append(slug)
    adds: dict[str, tuple[Named, ...]] = {}
    removes: dict[str, tuple[Named, ...]] = {}
    for topic, ruling in rulings.topics.items():
        for lines, named_here in ((adds, ruling.add), (removes, ruling.remove)):
            for named in named_here:
                lines[named.slug] = (*lines.get(named.slug, ()), Named(topic, named.line))
    return Grounds(
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
    """Whether the text of an article is another than it was, as far as its fingerprint tells."""
    return old.text != new.text or old.opening != new.opening
