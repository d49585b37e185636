"""Make a title from an article's own sentences.

The rules are a sub-editor's: choose the sentence that says most, drop the time and asides, keep who said so, and stop
where a clause is complete and still says what the sentence says: never after a mere concession, never before a
condition. Every title is words of the text in their order, except "Name: claim", which puts the speaker first. English
has the full rules (``english``); for the other languages of the sentence rules, relative times and leading concessions
are dropped (``concessions``); in all others the title is the first sentence. A title that is too long ends in "…".

Each sentence gives many candidates, from the least to the most change, each with a cost; the cheapest of all wins. The
costs are an editor's preferences, set by hand on a few dozen articles, not fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import regex

from digestgen.ingest.titles import concessions, english
from digestgen.ingest.titles.concessions import CONCESSIONS
from digestgen.ingest.titles.shortening import is_verb, lacks_ending, lower_words, shortened
from digestgen.language import relative_time, stop_words
from digestgen.language.text import is_terminated, length_in_words, sentences, straighten, words

LONGEST = 100
"""Characters of a title."""
MOST_WORDS = 16

_HEAD = 4_000
"""Characters of a paragraph, and below of a sentence, that are looked at."""
_LONGEST_SENTENCE = 1_000
_PARAGRAPHS = 3
_SENTENCES = 5
_LONGEST_STANDFIRST = 40
"""Words."""
_LONGEST_SPEAKER = 12
"""Words that describe a speaker."""

_PIECES_OF_LEAD = 4
"""Commas after which the main clause is looked for."""
_LEAST_QUESTION = 5
"""Words that a question must keep."""

_CUT = 1.2
"""Cost of ending in "…"; higher than any change that leaves a complete clause."""
_NEXT_SENTENCE = 1.0
"""Cost of each further sentence: the first says what an article is about, unless it depends on something above."""
_UNDER_STANDFIRST = 0.15
"""Cost of the sentence after a standfirst, which repeats it in full."""
_UNATTRIBUTED = 0.35
"""Cost of dropping the attribution, which turns a claim into a fact. Less than cutting with "…"."""
_LONGEST_SOURCE = 50
"""Characters of an attribution next to the claim."""
_BROKEN_OFF = 1.0
"""Cost of a sentence that breaks off in the text."""
_UNASSERTED = 1.0
"""Extra cost of an unattributed claim that even its source does not assert."""
_REVERSED = 1.0
"""Extra cost of a cut that leaves a concession and drops its main clause."""
_OUTDATED = 0.2
"""Cost of a relative time that cannot be dropped; double where it leads."""
_SAYS_LITTLE = 2.0
"""Cost of an English title of fewer words than ``_FEWEST``: "No", "Excuse me?"."""
_FEWEST = 3
_NEXT_NOT_ENGLISH = 1.5
"""Cost of each further sentence in languages with few rules: more than a plain cut, less than one that distorts."""
_DEPENDENT_NOT_ENGLISH = 1.0
"""Cost, in those languages, of opening with a function word other than an article: a pronoun or a connective."""


_FULL_STOP = regex.compile(r"(?<!\p{Sentence_Terminal})[\p{Sentence_Terminal}--[?!？！؟]]$", regex.V1)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A candidate title, or a sentence being reduced to one, with its cost so far."""

    cost: float
    text: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence to make a title of; not ``whole`` if the text breaks off in it."""

    cost: float
    text: str
    whole: bool


def make_title(paragraphs: Sequence[str], language: str) -> str:
    """A title of at most ``LONGEST`` characters and ``MOST_WORDS`` words; ends in "…" if a clause is cut.

    ``paragraphs`` is the text, beginning with the standfirst if there is one; not empty.
    """
    pool = _first_sentences(paragraphs, language)
    titles = _candidates if language == "en" else partial(_candidates_not_english, language=language)
    options = [
        _Candidate(title.cost + sentence.cost + _emptiness(title.text, language), title.text)
        for sentence in pool
        for title in titles(sentence)
    ]
    if options:
        return min(options, key=lambda option: (round(option.cost, 6), len(option.text), option.text)).text
    return f"{_without_open_marks(shortened(pool[0].text, LONGEST - 1, MOST_WORDS, language))}…"


def _emptiness(title: str, language: str) -> float:
    """The cost of saying little, or nothing that holds for long."""
    outdated = relative_time.mentions(title, language) + relative_time.leads(title, language)
    return _OUTDATED * outdated + _SAYS_LITTLE * (language == "en" and len(title.split()) < _FEWEST)


def _candidates_not_english(sentence: _Sentence, language: str) -> Iterator[_Candidate]:
    """Candidates from a sentence not in English: whole, its main clause, or cut with "…"."""
    body = _without_stop(sentence.text)
    concession = CONCESSIONS.get(language)
    forms = [_Candidate(0.0, body)]
    lead = concession.lead.match(body) if concession else None
    if lead and concession and not concession.inverts and (main := _after_lead(body, lead.end(), language)):
        forms.append(_Candidate(0.15, main))
    but = concession.but.search(body) if concession else None
    if but:
        forms.append(_Candidate(0.3, body[but.end() :]))
    for form in forms:
        text = _capital(form.text)
        opening = straighten(text).split(maxsplit=1)[:1]
        leans = bool(opening) and _is_dependent_not_english(opening[0], language)
        cost = form.cost + _DEPENDENT_NOT_ENGLISH * (leans and (sentence.cost > 0 or form.cost > 0))
        if _fits(text) and _balanced(text) and words(text) and not lacks_ending(text, language):
            yield _Candidate(cost, text)
        elif short := _without_open_marks(shortened(text, LONGEST - 1, MOST_WORDS, language)):
            turned = form.text is body and any(found and found.end() > len(short) for found in (lead, but))
            yield _Candidate(cost + _CUT + _REVERSED * turned, f"{short}…")


def _after_lead(body: str, end: int, language: str) -> str:
    """The main clause after a leading concession: from the first comma not followed by a relative clause."""
    for _ in range(_PIECES_OF_LEAD):
        opening = body[end:].split(maxsplit=1)[0] if body[end:].strip() else ""
        if not opening:
            return ""
        if opening[0].isupper() or concessions.opens_main(opening, language):
            return body[end:]
        comma = body.find(", ", end)
        if comma < 0:
            return ""
        end = comma + 2
    return ""


def _is_dependent_not_english(word: str, language: str) -> bool:
    key = word.lower().strip("\"'«»,")
    return key in stop_words.stop_words(language) and key not in concessions.ARTICLES


def _first_sentences(paragraphs: Sequence[str], language: str) -> list[_Sentence]:
    """The first sentences, without editor's notes and datelines; never empty."""
    found: list[_Sentence] = []
    cost = 0.0
    for paragraph in paragraphs[:_PARAGRAPHS]:
        pieces = [
            piece
            for piece in _with_whole_quotations(sentences(paragraph[:_HEAD], language))
            if not english.NOTE.match(piece)
        ]
        for piece in pieces[:_SENTENCES]:
            dated = english.DATELINE.sub("", piece[:_LONGEST_SENTENCE])
            # A line that is one open-ended sentence may be a whole standfirst; the last of several breaks off.
            open_ended = not is_terminated(piece[-10:]) or piece.endswith(("...", "…"))
            alone = len(pieces) == 1 and len(piece.split()) <= _LONGEST_STANDFIRST
            whole = not open_ended or (alone and not lacks_ending(piece, language))
            found.append(_Sentence(cost, _capital(relative_time.without(dated, language)), whole))
            standfirst = len(found) == 1 and open_ended and len(paragraphs) > 1
            cost += _UNDER_STANDFIRST if standfirst else _NEXT_SENTENCE if language == "en" else _NEXT_NOT_ENGLISH
    return found[:_SENTENCES] or [_Sentence(0.0, paragraphs[0][:_LONGEST_SENTENCE], whole=True)]


def _with_whole_quotations(pieces: Sequence[str]) -> list[str]:
    """Rejoin the sentences of one quotation with the attribution that closes it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and straighten(joined[-1]).count('"') % 2 and straighten(piece).count('"') % 2:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _candidates(sentence: _Sentence) -> Iterator[_Candidate]:
    """All candidates from a sentence."""
    quoted = _quotation(sentence.text)
    if quoted is not None:
        yield quoted
    body = re.sub(r"\.{1,3}$", "", sentence.text)
    if body.endswith("?") and not _fits(body):
        yield from _shortened_questions(body)
        return
    source = _attribution(body)
    if source is None:
        for form in _reductions(body):
            yield from _fit(form, whole=sentence.whole)
        return
    claim, tail = source
    for form in _reductions(claim):
        for title in _fit(form, whole=sentence.whole, tail=tail):
            yield title
    for form in _reductions(body):
        for title in _fit(form, whole=sentence.whole):
            sourced = _starts_with_speaker(title.text, tail) or tail in title.text
            doubt = _UNASSERTED if english.UNASSERTED.search(tail) else 0.0
            yield _Candidate(title.cost + (0.0 if sourced else _UNATTRIBUTED + doubt), title.text)


def _shortened_questions(body: str) -> Iterator[_Candidate]:
    """Shorten a long question to its last part or first clause, keeping the question mark."""
    bare = _without_lead(body)
    if bare != body and _fits(bare):
        yield _Candidate(0.15 + _dependence(bare), _capital(bare))
    if english.QUESTION.match(body) is not None:
        heads = [body[: stop.start()] for stop in english.STRONG_STOP.finditer(body[: LONGEST + 1])]
        whole = [
            head for head in heads if _fits(f"{head}?") and _balanced(head) and len(head.split()) > _LEAST_QUESTION
        ]
        if whole and lower_words(whole[-1])[-1] not in english.NEVER_LAST:
            yield _Candidate(0.3 + _dependence(body), f"{_finished(whole[-1])}?")
    yield _Candidate(
        _CUT + _dependence(body), f"{_finished(_without_open_marks(shortened(body, LONGEST - 1, MOST_WORDS)))}…"
    )


def _attribution(body: str) -> tuple[str, str] | None:
    """Split a sentence into claim and trailing attribution without the day: "…, police said"."""
    according = english.ACCORDING_LAST.search(body)
    if according is not None:
        return body[: according.start()], according.group()
    said = english.TRAILING_ATTRIBUTION.search(body)
    who = [] if said is None else lower_words(said.group("who"))[:1]
    if said is None or not who or who[0] in english.VERB | english.PRONOUN:
        return None
    return body[: said.start()], english.TIME.sub("", body[said.start() :])


def _starts_with_speaker(title: str, tail: str) -> bool:
    """Whether a title starts with the speaker: “Name: claim”."""
    before, colon, _ = title.partition(": ")
    return bool(colon) and before in tail


def _reductions(body: str) -> Iterator[_Candidate]:
    """The sentence and its reductions, of any length."""
    came = english.AFTERMATH.sub("", body)
    start = _Candidate(0.0 if came == body else 0.3, came)
    forms = [start, *_attributed(start)]
    for form in tuple(forms):
        bare = _without_lead(form.text)
        if bare != form.text:
            claimed = _UNATTRIBUTED if english.CLAIMED_FIRST.match(form.text) else 0.0
            forms.append(_Candidate(form.cost + 0.15 + claimed, bare))
            forms += _attributed(forms[-1])
        clause = english.SUBORDINATE.match(form.text)
        if clause is not None:
            forms.append(_Candidate(form.cost + 0.6, clause.group("clause")))
        forms += [_Candidate(form.cost + cost, text) for cost, text in _main_clauses(form.text)]
    for form in tuple(forms):
        colon = english.BEFORE_COLON.match(form.text)
        if colon is not None and english.NEGATED.isdisjoint(lower_words(colon.group())):
            forms.append(_Candidate(form.cost + 0.3, form.text[colon.end() :]))
    for form in forms:
        yield form
        yield from _without_asides(form)


def _main_clauses(text: str) -> Iterator[tuple[float, str]]:
    """Main clauses without their concession, with the shared subject where it is clear."""
    conceded = english.CONCEDED.match(text)
    if conceded is not None and _is_shared(conceded.group("subject"), conceded.group("granted"), conceded["pronoun"]):
        yield 0.2, f"{conceded.group('subject')} {conceded.group('said')}"
    granted = english.CONCEDED_DESCRIPTION.match(text)
    if granted is not None and not any(map(is_verb, lower_words(granted.group("subject")))):
        yield 0.2, f"{granted.group('subject')} {granted.group('said')}"
    but = english.BUT.search(text)
    if but is None or not _is_conceded(text, but):
        return
    main = text[but.end() :]
    opening = lower_words(main)[:1]
    if not opening or opening[0] in english.NO_SUBJECT:
        return
    if not is_verb(opening[0]):
        yield 0.3, main
    elif subject := _subject(text[: but.start()]):
        yield 0.2, f"{subject} {main}"


def _is_conceded(text: str, but: re.Match[str]) -> bool:
    """Whether the clause before "but" is only conceded; events are news, and so are two statements of one speaker."""
    return english.CONCEDING.search(text, 0, but.start()) is not None and not english.BUT_SAID.match(text, but.start())


def _subject(clause: str) -> str:
    """The words of a clause before its first verb; empty if they are no plain subject."""
    kept: list[str] = []
    for word in clause.split():
        key = "".join(lower_words(word)[:1])
        if is_verb(key) or "," in word or key in english.OPENS_CLAUSE or len(kept) > _LONGEST_SPEAKER:
            return " ".join(kept) if is_verb(key) else ""
        kept.append(word)
    return ""


def _is_shared(subject: str, granted: str, pronoun: str) -> bool:
    """Whether "he" or "she" after a concession can only be its subject: the one person named."""
    if pronoun not in {"he", "she"} or re.fullmatch(english.NAME, subject) is None:
        return False
    return all(english.NO_PERSON.fullmatch(name) for name in re.findall(r"[A-Z][\w.'’-]*", granted))


_ASIDES = (
    (english.ASIDE, 0.02),
    (english.TIME, 0.05),
    (english.ACCORDING, 0.05),
    (english.BRACKETS, 0.08),
    (english.SUCH_AS, 0.1),
    (english.ROLE, 0.02),
    (english.APPOSITIVE, 0.1),
)
"""What is dropped, in this order, and its cost."""


def _without_asides(form: _Candidate) -> Iterator[_Candidate]:
    """Drop asides, one kind after the other."""
    text, cost = form.text, form.cost
    for pattern, price in _ASIDES:
        shorter = _without_apposition(text) if pattern is english.APPOSITIVE else pattern.sub("", text)
        if shorter == text or len(shorter) <= 20:
            continue
        text, cost = shorter, cost + price
        yield _Candidate(cost, text)


def _without_apposition(text: str) -> str:
    """Drop appositions; where one closes a lead, its second comma is the lead's and stays."""
    lead = english.LEADING.match(text)
    ends = lead.end() if lead is not None else 0
    return english.APPOSITIVE.sub(lambda aside: "," if aside.start() < ends else "", text)


def _attributed(form: _Candidate) -> list[_Candidate]:
    """The claim without its attribution, or with a named speaker in front."""
    found: list[_Candidate] = []
    tail = english.TRAILING_ATTRIBUTION.search(form.text)
    if tail is not None and _may_say(tail.group("who")):
        doubt = _UNASSERTED if english.UNASSERTED.search(tail.group()) else 0.0
        found += _claims(form.text[: tail.start()], tail.group("who"), form.cost, doubt)
    plain = english.TIME.sub("", _without_apposition(form.text))
    head = english.LEADING_ATTRIBUTION.match(plain)
    if head is not None and "," not in head.group("who") and _may_say(head.group("who")):
        doubt = _UNASSERTED if english.UNASSERTED.search(head.group()) else 0.0
        found += _claims(plain[head.end() :], head.group("who"), form.cost, _UNATTRIBUTED + doubt)
    view = english.VIEWPOINT.match(form.text)
    if view is not None:
        found += _claims(form.text[view.end() :], view.group("who"), form.cost, _UNATTRIBUTED)
    return found


def _may_say(who: str) -> bool:
    """Whether the words before "said" are a plain speaker: no verb of their own, no negation."""
    tokens = lower_words(who)
    return english.NEGATED.isdisjoint(tokens) and not any(map(is_verb, tokens))


def _claims(claim: str, who: str, cost: float, unsourced: float = 0.0) -> list[_Candidate]:
    if len(who.split()) > _LONGEST_SPEAKER:
        return []
    if goes_on := english.BUT_SAID.search(claim):
        claim = claim[: goes_on.start()]
    if not _balanced(claim):
        claim = re.sub('["“”]', "", claim)
    opening = lower_words(claim)[:1]
    if not opening or opening[0] in english.PRONOUN | english.CONNECTIVE:
        return []
    speaker = _person_named(who)
    if speaker is None:
        return [_Candidate(cost + 0.1 + unsourced, claim)]
    full, last = speaker
    return [_Candidate(cost + 0.2, f"{full}: {_capital(claim)}"), _Candidate(cost + 0.25, f"{last}: {_capital(claim)}")]


def _person_named(who: str) -> tuple[str, str] | None:
    """Full name and surname of the person at the end of a speaker's description; None if no person is named."""
    plain = english.DAY_TAIL.sub("", who).rstrip(",")
    person = english.PERSON.search(plain)
    if person is None or not english.ORGANISATION.isdisjoint(plain.lower().split()):
        return None
    return person.group("full"), person.group("last")


def _quotation(body: str) -> _Candidate | None:
    """``“…,” Name said`` as ``Name: “…”``; the quotation alone if nobody is named."""
    match = english.QUOTE_SAID.match(body) or english.SAID_WHO.match(body)
    asked = english.ASKED.match(body)
    if match is None and asked is None:
        return None
    person = _person_named(match.group("who")) if match is not None else None
    before = f"{person[0]}: " if person is not None else ""
    cost = 0.3 if person is not None else 0.5
    quote = asked.group("quote") if asked is not None else match.group("quote") if match is not None else ""
    room, most = LONGEST - len(before) - 2, MOST_WORDS - len(before.split())
    first = len(next(iter(sentences(quote, "en")), ""))
    stops = [first, *(match.start() for match in re.finditer(r"; |,? (?:and|but|because|so) ", quote))]
    for end in [len(quote), *sorted(stop for stop in stops if stop > 20)[:1]]:
        part = quote[:end].strip(" ,.")
        if len(part) <= room and len(part.split()) <= most:
            return _Candidate(cost, f"{before}“{_capital(part)}”")
    return _Candidate(cost + 0.3, f"{before}“{_capital(shortened(quote, room - 1, most))}…”")


def _without_lead(text: str) -> str:
    """Drop a leading adverbial or clause, unless a pronoun would lose its noun."""
    match = english.LEADING.match(text)
    if match is None:
        return text
    rest = english.AFTER_LEADING.sub("", text[match.end() :], count=1)
    opening = lower_words(rest)[:8]
    if not opening or opening[0] in english.PRONOUN | english.OPENS_CLAUSE or not english.SUBJECT.isdisjoint(opening):
        return text
    return rest


def _fit(form: _Candidate, *, whole: bool, tail: str = "") -> Iterator[_Candidate]:
    """Fit a form: as it is, else its longest complete clause that fits, else cut with "…".

    ``tail`` is the attribution that follows; only a complete clause precedes it.
    """
    text = form.text.strip(" ,;:")
    if not text:
        return
    cost = form.cost + _dependence(text) + (0.0 if whole else _BROKEN_OFF)
    mark = "" if whole else "…"
    if _fits(text + tail) and _balanced(text + tail) and (whole or not lacks_ending(text, "en")):
        tokens = lower_words(text)
        verbless = 0.0 if any(map(is_verb, tokens)) else 0.5
        hanging = 0.4 if tokens and tokens[-1] in english.NEVER_LAST else 0.0
        yield _Candidate(cost + verbless + hanging, _finished(text) + tail + mark)
    elif len(tail) <= _LONGEST_SOURCE:
        clause = _longest_clause(text, tail)
        if clause is not None:
            yield _Candidate(cost + clause.cost, _finished(clause.text) + tail + mark)
        if tail:
            return
        short = _finished(_without_open_marks(shortened(text, LONGEST - 1, MOST_WORDS)))
        if short:
            turned = _REVERSED if _drops_main(text, len(short)) else 0.0
            yield _Candidate(cost + _CUT + turned + (0.0 if _balanced(short) else 0.5), f"{short}…")


def _drops_main(text: str, end: int) -> bool:
    """Whether a cut keeps a concession or condition and drops the main clause."""
    lead = CONCESSIONS["en"].lead.match(text)
    but = english.BUT.search(text, max(0, end - 1))
    return (
        (lead is not None and lead.end() > end)
        or english.LEADING_CONDITION.match(text) is not None
        or (but is not None and _is_conceded(text, but))
    )


def _changes_meaning(head: str, rest: str) -> bool:
    """Whether the cut-off part changes the meaning of the clause: its condition, reason, or main clause."""
    here = " " + re.split(r", (?!if\b|unless\b)| (?:and|but|who|which) ", rest.lstrip(" ,"), maxsplit=1)[0]
    return (
        _drops_main(head + rest, len(head))
        or english.ALTERNATIVE.match(rest) is not None
        or english.CONDITION.search(here) is not None
        or english.EXCEPTION.search(rest) is not None
        or (english.CONDITION.search(head) is not None and not rest.startswith(","))
        or (english.PLANNED.search(head) is not None and re.search(r" (?:before|when)\b", here) is not None)
        or (english.MEASURE.search(head) is not None and re.match(r" (?:before|after|since)\b", rest) is not None)
        or (english.NOT.search(head) is not None and english.SCOPE.match(rest) is not None)
    )


def _longest_clause(text: str, tail: str = "") -> _Candidate | None:
    """The longest complete clause at the start that fits before the tail, weighed against the harm of cutting there."""
    best: _Candidate | None = None
    for pattern, price in ((english.STRONG_STOP, 0.15), (english.WEAK_STOP, 0.3), (english.JOIN_STOP, 0.5)):
        for match in pattern.finditer(text[: LONGEST + 60]):
            head = text[: match.start()]
            if not _fits(head + tail):
                break
            if _splits_verb(head, pattern) or not _balanced(head + tail) or not _is_clause(head):
                continue
            if _changes_meaning(head, text[match.start() :]):
                continue
            # A job title before a name takes room from what is cut.
            titled = 0.1 if english.ROLE.search(head) else 0.0
            cost = price + titled + 0.5 * (1 - len(head) / min(len(text), 2 * LONGEST))
            if best is None or cost < best.cost:
                best = _Candidate(cost, head)
    return best


def _splits_verb(head: str, stop: re.Pattern[str]) -> bool:
    """Whether a cut separates a bare verb from its object: "could transfer / as many as", "to share / and develop"."""
    before_last = "".join(lower_words(head)[-2:-1])
    return (stop is not english.STRONG_STOP and before_last in english.MODAL) or (
        stop is english.JOIN_STOP and (before_last == "to" or english.PAIRED.search(head) is not None)
    )


def _is_clause(head: str) -> bool:
    """Whether each clause has its own verb, and the last word needs no other after it."""
    tokens = lower_words(head)
    if len(tokens) < 5 or tokens[-1] in english.NEVER_LAST or tokens[-1] in english.VERB:
        return False
    quoted = head.endswith(('"', "”"))
    if (not quoted and re.search(r"(?:ing|ly|[^e]ed)$", tokens[-1])) or english.LEADING.match(f"{head}, "):
        return False
    # "A display led by the keeper" has no main verb yet.
    verbs = sum(
        is_verb(token) and not is_verb(before) and following != "by"
        for before, token, following in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False)
    )
    return verbs > sum(token in english.OPENS_CLAUSE for token in tokens[1:])


def _dependence(text: str) -> float:
    """The cost of depending on preceding text: "He …", "The move …", "…, the agency said"."""
    tokens = lower_words(text)
    if not tokens:
        return 5.0
    named = re.search(r"(?<!^)\b[A-Z][a-z]", text) is not None
    opening = " ".join(text.split()[:4])
    costs = (
        (
            2.0,
            (tokens[0] in english.PRONOUN and not english.THIS_YEAR.match(text)) or text.startswith(('"It ', "“It ")),
        ),
        (1.0, tokens[0] in english.SPEAKER),
        (0.8, tokens[0] in english.CONNECTIVE),
        (0.8, english.ROLE_ONLY.match(text) is not None),
        (0.6, tokens[0] in {"the", "both"} and re.search(r"(?<!^)\b[A-Z0-9]", opening) is None),
        (0.5, text.startswith(('"', "“", "‘", "'"))),
        (0.5, english.DEMONSTRATIVE.search(text) is not None),
        (0.5, not named and not english.PRONOUN.isdisjoint(tokens)),
        (0.3, english.VAGUE_SOURCE.search(text) is not None),
    )
    return sum(cost for cost, applies in costs if applies)


def _fits(text: str) -> bool:
    return len(text) <= LONGEST and length_in_words(text) <= MOST_WORDS


def _without_stop(sentence: str) -> str:
    """Drop the full stop, in any script; question marks, exclamation marks and dots stay."""
    return str(_FULL_STOP.sub("", sentence))


def _balanced(text: str) -> bool:
    straight = straighten(text)
    return straight.count('"') % 2 == 0 and text.count("(") == text.count(")") and text.count("[") == text.count("]")


def _without_open_marks(text: str) -> str:
    """Drop a quotation or bracket that a cut left open."""
    if _balanced(text):
        return text
    opened = max(text.rfind(mark) for mark in '"“([')
    return text[:opened] if opened > 20 else text


def _finished(text: str) -> str:
    return _capital(text.strip(" ,;:–—-"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
