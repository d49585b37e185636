from __future__ import annotations

from digestgen.analyse.holding import holds
from digestgen.analyse.names import full_names
from digestgen.analyse.occurrence import KeyphraseIndex
from digestgen.model import Hold
from made import an_article, keyphrases

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
    crane, harbour = holds(["steam crane", "harbour"], ["a", "b"], INDEX)
    assert crane == Hold("steam crane", 1.0, 2, 0)
    assert harbour == Hold("harbour", 2 * 1 / (3 + 2), 1, 2)


def test_a_phrase_counts_once_whatever_its_case_and_one_that_is_not_there_not_at_all() -> None:
    assert holds(["Steam crane", "steam crane", "ferry", ""], ["a", "b"], INDEX) == (Hold("Steam crane", 1.0, 2, 0),)
