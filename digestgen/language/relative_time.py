"""Relative times ("yesterday", "am Dienstag", "la semaine dernière"), which mislead later readers.

Known for the languages of the sentence rules; in others none are found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from digestgen.language.text import straighten

_HEAD: Final = 600
"""Characters of a sentence that are looked at."""
_LONGEST: Final = 60
"""Upper bound of a relative time, in characters."""
_LEADING: Final = 1
"""A weekday counts as leading within this many words: only at the start. Later it is an aside."""
_EARLY: Final = 12
"""Words within which a time such as "this week" is what a sentence is about."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The relative times of one language."""

    day: re.Pattern[str]
    """A weekday as an adverbial, which does little harm in passing."""
    deictic: re.Pattern[str]
    """"yesterday", "this week", "two days ago"."""
    possessive: re.Pattern[str] | None = None
    """"today's" vote: part of a name, which needs it."""
    inverts: bool = False
    """Whether the verb comes second, so that a leading time cannot be dropped."""
    free: bool = False
    """Whether a sentence may start with a verb, so that a leading time can be dropped before one."""

    def early(self) -> tuple[re.Pattern[str], ...]:
        """Patterns that are the subject of a sentence if they come early."""
        return (self.deictic, self.possessive) if self.possessive else (self.deictic,)


def _rules(day: str, deictic: str, possessive: str = "", *, inverts: bool = False, free: bool = False) -> _Rules:
    def whole(words: str) -> re.Pattern[str]:
        # Not possessives: "today's vote" is a name for the vote.
        return re.compile(rf"(?<![\w'-])(?:{words})(?![\w-]|'\w)", re.IGNORECASE)

    return _Rules(whole(day), whole(deictic), whole(possessive) if possessive else None, inverts, free)


_EN_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_EN_PART = r"(?: (?:morning|afternoon|evening|night))?"
_EN_NUMBER = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of|\d{1,2})"
_DE_DAY = r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"
_FR_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_ES_DAY = r"(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
_IT_DAY = r"(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)"
_RU_DAY = r"(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
_UK_DAY = r"(?:понеділок|вівторок|середу|четвер|п'ятницю|суботу|неділю)"

_RULES: Final = MappingProxyType(
    {
        "en": _rules(
            rf"(?:(?:earlier|later|late|early) )?on (?:late |early )?{_EN_DAY}{_EN_PART}",
            r"(?:(?:earlier|later|late|early) )?(?:today|yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?"
            r"|tonight|overnight"
            r"|(?:(?:earlier|later|late|early) )?(?:this|last|next|this coming|this past) "
            rf"(?:week|weekend|month|year|morning|afternoon|evening|night|spring|summer|autumn|winter|{_EN_DAY})"
            rf"|{_EN_NUMBER} (?:minute|hour|day|week|month|year)s? ago",
            r"(?:today|yesterday|tomorrow|(?:this|last|next) (?:week|month|year))'s(?! (?:world|society|economy)\b)",
        ),
        "de": _rules(
            rf"am {_DE_DAY}(?:morgen|vormittag|mittag|nachmittag|abend)?",
            r"gestern|vorgestern|heute|übermorgen|gestern abend|heute (?:morgen|abend)"
            r"|(?:in )?(?:diese|dieser|letzte|letzter|vergangene|vergangener|kommende|kommender|nächste|nächster) woche"
            r"|(?:in |im )?(?:diesen|diesem|letzten|vergangenen|kommenden|nächsten) (?:monat|jahr)"
            r"|(?:dieses|letztes|vergangenes|nächstes) (?:jahr|wochenende)",
            inverts=True,
        ),
        "fr": _rules(
            rf"{_FR_DAY}(?: (?:dernier|prochain|matin|soir|après-midi))?",
            r"hier(?: soir| matin)?|avant-hier|aujourd'hui|demain|cette (?:semaine|nuit|année)"
            r"|ce (?:matin|soir|mois|week-end)"
            r"|la semaine (?:dernière|prochaine|passée)|le mois (?:dernier|prochain)|l'(?:an dernier|année dernière)"
            r"|l'année prochaine",
        ),
        "es": _rules(
            rf"(?:el|este) (?:pasado |próximo )?{_ES_DAY}(?: (?:pasado|próximo))?",
            r"ayer|anteayer|hoy|anoche|esta (?:semana|mañana|tarde|noche)|este (?:mes|año)"
            r"|la semana (?:pasada|próxima)|la próxima semana|el (?:mes|año) pasado|el próximo (?:mes|año)",
            free=True,
        ),
        "it": _rules(
            rf"(?:lo scorso )?{_IT_DAY}(?: (?:scorso|prossimo|scorsa|prossima))?",
            r"ieri|oggi|domani|stasera|stamattina|questa (?:settimana|mattina|sera|notte)|questo (?:mese|anno)"
            r"|la (?:settimana scorsa|scorsa settimana|settimana prossima|prossima settimana)"
            r"|(?:il mese|l'anno) (?:scorso|prossimo)",
            free=True,
        ),
        "ru": _rules(
            rf"во? (?:прошл\w+ |минувш\w+ |ближайш\w+ |эт\w+ )?{_RU_DAY}",
            r"вчера|позавчера|сегодня|завтра|послезавтра|накануне"
            r"|на (?:этой|прошлой|минувшей|следующей|будущей) неделе"
            r"|в (?:этом|прошлом|следующем) (?:месяце|году)",
            free=True,
        ),
        "uk": _rules(
            rf"[ув] (?:минул\w+ |найближч\w+ |ц\w+ )?{_UK_DAY}",
            r"вчора|учора|позавчора|сьогодні|завтра|післязавтра|напередодні"
            r"|(?:цього|минулого|наступного) (?:тижня|місяця|року)"
            r"|на (?:цьому|минулому|наступному) тижні",
            free=True,
        ),
    }
)
# Words that an adverbial depends on: "until Monday", "since last week", "that of this year".
_BOUND: Final = re.compile(
    r"(?:^|[\s(])(?:since|until|till|by|from|before|after|for|of|in|at|than|between|and|or|to|is|are|was|were|the|a|as|both"
    r"|seit|bis|ab|vor|nach|von|für|und|oder|ist|sind|war|als"
    r"|depuis|jusqu'à|jusqu'|dès|avant|après|pour|de|d'|et|ou|à|est|le|du|ce"
    r"|desde|hasta|antes|para|y|o|que|es|del"
    r"|da|dal|fino|entro|per|e|di|è"
    r"|с|со|до|от|после|к|и|или|чем|з|від|після|та|й|і|або)$",
    re.IGNORECASE,
)
# A subject. Only before one can a leading time without a comma be dropped ("Last week the bridge …", not "Last week was
# …").
_SUBJECT: Final = re.compile(
    r"\s+(?=(?:the|a|an|his|her|its|their|two|three|some|most|le|la|les|un|une|des)\b|l'|[A-ZÀ-ÞА-ЯЄІЇҐ])"
)
_SPACE: Final = re.compile(r"\s+")
_COMMA: Final = re.compile(r"\s*,\s*")


def leads(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a relative time or is about one ("… may reach a new stage this week").

    Times in quotations are the speaker's and do not count, nor does a weekday late in the sentence.
    """
    rules = _RULES.get(language)
    if rules is None:
        return False
    text = straighten(sentence[:_HEAD])
    return any(
        len(text[: found.start()].split()) < most and not text.count('"', 0, found.start()) % 2
        for pattern, most in ((rules.day, _LEADING), *((pattern, _EARLY) for pattern in rules.early()))
        for found in pattern.finditer(text)
    )


def opens(sentence: str, language: str) -> bool:
    """Whether a sentence starts with a relative time; cheaper than ``leads``."""
    rules = _RULES.get(language)
    text = straighten(sentence[:_LONGEST])
    return rules is not None and any(pattern.match(text) for pattern in (rules.day, *rules.early()))


def without(sentence: str, language: str) -> str:
    """Remove relative times from a sentence, except those that it needs.

    Adverbials are removed with the comma before or after one; "since last week" and "today's vote" stay, and so does a
    leading time where the verb must come second. The first letter keeps its case.
    """
    rules = _RULES.get(language)
    if rules is None:
        return sentence
    for pattern in (rules.deictic, rules.day):
        sentence = _remove(sentence, pattern, rules)
    return sentence


def mentions(sentence: str, language: str) -> bool:
    """Whether a sentence has a relative time anywhere, including quotations and possessives."""
    rules = _RULES.get(language)
    text = straighten(sentence[:_HEAD])
    return rules is not None and any(pattern.search(text) for pattern in (rules.day, *rules.early()))


def _remove(sentence: str, pattern: re.Pattern[str], rules: _Rules) -> str:
    kept: list[str] = []
    done = 0
    straight = straighten(sentence)
    for found in pattern.finditer(straight[:_HEAD]):
        before, behind = straight[done : found.start()], straight[found.end() :]
        if straight.count('"', 0, found.start()) % 2:
            continue
        start, end = found.span()
        if not before.strip() and done == 0:
            follows = _COMMA.match(behind) or (_SPACE if rules.free else _SUBJECT).match(behind)
            if rules.inverts or follows is None:
                continue
            end += follows.end()
        else:
            if _BOUND.search(before.rstrip()) or not before.endswith(" "):
                continue
            start -= len(before) - len(before.rstrip())
            # ", on Friday, …" loses both commas; "…, on Friday" and "on Friday, …" lose only their own.
            if before.rstrip().endswith(",") and (not behind or behind.startswith((",", ".", ";"))):
                start -= 1
                end += behind.startswith(",")
        kept.append(sentence[done:start])
        done = end
    return "".join(kept) + sentence[done:]
