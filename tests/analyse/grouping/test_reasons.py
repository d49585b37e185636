import numpy as np
from scipy import sparse

from digestgen.analyse.grouping.reasons import MOST_REASONS, Explainer
from digestgen.analyse.grouping.term_vectors import TermVectors
from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.model import Keyphrase
from made import an_article

TERMS = ("claus", "korea", "north", "soldier", "treati", "troop", "world")


def explainer(*rows: list[float]) -> Explainer:
    texts = ["North Korea's Treaty and its clause: troops.", "North Korea signs a treaty.", "The world and Treaties."]
    phrases = [["Treaty", "North Korea"], ["north Korea", "treaty"], ["world"]]
    said = [PackedWords.of(an_article(f"a{number}", text)) for number, text in enumerate(texts)]
    keyphrases = [[Keyphrase(each, 0.1) for each in mine] for mine in phrases]
    vectors = TermVectors(sparse.csr_array(np.array(rows)), TERMS)
    return Explainer(said, keyphrases, vectors, [[0, 1], [2]], frozenset(range(3)))


MADE = ([0.4, 0.5, 0.5, 0, 0.4, 0.4, 0], [0, 0.6, 0.6, 0, 0.5, 0, 0], [0, 0, 0, 0, 0.5, 0, 0.8])


def test_reasons_are_shared_keyphrases_strongest_first() -> None:
    assert tuple(explainer(*MADE).reasons(0, 0)) == ("North Korea", "Treaty")
    assert tuple(explainer(*MADE).reasons(1, 0)) == ("north Korea", "treaty")


def test_each_reason_has_the_share_of_the_similarity_that_its_terms_carried() -> None:
    # 0.8 = 0.5 · 0.6 for "korea" + 0.5 · 0.6 for "north" + 0.4 · 0.5 for "treaty"
    shares = explainer(*MADE).reasons(0, 0)
    assert {text: round(share, 6) for text, share in shares.items()} == {"North Korea": 0.75, "Treaty": 0.25}


def test_what_is_not_shown_is_missing_from_the_shares() -> None:
    rows = [0, 0.9, 0.9, 0, 0.01, 0, 0], [0, 0.9, 0.9, 0, 0.01, 0, 0], [0, 0, 0, 0, 0, 0, 1.0]
    assert 0.999 < sum(explainer(*rows).reasons(0, 0).values()) < 1


def test_what_is_no_shared_keyphrase_is_shown_as_the_article_spells_it() -> None:
    assert tuple(explainer(*MADE).reasons(2, 0)) == ("Treaties",)


def test_a_word_in_common_is_no_keyphrase_in_common() -> None:
    told = explainer(*MADE)
    assert told.has_common_keyphrase(0, 0)
    assert tuple(told.reasons(2, 0)) == ("Treaties",)
    assert not told.has_common_keyphrase(2, 0)


def test_a_group_of_none_or_with_nothing_in_common_has_no_reasons() -> None:
    assert explainer(*MADE).reasons(0, -1) == {}
    assert explainer(MADE[0], MADE[1], [0, 0, 0, 0, 0, 0, 1.0]).reasons(2, 0) == {}


def test_a_term_that_hardly_matters_is_no_reason() -> None:
    rows = [0, 0.9, 0.9, 0, 0.01, 0, 0], [0, 0.9, 0.9, 0, 0.01, 0, 0], [0, 0, 0, 0, 0, 0, 1.0]
    assert list(explainer(*rows).reasons(0, 0)) == ["North Korea"]


def test_no_more_reasons_than_can_be_read() -> None:
    rows = [1.0] * 7, [1.0] * 7, [0.0] * 7
    assert len(explainer(*rows).reasons(0, 0)) == MOST_REASONS


def test_similarity_leaves_the_row_itself_out() -> None:
    explain = explainer(*MADE)
    assert round(explain.similarity(0, 0), 6) == 0.8
    assert round(explain.similarity(2, 0), 6) == 0.45


def test_a_possessive_is_not_part_of_the_word_shown() -> None:
    texts = ["Putin’s aides met the bloc's envoys.", "Putin and the bloc"]
    said = [PackedWords.of(an_article(f"a{number}", text)) for number, text in enumerate(texts)]
    vectors = TermVectors(sparse.csr_array(np.array([[0.8, 0.6], [0.8, 0.6]])), ("bloc", "putin"))
    assert tuple(Explainer(said, [(), ()], vectors, [[0, 1]], frozenset({0, 1})).reasons(0, 0)) == ("bloc", "Putin")
