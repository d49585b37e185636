"""Summaries in the articles' own words: sentences chosen, never written."""

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
from digestgen.language.letters import is_short, lookup_form
from digestgen.language.stop_words import stop_words
from digestgen.language.text import fold, is_terminated, length_in_words, sentences, straighten, words
from digestgen.model import Article, CitedSentence
from digestgen.teaser import is_teaser

_READ = 60
"""Sentences read of an article for its own summary."""
_READ_IN_GROUP = 8
"""Sentences read of an article for the summary of a group: news says first what matters."""
_GROUP = 200
"""Articles read of a group, best first."""
_PARAGRAPH = 20_000
"""Characters read of a paragraph."""
_SENTENCES = 5
"""At most, of a group."""
_FEWEST_TELLERS = 3
"""Articles of a story from which it can be told that one says what no other does."""
_OWN = 0.6
"""Of a sentence's content words, what no other article of a story may have for the sentence to tell something else."""
_FEWEST, _MOST = 6, 60
"""Words of a sentence that reads well in a summary."""
_FULL = 8
"""Content words below which a sentence says little, however well each is chosen."""
_LEAD = 5
"""Sentences after which what news says first has lost most of its weight."""
_LEAD_IN_GROUP = 2
"""The same in a group, where each article's own news comes first and what others share follows."""
_CENTRAL = 3.0
"""What being near to the centre of the article is worth (a cosine, which seldom passes .6), beside its place."""
_REPEATED = 0.8
"""The share of a sentence's words in the title from which it only repeats that."""
_BAD_LENGTH, _QUESTION, _QUOTATION, _UNDATED = 1.0, 0.5, 0.15, 0.15
"""What a sentence loses for it; the best place is worth 1. A group takes nothing that loses more than a quotation."""

_DATELINE = re.compile(
    r"^(?:[A-ZÀ-ÞА-ЯЄІЇҐ][\w.,'’ /-]{1,60}?\((?:[A-Z][\w .&/-]{1,30})\)|[A-ZÀ-ÞА-ЯЄІЇҐ][A-ZÀ-ÞА-ЯЄІЇҐ.,'’ -]{2,40}"
    r"(?:, [\w. ]{2,30})?)\s*[–—-]{1,2}\s+(?=\S)"
)


# What a sentence is about ("Why it matters: …") or in which language its links are ("[Links in English] …").
_LABEL = re.compile(r"(?:[^\W\d_]+(?:[ '’][^\W\d_A-ZÀ-Þ]+){1,4}: |\[[^\[\]]{3,40}\] )(?=[A-ZÀ-Þ])")
# Ends in dots, or in an abbreviation that a name must follow, at which the sentence was cut.
_BREAKS_OFF = re.compile(r"(?:\.\.|\. ?\.|…|\b(?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Prof|Rev|vs)\.)[\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: str
    place: int
    """0 for the first sentence of the article, and so on; unusable ones are counted too."""
    vector: Mapping[str, float]
    """Content words, folded, with their weights; unit length unless empty."""
    length: int
    penalty: float
    """0.0 for a sentence that reads well alone; ``inf`` for one that must not stand in a summary."""
    undated: str
    """Where the date of its article is not known, the language of that; else empty."""

    @property
    def outdated(self) -> bool:
        """Whether it leads with a relative time that nobody can date."""
        return bool(self.undated) and relative_time.leads(self.sentence, self.undated)


def summarise_article(article: Article, *, max_words: int = 50) -> tuple[str, ...]:
    """The sentences that tell best what an article says, verbatim and in text order; of a teaser, all of them.

    Each is a slice of the standfirst or of one paragraph. There is at least one whenever the article has any text;
    none is added once ``max_words`` is reached. A sentence scores by its place, by how much of the article's
    vocabulary it holds, and by what it adds to those chosen before it (Carbonell and Goldstein's maximal marginal
    relevance, 1998). Notices, section headings, cut sentences and what the title says already are taken only where
    there is nothing else; where the date is not known, the first sentence is none that leads with "this week".
    """
    if is_teaser(article) and (blurb := _whole_sentences(article)):
        return blurb
    candidates = [c for c in _candidates(article, most=_READ) if c.penalty < math.inf]
    usable = [c for c in candidates if c.penalty < _BAD_LENGTH and not _repeats_title(c, article)]
    usable = usable or [c for c in candidates if c.penalty < _BAD_LENGTH] or candidates
    if not usable:
        return _least_bad(article)
    chosen = _chosen(usable, max_words)
    while chosen[0].outdated and not all(c.outdated for c in usable):
        usable.remove(chosen[0])
        chosen = _chosen(usable, max_words)
    return tuple(c.sentence for c in chosen)


def _chosen(usable: Sequence[_Candidate], max_words: int) -> list[_Candidate]:
    """The best of some sentences, in text order; not empty unless there is none."""
    left = list(usable)
    centre = _unit(_sum(candidate.vector for candidate in left))
    scores = {c.place: math.exp(-c.place / _LEAD) + _CENTRAL * _dot(c.vector, centre) - c.penalty for c in left}
    chosen: list[_Candidate] = []
    used = 0
    while left:
        best = max(left, key=lambda c: (scores[c.place] - 0.7 * _nearness(c, chosen), -c.place))
        left.remove(best)
        if _nearness(best, chosen) > 0.6:
            continue
        chosen.append(best)
        used += best.length
        if used >= max_words:
            break
    return sorted(chosen, key=lambda c: c.place)


def _whole_sentences(article: Article) -> tuple[str, ...]:
    """All whole sentences of an article, but for one that its given title repeats."""
    whole = [sentence for sentence, ended in _read(article, _READ) if ended]
    return tuple(sentence for sentence in whole if not (article.titled and _is_title(sentence, article))) or tuple(
        whole
    )


def _is_title(sentence: str, article: Article) -> bool:
    return straighten(sentence).casefold().rstrip(".") == straighten(article.title).casefold().rstrip(".")


def _repeats_title(candidate: _Candidate, article: Article) -> bool:
    """Whether the title says nearly all the words of a sentence; a title cut from one does not."""
    title = {fold(word) for word in words(article.title)}
    said = [fold(word) for word in words(candidate.sentence)]
    return sum(word in title for word in said) >= _REPEATED * len(said)


def summarise_group(articles: Sequence[Article], *, max_words: int = 120) -> tuple[CitedSentence, ...]:
    """What a group of articles (best first) has in common: up to five sentences, the most general first.

    A word weighs by the number of articles that use it; a sentence scores by its nearness to the centre of the group,
    by the mean weight of its words and by its place, in equal parts. Every article speaks once before any speaks
    twice, and nobody says what was said: a sentence like one already chosen is passed over. Only sentences that read
    alone are taken, unless there is none. Linear in the number of articles: of the first 200, eight sentences each are
    read.
    """
    pool = [
        (article.id, candidate)
        for article in articles[:_GROUP]
        for candidate in _candidates(article, most=_READ_IN_GROUP)
        if candidate.penalty <= _QUOTATION
    ]
    if not pool:
        bad = (CitedSentence(one, article.id) for article in articles for one in _least_bad(article))
        return tuple(islice(bad, 1))
    weights = _shared_weights(pool)
    vectors = [_unit({word: weights[word] for word in candidate.vector}) for _, candidate in pool]
    centre = _unit(_sum(vectors))
    scores = [
        _dot(vector, centre)
        + sum(weights[word] for word in candidate.vector) / max(_FULL, len(candidate.vector))
        + math.exp(-candidate.place / _LEAD_IN_GROUP)
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
            if len(chosen) == _SENTENCES:
                break
            if (
                (speaks_again or all(pool[other][0] != owner for other in chosen))
                and _nearness(candidate, [pool[other][1] for other in chosen]) <= like
                and (not chosen or candidate.length + sum(pool[other][1].length for other in chosen) <= max_words)
            ):
                chosen.append(at)
    return tuple(CitedSentence(pool[at][1].sentence, pool[at][0]) for at in chosen)


def said_by_one(articles: Sequence[Article]) -> tuple[CitedSentence, ...]:
    """What one article of a story says and no other does: of each, in their order, at most one sentence.

    It is that whose content words are most of all in no other article, among the sentences that read alone and that
    hold a name or a number of which no other article speaks: other words may say the same. It takes three articles of
    one language to tell.
    """
    read = [_candidates(article, most=_READ) for article in articles]
    users: dict[str, Counter[str]] = {}
    for article, candidates in zip(articles, read, strict=True):
        said = {word for candidate in candidates for word in candidate.vector}
        users.setdefault(article.language, Counter()).update(said)
    speakers = Counter(article.language for article in articles)
    found: list[CitedSentence] = []
    for article, candidates in zip(articles, read, strict=True):
        if speakers[article.language] < _FEWEST_TELLERS:
            continue
        shared = users[article.language]
        own = {c.place: sum(shared[word] == 1 for word in c.vector) / max(_FULL, len(c.vector)) for c in candidates}
        usable = [
            c
            for c in candidates
            if c.penalty <= _QUOTATION
            and own[c.place] >= _OWN
            and not c.outdated
            and any(shared[name] == 1 for name in _names_and_numbers(c.sentence))
        ]
        if usable:
            best = max(usable, key=lambda c: (own[c.place] - c.penalty, -c.place))
            found.append(CitedSentence(best.sentence, article.id))
    return tuple(found)


def _names_and_numbers(sentence: str) -> list[str]:
    """The words of a sentence, folded, that are capitalised or hold a digit, without the first."""
    return [fold(word) for word in words(sentence)[1:] if word[0].isupper() or any(map(str.isdigit, word))]


def _shared_weights(pool: Iterable[tuple[str, _Candidate]]) -> dict[str, float]:
    """For each word, from 0.1 where one article uses it to 1 where all do; logarithmic."""
    users: dict[str, set[str]] = {}
    for owner, candidate in pool:
        for word in candidate.vector:
            users.setdefault(word, set()).add(owner)
    most = math.log1p(len({owner for owner, _ in pool}))
    return {word: math.log1p(len(by)) / most if len(by) > 1 else 0.1 for word, by in users.items()}


def _candidates(article: Article, *, most: int) -> list[_Candidate]:
    """The first sentences of an article, notices left out, each judged and turned into a vector."""
    stops = stop_words(article.language)
    found: list[_Candidate] = []
    for sentence, whole in _read(article, most):
        folded = [fold(word) for word in words(sentence) if lookup_form(word) not in stops and not is_short(word)]
        length = length_in_words(sentence)
        straight = straighten(sentence)
        # A title made from the first sentence is no reason to leave that sentence out; one that stands there is.
        repeats = (article.titled or sentence == article.standfirst) and _is_title(sentence, article)
        if not whole or repeats or not stands_alone(sentence, article.language):
            penalty = math.inf
        else:
            penalty = (
                _BAD_LENGTH * (not _FEWEST <= length <= _MOST)
                + _QUESTION * straight.rstrip("\"')]").endswith(("?", "？", "؟"))
                + _QUOTATION * straight.startswith(('"', "'"))
                + _UNDATED * (article.published is None and relative_time.opens(sentence, article.language))
            )
        vector = _unit({word: 1 + math.log(n) for word, n in sorted(Counter(folded).items())})
        undated = "" if article.published else article.language
        found.append(_Candidate(sentence, len(found), vector, length, penalty, undated))
    return found


def _read(article: Article, most: int) -> list[tuple[str, bool]]:
    """The first sentences in text order, and whether each is whole: ended, and not the cut end of the text."""
    found: list[tuple[str, bool]] = []
    if article.standfirst:
        standfirst = sentences(article.standfirst[:_PARAGRAPH], article.language)
        found += [(sentence, not _is_hanging(sentence, article.language)) for sentence in standfirst]
    last = len(article.paragraphs) - 1
    for at, paragraph in enumerate(article.paragraphs):
        if len(found) >= most:
            break
        body = paragraph[:_PARAGRAPH]
        if at == 0 and (dateline := _DATELINE.match(body)):
            body = body[dateline.end() :]
        pieces = _quotations_joined(body, sentences(body, article.language))
        for piece_at, piece in enumerate(pieces):
            if is_notice(piece):
                continue
            cut = article.truncated and at == last and piece_at == len(pieces) - 1
            bare = piece[label.end() :] if (label := _LABEL.match(piece)) else piece
            found.append((bare, is_terminated(bare) and not cut and not _BREAKS_OFF.search(bare)))
    return found[:most]


def _quotations_joined(text: str, pieces: Sequence[str]) -> list[str]:
    """Sentences of a text; those that share a quotation of up to four are one, so that it keeps its speaker."""
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
    return text.count('"') % 2 == 0 and text.count("“") == text.count("”")


def _least_bad(article: Article) -> tuple[str, ...]:
    """One sentence of an article that has none to be proud of: an ended one if there is, else the first."""
    found = _read(article, _READ)
    if not found:
        first = next((part for part in (article.standfirst, *article.paragraphs) if part and part.strip()), None)
        return () if first is None else (sentences(first[:_PARAGRAPH], article.language) or (first,))[:1]
    ended = [sentence for sentence, whole in found if whole]
    return (ended[0] if ended else _without_hanging(found[0][0], article.language),)


def _is_hanging(sentence: str, language: str) -> bool:
    """Whether a line that ends without a stop ends in a function word, and so was cut."""
    return not is_terminated(sentence) and _without_hanging(sentence, language) != sentence


def _without_hanging(sentence: str, language: str) -> str:
    """A cut sentence without the function words that it ends in; as it is where nothing else is in it."""
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


def _nearness(candidate: _Candidate, chosen: Sequence[_Candidate]) -> float:
    return max((_dot(candidate.vector, other.vector) for other in chosen), default=0.0)
