"""Keyphrases: candidates from YAKE for each article, then a selection in view of the whole collection."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from digestgen.analyse.keyphrases.base_form import base_form
from digestgen.analyse.keyphrases.surface_forms import JOINING, SurfaceForms
from digestgen.analyse.keyphrases.surnames import FullNames
from digestgen.analyse.keyphrases.tags import hinted_spans
from digestgen.analyse.keyphrases.tokens import TokenisedText, function_words, tokenise
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
_MOST_FROM_YAKE: Final = 150
"""Number of phrases requested from YAKE."""
_MOST_CANDIDATES: Final = 30
"""Number of an article's phrases that are compared with the collection."""
_MOST_SELECTED: Final = 12
"""Number of keyphrases selected for an article."""
_SINGLE_WORD_PENALTY: Final = 4.0
"""Penalty for a single common word, but not for a single-word name."""
_SINGLE_OCCURRENCE_PENALTY: Final = 8.0
"""Penalty for a phrase that occurs once, in scripts without capitals."""
_SHARED_GAIN: Final = 100.0
"""Divisor of the score of a phrase found in several articles, in scripts without capitals."""

_OPENING_FACTOR: Final = 0.5
"""Factor of the score of a phrase in the headline or, without one, the first sentence."""
_TAG_FACTOR: Final = 0.3
"""Factor of the score of a phrase that the seed tags the article with."""
_LONGEST_OPENING: Final = 60
"""Most words of that headline or sentence."""
_RARITY_POWER: Final = 2.0
"""The score is divided by the phrase's rarity to this power."""

_SHORT: Final = 5
"""Most letters of a word that keeps its plural: "firms" and "firm" look less alike than longer words."""

# Words that YAKE handles: Latin, Greek and Cyrillic. All others are masked.
_ALPHABET: Final = r"[A-Za-zªµºÀ-ÖØ-öø-ɏͰ-ͽͿ-ϿЀ-ҁҊ-ԯḀ-ỿἀ-῾]"
_PLAIN: Final = re.compile(rf"{_ALPHABET}{{3,}}(?:-{_ALPHABET}+)?")
_FOREIGN: Final = re.compile(r"[\u0530-\u1dff\u2c00-\U0010ffff]")
_FILLER: Final = "zz"
"""Replaces function words in scripts that YAKE does not read; too short to mean anything to it."""


def warning(language: str, seeds: Sequence[str]) -> str | None:
    """The message to the curator about a language without function words; None if it has them."""
    if language in languages_with_stop_words():
        return None
    named = ", ".join(seeds[:_NAMED_SEEDS]) + (f" and {len(seeds) - _NAMED_SEEDS} more" * (len(seeds) > _NAMED_SEEDS))
    if language == UNKNOWN_LANGUAGE:
        return f"{named}: the language was not detected; set it with `language:`, or keyphrases and topics will be poor"
    return f"{named}: no list of function words for the language {language!r}: keyphrases and topics will be poor"


def extract(
    article: Article, tokens: TokenisedText | None = None, whole: Article | None = None
) -> tuple[Keyphrase, ...]:
    """Candidate keyphrases of one article, best first, at most 30, from its first 3,000 words.

    ``tokens`` are those of the article, if it was tokenised already. ``whole`` is the article with its recurring lines;
    the phrases must occur in it too. A tag of the seed counts more if the text contains it, and is then a candidate
    even if YAKE does not find it. The result depends on the article alone, so that any process can compute it.
    """
    tokens = tokens or tokenise(article)
    if not tokens.words:
        return ()
    surface_forms = SurfaceForms(tokens, article.language)
    forms = tuple(map(_yake_form, tokens.keys))
    best: dict[tuple[str, ...], tuple[float, int, int, int]] = {}
    raw = _yake_phrases(tokens, forms, article.language)
    spans = _positions(forms, tokens.breaks, {phrase for phrase, _ in raw})
    for phrase, score in raw:
        span = surface_forms.choose([(start, start + len(phrase)) for start in spans.get(phrase, ())])
        if span is None:
            continue
        settled = tokens.keys[span[0] : span[1]]
        if settled not in best or score < best[settled][0]:
            best[settled] = (score, *span, len(spans[phrase]))
    hinted = hinted_spans(article.hints, tokens, surface_forms, article.language)
    opening = _opening(tokens)
    scored = {
        (start, end): score
        * _penalty(tokens, start, end, times)
        * (_OPENING_FACTOR if _occurs_at(tokens, start, end, opening) else 1.0)
        * (_TAG_FACTOR if tuple(map(fold, tokens.keys[start:end])) in hinted else 1.0)
        for score, start, end, times in best.values()
        if _segments_alike(tokens, start, end)
    }
    proposed = {tuple(map(fold, settled)) for settled in best}
    unproposed = sorted(scored.values())[:_MOST_SELECTED][-1:] or [1.0]
    for phrase, span in hinted.items():
        if phrase not in proposed and _segments_alike(tokens, *span):
            scored[span] = unproposed[0] * _TAG_FACTOR
    ranked = sorted((score, join_words(tokens.words[start:end])) for (start, end), score in scored.items())
    text_of = ArticleWords(whole or article)
    return tuple(Keyphrase(text, score) for score, text in ranked[:_MOST_CANDIDATES] if text_of.contains(text))


def _yake_form(key: str) -> str:
    """The word as YAKE should count it; folded in scripts whose endings YAKE does not handle."""
    return fold(key) if _FOREIGN.search(key) else key


def _segments_alike(tokens: TokenisedText, start: int, end: int) -> bool:
    """Whether the phrase alone has the same words: without spaces, segmentation may depend on the context."""
    keys = tokens.keys[start:end]
    return "".join(keys).isascii() or normalised_phrase(join_words(tokens.words[start:end])) == tuple(map(fold, keys))


def _penalty(tokens: TokenisedText, start: int, end: int, times: int) -> float:
    """Factor of the score: a single common word says little.

    Without capitals to mark names, a phrase that repeats is worth more, whatever its length.
    """
    if tokens.has_capitals:
        return 1.0 if end - start > 1 or tokens.named[start] else _SINGLE_WORD_PENALTY
    return 1.0 if times > 1 else _SINGLE_OCCURRENCE_PENALTY


def _opening(tokens: TokenisedText) -> dict[str, list[int]]:
    """Positions of each word of the headline or, without one, of the first sentence."""
    length = min(next(i for i in range(1, len(tokens.breaks)) if tokens.breaks[i] == 2), _LONGEST_OPENING)
    places: dict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(tokens.keys[:length]):
        places[key].append(i)
    return places


def _occurs_at(tokens: TokenisedText, start: int, end: int, places: Mapping[str, Sequence[int]]) -> bool:
    """Whether the phrase occurs at one of the positions, given by its first word."""
    keys = tokens.keys[start:end]
    return any(tokens.keys[i : i + len(keys)] == keys for i in places.get(keys[0], ()))


@cache
def _boundary_words(language: str) -> frozenset[str]:
    """Words with which no phrase begins or ends."""
    return stop_words(language) | word_list(Kind.STRUCK, language)


def _yake_phrases(tokens: TokenisedText, forms: Sequence[str], language: str) -> list[tuple[tuple[str, ...], float]]:
    """YAKE's phrases as the forms of their words, best first, with scores above 0."""
    placeholders: dict[str, str] = {}
    pieces: list[str] = []
    stop = function_words(tokens, language)
    separators = (stop | word_list(Kind.STRUCK, language)) - JOINING
    separated = False
    for i, (word, key, form) in enumerate(zip(tokens.words, tokens.keys, forms, strict=True)):
        named = tokens.named[i]
        if _PLAIN.fullmatch(word) and not (named and key in stop):
            emitted = word if named else key
        elif named or any(map(str.isdigit, word)) or (key not in stop and not is_short(key)):
            emitted = placeholders.setdefault(form, _placeholder(len(placeholders)))
            emitted = emitted if named else emitted.lower()
        else:
            emitted = _FILLER if _FOREIGN.search(key) else key
        # Commas around words that no phrase may contain save a third of YAKE's time.
        separates = key in separators and not named
        mark = ("", ",", ".")[tokens.breaks[i] or (separates or separated)]
        separated = separates
        if mark == "." or not pieces:
            emitted = emitted[0].upper() + emitted[1:]
        if pieces:
            pieces[-1] += mark
        pieces.append(emitted)
    originals = {placeholder.lower(): form for form, placeholder in placeholders.items()}
    found = scored_phrases(" ".join(pieces) + ".", _boundary_words(language), _MOST_FROM_YAKE)
    return [(tuple(originals.get(word, word) for word in phrase.split()), max(score, 1e-12)) for phrase, score in found]


def _placeholder(number: int) -> str:
    """A made-up word that YAKE takes for a name, in place of one too short or unusual for it."""
    letters = ""
    for _ in range(4):
        number, digit = divmod(number, 20)
        letters += "bcdfghjklmnpqrtvwxyz"[digit]
    return f"Q{letters}q"


def _positions(
    forms: Sequence[str], breaks: Sequence[int], wanted: set[tuple[str, ...]]
) -> dict[tuple[str, ...], list[int]]:
    """Start positions of each wanted phrase."""
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
class _WordFrequencies:
    """Number of articles whose candidates contain each folded word."""

    size: int
    """Number of all articles."""
    articles: Mapping[str, int]


def select(
    candidates: Mapping[str, Sequence[Keyphrase]],
    articles: Mapping[str, Article],
    names: FullNames,
    shown: Collection[str],
) -> dict[str, tuple[Keyphrase, ...]]:
    """Keyphrases of every article, best first, at most 12, selected in view of the whole collection.

    A phrase counts more the rarer it is in the collection and in the language; of nested phrases only the best is kept.
    A surname is replaced by the full name it stands for in the article. Case, plurals and inflections are spelled alike
    in all articles, names as in their own; a word in capitals for emphasis is no keyphrase. Each phrase occurs in its
    article, verbatim or inflected. How rare a phrase is depends on all articles, its spelling only on those in
    ``shown``: hiding an article changes no other, and reveals no word of it.
    """
    ids = sorted(candidates)
    frequencies = _word_frequencies(candidates[id_] for id_ in ids)
    holders = Counter(each for id_ in ids for each in {normalised_phrase(phrase.text) for phrase in candidates[id_]})
    spellings = _spellings(candidates[id_] for id_ in ids if id_ in shown)
    selected = {}
    for id_ in ids:
        language, text_of = articles[id_].language, _PhraseLookup(articles[id_], candidates[id_])
        weighed = sorted(
            (
                phrase.score / _rarity(phrase.text, language, frequencies) / _shared_gain(phrase.text, holders),
                phrase.text,
            )
            for phrase in candidates[id_]
        )
        kept: dict[NormalisedPhrase, Keyphrase] = {}
        for score, text in weighed:
            full = names.of(id_, text)
            spelled = spellings.get(_spelling_key(full), full)
            folded = normalised_phrase(spelled)
            nested = any(set(folded) <= set(other) or set(other) <= set(folded) for other in kept)
            if not folded or nested or _has_emphasis(spelled, language):
                continue
            if any(text_of.contains(form) for form in names.aliases.forms(spelled)):
                kept[folded] = Keyphrase(spelled, score)
            if len(kept) == _MOST_SELECTED:
                break
        selected[id_] = tuple(kept.values())
    return selected


class _PhraseLookup:
    """Whether a phrase occurs in an article; the text is read only if the candidates do not show it."""

    def __init__(self, article: Article, candidates: Sequence[Keyphrase]) -> None:
        self._article = article
        self._candidates = {phrase.text for phrase in candidates}

    def contains(self, phrase: str) -> bool:
        """Whether the phrase occurs, verbatim or inflected."""
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


def _shared_gain(text: str, holders: Mapping[NormalisedPhrase, int]) -> float:
    """Divisor of the score of a phrase found in several articles, in scripts without capitals.

    Little else shows there which words belong together.
    """
    return _SHARED_GAIN if holders[normalised_phrase(text)] > 1 and not has_case(text) else 1.0


def _word_frequencies(lists: Iterable[Sequence[Keyphrase]]) -> _WordFrequencies:
    """Count the articles of each folded word."""
    frequency: Counter[str] = Counter()
    size = 0
    for phrases in lists:
        size += 1
        frequency.update({word for phrase in phrases for word in normalised_phrase(phrase.text)})
    return _WordFrequencies(size, frequency)


def _spelling_key(text: str) -> str:
    """The phrase without case, and without the endings of longer words.

    "missiles" is "missile", but a name has no plural ("Browns" is not "Brown"). Cyrillic words are all inflected.
    """
    return " ".join(fold(word) if word > "\u0400" or _has_plain_plural(word) else word.lower() for word in text.split())


def _has_plain_plural(word: str) -> bool:
    """Whether the word is long enough, and no name, for its plural to be recognised."""
    return word.islower() and len(word) > _SHORT and not word.endswith("ies")


def _spellings(lists: Iterable[Sequence[Keyphrase]]) -> dict[str, str]:
    """Spelling key → the spelling to use."""
    counts = Counter(phrase.text for phrases in lists for phrase in phrases)
    forms: dict[str, list[str]] = {}
    for text in counts:
        forms.setdefault(_spelling_key(text), []).append(text)
    return {
        key: base_form({text: counts[text] for text in texts})
        if key > "\u0400"
        else min(texts, key=lambda text: (-counts[text], text.swapcase()))
        for key, texts in forms.items()
    }


def _has_emphasis(text: str, language: str) -> bool:
    """Whether a phrase contains a word in capitals for emphasis ("they COULD have")."""
    stop, unfinished = stop_words(language), word_list(Kind.UNFINISHED, language)
    abbreviations = word_list(Kind.ABBREVIATIONS, language)
    capitals = (word.lower() for word in text.split() if len(word) > 1 and word.isupper())
    return any(key not in abbreviations and (key in stop or key in unfinished) for key in capitals)


def _rarity(text: str, language: str, frequencies: _WordFrequencies) -> float:
    """1 for a phrase of common words, more the rarer its words are; always above 0."""
    weights = []
    for word in normalised_phrase(text):
        own = math.log((1 + frequencies.size) / (1 + frequencies.articles.get(word, 0)))
        general = max(0.0, 7.0 - word_frequency.zipf(word, language))
        weights.append(1.0 + own + general)
    return float((sum(weights) / len(weights)) ** _RARITY_POWER)
