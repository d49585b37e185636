"""Explain articles, topics and former addresses from digest, ledger and rulings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digestgen.curate.explain.address_query import AddressQuery
from digestgen.curate.explain.applied_rulings import rulings_on_article, rulings_on_topic
from digestgen.curate.explain.explanation import (
    ArticleExplanation,
    Explanation,
    Member,
    RelatedItem,
    SharedPhrase,
    StorySummary,
    TitledSlug,
    TopicExplanation,
    TopicSimilarity,
)
from digestgen.curate.ledger.former_addresses import former_article, former_topic
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, TopicLink
from digestgen.curate.rulings.rules import RuleIndex
from digestgen.curate.rulings.rulings import Rule, Rulings
from digestgen.language.phrases import normalised_phrase
from digestgen.model import Article, Digest, Entry, Placement, RelatedArticle, RelatedTopic, Story, Topic

_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEdition:
    """An edition, with the ledger after it and the rulings it was made with."""

    digest: Digest
    ledger: Ledger
    rulings: Rulings
    rulings_name: str
    """File name, for references."""


def explain(asked: AddressQuery, known: RecordedEdition) -> Explanation:
    """Explain everything that has the address asked for."""
    digest, ledger, rulings, file = known.digest, known.ledger, known.rulings, known.rulings_name
    entries = {entry.article.id: entry for entry in digest.entries}
    entry = next((entry for entry in digest.entries if asked.articles and entry.slug == asked.slug), None)
    topic = next((topic for topic in digest.topics if asked.topics and topic.slug == asked.slug), None)
    former = []
    if asked.articles and entry is None and asked.slug in ledger.articles:
        former.append(former_article(ledger.articles[asked.slug], rulings, file, digest.former.archived))
    if asked.topics and topic is None and asked.slug in ledger.topics:
        former.append(former_topic(ledger.topics[asked.slug], rulings, file, digest.former.archived))
    return Explanation(
        article=_article(entry, entries, known) if entry else None,
        topic=_topic(topic, entries, known) if topic else None,
        former=tuple(former),
    )


def _article(entry: Entry, entries: Mapping[str, Entry], known: RecordedEdition) -> ArticleExplanation:
    article, link, topics = entry.article, known.ledger.articles[entry.slug], known.digest.topics
    labels = {topic.slug: topic.label for topic in topics}
    stories = (*known.digest.stories, *(story for topic in topics for story in topic.stories))
    story = next((story for story in stories if article.id in story.articles), None)
    original = entries[entry.reprint_of] if entry.reprint_of else None
    along_with = {original.slug: "which it repeats"} if original else {}
    proposed = link.settled
    return ArticleExplanation(
        slug=entry.slug,
        title=article.title,
        titled=article.titled,
        source=article.source,
        seed=article.seed,
        lines=article.lines,
        boundary_confidence=article.boundary_confidence,
        first=link.first,
        topic=_topic_similarity(entry.placement, labels),
        nearest=_topic_similarity(entry.nearest, labels),
        proposed=proposed,
        story=_story(story) if story else None,
        reprint_of=_named(original) if original else None,
        reprints=tuple(_named(other) for other in known.digest.entries if other.reprint_of == article.id),
        related=_related_articles(entry.related, entries),
        rulings=rulings_on_article(
            entry.slug,
            known.rulings,
            known.rulings_name,
            along_with,
            proposed,
            rules=_rules(article, original.article if original else article, known.rulings),
        ),
        former=_redirecting_to("articles", entry.slug, known.ledger.articles.values()),
    )


def _rules(article: Article, placed: Article, rulings: Rulings) -> tuple[Rule, ...]:
    """Rules that match an article; for a reprint, the topic rules are those that match its original."""
    index = RuleIndex(rulings.rules, ())
    shown = {rule for rule in index.matching(article) if rule.topic is None}
    sent = {rule for rule in index.matching(placed) if rule.topic is not None}
    return tuple(rule for rule in rulings.rules if rule in shown | sent)


def _topic(topic: Topic, entries: Mapping[str, Entry], known: RecordedEdition) -> TopicExplanation:
    here = [entries[id_] for id_ in topic.articles]
    ruling = known.rulings.topics.get(topic.slug)
    ruled = f"named by the curator ({known.rulings_name}:{ruling.line})" if ruling and ruling.label else None
    return TopicExplanation(
        slug=topic.slug,
        label=topic.label,
        label_because=ruled or _label_because(topic, here, known.digest.topics),
        first=known.ledger.topics[topic.slug].first,
        holds=tuple(
            replace(hold, f1=round(hold.f1, _DECIMALS))
            for hold in sorted(topic.holds, key=lambda hold: (-hold.f1, hold.text))
        ),
        members=tuple(
            Member(entry.slug, entry.article.title, round(_similarity(entry), _DECIMALS), bool(entry.reprint_of))
            for entry in sorted(here, key=lambda entry: -_similarity(entry))
        ),
        stories=tuple(map(_story, topic.stories)),
        related=_related_topics(topic.related, {other.slug: other.label for other in known.digest.topics}),
        rulings=rulings_on_topic(topic.slug, known.rulings, known.rulings_name),
        former=_redirecting_to("topics", topic.slug, known.ledger.topics.values()),
    )


def _label_because(topic: Topic, here: Sequence[Entry], others: Iterable[Topic]) -> str:
    by_phrase = {normalised_phrase(hold.text): hold for hold in topic.holds}
    best = max(topic.holds, key=lambda hold: hold.f1, default=None)
    if best and (hold := by_phrase.get(normalised_phrase(topic.label))):
        if hold.f1 >= best.f1:
            return f"no other keyphrase finds its articles better (F1 {hold.f1:.2f})"
        compared = f"“{best.text}” finds its articles better (F1 {best.f1:.2f} against {hold.f1:.2f})"
        if any(normalised_phrase(other.label) == normalised_phrase(best.text) for other in others):
            return f"{compared}, but another topic has that name"
        return f"{compared}, but not so much that it should lose the name that it had, or be called by a common word"
    name, mark, noun = topic.label.partition(": ")
    if mark and normalised_phrase(name) in by_phrase and normalised_phrase(noun) in by_phrase:
        return f"“{noun}” finds its articles best, but is a common word; “{name}” is in all of them"
    if any(entry.article.title.startswith(topic.label) for entry in here):
        return "no keyphrase of its own was free; these are the first words of one of its articles"
    return "no keyphrase of its own was free; it keeps the name that it had"


def _similarity(entry: Entry) -> float:
    return entry.placement.similarity if entry.placement else 0.0


def _topic_similarity(placement: Placement | None, labels: Mapping[str, str]) -> TopicSimilarity | None:
    if placement is None:
        return None
    shared = [SharedPhrase(reason.phrase, round(reason.share, _DECIMALS)) for reason in placement.reasons]
    return TopicSimilarity(
        slug=placement.topic,
        label=labels[placement.topic],
        similarity=round(placement.similarity, _DECIMALS),
        shared=tuple(sorted(shared, key=lambda each: -each.share)),
    )


def _named(entry: Entry) -> TitledSlug:
    return TitledSlug(entry.slug, entry.article.title)


def _story(story: Story) -> StorySummary:
    return StorySummary(story.slug, story.label, len(story.articles))


def _related_articles(related: Iterable[RelatedArticle], entries: Mapping[str, Entry]) -> tuple[RelatedItem, ...]:
    return tuple(RelatedItem(entries[each.id].slug, entries[each.id].article.title, each.reasons) for each in related)


def _related_topics(related: Iterable[RelatedTopic], labels: Mapping[str, str]) -> tuple[RelatedItem, ...]:
    return tuple(RelatedItem(each.slug, labels[each.slug], each.reasons) for each in related)


def _redirecting_to(kind: str, slug: str, links: Iterable[ArticleLink | TopicLink]) -> tuple[str, ...]:
    return tuple(sorted(f"{kind}/{link.slug}" for link in links if link.to == slug))
