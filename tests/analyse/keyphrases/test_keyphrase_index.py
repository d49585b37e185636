"""How the phrases of a collection are spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surnames import full_names
from digestgen.language.phrase_matching import ArticleWords
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


@given(st.text(st.sampled_from("aBc.'’- "), min_size=1, max_size=8), st.text(st.sampled_from("aBc.'’- "), max_size=8))
def test_what_holds_a_phrase_holds_it_however_it_is_spelled(text: str, other: str) -> None:
    here = ArticleWords(an_article("a", f"Then {text} came."))
    assert not here.contains(text) or here.contains(spelled(text, other, other))
