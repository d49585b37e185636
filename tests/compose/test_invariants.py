from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from compose.editions import EXECUTOR, FOUR, edition, of_seed
from digestgen.compose.articles import gather
from digestgen.compose.invariants import verify
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.ledger.fingerprint import joined_marks, marks
from digestgen.curate.ledger.ledger import Ledger, Withheld
from digestgen.curate.rulings.rulings import ArticleRuling, Rule, Rulings, TopicRuling
from digestgen.errors import InputError
from digestgen.model import CitedSentence, Digest, FormerAddresses, Keyphrase, Seed, Sidecar

MADE = edition(FOUR)
DIGEST, LEDGER = MADE.digest, MADE.ledger
FIRST = DIGEST.entries[0]
INVENTED = (Keyphrase("Ada Zorn", 0.1),)
OTHER = next(entry for entry in DIGEST.entries if entry.topic != FIRST.topic)


def refusal(
    digest: Digest = DIGEST,
    *,
    rulings: Rulings | None = None,
    before: Ledger = LEDGER,
    after: Ledger = LEDGER,
    seeds: list[Seed] = FOUR,
) -> str:
    """What the check says of a digest that was made of these seeds; nothing where all holds."""
    curation = Curation(rulings=rulings or Rulings(), ledger=before)
    try:
        verify(digest, gather(seeds, DigestSettings(), curation, EXECUTOR), curation, after, EXECUTOR)
    except InputError as error:
        return str(error)
    return ""


def with_entry(**changes: object) -> Digest:
    return replace(DIGEST, entries=(replace(FIRST, **changes), *DIGEST.entries[1:]))


def with_topic(change: Callable[[Any], Any]) -> Digest:
    return replace(DIGEST, topics=(change(DIGEST.topics[0]), *DIGEST.topics[1:]))


def test_a_digest_as_it_is_made_holds() -> None:
    assert refusal() == ""
    assert refusal(before=Ledger()) == ""


@pytest.mark.parametrize(
    ("digest", "said"),
    [
        pytest.param(with_entry(summary=("Nobody ever wrote this.",)), "not in its article", id="an invented sentence"),
        pytest.param(with_entry(summary=OTHER.summary), "not in its article", id="a sentence of another article"),
        pytest.param(
            with_topic(lambda topic: replace(topic, summary=(CitedSentence(OTHER.summary[0], FIRST.article.id),))),
            "not in its article",
            id="a wrong citation",
        ),
        pytest.param(
            with_topic(lambda topic: replace(topic, summary=(CitedSentence("So it is.", "nobody"),))),
            "not in its article nobody",
            id="a citation of no article",
        ),
        pytest.param(with_entry(keyphrases=INVENTED), "a keyphrase is not in its article", id="an invented keyphrase"),
        pytest.param(
            with_topic(lambda topic: replace(topic, keyphrases=INVENTED)),
            "is called 'Ada Zorn', which is in none of its articles",
            id="an invented keyphrase of a topic",
        ),
        pytest.param(with_topic(lambda topic: replace(topic, articles=topic.articles[1:])), "exactly once", id="lost"),
        pytest.param(replace(DIGEST, shelf=(FIRST.article.id,)), "exactly once", id="in a topic and on the shelf"),
        pytest.param(replace(DIGEST, shelf=("nobody",)), "exactly once", id="a place of no article"),
        pytest.param(with_topic(lambda topic: replace(topic, stories=())), "in none of its stories", id="in no story"),
        pytest.param(
            with_topic(lambda topic: replace(topic, stories=topic.stories * 2)), "or in two", id="in a story twice"
        ),
        pytest.param(
            replace(DIGEST, former=FormerAddresses(articles={FIRST.slug: None})),
            "both an article's and a former one",
            id="an address that is two things",
        ),
    ],
)
def test_what_does_not_hold_is_refused(digest: Digest, said: str) -> None:
    message = refusal(digest)
    assert said in message
    assert message.endswith("nothing is written; please report this")


def test_the_curators_own_summary_is_no_quotation() -> None:
    assert refusal(with_entry(summary=("Nobody ever wrote this.",), own_summary=True)) == ""


@pytest.mark.parametrize(
    ("rulings", "settled", "free"),
    [
        pytest.param(Rulings(), "", False, id="made"),
        pytest.param(
            Rulings(topics={DIGEST.topics[0].slug: TopicRuling(line=1, label="Ada Zorn")}), "", True, id="given"
        ),
        pytest.param(Rulings(), "Ada Zorn", True, id="settled"),
        pytest.param(Rulings(), "Bo Zorn", False, id="settled otherwise"),
    ],
)
def test_a_label_stands_in_an_article_of_its_topic_unless_it_was_given(
    rulings: Rulings,
    settled: str,
    free: bool,  # noqa: FBT001
) -> None:
    digest = with_topic(lambda topic: replace(topic, label="Ada Zorn"))
    slug = DIGEST.topics[0].slug
    before = replace(LEDGER, topics={**LEDGER.topics, slug: replace(LEDGER.topics[slug], label=settled)})
    said = refusal(digest, rulings=rulings, before=before)
    assert said == "" if free else "is called 'Ada Zorn', which is in none of its articles" in said


def test_a_label_may_have_a_number_by_which_it_is_told_from_another() -> None:
    digest = with_topic(lambda topic: replace(topic, label=f"{topic.label} 2"))
    assert refusal(digest, before=Ledger()) == ""


def test_all_that_does_not_hold_is_told_at_once() -> None:
    message = refusal(replace(with_entry(summary=("Nobody ever wrote this.",)), shelf=("nobody",)))
    assert len(message.splitlines()) == 2


def test_a_ledger_that_does_not_know_what_readers_see_is_refused() -> None:
    without = replace(LEDGER, articles={slug: LEDGER.articles[slug] for slug in LEDGER.articles if slug != FIRST.slug})
    withdrawn = replace(LEDGER.articles[FIRST.slug], withdrawn=True)
    for after in (without, replace(LEDGER, articles={**LEDGER.articles, FIRST.slug: withdrawn})):
        assert f"does not know {FIRST.slug} as published" in refusal(after=after)


# What was hidden before: read off the ledger as it was, whatever visibility came to.

SHOWN = ArticleRuling(line=1, hide=False)
TEXT = of_seed(DIGEST, "chess-0").article.paragraphs


def before_with(**changes: object) -> Ledger:
    """The ledger in which the first article was something else."""
    link = replace(LEDGER.articles[FIRST.slug], **changes)
    return replace(LEDGER, articles={**LEDGER.articles, FIRST.slug: link})


WITHDRAWN = before_with(withdrawn=True)


def withholding(**known: object) -> Ledger:
    """A ledger that knows nothing but one withheld text."""
    link = Withheld(**{"id": "secret", **known})
    return Ledger(withheld={link.id: link})


PIECE = joined_marks(marks([TEXT[0]]))


@pytest.mark.parametrize(
    ("before", "said"),
    [
        pytest.param(before_with(withdrawn=True), "was withdrawn", id="withdrawn"),
        pytest.param(before_with(withdrawn=True, by=FIRST.topic), "was withdrawn", id="withdrawn with its topic"),
        pytest.param(withholding(id=FIRST.article.id), "was withheld", id="withheld"),
        pytest.param(withholding(id=FIRST.article.id, by=FIRST.topic), "was withheld", id="withheld with its topic"),
        pytest.param(withholding(seed="chess-0.md", marks=PIECE), "holds what was withheld", id="a piece"),
        pytest.param(withholding(seed="other.md", marks=PIECE), "", id="a piece, in another seed"),
        pytest.param(withholding(seed="chess-0.md", marks="abcdef"), "", id="another text of its seed"),
        pytest.param(withholding(), "", id="another text"),
        pytest.param(
            replace(LEDGER, withheld=withholding(seed="chess-0.md", marks=PIECE).withheld),
            "",
            id="what readers have seen before",
        ),
    ],
)  # fmt: skip
def test_what_was_hidden_is_not_public_without_a_word(before: Ledger, said: str) -> None:
    message = refusal(before=before)
    assert said in message
    assert bool(message) is bool(said)


@pytest.mark.parametrize(
    ("before", "rulings", "free"),
    [
        pytest.param(WITHDRAWN, Rulings(articles={FIRST.slug: SHOWN}), True, id="a ruling"),
        pytest.param(
            WITHDRAWN, Rulings(articles={FIRST.slug: ArticleRuling(line=1)}), False, id="a silent ruling"
        ),
        pytest.param(
            WITHDRAWN, Rulings(articles={OTHER.slug: SHOWN}), False, id="a ruling on another article"
        ),
        pytest.param(
            WITHDRAWN, Rulings(rules=(Rule(1, feed="chess-0.md", hide=False),)), True, id="a rule"
        ),
        pytest.param(
            WITHDRAWN, Rulings(rules=(Rule(1, feed="chess-1.md", hide=False),)), False, id="another rule"
        ),
        pytest.param(
            before_with(withdrawn=True, by=FIRST.topic),
            Rulings(topics={FIRST.topic: TopicRuling(line=1, hide=False)}),
            True,
            id="its topic, with which it was hidden",
        ),
        pytest.param(
            WITHDRAWN,
            Rulings(topics={FIRST.topic: TopicRuling(line=1, hide=False)}),
            False,
            id="its topic, but it was hidden itself",
        ),
        pytest.param(
            withholding(id=FIRST.article.id, by="north"),
            Rulings(topics={"north": TopicRuling(line=1, hide=False)}),
            True,
            id="the topic that it was withheld with",
        ),
    ],
)  # fmt: skip
def test_a_word_shows_it(before: Ledger, rulings: Rulings, free: bool) -> None:  # noqa: FBT001
    assert (refusal(rulings=rulings, before=before) == "") is free


def test_the_word_of_a_seed_shows_it() -> None:
    free = [replace(each, sidecar=Sidecar(language="en", name="x.yml", draft=False)) for each in FOUR]
    assert refusal(seeds=free, before=before_with(withdrawn=True)) == ""


@pytest.mark.parametrize(
    ("ruling", "free"),
    [(None, False), (TopicRuling(line=1), False), (TopicRuling(line=1, hide=False), True)],
    ids=["nothing", "a silent ruling", "a word"],
)
def test_a_topic_that_was_hidden_is_not_public_without_a_word(ruling: TopicRuling | None, free: bool) -> None:  # noqa: FBT001
    hidden = replace(LEDGER.topics[DIGEST.topics[0].slug], withdrawn=True)
    before = replace(LEDGER, topics={**LEDGER.topics, hidden.slug: hidden})
    message = refusal(rulings=Rulings(topics={hidden.slug: ruling} if ruling else {}), before=before)
    assert ("was withdrawn" in message) is not free
