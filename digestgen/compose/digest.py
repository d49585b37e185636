"""The whole composition: seeds and the curator's decisions in, digest and ledger out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digestgen.analyse.keyphrases import extraction
from digestgen.compose.articles import Articles, gather
from digestgen.compose.entries import as_shown, assemble, sections_of
from digestgen.compose.executor import Executor, SerialExecutor
from digestgen.compose.groups import Groups, group
from digestgen.compose.invariants import verify
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.files.stray_files import SETTINGS_NAME
from digestgen.curate.ledger.archives import archive_problems, archived_articles
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.ledger.lost_addresses import decisions_on_lost, loss_problems, undecided_losses
from digestgen.curate.ledger.update import (
    BuildDecisions,
    PlacedArticle,
    former_addresses,
    update_ledger,
    with_published_state,
    with_story_pages,
)
from digestgen.curate.reminders.neglected import HiddenArticle
from digestgen.curate.reminders.reminders import future_date_notices, standing_ruling_notices
from digestgen.curate.rulings.edition_notes import edition_notices, edition_problems, edition_words
from digestgen.curate.rulings.validation import check_rulings
from digestgen.curate.visibility import Cause
from digestgen.errors import Problem
from digestgen.language.phrase_matching import ArticleWords
from digestgen.model import Article, Digest, Entry, Seed, Source
from digestgen.translation import words_of


@dataclass(frozen=True, slots=True)
class Composition:
    """A digest, its ledger, and what to tell the curator of both."""

    digest: Digest
    ledger: Ledger
    """Every address ever published, those of this edition included."""
    lost: tuple[str, ...]
    """Slugs of published articles that are gone without a decision; each is also a problem."""
    concealed: tuple[HiddenArticle, ...]
    """Articles of the seeds that are not public."""
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def compose(
    seeds: Iterable[Seed],
    settings: DigestSettings,
    curation: Curation | None = None,
    executor: Executor | None = None,
) -> Composition:
    """Compose the digest of some seeds.

    The result depends on neither the order of the seeds nor the executor. Every public article of every seed becomes
    one entry, in one topic, one story or on the shelf. Raises InputError if an invariant does not hold.
    """
    curation = curation or Curation()
    curation = replace(curation, ledger=curation.ledger.named(curation.rulings.topics))
    executor = executor or SerialExecutor()
    articles = gather(seeds, settings, curation, executor)
    groups = group(articles, curation, settings.quiet_after, executor)
    executor.start("Labelling, summarising, linking")
    decided = decisions_on_lost(curation.rulings, _gone(articles, curation))
    undecided = [slug for slug in articles.claims.lost if slug not in decided]
    archived = archived_articles(undecided, curation.ledger, settings.archives, curation.day)
    edition = _edition(articles, groups, curation, decided, archived)
    ledger = update_ledger(curation.ledger, articles.claims, edition, curation.edition_day)
    entries, topics, stories = assemble(articles, groups, ledger, curation.rulings, executor)
    letters = edition_words(curation.rulings, ledger.editions(), entries)
    ledger = with_published_state(ledger, entries, topics, curation.rulings.topics, letters)
    with_page = {
        story.slug for each in (*(topic.stories for topic in topics), stories) for story in each if story.has_page
    }
    ledger = with_story_pages(ledger, with_page, curation.edition_day)
    words = words_of(settings.language)
    digest = Digest(
        title=settings.title or words.say("Digest"),
        description=settings.description
        or words.say("Articles grouped into topics, with faithful summaries and links to the originals."),
        language=settings.language,
        entries=entries,
        topics=topics,
        shelf=tuple(entry.article.id for entry in entries if entry.story is None),
        stories=stories,
        sections=sections_of(topics, entries, groups),
        sources=_sources(entries, ledger, settings),
        editions=ledger.editions(),
        edition_words=letters,
        former=former_addresses(ledger, {entry.slug: entry.article.id for entry in entries}, with_page),
    )
    verify(digest, articles, curation, ledger, executor)
    concealed = _concealed(articles, groups)
    refused = curation.refused | {problem.file for problem in articles.problems}
    lost = undecided_losses(undecided, archived, curation.ledger, refused)
    return Composition(
        digest=digest,
        ledger=ledger.anonymous(),
        lost=lost,
        concealed=concealed,
        problems=(
            *_problems(articles, groups, curation, digest, lost),
            *archive_problems(settings.archives, curation.day, SETTINGS_NAME),
        ),
        notices=tuple(_notices(articles, curation, digest, ledger, concealed)),
    )


def _gone(articles: Articles, curation: Curation) -> frozenset[str]:
    """Slugs of published articles that are in no seed any more."""
    return frozenset(curation.ledger.articles.keys() - set(articles.claims.slugs.values()))


def _edition(
    articles: Articles,
    groups: Groups,
    curation: Curation,
    decided: Mapping[str, str | None],
    archived: Mapping[str, str],
) -> BuildDecisions:
    """What the ledger records of this build."""
    visibility = articles.visibility
    return BuildDecisions(
        placed=_placed(articles, groups, curation),
        topics={slug: groups.labels[slug] for slug in groups.grouping.groups},
        made_labels=groups.made,
        sections=groups.sections.of_topics,
        hidden_topics={slug: text for slug, text in groups.labels.items() if not visibility.of_topic(slug).public},
        decided=decided,
        archived=archived,
    )


def _sources(entries: Iterable[Entry], ledger: Ledger, settings: DigestSettings) -> tuple[Source, ...]:
    address_of = {link.name: link.slug for link in ledger.sources.values() if link.live}
    names = sorted({entry.article.source for entry in entries if entry.article.source})
    return tuple(Source(name=name, slug=address_of[name], homepage=settings.homepages.get(name)) for name in names)


def _problems(
    articles: Articles, groups: Groups, curation: Curation, digest: Digest, lost: Sequence[str]
) -> Iterator[Problem]:
    """What could not be read, addresses that would be lost, and rulings that cannot be followed."""
    ledger, rulings = curation.ledger, curation.rulings
    settled_in = {place.settled for place in groups.places.values() if place.settled}
    yield from articles.problems
    yield from loss_problems(lost, ledger)
    yield from check_rulings(
        rulings,
        articles=set(articles.claims.slugs.values()),
        topics=ledger.topics.keys() | groups.labels.keys() | settled_in,
        gone=_gone(articles, curation) | ledger.withheld_names(rulings.articles),
        file=curation.rulings_name,
        ids=articles.by_id.keys(),
    )
    yield from edition_problems(rulings, digest.editions, digest.entries, curation.rulings_name)


def _notices(
    articles: Articles, curation: Curation, digest: Digest, ledger: Ledger, concealed: Sequence[HiddenArticle]
) -> Iterator[str]:
    """What the curator may want to know although nothing is wrong."""
    yield from map(str, articles.notices)
    yield from future_date_notices([entry.article for entry in digest.entries], curation.day)
    yield from _language_notices(entry.article for entry in digest.entries)
    yield from standing_ruling_notices(concealed, articles.visibility, ledger)
    yield from edition_notices(curation.rulings, digest.editions, curation.rulings_name)
    yield from _idle_aliases(articles, curation)


def _idle_aliases(articles: Articles, curation: Curation) -> list[str]:
    """Aliases for names that no article contains, perhaps mistyped."""
    lines = curation.rulings.alias_lines
    texts = [ArticleWords(articles.by_id[id_]) for id_ in sorted(articles.public)] if lines else []
    return [
        f"{curation.rulings_name}:{line}: aliases: no article says “{text}”"
        for text, line in lines.items()
        if not any(each.contains(text) for each in texts)
    ]


def _language_notices(articles: Iterable[Article]) -> list[str]:
    seeds: dict[str, set[str]] = {}
    for article in articles:
        seeds.setdefault(article.language, set()).add(article.seed)
    found = (extraction.warning(language, sorted(seeds[language])) for language in sorted(seeds))
    return [notice for notice in found if notice]


def _concealed(articles: Articles, groups: Groups) -> tuple[HiddenArticle, ...]:
    return tuple(
        HiddenArticle(
            slug=articles.claims.slugs[id_],
            seed=articles.by_id[id_].seed,
            line=articles.by_id[id_].lines[0],
            verdict=place.verdict,
        )
        for id_, place in groups.places.items()
        if not place.verdict.public
    )


def _placed(articles: Articles, groups: Groups, curation: Curation) -> list[PlacedArticle]:
    """What the ledger records of each article."""
    slugs = articles.claims.slugs
    return [
        PlacedArticle(
            article=as_shown(articles.by_id[id_], curation.rulings.articles.get(slugs[id_])),
            topic=place.topic,
            settled=place.settled,
            story=place.story,
            section="" if place.topic or place.repeats else groups.sections.of_articles.get(id_, ""),
            repeats=slugs[place.repeats] if place.repeats else None,
            hidden=not place.verdict.public,
            by=place.topic if place.verdict.cause is Cause.TOPIC else None,
            despite="" if place.verdict.public else articles.visibility.despite(articles.by_id[id_], place.verdict),
        )
        for id_, place in groups.places.items()
    ]
