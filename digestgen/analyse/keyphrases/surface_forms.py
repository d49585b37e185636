"""Surface forms: which phrases of an article can be printed, and in which words.

The rules are those of an editor: a phrase ends where the sentence allows, a name is complete and without its bearer's
title, and there is no verb, date or mere adjective. They use word lists and the words around each occurrence, but no
grammar, so they drop a good phrase rather than print a bad one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from digestgen.analyse.keyphrases.tokens import RARE, TokenisedText, function_words
from digestgen.analyse.keyphrases.verbs import is_present, is_verb
from digestgen.analyse.word_lists import Kind, word_list
from digestgen.language.letters import has_unspaced, is_short
from digestgen.language.word_frequency import supported_languages, zipf

JOINING: Final = frozenset({"of", "de", "du", "des", "del", "della", "di", "da", "van", "von", "der"})
"""The only function words inside a phrase ("Bank of England", "réforme des retraites")."""
_LONGEST: Final = 5
"""Most words of a name completed from pieces of three words."""
_COMMON: Final = 4.8
"""Zipf frequency from which a single word must occur more than once to be a keyphrase."""
_ENGLISH_ADVERB: Final = re.compile(r"[^\W\d_]{2}ly$")
# By language: the word that introduces the agent of a passive, and the ending of the participle before it.
_PASSIVES: Final = MappingProxyType(
    {
        "en": ("by", re.compile(r"(?:ed|en|wn)$")),
        "fr": ("par", re.compile(r"[éisu]e?s?$")),
        "es": ("por", re.compile(r"[ai]d[oa]s?$")),
        "pt": ("por", re.compile(r"[ai]d[oa]s?$")),
        "it": ("da", re.compile(r"[aiu]t[oaie]$")),
    }
)
# Languages without capitals that put the verb last: a word before a full stop is a verb.
_VERB_LAST: Final = frozenset(
    {"bn", "bo", "fa", "gu", "hi", "ja", "kn", "ko", "ml", "mr", "my", "ne", "or", "pa", "ps", "si", "ta", "te", "ur"}
)
# … and that put it first, unless the sentence begins with this article.
_VERB_FIRST: Final = MappingProxyType({"ar": "ال"})

Span = tuple[int, int]
"""Index of the first word of a phrase, and of the word after its last."""


class SurfaceForms:
    """Chooses and checks the surface forms of phrases in one text."""

    def __init__(self, tokens: TokenisedText, language: str) -> None:
        self._tokens = tokens
        self._language = language
        self._english = language == "en"
        self._stop = function_words(tokens, language)
        self._has_capitals = tokens.has_capitals
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

    def choose(self, spans: Sequence[Span]) -> Span | None:
        """The span to print for a phrase that occurs at these spans; None if it cannot be printed."""
        forms: Counter[tuple[str, ...]] = Counter()
        closed: Counter[tuple[str, ...]] = Counter()
        shown: dict[tuple[str, ...], Span] = {}
        vague = self._tokens.vague
        for start, end in spans:
            whole = self._complete(start, end)
            if whole is None:
                continue
            keys = self._tokens.keys[whole[0] : whole[1]]
            forms[keys] += 1
            closed[keys] += self._may_end(*whole) and self._may_begin(*whole)
            if keys not in shown or (vague[shown[keys][0]] and not vague[whole[0]]):
                shown[keys] = whole
        # The most frequent form; without capitals the shortest, since articles and particles are attached to words.
        ranks = {keys: (-forms[keys] if self._has_capitals else sum(map(len, keys)), shown[keys]) for keys in forms}
        for keys in sorted(forms, key=ranks.__getitem__):
            enough = closed[keys] * 2 >= forms[keys] if len(keys) == 1 else closed[keys] > 0
            enough = enough or (not self._has_capitals and self._is_evident_without_case(keys, len(spans)))
            if enough and self._is_printable(*shown[keys]) and (len(keys) > 1 or self._stands_alone(spans)):
                return shown[keys]
        return None

    def standing_alone(self, spans: Sequence[Span]) -> Span | None:
        """The most frequent phrase that begins and ends at one of these spans in a sentence; None if there is none.

        Unlike with ``choose``, it may also be part of other phrases, however often, and a vague word.
        """
        forms: Counter[tuple[str, ...]] = Counter()
        shown: dict[tuple[str, ...], Span] = {}
        for start, end in spans:
            whole = self._complete(start, end)
            if whole and not any(self._tokens.vague[whole[0] : whole[1]]) and self._is_closed(*whole):
                keys = self._tokens.keys[whole[0] : whole[1]]
                forms[keys] += 1
                shown.setdefault(keys, whole)
        return shown[min(forms, key=lambda keys: (-forms[keys], shown[keys]))] if forms else None

    def _is_closed(self, start: int, end: int) -> bool:
        """Whether a phrase begins and ends here: a name, or a noun after a function word, a number or a mark."""
        tokens = self._tokens
        before = tokens.keys[start - 1] if start and not tokens.breaks[start] else ""
        if not tokens.named[start] and before and before not in self._stop and not before[0].isdigit():
            return False
        vague = end - start == 1 and tokens.keys[start] in self._weak and not self._is_struck(start)
        return self._may_end(start, end) and self._may_begin(start, end) and (vague or self._is_printable(start, end))

    def _is_evident_without_case(self, keys: Sequence[str], times: int) -> bool:
        """Whether this is evidently a phrase, in a script without capitals: it repeats, or is a rare word."""
        if times > 1:
            return len(keys) == 1 or not has_unspaced(keys[0])
        known = self._language in supported_languages()
        return len(keys) == 1 and known and has_unspaced(keys[0]) and zipf(keys[0], self._language) < RARE

    def _complete(self, start: int, end: int) -> Span | None:
        """The span with the rest of a name that it cuts, and without the title before a name; None if too long."""
        tokens = self._tokens
        while end < len(tokens.words) and (self._continues_name(end) or self._continues_office(end)):
            end += 1
        while start > 0 and self._continues_name(start) and not self._is_role(start - 1):
            start -= 1
        for i in range(end - 2, start - 1, -1):
            if tokens.named[i + 1] and tokens.keys[i + 1] not in self._stop and self._leads_up(i, end):
                start = i + 1
                break
        if not self._english and end - start > 2 and tokens.named[start] and tokens.named[start + 1]:
            # After a full name comes the verb; in English it may be a noun ("North Korean troops").
            while not tokens.named[end - 1]:
                end -= 1
        return (start, end) if end - start <= _LONGEST else None

    def _leads_up(self, i: int, end: int) -> bool:
        """Whether word ``i`` is a title, or a lower-case word before nothing but a name ("aide Yury Ushakov")."""
        named = self._tokens.named
        return self._is_role(i) or (
            not named[i] and all(named[i + 1 : end]) and (end - i > 2 if not self._english else i + 1 < end)
        )

    def _continues_name(self, i: int) -> bool:
        """Whether a name continues from the word before ``i`` to the word at ``i``."""
        tokens = self._tokens
        return (
            not tokens.breaks[i]
            and tokens.named[i - 1]
            and tokens.named[i]
            and tokens.keys[i - 1] not in self._struck
            and not self._is_struck(i)
        )

    def _is_struck(self, i: int) -> bool:
        """Whether no phrase may contain word ``i``; some words of time may end a name ("Memorial Day")."""
        tokens = self._tokens
        if tokens.keys[i] not in self._struck:
            return False
        after_name = i > 0 and not tokens.breaks[i] and tokens.named[i - 1] and tokens.keys[i - 1] not in self._struck
        return not (after_name and tokens.named[i] and tokens.keys[i] in self._occasions)

    def _continues_office(self, i: int) -> bool:
        """Whether word ``i`` is the "of" inside an office such as Secretary of State, or the name after it."""
        keys, named, breaks = self._tokens.keys, self._tokens.named, self._tokens.breaks
        if not self._english or breaks[i]:
            return False
        if keys[i] == "of":
            return keys[i - 1] in self._roles and named[i - 1] and not breaks[i + 1] and named[i + 1]
        return keys[i - 1] == "of" and i > 1 and keys[i - 2] in self._roles and named[i - 2] and named[i]

    def _is_role(self, i: int) -> bool:
        """Whether word ``i`` is, or ends, a title or office."""
        keys = self._tokens.keys
        if keys[i] in self._roles:
            return True
        if keys[i] == "general":
            return i > 0 and keys[i - 1] in self._roles
        return i >= 2 and keys[i - 1] == "of" and keys[i - 2] in self._roles

    def _may_end(self, start: int, end: int) -> bool:
        """Whether the phrase may end here: the next word is neither its head nor its object."""
        tokens = self._tokens
        if tokens.breaks[end]:
            return tokens.breaks[end] < 2 or self._language not in _VERB_LAST
        following, last = tokens.keys[end], tokens.keys[end - 1]
        doer, participle = _PASSIVES.get(self._language, ("", None))
        if not tokens.named[end - 1]:
            if following in self._objects:
                return False
            if participle and following == doer and participle.search(last):
                return False
        if self._english and end - start > 1 and self._may_be_predicate(end - 1, following):
            return False
        if following in self._stop or following in self._struck or self._is_verb_like(end):
            return True
        return end - start > 1 and tokens.named[end - 1] != tokens.named[end]

    def _may_be_predicate(self, last: int, following: str) -> bool:
        """Whether the last word of an English phrase may be the verb of a name ("Blair blasts …", "Blair set to …")."""
        tokens = self._tokens
        if tokens.named[last] or not tokens.named[last - 1]:
            return False
        key = tokens.keys[last]
        if following == "to":
            return key == "set"
        return following not in self._stop and (key.endswith("ing") or self._is_present(key))

    def _is_predicate(self, i: int) -> bool:
        """Whether a lower-case English word may be the verb of the word before: "growth lifts …", "Blair handed …"."""
        key = self._tokens.keys[i]
        return self._is_present(key) or (key.endswith("ed") and self._tokens.named[i - 1])

    def _is_present(self, key: str) -> bool:
        """Whether an English word may be a verb in the present tense."""
        return is_present(key) or key.removesuffix("s") in self._verbs - {key}

    def _may_begin(self, start: int, end: int) -> bool:
        """Whether the phrase may begin here, with a word that is not a verb."""
        tokens = self._tokens
        if tokens.named[start] or start == 0 or tokens.breaks[start] == 2:
            return tokens.breaks[start] < 2 or tokens.keys[start].startswith(_VERB_FIRST.get(self._language, ""))
        if not self._english:
            return self._may_begin_outside_english(start)
        before, first = tokens.keys[start - 1], tokens.keys[start]
        if tokens.breaks[start]:
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

    def _may_begin_outside_english(self, start: int) -> bool:
        """The same for languages other than English."""
        before, first = self._tokens.keys[start - 1], self._tokens.keys[start]
        if has_unspaced(first):
            # Segmentation may have cut an unknown word: only grammar and punctuation are certain boundaries.
            return bool(self._tokens.breaks[start]) or before in self._stop
        _, participle = _PASSIVES.get(self._language, ("", None))
        if participle and before in self._before_participles and participle.search(first):
            return False
        # In German a lower-case word right after a noun is its verb, not the adjective of the next noun.
        return self._language != "de" or bool(self._tokens.breaks[start]) or not self._tokens.named[start - 1]

    def _is_verb_like(self, i: int) -> bool:
        """Whether a word that is no name looks like a verb, or in English like an adverb."""
        tokens = self._tokens
        if tokens.named[i]:
            return False
        key = tokens.keys[i]
        if self._english:
            return key.endswith("ed") or _ENGLISH_ADVERB.search(key) is not None
        return is_verb(key, self._language)

    def _is_printable(self, start: int, end: int) -> bool:
        """Whether the phrase contains no struck word, verb or stray function word, and does contain a noun."""
        keys, named = self._tokens.keys[start:end], self._tokens.named[start:end]
        inner = range(1, len(keys) - 1)
        for i, key in enumerate(keys):
            if self._is_struck(start + i):
                return False
            if key in self._stop and not named[i]:
                # "Bank of England", but not "decades of research", which in English says no more than its nouns.
                if i not in inner or key not in JOINING or (self._english and not (named[i - 1] and named[i + 1])):
                    return False
            elif self._is_verb_like(start + i) and not (self._english and i < len(keys) - 1 and key.endswith("ed")):
                return False
        return not (self._has_verb_between(start, end) or self._lacks_noun(start, end))

    def _has_verb_between(self, start: int, end: int) -> bool:
        """Whether a lower-case word between two names looks like a verb by position and ending."""
        keys, named = self._tokens.keys[start:end], self._tokens.named[start:end]
        if self._language == "de":
            return any(named[i - 1] and not named[i] and keys[i] not in JOINING for i in range(1, len(keys)))
        return self._english and any(
            not named[i]
            and (self._is_predicate(start + i) or (named[i - 1] and named[i + 1] and keys[i].endswith("ing")))
            for i in range(1, len(keys) - 1)
        )

    def _lacks_noun(self, start: int, end: int) -> bool:
        """Whether the phrase ends without a noun, or consists of vague words and titles."""
        keys, named = self._tokens.keys[start:end], self._tokens.named[start:end]
        if not named[-1] and (keys[-1] in self._unfinished or self._language == "de"):
            return True
        if named[-1] and len(keys) > 1 and self._is_role(end - 1):
            return True
        return all(key in self._weak or self._is_role(start + i) for i, key in enumerate(keys))

    def _stands_alone(self, spans: Sequence[Span]) -> bool:
        """Whether a single word is worth a keyphrase: a name, or a noun that is rare or repeats."""
        tokens = self._tokens
        start = spans[0][0]
        key = tokens.keys[start]
        if any(tokens.named[span[0]] for span in spans) and self._language != "de":
            return True
        if is_short(key) or (len(spans) == 1 and zipf(key, self._language) >= _COMMON):
            return False
        if not self._english or key.endswith("s"):
            return True
        if len(spans) == 1 and key.endswith("ing"):
            return False
        return any(i == 0 or tokens.breaks[i] == 1 or tokens.keys[i - 1] in self._before_nouns for i, _ in spans)
