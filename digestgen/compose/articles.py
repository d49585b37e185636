"""Seeds → articles: parse each seed, give each article its address, and extract keyphrases and a summary from each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.analyse.keyphrases import extraction
from digestgen.analyse.keyphrases.surnames import by_surname
from digestgen.analyse.keyphrases.tokens import PackedReading
from digestgen.analyse.keyphrases.tokens import read as read_article
from digestgen.analyse.summaries import summarise
from digestgen.compose.executor import Executor, Fault
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.ledger.claims import Claims, claim_articles
from digestgen.curate.ledger.fingerprint import Fingerprint
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.rulings.rules import RuleIndex
from digestgen.curate.visibility import Visibility
from digestgen.errors import Problem
from digestgen.ingest import article_ids, read
from digestgen.ingest.draft import Draft
from digestgen.ingest.recurring_lines import Lines, find, lines_of, without
from digestgen.model import Article, Keyphrase, Publish, Seed


@dataclass(frozen=True, slots=True)
class Study:
    """What one article alone tells."""

    candidates: tuple[Keyphrase, ...]
    summary: tuple[str, ...]
    surnames: Mapping[str, str | None]
    """As ``names.by_surname`` tells them."""
    reading: PackedReading
    words: PackedWords


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
    texts = _read(seeds, settings, curation.ledger, executor)
    articles, problems = texts.articles, [*texts.problems]
    claims = claim_articles(curation.ledger, articles, curation.rulings.articles.keys(), texts.fingerprints)
    visibility = Visibility(
        rulings=curation.rulings,
        rules=RuleIndex(curation.rulings.rules, articles),
        ledger=curation.ledger,
        claims=claims,
        file=curation.rulings_name,
        day=curation.day,
    )
    studies: dict[str, Study] = {}
    unstudied = [
        _Unstudied(_alone(own), None if own is article else _alone(article))
        for article, own in zip(articles, texts.own, strict=True)
    ]
    for article, found in zip(articles, executor.map("Studying the articles", _study, unstudied), strict=True):
        if isinstance(found, Fault):
            problems.append(found.of(article.seed, article.lines[0], "this article"))
        else:
            studies[article.id] = found
    by_id = {article.id: article for article in articles if article.id in studies}
    return Articles(
        by_id=by_id,
        own={article.id: article for article in texts.own if article.id in studies},
        studies=studies,
        claims=claims,
        visibility=visibility,
        public=frozenset(id_ for id_, article in by_id.items() if visibility.of_article(article, None).public),
        problems=tuple(problems),
        notices=texts.notices,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """What could be read of the seeds, in seed order."""

    articles: tuple[Article, ...]
    own: tuple[Article, ...]
    """The same without the lines that recur."""
    fingerprints: Mapping[str, Fingerprint]
    """Article id → what its address is known by."""
    problems: tuple[Problem, ...]
    """What could not be read."""
    notices: tuple[Problem, ...]
    """What was passed over."""


def _read(seeds: Iterable[Seed], settings: DigestSettings, ledger: Ledger, executor: Executor) -> _Texts:
    """The articles of all seeds.

    A title that readers know stays, though later articles repeat its line: nothing that comes later changes an article.
    Both it and the title without such lines are found at once, so that a title becoming known asks for no new work.
    """
    unread = [_Unread(seed, settings.publish) for seed in sorted(seeds, key=lambda seed: seed.name)]
    known = {link.id: link.title for link in ledger.articles.values() if link.first and link.live}
    problems: list[Problem] = []
    notices: list[Problem] = []
    drafted: list[_Drafted] = []
    for one, found in zip(unread, executor.map("Reading the seeds", _draft, unread), strict=True):
        if isinstance(found, Fault):
            problems.append(found.of(one.seed.name, None, "this seed"))
        else:
            drafted.append(found)
            problems += found.drafts.problems
            notices += found.drafts.notices
    recurring = find([lines for one in drafted for lines in one.lines])
    unfinished = [
        _Unfinished(draft, one.drafts.facts, tuple(sorted(recurring.intersection(line for line, _ in lines))))
        for one in drafted
        for draft, lines in zip(one.drafts.drafts, one.lines, strict=True)
    ]
    ids = [id_ for one in drafted for id_ in one.ids]
    finished: list[_Finished] = []
    for each, id_, done in zip(unfinished, ids, executor.map("Finding titles", _finish, unfinished), strict=True):
        if isinstance(done, Fault):
            problems.append(done.of(each.facts.name, each.draft.lines[0], "this article"))
        else:
            finished.append(done.known_by(known.get(id_) if id_ else None))
    finished.sort(key=lambda done: article_ids.seed_order(done.article))
    articles = article_ids.with_unique_ids(done.article for done in finished)
    pairs = list(zip(articles, finished, strict=True))
    return _Texts(
        articles=articles,
        own=tuple(replace(done.own, id=article.id) if done.own else article for article, done in pairs),
        fingerprints={article.id: done.fingerprint for article, done in pairs},
        problems=tuple(problems),
        notices=tuple(notices),
    )


# What follows is done article by article, in any process, and may be remembered: it depends on nothing but what it is
# given. One text that the method cannot bear must not cost the reader all the others, so a fault of ours, met while a
# single seed or article is worked on, is a problem of that seed or article. Faults in what concerns all are not caught.


@dataclass(frozen=True, slots=True)
class _Unread:
    seed: Seed
    publish: Publish


@dataclass(frozen=True, slots=True)
class _Drafted:
    drafts: read.Drafts
    ids: tuple[str | None, ...]
    """As ``read.id_of`` tells them."""
    lines: tuple[Lines, ...]
    """For each draft those of its text, by which lines that recur are found."""


@dataclass(frozen=True, slots=True)
class _Unfinished:
    draft: Draft
    facts: read.SeedFacts
    recurring: tuple[int, ...]
    """Of its lines, those that recur."""


@dataclass(frozen=True, slots=True)
class _Finished:
    article: Article
    own: Article | None
    """The article without the lines that recur; None where it has none."""
    fingerprint: Fingerprint
    before: _Finished | None
    """The same with the head that it had before they recurred, where that was another."""

    def known_by(self, title: str | None) -> _Finished:
        """With the head that readers know."""
        return self.before if self.before and self.before.article.title == title else self

    @classmethod
    def of(cls, article: Article, recurring: frozenset[int], before: _Finished | None = None) -> _Finished:
        """What is told of an article with such lines."""
        own = without(recurring, article) if recurring else article
        return cls(article, None if own is article else own, Fingerprint.of(article), before)


def _draft(unread: _Unread) -> _Drafted | Fault:
    try:
        found = read.draft_seed(unread.seed, read.Defaults(language=None, publish=unread.publish))
        return _Drafted(
            found,
            tuple(read.id_of(draft) for draft in found.drafts),
            tuple(lines_of(draft.paragraphs) for draft in found.drafts),
        )
    except Exception as fault:  # noqa: BLE001 -- see above
        return Fault.met(fault)


def _finish(unfinished: _Unfinished) -> _Finished | Fault:
    recurring = frozenset(unfinished.recurring)
    try:
        article = read.finish(unfinished.draft, unfinished.facts, recurring)
        before = read.as_before(article, unfinished.draft, recurring) if recurring else None
        return _Finished.of(article, recurring, _Finished.of(before, recurring) if before else None)
    except Exception as fault:  # noqa: BLE001 -- see above
        return Fault.met(fault)


def _alone(article: Article) -> Article:
    """As much of an article as a study depends on: moving a text to another seed asks for no new one."""
    return replace(article, id="", seed="", lines=(1, 1), source=None, url=None, directive=None, dues=())


@dataclass(frozen=True, slots=True)
class _Unstudied:
    own: Article
    """Without the lines that recur."""
    whole: Article | None
    """With them; None where there are none."""


def _study(unstudied: _Unstudied) -> Study | Fault:
    article = unstudied.own
    try:
        reading = read_article(article)
        candidates = extraction.extract(article, reading, unstudied.whole)
        return Study(
            candidates=candidates,
            summary=summarise.summarise_article(article),
            surnames=by_surname(candidates, article.language),
            reading=PackedReading.of(reading),
            words=PackedWords.of(article),
        )
    except Exception as fault:  # noqa: BLE001 -- see above
        return Fault.met(fault)
