import json
from datetime import date

import pytest

from digestgen.ingest.read import Defaults, read_seed
from digestgen.model import Publish, Seed, Sidecar, SplitLine

DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)
TEXT = "New bridge opens a year late\nThe bridge over the estuary opened to lorries on Friday.\nIt was a year late."


def test_an_article_of_each_kind() -> None:
    for name, text in {
        "a.txt": TEXT,
        "a.md": "# " + TEXT.replace("\n", "\n\n"),
        "a.jsonl": json.dumps({"title": TEXT.split("\n", 1)[0], "text": TEXT.split("\n", 1)[1]}),
    }.items():
        reading = read_seed(Seed(name=name, text=text), DEFAULTS)
        assert reading.problems == ()
        (article,) = reading.articles
        assert article.title == "New bridge opens a year late"
        assert article.titled
        assert article.paragraphs == ("The bridge over the estuary opened to lorries on Friday.", "It was a year late.")
        assert article.language == "en"
        assert article.seed == name
        assert article.publish is Publish.SUMMARY


@pytest.mark.parametrize("name", ["a.pdf", "a", ".txt", "a.html"])
def test_another_kind_is_a_problem(name: str) -> None:
    reading = read_seed(Seed(name=name, text=TEXT), DEFAULTS)
    assert reading.articles == ()
    assert [problem.file for problem in reading.problems] == [name]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl"])
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_seed_is_a_problem(name: str, text: str) -> None:
    reading = read_seed(Seed(name=name, text=text), DEFAULTS)
    assert (reading.articles, len(reading.problems)) == ((), 1)


def test_the_sidecar_wins_over_defaults_and_the_text_over_the_sidecar() -> None:
    sidecar = Sidecar(name="a.yml", source="RT", language="de", publish=Publish.FULL, published=date(2025, 10, 20))
    (article,) = read_seed(Seed(name="a.txt", text=TEXT, sidecar=sidecar), Defaults("fr", Publish.SUMMARY)).articles
    assert (article.source, article.language, article.publish) == ("RT", "de", Publish.FULL)
    assert article.published == date(2025, 10, 20)
    front = "---\nsource: BBC\npublish: summary\n---\n" + TEXT
    (article,) = read_seed(Seed(name="a.md", text=front, sidecar=sidecar), DEFAULTS).articles
    assert (article.source, article.publish, article.language) == ("BBC", Publish.SUMMARY, "de")


def test_a_title_from_the_sidecar_changes_no_id() -> None:
    split = (SplitLine(line=1, title="Bridge late", source="BBC"),)
    told = Seed(name="a.txt", text=TEXT, sidecar=Sidecar(name="a.yml", source="RT", articles=split))
    (before,) = read_seed(Seed(name="b.txt", text=TEXT), DEFAULTS).articles
    (after,) = read_seed(told, DEFAULTS).articles
    assert before.id == after.id
    assert (after.title, after.titled, after.source, after.boundary_confidence) == ("Bridge late", True, "BBC", 1.0)


def test_a_seed_of_which_all_is_skipped_is_no_problem() -> None:
    sidecar = Sidecar(name="a.yml", articles=(SplitLine(line=1, skip=True),))
    reading = read_seed(Seed(name="a.txt", text=TEXT, sidecar=sidecar), DEFAULTS)
    assert (reading.articles, reading.problems) == ((), ())


@pytest.mark.parametrize("name", ["a.md", "a.jsonl"])
def test_a_split_is_for_text_seeds_only(name: str) -> None:
    sidecar = Sidecar(name="a.yml", articles=(SplitLine(line=1),))
    text = '{"text": "One."}' if name == "a.jsonl" else "One."
    reading = read_seed(Seed(name=name, text=text, sidecar=sidecar), DEFAULTS)
    assert len(reading.articles) == 1
    assert [problem.file for problem in reading.problems] == ["a.yml"]


def test_a_given_id_is_kept() -> None:
    reading = read_seed(Seed(name="a.jsonl", text='{"id": "bbc-7", "text": "One."}'), DEFAULTS)
    assert [article.id for article in reading.articles] == ["bbc-7"]


def test_short_articles_take_the_language_of_their_seed() -> None:
    text = "\n".join(
        f'{{"text": "{line}"}}'
        for line in (
            "Le ministre des Affaires étrangères a déclaré que les négociations reprendraient lundi à Paris.",
            "Macron à Berlin",
            "Les syndicats ont appelé à une nouvelle journée de grève contre la réforme des retraites jeudi prochain.",
            "The prime minister said on Monday that the talks with the opposition parties would continue next week.",
        )
    )
    reading = read_seed(Seed(name="a.jsonl", text=text), DEFAULTS)
    assert [article.language for article in reading.articles] == ["fr", "fr", "fr", "en"]
