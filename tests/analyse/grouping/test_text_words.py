from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from digestgen.analyse.grouping.text_words import PackedWords, text_of
from digestgen.language.stems import stem
from digestgen.language.text import words
from made import an_article


def test_a_title_that_digestgen_made_is_not_text() -> None:
    assert text_of(an_article("a", "Body.", title="Given", standfirst="Stand.")) == "Given\nStand.\nBody."
    assert text_of(an_article("a", "Body.")) == "Body."


def test_a_huge_text_is_read_in_part() -> None:
    assert len(text_of(an_article("a", "word " * 1_000_000))) < 1_000_000


TEXTS = st.lists(st.text(alphabet="aB cé’.- \n東京", max_size=60).filter(str.strip), max_size=4)


@given(paragraphs=TEXTS)
def test_all_words_are_there_in_their_order(paragraphs: list[str]) -> None:
    article = an_article("a", *paragraphs)
    said = PackedWords.of(article).unpacked()
    expected = words(text_of(article))
    assert [said.forms[place] for place in said.order] == expected
    assert dict(zip(said.forms, said.counts, strict=True)) == Counter(expected)
    assert list(said.forms) == list(dict.fromkeys(expected))


@given(paragraphs=TEXTS)
def test_what_stands_inside_sentences_is_counted_by_its_stem(paragraphs: list[str]) -> None:
    article = an_article("a", *paragraphs)
    said = PackedWords.of(article).unpacked().inner
    pieces = [words(piece)[1:] for piece in re.split(r"[.\n]", text_of(article))]
    told = [word for piece in pieces for word in piece if sum(each[0].isupper() for each in piece) <= 0.6 * len(piece)]
    assert {term: seen for term, seen, _ in said} == Counter(stem(word, "en") for word in told)
    assert {term: capital for term, _, capital in said if capital} == Counter(
        stem(word, "en") for word in told if word[0].isupper()
    )
