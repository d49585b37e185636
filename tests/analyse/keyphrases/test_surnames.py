from __future__ import annotations

import pytest

from digestgen.analyse.keyphrases.extraction import extract, select
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import FullNames, full_names
from made import an_article, keyphrases


def names_in(known: dict[str, list[str]], language: str = "en") -> FullNames:
    articles = {id_: an_article(id_, "Text.", language=language) for id_ in known}
    return full_names({id_: keyphrases(*texts) for id_, texts in known.items()}, articles)


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        pytest.param(["Ada Brandt"], "Brandt", "Ada Brandt", id="one person"),
        pytest.param(["Ada Brandt", "Bo Brandt"], "Brandt", "Brandt", id="two people"),
        pytest.param(["Ada Brandt", "Skipper Ada Brandt"], "Brandt", "Ada Brandt", id="one of them with her office"),
        pytest.param(["Ada Brandt"], "Brandts", "Brandts", id="another form"),
        pytest.param(["Ada Brandt"], "brandt", "brandt", id="a common noun"),
        pytest.param(["Ada Brandt"], "BRANDT", "BRANDT", id="an abbreviation"),
        pytest.param(["Ada Brandt"], "Brandt News", "Brandt News", id="part of another name"),
        pytest.param(["ada Brandt"], "Brandt", "Brandt", id="no name before it"),
        pytest.param(["Northern Brandt"], "Brandt", "Brandt", id="an adjective before it"),
        pytest.param(["Brandt-based Brandt"], "Brandt", "Brandt", id="half a small word before it"),
        pytest.param(["Supreme Court"], "Court", "Court", id="a common noun last"),
    ],
)
def test_whom_a_surname_stands_for_in_an_article(phrases: list[str], text: str, expected: str) -> None:
    assert names_in({"a": phrases}).of("a", text) == expected


def test_no_article_tells_whom_another_means() -> None:
    names = names_in({"a": ["Ada Brandt"], "b": ["Brandt"]})
    assert names.of("b", "Brandt") == "Brandt"
    assert names.of("nowhere", "Brandt") == "Brandt"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({"a": ["Ada Brandt"], "b": ["Brandt"]}, "Ada Brandt", id="one of them names her"),
        pytest.param({"a": ["Ada Brandt"], "b": ["Bo Brandt"]}, "Brandt", id="two people"),
        pytest.param({"a": ["Ada Brandt"], "b": ["Ada Brandt", "Bo Brandt"]}, "Brandt", id="two in one article"),
        pytest.param({"a": ["Brandt"], "b": []}, "Brandt", id="nobody names her"),
    ],
)
def test_whom_a_surname_stands_for_in_a_group(known: dict[str, list[str]], expected: str) -> None:
    assert names_in(known).among(known, "Brandt") == expected


def test_a_surname_counts_as_the_person_in_the_article_that_names_her() -> None:
    texts = {
        "a": "The mill of Ada Brandt is open. The friends of Brandt left, and nobody has seen Brandt since.",
        "b": "Two hotels of Brandt are open. Shares of Brandt rose.",
        "c": "The brandt is a bird of Oslo.",
    }
    articles = {id_: an_article(id_, text) for id_, text in texts.items()}
    candidates = {id_: extract(article) for id_, article in articles.items()}
    names = full_names(candidates, articles)
    phrases = select(candidates, articles, names, articles)
    printed = {id_: [phrase.text for phrase in phrases[id_]] for id_ in texts}
    assert "Ada Brandt" in printed["a"]
    assert "Brandt" in printed["b"]
    assert "Ada Brandt" not in printed["b"]
    assert KeyphraseIndex(articles, phrases, names).times(("ada", "brandt")) == {"a": 3}


@pytest.mark.parametrize(
    ("one", "person", "other", "shared"),
    [
        pytest.param(
            "They say that Michael Lund bought a team. Fans of Lund cheered when Michael Lund spoke.",
            "Michael Lund",
            "Lund opened a water plant. The king of Lund said that the plant was new.",
            "Lund",
            id="a country",
        ),
        pytest.param(
            "They say that Alicia Keys moved house. Alicia Keys said so, and friends of Keys helped.",
            "Alicia Keys",
            "Thieves took the keys of forty cars. The keys lay in an office.",
            "Keys",
            id="a common noun",
        ),
        pytest.param(
            "They say that Kevin Brown won a race in Leeds. Kevin Brown is fast, and the rivals of Brown know.",
            "Kevin Brown",
            "The Browns lost again. Fans of the Browns went home early.",
            "Brown",
            id="a team",
        ),
    ],
)
def test_nobody_is_named_whom_the_article_does_not_name(one: str, person: str, other: str, shared: str) -> None:
    articles = {id_: an_article(id_, text) for id_, text in {"one": one, "other": other}.items()}
    candidates = {id_: extract(article) for id_, article in articles.items()}
    phrases = select(candidates, articles, full_names(candidates, articles), articles)
    assert person in [phrase.text for phrase in phrases["one"]]
    printed = [phrase.text for phrase in phrases["other"]]
    assert not any(person.split(maxsplit=1)[0] in text for text in printed)
    assert shared not in printed or shared in other
