"""Invariants of every digest, checked when it is complete and before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from digestgen import routes
from digestgen.analyse.labels.labelling import parts_of
from digestgen.compose.articles import Articles
from digestgen.compose.executor import Executor
from digestgen.curate.curation import Curation
from digestgen.curate.ledger.claims import is_split_by_guess
from digestgen.curate.ledger.fingerprint import marks, split_marks, text_of
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, Withheld
from digestgen.errors import InputError, Problem
from digestgen.language.phrase_matching import ArticleWords
from digestgen.model import Article, Digest, Entry, Topic

_NUMBER = re.compile(r" \d+$")
"""The number that distinguishes two topics of the same label."""
_REPORT = "nothing is written; please report this"


def verify(digest: Digest, articles: Articles, curation: Curation, after: Ledger, executor: Executor) -> None:
    """Check all invariants. Raises InputError with every violation.

    Every summary sentence stands verbatim in its article, unless the summary is the curator's own. Every keyphrase
    stands in its article, word for word, inflected or under an alias, and every keyphrase and label of a topic in one
    of its articles, unless the label is the curator's or was settled by an earlier edition. Every article is placed
    exactly once. Nothing that was withdrawn or withheld is public without an explicit word, and nothing before its day.
    What the ledger is told is what readers see.
    """
    broken = [
        *_quotations(digest),
        *_namings(digest, articles, curation, executor),
        *_placements(digest),
        *_withdrawals(digest, articles, curation),
        *_too_early(digest, articles, curation),
        *_records(digest, after),
    ]
    if broken:
        raise InputError([Problem(curation.rulings_name, None, f"{message}; {_REPORT}") for message in broken])


def _quotations(digest: Digest) -> Iterator[str]:
    texts = {entry.article.id: text_of(entry.article) for entry in digest.entries}
    quoted = (entry for entry in digest.entries if not entry.own_summary)
    cited = [(sentence, entry.article.id) for entry in quoted for sentence in entry.summary]
    cited += [(cite.sentence, cite.article) for topic in digest.topics for cite in topic.summary]
    cited += [(cite.sentence, cite.article) for story in digest.every_story() for cite in story.only]
    for sentence, id_ in cited:
        if not any(sentence in text for text in texts.get(id_, ())):
            yield f"a summary sentence is not in its article {id_}: {sentence!r}"


@dataclass(frozen=True, slots=True)
class _Named:
    article: Article
    phrases: tuple[tuple[str, ...], ...]
    """Each keyphrase in every form that may occur in the text, its own first."""


def _missing(named: _Named) -> tuple[str, ...]:
    """The keyphrases that do not occur in their article."""
    text = ArticleWords(named.article)
    return tuple(forms[0] for forms in named.phrases if not any(map(text.contains, forms)))


def _namings(digest: Digest, articles: Articles, curation: Curation, executor: Executor) -> Iterator[str]:
    """Keyphrases and labels that do not occur in the texts."""
    forms = curation.rulings.aliases.forms
    named = [
        _Named(articles.by_id[entry.article.id], tuple(tuple(forms(phrase.text)) for phrase in entry.keyphrases))
        for entry in digest.entries
    ]
    for entry, missing in zip(digest.entries, executor.map("Checking what is named", _missing, named), strict=True):
        for text in missing:
            yield f"a keyphrase is not in its article {entry.article.id}: {text!r}"
    texts: dict[str, ArticleWords] = {}

    def holds(id_: str, text: str) -> bool:
        # Mostly one of the first articles has the phrase; the others need not be read.
        if id_ not in texts:
            texts[id_] = ArticleWords(articles.by_id[id_])
        return texts[id_].contains(text)

    ids = {entry.article.id for entry in digest.entries}
    for topic in digest.topics:
        spoken = [phrase.text for phrase in topic.keyphrases]
        if not _is_given(topic, curation):
            spoken += parts_of(topic.label)
        for text in spoken:
            meant = [*forms(text), *forms(_NUMBER.sub("", text))]
            if not any(holds(id_, form) for id_ in topic.articles if id_ in ids for form in meant):
                yield f"the topic {topic.slug} is called {text!r}, which is in none of its articles"


def _is_given(topic: Topic, curation: Curation) -> bool:
    """Whether a topic's label is the curator's or was settled by an earlier edition."""
    ruling, known = curation.rulings.topics.get(topic.slug), curation.ledger.topics.get(topic.slug)
    return bool((ruling and ruling.label) or (known and topic.label in {known.label, known.made}))


def _placements(digest: Digest) -> Iterator[str]:
    ids = {entry.article.id for entry in digest.entries}
    in_topics = [id_ for topic in digest.topics for id_ in topic.articles]
    outside = [id_ for story in digest.stories for id_ in story.articles]
    places = Counter([*in_topics, *outside, *digest.shelf])
    if set(places) != ids or any(count != 1 for count in places.values()):
        yield "an article is not placed exactly once"
    if sorted(in_topics) != sorted(id_ for topic in digest.topics for story in topic.stories for id_ in story.articles):
        yield "an article of a topic is in none of its stories, or in two"


def _withdrawals(digest: Digest, articles: Articles, curation: Curation) -> Iterator[str]:
    """Hidden articles and topics that are public. Reads the earlier ledger, independently of ``curate.visibility``."""
    ledger, rulings = curation.ledger, curation.rulings
    freed = frozenset(slug for slug, ruling in rulings.topics.items() if ruling.hide is False)
    marked = _marks_by_seed(ledger, freed)
    for entry in digest.entries:
        article, link = articles.by_id[entry.article.id], ledger.articles.get(entry.slug)
        if _is_shown(entry, articles, curation):
            continue
        if link and link.withdrawn and link.by not in freed:
            yield f"{routes.article(entry.slug)} was withdrawn, and nothing shows it again"
        if article.id in ledger.withheld and ledger.withheld[article.id].by not in freed:
            yield f"{routes.article(entry.slug)} was withheld, and nothing shows it"
        seen = link is not None and link.live and link.first is not None and article.id in articles.claims.settled
        kept_back = marked.get(article.seed)
        if kept_back and not seen and not kept_back.isdisjoint(marks(text_of(article))):
            yield f"{routes.article(entry.slug)} holds what was withheld of {article.seed}, and nothing shows it"
    for topic in digest.topics:
        known = ledger.topics.get(topic.slug)
        if known and known.withdrawn and topic.slug not in freed:
            yield f"{routes.topic(topic.slug)} was withdrawn, and nothing shows it again"


def _too_early(digest: Digest, articles: Articles, curation: Curation) -> Iterator[str]:
    """Articles that are public before their day, and were not in an earlier edition."""
    for entry in digest.entries:
        link, ruling = curation.ledger.articles.get(entry.slug), curation.rulings.articles.get(entry.slug)
        brought = link.first if link and link.live else None
        embargoes = (*articles.by_id[entry.article.id].embargoes, ruling.publish_on if ruling else None)
        if any(embargo.day > max(curation.day, brought or curation.day) for embargo in embargoes if embargo):
            yield f"{routes.article(entry.slug)} is public before its day"


def _is_shown(entry: Entry, articles: Articles, curation: Curation) -> bool:
    """Whether a ruling, a rule, a directive or a day that has come shows an article."""
    article = articles.by_id[entry.article.id]
    ruling, rule = curation.rulings.articles.get(entry.slug), articles.visibility.rules.visibility_rule(article)
    return bool(
        (ruling and ruling.hide is False)
        or (rule and rule.hide is False)
        or (article.directive and article.directive.show)
        or _is_embargoed(entry, articles, curation)
    )


def _is_embargoed(entry: Entry, articles: Articles, curation: Curation) -> bool:
    """Whether a day that has come shows an article; one that was set before the article was hidden does not."""
    article, ruling = articles.by_id[entry.article.id], curation.rulings.articles.get(entry.slug)
    embargoes = (*article.embargoes, ruling.publish_on if ruling else None)
    last = str(max((embargo.day for embargo in embargoes if embargo), default=""))
    withheld, link = curation.ledger.withheld.get(article.id), curation.ledger.articles.get(entry.slug)
    known = f"{withheld.despite if withheld else ''} {link.despite if link else ''}"
    return bool(last) and last not in known.split()


def _marks_by_seed(ledger: Ledger, freed: Collection[str]) -> dict[str, set[str]]:
    """Seed → marks of its withdrawn and withheld texts, for seeds that may be split differently today."""
    marked: dict[str, set[str]] = {}
    kept_back: list[ArticleLink | Withheld] = [link for link in ledger.articles.values() if link.withdrawn]
    for link in (*kept_back, *ledger.withheld.values()):
        if link.by not in freed and is_split_by_guess(link.seed):
            marked.setdefault(link.seed, set()).update(split_marks(link.marks))
    return marked


def _records(digest: Digest, after: Ledger) -> Iterator[str]:
    live = {slug for slug, link in after.articles.items() if link.live}
    shown = {entry.slug for entry in digest.entries}
    if not shown <= live:
        yield f"the ledger does not know {min(shown - live)} as published"
    if digest.former.articles.keys() & shown:
        yield "an address is both an article's and a former one"
    told = {story.slug for story in digest.every_story() if story.has_page}
    if not told <= after.stories.keys():
        yield f"the ledger does not know the story {min(told - after.stories.keys())} as published"
    if digest.former.stories.keys() & told:
        yield "an address is both a story's and a former one"
