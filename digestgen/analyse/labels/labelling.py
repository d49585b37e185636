"""Labels of groups of articles, and the keyphrases that hold a group together.

A good label finds the group: used as a query, it returns these articles and few others. Phrases are therefore ranked by
the F1 of what they find. One that no editor would print over articles is no label (``analyse/labels/admissible``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from statistics import fmean
from typing import Final

from digestgen.analyse.keyphrases.base_form import DECLINING, base_form, is_form_of
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.labels.admissible import Standing, standing
from digestgen.analyse.labels.extended_names import whole_name
from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.phrases import NormalisedPhrase, contains, normalised_phrase
from digestgen.language.stems import stem
from digestgen.language.stop_words import stop_words
from digestgen.language.text import words
from digestgen.model import Keyphrase, PhraseFit

_LONGEST: Final = 5
"""Words in a label, at most."""
_SHOWN: Final = 8
_READ: Final = 30
"""Articles of a group that are read again for what its label is part of."""
_ENOUGH: Final = 3
"""Keyphrases of a topic from which on bare nouns are left out."""
_LEAST_SHARE: Final = 0.2
"""Of the articles with a phrase, the share that must be in a group for the phrase to hold it together."""
_FAMILIAR: Final = 0.3
"""Of a group's articles with a surname, the share that must give the full name for the group to be called by it."""
_OFFICE: Final = 0.7
"""What the fit of a mere office is multiplied by: its bearer has a name ("opposition leader")."""
_PLAIN: Final = 0.8
"""The same for a name or noun that may be over anything."""
_BARE: Final = 0.5
"""The same for such a noun over a small group, which texts have better words for."""
_DOUBTFUL: Final = 0.5
"""The same for a phrase that may hold a verb ("Hingis hints"), or that not everybody reads."""
_UNTOLD: Final = 0.35
"""The share of its fit that a phrase is left where no headline of the group has a word of it."""
_LOYALTY: Final = 0.8
"""The share of the best fit that what a group was called before must have to stay its label."""
_LARGE: Final = 20
"""Articles from which a common noun may be all that a group has in common ("bikes")."""
_SECTION_GAIN: Final = 0.05
"""By what share of its fit a second phrase must find a section better than the first alone."""
_BARE_IN_SECTION: Final = 0.1
"""The share of its fit by which a bare noun must find a section better than a name."""
_BROAD: Final = 0.25
"""The share of the articles of two topics that must hold a phrase for a section to be called by it."""
_LEAST_SECTION_FIT: Final = 0.25
"""Phrases that fit a section less say nothing of most of it: in three mixes a reader struck those of .10 to .21, and
none of .29 and more.
"""
_SECTION_CANDIDATES: Final = 100
"""Phrases among which that is looked for."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    folded: NormalisedPhrase
    text: str
    standing: Standing
    holders: int
    """Articles of the group that the phrase stands in."""
    fit: float
    """F1 of the phrase as a query for the group: 0 to 1."""
    told: float
    """The share of its fit that the group's headlines leave it."""
    appeal: float
    """The fit, weighed by what makes a good label."""


def is_held(ids: Sequence[str], index: KeyphraseIndex) -> bool:
    """Whether a keyphrase holds a group of articles together.

    It must occur in at least two of them, and a fifth of all articles in which it occurs must be in the group. Articles
    that share only a phrase of many others are no topic, and there is nothing to call them.
    """
    return any(
        candidate.holders > 1 and candidate.holders >= _LEAST_SHARE * len(index.articles_with(candidate.folded))
        for candidate in _candidates(ids, index)
    )


def label_groups(
    groups: Sequence[Sequence[str]],
    index: KeyphraseIndex,
    *,
    former: Sequence[str] | None = None,
    given: Iterable[str] = (),
) -> tuple[str, ...]:
    """One label for each group of article ids, in their order: 1 to 5 words, all different.

    A label is a phrase of at least two of the group's articles if there is one; a single article is called by its own
    best keyphrase. ``former`` are the previous labels (empty for none): each is kept while it fits nearly as well as
    the best. Labels in ``given`` belong to other groups and are not used.
    """
    labels = [""] * len(groups)
    taken = {label.casefold() for label in given}
    for number in sorted(range(len(groups)), key=lambda n: (-len(groups[n]), n)):
        wording = _wording(groups[number], index, former[number] if former else "")
        labels[number] = _free(wording, taken)
        taken.add(labels[number].casefold())
    return tuple(labels)


def _wording(ids: Sequence[str], index: KeyphraseIndex, former: str) -> Iterator[str]:
    """What a group may be called, best first; lazily, because the first is mostly taken."""
    ranked = _candidates(ids, index)
    # Readers know a topic by its name: a better one must be clearly better.
    if any(
        c.folded == normalised_phrase(former) and c.holders > 1 and c.fit >= _LOYALTY * ranked[0].fit for c in ranked
    ):
        yield former
    if ranked and ranked[0].standing is Standing.BARE:
        named = (
            c for c in ranked if c.holders == len(ids) > 1 and c.standing is Standing.GOOD and not c.text.islower()
        )
        yield from (f"{name.text}: {ranked[0].text}" for name in islice(named, 1) if len(name.folded) < _LONGEST)
    for candidate in ranked:
        text = _completed(candidate, ranked, ids, index).text if candidate.holders > 1 else candidate.text
        text = _whole(_undeclined(text, ranked, ids, index), ids, index)
        yield text[:1].upper() + text[1:]
    for id_ in ids:
        yield _opening(index.articles[id_].title, index.articles[id_].language)


def _opening(title: str, language: str) -> str:
    """The first words of a title, without small words at the end of what was cut."""
    said = title.split()
    cut = said[:_LONGEST]
    while len(said) > _LONGEST and len(cut) > 1 and cut[-1].lower() in stop_words(language):
        cut.pop()
    return " ".join(cut)


def section_labels(
    sections: Sequence[Sequence[Sequence[str]]], index: KeyphraseIndex, topics: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """A label for each section: the one or two phrases that find it best. A section is a list of topics, each of ids.

    Used as a query, they return the topics of the section and few others, all topics counting the same; the second
    phrase finds what the first leaves out. ``topics`` are the labels of each section's topics, the largest first: no
    section gets one of these or a part of it, unless no phrases fit, and its two largest topics tell more.
    """
    used = {normalised_phrase(label) for labels in topics for label in labels}
    labels: list[str] = []
    for number, names in enumerate(topics):
        chosen, fit = _section_phrases(number, sections, index, used)
        if fit < _LEAST_SECTION_FIT and len(names) > 1:
            text = ", ".join(names[:2])
        else:
            used |= {candidate.folded for candidate in chosen}
            text = ", ".join(candidate.text for candidate in chosen) or "Other topics"
        labels.append(_free([text[:1].upper() + text[1:]], {label.casefold() for label in labels}))
    return tuple(labels)


def _section_phrases(
    number: int, sections: Sequence[Sequence[Sequence[str]]], index: KeyphraseIndex, used: set[NormalisedPhrase]
) -> tuple[list[_Candidate], float]:
    """The phrases that find a section best, and how well they do."""
    query = _SectionQuery(number, sections, index)
    ids = [id_ for topic in sections[number] for id_ in topic]
    free = [
        candidate
        for candidate in _candidates(ids, index)
        if candidate.standing < Standing.DOUBTFUL and used.isdisjoint(_runs(candidate.folded))
    ]
    broad = [candidate for candidate in free if query.is_broad(candidate)] or free
    ranked = sorted(broad, key=lambda candidate: (-query.fit(candidate), candidate.text))[:_SECTION_CANDIDATES]
    if not ranked:
        return [], 0.0
    first = ranked[0]
    apart = [c for c in ranked if _are_apart(c, first, index.articles[ids[0]].language)]
    second = min(apart, key=lambda other: (-query.fit(first, other), other.text), default=first)
    chosen = [first, second] if query.fit(first, second) >= (1 + _SECTION_GAIN) * query.fit(first) else [first]
    return chosen, query.fit(*chosen)


def _are_apart(one: _Candidate, other: _Candidate, language: str) -> bool:
    """Whether two phrases have no word in common, as "COVID-19" and "Covid" have."""
    return set(_stems(one.text, language)).isdisjoint(_stems(other.text, language))


class _SectionQuery:
    """How well phrases find one of the sections, topic by topic."""

    def __init__(self, number: int, sections: Sequence[Sequence[Sequence[str]]], index: KeyphraseIndex) -> None:
        self._topics = sections[number]
        self._index = index
        # What one article adds to the share of its topic that is found, and whether that is of the section.
        self._weight = {
            id_: (1 / len(ids), place == number)
            for place, topics in enumerate(sections)
            for ids in topics
            for id_ in ids
        }

    def is_broad(self, phrase: _Candidate) -> bool:
        """Whether a good part of two topics holds it: a phrase of one topic names that, and no section."""
        where = frozenset(self._index.articles_with(phrase.folded))
        shares = [sum(id_ in where for id_ in ids) / len(ids) for ids in self._topics if ids]
        return sum(share >= _BROAD for share in shares) > 1

    def fit(self, *phrases: _Candidate) -> float:
        """F1 of the phrases as a query for the section, each topic counted by the share of it that is found: 0 to 1.

        What its headlines do not tell finds less, and so does a bare noun: an editor would rather print names.
        """
        found = {id_ for phrase in phrases for id_ in self._index.articles_with(phrase.folded)}
        weights = [self._weight[id_] for id_ in sorted(found) if id_ in self._weight]
        inside = sum(weight for weight, here in weights if here)
        bare = sum(phrase.standing is Standing.BARE for phrase in phrases)
        fit = 2 * inside / (sum(weight for weight, _ in weights) + len(self._topics))
        told = fmean(phrase.told for phrase in phrases)
        return round(fit * told * (1 - _BARE_IN_SECTION) ** bare, 9)


def topic_keyphrases(ids: Sequence[str], index: KeyphraseIndex) -> tuple[Keyphrase, ...]:
    """Phrases that occur in at least two articles of a group, best first, at most 8, none nested in another.

    The score is one minus the F1 of the phrase as a query for the group: above 0, lower is better. A short form is
    replaced by the full name. Bare nouns are left out if there are enough better phrases.
    """
    kept: list[_Candidate] = []
    ranked = [candidate for candidate in _candidates(ids, index) if candidate.holders > 1]
    for short in ranked:
        candidate = _completed(short, ranked, ids, index)
        if not any(contains(k.folded, candidate.folded) or contains(candidate.folded, k.folded) for k in kept):
            kept.append(candidate)
    telling = [candidate for candidate in kept if candidate.standing < Standing.BARE]
    chosen = (telling if len(telling) >= _ENOUGH else kept)[:_SHOWN]
    scored = sorted((max(1.0 - candidate.fit, 1e-6), candidate.text) for candidate in chosen)
    return tuple(Keyphrase(text, score) for score, text in scored)


def _candidates(ids: Sequence[str], index: KeyphraseIndex) -> list[_Candidate]:
    """The keyphrases of a group's articles that may be printed over it: those that retrieve it best first."""
    languages = sorted({index.articles[id_].language for id_ in ids})
    offices = frozenset().union(*(word_list(Kind.ROLES, language) for language in languages))
    sources = frozenset(source.casefold() for id_ in ids if (source := index.articles[id_].source))
    headlines = _Headlines(ids, index)
    group = frozenset(ids)
    spellings: dict[NormalisedPhrase, Counter[str]] = {}
    scores: dict[NormalisedPhrase, float] = {}
    for id_ in sorted(group):
        for phrase in index.keyphrases.get(id_, ()):
            folded = normalised_phrase(phrase.text)
            if folded:
                spellings.setdefault(folded, Counter())[phrase.text] += 1
                scores[folded] = min(phrase.score, scores.get(folded, phrase.score))
    candidates = []
    for folded, forms in spellings.items():
        text = index.spelling(min(forms, key=lambda form: (-forms[form], form)))
        stands = standing(text, languages, sources)
        if stands is Standing.UNFIT or len(folded) > _LONGEST:
            continue
        where = index.articles_with(folded)
        holders = sum(id_ in group for id_ in where)
        fit = 2 * holders / (len(where) + len(group))
        told = _UNTOLD + (1 - _UNTOLD) * headlines.tell(text)
        appeal = fit * told
        if folded[-1] in offices:
            appeal *= _OFFICE
        appeal *= _weight(stands, len(group))
        candidates.append(_Candidate(folded, text, stands, max(holders, 1), fit, told, appeal))
    return sorted(
        candidates, key=lambda c: (c.holders < 2, -c.appeal if c.holders > 1 else 0.0, scores[c.folded], c.text)
    )


class _Headlines:
    """The words of a group's headlines, by their stems."""

    def __init__(self, ids: Sequence[str], index: KeyphraseIndex) -> None:
        self._size = len(ids)
        self._counts: dict[str, Counter[str]] = {}
        for id_ in ids:
            article = index.articles[id_]
            self._counts.setdefault(article.language, Counter()).update(set(_stems(article.title, article.language)))

    def tell(self, phrase: str) -> float:
        """The share of the headlines that have a word of the phrase, on the mean of its words."""
        counted = (
            fmean(counts[word] for word in _stems(phrase, language) or [""])
            for language, counts in self._counts.items()
        )
        return sum(counted) / self._size


def _stems(text: str, language: str) -> list[str]:
    # "The U.S.-Mexico border" tells of Mexico.
    return [stem(part, language) for word in words(text) for part in word.split("-") if part]


def _weight(stands: Standing, size: int) -> float:
    """What the fit of a phrase that stands so is multiplied by, over a group of so many articles."""
    if stands is Standing.BARE and size < _LARGE:
        return _BARE
    return {Standing.GOOD: 1.0, Standing.DOUBTFUL: _DOUBTFUL}.get(stands, _PLAIN)


def _runs(phrase: NormalisedPhrase) -> set[NormalisedPhrase]:
    """All runs of so many words that a label may have."""
    return {phrase[i : i + width] for width in range(1, _LONGEST + 1) for i in range(len(phrase) - width + 1)}


def _completed(
    candidate: _Candidate, ranked: Sequence[_Candidate], ids: Sequence[str], index: KeyphraseIndex
) -> _Candidate:
    """The phrase, or the longer one that the group mostly has for it ("Navalny" → "Alexei Navalny").

    A surname stands for the person whom a good part of the group's articles with it name in full.
    """
    where = frozenset(index.articles_with(candidate.folded))
    if len(candidate.folded) == 1:
        inside = [id_ for id_ in ids if id_ in where]
        full = index.names.among(inside, candidate.text)
        named = sum(index.names.of(id_, candidate.text) == full for id_ in inside)
        if full != candidate.text and named >= _FAMILIAR * len(inside):
            return replace(candidate, folded=normalised_phrase(full), text=index.spelling(full), standing=Standing.GOOD)
    return next((other for other in ranked if _says_more(other, candidate, index)), candidate)


def _says_more(other: _Candidate, short: _Candidate, index: KeyphraseIndex) -> bool:
    """Whether a phrase is the fuller of two for one thing.

    It may be what an abbreviation stands for, a name in full, or a noun with what the group mostly says beside it.
    """
    if other.holders < 2 or other.standing is not Standing.GOOD:
        return False
    if _initials(other.text) == short.text:
        return 2 * other.holders >= short.holders
    if len(other.folded) <= len(short.folded) or not contains(other.folded, short.folded):
        return False
    if short.text.islower():
        return 2 * other.holders >= short.holders
    return 2 * len(index.articles_with(other.folded)) >= len(index.articles_with(short.folded))


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.split() if word[0].isupper())


def _undeclined(text: str, ranked: Sequence[_Candidate], ids: Sequence[str], index: KeyphraseIndex) -> str:
    """The phrase in its base form, if the group's keyphrases have several forms of it."""
    if DECLINING.isdisjoint(index.articles[id_].language for id_ in ids):
        return text
    return base_form({text: 1, **{other.text: other.holders for other in ranked if is_form_of(other.text, text)}})


def _whole(text: str, ids: Sequence[str], index: KeyphraseIndex) -> str:
    """The complete name that the phrase is part of; a person's name without a title ("Accuser Ada Brandt")."""
    names = {
        name for id_ in ids for name in index.names.own.get(id_, {}).values() if name and text.endswith(f" {name}")
    }
    if names:
        return min(names, key=lambda name: (len(name), name))
    english = [id_ for id_ in ids if index.articles[id_].language == "en"]
    if text.islower() or len(english) < len(ids):
        return text
    whole = whole_name(text, map(index.reading, english[:_READ]))
    return text if standing(whole, ["en"]) is Standing.UNFIT else whole  # "Ada Brandt on Wednesday"


def _free(wording: Iterable[str], taken: set[str]) -> str:
    """The first label that is not taken, with a number added if all are."""
    first = ""
    for text in wording:
        if text and text.casefold() not in taken:
            return text
        first = first or text
    base = first or "Articles"
    number = 2
    while f"{base} {number}".casefold() in taken:
        number += 1
    return f"{base} {number}"


def holds(phrases: Iterable[str], ids: Sequence[str], index: KeyphraseIndex) -> tuple[PhraseFit, ...]:
    """How well each phrase, as a query, finds the articles of a group; phrases that no article contains are left out.

    In the order of the phrases, each once whatever its case and ending. The measure is F1.
    """
    group = frozenset(ids)
    found: dict[NormalisedPhrase, PhraseFit] = {}
    for text in phrases:
        folded = normalised_phrase(text)
        where = index.articles_with(folded)
        inside = sum(id_ in group for id_ in where)
        if inside and folded not in found:
            found[folded] = PhraseFit(text, 2 * inside / (len(where) + len(group)), inside, len(where) - inside)
    return tuple(found.values())
