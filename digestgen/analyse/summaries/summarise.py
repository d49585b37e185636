"""Extractive summaries: sentences selected verbatim from the articles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from digestgen.analyse.small_print import is_notice
from digestgen.analyse.summaries.standalone import stands_alone
from digestgen.language import relative_time
from digestgen.language.abbreviations import needs_next_word
from digestgen.language.letters import is_short, lookup_form
from digestgen.language.stop_words import stop_words
from digestgen.language.text import fold, is_terminated, length_in_words, sentences, straighten, words
from digestgen.model import Article, CitedSentence
from digestgen.teaser import is_teaser

_MOST_SENTENCES = 60
"""Sentences of an article that are read for its own summary."""
_SENTENCES_PER_ARTICLE = 8
"""Sentences of an article that are read for the summary of its group: news puts first what matters."""
_MOST_ARTICLES = 200
"""Articles of a group that are read, best first."""
_MOST_CHARACTERS = 20_000
"""Characters of a paragraph that are read."""
_SENTENCES_OF_GROUP = 5
"""Most sentences in the summary of a group."""
_FEWEST_REPORTS = 3
"""Least number of articles of a story in one language for a sentence to be exclusive to one of them."""
_EXCLUSIVE_SHARE = 0.6
"""Least share of an exclusive sentence's content words that no other article of the story contains."""
_LEAST_LENGTH, _MOST_LENGTH = 6, 60
"""Range of length, in words, of a sentence that reads well in a summary."""
_FEW_CONTENT_WORDS = 8
"""A sentence with fewer content words is scored as if it had this many: it says little."""
_LEAD_DECAY = 5
"""Sentences after which the weight of an early position has fallen to 1/e."""
_LEAD_DECAY_IN_GROUP = 2
"""The same in a group, where what the articles share comes after what is new in each."""
_CENTRALITY_WEIGHT = 3.0
"""Weight of the cosine to the article's centroid, which rarely exceeds .6, against that of the position."""
_TITLE_OVERLAP = 0.8
"""Least share of a sentence's words in the title for it to be a repetition of the title."""
_BAD_LENGTH, _QUESTION, _QUOTATION, _UNDATED = 1.0, 0.5, 0.15, 0.15
"""Penalties; the best position is worth 1. A group's summary has no sentence with a higher penalty than a
quotation's."""

_DATELINE = re.compile(
    r"^(?:[A-ZÀ-ÞА-ЯЄІЇҐ][\w.,'’ /-]{1,60}?\((?:[A-Z][\w .&/-]{1,30})\)|[A-ZÀ-ÞА-ЯЄІЇҐ][A-ZÀ-ÞА-ЯЄІЇҐ.,'’ -]{2,40}"
    r"(?:, [\w. ]{2,30})?)\s*[–—-]{1,2}\s+(?=\S)"
)


# Labels before a sentence: "Why it matters: …", "[Links in English] …".
_LABEL = re.compile(r"(?:[^\W\d_]+(?:[ '’][^\W\d_A-ZÀ-Þ]+){1,4}: |\[[^\[\]]{3,40}\] )(?=[A-ZÀ-Þ])")
# A sentence that was cut ends in dots, or in an abbreviation that needs a next word.
_CUT_OFF = re.compile(r"(?:\. ?\.|…)[\"'”’»)\]]*$")
_CLOSING_MARKS = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: str
    place: int
    """Index of the sentence in the article, unusable ones included."""
    vector: Mapping[str, float]
    """Folded content words → weight; unit length unless empty."""
    length: int
    penalty: float
    """0.0 for a sentence that reads well alone; ``inf`` for one that must not be in a summary."""
    undated: str
    """Language of the article if its date is unknown, else empty."""

    @property
    def outdated(self) -> bool:
        """Whether the sentence leads with a relative time and the date of its article is unknown."""
        return bool(self.undated) and relative_time.leads(self.sentence, self.undated)


def summarise_article(article: Article, *, max_words: int = 50) -> tuple[str, ...]:
    """The sentences that best represent an article, verbatim and in text order; all sentences of a teaser.

    Each is a slice of the standfirst or of one paragraph. There is at least one if the article has any text; none is
    added once ``max_words`` is reached. Sentences are selected by maximal marginal relevance (Carbonell and Goldstein
    1998), with position and closeness to the article's centroid as relevance. Notices, section headings, cut sentences
    and repetitions of the title are used only if there is nothing else. If the date is unknown, the summary does not
    lead with "this week".
    """
    if is_teaser(article) and (blurb := _whole_sentences(article)):
        return blurb
    candidates = [c for c in _candidates(article, most=_MOST_SENTENCES) if c.penalty < math.inf]
    usable = [c for c in candidates if c.penalty < _BAD_LENGTH and not _repeats_title(c, article)]
    usable = usable or [c for c in candidates if c.penalty < _BAD_LENGTH] or candidates
    if not usable:
        return _fallback(article)
    chosen = _select(usable, max_words)
    while chosen[0].outdated and not all(c.outdated for c in usable):
        usable.remove(chosen[0])
        chosen = _select(usable, max_words)
    return tuple(c.sentence for c in chosen)


def _select(usable: Sequence[_Candidate], max_words: int) -> list[_Candidate]:
    """The best of some sentences, in text order; empty only if there are none."""
    left = list(usable)
    centre = _unit(_sum(candidate.vector for candidate in left))
    scores = {
        c.place: math.exp(-c.place / _LEAD_DECAY) + _CENTRALITY_WEIGHT * _dot(c.vector, centre) - c.penalty
        for c in left
    }
    chosen: list[_Candidate] = []
    used = 0
    while left:
        best = max(left, key=lambda c: (scores[c.place] - 0.7 * _max_similarity(c, chosen), -c.place))
        left.remove(best)
        if _max_similarity(best, chosen) > 0.6:
            continue
        chosen.append(best)
        used += best.length
        if used >= max_words:
            break
    return sorted(chosen, key=lambda c: c.place)


def _whole_sentences(article: Article) -> tuple[str, ...]:
    """All complete sentences of an article, except one that its given title repeats."""
    whole = [sentence for sentence, ended in _split_sentences(article, _MOST_SENTENCES) if ended]
    return tuple(sentence for sentence in whole if not (article.titled and _is_title(sentence, article))) or tuple(
        whole
    )


def _is_title(sentence: str, article: Article) -> bool:
    """Whether a sentence equals the title, apart from case, quotation marks and a final full stop."""
    return straighten(sentence).casefold().rstrip(".") == straighten(article.title).casefold().rstrip(".")


def _repeats_title(candidate: _Candidate, article: Article) -> bool:
    """Whether the title contains nearly all words of a sentence; not so for a title that is its beginning only."""
    title = {fold(word) for word in words(article.title)}
    said = [fold(word) for word in words(candidate.sentence)]
    return sum(word in title for word in said) >= _TITLE_OVERLAP * len(said)


def summarise_group(articles: Sequence[Article], *, max_words: int = 120) -> tuple[CitedSentence, ...]:
    """What articles of a group (best first) have in common: up to five sentences, the most general first.

    A word is weighted by the number of articles that use it. A sentence is scored by its closeness to the group's
    centroid, the mean weight of its words and its position, in equal parts. Each article is quoted once before any is
    quoted twice, and sentences similar to a selected one are skipped, as are those that do not read alone, unless there
    are no others. The cost is linear: eight sentences of each of the first 200 articles are read.
    """
    pool = [
        (article.id, candidate)
        for article in articles[:_MOST_ARTICLES]
        for candidate in _candidates(article, most=_SENTENCES_PER_ARTICLE)
        if candidate.penalty <= _QUOTATION
    ]
    if not pool:
        bad = (CitedSentence(one, article.id) for article in articles for one in _fallback(article))
        return tuple(islice(bad, 1))
    weights = _shared_weights(pool)
    vectors = [_unit({word: weights[word] for word in candidate.vector}) for _, candidate in pool]
    centre = _unit(_sum(vectors))
    scores = [
        _dot(vector, centre)
        + sum(weights[word] for word in candidate.vector) / max(_FEW_CONTENT_WORDS, len(candidate.vector))
        + math.exp(-candidate.place / _LEAD_DECAY_IN_GROUP)
        - candidate.penalty
        for vector, (_, candidate) in zip(vectors, pool, strict=True)
    ]
    ranked = sorted(range(len(pool)), key=lambda at: (-scores[at], at))
    first = next((at for at in ranked if not pool[at][1].outdated), ranked[0])
    ranked = [first, *(at for at in ranked if at != first)]
    chosen: list[int] = []
    for like, speaks_again in ((0.3, False), (0.5, True)):
        for at in ranked:
            owner, candidate = pool[at]
            if len(chosen) == _SENTENCES_OF_GROUP:
                break
            if (
                (speaks_again or all(pool[other][0] != owner for other in chosen))
                and _max_similarity(candidate, [pool[other][1] for other in chosen]) <= like
                and (not chosen or candidate.length + sum(pool[other][1].length for other in chosen) <= max_words)
            ):
                chosen.append(at)
    return tuple(CitedSentence(pool[at][1].sentence, pool[at][0]) for at in chosen)


def exclusive_sentences(articles: Sequence[Article]) -> tuple[CitedSentence, ...]:
    """For each article of a story, in order, at most one sentence that says what no other article does.

    Among the sentences that read alone and contain a name or number found in no other article (since different words
    may say the same), the one with the largest share of content words that are in no other article. Only articles with
    at least two others in their language have one.
    """
    read = [_candidates(article, most=_MOST_SENTENCES) for article in articles]
    users: dict[str, Counter[str]] = {}
    for article, candidates in zip(articles, read, strict=True):
        said = {word for candidate in candidates for word in candidate.vector}
        users.setdefault(article.language, Counter()).update(said)
    speakers = Counter(article.language for article in articles)
    found: list[CitedSentence] = []
    for article, candidates in zip(articles, read, strict=True):
        if speakers[article.language] < _FEWEST_REPORTS:
            continue
        shared = users[article.language]
        own = {
            c.place: sum(shared[word] == 1 for word in c.vector) / max(_FEW_CONTENT_WORDS, len(c.vector))
            for c in candidates
        }
        usable = [
            c
            for c in candidates
            if c.penalty <= _QUOTATION
            and own[c.place] >= _EXCLUSIVE_SHARE
            and not c.outdated
            and any(shared[name] == 1 for name in _names_and_numbers(c.sentence))
        ]
        if usable:
            best = max(usable, key=lambda c: (own[c.place] - c.penalty, -c.place))
            found.append(CitedSentence(best.sentence, article.id))
    return tuple(found)


def _names_and_numbers(sentence: str) -> list[str]:
    """Folded words of a sentence that are capitalised or contain a digit, without the first."""
    return [fold(word) for word in words(sentence)[1:] if word[0].isupper() or any(map(str.isdigit, word))]


def _shared_weights(pool: Iterable[tuple[str, _Candidate]]) -> dict[str, float]:
    """Weight of each word: 0.1 if one article uses it, growing logarithmically to 1 if all do."""
    users: dict[str, set[str]] = {}
    for owner, candidate in pool:
        for word in candidate.vector:
            users.setdefault(word, set()).add(owner)
    most = math.log1p(len({owner for owner, _ in pool}))
    return {word: math.log1p(len(by)) / most if len(by) > 1 else 0.1 for word, by in users.items()}


def _candidates(article: Article, *, most: int) -> list[_Candidate]:
    """The first sentences of an article, without notices, each with its vector and penalty."""
    stops = stop_words(article.language)
    found: list[_Candidate] = []
    for sentence, whole in _split_sentences(article, most):
        folded = [fold(word) for word in words(sentence) if lookup_form(word) not in stops and not is_short(word)]
        length = length_in_words(sentence)
        straight = straighten(sentence)
        # A title made from the first sentence does not repeat it; only a given title does.
        repeats = (article.titled or sentence == article.standfirst) and _is_title(sentence, article)
        if not whole or repeats or not stands_alone(sentence, article.language):
            penalty = math.inf
        else:
            penalty = (
                _BAD_LENGTH * (not _LEAST_LENGTH <= length <= _MOST_LENGTH)
                + _QUESTION * straight.rstrip("\"')]").endswith(("?", "？", "؟"))
                + _QUOTATION * straight.startswith(('"', "'"))
                + _UNDATED * (article.published is None and relative_time.opens(sentence, article.language))
            )
        vector = _unit({word: 1 + math.log(n) for word, n in sorted(Counter(folded).items())})
        undated = "" if article.published else article.language
        found.append(_Candidate(sentence, len(found), vector, length, penalty, undated))
    return found


def _split_sentences(article: Article, most: int) -> list[tuple[str, bool]]:
    """The first sentences in text order, and whether each is complete: terminated, and not the cut end of the text."""
    found: list[tuple[str, bool]] = []
    if article.standfirst:
        standfirst = sentences(article.standfirst[:_MOST_CHARACTERS], article.language)
        found += [(sentence, not _ends_in_function_word(sentence, article.language)) for sentence in standfirst]
    last = len(article.paragraphs) - 1
    for at, paragraph in enumerate(article.paragraphs):
        if len(found) >= most:
            break
        body = paragraph[:_MOST_CHARACTERS]
        if at == 0 and (dateline := _DATELINE.match(body)):
            body = body[dateline.end() :]
        pieces = _join_quotations(body, sentences(body, article.language))
        for piece_at, piece in enumerate(pieces):
            if is_notice(piece):
                continue
            cut = article.truncated and at == last and piece_at == len(pieces) - 1
            bare = piece[label.end() :] if (label := _LABEL.match(piece)) else piece
            found.append((bare, not cut and _is_whole(bare, article.language)))
    return found[:most]


def _is_whole(sentence: str, language: str) -> bool:
    """Whether a sentence ends, and was not cut."""
    return (
        is_terminated(sentence)
        and not _CUT_OFF.search(sentence)
        and not needs_next_word(sentence.rstrip(_CLOSING_MARKS), language)
    )


def _join_quotations(text: str, pieces: Sequence[str]) -> list[str]:
    """Sentences, with those that share a quotation joined, up to four, so that the quotation keeps its speaker."""
    spans: list[tuple[int, int]] = []
    end = 0
    for piece in pieces:
        start = text.index(piece, end)
        end = start + len(piece)
        spans.append((start, end))
    joined: list[str] = []
    at = 0
    while at < len(spans):
        ends = [
            last for last in range(at, min(at + 4, len(spans))) if _is_balanced(text[spans[at][0] : spans[last][1]])
        ]
        last = ends[0] if ends else at
        joined.append(text[spans[at][0] : spans[last][1]])
        at = last + 1
    return joined


def _is_balanced(text: str) -> bool:
    """Whether all double quotation marks have a partner."""
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def _fallback(article: Article) -> tuple[str, ...]:
    """One sentence of an article without a usable one: a complete one if there is any, else the first."""
    found = _split_sentences(article, _MOST_SENTENCES)
    if not found:
        first = next((part for part in (article.standfirst, *article.paragraphs) if part and part.strip()), None)
        return () if first is None else (sentences(first[:_MOST_CHARACTERS], article.language) or (first,))[:1]
    ended = [sentence for sentence, whole in found if whole]
    return (ended[0] if ended else _without_final_function_words(found[0][0], article.language),)


def _ends_in_function_word(sentence: str, language: str) -> bool:
    """Whether a line without a full stop ends in a function word, which shows that it was cut."""
    return not is_terminated(sentence) and _without_final_function_words(sentence, language) != sentence


def _without_final_function_words(sentence: str, language: str) -> str:
    """A cut sentence without the function words at its end; unchanged if nothing else would be left."""
    stops = stop_words(language)
    kept = sentence
    while (last := kept.split()[-1:]) and straighten(last[0]).lower().strip("\"'()[],;:–—-") in stops:
        kept = kept[: len(kept) - len(last[0])].rstrip()
    return kept.rstrip(" ,;:–—-") or sentence


def _sum(vectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector in vectors:
        for word, value in vector.items():
            total[word] = total.get(word, 0.0) + value
    return total


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    size = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / size for word, value in vector.items()} if size else {}


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[word] for word, value in a.items() if word in b)


def _max_similarity(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    """Highest cosine to a selected sentence."""
    return max((_dot(candidate.vector, other.vector) for other in chosen), default=0.0)
