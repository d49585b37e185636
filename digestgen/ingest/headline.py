"""A title for an article that has none, made from its own sentences.

The rules are those of a sub-editor: take the sentence that says most, leave out when, and what is said by the way,
keep who said so, and stop where a clause is whole. Every title is words of the text in their order, but for "Name:
claim", which puts the speaker first. The rules know English (``clauses.py``); of other languages the
first sentence is taken, and cut with "…" where it is too long.

Each sentence gives many titles, from the least change to the most, each with a cost; the cheapest of all wins. The
costs are an editor's order of preference, set by hand on a few dozen articles, not fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digestgen import stopwords
from digestgen.ingest import clauses
from digestgen.text import is_terminated, sentences, straighten

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
"""Words that describe who spoke."""

_CUT = 1.2
"""Cost of ending in "…"; dearer than any change that leaves a whole clause."""
_NEXT_SENTENCE = 1.0
"""Cost of the next sentence: the first says what an article is about, unless it leans on something above."""
_UNDER_STANDFIRST = 0.15
"""Cost of the sentence after a standfirst: it says the same in full."""
_UNSOURCED = 0.35
"""Cost of leaving out who said so: it makes a fact of a claim. Less than cutting with "…"."""
_LONGEST_SOURCE = 50
"""Characters of the words that tell who said so, beside the claim."""
_BROKEN_OFF = 1.0
"""Cost of a sentence that the text itself breaks off."""


@dataclass(frozen=True, slots=True)
class _Option:
    """A title, or a sentence on its way to be one, and what it cost to get there."""

    cost: float
    text: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence to make a title of; not whole where the text breaks off inside it."""

    cost: float
    text: str
    whole: bool


def headline_of(paragraphs: Sequence[str], language: str) -> str:
    """A title of at most ``LONGEST`` characters and ``MOST_WORDS`` words; it ends in "…" where a clause is cut.

    ``paragraphs``: the text, a standfirst first; not empty.
    """
    pool = _pool(paragraphs, language)
    if language == "en":
        options = [_Option(title.cost + sentence.cost, title.text) for sentence in pool for title in _titles(sentence)]
        if options:
            return min(options, key=lambda option: (round(option.cost, 6), len(option.text), option.text)).text
    first = pool[0].text
    if _fits(first):
        return re.sub(r"(?<![.。])[.。]$", "", first)
    return f"{_closed(_shortened(first, LONGEST - 1, MOST_WORDS, language))}…"


def _pool(paragraphs: Sequence[str], language: str) -> list[_Sentence]:
    """The first sentences, without editor's notes and datelines; never empty."""
    found: list[_Sentence] = []
    cost = 0.0
    for paragraph in paragraphs[:_PARAGRAPHS]:
        pieces = [piece for piece in _closing(sentences(paragraph[:_HEAD], language)) if not clauses.NOTE.match(piece)]
        for piece in pieces[:_SENTENCES]:
            # A line that is one open-ended sentence may be a standfirst, whole; the last of several breaks off.
            open_ended = not is_terminated(piece[-10:]) or piece.endswith(("...", "…"))
            whole = not open_ended or (len(pieces) == 1 and len(piece.split()) <= _LONGEST_STANDFIRST)
            found.append(_Sentence(cost, clauses.DATELINE.sub("", piece[:_LONGEST_SENTENCE]), whole))
            standfirst = len(found) == 1 and open_ended and len(paragraphs) > 1
            cost += _UNDER_STANDFIRST if standfirst else _NEXT_SENTENCE
    return found[:_SENTENCES] or [_Sentence(0.0, paragraphs[0][:_LONGEST_SENTENCE], whole=True)]


def _closing(pieces: Sequence[str]) -> list[str]:
    """The sentences, those of one quotation with the words that close it: who said it stands there."""
    joined: list[str] = []
    for piece in pieces:
        if joined and straighten(joined[-1]).count('"') % 2 and straighten(piece).count('"') % 2:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _titles(sentence: _Sentence) -> Iterator[_Option]:
    """All titles that a sentence can give."""
    quoted = _quotation(sentence.text)
    if quoted is not None:
        yield quoted
    body = re.sub(r"\.{1,3}$", "", sentence.text)
    source = _source(body)
    if source is None:
        for form in _forms(body):
            yield from _fitted(form, whole=sentence.whole)
        return
    claim, tail = source
    for form in _forms(claim):
        for title in _fitted(form, whole=sentence.whole, tail=tail):
            yield title
    for form in _forms(body):
        for title in _fitted(form, whole=sentence.whole):
            sourced = _named(title.text, tail) or tail in title.text
            yield _Option(title.cost + (0.0 if sourced else _UNSOURCED), title.text)


def _source(body: str) -> tuple[str, str] | None:
    """The claim of a sentence and the words after it that tell who made it: "…, police said" without the day."""
    according = clauses.ACCORDING_LAST.search(body)
    if according is not None:
        return body[: according.start()], according.group()
    said = clauses.SAID_SO.search(body)
    who = [] if said is None else _words(said.group("who"))[:1]
    if said is None or not who or who[0] in clauses.VERB | clauses.PRONOUN:
        return None
    return body[: said.start()], clauses.WHEN.sub("", body[said.start() :])


def _named(title: str, tail: str) -> bool:
    """Whether a title starts with the speaker: “Name: claim”."""
    before, colon, _ = title.partition(": ")
    return bool(colon) and before in tail


def _forms(body: str) -> Iterator[_Option]:
    """The sentence and its reductions, as long as they may be."""
    came = clauses.CAME_AFTER.sub("", body)
    start = _Option(0.0 if came == body else 0.3, came)
    forms = [start, *_attributed(start)]
    for form in tuple(forms):
        bare = _without_lead(form.text)
        if bare != form.text:
            claimed = _UNSOURCED if clauses.CLAIMED_FIRST.match(form.text) else 0.0
            forms.append(_Option(form.cost + 0.15 + claimed, bare))
            forms += _attributed(forms[-1])
        clause = clauses.SUBORDINATE.match(form.text)
        if clause is not None:
            forms.append(_Option(form.cost + 0.6, clause.group("clause")))
    for form in tuple(forms):
        colon = clauses.BEFORE_COLON.match(form.text)
        if colon is not None:
            forms.append(_Option(form.cost + 0.3, form.text[colon.end() :]))
    for form in forms:
        yield form
        yield from _lighter(form)


_LIGHTER = (
    (clauses.ASIDE, 0.02),
    (clauses.WHEN, 0.05),
    (clauses.ACCORDING, 0.05),
    (clauses.BRACKETS, 0.08),
    (clauses.SUCH_AS, 0.1),
    (clauses.ROLE, 0.02),
    (clauses.APPOSITIVE, 0.1),
    (clauses.ARTICLE, 0.5),
)
"""What goes, in this order, and at what cost."""


def _lighter(form: _Option) -> Iterator[_Option]:
    """The form without what is said by the way, one kind after the other."""
    text, cost = form.text, form.cost
    for pattern, price in _LIGHTER:
        shorter = pattern.sub("", text)
        if shorter == text or len(shorter) <= 20:
            continue
        text, cost = shorter, cost + price
        # Articles go only where the title is whole without them: half a sentence in headlinese helps nobody.
        if pattern is not clauses.ARTICLE or _fits(text):
            yield _Option(cost, text)


def _attributed(form: _Option) -> list[_Option]:
    """The claim without who made it, or with a named speaker in front."""
    found: list[_Option] = []
    tail = clauses.SAID_SO.search(form.text)
    if tail is not None:
        found += _claimed(form.text[: tail.start()], tail.group("who"), form.cost)
    plain = clauses.WHEN.sub("", clauses.APPOSITIVE.sub("", form.text))
    head = clauses.SAYS_THAT.match(plain)
    if head is not None and "," not in head.group("who") and not any(map(_is_verb, _words(head.group("who")))):
        found += _claimed(plain[head.end() :], head.group("who"), form.cost, _UNSOURCED)
    return found


def _claimed(claim: str, who: str, cost: float, unsourced: float = 0.0) -> list[_Option]:
    if len(who.split()) > _LONGEST_SPEAKER:
        return []
    if not _balanced(claim):
        claim = re.sub('["“”]', "", claim)
    opening = _words(claim)[:1]
    if not opening or opening[0] in clauses.PRONOUN | clauses.CONNECTIVE:
        return []
    speaker = _person(who)
    if speaker is None:
        return [_Option(cost + 0.1 + unsourced, claim)]
    full, last = speaker
    return [_Option(cost + 0.2, f"{full}: {_capital(claim)}"), _Option(cost + 0.25, f"{last}: {_capital(claim)}")]


def _person(who: str) -> tuple[str, str] | None:
    """A person's name and surname at the end of a description of who spoke; None where no person is named."""
    plain = clauses.DAY_TAIL.sub("", who).rstrip(",")
    person = clauses.PERSON.search(plain)
    if person is None or not clauses.BODY.isdisjoint(plain.lower().split()):
        return None
    return person.group("full"), person.group("last")


def _quotation(body: str) -> _Option | None:
    """``“…,” Name said`` as ``Name: “…”``; the quotation alone where nobody is named."""
    match = clauses.QUOTE_SAID.match(body) or clauses.SAID_WHO.match(body)
    asked = clauses.ASKED.match(body)
    if match is None and asked is None:
        return None
    person = _person(match.group("who")) if match is not None else None
    before = f"{person[0]}: " if person is not None else ""
    cost = 0.3 if person is not None else 0.5
    quote = asked.group("quote") if asked is not None else match.group("quote") if match is not None else ""
    room, most = LONGEST - len(before) - 2, MOST_WORDS - len(before.split())
    stops = [match.start() for match in re.finditer(r"[;.!?] |,? (?:and|but|because|so) ", quote) if match.start() > 20]
    for end in [len(quote), *stops[:1]]:
        part = quote[:end].strip(" ,.")
        if len(part) <= room and len(part.split()) <= most:
            return _Option(cost, f"{before}“{_capital(part)}”")
    return _Option(cost + 0.3, f"{before}“{_capital(_shortened(quote, room - 1, most))}…”")


def _without_lead(text: str) -> str:
    """The sentence without its leading adverbial or clause; whole where a pronoun would be left without its noun."""
    match = clauses.LEADING.match(text)
    if match is None:
        return text
    rest = clauses.AFTER_LEADING.sub("", text[match.end() :], count=1)
    opening = _words(rest)[:8]
    if not opening or opening[0] in clauses.PRONOUN or not clauses.SUBJECT.isdisjoint(opening):
        return text
    return rest


def _fitted(form: _Option, *, whole: bool, tail: str = "") -> Iterator[_Option]:
    """The form as a title: as it is where it fits, else its longest whole clause that fits, else cut with "…".

    ``tail`` is who said so; it follows, and only a whole clause goes before it.
    """
    text = form.text.strip(" ,;:")
    if not text:
        return
    cost = form.cost + _leaning(text) + (0.0 if whole else _BROKEN_OFF)
    mark = "" if whole else "…"
    if _fits(text + tail) and _balanced(text + tail):
        tokens = _words(text)
        verbless = 0.0 if any(map(_is_verb, tokens)) else 0.5
        hanging = 0.4 if tokens and tokens[-1] in clauses.NEVER_LAST else 0.0
        yield _Option(cost + verbless + hanging, _finished(text) + tail + mark)
    elif len(tail) <= _LONGEST_SOURCE:
        clause = _longest_clause(text, tail)
        if clause is not None:
            yield _Option(cost + clause.cost, _finished(clause.text) + tail + mark)
        if tail:
            return
        short = _finished(_closed(_shortened(text, LONGEST - 1, MOST_WORDS)))
        if short:
            yield _Option(cost + _CUT + (0.0 if _balanced(short) else 0.5), f"{short}…")


def _longest_clause(text: str, tail: str = "") -> _Option | None:
    """The beginning that fits before the tail, is a whole clause, and says most for the harm of cutting there."""
    best: _Option | None = None
    for pattern, price in ((clauses.STRONG_STOP, 0.15), (clauses.WEAK_STOP, 0.3), (clauses.JOIN_STOP, 0.5)):
        for match in pattern.finditer(text[: LONGEST + 60]):
            head = text[: match.start()]
            if not _fits(head + tail):
                break
            if _is_halved(head, pattern) or not _balanced(head + tail) or not _is_clause(head):
                continue
            # A title before a name takes the room of what is cut.
            titled = 0.1 if clauses.ROLE.search(head) else 0.0
            cost = price + titled + 0.5 * (1 - len(head) / min(len(text), 2 * LONGEST))
            if best is None or cost < best.cost:
                best = _Option(cost, head)
    return best


def _is_halved(head: str, stop: re.Pattern[str]) -> bool:
    """Whether a cut parts a bare verb from its object: "could transfer / as many as", "to share / and develop"."""
    before_last = "".join(_words(head)[-2:-1])
    return (stop is not clauses.STRONG_STOP and before_last in clauses.MODAL) or (
        stop is clauses.JOIN_STOP and before_last == "to"
    )


def _is_clause(head: str) -> bool:
    """Whether it has a verb of its own for each clause in it, and does not end in a word that needs another."""
    tokens = _words(head)
    if len(tokens) < 5 or tokens[-1] in clauses.NEVER_LAST or tokens[-1] in clauses.VERB:
        return False
    quoted = head.endswith(('"', "”"))
    if (not quoted and re.search(r"(?:ing|ly|[^e]ed)$", tokens[-1])) or clauses.LEADING.match(f"{head}, "):
        return False
    # "A display led by the keeper" has no verb yet.
    verbs = sum(
        _is_verb(token) and not _is_verb(before) and following != "by"
        for before, token, following in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False)
    )
    return verbs > sum(token in clauses.OPENS_CLAUSE for token in tokens[1:])


def _is_verb(token: str) -> bool:
    return token in clauses.VERB or (len(token) > 4 and token.endswith("ed"))


def _leaning(text: str) -> float:
    """The cost of leaning on a text before it: "He …", "The move …", "…, the agency said"."""
    tokens = _words(text)
    if not tokens:
        return 5.0
    named = re.search(r"(?<!^)\b[A-Z][a-z]", text) is not None
    opening = " ".join(text.split()[:4])
    costs = (
        (
            2.0,
            (tokens[0] in clauses.PRONOUN and not clauses.THIS_YEAR.match(text)) or text.startswith(('"It ', "“It ")),
        ),
        (1.0, tokens[0] in clauses.SPEAKER),
        (0.8, tokens[0] in clauses.CONNECTIVE),
        (0.8, clauses.ROLE_ONLY.match(text) is not None),
        (0.6, tokens[0] in {"the", "both"} and re.search(r"(?<!^)\b[A-Z0-9]", opening) is None),
        (0.5, text.startswith(('"', "“", "‘", "'"))),
        (0.5, clauses.DEMONSTRATIVE.search(text) is not None),
        (0.5, not named and not clauses.PRONOUN.isdisjoint(tokens)),
        (0.3, clauses.VAGUE_SOURCE.search(text) is not None),
    )
    return sum(cost for cost, applies in costs if applies)


def _fits(text: str) -> bool:
    return len(text) <= LONGEST and len(text.split()) <= MOST_WORDS


def _balanced(text: str) -> bool:
    straight = straighten(text)
    return straight.count('"') % 2 == 0 and text.count("(") == text.count(")") and text.count("[") == text.count("]")


def _closed(text: str) -> str:
    """The text with a quotation or bracket that the cut left open taken off again."""
    if _balanced(text):
        return text
    opened = max(text.rfind(mark) for mark in '"“([')
    return text[:opened] if opened > 20 else text


def _finished(text: str) -> str:
    return _capital(text.strip(" ,;:–—-"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_](?:[\w'’.-]*\w)?", straighten(text).lower())


def _shortened(text: str, room: int, most: int, language: str = "en") -> str:
    """The longest beginning of whole words within the room that does not end in a word that needs another.

    It ends at a comma where that costs little. A single word that is longer than the room is cut after all: there is
    nothing else to show.
    """
    kept = text[: 4 * room].split()[:most]
    while len(kept) > 1 and len(" ".join(kept)) > room:
        kept.pop()
    hanging = clauses.NEVER_LAST if language == "en" else stopwords.stop_words(language)
    while len(kept) > 1 and re.sub(r"[^\w']", "", straighten(kept[-1])).lower() in hanging:
        kept.pop()
    short = " ".join(kept)[:room]
    comma = short.rfind(", ")
    return (short[:comma] if comma > 0.5 * len(short) else short).rstrip(" ,;:–—-.")
