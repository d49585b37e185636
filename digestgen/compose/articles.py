"""Seeds → articles: parse each seed, give each article its address, and extract keyphrases and a summary from each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digestgen.analyse import keyphrases, summarise
from digestgen.compose.executor import Executor
from digestgen.curate.curation import Curation
from digestgen.curate.ledger import Ledger
from digestgen.curate.permalinks import Claims, claim_articles
from digestgen.curate.rules import RuleIndex
from digestgen.curate.settings import DigestSettings
from digestgen.curate.visibility import Visibility
from digestgen.errors import Problem
from digestgen.ingest import identity, read
from digestgen.model import Article, Keyphrase, Seed
from digestgen.recurring import find, without
from digestgen.text import clean_line


@dataclass(frozen=True, slots=True)
class Study:
    """What one article alone tells."""

    candidates: tuple[Keyphrase, ...]
    summary: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """Every article that could be read and studied, those that are not public among them."""

    by_id: Mapping[str, Article]
    """In seed order, as the seeds have them."""
    own: Mapping[str, Article]
    """The same without the lines that recur, as summaries and keyphrases are made from them."""
    studies: Mapping[str, Study]
    claims: Claims
    visibility: Visibility
    public: frozenset[str]
    """Ids of those that nothing hides so far; the topic that an article is placed in may still hide it."""
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    """What of the seeds was passed over."""


def gather(seeds: Iterable[Seed], settings: DigestSettings, curation: Curation, executor: Executor) -> Articles:
    """Read the seeds and study each article; what cannot be read or studied is a problem, and left out."""
    executor.start("Reading the seeds")
    articles, recurring, problems, notices = _read(seeds, settings, curation.ledger)
    claims = claim_articles(curation.ledger, articles, curation.rulings.articles.keys())
    visibility = Visibility(
        rulings=curation.rulings,
        rules=RuleIndex(curation.rulings.rules, articles),
        ledger=curation.ledger,
        claims=claims,
        file=curation.rulings_name,
        day=curation.day,
    )
    studies: dict[str, Study] = {}
    own = [without(recurring, article) for article in articles]
    for article, found in zip(articles, executor.map("Studying the articles", _study, own), strict=True):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            studies[article.id] = found
    by_id = {article.id: article for article in articles if article.id in studies}
    return Articles(
        by_id=by_id,
        own={article.id: article for article in own if article.id in studies},
        studies=studies,
        claims=claims,
        visibility=visibility,
        public=frozenset(id_ for id_, article in by_id.items() if visibility.of_article(article, None).public),
        problems=tuple(problems),
        notices=tuple(notices),
    )


def _read(
    seeds: Iterable[Seed], settings: DigestSettings, ledger: Ledger
) -> tuple[tuple[Article, ...], frozenset[str], list[Problem], list[Problem]]:
    """The articles of all seeds, the lines that recur in them, what could not be read, and what was passed over.

    A title that readers know stays, though later articles repeat its line: nothing that comes later changes an article.
    """
    defaults = read.Defaults(language=None, publish=settings.publish)
    drafted = [_draft_seed(seed, defaults) for seed in sorted(seeds, key=lambda seed: seed.name)]
    recurring = find([draft.paragraphs for one in drafted if isinstance(one, read.Drafts) for draft in one.drafts])
    known = {link.id: link.title for link in ledger.articles.values() if link.first and link.live}
    readings = [_finish(one, defaults, recurring, known) if isinstance(one, read.Drafts) else one for one in drafted]
    articles = identity.with_unique_ids(article for reading in readings for article in reading.articles)
    problems = [problem for reading in readings for problem in reading.problems]
    return articles, recurring, problems, [notice for reading in readings for notice in reading.notices]


# One text that the method cannot bear must not cost the reader all the others: a fault of ours, met while a single
# seed or article is worked on, is a problem of that seed or article. Faults in what concerns all are not caught.


def _draft_seed(seed: Seed, defaults: read.Defaults) -> read.Drafts | read.Reading:
    try:
        return read.draft_seed(seed, defaults)
    except Exception as fault:  # noqa: BLE001 -- see above
        return read.Reading((), (_refusal(fault, seed.name, None, "this seed"),))


def _finish(
    drafts: read.Drafts, defaults: read.Defaults, recurring: frozenset[str], known: Mapping[str, str]
) -> read.Reading:
    try:
        return read.finish(drafts, defaults, recurring, known)
    except Exception as fault:  # noqa: BLE001 -- see above
        return read.Reading((), (_refusal(fault, drafts.seed.name, None, "this seed"),))


def _study(article: Article) -> Study | Problem:
    try:
        return Study(keyphrases.extract(article), summarise.summarise_article(article))
    except Exception as fault:  # noqa: BLE001 -- see above
        return _refusal(fault, article.seed, article.lines[0], "this article")


def _refusal(fault: Exception, seed: str, line: int | None, what: str) -> Problem:
    reason = clean_line(f"{type(fault).__name__}: {fault}")[:200]
    return Problem(seed, line, f"digestgen failed on {what} and left it out; please report this ({reason})")
