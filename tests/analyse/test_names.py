from __future__ import annotations

import pytest

from digestgen.analyse.keyphrases import extract, select
from digestgen.analyse.names import full_names
from digestgen.analyse.occurrence import KeyphraseIndex
from made import an_article, keyphrases


def full(known: dict[str, list[str]], article: str, surname: str, language: str = "en") -> str:
    articles = {id_: an_article(id_, "Text.", language=language) for id_ in known}
    names = full_names({id_: keyphrases(*texts) for id_, texts in known.items()}, articles)
    return " ".join(names.of(article, (surname,)))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({"a": ["Ada Brandt"], "b": ["Brandt"]}, "ada brandt", id="one person"),
        pytest.param({"a": ["Ada Brandt"], "b": ["Brandt"], "c": ["Bo Brandt"]}, "brandt", id="two people"),
        pytest.param({"a": ["Ada Brandt"], "b": ["Brandt", "Bo Brandt"]}, "bo brandt", id="its own before another's"),
        pytest.param({"a": ["Ada Brandt"], "b": ["Ada Brandt", "Bo Brandt"]}, "brandt", id="two in one article"),
        pytest.param({"a": ["ada Brandt"], "b": ["Brandt"]}, "brandt", id="no name before it"),
        pytest.param({"a": ["Northern Brandt"], "b": ["Brandt"]}, "brandt", id="an adjective before it"),
        pytest.param({"a": ["Brandt-based Brandt"], "b": ["Brandt"]}, "brandt", id="half a small word before it"),
        pytest.param(
            {"a": ["Ada Brandt"], **{id_: ["Brandt"] for id_ in "bcdefg"}}, "brandt", id="mostly something else"
        ),
    ],
)
def test_whom_a_surname_stands_for(known: dict[str, list[str]], expected: str) -> None:
    assert full(known, "b", "brandt") == expected


def test_a_common_noun_is_no_surname() -> None:
    assert full({"a": ["Supreme Court"], "b": ["Court"]}, "b", "court") == "court"


def test_german_nouns_are_not_taken_for_surnames_of_other_articles() -> None:
    assert full({"a": ["Lunder Volksblatt"], "b": ["Volksblatt"]}, "b", "volksblatt", "de") == "volksblatt"
    assert full({"a": ["Ada Brandt", "Brandt"], "b": []}, "a", "brandt", "de") == "ada brandt"


def test_a_surname_counts_as_the_person_in_keyphrases_and_where_it_stands() -> None:
    texts = {
        "a": "Ada Brandt opened the mill. Ada Brandt left.",
        "b": "Critics of Brandt met in Oslo. They like Brandt.",
        "c": "The brandt is a bird of Oslo.",
    }
    articles = {id_: an_article(id_, text) for id_, text in texts.items()}
    candidates = {id_: extract(article) for id_, article in articles.items()}
    names = full_names(candidates, articles)
    phrases = select(candidates, articles, names, articles)
    assert all("Ada Brandt" in [phrase.text for phrase in phrases[id_]] for id_ in "ab")
    assert KeyphraseIndex(articles, phrases, names).articles_with(("ada", "brandt")) == ["a", "b"]
