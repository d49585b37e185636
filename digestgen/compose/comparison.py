"""Articles compared with each other: reprints folded, vectors built, keyphrases selected and indexed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from digestgen.analyse import duplicates
from digestgen.analyse.grouping import cluster
from digestgen.analyse.keyphrases import extraction
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import FullNames
from digestgen.compose.articles import Articles
from digestgen.compose.executor import Executor
from digestgen.curate.curation import Curation
from digestgen.curate.ledger.ledger import ArticleLink
from digestgen.curate.placement import RuledPlacements, applicable_rulings, ruled_placements
from digestgen.model import Article, Keyphrase


@dataclass(frozen=True, eq=False, kw_only=True)
class Comparison:
    """What grouping and labelling work on."""

    articles: Articles
    curation: Curation
    originals: tuple[Article, ...]
    """All articles but the reprints."""
    original_of: Mapping[str, str]
    """Article id → id of what it is a reprint of, or its own."""
    candidates: Mapping[str, Sequence[Keyphrase]]
    public: frozenset[str]
    """Ids of the articles taken to be public; phrases and index contain words of these alone."""
    collection: cluster.Collection

    @property
    def phrases(self) -> Mapping[str, Sequence[Keyphrase]]:
        """Article id → its keyphrases, best first."""
        return self._phrases_and_index[0]

    @property
    def index(self) -> KeyphraseIndex:
        """Of the keyphrases of public articles."""
        return self._phrases_and_index[1]

    # Made when asked for: by then the memory that grouping needs is free again, and it is known what is public.
    @cached_property
    def _phrases_and_index(self) -> tuple[Mapping[str, Sequence[Keyphrase]], KeyphraseIndex]:
        by_id, studies, shown = self.articles.by_id, self.articles.studies, sorted(self.public)
        names = FullNames({id_: studies[id_].surnames for id_ in shown}, self.curation.rulings.aliases)
        phrases = extraction.select(self.candidates, by_id, names, self.public)
        packed = {id_: study.tokens for id_, study in studies.items()}
        return phrases, KeyphraseIndex(by_id, {id_: phrases[id_] for id_ in shown}, names, packed)

    def slug(self, id_: str) -> str:
        """The address of an article."""
        return self.articles.claims.slugs[id_]

    def moves(self, settled: Mapping[str, str], topics: Collection[str]) -> RuledPlacements:
        """Where rulings and rules put single articles, given these topics."""
        id_of = {self.slug(id_): original for id_, original in self.original_of.items()}
        rules = {article.id: self.articles.visibility.rules.topic_rule(article) for article in self.originals}
        sent = {
            id_: rule.topic.slug for id_, rule in rules.items() if rule and rule.topic and rule.topic.slug in topics
        }
        return ruled_placements(applicable_rulings(self.curation.rulings, topics), id_of, settled, sent)

    def in_words_of(self, public: frozenset[str]) -> Comparison:
        """The same, with phrases and index made from the words of these articles alone."""
        return self if public == self.public else replace(self, public=public)


def compare(articles: Articles, curation: Curation, executor: Executor) -> Comparison:
    """Fold reprints, and build the vectors of all originals."""
    executor.start("Folding reprints")
    by_id, public = articles.by_id, articles.public
    # What surrounds every text of a site makes none of them a reprint.
    texts = tuple(articles.own[id_] for id_ in by_id)
    folded = duplicates.find_reprints(texts, _settled_reprints(articles), by_id.keys() - public)
    reprint_of = _shown_reprints(folded, public)
    original_of = {id_: reprint_of.get(id_, id_) if id_ in public else folded.get(id_, id_) for id_ in by_id}
    originals = tuple(article for id_, article in by_id.items() if original_of[id_] == id_)
    candidates = {id_: study.candidates for id_, study in articles.studies.items()}
    executor.start("Grouping into topics")
    return Comparison(
        articles=articles,
        curation=curation,
        originals=originals,
        original_of=original_of,
        candidates=candidates,
        public=public,
        # Lines that recur in many texts would make all that have them alike.
        collection=cluster.collect(
            [articles.own[article.id] for article in originals],
            candidates,
            packed={id_: study.words for id_, study in articles.studies.items()},
        ),
    )


def _settled_reprints(articles: Articles) -> dict[str, str | None]:
    """Settled article id → id of what it is a reprint of; None for an original."""
    claims = articles.claims
    id_at = {slug: id_ for id_, slug in claims.slugs.items()}
    settled: dict[str, str | None] = {}
    for id_ in sorted(claims.settled):
        link = claims.known[id_]
        if isinstance(link, ArticleLink) and link.opening and link.first:
            settled[id_] = id_at.get(link.repeats) if link.repeats else None
    return settled


def _shown_reprints(folded: Mapping[str, str], public: Collection[str]) -> dict[str, str]:
    """Reprint → original, both public; the first reprint stands in for an original that is not public."""
    stand_in: dict[str, str] = {}
    shown: dict[str, str] = {}
    for reprint in sorted(folded):
        original = folded[reprint]
        if reprint not in public:
            continue
        if original not in public:
            original = stand_in.setdefault(original, reprint)
        if original != reprint:
            shown[reprint] = original
    return shown
