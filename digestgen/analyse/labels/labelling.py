"""Labels of groups of articles, and the keyphrases that hold a group together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Final

from digestgen.analyse.keyphrases.base_form import DECLINING, base_form, is_form_of
from digestgen.analyse.keyphrases.keyphrase_index import KeyphraseIndex
from digestgen.analyse.labels.candidates import LONGEST, Candidate, label_candidates
from digestgen.analyse.labels.extended_names import whole_name
from digestgen.analyse.labels.headline_pairs import HeadlineIndex, stems_of
from digestgen.analyse.labels.noun_phrases import is_used_as_noun_phrase, may_hold_verb
from digestgen.analyse.labels.suitability import Suitability, suitability
from digestgen.language.phrases import NormalisedPhrase, contains, normalised_phrase
from digestgen.language.stop_words import stop_words
from digestgen.model import Keyphrase, PhraseFit

_VOWELS: Final = re.compile(r"(?<=.)[aeiouy]+")
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")
BETWEEN: Final = ", "
"""What stands between the two phrases of a label."""
_MOST_KEYPHRASES: Final = 8
_MOST_READ: Final = 30
"""Number of a group's articles that are searched for a name that contains its label."""
_ENOUGH_PHRASES: Final = 3
"""Number of better keyphrases from which common nouns are left out."""
_LEAST_SHARE_INSIDE: Final = 0.2
"""Share of the articles with a phrase that must be in a group for the phrase to hold it together."""
_LEAST_SHARE_NAMED: Final = 0.3
"""Share of a group's articles with a surname that must contain the full name for it to be the label."""
_LEAST_SHARE_OF_HEADLINES: Final = 0.4
"""Share of a group's headlines that must have each word of a label, or two terms may take its place."""
_FEW: Final = 5
"""Number of articles up to which a group must have a label that says what it is about."""
_LEAST_FIT_OF_FEW: Final = 0.5
"""Least F1 of their best phrase where their headlines do not say the label."""
_NEARLY: Final = 0.8
"""Share of the articles with a common noun in which a name must stand to be printed beside it."""
_PAIR_GAIN: Final = 1.7
"""How many times as well as the best phrase two terms must fit."""
_LEAST_SHARE_OF_BEST: Final = 0.8
"""Share of the best fit from which a group keeps its former label."""


def can_be_named(ids: Sequence[str], index: KeyphraseIndex, headlines: HeadlineIndex) -> bool:
    """Whether a phrase holds a group of articles together, so that readers see what it is about.

    It must occur in at least two of them, and a fifth of all articles in which it occurs must be in the group. Articles
    that share only a phrase of many others are no topic, and there is nothing to call them. A few articles whose
    headlines hardly say the label need a phrase that finds them well.
    """
    held = [candidate for candidate in label_candidates(ids, index) if candidate.holders > 1]
    if not any(_holds_together(candidate, index) for candidate in held):
        return False
    if len(ids) > _FEW or max(candidate.fit for candidate in held) >= _LEAST_FIT_OF_FEW:
        return True
    label = next(_options(ids, index, "", headlines))
    return headlines.share_with_any(label, ids) >= _LEAST_SHARE_OF_HEADLINES


def _holds_together(candidate: Candidate, index: KeyphraseIndex) -> bool:
    """Whether enough of the articles with a phrase are in the group."""
    return candidate.holders >= _LEAST_SHARE_INSIDE * len(index.articles_with(candidate.folded))


def label_groups(
    groups: Sequence[Sequence[str]],
    index: KeyphraseIndex,
    *,
    former: Sequence[str] | None = None,
    given: Iterable[str] = (),
) -> tuple[str, ...]:
    """One label for each group of article ids, in their order: 1 to 5 words, all different.

    A label is a phrase of at least two of the group's articles if there is one, or two phrases that say more together;
    a single article is called by its own best keyphrase. ``former`` are the previous labels (empty for none): each is
    kept while it fits nearly as well as the best. Labels in ``given`` belong to other groups and are not used.
    """
    labels = [""] * len(groups)
    taken = {label.casefold() for label in given}
    skeletons = set(map(_skeleton, taken))
    headlines = HeadlineIndex(index)
    for number in sorted(range(len(groups)), key=lambda n: (-len(groups[n]), n)):
        kept = former[number] if former else ""
        wording = _options(groups[number], index, kept, headlines)
        apart = (text for text in wording if text == kept or _skeleton(text) not in skeletons)
        labels[number] = first_free(apart, taken)
        taken.add(labels[number].casefold())
        skeletons.add(_skeleton(labels[number]))
    return tuple(labels)


def _skeleton(label: str) -> str:
    """The first letter and the consonants of each word of a label, each once: what spellings of a name have in common.

    Languages and transliterations differ in the rest: "Syria" and "Syrie", "Mohamed" and "Mohammed".
    """
    return " ".join(_DOUBLED.sub(r"\1", _VOWELS.sub("", word)) for word in normalised_phrase(label))


def _options(ids: Sequence[str], index: KeyphraseIndex, former: str, headlines: HeadlineIndex) -> Iterator[str]:
    """Possible labels of a group, best first; lazily, since mostly the first is free."""
    candidates = label_candidates(ids, index)
    is_noun_phrase = _noun_phrase_test(ids, index)
    doubtful = list(takewhile(lambda candidate: not is_noun_phrase(candidate), candidates))
    ranked = [*candidates[len(doubtful) :], *doubtful]
    # Readers know a topic by its name: a better one must be clearly better.
    if former and _still_fits(former, ranked, ids, headlines):
        yield former
    if ranked and (pair := _better_pair(ranked, ids, index, headlines)):
        yield pair[:1].upper() + pair[1:]

    def printed(candidate: Candidate) -> str:
        longer = _longer_form(candidate, ranked, ids, index) if candidate.holders > 1 else candidate
        text = longer.text if is_noun_phrase(longer) else candidate.text
        return _whole_name(_in_base_form(text, ranked, ids, index), ids, index)

    if ranked and printed(ranked[0]) == ranked[0].text and (named := _named_noun(ranked, ids, index, headlines)):
        yield named
    for place, candidate in enumerate(ranked):
        text = printed(candidate)
        yield text[:1].upper() + text[1:]
        if not place:
            # Another group is called so: the next phrase tells the two apart, at best one that half of this one holds.
            good = (c for c in ranked if c.suitability is Suitability.GOOD and c.holders > 1)
            others = map(printed, sorted(good, key=lambda c: 2 * c.holders < len(ids)))
            apart = (other for other in others if _may_stand_beside(text, other))
            yield from (text[:1].upper() + text[1:] + BETWEEN + other for other in islice(apart, 1))
    for id_ in ids:
        yield _title_start(index.articles[id_].title, index.articles[id_].language)


def _may_stand_beside(one: str, other: str) -> bool:
    """Whether two phrases have no word in common and are short enough for a label."""
    first, second = _skeleton(one).split(), _skeleton(other).split()
    return set(first).isdisjoint(second) and len(first) + len(second) <= LONGEST


def _still_fits(former: str, ranked: Sequence[Candidate], ids: Sequence[str], headlines: HeadlineIndex) -> bool:
    """Whether a former label fits a group nearly as well as its best phrase, or is two terms of its headlines."""
    known = {c.folded for c in ranked if c.holders > 1 and c.fit >= _LEAST_SHARE_OF_BEST * ranked[0].fit}
    parts = parts_of(former)
    if len(parts) > 1 and headlines.least_share(former, ids) >= _LEAST_SHARE_OF_HEADLINES:
        return True
    return all(normalised_phrase(part) in known for part in parts)


def _better_pair(
    ranked: Sequence[Candidate], ids: Sequence[str], index: KeyphraseIndex, headlines: HeadlineIndex
) -> str | None:
    """Two terms of the headlines, if they say much more of a group than its best phrase, which headlines hardly say."""
    best = ranked[0]
    said = headlines.least_share(best.text, ids) >= _LEAST_SHARE_OF_HEADLINES
    if said and best.suitability is Suitability.GOOD and _holds_together(best, index):
        return None
    pair = headlines.best_pair(ids)
    if pair is None or pair.fit < _PAIR_GAIN * best.appeal or len(" ".join(pair.parts).split()) > LONGEST:
        return None
    # "deal, gas" says no more than "gas deal".
    language = index.articles[ids[0]].language
    phrases = (c.text for c in ranked if c.holders > 1 and pair.stems <= set(stems_of(c.text, language)))
    return next(phrases, BETWEEN.join(pair.parts))


def parts_of(label: str) -> list[str]:
    """The phrases of a label: mostly one, sometimes two."""
    return label.split(BETWEEN)


def _named_noun(
    ranked: Sequence[Candidate], ids: Sequence[str], index: KeyphraseIndex, headlines: HeadlineIndex
) -> str | None:
    """The best phrase if it is a common noun, after a name that stands beside it: "Texas, abortion".

    For a noun that fits many groups, the name must be in all articles; otherwise in nearly as many as the noun and in
    the headlines, and it must hold the group together.
    """
    noun = ranked[0]
    if len(noun.folded) > 1 or not noun.text.islower() or noun.holders < 2:
        return None
    for name in ranked:
        if name.suitability is not Suitability.GOOD or name.text.islower() or name.holders < 2:
            continue
        if noun.suitability is Suitability.BARE:
            beside = name.holders == len(ids)
        else:
            said = headlines.least_share(name.text, ids) >= _LEAST_SHARE_OF_HEADLINES
            beside = said and name.holders >= _NEARLY * noun.holders and _holds_together(name, index)
        if beside:
            whole = _whole_name(name.text, ids, index)
            if len(whole.split()) < LONGEST:
                return whole + BETWEEN + noun.text
    return None


def _noun_phrase_test(ids: Sequence[str], index: KeyphraseIndex) -> Callable[[Candidate], bool]:
    """A function that tells whether the group's texts use a phrase as a noun phrase, as far as that can be told."""
    read = [index.tokens(id_) for id_ in ids[:_MOST_READ] if index.articles[id_].language == "en"]
    telling = len(read) == min(len(ids), _MOST_READ)
    return lambda phrase: not telling or not may_hold_verb(phrase.text) or is_used_as_noun_phrase(phrase.text, read)


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
    replaced by the full name. Bare nouns are left out if there are enough better phrases, and so is what is no noun
    phrase in these texts ("countries vaccinate").
    """
    kept: list[Candidate] = []
    is_noun_phrase = _noun_phrase_test(ids, index)
    held = [candidate for candidate in label_candidates(ids, index) if candidate.holders > 1]
    ranked = [candidate for candidate in held if is_noun_phrase(candidate)] or held
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
