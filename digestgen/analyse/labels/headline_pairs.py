"""Labels of two terms that most headlines of a group have in common: "Senate, budget".

Each term alone may be in the headlines of many groups; that they stand together makes them specific. They are printed
as the texts of the group have them, by the same rules as keyphrases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from typing import Final

from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.keyphrases.surface_forms import Span, SurfaceForms
from digestgen.analyse.labels.suitability import Suitability, suitability
from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.letters import join_words
from digestgen.language.stems import stem
from digestgen.language.stop_words import stop_words
from digestgen.language.text import words
from digestgen.language.word_frequency import zipf

_LEAST_SHARE_OF_TERM: Final = 0.5
"""Share of a group's headlines that must contain a term."""
_LEAST_SHARE_OF_PAIR: Final = 0.6
"""Share of them that must contain both terms."""
_EMPTY: Final = 5.1
"""Zipf frequency from which a common noun says nothing even beside another term ("bill", "people")."""
_MOST_READ: Final = 30
"""Number of a group's articles that are searched for the wording of a term."""


@lru_cache(maxsize=20_000)
def stems_of(text: str, language: str) -> tuple[str, ...]:
    """The stems of the words of a text; parts of hyphenated words count as words ("U.S.-Mexico border")."""
    return tuple(stem(part, language) for word in words(text) for part in word.split("-") if part)


@dataclass(frozen=True, slots=True)
class HeadlinePair:
    """Two terms that most headlines of a group contain."""

    parts: tuple[str, str]
    """As printed: a name first, otherwise the one in more headlines."""
    stems: frozenset[str]
    fit: float
    """F1 of both terms as a query for the group among all headlines: 0 to 1."""


class HeadlineIndex:
    """The articles of a collection by the words of their headlines."""

    def __init__(self, index: KeyphraseIndex) -> None:
        self._index = index

    @cached_property
    def _with(self) -> dict[str, set[str]]:
        """Stem → ids; built lazily, since most labels need no headlines of others."""
        found: dict[str, set[str]] = defaultdict(set)
        for id_, article in self._index.articles.items():
            for each in stems_of(article.title, article.language):
                found[each].add(id_)
        return found

    def least_share(self, phrase: str, ids: Sequence[str]) -> float:
        """Share of a group's headlines that contain a word of the phrase, for the word that fewest contain.

        Of a person's full name, the surname is enough.
        """
        people = {name for id_ in ids for name in self._index.names.own.get(id_, {}).values()}
        told = phrase.rsplit(maxsplit=1)[-1] if phrase in people else phrase
        group = frozenset(ids)
        shares = []
        for language in {self._index.articles[id_].language for id_ in ids}:
            shares += [len(self._with.get(each, set()) & group) / len(group) for each in stems_of(told, language)]
        return min(shares, default=0.0)

    def share_with_any(self, phrase: str, ids: Sequence[str]) -> float:
        """Share of a group's headlines that contain any word of the phrase."""
        told = set()
        for id_ in ids:
            article = self._index.articles[id_]
            if not set(stems_of(phrase, article.language)).isdisjoint(stems_of(article.title, article.language)):
                told.add(id_)
        return len(told) / len(ids)

    def best_pair(self, ids: Sequence[str]) -> HeadlinePair | None:
        """The two terms in most headlines of a group that find it best; None if no two are in enough of them."""
        group = frozenset(ids)
        common = self._common(ids)
        wording = _Wording(ids, common, self._index)
        terms = {(term,): text for term in sorted(common) if (text := wording.of(term))} | self._periods(ids)
        where = {term: set.intersection(*(self._with[each] for each in term)) for term in terms}
        pairs = []
        for one, other in combinations(terms, 2):
            both = where[one] & where[other]
            inside = len(both & group)
            first, second = sorted((one, other), key=lambda term: (terms[term].islower(), -len(where[term] & group)))
            parts = terms[first], terms[second]
            if inside >= max(2, _LEAST_SHARE_OF_PAIR * len(group)) and _are_disjoint(*parts):
                pairs.append(HeadlinePair(parts, frozenset(one + other), 2 * inside / (len(both) + len(group))))
        return min(pairs, key=lambda pair: (-pair.fit, pair.parts), default=None)

    def _periods(self, ids: Sequence[str]) -> dict[tuple[str, ...], str]:
        """The numbers of days, years and the like in most headlines of a group ("100 days"), by their stems."""
        counts: Counter[tuple[str, ...]] = Counter()
        for id_ in ids:
            article = self._index.articles[id_]
            units = word_list(Kind.UNITS, article.language)
            said = [word.lower() for word in words(article.title)]
            counts.update({pair for pair in pairwise(said) if pair[0].isdigit() and pair[1] in units})
        least = max(2, _LEAST_SHARE_OF_PAIR * len(ids))
        language = self._index.articles[ids[0]].language
        return {stems_of(" ".join(pair), language): " ".join(pair) for pair, n in sorted(counts.items()) if n >= least}

    def _common(self, ids: Sequence[str]) -> frozenset[str]:
        """The stems in most headlines of a group, without numbers and function words."""
        counts: Counter[str] = Counter()
        for id_ in ids:
            article = self._index.articles[id_]
            small = {stem(word, article.language) for word in stop_words(article.language)}
            counts.update(set(stems_of(article.title, article.language)) - small)
        least = max(2, _LEAST_SHARE_OF_TERM * len(ids))
        return frozenset(each for each, count in counts.items() if count >= least and not each.isdigit())


def _are_disjoint(one: str, other: str) -> bool:
    return set(one.casefold().split()).isdisjoint(other.casefold().split())


class _Wording:
    """How the texts of a group that readers see print some of its words."""

    def __init__(self, ids: Sequence[str], terms: Collection[str], index: KeyphraseIndex) -> None:
        self._index = index
        self._languages = sorted({index.articles[id_].language for id_ in ids})
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        for id_ in [id_ for id_ in sorted(ids) if id_ in index.keyphrases][:_MOST_READ]:
            tokens, language = index.tokens(id_), index.articles[id_].language
            spans: dict[str, list[Span]] = defaultdict(list)
            for i, key in enumerate(tokens.keys):
                for each in stems_of(key, language):
                    if each in terms:
                        spans[each].append((i, i + 1))
            surface_forms = SurfaceForms(tokens, language)
            for each, found in spans.items():
                if span := surface_forms.standing_alone(found):
                    self._forms[each][join_words(tokens.words[span[0] : span[1]])] += 1

    def of(self, term: str) -> str | None:
        """The most frequent phrase for a term, the shortest of several; None if it says nothing."""
        forms = self._forms.get(term)
        if not forms:
            return None
        text = self._index.spelling(min(forms, key=lambda form: (-forms[form], len(form), form)))
        empty = text.islower() and any(zipf(text, each) >= _EMPTY for each in self._languages)
        return None if empty or suitability(text, self._languages) > Suitability.BARE else text
