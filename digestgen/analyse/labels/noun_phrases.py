"""Whether texts use an English phrase as a noun phrase.

Headlines leave out articles and capitalise verbs, so "Senate Passes" and "generals contradict" look like names. In a
noun phrase, what may be a verb follows an article, a preposition or an adjective somewhere, or precedes a verb or a
function word that no object begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digestgen.analyse.keyphrases.tokens import TokenisedText, spans_of
from digestgen.analyse.keyphrases.verbs import may_be_verb
from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.phrases import normalised_phrase
from digestgen.language.stop_words import stop_words

_CLAUSES = frozenset({"that", "to"})
"""Function words that begin clauses as well as phrases."""


def may_hold_verb(text: str) -> bool:
    """Whether an English phrase of several words may begin or end in a verb."""
    keys = text.lower().split()
    return len(keys) > 1 and (may_be_verb(keys[0]) or _may_be_predicate(keys))


def _may_be_predicate(keys: Sequence[str]) -> bool:
    """Whether the last word may be a verb that agrees with the word before: "Senate passes", "generals contradict"."""
    return keys[-1].endswith("s") != keys[-2].endswith("s") and may_be_verb(keys[-1])


def is_used_as_noun_phrase(text: str, texts: Iterable[TokenisedText]) -> bool:
    """Whether English texts show by the words around it that a phrase is a noun phrase."""
    keys = text.lower().split()
    before = (word_list(Kind.BEFORE_NOUNS, "en") | word_list(Kind.UNFINISHED, "en")) - _CLAUSES
    after = stop_words("en") - word_list(Kind.OBJECTS, "en") - _CLAUSES
    for tokens in texts:
        for start, end in spans_of(normalised_phrase(text), tokens):
            if tokens.vague[end - 1]:
                continue  # a headline With Capitals
            named = tokens.named[start] and not tokens.vague[start], tokens.named[end - 1]
            begins = named[0] or _follows(start, tokens, before)
            ends = named[1] or _precedes(end, tokens, after)
            if (begins or not may_be_verb(keys[0])) and (ends or not _may_be_predicate(keys)):
                return True
    return False


def _follows(start: int, tokens: TokenisedText, words: frozenset[str]) -> bool:
    """Whether a phrase begins a sentence or follows one of these words."""
    return tokens.breaks[start] == 2 or (not tokens.breaks[start] and tokens.keys[start - 1] in words)


def _precedes(end: int, tokens: TokenisedText, words: frozenset[str]) -> bool:
    """Whether a phrase ends a sentence or precedes one of these words or a verb in the past."""
    if tokens.breaks[end]:
        return tokens.breaks[end] == 2
    return tokens.keys[end] in words or tokens.keys[end].endswith("ed")
