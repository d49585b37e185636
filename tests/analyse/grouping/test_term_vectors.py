import numpy as np
import pytest

from digestgen.analyse.grouping.term_vectors import TermVectors, VectorSettings, phrase_terms, term_vectors
from digestgen.analyse.grouping.text_words import PackedWords
from digestgen.analyse.grouping.word_vectors import word_vectors
from digestgen.model import Keyphrase
from made import an_article


def vectors_of(*texts: str, phrases: str, settings: VectorSettings | None = None) -> TermVectors:
    articles = [an_article(f"a{number}", text) for number, text in enumerate(texts)]
    keyphrases = {"a0": [Keyphrase(phrase, 0.1) for phrase in phrases.split(",")]}
    return term_vectors(articles, list(map(PackedWords.of, articles)), keyphrases, settings or VectorSettings())


def test_only_keyphrase_words_count_and_in_every_article() -> None:
    vectors = vectors_of("Ferries sail at dawn.", "The ferry sank.", "Nothing here.", phrases="ferries,dawn")
    assert vectors.terms == ("dawn", "ferri")
    assert vectors.matrix.toarray()[:, 1].astype(bool).tolist() == [True, True, False]


def test_rows_have_unit_length_or_none() -> None:
    vectors = vectors_of("Ferries sail at dawn.", "The ferry sank.", "Nothing here.", phrases="ferries,dawn")
    assert np.linalg.norm(vectors.matrix.toarray(), axis=1) == pytest.approx([1, 1, 0])


def test_language_at_large_tells_common_words_from_rare_ones() -> None:
    texts = ["the world of gymnastics"] * 3
    plain = vectors_of(*texts, phrases="world,gymnastics", settings=VectorSettings(prior=0.0)).matrix.toarray()[0]
    known = vectors_of(*texts, phrases="world,gymnastics").matrix.toarray()[0]
    assert plain[0] == pytest.approx(plain[1])
    assert known[0] > known[1]


def test_the_prior_fades_as_the_digest_grows() -> None:
    def lead(copies: int) -> float:
        weights = vectors_of(*["the world of gymnastics"] * copies, phrases="world,gymnastics").matrix.toarray()[0]
        return float(weights[0] / weights[1])

    assert lead(3) > lead(300) > lead(3000) > 1


def test_names_weigh_more_in_a_small_digest() -> None:
    texts = ["Yesterday the Zorblat met the quixbar there."] * 3
    weights = vectors_of(*texts, phrases="Zorblat,quixbar")
    by_term = dict(zip(weights.terms, weights.matrix.toarray()[0], strict=True))
    assert by_term["zorblat"] > by_term["quixbar"]


@pytest.mark.parametrize(
    ("phrase", "terms"),
    [
        pytest.param("North Korean troops", ("north", "korean", "troop"), id="plural"),
        pytest.param("Electing the elected", ("elect", "elect"), id="verb forms"),
        pytest.param("the end of the war", ("end", "war"), id="function words left out"),
        pytest.param("Russia’s N.A.T.O. envoy", ("russia", "nato", "envoy"), id="possessive and acronym"),
        pytest.param("of the", (), id="nothing left"),
    ],
)
def test_phrase_terms(phrase: str, terms: tuple[str, ...]) -> None:
    assert phrase_terms(phrase, "en") == terms


def test_words_and_pairs_are_found_range_by_range(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"ferry number {number % 7} sails to port {number % 5} at dawn" for number in range(40)]
    said = [PackedWords.of(an_article(f"a{number}", text)) for number, text in enumerate(texts)]
    whole = word_vectors(said, VectorSettings())
    monkeypatch.setattr("digestgen.analyse.common_elements._AT_ONCE", 10)
    parted = word_vectors(said, VectorSettings())
    assert whole.shape == parted.shape
    assert (whole != parted).nnz == 0
