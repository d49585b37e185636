from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from compose.editions import seed
from digestgen.analyse.keyphrases import extraction
from digestgen.analyse.summaries import summarise
from digestgen.compose.articles import Articles, gather
from digestgen.compose.digest import compose
from digestgen.compose.executor import SerialExecutor
from digestgen.curate.curation import Curation
from digestgen.curate.files.settings import DigestSettings
from digestgen.curate.ledger.ledger import ArticleLink, Ledger, Withheld
from digestgen.curate.rulings.rulings import ArticleRuling, Rule, Rulings, TopicRuling
from digestgen.errors import Problem
from digestgen.ingest import read
from digestgen.model import Publish, Seed, Sidecar
from made import BRIDGE, FOX

GOOD = Seed(name="good.txt", text="Bread is dearer in Paris.\n\nBakers in Paris blame the price of flour for it.\n")
BAD = Seed(name="bad.txt", text="A poisonous story about Rome.\n\nNobody in Rome can bear to read it.\n")


def gathered(*seeds: Seed, settings: DigestSettings | None = None, **curation: object) -> Articles:
    return gather(seeds, settings or DigestSettings(), Curation(**curation), SerialExecutor())


def names(articles: Articles) -> list[str]:
    return [article.seed for article in articles.by_id.values()]


def test_articles_come_in_the_order_of_their_seeds_and_lines() -> None:
    dump = Seed(name="b.txt", text="\n".join([*FOX, *BRIDGE]))
    one = gathered(GOOD, dump, seed("chess", 1))
    assert names(one) == ["b.txt", "b.txt", "chess-1.md", "good.txt"]
    assert [article.lines[0] for article in one.by_id.values()][:2] == [1, 5]
    other = gathered(seed("chess", 1), dump, GOOD)
    assert (other.by_id, other.studies, other.claims) == (one.by_id, one.studies, one.claims)
    assert one.studies.keys() == one.by_id.keys() == one.public
    assert all(study.candidates and study.summary for study in one.studies.values())


def test_how_much_is_shown_follows_the_settings() -> None:
    full = gathered(GOOD, settings=DigestSettings(publish=Publish.FULL))
    assert {article.publish for article in full.by_id.values()} == {Publish.FULL}


(ID,) = gathered(GOOD).by_id
SLUG = gathered(GOOD).claims.slugs[ID]


@pytest.mark.parametrize(
    ("seed", "curation"),
    [
        pytest.param(replace(GOOD, sidecar=Sidecar(name="good.yml", draft=True)), {}, id="a draft"),
        pytest.param(GOOD, {"rulings": Rulings(articles={SLUG: ArticleRuling(line=1, hide=True)})}, id="hidden"),
        pytest.param(GOOD, {"rulings": Rulings(rules=(Rule(1, keyword="flour", hide=True),))}, id="hidden by a rule"),
        pytest.param(
            GOOD,
            {"ledger": Ledger(articles={SLUG: ArticleLink(slug=SLUG, id=ID, withdrawn=True)})},
            id="withdrawn before",
        ),
        pytest.param(GOOD, {"ledger": Ledger(withheld={ID: Withheld(id=ID)})}, id="withheld before"),
    ],
)
def test_what_is_not_public_is_studied_too(seed: Seed, curation: dict[str, Any]) -> None:
    """By it, the others are compared: hiding an article must move no other."""
    found = gathered(seed, BAD, **curation)
    assert names(found) == ["bad.txt", "good.txt"]
    assert ID in found.studies
    assert ID not in found.public
    assert len(found.public) == 1


def test_a_topic_has_no_say_before_articles_are_placed() -> None:
    link = ArticleLink(slug=SLUG, id=ID, topic="bread")
    rulings = Rulings(topics={"bread": TopicRuling(line=1, hide=True)})
    assert gathered(GOOD, ledger=Ledger(articles={SLUG: link}), rulings=rulings).public == {ID}


def refusing(function: Callable[..., Any], poison: str) -> Callable[..., Any]:
    def refuse(thing: object, *rest: object) -> Any:  # noqa: ANN401
        if poison in str(thing):
            raise ZeroDivisionError("of no\nuse")
        return function(thing, *rest)

    return refuse


FAULTS = [
    pytest.param(read, "draft_seed", None, id="a seed that cannot be read"),
    pytest.param(read, "finish_draft", 1, id="an article that cannot be given a title"),
    pytest.param(extraction, "extract", 1, id="an article that cannot be studied"),
    pytest.param(summarise, "summarise_article", 1, id="an article that cannot be summarised"),
]


@pytest.mark.parametrize(("module", "function", "line"), FAULTS)
def test_a_fault_in_one_text_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch, module: object, function: str, line: int | None
) -> None:
    monkeypatch.setattr(module, function, refusing(getattr(module, function), "poisonous"))
    composed = compose([BAD, GOOD], DigestSettings())
    assert {entry.article.seed for entry in composed.digest.entries} == {"good.txt"}
    (problem,) = composed.problems
    assert (problem.file, problem.line) == ("bad.txt", line)
    assert "ZeroDivisionError: of no use" in problem.message


@pytest.mark.parametrize(("module", "function", "line"), FAULTS)
def test_what_a_fault_leaves_out_is_not_lost(
    monkeypatch: pytest.MonkeyPatch, module: object, function: str, line: int | None
) -> None:
    before = compose([BAD, GOOD], DigestSettings()).ledger
    monkeypatch.setattr(module, function, refusing(getattr(module, function), "poisonous"))
    composed = compose([BAD, GOOD], DigestSettings(), Curation(ledger=before))
    assert [(problem.file, problem.line) for problem in composed.problems] == [("bad.txt", line)]
    assert composed.ledger.articles.keys() == before.articles.keys()
    assert composed.digest.former.articles == {}


def test_what_cannot_be_read_is_told_by_file_and_line() -> None:
    lines = Seed(name="w.jsonl", text='{"text": "It rained in Sandby all of Sunday."}\n{"text": 7}\n')
    found = gathered(lines, GOOD)
    assert names(found) == ["good.txt", "w.jsonl"]
    assert [(problem.file, problem.line) for problem in found.problems] == [("w.jsonl", 2)]
    assert all(isinstance(problem, Problem) for problem in found.problems)


NOTICES = ("We use cookies to improve your visit", "Sign up for our newsletter", "By Anna Berg, our own correspondent.")
LEADS = (
    "The bridge over the estuary opened to lorries, a year later than engineers had promised the town.",
    "Foxes have moved into the city in numbers that surprise biologists, a survey of gardens shows.",
    "Bakers in Paris blame the price of flour for bread that is dearer than it ever was in any summer.",
)


def noticed(number: int, day: str = "") -> Seed:
    text = "\n\n".join([*NOTICES[:2], LEADS[number], NOTICES[2], BODIES[number]])
    return Seed(name=f"{day}{number}.md", text=text, sidecar=Sidecar(language="en"))


BODIES = (
    "The steel of the bridge had rusted before it was painted. Lorries will pay a toll until the steel is paid for.",
    "Gardens with hens were visited twice as often as those without. The survey counted foxes in four hundred.",
    "Mills in the south have raised their prices twice since the harvest. A loaf costs a tenth more than it did.",
)


def test_lines_that_recur_are_neither_title_nor_summary_nor_keyphrase() -> None:
    found = gathered(*(noticed(number) for number in range(3)))
    for article, lead in zip(found.by_id.values(), LEADS, strict=True):
        study = found.studies[article.id]
        assert article.paragraphs[:2] == NOTICES[:2]
        assert NOTICES[2] in article.paragraphs
        assert lead.startswith(article.title.rstrip("…"))
        assert not set(study.summary) & set(NOTICES)
        said = " ".join(phrase.text.lower() for phrase in study.candidates)
        assert not any(word in said for word in ("cookies", "newsletter", "berg", "correspondent"))


def test_a_title_that_readers_know_outlives_later_articles() -> None:
    first = compose([noticed(0), noticed(1)], DigestSettings())
    titles = {entry.slug: entry.article.title for entry in first.digest.entries}
    later = compose([noticed(0), noticed(1), noticed(2)], DigestSettings(), Curation(ledger=first.ledger))
    now = {entry.slug: entry.article.title for entry in later.digest.entries}
    assert {slug: now[slug] for slug in titles} == titles
    (new,) = (title for slug, title in now.items() if slug not in titles)
    assert LEADS[2].startswith(new.rstrip("…"))


def test_articles_that_stand_in_one_line_are_told_apart() -> None:
    """As in a feed that is written without a line break."""
    bodies = [f"{LEADS[number]} {BODIES[number]}" for number in range(3)]
    items = "".join(f"<item><guid>same</guid><description>{NOTICES[2]} {body}</description></item>" for body in bodies)
    feed = Seed(name="all.xml", text=f'<rss version="2.0"><channel><title>Quay</title>{items}</channel></rss>')
    found = gathered(feed)
    assert len(found.by_id) == 3
    assert {article.lines for article in found.by_id.values()} == {(1, 1)}
    for id_, article in found.by_id.items():
        assert found.own[id_].paragraphs[-1].split()[-1] == article.paragraphs[-1].split()[-1]
        assert found.studies[id_].summary[0] in " ".join(article.paragraphs)


def test_words_that_a_line_parts_are_no_keyphrase() -> None:
    """Without the line between them, they would stand side by side."""
    parted = ("They quarrelled about the harbour", NOTICES[1], "logo of the port, and nobody knew why.", BODIES[0])
    texts = [(LEADS[0], *parted), *((LEADS[number], NOTICES[1], BODIES[number]) for number in (1, 2))]
    seeds = [
        Seed(name=f"{number}.md", text="\n\n".join(text), sidecar=Sidecar(language="en"))
        for number, text in enumerate(texts)
    ]
    phrases = {phrase.text for entry in compose(seeds, DigestSettings()).digest.entries for phrase in entry.keyphrases}
    assert "port" in phrases
    assert "harbour logo" not in phrases
