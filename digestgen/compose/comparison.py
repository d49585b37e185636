"""Articles compared with each other: reprints folded, keyphrases selected and indexed, vectors built."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

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
from digestgen.language.phrases import Aliases
from digestgen.model import Article, Keyphrase


@dataclass(frozen=True, slots=True, kw_only=True)
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
    phrases: Mapping[str, Sequence[Keyphrase]]
    """Article id → its keyphrases, best first."""
    index: KeyphraseIndex
    collection: cluster.Collection

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
        if public == self.public:
            return self
        phrases, index = _phrases(self.articles, self.candidates, public, self.curation.rulings.aliases)
        return replace(self, public=public, phrases=phrases, index=index)


def compare(articles: Articles, curation: Curation, executor: Executor) -> Comparison:
    """Fold reprints, select the keyphrases of every article against the whole, and build the vectors."""
    executor.start("Folding reprints")
    by_id, public = articles.by_id, articles.public
    # What surrounds every text of a site makes none of them a reprint.
    texts = tuple(articles.own[id_] for id_ in by_id)
    folded = duplicates.find_reprints(texts, _settled_reprints(articles), by_id.keys() - public)
    reprint_of = _shown_reprints(folded, public)
    original_of = {id_: reprint_of.get(id_, id_) if id_ in public else folded.get(id_, id_) for id_ in by_id}
    originals = tuple(article for id_, article in by_id.items() if original_of[id_] == id_)
    candidates = {id_: study.candidates for id_, study in articles.studies.items()}
    phrases, index = _phrases(articles, candidates, public, curation.rulings.aliases)
    executor.start("Grouping into topics")
    return Comparison(
        articles=articles,
        curation=curation,
        originals=originals,
        original_of=original_of,
        candidates=candidates,
        public=public,
        phrases=phrases,
        index=index,
        # Lines that recur in many texts would make all that have them alike.
        collection=cluster.collect(
            [articles.own[article.id] for article in originals],
            candidates,
            packed={id_: study.words for id_, study in articles.studies.items()},
        ),
    )


def _phrases(
    articles: Articles,
    candidates: Mapping[str, Sequence[Keyphrase]],
    public: Collection[str],
    aliases: Aliases,
) -> tuple[Mapping[str, Sequence[Keyphrase]], KeyphraseIndex]:
    """The keyphrases of all articles, in the words of the public ones, and the index of these."""
    by_id, shown = articles.by_id, sorted(public)
    names = FullNames({id_: articles.studies[id_].surnames for id_ in shown}, aliases)
    phrases = extraction.select(candidates, by_id, names, public)
    packed = {id_: study.tokens for id_, study in articles.studies.items()}
    return phrases, KeyphraseIndex(by_id, {id_: phrases[id_] for id_ in shown}, names, packed)


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
