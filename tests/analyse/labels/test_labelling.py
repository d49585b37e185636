from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.analyse.labels.headline_pairs import HeadlineIndex
from digestgen.analyse.labels.labelling import can_be_named, label_groups, phrase_fits, topic_keyphrases
from digestgen.analyse.labels.section_labels import section_labels
from digestgen.language.phrases import contains, normalised_phrase
from digestgen.model import Article, Keyphrase, PhraseFit
from made import an_article, keyphrases

TEXTS = {
    "k1": "Kim Jong Un met the troops. North Korean troops went to Russia.",
    "k2": "The North Korean troops are in Russia, and Kim Jong Un is glad.",
    "k3": "Some North Korean troops fled to Seoul.",
    "n1": "The memoir of Alexei Navalny came out in Russia.",
    "n2": "Navalny wrote a memoir. Alexei Navalny died.",
    "x1": "The cat sat on the mat in Leeds.",
}
ARTICLES = {
    id_: an_article(id_, text, title=text.split(".", maxsplit=1)[0], titled=False) for id_, text in TEXTS.items()
}
KEYPHRASES = {
    "k1": keyphrases("Kim Jong Un", "North Korean troops", "Russia"),
    "k2": keyphrases("Russia", "North Korean troops", "Kim Jong Un"),
    "k3": keyphrases("Seoul", "North Korean troops"),
    "n1": keyphrases("Alexei Navalny", "memoir", "Russia"),
    "n2": keyphrases("Navalny", "memoir", "Alexei Navalny"),
    "x1": keyphrases("mat", "cat"),
}
GROUPS = (("k1", "k2", "k3"), ("n1", "n2"), ("x1",))


def index_of(known: Mapping[str, tuple[Keyphrase, ...]], articles: Mapping[str, Article] = ARTICLES) -> KeyphraseIndex:
    return KeyphraseIndex(articles, known, full_names(known, articles))


def test_a_label_is_the_phrase_that_finds_the_group() -> None:
    assert label_groups(GROUPS, index_of(KEYPHRASES)) == (
        "North Korean troops",
        "Alexei Navalny",
        "Mat",
    )


def test_a_label_is_completed_to_the_full_name() -> None:
    known = {"k1": keyphrases("Kim Jong Un"), "k2": keyphrases("Kim Jong Un"), "k3": keyphrases("Kim")}
    assert label_groups([("k1", "k2", "k3")], index_of(known)) == ("Kim Jong Un",)


def test_one_phrase_does_not_name_two_groups() -> None:
    known = {id_: keyphrases("Russia") for id_ in ("k1", "k2", "n1", "n2")}
    first, second = label_groups([("k1", "n1"), ("k2", "n2")], index_of(known))
    assert "Russia" in {first, second}
    assert first.casefold() != second.casefold()


@pytest.mark.parametrize("known", [{}, dict.fromkeys(TEXTS, ())], ids=["no entry", "no phrase"])
def test_a_group_without_keyphrases_is_called_by_a_title(known: dict[str, tuple[Keyphrase, ...]]) -> None:
    labels = label_groups([("k1",), ("k2",)], index_of(known))
    assert labels == ("Kim Jong Un met", "The North Korean troops")


@given(
    st.lists(st.lists(st.sampled_from(sorted(TEXTS)), min_size=1, max_size=6, unique=True), max_size=5),
    st.dictionaries(
        st.sampled_from(sorted(TEXTS)),
        st.lists(
            st.sampled_from(["Russia", "russia", "North Korean troops", "troops", "Kim Jong", "nowhere", "a b c d e f"])
        ).map(lambda texts: keyphrases(*texts)),
    ),
)
def test_labels_are_short_and_no_two_are_alike(
    groups: list[list[str]], known: dict[str, tuple[Keyphrase, ...]]
) -> None:
    labels = label_groups(groups, index_of(known))
    assert len(labels) == len(groups) == len({label.casefold() for label in labels})
    assert all(label.strip() and len(label.split()) <= 6 for label in labels)


def test_topic_keyphrases_stand_in_two_articles_and_not_in_one_another() -> None:
    found = topic_keyphrases(("k1", "k2", "k3"), index_of(KEYPHRASES))
    folded = [normalised_phrase(phrase.text) for phrase in found]
    assert found[0].text == "North Korean troops"
    assert [phrase.score for phrase in found] == sorted(phrase.score for phrase in found)
    assert all(phrase.score > 0 for phrase in found)
    assert not any(contains(one, two) for one in folded for two in folded if one != two)


def test_a_phrase_counts_where_it_stands_though_it_is_no_keyphrase_there() -> None:
    known = {"k1": keyphrases("troops"), "k2": ()}
    assert [phrase.text for phrase in topic_keyphrases(("k1", "k2"), index_of(known))] == ["troops"]


def test_an_article_alone_has_no_topic_keyphrases() -> None:
    assert topic_keyphrases(("x1",), index_of(KEYPHRASES)) == ()


def test_what_no_keyphrase_holds_together_goes_to_the_shelf() -> None:
    loose, tight = ("k3", "x1"), ("k1", "k2")
    index = index_of(KEYPHRASES)
    assert not can_be_named(loose, index, HeadlineIndex(index))
    assert can_be_named(tight, index, HeadlineIndex(index))


@pytest.mark.parametrize(
    ("titles", "others", "named"),
    [
        pytest.param(["Ferry shut", "The foxes", "A ferry sinks"], 6, True, id="the headlines say it"),
        pytest.param(["Quay shut", "The foxes", "A storm"], 1, True, id="few others have it"),
        pytest.param(["Quay shut", "The foxes", "A storm"], 7, False, id="neither"),
        pytest.param(
            [f"Number {n} is shut" for n in ("one", "two", "three", "four", "five", "six")], 9, True, id="many"
        ),
    ],
)
def test_a_few_articles_without_a_telling_label_are_no_topic(titles: list[str], others: int, named: bool) -> None:  # noqa: FBT001
    articles = {f"a{n}": an_article(f"a{n}", "The ferry it is.", title=title) for n, title in enumerate(titles)}
    group = tuple(articles)
    articles |= {f"b{n}": an_article(f"b{n}", "The ferry again.", title="Weather") for n in range(others)}
    index = index_of(dict.fromkeys(articles, keyphrases("ferry")), articles)
    assert can_be_named(group, index, HeadlineIndex(index)) is named


def test_a_label_may_say_how_long_something_is() -> None:
    titles = ["Berg's first 100 days", "100 days: what Berg did", "Berg after 100 days in 2024"]
    articles = {f"a{n}": an_article(f"a{n}", "An order by Berg.", title=title) for n, title in enumerate(titles)}
    articles |= {f"b{n}": an_article(f"b{n}", "Berg met Ada.", title="Berg at sea") for n in range(20)}
    index = index_of(dict.fromkeys(articles, keyphrases("order", "Ada", "Berg")), articles)
    assert label_groups([("a0", "a1", "a2")], index) == ("Berg, 100 days",)


def test_topic_keyphrases_are_noun_phrases() -> None:
    articles = {
        f"a{n}": an_article(f"a{n}", "Today two countries vaccinate the old. The quay is shut.") for n in range(2)
    }
    index = index_of(dict.fromkeys(articles, keyphrases("countries vaccinate", "quay")), articles)
    assert [phrase.text for phrase in topic_keyphrases(("a0", "a1"), index)] == ["quay"]


def test_a_section_is_called_by_what_its_headlines_say() -> None:
    texts = {"a0": "Lunden and Ostby.", "a1": "Ostby, Lunden.", "a2": "Lunden or Ostby."}
    articles = {id_: an_article(id_, text, title="In Ostby") for id_, text in texts.items()}
    index = index_of(dict.fromkeys(articles, keyphrases("Lunden", "Ostby")), articles)
    assert section_labels([[["a0", "a1"], ["a2"]]], index, [[]]) == ("Ostby",)


@pytest.mark.parametrize(
    ("texts", "known", "expected"),
    [
        pytest.param(
            ["The bill of Lunden Harbour failed.", "Lunden Harbour has a bill to pay.", "A bill is a bill."],
            keyphrases("bill", "Lunden Harbour"),
            "Lunden Harbour",
            id="a name finds the group nearly as well",
        ),
        pytest.param(
            ["Curling in Lunden Harbour is fun.", "Lunden Harbour likes curling.", "Some curling."],
            keyphrases("curling", "Lunden Harbour"),
            "Lunden Harbour",
            id="a rare noun that no headline says",
        ),
        pytest.param(
            ["The bill pleased them.", "They like the bill.", "The bill of Lunden Harbour is long."],
            keyphrases("bill", "Lunden Harbour"),
            "Bill",
            id="the name is of one article",
        ),
    ],
)
def test_a_common_noun_makes_way_for_a_name(texts: list[str], known: tuple[Keyphrase, ...], expected: str) -> None:
    articles = {f"a{n}": an_article(f"a{n}", text) for n, text in enumerate(texts)}
    assert label_groups([tuple(articles)], index_of(dict.fromkeys(articles, known), articles)) == (expected,)


@pytest.mark.parametrize(
    ("titles", "texts", "known", "expected"),
    [
        pytest.param(
            ["Storm over Lunden", "Lunden cleans up", "Who pays for Lunden?"],
            ["Lunden has Ada Brandt."] * 3 + ["Lunden again."] * 3,
            keyphrases("Ada Brandt", "Lunden"),
            "Lunden",
            id="what the headlines name",
        ),
        pytest.param(
            ["Storm", "It cleans up", "Who pays?"],
            ["Lunden has Ada Brandt."] * 3 + ["Lunden again."] * 3,
            keyphrases("Ada Brandt", "Lunden"),
            "Ada Brandt",
            id="what only the texts name",
        ),
        pytest.param(
            ["A floating harbour?", "On floats", "Float on"],
            ["They saw some floating curling stone there, and Ada Brandt."] * 3 + ["A floating curling stone."],
            keyphrases("Ada Brandt", "floating curling stone"),
            "Floating curling stone",
            id="other forms of a word",
        ),
        pytest.param(
            ["The RHQ votes", "More from the RHQ", "RHQ"],
            ["The Royal Harbour Quango met; RHQ."] * 2 + ["The RHQ met."],
            keyphrases("RHQ", "Royal Harbour Quango"),
            "Royal Harbour Quango",
            id="what an abbreviation stands for",
        ),
        pytest.param(
            ["On curling", "More on curling", "Curling"],
            ["A curling ban came."] * 2 + ["No curling."] * 3,
            keyphrases("curling", "curling ban"),
            "Curling ban",
            id="what most say beside a noun",
        ),
        pytest.param(
            ["On curling", "More on curling", "Curling"],
            ["Curling in Lunden Harbour is fun.", "Lunden Harbour likes curling.", "Some curling."],
            keyphrases("curling", "Lunden Harbour"),
            "Curling",
            id="a rare noun of the headlines",
        ),
        pytest.param(
            ["Curling in Lunden", "Lunden on curling", "Lunden"],
            ["Curling in Lunden is fun.", "Lunden likes curling.", "Some curling in Lunden."],
            keyphrases("curling", "Lunden"),
            "Lunden",
            id="a name that says as much",
        ),
        pytest.param(
            ["On curling and Lunden", "More on curling", "Curling in Lunden"],
            ["Curling in Lunden is fun.", "Lunden likes curling.", "Some curling in Lunden.", "Lunden."],
            keyphrases("curling", "Lunden"),
            "Lunden, curling",
            id="a noun with the name beside it",
        ),
        pytest.param(
            ["Senate Passes Long Ferry Plan", "Council Senate Passes Ferry Plan", "The ferry plan"],
            ["The Senate met on the ferry plan of Ada Brandt."] * 3,
            keyphrases("Senate Passes", "Ada Brandt"),
            "Ada Brandt",
            id="a verb in headlines with capitals",
        ),
        pytest.param(
            ["Port panel subpoenas a clerk", "The port panel subpoenas Ada Brandt", "Subpoenas"],
            ["The clerk went to see Ada Brandt."] * 3,
            keyphrases("panel subpoenas", "Ada Brandt"),
            "Ada Brandt",
            id="a verb in headlines like sentences",
        ),
        pytest.param(
            ["Jobless Claims Fall", "Jobless Claims Rise", "Jobless claims"],
            ["They counted jobless claims in May. Ada Brandt did."] * 3,
            keyphrases("jobless claims", "Ada Brandt"),
            "Jobless claims",
            id="a noun that may be a verb",
        ),
        pytest.param(
            ["Council votes on ferry", "Ferry splits council", "Council fears for ferry", "Other news"],
            ["The ferry pleased the council. So said Ada Brandt."] * 2 + ["The ferry and the council."] * 2,
            keyphrases("Ada Brandt"),
            "Council, ferry",
            id="two terms of the headlines",
        ),
        pytest.param(
            ["Senate OKs 3.5T budget", "Senate on 3.5T budget plan", "Senate and the 3.5T budget deal"],
            ["The Senate met Ada Brandt."] * 3,
            keyphrases("Ada Brandt"),
            "Senate, budget",
            id="a number before a noun",
        ),
        pytest.param(
            ["Brandt votes on ferry", "Ferry splits Brandt", "Brandt fears for ferry"],
            ["The ferry pleased Ada Brandt."] * 3,
            keyphrases("Ada Brandt"),
            "Ada Brandt",
            id="a person whom the headlines call by the surname",
        ),
        pytest.param(
            ["A"] * 4,
            ["The effort pleased Ada Brandt."] * 2 + ["The effort was long."] * 2,
            keyphrases("effort", "Ada Brandt"),
            "Ada Brandt",
            id="a common noun says little of few articles",
        ),
    ],
)
def test_a_label_is_what_an_editor_would_print(
    titles: list[str], texts: list[str], known: tuple[Keyphrase, ...], expected: str
) -> None:
    articles = {
        f"a{n}": an_article(f"a{n}", text, title=title)
        for n, (text, title) in enumerate(zip(texts, titles, strict=False))
    }
    others = {f"b{n}": an_article(f"b{n}", text) for n, text in enumerate(texts[len(titles) :])}
    index = index_of(dict.fromkeys(articles, known), articles | others)
    assert label_groups([tuple(articles)], index) == (expected,)


def test_a_section_is_called_by_what_stands_in_several_of_its_topics() -> None:
    texts = {
        "a0": "Lunden has Ada Brandt.",
        "a1": "Ada Brandt again.",
        "a2": "Lunden has Kim Lund.",
        "a3": "Kim Lund again.",
        "b0": "Whales near Ostby.",
        "b1": "More whales near Ostby.",
    }
    articles = {id_: an_article(id_, text) for id_, text in texts.items()}
    index = index_of(
        dict.fromkeys(articles, keyphrases("Lunden", "Ada Brandt", "Kim Lund", "Ostby", "whales")), articles
    )
    sections = [[["a0", "a1"], ["a2", "a3"]], [["b0", "b1"]]]
    assert section_labels(sections, index, [[], []])[0] == "Lunden"


def test_a_section_that_no_phrase_fits_is_called_by_its_largest_topics() -> None:
    places = [f"Place{n}" for n in "abcdefgh"]
    articles = {place: an_article(place, f"The mayor of {place} resigned.") for place in places}
    index = index_of({place: keyphrases(place) for place in places}, articles)
    sections = [[[place] for place in places[:6]], [[places[6]], [places[7]]]]
    first, second = section_labels(sections, index, [["Mayors", "Ports", "Mines"], []])
    assert first == "Mayors, Ports"
    assert second in {"Placeg, Placeh", "Placeh, Placeg"}


def test_a_common_noun_that_stays_is_told_by_the_name_that_all_its_articles_hold() -> None:
    articles = {f"a{n}": an_article(f"a{n}", "The invasion of Lunden failed.") for n in range(2)}
    articles |= {f"b{n}": an_article(f"b{n}", "Lunden has a harbour.") for n in range(9)}
    known = dict.fromkeys(articles, keyphrases("invasion", "Lunden"))
    assert label_groups([("a0", "a1")], index_of(known, articles)) == ("Lunden, invasion",)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("Syrie", "Syria", id="another language"),
        pytest.param("Mohamed Lund", "Mohammed Lund", id="another transliteration"),
    ],
)
def test_a_name_in_another_spelling_is_told_apart(first: str, second: str) -> None:
    articles = {f"a{n}": an_article(f"a{n}", f"Pour {first}.", language="fr") for n in range(3)}
    articles |= {f"b{n}": an_article(f"b{n}", f"Pour {second} et Alep.", language="fr") for n in range(3)}
    known = {id_: keyphrases(first if id_ < "b" else second, "Alep") for id_ in articles}
    labels = label_groups([("a0", "a1", "a2"), ("b0", "b1", "b2")], index_of(known, articles))
    assert labels == (first, f"{second}, Alep")


def test_a_group_keeps_two_terms_while_its_headlines_have_them() -> None:
    titles = ["Council votes on ferry", "Ferry splits council", "Council fears for ferry"]
    articles = {f"a{n}": an_article(f"a{n}", "Ada Brandt met them.", title=title) for n, title in enumerate(titles)}
    index = index_of(dict.fromkeys(articles, keyphrases("Ada Brandt")), articles)
    assert label_groups([tuple(articles)], index, former=["Council, ferry"]) == ("Council, ferry",)
    assert label_groups([tuple(articles)], index, former=["Council, bridge"]) == ("Ada Brandt",)


def test_a_section_of_one_topic_is_not_called_by_that_topic() -> None:
    texts = {"a0": "Abortion in court.", "a1": "A court on abortion.", "b0": "A court.", "b1": "The court again."}
    articles = {id_: an_article(id_, text, title=text) for id_, text in texts.items()}
    articles["x"] = an_article("x", "Nothing.")
    index = index_of(dict.fromkeys(articles, keyphrases("abortion", "court")), articles)
    sections = [[["a0", "a1"], ["b0", "b1"]], [["x"]]]
    assert section_labels(sections, index, [["Abortion"], []])[0] == "Court"


def test_the_second_of_two_topics_that_name_a_section_is_printed_as_inside_a_sentence() -> None:
    texts = {"a0": "U.S. farmers.", "a1": "The U.S. farmers.", "b0": "A mobile phone.", "b1": "The mobile phone."}
    articles = {id_: an_article(id_, text, title=text) for id_, text in texts.items()}
    articles |= {"c0": an_article("c0", "Ada Brandt."), "c1": an_article("c1", "By Ada Brandt.")}
    known = {id_: keyphrases("U.S. farmers", "mobile phone", "Ada Brandt") for id_ in articles}
    sections = [[["a0", "a1"], ["b0", "b1"], ["c0", "c1"]], [["c0"]]]
    index = index_of(known, articles)
    assert section_labels(sections, index, [["U.S. farmers", "Mobile phone", "Ada Brandt"], []])[0] == (
        "U.S. farmers, mobile phone"
    )
    assert section_labels(sections, index, [["U.S. farmers", "Ada Brandt", "Mobile phone"], []])[0] == (
        "U.S. farmers, Ada Brandt"
    )


def test_a_group_keeps_its_label_while_that_fits_nearly_as_well() -> None:
    index = index_of(KEYPHRASES)
    groups = [("k1", "k2", "k3")]
    (best,) = label_groups(groups, index)
    assert label_groups(groups, index, former=["Kim Jong Un"]) == ("Kim Jong Un",)
    assert label_groups(groups, index, former=["Seoul"]) == (best,), "a phrase of one article"
    assert label_groups(groups, index, former=["Pyongyang"]) == (best,), "nobody's keyphrase"
    assert label_groups(groups, index, given=[best.upper()]) != (best,)


ARTICLES = {
    "a": an_article("a", "The steam crane stands in the harbour."),
    "b": an_article("b", "A steam crane was sold."),
    "c": an_article("c", "The harbour is closed."),
    "d": an_article("d", "Another harbour is open."),
}
PHRASES = {
    "a": keyphrases("steam crane", "harbour"),
    "b": keyphrases("steam crane"),
    "c": keyphrases("harbour"),
    "d": keyphrases("harbour"),
}
INDEX = KeyphraseIndex(ARTICLES, PHRASES, full_names(PHRASES, ARTICLES))


def test_a_phrase_is_counted_inside_and_outside_the_group() -> None:
    crane, harbour = phrase_fits(["steam crane", "harbour"], ["a", "b"], INDEX)
    assert crane == PhraseFit("steam crane", 1.0, 2, 0)
    assert harbour == PhraseFit("harbour", 2 * 1 / (3 + 2), 1, 2)


def test_a_phrase_counts_once_whatever_its_case_and_one_that_is_not_there_not_at_all() -> None:
    assert phrase_fits(["Steam crane", "steam crane", "ferry", ""], ["a", "b"], INDEX) == (
        PhraseFit("Steam crane", 1.0, 2, 0),
    )
