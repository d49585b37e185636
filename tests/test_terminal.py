"""Terminal output as a curator sees it: at a given width, without colour."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from digestgen.curate.explain.applied_rulings import AppliedRuling
from digestgen.curate.explain.explanation import (
    ArticleExplanation,
    Explanation,
    Member,
    RelatedItem,
    SharedPhrase,
    StorySummary,
    TitledSlug,
    TopicExplanation,
    TopicSimilarity,
)
from digestgen.curate.ledger.former_addresses import FormerAddress
from digestgen.model import PhraseFit
from digestgen.publish.wording import count
from digestgen.terminal.as_json import as_json
from digestgen.terminal.explanation import print_explanation
from digestgen.terminal.layout import line, rows


def a_console(width: int = 80) -> tuple[Console, StringIO]:
    page = StringIO()
    return Console(file=page, width=width, highlight=False), page


def explained(width: int = 80, **parts: object) -> str:
    console, page = a_console(width)
    print_explanation(Explanation(**{"article": None, "topic": None, "former": (), **parts}), console)
    return page.getvalue()


@pytest.mark.parametrize(
    ("number", "nouns", "expected"),
    [
        (0, ("article",), "0 articles"),
        (1, ("article",), "1 article"),
        (1234, ("address", "addresses"), "1,234 addresses"),
    ],
)
def test_counts(number: int, nouns: tuple[str, ...], expected: str) -> None:
    assert count(number, *nouns) == expected


def test_lines_stand_under_themselves_and_end_where_their_text_ends() -> None:
    console, page = a_console(30)
    line(console, "one two three four five six seven", sign="+", style="green")
    assert page.getvalue() == "  + one two three four five\n    six seven\n"


def test_a_square_bracket_is_a_square_bracket() -> None:
    console, page = a_console()
    line(console, "[red]Budget[/red] talks", sign="+")
    rows(console, [("[b]", "[i]", "[bold]x")])
    assert page.getvalue() == "  + [red]Budget[/red] talks\n  [b]  [i]  [bold]x\n"


def test_a_slug_is_not_broken_in_80_columns() -> None:
    slug = "x" * 60
    topic = replace(TOPIC, members=(Member(slug, "A title", 0.3, reprint=False),))
    assert slug in explained(topic=topic)


ARTICLE = ArticleExplanation(
    slug="fox-in-town",
    title="A fox in town",
    titled=False,
    source=None,
    seed="week.txt",
    lines=(3, 9),
    boundary_confidence=0.8,
    first=date(2026, 11, 22),
    topic=TopicSimilarity(
        slug="foxes", label="Foxes", similarity=0.31, shared=(SharedPhrase("fox", 0.6), SharedPhrase("town", 0.1))
    ),
    nearest=TopicSimilarity(slug="hens", label="Hens", similarity=0.1, shared=(SharedPhrase("hen", 1.0),)),
    proposed="hens",
    story=StorySummary("fox", "Fox hunt", 2),
    reprint_of=None,
    reprints=(TitledSlug("again", "A fox again"),),
    related=(RelatedItem("den", "The den", ("fox", "earth")),),
    rulings=(AppliedRuling("curation.yml", 4, "puts it into “foxes”"),),
    former=("articles/old-fox",),
)
TOPIC = TopicExplanation(
    slug="foxes",
    label="Foxes",
    label_because="no other keyphrase finds its articles better (F1 0.80)",
    first=None,
    holds=(PhraseFit("foxes", 0.8, 2, 1), PhraseFit("den", 0.5, 2, 0)),
    members=(Member("a", "A", 0.4, reprint=False), Member("b", "B", 0.2, reprint=True)),
    stories=(StorySummary("fox", "Fox hunt", 2), StorySummary("x", "X", 1)),
    related=(RelatedItem("hens", "Hens", ("hen",)),),
    rulings=(),
    former=("topics/vixens",),
)


def test_an_article() -> None:
    assert (
        explained(article=ARTICLE)
        == """\
Article: A fox in town
  articles/fox-in-town

  Source     unknown
  Seed       week.txt, lines 3–9; the title was made from the text
  Boundary   confidence 0.80 that an article starts there
  Since      2026-11-22
  Reprints   A fox again
             again
  Topic      Foxes (foxes), similarity 0.31: fox 60%, town 10%, other words 30%
             without the rulings: hens
  Runner-up  Hens (hens), similarity 0.10: hen 100%
  Story      Fox hunt, 2 articles
  Related    The den: fox, earth
             den
  Rulings    curation.yml:4 puts it into “foxes”
  Formerly   articles/old-fox
"""
    )


def test_an_article_on_the_shelf() -> None:
    text = explained(article=replace(ARTICLE, topic=None, nearest=None, proposed=None, lines=(3, 3)))
    for words in ("none: it is on the shelf\n", "Nearest   none comes near\n", "week.txt, line 3;"):
        assert words in text
    assert "without the rulings" not in text


def test_a_topic() -> None:
    assert (
        explained(topic=TOPIC)
        == """\
Topic: Foxes
  topics/foxes

  Label     no other keyphrase finds its articles better (F1 0.80)
  Since     never published
  Held by   F1 0.80  foxes: in 2 of its 2 articles, 1 elsewhere
            F1 0.50  den: in 2 of its 2 articles, nowhere else
  Articles  0.40  A
                  a
            0.20  B (a reprint)
                  b
  Stories   Fox hunt, 2 articles
            and 1 article alone
  Related   Hens (hens): hen
  Formerly  topics/vixens
"""
    )


def test_an_address_of_old() -> None:
    text = explained(former=(FormerAddress(path="topics/vixens", to="topics/foxes", why="folded by curation.yml:3"),))
    assert text == "topics/vixens\n  Leads to  topics/foxes\n  Because   folded by curation.yml:3\n"
    text = explained(former=(FormerAddress(path="articles/hen", to=None, why="hidden in curation.yml:6"),))
    assert text == "articles/hen\n  Gone  hidden in curation.yml:6\n"


def test_an_article_and_a_topic_of_one_name_are_both_shown() -> None:
    text = explained(article=ARTICLE, topic=TOPIC)
    assert "Topic: Foxes\n" in text
    assert "\n\nArticle: A fox in town\n" in text


def test_json_is_sorted_and_complete() -> None:
    told = as_json(Explanation(article=ARTICLE, topic=None, former=()))
    read = json.loads(told)
    assert list(read) == sorted(read)
    assert read["article"]["first"] == "2026-11-22"
    assert read["article"]["topic"]["shared"][0] == {"phrase": "fox", "share": 0.6}
