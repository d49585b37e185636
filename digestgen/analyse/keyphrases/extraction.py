"""Keyphrases: what YAKE finds in one article, made readable, then weighed against the whole collection."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from digestgen.analyse.keyphrases.base_form import base_form
from digestgen.analyse.keyphrases.surface_forms import JOINING, Readability
from digestgen.analyse.keyphrases.surnames import FullNames
from digestgen.analyse.keyphrases.tags import hinted_spans
from digestgen.analyse.keyphrases.tokens import Reading, function_words, read
from digestgen.analyse.keyphrases.yake_scores import scored_phrases
from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language import word_frequency
from digestgen.language.letters import has_case, is_short, join_words
from digestgen.language.phrase_matching import ArticleWords, phrase_stems
from digestgen.language.phrases import NormalisedPhrase, normalised_phrase
from digestgen.language.stop_words import stop_words
from digestgen.language.stop_words import supported_languages as languages_with_stop_words
from digestgen.language.text import fold
from digestgen.model import UNKNOWN_LANGUAGE, Article, Keyphrase

_NAMED_SEEDS: Final = 3
_RAW: Final = 150
"""How many phrases are asked of YAKE."""
_CANDIDATES: Final = 30
"""How many of an article's phrases go on to the comparison with the collection."""
_SELECTED: Final = 12
_SINGLE: Final = 4.0
"""What a phrase of one common word must be better by than a longer one; a name of one word is taken as it is."""
_ONCE: Final = 8.0
"""What a phrase that stands only once must be better by in a script that tells no names."""
_FOUND_AGAIN: Final = 100.0

_OPENING: Final = 0.5
"""What the score of a phrase of the headline, or else of the first sentence, is multiplied by."""
_HINTED: Final = 0.3
"""The same for a phrase that its seed tags the article with."""
_LONGEST_OPENING: Final = 60
_SHARPNESS: Final = 2.0
"""The power of a phrase's rarity by which its score is divided."""

_SHORT: Final = 5
"""Letters of a word that is spelled as its article has it: "firms" and "firm" look less alike than longer words."""

# What YAKE reads as it is: Latin, Greek and Cyrillic words. All others are masked.
_ALPHABET: Final = r"[A-Za-zªµºÀ-ÖØ-öø-ɏͰ-ͽͿ-ϿЀ-ҁҊ-ԯḀ-ỿἀ-῾]"
_PLAIN: Final = re.compile(rf"{_ALPHABET}{{3,}}(?:-{_ALPHABET}+)?")
_FOREIGN: Final = re.compile(r"[\u0530-\u1dff\u2c00-\U0010ffff]")
_FILLER: Final = "zz"
"""What stands for a function word of a script that YAKE does not read: two letters, which say nothing to it."""


def warning(language: str, seeds: Sequence[str]) -> str | None:
    """What to tell the curator once about a language without function words, and where; None if all is well."""
    if language in languages_with_stop_words():
        return None
    named = ", ".join(seeds[:_NAMED_SEEDS]) + (f" and {len(seeds) - _NAMED_SEEDS} more" * (len(seeds) > _NAMED_SEEDS))
    if language == UNKNOWN_LANGUAGE:
        return (
            f"{named}: the language could not be told; say it with `language:`, or keyphrases and topics will be poor"
        )
    return f"{named}: no list of function words for the language {language!r}: keyphrases and topics will be poor"


def extract(article: Article, reading: Reading | None = None, whole: Article | None = None) -> tuple[Keyphrase, ...]:
    """The candidate keyphrases of one article, best first, at most 30; its first 3,000 words count.

    ``reading`` is that of the article, where it has been read already. ``whole`` is the article before lines were left
    out of it, in which what is named must stand, too.

    What its seed tags it with counts more where the text says it, and is a candidate though YAKE proposes it not.
    Depends on the article alone, so it may run in any process.
    """
    reading = reading or read(article)
    if not reading.words:
        return ()
    readability = Readability(reading, article.language)
    forms = tuple(map(_form, reading.keys))
    best: dict[tuple[str, ...], tuple[float, int, int, int]] = {}
    raw = _yake_phrases(reading, forms, article.language)
    spans = _positions(forms, reading.breaks, {phrase for phrase, _ in raw})
    for phrase, score in raw:
        span = readability.settle([(start, start + len(phrase)) for start in spans.get(phrase, ())])
        if span is None:
            continue
        settled = reading.keys[span[0] : span[1]]
        if settled not in best or score < best[settled][0]:
            best[settled] = (score, *span, len(spans[phrase]))
    hinted = hinted_spans(article.hints, reading, readability, article.language)
    opening = _opening(reading)
    scored = {
        (start, end): score
        * _penalty(reading, start, end, times)
        * (_OPENING if _stands_at(reading, start, end, opening) else 1.0)
        * (_HINTED if tuple(map(fold, reading.keys[start:end])) in hinted else 1.0)
        for score, start, end, times in best.values()
        if _reads_alike(reading, start, end)
    }
    proposed = {tuple(map(fold, settled)) for settled in best}
    unproposed = sorted(scored.values())[:_SELECTED][-1:] or [1.0]
    for phrase, span in hinted.items():
        if phrase not in proposed and _reads_alike(reading, *span):
            scored[span] = unproposed[0] * _HINTED
    ranked = sorted((score, join_words(reading.words[start:end])) for (start, end), score in scored.items())
    text_of = ArticleWords(whole or article)
    return tuple(Keyphrase(text, score) for score, text in ranked[:_CANDIDATES] if text_of.contains(text))


def _form(key: str) -> str:
    """What YAKE counts as one word: the word itself, or where endings are not its business, its folded form."""
    return fold(key) if _FOREIGN.search(key) else key


def _reads_alike(reading: Reading, start: int, end: int) -> bool:
    """Whether the phrase falls into the same words by itself; without spaces, what stands around it may tell."""
    keys = reading.keys[start:end]
    return "".join(keys).isascii() or normalised_phrase(join_words(reading.words[start:end])) == tuple(map(fold, keys))


def _penalty(reading: Reading, start: int, end: int, times: int) -> float:
    """What a score is multiplied by: a lone common word says less than it seems to.

    Where no capitals tell names, whatever comes again is worth more than what does not, however long.
    """
    if reading.has_capitals:
        return 1.0 if end - start > 1 or reading.named[start] else _SINGLE
    return 1.0 if times > 1 else _ONCE


def _opening(reading: Reading) -> dict[str, list[int]]:
    """Where each word of the headline, or else of the first sentence, stands in it."""
    length = min(next(i for i in range(1, len(reading.breaks)) if reading.breaks[i] == 2), _LONGEST_OPENING)
    places: dict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(reading.keys[:length]):
        places[key].append(i)
    return places


def _stands_at(reading: Reading, start: int, end: int, places: Mapping[str, Sequence[int]]) -> bool:
    """Whether the phrase stands at one of the places, which are told by its first word."""
    keys = reading.keys[start:end]
    return any(reading.keys[i : i + len(keys)] == keys for i in places.get(keys[0], ()))


@cache
def _in_no_phrase(language: str) -> frozenset[str]:
    """The words with which no phrase begins or ends."""
    return stop_words(language) | word_list(Kind.STRUCK, language)


def _yake_phrases(reading: Reading, forms: Sequence[str], language: str) -> list[tuple[tuple[str, ...], float]]:
    """YAKE's phrases in the forms of their words, best first, with scores above 0."""
    placeholders: dict[str, str] = {}
    pieces: list[str] = []
    stop = function_words(reading, language)
    unfit = (stop | word_list(Kind.STRUCK, language)) - JOINING
    parted = False
    for i, (word, key, form) in enumerate(zip(reading.words, reading.keys, forms, strict=True)):
        named = reading.named[i]
        if _PLAIN.fullmatch(word) and not (named and key in stop):
            emitted = word if named else key
        elif named or any(map(str.isdigit, word)) or (key not in stop and not is_short(key)):
            emitted = placeholders.setdefault(form, _placeholder(len(placeholders)))
            emitted = emitted if named else emitted.lower()
        else:
            emitted = _FILLER if _FOREIGN.search(key) else key
        # Commas around words that no phrase may hold spare YAKE a third of its work.
        parting = key in unfit and not named
        mark = ("", ",", ".")[reading.breaks[i] or (parting or parted)]
        parted = parting
        if mark == "." or not pieces:
            emitted = emitted[0].upper() + emitted[1:]
        if pieces:
            pieces[-1] += mark
        pieces.append(emitted)
    originals = {placeholder.lower(): form for form, placeholder in placeholders.items()}
    found = scored_phrases(" ".join(pieces) + ".", _in_no_phrase(language), _RAW)
    return [(tuple(originals.get(word, word) for word in phrase.split()), max(score, 1e-12)) for phrase, score in found]


def _placeholder(number: int) -> str:
    """A made-up word that YAKE takes for a name, where the real one is too short or too odd for it."""
    letters = ""
    for _ in range(4):
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnpqrtvwxyz"[digit]
    return f"Q{letters}q"


def _positions(
    forms: Sequence[str], breaks: Sequence[int], wanted: set[tuple[str, ...]]
) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    forms = tuple(forms)
    openings = {phrase[0] for phrase in wanted}
    for start, form in enumerate(forms):
        if form not in openings:
            continue
        for end in range(start + 1, min(start + 4, len(forms) + 1)):
            if end > start + 1 and breaks[end - 1]:
                break
            if forms[start:end] in wanted:
                found[forms[start:end]].append(start)
    return found


@dataclass(frozen=True, slots=True)
class _Collection:
    """In how many articles each folded word stands, and how each phrase is spelled where it stands."""

    size: int
    frequency: Mapping[str, int]


def select(
    candidates: Mapping[str, Sequence[Keyphrase]],
    articles: Mapping[str, Article],
    names: FullNames,
    shown: Collection[str],
) -> dict[str, tuple[Keyphrase, ...]]:
    """The keyphrases of every article, best first, at most 12, chosen with the whole collection in view.

    A phrase counts the more the rarer it is in the collection and, in a small collection, in the language at large;
    of phrases inside one another only the best is kept. A surname alone is named by the full name that it stands for in
    the article. Capitals, plurals and case endings are spelled alike in all articles, names as the article has them; a
    word that is only stressed by capitals is none. Each stands in its article, word for word or inflected. How rare a
    phrase is depends on all articles, how it is spelled only on those that are ``shown``: hiding an article moves no
    other, and lends it no word.
    """
    ids = sorted(candidates)
    collection = _count(candidates[id_] for id_ in ids)
    holders = Counter(each for id_ in ids for each in {normalised_phrase(phrase.text) for phrase in candidates[id_]})
    spellings = _spellings(candidates[id_] for id_ in ids if id_ in shown)
    selected = {}
    for id_ in ids:
        language, text_of = articles[id_].language, _Held(articles[id_], candidates[id_])
        weighed = sorted(
            (phrase.score / _rarity(phrase.text, language, collection) / _shared(phrase.text, holders), phrase.text)
            for phrase in candidates[id_]
        )
        kept: dict[NormalisedPhrase, Keyphrase] = {}
        for score, text in weighed:
            full = names.of(id_, text)
            spelled = spellings.get(_spelling_key(full), full)
            folded = normalised_phrase(spelled)
            nested = any(set(folded) <= set(other) or set(other) <= set(folded) for other in kept)
            if not folded or nested or _is_stressed(spelled, language):
                continue
            if any(text_of.contains(form) for form in names.aliases.forms(spelled)):
                kept[folded] = Keyphrase(spelled, score)
            if len(kept) == _SELECTED:
                break
        selected[id_] = tuple(kept.values())
    return selected


class _Held:
    """Whether a phrase stands in an article, which is read for that only where none of its candidates tells."""

    def __init__(self, article: Article, candidates: Sequence[Keyphrase]) -> None:
        self._article = article
        self._candidates = {phrase.text for phrase in candidates}

    def contains(self, phrase: str) -> bool:
        return (
            phrase in self._candidates
            or phrase_stems(phrase, self._article.language) in self._stems
            or self._text.contains(phrase)
        )

    @cached_property
    def _stems(self) -> frozenset[tuple[str, ...]]:
        return frozenset(phrase_stems(text, self._article.language) for text in self._candidates)

    @cached_property
    def _text(self) -> ArticleWords:
        return ArticleWords(self._article)


def _shared(text: str, holders: Mapping[NormalisedPhrase, int]) -> float:
    """What the score of a phrase is divided by for being found in several articles, where no capitals tell names.

    Little else tells there which of a run of words belong together.
    """
    return _FOUND_AGAIN if holders[normalised_phrase(text)] > 1 and not has_case(text) else 1.0


def _count(lists: Iterable[Sequence[Keyphrase]]) -> _Collection:
    frequency: Counter[str] = Counter()
    size = 0
    for phrases in lists:
        size += 1
        frequency.update({word for phrase in phrases for word in normalised_phrase(phrase.text)})
    return _Collection(size, frequency)


def _spelling_key(text: str) -> str:
    """What the spellings of a phrase have in common: all but capitals, and the endings of longer words.

    "missiles" is "missile", but a name has no plural ("Browns" is not "Brown"); in Cyrillic letters all have cases.
    """
    return " ".join(fold(word) if word > "\u0400" or _has_plain_plural(word) else word.lower() for word in text.split())


def _has_plain_plural(word: str) -> bool:
    return word.islower() and len(word) > _SHORT and not word.endswith("ies")


def _spellings(lists: Iterable[Sequence[Keyphrase]]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrases in lists:
        for phrase in phrases:
            counts[_spelling_key(phrase.text)][phrase.text] += 1
    return {
        key: base_form(forms) if key > "\u0400" else min(forms, key=lambda form: (-forms[form], form.swapcase()))
        for key, forms in counts.items()
    }


def _is_stressed(text: str, language: str) -> bool:
    """Whether a phrase holds a word that stands in capitals for stress ("they COULD have"), and not as a name."""
    stop, unfinished = stop_words(language), word_list(Kind.UNFINISHED, language)
    abbreviations = word_list(Kind.ABBREVIATIONS, language)
    capitals = (word.lower() for word in text.split() if len(word) > 1 and word.isupper())
    return any(key not in abbreviations and (key in stop or key in unfinished) for key in capitals)


def _rarity(text: str, language: str, collection: _Collection) -> float:
    """1 for a phrase of common words, growing with the rarity of its words; always above 0."""
    weights = []
    for word in normalised_phrase(text):
        own = math.log((1 + collection.size) / (1 + collection.frequency.get(word, 0)))
        general = max(0.0, 7.0 - word_frequency.zipf(word, language))
        weights.append(1.0 + own + general)
    return float((sum(weights) / len(weights)) ** _SHARPNESS)
