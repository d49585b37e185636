"""The composition as a whole: seeds and what the curator decided in, digest and ledger out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from digestgen.analyse.keyphrases import extraction
from digestgen.compose.articles import Articles, gather
from digestgen.compose.entries import as_shown, assemble, sections_of
from digestgen.compose.executor import Executor, SerialExecutor
from digestgen.compose.groups import Groups, group
from digestgen.compose.invariants import verify
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
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
from digestgen.language.phrase_matching import WordedText
from digestgen.model import Article, Digest, Seed, Source
from digestgen.translation import words_of


@dataclass(frozen=True, slots=True)
class Composition:
    """A digest, and what of the seeds could not be used in it."""

    digest: Digest
    ledger: Ledger
    """Every address ever published, this edition's among them."""
    lost: tuple[str, ...]
    """Slugs of published articles that are gone, and that nobody has decided on; they are among the problems."""
    concealed: tuple[HiddenArticle, ...]
    """What of the seeds is not public."""
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def compose(
    seeds: Iterable[Seed],
    settings: DigestSettings,
    curation: Curation | None = None,
    executor: Executor | None = None,
) -> Composition:
    """The digest of some seeds.

    The result depends on neither the order of the seeds nor the executor. Every article of every seed that is public
    becomes one entry, in one topic or on the shelf. Raises InputError should an invariant not hold.
    """
    curation = curation or Curation()
    curation = replace(curation, ledger=curation.ledger.named(curation.rulings.topics))
    executor = executor or SerialExecutor()
    articles = gather(seeds, settings, curation, executor)
    groups = group(articles, curation, settings.quiet_after, executor)
    executor.start("Labelling, summarising, linking")
    claims = articles.claims
    gone = curation.ledger.articles.keys() - set(claims.slugs.values())
    decided = decisions_on_lost(curation.rulings, gone)
    edition = BuildDecisions(
        placed=_placed(articles, groups, curation),
        topics={slug: groups.labels[slug] for slug in groups.grouping.groups},
        made_labels=groups.made,
        sections=groups.sections.of_topics,
        hidden_topics={
            slug: text for slug, text in groups.labels.items() if not articles.visibility.of_topic(slug).public
        },
        decided=decided,
    )
    ledger = update_ledger(curation.ledger, claims, edition, curation.edition_day)
    entries, topics, stories = assemble(articles, groups, ledger, curation.rulings, executor)
    said = edition_words(curation.rulings, ledger.editions(), entries)
    ledger = with_published_state(ledger, entries, topics, curation.rulings.topics, said)
    told = {story.slug for each in (*(topic.stories for topic in topics), stories) for story in each if story.has_page}
    ledger = with_story_pages(ledger, told, curation.edition_day)
    address_of = {link.name: link.slug for link in ledger.sources.values() if link.live}
    names = sorted({entry.article.source for entry in entries if entry.article.source})
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
        sources=tuple(
            Source(name=name, slug=address_of[name], homepage=settings.homepages.get(name)) for name in names
        ),
        editions=ledger.editions(),
        edition_words=said,
        former=former_addresses(ledger, {entry.slug: entry.article.id for entry in entries}, told),
    )
    verify(digest, articles, curation, ledger, executor)
    problems = list(articles.problems)
    lost = undecided_losses(
        claims.lost, decided, curation.ledger, curation.refused | {problem.file for problem in problems}
    )
    problems += loss_problems(lost, curation.ledger)
    problems += check_rulings(
        curation.rulings,
        articles=set(claims.slugs.values()),
        topics=curation.ledger.topics.keys()
        | groups.labels.keys()
        | {p.settled for p in groups.places.values() if p.settled},
        gone=gone | curation.ledger.withheld_names(curation.rulings.articles),
        file=curation.rulings_name,
        ids=articles.by_id.keys(),
    )
    problems += edition_problems(curation.rulings, ledger.editions(), entries, curation.rulings_name)
    notices = [str(notice) for notice in articles.notices]
    notices += future_date_notices([entry.article for entry in entries], curation.day)
    notices += _language_notices(entry.article for entry in entries)
    concealed = _concealed(articles, groups)
    notices += standing_ruling_notices(concealed, articles.visibility, ledger)
    notices += edition_notices(curation.rulings, ledger.editions(), curation.rulings_name)
    notices += _idle_aliases(articles, curation)
    return Composition(digest, ledger.anonymous(), lost, concealed, tuple(problems), tuple(notices))


def _idle_aliases(articles: Articles, curation: Curation) -> list[str]:
    """What the curator gave another name and no article says: it may be mistyped."""
    lines = curation.rulings.alias_lines
    texts = [WordedText(articles.by_id[id_]) for id_ in sorted(articles.public)] if lines else []
    return [
        f"{curation.rulings_name}:{line}: aliases: no article says “{text}”"
        for text, line in lines.items()
        if not any(each.holds(text) for each in texts)
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
    """What the ledger is told of each article."""
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
