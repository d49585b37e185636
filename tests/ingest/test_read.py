import json
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from digestgen.ingest.read import Defaults, read_seed
from digestgen.model import Directive, Publish, Seed, Sidecar, SplitLine

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


@pytest.mark.parametrize("name", ["a.pdf", "a", ".txt", "a.docx"])
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


def test_what_is_skipped_is_read_as_any_other_article_and_marked() -> None:
    shown = Sidecar(name="a.yml", articles=(SplitLine(line=1),))
    sidecar = Sidecar(name="a.yml", articles=(SplitLine(line=1, skip=True, at=3),))
    (before,) = read_seed(Seed(name="a.txt", text=TEXT, sidecar=shown), DEFAULTS).articles
    reading = read_seed(Seed(name="a.txt", text=TEXT, sidecar=sidecar), DEFAULTS)
    assert reading.problems == ()
    assert reading.articles == (
        replace(before, directive=Directive(show=False, says="skip: true", file="a.yml", line=3)),
    )


HIDDEN = Directive(show=False, says="draft: true", file="a.yml", line=2)
SHOWN = Directive(show=True, says="draft: false", file="a.yml", line=2)
SKIPPED = Directive(show=False, says="skip: true", file="a.yml", line=5)
WORDS: dict[str, tuple[str, str, bool | None, bool | None, Directive | None]] = {
    "nothing is said": ("a.txt", TEXT, None, None, None),
    "of a whole text": ("a.txt", TEXT, True, None, HIDDEN),
    "of a whole text, that it is shown": ("a.txt", TEXT, False, None, SHOWN),
    "of a whole text, against one of it": ("a.txt", TEXT, True, False, HIDDEN),
    "of one article, against the whole": ("a.txt", TEXT, False, True, SKIPPED),
    "of a file in Markdown": ("a.md", TEXT, True, None, HIDDEN),
    "of a file in Markdown, against itself": ("a.md", f"---\ndraft: false\n---\n{TEXT}", True, None, HIDDEN),
    "by Markdown, against the sidecar": (
        "a.md",
        f"---\npublished: false\n---\n{TEXT}",
        False,
        None,
        Directive(show=False, says="published: false", file="a.md", line=2),
    ),
    "by both, that it is shown": (
        "a.md",
        f"---\npublished: true\n---\n{TEXT}",
        False,
        None,
        Directive(show=True, says="published: true", file="a.md", line=2),
    ),
    "of lines of JSON": ("a.jsonl", '{"text": "One."}', True, None, HIDDEN),
    "by a line of JSON, against the sidecar": (
        "a.jsonl",
        '{"text": "One.", "draft": true}',
        False,
        None,
        Directive(show=False, says="draft: true", file="a.jsonl", line=1),
    ),
}


@pytest.mark.parametrize(("name", "text", "draft", "skip", "directive"), WORDS.values(), ids=WORDS)
def test_of_several_words_on_an_article_one_that_withholds_counts(
    name: str,
    text: str,
    draft: bool | None,  # noqa: FBT001 -- a table of cases
    skip: bool | None,  # noqa: FBT001 -- a table of cases
    directive: Directive | None,
) -> None:
    split = None if skip is None else (SplitLine(line=1, skip=skip, at=5),)
    sidecar = Sidecar(name="a.yml", draft=draft, articles=split, key_lines={"draft": 2})
    reading = read_seed(Seed(name=name, text=text, sidecar=sidecar), DEFAULTS)
    assert [article.directive for article in reading.articles] == [directive]


@pytest.mark.parametrize("name", ["a.md", "a.jsonl"])
def test_a_seed_waits_whose_split_withholds_something_and_cannot_be_applied(name: str) -> None:
    sidecar = Sidecar(name="a.yml", articles=(SplitLine(line=1), SplitLine(line=3, skip=True)))
    text = '{"text": "One."}' if name == "a.jsonl" else TEXT
    reading = read_seed(Seed(name=name, text=text, sidecar=sidecar), DEFAULTS)
    assert reading.articles == ()
    assert [str(problem) for problem in reading.problems] == [
        "a.yml: articles: only a .txt seed is split by lines",
        f"{name}: is left out until a.yml is fixed",
    ]


@pytest.mark.parametrize(
    "line", ["draft: true", "published: false", '{"draft": true, "text": "One."}', "drafft = true"]
)
def test_a_text_waits_that_says_it_is_not_to_be_shown_where_that_is_not_read(line: str) -> None:
    reading = read_seed(Seed(name="a.txt", text=f"---\n{line}\n---\n{TEXT}"), DEFAULTS)
    assert reading.articles == ()
    (problem,) = reading.problems
    assert (problem.file, problem.line) == ("a.txt", 2)
    assert "set it in the sidecar" in problem.message


def test_what_is_withheld_does_not_tell_the_language_of_the_others() -> None:
    french = "Le ministre des Affaires étrangères a déclaré que les négociations reprendraient lundi à Paris."
    english = "The prime minister said on Monday that the talks with the opposition would continue next week."
    lines = [
        *([f'{{"text": "{french}", "draft": true}}'] * 3),
        f'{{"text": "{english}"}}',
        '{"text": "Macron, Berlin"}',
    ]
    text = "\n".join(lines)
    reading = read_seed(Seed(name="a.jsonl", text=text), DEFAULTS)
    assert [article.language for article in reading.articles] == ["fr", "fr", "fr", "en", "en"]


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


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl"])
def test_letters_in_parts_make_the_same_article(name: str) -> None:
    text = "Björn Ångström öffnete am Freitag das Café am Zürichsee. Der Bürgermeister kam spät, und der Föhn blies."
    whole, parted = (
        read_seed(
            Seed(name=name, text=json.dumps({"text": each}, ensure_ascii=False) if name == "a.jsonl" else each),
            DEFAULTS,
        )
        for each in (unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))
    )
    assert whole == parted
    assert whole.articles[0].language == "de"
