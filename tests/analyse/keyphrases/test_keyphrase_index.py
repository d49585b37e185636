"""How the phrases of a collection are spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.language.phrase_matching import WordedText
from digestgen.model import Keyphrase
from made import an_article


def spelled(text: str, *others: str) -> str:
    """A phrase as an index spells it in which others write as some do."""
    articles = {f"a{n}": an_article(f"a{n}", f"Then {each} came.") for n, each in enumerate((text, *others))}
    phrases = {id_: (Keyphrase(each, 0.1),) for id_, each in zip(articles, (text, *others), strict=True)}
    return KeyphraseIndex(articles, phrases, full_names(phrases, articles)).spelling(text)


@pytest.mark.parametrize(
    ("text", "others", "expected"),
    [
        ("US", ("U.S.", "U.S."), "U.S."),
        ("covid", ("Covid", "Covid"), "Covid"),
        ("St Louis", ("St. Louis", "St. Louis"), "St. Louis"),
        ("StL", ("St.L", "St.L"), "StL"),
        ("Xian", ("Xi'an", "Xi'an"), "Xian"),
    ],
    ids=["a stop", "case", "a stop of a word", "other words", "other words by an apostrophe"],
)
def test_a_phrase_is_spelled_as_most_do_who_write_the_same_words(
    text: str, others: tuple[str, ...], expected: str
) -> None:
    assert spelled(text, *others) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["Mills are old.", "He saw the mills.", "She likes mills."], "mills", id="only to begin a sentence"
        ),
        pytest.param(["Mills is old.", "He saw Mills.", "They make mills."], "Mills", id="a name as often as not"),
    ],
)
def test_a_word_that_the_texts_mostly_have_in_small_letters_is_no_name(texts: list[str], expected: str) -> None:
    articles = {f"a{n}": an_article(f"a{n}", text) for n, text in enumerate(texts)}
    phrases = {"a0": (Keyphrase("Mills", 0.1),), "a1": (), "a2": ()}
    assert KeyphraseIndex(articles, phrases, full_names(phrases, articles)).spelling("Mills") == expected


def test_an_abbreviation_does_not_stand_where_a_small_word_does() -> None:
    articles = {
        "a0": an_article("a0", "The WHO met in Lunden."),
        "a1": an_article("a1", "The man who met her in Lunden left."),
        "a2": an_article("a2", "Nobody told the WHO of it."),
    }
    phrases = {"a0": (Keyphrase("WHO", 0.1),)}
    index = KeyphraseIndex(articles, phrases, full_names(phrases, articles))
    assert index.articles_with(("who",)) == ["a0", "a2"]


@given(st.text(st.sampled_from("aBc.'’- "), min_size=1, max_size=8), st.text(st.sampled_from("aBc.'’- "), max_size=8))
def test_what_holds_a_phrase_holds_it_however_it_is_spelled(text: str, other: str) -> None:
    here = WordedText(an_article("a", f"Then {text} came."))
    assert not here.holds(text) or here.holds(spelled(text, other, other))
