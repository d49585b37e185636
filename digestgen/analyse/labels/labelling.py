"""Labels of groups of articles, and the keyphrases that hold a group together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from digestgen.analyse.keyphrases.base_form import DECLINING, base_form, is_form_of
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.labels.candidates import LONGEST, Candidate, label_candidates
from digestgen.analyse.labels.extended_names import whole_name
from digestgen.analyse.labels.suitability import Suitability, suitability
from digestgen.language.phrases import NormalisedPhrase, contains, normalised_phrase
from digestgen.language.stop_words import stop_words
from digestgen.model import Keyphrase, PhraseFit

_MOST_KEYPHRASES: Final = 8
_MOST_READ: Final = 30
"""Number of a group's articles that are searched for a name that contains its label."""
_ENOUGH_PHRASES: Final = 3
"""Number of better keyphrases from which common nouns are left out."""
_LEAST_SHARE_INSIDE: Final = 0.2
"""Share of the articles with a phrase that must be in a group for the phrase to hold it together."""
_LEAST_SHARE_NAMED: Final = 0.3
"""Share of a group's articles with a surname that must contain the full name for it to be the label."""
_LEAST_SHARE_OF_BEST: Final = 0.8
"""Share of the best fit from which a group keeps its former label."""


def has_common_phrase(ids: Sequence[str], index: KeyphraseIndex) -> bool:
    """Whether a keyphrase phrase_fits a group of articles together.

    It must occur in at least two of them, and a fifth of all articles in which it occurs must be in the group. Articles
    that share only a phrase of many others are no topic, and there is nothing to call them.
    """
    return any(
        candidate.holders > 1 and candidate.holders >= _LEAST_SHARE_INSIDE * len(index.articles_with(candidate.folded))
        for candidate in label_candidates(ids, index)
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
        wording = _options(groups[number], index, former[number] if former else "")
        labels[number] = first_free(wording, taken)
        taken.add(labels[number].casefold())
    return tuple(labels)


def _options(ids: Sequence[str], index: KeyphraseIndex, former: str) -> Iterator[str]:
    """Possible labels of a group, best first; lazily, since mostly the first is free."""
    ranked = label_candidates(ids, index)
    # Readers know a topic by its name: a better one must be clearly better.
    if any(
        c.folded == normalised_phrase(former) and c.holders > 1 and c.fit >= _LEAST_SHARE_OF_BEST * ranked[0].fit
        for c in ranked
    ):
        yield former
    if ranked and ranked[0].suitability is Suitability.BARE:
        named = (
            c
            for c in ranked
            if c.holders == len(ids) > 1 and c.suitability is Suitability.GOOD and not c.text.islower()
        )
        yield from (f"{name.text}: {ranked[0].text}" for name in islice(named, 1) if len(name.folded) < LONGEST)
    for candidate in ranked:
        text = _longer_form(candidate, ranked, ids, index).text if candidate.holders > 1 else candidate.text
        text = _whole_name(_in_base_form(text, ranked, ids, index), ids, index)
        yield text[:1].upper() + text[1:]
    for id_ in ids:
        yield _title_start(index.articles[id_].title, index.articles[id_].language)


def _title_start(title: str, language: str) -> str:
    """The first words of a title; if it is cut, without function words at the end."""
    said = title.split()
    cut = said[:LONGEST]
    while len(said) > LONGEST and len(cut) > 1 and cut[-1].lower() in stop_words(language):
        cut.pop()
    return " ".join(cut)


def topic_keyphrases(ids: Sequence[str], index: KeyphraseIndex) -> tuple[Keyphrase, ...]:
    """Phrases that occur in at least two articles of a group, best first, at most 8, none nested in another.

    The score is one minus the F1 of the phrase as a query for the group: above 0, lower is better. A short form is
    replaced by the full name. Bare nouns are left out if there are enough better phrases.
    """
    kept: list[Candidate] = []
    ranked = [candidate for candidate in label_candidates(ids, index) if candidate.holders > 1]
    for short in ranked:
        candidate = _longer_form(short, ranked, ids, index)
        if not any(contains(k.folded, candidate.folded) or contains(candidate.folded, k.folded) for k in kept):
            kept.append(candidate)
    telling = [candidate for candidate in kept if candidate.suitability < Suitability.BARE]
    chosen = (telling if len(telling) >= _ENOUGH_PHRASES else kept)[:_MOST_KEYPHRASES]
    scored = sorted((max(1.0 - candidate.fit, 1e-6), candidate.text) for candidate in chosen)
    return tuple(Keyphrase(text, score) for score, text in scored)


def _longer_form(
    candidate: Candidate, ranked: Sequence[Candidate], ids: Sequence[str], index: KeyphraseIndex
) -> Candidate:
    """The phrase, or the longer form that most of the group uses ("Navalny" → "Alexei Navalny").

    A surname is completed if enough of the group's articles with it contain the full name.
    """
    where = frozenset(index.articles_with(candidate.folded))
    if len(candidate.folded) == 1:
        inside = [id_ for id_ in ids if id_ in where]
        full = index.names.among(inside, candidate.text)
        named = sum(index.names.of(id_, candidate.text) == full for id_ in inside)
        if full != candidate.text and named >= _LEAST_SHARE_NAMED * len(inside):
            return replace(
                candidate, folded=normalised_phrase(full), text=index.spelling(full), suitability=Suitability.GOOD
            )
    return next((other for other in ranked if _says_more(other, candidate, index)), candidate)


def _says_more(other: Candidate, short: Candidate, index: KeyphraseIndex) -> bool:
    """Whether a phrase is a longer form of another for the same thing.

    It may be the expansion of an abbreviation, a full name, or a noun with the words that most of the group add to it.
    """
    if other.holders < 2 or other.suitability is not Suitability.GOOD:
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


def _in_base_form(text: str, ranked: Sequence[Candidate], ids: Sequence[str], index: KeyphraseIndex) -> str:
    """The phrase in its base form, if the group's keyphrases have several forms of it."""
    if DECLINING.isdisjoint(index.articles[id_].language for id_ in ids):
        return text
    return base_form({text: 1, **{other.text: other.holders for other in ranked if is_form_of(other.text, text)}})


def _whole_name(text: str, ids: Sequence[str], index: KeyphraseIndex) -> str:
    """The complete name that the phrase is part of; a person's name without a title ("Accuser Ada Brandt")."""
    names = {
        name for id_ in ids for name in index.names.own.get(id_, {}).values() if name and text.endswith(f" {name}")
    }
    if names:
        return min(names, key=lambda name: (len(name), name))
    english = [id_ for id_ in ids if index.articles[id_].language == "en"]
    if text.islower() or len(english) < len(ids):
        return text
    whole = whole_name(text, map(index.tokens, english[:_MOST_READ]))
    return text if suitability(whole, ["en"]) is Suitability.UNFIT else whole  # "Ada Brandt on Wednesday"


def first_free(wording: Iterable[str], taken: set[str]) -> str:
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


def phrase_fits(phrases: Iterable[str], ids: Sequence[str], index: KeyphraseIndex) -> tuple[PhraseFit, ...]:
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
