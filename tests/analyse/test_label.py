from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.label import held_together, label_groups, topic_keyphrases
from digestgen.analyse.occurrence import KeyphraseIndex, contains, folded_phrase
from digestgen.model import Fit, Group, Grouping, Keyphrase
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


def test_a_label_is_the_phrase_that_finds_the_group() -> None:
    assert label_groups(GROUPS, KeyphraseIndex(ARTICLES, KEYPHRASES)) == (
        "North Korean troops",
        "Alexei Navalny",
        "Mat",
    )


def test_a_label_is_completed_to_the_full_name() -> None:
    known = {"k1": keyphrases("Kim Jong Un"), "k2": keyphrases("Kim Jong Un"), "k3": keyphrases("Kim")}
    assert label_groups([("k1", "k2", "k3")], KeyphraseIndex(ARTICLES, known)) == ("Kim Jong Un",)


def test_one_phrase_does_not_name_two_groups() -> None:
    known = {id_: keyphrases("Russia") for id_ in ("k1", "k2", "n1", "n2")}
    first, second = label_groups([("k1", "n1"), ("k2", "n2")], KeyphraseIndex(ARTICLES, known))
    assert "Russia" in {first, second}
    assert first.casefold() != second.casefold()


@pytest.mark.parametrize("known", [{}, dict.fromkeys(TEXTS, ())], ids=["no entry", "no phrase"])
def test_a_group_without_keyphrases_is_called_by_a_title(known: dict[str, tuple[Keyphrase, ...]]) -> None:
    labels = label_groups([("k1",), ("k2",)], KeyphraseIndex(ARTICLES, known))
    assert labels == ("Kim Jong Un met the", "The North Korean troops are")


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
    labels = label_groups(groups, KeyphraseIndex(ARTICLES, known))
    assert len(labels) == len(groups) == len({label.casefold() for label in labels})
    assert all(label.strip() and len(label.split()) <= 6 for label in labels)


def test_topic_keyphrases_stand_in_two_articles_and_not_in_one_another() -> None:
    found = topic_keyphrases(("k1", "k2", "k3"), KeyphraseIndex(ARTICLES, KEYPHRASES))
    folded = [folded_phrase(phrase.text) for phrase in found]
    assert found[0].text == "North Korean troops"
    assert [phrase.score for phrase in found] == sorted(phrase.score for phrase in found)
    assert all(phrase.score > 0 for phrase in found)
    assert not any(contains(one, two) for one in folded for two in folded if one != two)


def test_a_phrase_counts_where_it_stands_though_it_is_no_keyphrase_there() -> None:
    known = {"k1": keyphrases("troops"), "k2": ()}
    assert [phrase.text for phrase in topic_keyphrases(("k1", "k2"), KeyphraseIndex(ARTICLES, known))] == ["troops"]


def test_an_article_alone_has_no_topic_keyphrases() -> None:
    assert topic_keyphrases(("x1",), KeyphraseIndex(ARTICLES, KEYPHRASES)) == ()


def test_what_no_keyphrase_holds_together_goes_to_the_shelf() -> None:
    loose, tight = ("k3", "x1"), ("k1", "k2")
    groups = tuple(Group(articles=pair, stories=(pair,)) for pair in (loose, tight))
    fits = dict.fromkeys(loose, Fit(group=0, reasons=("a",), nearest=1, nearest_reasons=("b",)))
    fits |= dict.fromkeys(tight, Fit(group=1, reasons=("c",), nearest=0, nearest_reasons=("d",)))
    held = held_together(Grouping(groups=groups, fits=fits), KeyphraseIndex(ARTICLES, KEYPHRASES))
    assert [group.articles for group in held.groups] == [tight]
    assert held.fits["k1"] == Fit(group=0, reasons=("c",))
    assert held.fits["x1"] == Fit(group=None, nearest=0, nearest_reasons=("b",))
