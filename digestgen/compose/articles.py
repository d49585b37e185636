"""Turn seeds into articles: parse seeds, assign addresses, extract keyphrases and summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.analyse.keyphrases import extraction
from digestgen.analyse.keyphrases.surnames import by_surname
from digestgen.analyse.keyphrases.tokens import PackedTokens, tokenise
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
from digestgen.ingest.own_words import in_own_words
from digestgen.ingest.recurring_lines import Lines, find_recurring, lines_of
from digestgen.language.detection import release_model
from digestgen.model import Article, Keyphrase, Publish, Seed


@dataclass(frozen=True, slots=True)
class Study:
    """Everything that is computed from one article alone."""

    candidates: tuple[Keyphrase, ...]
    summary: tuple[str, ...]
    surnames: Mapping[str, str | None]
    """Surname → full name; see ``by_surname``."""
    tokens: PackedTokens
    words: PackedWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """All articles that could be read and studied, public or not."""

    by_id: Mapping[str, Article]
    """In seed order, with their full text."""
    own: Mapping[str, Article]
    """The same articles in their authors' own words, from which summaries and keyphrases are made."""
    studies: Mapping[str, Study]
    claims: Claims
    visibility: Visibility
    public: frozenset[str]
    """Ids of the articles that are not hidden so far; the topic that an article is placed in may still hide it."""
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    """What was skipped in the seeds."""


def gather(seeds: Iterable[Seed], settings: DigestSettings, curation: Curation, executor: Executor) -> Articles:
    """Read the seeds and study each article; what fails is reported as a problem and left out."""
    texts = _read(seeds, settings, curation.ledger, executor)
    # No text is read after this.
    release_model()
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
    """The articles of all seeds, in seed order."""

    articles: tuple[Article, ...]
    own: tuple[Article, ...]
    """The same in their authors' own words."""
    fingerprints: Mapping[str, Fingerprint]
    """Article id → the fingerprint by which its address is found again."""
    problems: tuple[Problem, ...]
    """What could not be read."""
    notices: tuple[Problem, ...]
    """What was skipped."""


def _read(seeds: Iterable[Seed], settings: DigestSettings, ledger: Ledger, executor: Executor) -> _Texts:
    """The articles of all seeds.

    A title that readers already know is kept even if later articles repeat its line: later seeds change no article.
    Both titles are found at once, so that becoming known asks for no new work.
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
    recurring = find_recurring([lines for one in drafted for lines in one.lines])
    unfinished = [
        _Unfinished(draft, one.drafts.defaults, tuple(sorted(recurring.intersection(line for line, _ in lines))))
        for one in drafted
        for draft, lines in zip(one.drafts.drafts, one.lines, strict=True)
    ]
    ids = [id_ for one in drafted for id_ in one.ids]
    finished: list[_Finished] = []
    for each, id_, done in zip(unfinished, ids, executor.map("Finding titles", _finish, unfinished), strict=True):
        if isinstance(done, Fault):
            problems.append(done.of(each.defaults.name, each.draft.lines[0], "this article"))
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


# The rest runs per seed or article, in any process, and may be cached: it depends on its argument alone. An exception
# there is reported as a problem of that seed or article, so that one text does not cost the reader all the others.
# Exceptions in steps that concern all articles are not caught.


@dataclass(frozen=True, slots=True)
class _Unread:
    seed: Seed
    publish: Publish


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A seed divided into drafts."""

    drafts: read.SeedDrafts
    ids: tuple[str | None, ...]
    """The id of each draft; see ``read.draft_id``."""
    lines: tuple[Lines, ...]
    """The lines of each draft, from which recurring lines are found."""


@dataclass(frozen=True, slots=True)
class _Unfinished:
    draft: Draft
    defaults: read.SeedDefaults
    recurring: tuple[int, ...]
    """The recurring ones among its lines."""


@dataclass(frozen=True, slots=True)
class _Finished:
    article: Article
    own: Article | None
    """The article in its author's own words; None if it has no others."""
    fingerprint: Fingerprint
    before: _Finished | None
    """The same with the title it had before its lines recurred, if that differs."""

    def known_by(self, title: str | None) -> _Finished:
        """Return the version with the title that readers know."""
        return self.before if self.before and self.before.article.title == title else self

    @classmethod
    def of(cls, article: Article, recurring: frozenset[int], before: _Finished | None = None) -> _Finished:
        """Build the result for an article with these recurring lines."""
        own = in_own_words(recurring, article)
        return cls(article, None if own is article else own, Fingerprint.of(article), before)


def _draft(unread: _Unread) -> _Drafted | Fault:
    try:
        found = read.draft_seed(unread.seed, read.Defaults(language=None, publish=unread.publish))
        return _Drafted(
            found,
            tuple(read.draft_id(draft) for draft in found.drafts),
            tuple(lines_of(draft.paragraphs) for draft in found.drafts),
        )
    except Exception as fault:  # noqa: BLE001 -- see above
        return Fault.met(fault)


def _finish(unfinished: _Unfinished) -> _Finished | Fault:
    recurring = frozenset(unfinished.recurring)
    try:
        article = read.finish_draft(unfinished.draft, unfinished.defaults, recurring)
        before = read.as_before(article, unfinished.draft, recurring) if recurring else None
        return _Finished.of(article, recurring, _Finished.of(before, recurring) if before else None)
    except Exception as fault:  # noqa: BLE001 -- see above
        return Fault.met(fault)


def _alone(article: Article) -> Article:
    """The article without the fields that a study does not depend on, so that a moved text is not studied again."""
    return replace(article, id="", seed="", lines=(1, 1), source=None, url=None, directive=None, embargoes=())


@dataclass(frozen=True, slots=True)
class _Unstudied:
    own: Article
    """In its author's own words."""
    whole: Article | None
    """With all others; None if there are none."""


def _study(unstudied: _Unstudied) -> Study | Fault:
    article = unstudied.own
    try:
        tokens = tokenise(article)
        candidates = extraction.extract(article, tokens, unstudied.whole)
        return Study(
            candidates=candidates,
            summary=summarise.summarise_article(article),
            surnames=by_surname(candidates, article.language),
            tokens=PackedTokens.of(tokens),
            words=PackedWords.of(article),
        )
    except Exception as fault:  # noqa: BLE001 -- see above
        return Fault.met(fault)
