from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digestgen.compose.digest import compose
from digestgen.curate.curation import Curation
from digestgen.curate.explain.address_query import parse_address_query
from digestgen.curate.explain.explain import RecordedEdition, explain
from digestgen.curate.explain.explanation import Explanation
from digestgen.curate.ledger.ledger import Ledger
from digestgen.curate.rulings.rulings_file import read_rulings
from digestgen.model import PhraseFit
from digestgen.seed_folder import read_seed_folder

FILE = "curation.yml"
TODAY = date(2026, 11, 22)
DOCKERS = "dockers-offer-to-move-the-port-ellery-crane-themselves"
DOCKERS_AGAIN = "twelve-former-dockers-have-offered-to-take-the-steam-crane"
MASTER = "the-harbour-master-wants-the-old-crane-gone-before-the"
FROST = "a-late-frost-has-cost-the-orchards-of-the-velm-valley-half"
FUND = "frost-fund-for-velm-valley-growers"
CHESS = "chess-club-turns-a-hundred"


def known(project: Path, rulings: str, ledger: Ledger | None = None) -> RecordedEdition:
    """The edition of the harbour case under some rulings."""
    folder = read_seed_folder(project / "tests" / "cases" / "harbour" / "seeds")
    read, problems = read_rulings(rulings, FILE)
    assert not problems
    curation = Curation(rulings=read, rulings_name=FILE, ledger=ledger or Ledger(), day=TODAY)
    composition = compose(folder.seeds, folder.settings, curation)
    return RecordedEdition(digest=composition.digest, ledger=composition.ledger, rulings=read, rulings_name=FILE)


def explained(project: Path, name: str, rulings: str = "") -> Explanation:
    """Why what goes by a name is as it is, in the edition after the first."""
    before = known(project, "").ledger
    return explain(parse_address_query(name), known(project, rulings, before))


@pytest.mark.parametrize("name", [FROST, f"articles/{FROST}", f"https://example.org/d/articles/{FROST}/"])
def test_an_article(project: Path, name: str) -> None:
    found = explained(project, name)
    assert (found.topic, found.former) == (None, ())
    article = found.article
    assert article
    assert (article.slug, article.first, article.rulings, article.former) == (FROST, TODAY, (), ())
    assert article.topic
    assert article.topic.slug == article.proposed == "frost"
    shares = [shared.share for shared in article.topic.shared]
    assert shares == sorted(shares, reverse=True)
    assert 0.5 < sum(shares) <= 1.000005
    assert 0 < article.topic.similarity < 1
    assert article.nearest is None or article.nearest.similarity < article.topic.similarity
    assert article.story
    assert article.story.articles == 2
    assert [other.slug for other in article.related] == [FUND]
    assert article.related[0].reasons


def test_an_article_on_the_shelf(project: Path) -> None:
    article = explained(project, CHESS).article
    assert article
    assert (article.topic, article.proposed, article.story) == (None, None, None)


def test_a_reprint_and_what_it_repeats_name_each_other(project: Path) -> None:
    again, first = explained(project, DOCKERS_AGAIN).article, explained(project, DOCKERS).article
    assert again
    assert first
    assert again.reprint_of
    assert again.reprint_of.slug == DOCKERS
    assert [other.slug for other in first.reprints] == [DOCKERS_AGAIN]
    assert again.topic == first.topic


def test_a_topic(project: Path) -> None:
    found = explained(project, "frost")
    assert found.article is None
    topic = found.topic
    assert topic
    assert (topic.label, topic.first, topic.rulings, topic.former) == ("Frost", TODAY, (), ())
    assert topic.holds
    for hold in topic.holds:
        assert hold.f1 == round(2 * hold.inside / (hold.inside + hold.outside + len(topic.members)), 6)
    assert topic.holds[0].f1 == max(hold.f1 for hold in topic.holds)
    assert {member.slug for member in topic.members} == {FROST, FUND}
    similarities = [member.similarity for member in topic.members]
    assert similarities == sorted(similarities, reverse=True)
    assert "finds its articles" in topic.label_because


def test_a_name_that_the_curator_gave(project: Path) -> None:
    topic = explained(project, "frost", "topics:\n  frost:\n    label: Frost\n").topic
    assert topic
    assert topic.label_because == "named by the curator (curation.yml:2)"
    assert [(decision.line, decision.says) for decision in topic.rulings] == [(2, "gives its name")]


def a_hold(text: str, f1: float) -> PhraseFit:
    return PhraseFit(text, f1, 2, 1)


@pytest.mark.parametrize(
    ("label", "others", "holds", "expected"),
    [
        ("Frost", [], [a_hold("frost", 0.8), a_hold("apples", 0.6)], "no other keyphrase finds its articles better"),
        ("Frosts", [], [a_hold("frost", 0.8)], "no other keyphrase finds its articles better"),
        ("Apples", ["Frost"], [a_hold("frost", 0.8), a_hold("apples", 0.6)], "but another topic has that name"),
        ("Apples", [], [a_hold("frost", 0.8), a_hold("apples", 0.6)], "(F1 0.80 against 0.60), but not so much"),
        ("Velm: frost", [], [a_hold("frost", 0.8), a_hold("Velm", 0.2)], "“Velm” is in all of them"),
        ("A late frost has cost", [], [], "the first words of one of its articles"),
        ("Weather", [], [], "it keeps the name that it had"),
    ],
    ids=["best", "another ending", "taken", "nearly the best", "with a name", "a title", "from before"],
)
def test_why_a_topic_is_called_so(
    project: Path, label: str, others: list[str], holds: list[PhraseFit], expected: str
) -> None:
    edition = known(project, "")
    topic = next(topic for topic in edition.digest.topics if topic.slug == "frost")
    topics = [replace(topic, slug=other, label=other) for other in others]
    changed = replace(topic, label=label, holds=tuple(holds))
    digest = replace(edition.digest, topics=(changed, *topics))
    found = explain(parse_address_query("topics/frost"), replace(edition, digest=digest)).topic
    assert found
    assert expected in found.label_because


MOVED = f"""\
topics:
  frost:
    articles:
      add: [{MASTER}]
"""


def test_an_article_that_the_curator_moved(project: Path) -> None:
    article = explained(project, MASTER, MOVED).article
    assert article
    assert article.topic
    assert (article.topic.slug, article.proposed) == ("frost", "steam-crane")
    assert [decision.line for decision in article.rulings] == [4]


@pytest.mark.parametrize("first", [True, False], ids=["in a first edition", "in a later one"])
def test_a_ruling_moves_only_the_article_that_it_names(project: Path, first: bool) -> None:  # noqa: FBT001
    edition = known(project, MOVED, None if first else known(project, "").ledger)
    article = explain(parse_address_query(DOCKERS), edition).article
    assert article
    assert article.topic
    assert (article.topic.slug, article.proposed, article.rulings) == ("steam-crane", "steam-crane", ())


def test_a_reprint_stands_with_what_it_repeats(project: Path) -> None:
    article = explained(project, DOCKERS_AGAIN, MOVED.replace(MASTER, DOCKERS)).article
    assert article
    assert article.topic
    assert (article.topic.slug, article.proposed) == ("frost", "steam-crane")
    assert [decision.says for decision in article.rulings] == [f"puts “{DOCKERS}”, which it repeats, into “frost”"]


def test_an_article_that_the_curator_took_out(project: Path) -> None:
    rulings = f"topics:\n  frost:\n    articles:\n      remove: [{FROST}]\n"
    article = explained(project, FROST, rulings).article
    assert article
    assert (article.topic, article.proposed, article.story) == (None, "frost", None)
    assert article.nearest
    assert article.nearest.slug == "frost"
    assert [(decision.line, decision.says) for decision in article.rulings] == [(4, "takes it out of “frost”")]


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("  - {keyword: blindfold, topic: frost}\n", [(2, "sends it to “frost”, by its keyword")]),
        (
            "  - {source: Land Wire, hide: false}\n  - {keyword: chess, topic: frost}\n",
            [(2, "shows it, by its source"), (3, "sends it to “frost”, by its keyword")],
        ),
    ],
    ids=["sent", "shown and sent"],
)
def test_an_article_that_goes_by_rules(project: Path, rules: str, says: list[tuple[int, str]]) -> None:
    article = explained(project, CHESS, f"rules:\n{rules}").article
    assert article
    assert article.topic
    assert (article.topic.slug, article.proposed) == ("frost", None)
    assert [decision.line for decision in article.rulings] == [line for line, _ in says]
    assert all(decision.says.startswith(said) for decision, (_, said) in zip(article.rulings, says, strict=True))


def test_a_ruling_on_an_article_is_above_a_rule(project: Path) -> None:
    rulings = f"rules: [{{keyword: chess, topic: frost}}]\ntopics: {{steam-crane: {{articles: {{add: [{CHESS}]}}}}}}\n"
    article = explained(project, CHESS, rulings).article
    assert article
    assert article.topic
    assert (article.topic.slug, article.proposed) == ("steam-crane", None)
    assert [decision.says for decision in article.rulings] == [
        "sends it to “frost”, by its keyword “chess”; curation.yml:2 overrules it",
        "puts it into “steam-crane”",
    ]


def test_a_reprint_is_sent_by_the_rules_on_what_it_repeats_and_hidden_by_its_own(project: Path) -> None:
    rules = "rules:\n  - {feed: wire, topic: steam-crane}\n  - {feed: wire, hide: false}\n"
    article = explained(project, DOCKERS_AGAIN, rules).article
    assert article
    assert [decision.line for decision in article.rulings] == [3]


MERGED = "topics:\n  frost:\n    merge: [steam-crane]\n"


def test_a_topic_that_was_folded_into_another(project: Path) -> None:
    (former,) = explained(project, "steam-crane", MERGED).former
    assert (former.path, former.to) == ("topics/steam-crane", "topics/frost")
    topic = explained(project, "frost", MERGED).topic
    assert topic
    assert topic.former == ("topics/steam-crane",)
    article = explained(project, MASTER, MERGED).article
    assert article
    assert article.proposed == "steam-crane"
    assert [decision.line for decision in article.rulings] == [3]


@pytest.mark.parametrize(
    "rulings",
    [f"articles:\n  {CHESS}:\n    hide: true\n", "rules:\n  - {keyword: chess, hide: true}\n"],
    ids=["by a ruling", "by a rule"],
)
def test_an_article_that_is_hidden(project: Path, rulings: str) -> None:
    found = explained(project, CHESS, rulings)
    assert found.article is None
    assert [(former.path, former.to) for former in found.former] == [(f"articles/{CHESS}", None)]
    assert "its page says that it was withdrawn" in found.former[0].why


def test_what_is_hidden_with_its_topic(project: Path) -> None:
    rulings = "topics:\n  frost:\n    hide: true\n"
    for path in (f"articles/{FROST}", "topics/frost"):
        found = explained(project, path, rulings)
        assert (found.article, found.topic) == (None, None)
        assert [(former.path, former.to) for former in found.former] == [(path, None)]
        assert "hidden in curation.yml:2" in found.former[0].why


@pytest.mark.parametrize("name", ["nothing-of-the-kind", f"topics/{FROST}", "articles/frost", ""])
def test_nothing_goes_by_the_name(project: Path, name: str) -> None:
    assert explained(project, name).empty
