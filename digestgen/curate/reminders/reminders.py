"""Notices about decisions in force: drafts, hidden articles and topics, and rulings without articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from digestgen import routes
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.reminders.neglected import HiddenArticle, outdated_rulings, still_hidden
from digestgen.curate.visibility import Cause, Verdict, Visibility
from digestgen.errors import place
from digestgen.fields import quoted
from digestgen.model import Article

_NAMED = 3
"""Up to this many articles of a seed get a notice each, more a single one."""


def standing_ruling_notices(
    concealed: Sequence[HiddenArticle], visibility: Visibility, ledger: Ledger
) -> tuple[str, ...]:
    """Notices, one line each."""
    hidden = still_hidden(concealed, visibility.rulings, ledger)
    return (
        *_drafts(concealed),
        *_waiting(concealed),
        *_still_hidden_articles(
            [(slug, where) for (kind, slug), where in hidden.items() if kind == "articles"], visibility.file
        ),
        *(_still_hidden_topic(slug, visibility.file) for kind, slug in hidden if kind == "topics"),
        *_unused_rules(visibility),
        *_outdated_rulings(visibility, ledger),
    )


def _drafts(concealed: Iterable[HiddenArticle]) -> list[str]:
    """Whole seeds that are drafts; skipped parts of a dump are not worth a notice."""
    drafts = [each.verdict for each in concealed if each.verdict.cause is Cause.SEED]
    where = sorted({(verdict.where, verdict.says) for verdict in drafts if not verdict.says.startswith("skip")})
    return [f"{place}: is a draft ({says}) and waits; {_remedy(says)} publishes it" for place, says in where]


def _waiting(concealed: Iterable[HiddenArticle]) -> list[str]:
    """Articles waiting for their day, one notice per file and day."""
    found: dict[tuple[str, str], list[Verdict]] = {}
    for each in concealed:
        if each.verdict.cause is Cause.DAY:
            found.setdefault((each.verdict.file, each.verdict.says), []).append(each.verdict)
    notices = []
    for (_, says), verdicts in sorted(found.items()):
        first = min(verdicts, key=lambda verdict: verdict.line or 0)
        more = f", and {len(verdicts) - 1} more of this file with it" if len(verdicts) > 1 else ""
        notices.append(f"{first.where}: waits for its day ({says}){more}")
    return notices


def _remedy(says: str) -> str:
    return "draft: false" if says.startswith("draft") else "draft: false in its place"


def _still_hidden_articles(hidden: Iterable[tuple[str, str]], file: str) -> list[str]:
    by_seed: dict[str, list[tuple[str, str]]] = {}
    for slug, where in hidden:
        by_seed.setdefault(where.rpartition(":")[0], []).append((slug, where))
    notices: list[str] = []
    for seed, kept in sorted(by_seed.items()):
        if len(kept) > _NAMED:
            notices.append(
                f"{seed}: {len(kept)} of its articles stay hidden, as they were; hide: false shows one ({file})"
            )
            continue
        notices += [
            f"{where}: stays hidden, as it was in an earlier edition; to show it, write hide: false under articles: "
            f"{quoted(slug)} in {file}"
            for slug, where in kept
        ]
    return notices


def _still_hidden_topic(slug: str, file: str) -> str:
    return (
        f"{routes.topic(slug)}: stays hidden, as it was in an earlier edition; to show it, write hide: false under "
        f"topics: {quoted(slug)} in {file}"
    )


def _unused_rules(visibility: Visibility) -> list[str]:
    return [
        f"{visibility.file}:{rule.line}: this rule matches no article; check that its {rule.criterion[0]} is spelled so"
        for rule in visibility.rules.unused()
    ]


def _outdated_rulings(visibility: Visibility, ledger: Ledger) -> list[str]:
    """Labels, notes and pins of topics that have lost most of the articles they were written for."""
    rulings = visibility.rulings.topics
    return [
        f"{visibility.file}:{rulings[slug].line}: {quoted(slug)} has kept {share:.0%} of the articles that its label, "
        "note or pin was written for; check that it still fits, and confirm it by rewording it"
        for slug, share in outdated_rulings(visibility.rulings, ledger).items()
    ]


_AHEAD = timedelta(days=1)
"""Time zones: somewhere it is tomorrow already."""
_EPOCH = date(1970, 1, 1)


def future_date_notices(articles: Sequence[Article], today: date) -> list[str]:
    """Notices on articles dated in the future, one per seed; empty if today's date is unknown."""
    if today <= _EPOCH:
        return []
    found: dict[str, list[Article]] = {}
    for article in articles:
        if article.published and article.published > today + _AHEAD:
            found.setdefault(article.seed, []).append(article)
    return [_future_date_notice(sorted(found[seed], key=lambda article: article.lines)) for seed in sorted(found)]


def _future_date_notice(articles: Sequence[Article]) -> str:
    first = articles[0]
    where = place(first.seed, first.lines[0])
    more = f", and {len(articles) - 1} more of this seed are in the future too" if len(articles) > 1 else ""
    hint = f"check that this is intended (publish_on: {first.published} keeps it back until then)"
    return f"{where}: is dated {first.published}, which is in the future{more}; {hint}"
