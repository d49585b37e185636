"""Which of an article's phrases can be printed, and in which words.

The rules are those of an editor: a phrase ends where the text lets it end, a name is whole and without the office of
its bearer, and no verb, date or mere adjective is in it. They look at the word lists and at the words around each
occurrence; there is no grammar behind them, so they rather drop a good phrase than print a bad one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from digestgen.analyse.keyphrases.tokens import RARE, Reading, function_words
from digestgen.analyse.keyphrases.verbs import is_present, is_verb
from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.letters import has_unspaced, is_short
from digestgen.language.word_frequency import supported_languages, zipf

JOINING: Final = frozenset({"of", "de", "du", "des", "del", "della", "di", "da", "van", "von", "der"})
"""The only function words that a phrase may hold ("Bank of England", "réforme des retraites")."""
_LONGEST: Final = 5
"""Words in a name completed from three-word pieces."""
_COMMON: Final = 4.8
"""Zipf frequency from which a lone word must come more than once to be worth a keyphrase."""
_ENGLISH_ADVERB: Final = re.compile(r"[^\W\d_]{2}ly$")
# The words that name the doer after a passive participle, and how such participles end.
_PASSIVES: Final = MappingProxyType(
    {
        "en": ("by", re.compile(r"(?:ed|en|wn)$")),
        "fr": ("par", re.compile(r"[éisu]e?s?$")),
        "es": ("por", re.compile(r"[ai]d[oa]s?$")),
        "pt": ("por", re.compile(r"[ai]d[oa]s?$")),
        "it": ("da", re.compile(r"[aiu]t[oaie]$")),
    }
)
# Languages without capitals that put the verb last: what stands before the full stop is one.
_VERB_LAST: Final = frozenset(
    {"bn", "bo", "fa", "gu", "hi", "ja", "kn", "ko", "ml", "mr", "my", "ne", "or", "pa", "ps", "si", "ta", "te", "ur"}
)
# … and that put it first, unless the sentence begins with the article.
_VERB_FIRST: Final = MappingProxyType({"ar": "ال"})

Span = tuple[int, int]
"""The first word of a phrase and the one after its last, as indexes into a reading."""


class Readability:
    """Judges the phrases of one reading."""

    def __init__(self, reading: Reading, language: str) -> None:
        self._reading = reading
        self._language = language
        self._english = language == "en"
        self._stop = function_words(reading, language)
        self._has_capitals = reading.has_capitals
        self._struck = word_list(Kind.STRUCK, language)
        self._occasions = word_list(Kind.OCCASIONS, language)
        self._roles = word_list(Kind.ROLES, language)
        self._weak = word_list(Kind.WEAK, language)
        self._unfinished = word_list(Kind.UNFINISHED, language)
        self._verbs = word_list(Kind.VERBS, language)
        self._objects = word_list(Kind.OBJECTS, language)
        self._before_nouns = word_list(Kind.BEFORE_NOUNS, language)
        self._before_verbs = word_list(Kind.BEFORE_VERBS, language)
        self._before_participles = word_list(Kind.BEFORE_PARTICIPLES, language)

    def settle(self, spans: Sequence[Span]) -> Span | None:
        """The words to print for a phrase that stands at these places; None if it cannot be printed."""
        forms: Counter[tuple[str, ...]] = Counter()
        closed: Counter[tuple[str, ...]] = Counter()
        shown: dict[tuple[str, ...], Span] = {}
        vague = self._reading.vague
        for start, end in spans:
            whole = self._complete(start, end)
            if whole is None:
                continue
            keys = self._reading.keys[whole[0] : whole[1]]
            forms[keys] += 1
            closed[keys] += self._closes(*whole) and self._opens(*whole)
            if keys not in shown or (vague[shown[keys][0]] and not vague[whole[0]]):
                shown[keys] = whole
        # The commonest form; where articles and particles are written with the word, the one with the least of them.
        ranks = {keys: (-forms[keys] if self._has_capitals else sum(map(len, keys)), shown[keys]) for keys in forms}
        for keys in sorted(forms, key=ranks.__getitem__):
            enough = closed[keys] * 2 >= forms[keys] if len(keys) == 1 else closed[keys] > 0
            enough = enough or (not self._has_capitals and self._shows_itself(keys, len(spans)))
            if enough and self._is_printable(*shown[keys]) and (len(keys) > 1 or self._stands_alone(spans)):
                return shown[keys]
        return None

    def _shows_itself(self, keys: Sequence[str], times: int) -> bool:
        """Whether a phrase is one wherever it stands, in a script that tells no names: it comes again, or is one."""
        if times > 1:
            return len(keys) == 1 or not has_unspaced(keys[0])
        known = self._language in supported_languages()
        return len(keys) == 1 and known and has_unspaced(keys[0]) and zipf(keys[0], self._language) < RARE

    def _complete(self, start: int, end: int) -> Span | None:
        """The phrase with the rest of a name that it cuts, and without what only leads up to the name."""
        reading = self._reading
        while end < len(reading.words) and (self._runs_on(end) or self._is_of(end)):
            end += 1
        while start > 0 and self._runs_on(start) and not self._is_role(start - 1):
            start -= 1
        for i in range(end - 2, start - 1, -1):
            if reading.named[i + 1] and reading.keys[i + 1] not in self._stop and self._leads_up(i, end):
                start = i + 1
                break
        if not self._english and end - start > 2 and reading.named[start] and reading.named[start + 1]:
            # After a full name, other languages put the verb; English also puts nouns ("North Korean troops").
            while not reading.named[end - 1]:
                end -= 1
        return (start, end) if end - start <= _LONGEST else None

    def _leads_up(self, i: int, end: int) -> bool:
        """Whether word ``i`` is an office, or a small word before what is nothing but a name ("aide Yury Ushakov")."""
        named = self._reading.named
        return self._is_role(i) or (
            not named[i] and all(named[i + 1 : end]) and (end - i > 2 if not self._english else i + 1 < end)
        )

    def _runs_on(self, i: int) -> bool:
        """Whether a name goes on from the word before ``i`` to that at ``i``."""
        reading = self._reading
        return (
            not reading.breaks[i]
            and reading.named[i - 1]
            and reading.named[i]
            and reading.keys[i - 1] not in self._struck
            and not self._is_struck(i)
        )

    def _is_struck(self, i: int) -> bool:
        """Whether no phrase may hold word ``i``; what else tells the time may end a name ("Memorial Day")."""
        reading = self._reading
        if reading.keys[i] not in self._struck:
            return False
        after_name = (
            i > 0 and not reading.breaks[i] and reading.named[i - 1] and reading.keys[i - 1] not in self._struck
        )
        return not (after_name and reading.named[i] and reading.keys[i] in self._occasions)

    def _is_of(self, i: int) -> bool:
        """Whether word ``i`` is the "of" inside an office such as Secretary of State, or the name after it."""
        keys, named, breaks = self._reading.keys, self._reading.named, self._reading.breaks
        if not self._english or breaks[i]:
            return False
        if keys[i] == "of":
            return keys[i - 1] in self._roles and named[i - 1] and not breaks[i + 1] and named[i + 1]
        return keys[i - 1] == "of" and i > 1 and keys[i - 2] in self._roles and named[i - 2] and named[i]

    def _is_role(self, i: int) -> bool:
        keys = self._reading.keys
        if keys[i] in self._roles:
            return True
        if keys[i] == "general":
            return i > 0 and keys[i - 1] in self._roles
        return i >= 2 and keys[i - 1] == "of" and keys[i - 2] in self._roles

    def _closes(self, start: int, end: int) -> bool:
        """Whether the phrase could end here: what follows is not its head, nor its object."""
        reading = self._reading
        if reading.breaks[end]:
            return reading.breaks[end] < 2 or self._language not in _VERB_LAST
        following, last = reading.keys[end], reading.keys[end - 1]
        doer, participle = _PASSIVES.get(self._language, ("", None))
        if not reading.named[end - 1]:
            if following in self._objects:
                return False
            if participle and following == doer and participle.search(last):
                return False
        if self._english and end - start > 1 and self._may_be_predicate(end - 1, following):
            return False
        if following in self._stop or following in self._struck or self._is_verb_like(end):
            return True
        return end - start > 1 and reading.named[end - 1] != reading.named[end]

    def _may_be_predicate(self, last: int, following: str) -> bool:
        """Whether the last word of an English phrase may be a name's verb ("Blair blasts …", "Blair set to …")."""
        reading = self._reading
        if reading.named[last] or not reading.named[last - 1]:
            return False
        key = reading.keys[last]
        if following == "to":
            return key == "set"
        return following not in self._stop and (key.endswith("ing") or self._is_present(key))

    def _is_predicate(self, i: int) -> bool:
        """Whether a small English word after another may be its verb: "growth lifts …", "Blair handed …"."""
        key = self._reading.keys[i]
        return self._is_present(key) or (key.endswith("ed") and self._reading.named[i - 1])

    def _is_present(self, key: str) -> bool:
        return is_present(key) or key.removesuffix("s") in self._verbs - {key}

    def _opens(self, start: int, end: int) -> bool:
        """Whether the phrase could begin here and its first word not be a verb."""
        reading = self._reading
        if reading.named[start] or start == 0 or reading.breaks[start] == 2:
            return reading.breaks[start] < 2 or reading.keys[start].startswith(_VERB_FIRST.get(self._language, ""))
        if not self._english:
            return self._opens_abroad(start)
        before, first = reading.keys[start - 1], reading.keys[start]
        if reading.breaks[start]:
            return not (first.endswith("ing") and end - start > 1)
        after_noun = before not in self._stop
        verb = first in self._verbs and (before == "to" or after_noun)
        if before in self._before_verbs or verb or (after_noun and end - start > 1 and self._is_predicate(start)):
            return False
        if first.endswith("ing") and end - start > 1:
            return before in self._before_nouns and before not in {
                "of",
                "by",
                "for",
                "after",
                "before",
                "about",
                "from",
                "with",
                "in",
            }
        return not (first.endswith("ed") and before in self._before_participles)

    def _opens_abroad(self, start: int) -> bool:
        before, first = self._reading.keys[start - 1], self._reading.keys[start]
        if has_unspaced(first):
            # The dictionary may have cut what it does not know: only grammar and marks part for certain.
            return bool(self._reading.breaks[start]) or before in self._stop
        _, participle = _PASSIVES.get(self._language, ("", None))
        if participle and before in self._before_participles and participle.search(first):
            return False
        # In German a small word straight after a noun is its verb, not the next noun's adjective.
        return self._language != "de" or bool(self._reading.breaks[start]) or not self._reading.named[start - 1]

    def _is_verb_like(self, i: int) -> bool:
        reading = self._reading
        if reading.named[i]:
            return False
        key = reading.keys[i]
        if self._english:
            return key.endswith("ed") or _ENGLISH_ADVERB.search(key) is not None
        return is_verb(key, self._language)

    def _is_printable(self, start: int, end: int) -> bool:
        keys, named = self._reading.keys[start:end], self._reading.named[start:end]
        inner = range(1, len(keys) - 1)
        for i, key in enumerate(keys):
            if self._is_struck(start + i):
                return False
            if key in self._stop and not named[i]:
                # "Bank of England", but not "decades of research": in English that says no more than its nouns.
                if i not in inner or key not in JOINING or (self._english and not (named[i - 1] and named[i + 1])):
                    return False
            elif self._is_verb_like(start + i) and not (self._english and i < len(keys) - 1 and key.endswith("ed")):
                return False
        return not (self._has_verb_between(start, end) or self._lacks_noun(start, end))

    def _has_verb_between(self, start: int, end: int) -> bool:
        """Whether a small word between two names is a verb, as far as its place and ending tell."""
        keys, named = self._reading.keys[start:end], self._reading.named[start:end]
        if self._language == "de":
            return any(named[i - 1] and not named[i] and keys[i] not in JOINING for i in range(1, len(keys)))
        return self._english and any(
            not named[i]
            and (self._is_predicate(start + i) or (named[i - 1] and named[i + 1] and keys[i].endswith("ing")))
            for i in range(1, len(keys) - 1)
        )

    def _lacks_noun(self, start: int, end: int) -> bool:
        keys, named = self._reading.keys[start:end], self._reading.named[start:end]
        if not named[-1] and (keys[-1] in self._unfinished or self._language == "de"):
            return True
        if named[-1] and len(keys) > 1 and self._is_role(end - 1):
            return True
        return all(key in self._weak or self._is_role(start + i) for i, key in enumerate(keys))

    def _stands_alone(self, spans: Sequence[Span]) -> bool:
        """Whether a word is worth a keyphrase by itself: a name, or a noun that is rare or comes again."""
        reading = self._reading
        start = spans[0][0]
        key = reading.keys[start]
        if any(reading.named[span[0]] for span in spans) and self._language != "de":
            return True
        if is_short(key) or (len(spans) == 1 and zipf(key, self._language) >= _COMMON):
            return False
        if not self._english or key.endswith("s"):
            return True
        if len(spans) == 1 and key.endswith("ing"):
            return False
        return any(i == 0 or reading.breaks[i] == 1 or reading.keys[i - 1] in self._before_nouns for i, _ in spans)
