from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.ledger.claims import Claims
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, TopicLink, Withheld
from digestgen.curate.rulings.rules import RuleIndex
from digestgen.curate.rulings.rulings import ArticleRuling, Rule, Rulings, SlugRef, TopicRuling
from digestgen.curate.visibility import Cause, Verdict, Visibility, similar_slugs
from digestgen.model import Directive
from made import an_article

FILE = "curation.yml"
FIRST = date(2026, 11, 22)
FOX = an_article("x", "Foxes are here.", title="Foxes")
DRAFT = Directive(show=False, says="draft: true", file="week.md", line=2)
NO_DRAFT = Directive(show=True, says="draft: false", file="week.md", line=2)

WITHDRAWN = ArticleLink(slug="fox", id="x", first=FIRST, withdrawn=True)
WITHDRAWN_WITH_TOPIC = replace(WITHDRAWN, topic="animals", by="animals")
WITHHELD = Withheld(id="x")
WITHHELD_WITH_TOPIC = Withheld(id="x", topic="animals", by="animals")
PUBLIC = ArticleLink(slug="fox", id="x", first=FIRST, topic="animals")

HIDE, SHOW, SILENT = (ArticleRuling(line=3, hide=hide) for hide in (True, False, None))
HIDE_TOPIC, SHOW_TOPIC, SILENT_TOPIC = (TopicRuling(line=7, hide=hide) for hide in (True, False, None))
HIDE_FOXES, SHOW_FOXES = (Rule(9, keyword="foxes", hide=hide) for hide in (True, False))
SEND_FOXES = Rule(9, keyword="foxes", topic=SlugRef("animals", 9))
HIDDEN_TOPIC = TopicLink(slug="animals", label="Animals", first=FIRST, withdrawn=True)


def verdict_on(  # noqa: PLR0913 -- each is another who has a say
    topic: str | None = None,
    *,
    directive: Directive | None = None,
    ruling: ArticleRuling | None = None,
    on_topic: TopicRuling | None = None,
    rules: tuple[Rule, ...] = (),
    holds: tuple[ArticleLink | Withheld, ...] = (),
    topics: tuple[TopicLink, ...] = (),
) -> Verdict:
    """The verdict on the fox in a topic."""
    article = replace(FOX, directive=directive)
    rulings = Rulings(
        articles={"fox": ruling} if ruling else {},
        topics={"animals": on_topic} if on_topic else {},
        rules=rules,
    )
    claims = Claims(
        slugs={"x": "fox"},
        known={},
        settled=frozenset(),
        holds={"x": holds} if holds else {},
        sketches={},
        moved={},
        kept={},
        lost=(),
    )
    visibility = Visibility(
        rulings=rulings,
        rules=RuleIndex(rules, [article]),
        ledger=Ledger(topics={link.slug: link for link in topics}),
        claims=claims,
        file=FILE,
    )
    return visibility.of_article(article, topic)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        pytest.param({}, None, id="nothing is said"),
        pytest.param({"directive": DRAFT}, Cause.SEED, id="a draft"),
        pytest.param({"directive": NO_DRAFT}, None, id="no draft"),
        pytest.param({"ruling": HIDE}, Cause.RULING, id="hidden"),
        pytest.param({"ruling": SHOW}, None, id="shown"),
        pytest.param({"ruling": SILENT}, None, id="a ruling on something else"),
        pytest.param({"rules": (HIDE_FOXES,)}, Cause.RULE, id="hidden by a rule"),
        pytest.param({"rules": (SHOW_FOXES, HIDE_FOXES)}, None, id="the first rule counts"),
        pytest.param({"rules": (SEND_FOXES, HIDE_FOXES)}, Cause.RULE, id="a rule that sends says nothing of it"),
        pytest.param({"topic": "animals", "on_topic": HIDE_TOPIC}, Cause.TOPIC, id="a hidden topic"),
        pytest.param({"topic": "animals", "on_topic": SHOW_TOPIC}, None, id="a topic that is shown"),
        pytest.param({"topic": "animals", "on_topic": SILENT_TOPIC}, None, id="a ruling on something else of a topic"),
        pytest.param({"topic": None, "on_topic": HIDE_TOPIC}, None, id="on the shelf"),
        pytest.param({"topic": "plants", "on_topic": HIDE_TOPIC}, None, id="in another topic"),
        # Who has a say in the same matter.
        pytest.param({"directive": DRAFT, "ruling": SHOW}, Cause.SEED, id="a draft stays one, whatever a ruling says"),
        pytest.param({"directive": NO_DRAFT, "ruling": HIDE}, Cause.RULING, id="no draft, but hidden"),
        pytest.param({"directive": NO_DRAFT, "rules": (HIDE_FOXES,)}, Cause.RULE, id="no draft, but a rule hides it"),
        pytest.param({"ruling": SHOW, "rules": (HIDE_FOXES,)}, None, id="a ruling overrules a rule"),
        pytest.param({"ruling": SILENT, "rules": (HIDE_FOXES,)}, Cause.RULE, id="a silent ruling does not"),
        pytest.param({"ruling": HIDE, "rules": (SHOW_FOXES,)}, Cause.RULING, id="nor a rule a ruling"),
        pytest.param(
            {"topic": "animals", "on_topic": HIDE_TOPIC, "ruling": SHOW}, Cause.TOPIC, id="shown, in a hidden topic"
        ),
        # What the ledger remembers.
        pytest.param({"holds": (WITHDRAWN,)}, Cause.EARLIER, id="withdrawn"),
        pytest.param({"holds": (WITHHELD,)}, Cause.EARLIER, id="withheld"),
        pytest.param({"holds": (WITHDRAWN,), "ruling": SILENT}, Cause.EARLIER, id="withdrawn, and a silent ruling"),
        pytest.param({"holds": (WITHDRAWN,), "rules": (SEND_FOXES,)}, Cause.EARLIER, id="withdrawn, and sent"),
        pytest.param({"holds": (WITHDRAWN,), "ruling": SHOW}, None, id="shown again"),
        pytest.param({"holds": (WITHDRAWN, WITHHELD), "ruling": SHOW}, None, id="shown again, with all that it holds"),
        pytest.param({"holds": (WITHHELD,), "directive": NO_DRAFT}, None, id="shown by its seed"),
        pytest.param({"holds": (WITHHELD,), "rules": (SHOW_FOXES,)}, None, id="shown by a rule"),
        pytest.param(
            {"topic": "animals", "on_topic": SHOW_TOPIC, "holds": (WITHHELD,)},
            Cause.EARLIER,
            id="its topic is shown, but it was hidden itself",
        ),
        pytest.param(
            {"topic": "animals", "on_topic": SHOW_TOPIC, "holds": (WITHHELD_WITH_TOPIC,)},
            None,
            id="its topic is shown, and it was hidden for that",
        ),
        pytest.param(
            {"topic": None, "on_topic": SHOW_TOPIC, "holds": (WITHDRAWN_WITH_TOPIC,)},
            None,
            id="the topic that it was hidden with is shown",
        ),
        pytest.param(
            {"topic": "animals", "on_topic": SHOW_TOPIC, "holds": (WITHHELD_WITH_TOPIC, WITHHELD)},
            Cause.EARLIER,
            id="its topic is shown, but it holds what was hidden itself",
        ),
        pytest.param(
            {"topic": "plants", "on_topic": SILENT_TOPIC, "holds": (WITHDRAWN_WITH_TOPIC,)},
            Cause.EARLIER,
            id="it went from a hidden topic to another",
        ),
        pytest.param({"topic": "animals", "topics": (HIDDEN_TOPIC,)}, Cause.TOPIC, id="a topic that was hidden before"),
        pytest.param(
            {"topic": "animals", "topics": (HIDDEN_TOPIC,), "on_topic": SILENT_TOPIC},
            Cause.TOPIC,
            id="a topic that was hidden before, and a silent ruling",
        ),
        pytest.param(
            {"topic": "animals", "topics": (HIDDEN_TOPIC,), "on_topic": SHOW_TOPIC}, None, id="a topic is shown again"
        ),
    ],
)  # fmt: skip
def test_whether_an_article_is_public(said: dict[str, Any], cause: Cause | None) -> None:
    verdict = verdict_on(**said)
    assert (verdict.public, verdict.cause) == (cause is None, cause)


@pytest.mark.parametrize(
    ("said", "where", "says"),
    [
        ({"directive": DRAFT}, "week.md:2", "draft: true"),
        ({"directive": replace(DRAFT, line=None)}, "week.md", "draft: true"),
        ({"ruling": HIDE}, "curation.yml:3", "hide: true"),
        ({"rules": (HIDE_FOXES,)}, "curation.yml:9", "hide: true"),
        ({"topic": "animals", "on_topic": HIDE_TOPIC}, "curation.yml:7", "hide: true"),
        ({"topic": "animals", "topics": (HIDDEN_TOPIC,)}, "", ""),
        ({"holds": (WITHDRAWN,)}, "", ""),
    ],
    ids=["its seed", "a line of a seed that nobody knows", "a ruling", "a rule", "a topic", "a topic of old", "of old"],
)
def test_a_verdict_tells_by_whose_word(said: dict[str, Any], where: str, says: str) -> None:
    verdict = verdict_on(**said)
    assert (verdict.where, verdict.says) == (where, says)


@pytest.mark.parametrize(
    ("said", "explicit"),
    [
        ({}, False),
        ({"ruling": SILENT}, False),
        ({"topic": "animals", "on_topic": SHOW_TOPIC}, False),
        ({"ruling": SHOW}, True),
        ({"directive": NO_DRAFT}, True),
        ({"rules": (SHOW_FOXES,)}, True),
    ],
    ids=["nothing", "a silent ruling", "its topic", "a ruling", "its seed", "a rule"],
)
def test_only_a_word_on_the_article_shows_it_for_certain(said: dict[str, Any], explicit: bool) -> None:  # noqa: FBT001
    verdict = verdict_on(**said)
    assert verdict.public
    assert verdict.explicit is explicit


@given(
    st.fixed_dictionaries(
        {
            "directive": st.sampled_from([None, NO_DRAFT]),
            "ruling": st.sampled_from([None, SILENT, SHOW]),
            "on_topic": st.sampled_from([None, SILENT_TOPIC, SHOW_TOPIC]),
            "rules": st.lists(st.sampled_from([SHOW_FOXES, SEND_FOXES]), max_size=2).map(tuple),
            "topic": st.sampled_from([None, "animals", "plants"]),
            "holds": st.lists(
                st.sampled_from([WITHDRAWN, WITHHELD, WITHDRAWN_WITH_TOPIC, WITHHELD_WITH_TOPIC]),
                min_size=1,
                max_size=3,
            ).map(tuple),
        }
    )
)
def test_nothing_comes_back_without_an_explicit_word(said: dict[str, Any]) -> None:
    shown = said["directive"] is NO_DRAFT or said["ruling"] is SHOW or SHOW_FOXES in said["rules"]
    with_topic = said["on_topic"] is SHOW_TOPIC and all(link.by for link in said["holds"])
    assert verdict_on(**said).public is (shown or with_topic)


@pytest.mark.parametrize(
    ("ruling", "link", "public", "cause"),
    [
        (None, None, True, None),
        (SILENT_TOPIC, None, True, None),
        (HIDE_TOPIC, None, False, Cause.RULING),
        (None, HIDDEN_TOPIC, False, Cause.EARLIER),
        (SILENT_TOPIC, HIDDEN_TOPIC, False, Cause.EARLIER),
        (SHOW_TOPIC, HIDDEN_TOPIC, True, None),
        (HIDE_TOPIC, replace(HIDDEN_TOPIC, withdrawn=False), False, Cause.RULING),
    ],
    ids=["nothing", "silent", "hidden", "hidden before", "hidden before, silent", "shown again", "hidden now"],
)
def test_whether_a_topic_is_public(
    ruling: TopicRuling | None,
    link: TopicLink | None,
    public: bool,  # noqa: FBT001
    cause: Cause | None,
) -> None:
    visibility = Visibility(
        rulings=Rulings(topics={"animals": ruling} if ruling else {}),
        rules=RuleIndex((), ()),
        ledger=Ledger(topics={"animals": link} if link else {}),
        claims=Claims(slugs={}, known={}, settled=frozenset(), holds={}, sketches={}, moved={}, kept={}, lost=()),
        file=FILE,
    )
    verdict = visibility.of_topic("animals")
    assert (verdict.public, verdict.cause) == (public, cause)


SLUGS = {
    "1": "the-secret-clause-of-the-treaty",
    "2": "bakers-blame-the-price-of-flour",
    "3": "the-secret-clause-in-full",
    "4": "zu-viel-wind-um-nichts",
}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("the-secret-clause-of-the-traety", {"1", "3"}),
        ("the-secret-clause", {"1", "3"}),
        ("bakers-blame-the-price-of-flower", {"2"}),
        ("baker-blames-price-of-flour", {"2"}),
        ("zu-viel-wind-um-nichts-mehr", {"4"}),
        ("foxes", set()),
        ("", set()),
    ],
    ids=["two letters exchanged", "cut short", "a word misspelt", "words left out", "a word too many", "none", "empty"],
)
def test_whom_a_mistyped_name_may_mean(name: str, meant: set[str]) -> None:
    assert similar_slugs(SlugRef(name, 1), SLUGS) == meant
