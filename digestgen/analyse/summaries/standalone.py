"""Whether a sentence can be understood without the sentences before it."""

from __future__ import annotations

import re
from itertools import pairwise

from digestgen.language.text import straighten, words


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that refer to the sentence before when they open a sentence.
_OPENERS = {
    "en": _word_set(
        """he she it they him her his hers its their theirs them this that these those such here there then thus so
        however but and or nor yet still instead meanwhile moreover furthermore nevertheless nonetheless therefore
        otherwise also besides hence likewise similarly consequently accordingly afterwards afterward additionally
        conversely elsewhere again finally now i we my our me us you your both neither others another which who
        because although once indeed rather too even only perhaps maybe well yes no not either later earlier
        overall plus separately same worse similar"""
    ),
    "de": _word_set(
        """er sie es ihr ihre sein seine seinen ihm ihn ihnen dies diese dieser dieses das dabei damit dafür dagegen
        daher deshalb deswegen trotzdem dennoch jedoch aber und oder denn doch allerdings außerdem zudem dann danach
        dort hier so auch ich wir mein unser unsere"""
    ),
    "fr": _word_set(
        """il elle ils elles lui leur leurs son sa ses ce cet cette ces cela ça c'est celui-ci celle-ci mais et ou donc
        or car cependant toutefois pourtant néanmoins ainsi alors ensuite puis enfin aussi par ici là je j'ai nous mon
        notre nos on y en c'était"""
    ),
    "es": _word_set(
        """él ella ellos ellas su sus este esta esto estos estas ese esa eso esos esas aquel aquella pero y o sino
        además también sin así entonces luego después allí aquí yo nosotros mi nuestro nuestra"""
    ),
    "it": _word_set(
        """lui lei loro egli ella essi questo questa questi queste quello quella ma e o però tuttavia inoltre quindi
        così poi allora anche qui lì io noi nostro nostra"""
    ),
    "ru": _word_set(
        """он она оно они его её ее их ему ей им это этот эта эти эту этого этому тот та те такой такая такие но а и
        или однако также тоже поэтому затем потом тогда там здесь кроме при я мы мой наш наша"""
    ),
    "uk": _word_set(
        """він вона воно вони його її їх їхній йому їй їм це цей ця ці цю цього цьому той та ті такий така такі але а і
        й або однак проте також теж тому потім тоді там тут крім при я ми мій наш наша"""
    ),
}
# "The move", "that decision": nouns for something already mentioned, unless further words specify it.
_VAGUE = _word_set(
    """move moves decision decisions statement statements announcement remark remarks comment comments claim claims
    report reports agency ministry group company firm document documents memoir book treaty deal agreement attack
    incident case event events meeting meetings talks conversation call visit trip proposal plan plans law bill measure
    measures ruling verdict vote poll survey study investigation probe step latter former pair duo two three trio men
    women man woman boy girl victim victims suspect suspects couple official officials minister president leader
    spokesman spokeswoman spokesperson source sources player players team club film movie show song album band singer
    actor actress star author director result results figure figures number total news story article interview
    question problem issue situation change changes development developments letter message order award prize game
    match side win victory defeat loss offer bid increase rise fall drop cut cuts crash accident fire blast explosion
    storm operation strike strikes raid clause cell premier chancellor prince king queen judge court jury panel
    committee commission organisation organization party government department office paper newspaper outlet channel
    broadcaster site website service product device phone software system project scheme programme program campaign
    effort efforts allegation allegations accusation accusations charge charges assassination plot arrest
    truce ceasefire summit assessment findings holiday ban bombing discussion discussions negotiations legislation
    package lawsuit suit complaint footage video photo donation pledge mandate resolution amendment filing hearing
    trial guidance"""
)
_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
_LEADING_MARKS = "\"'([{–—-•·*… "
_SINGLE_OPENING = re.compile(r"(?<!\w)'(?=\S)")
_SINGLE_CLOSING = re.compile(r"(?<=\S)'(?!\w)")
_PHRASE = re.compile(
    r"(?:Since then|After that|Before that|At (?:the|that) (?:time|moment)|In (?:response|addition|contrast|turn|short)"
    r"|As a result|For (?:example|instance)|On the other hand|In fact|Of course|After all"
    r"|By contrast|Of (?:these|those|them))\b"
)
_UNNAMED = re.compile(r"\bthe (?:sources?|spokes(?:man|woman|person)|latter) (?:said|told|added)\b")
_SAID_BEFORE = re.compile(
    r"\b(?:made|gave|issued) the (?:comments?|remarks?|statements?|announcement)\b(?! (?:that|of)\b)"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|we|we're|we've|my|our|me|us)\b")
# Words after "the move" that specify it, unlike a verb, an auxiliary or a comma.
_TELLS_WHICH = frozenset({"of", "by", "between", "to", "in", "on", "against", "over", "for", "with", "that", "which"})


# ", which" adds information; "which" without a comma specifies the noun.
_BY_THE_WAY = re.compile(r", which\b")
_ALSO_WITHIN = 8
"""First words of a sentence in which "also" refers back; later it joins two things of the sentence."""
_THIS_WITHIN = 10
"""First words of a sentence in which "this rise" and "these talks" refer back, unlike "this week"."""
_CURRENT_PERIOD = _word_set(
    """day week weekend month year season term decade century morning afternoon evening night spring summer autumn fall
    winter time country town city world planet monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december year's week's month's summer's season's
    century's country's evening's weekend's time's christmas easter past coming as"""
)


def stands_alone(sentence: str, language: str) -> bool:
    """Whether a sentence can be read without its context, by simple signs.

    It cannot if it opens with a pronoun or a connective, has "he" or "she" before any name, opens with a bare "the
    move" or "the statement", refers back with an early "also" or "these talks", is in the first person outside a
    quotation, is nothing but a quotation, or has an unbalanced quotation mark. Most rules are for English; languages
    without a word list are judged by quotation marks and capitals only.
    """
    straight = straighten(sentence)
    text = straight.lstrip(_LEADING_MARKS)
    if not text or _is_half_quotation(sentence, straight) or _is_all_quotation(straight):
        return False
    found = words(_BY_THE_WAY.sub(",", text[:600]))
    if not found or found[0].lower() in _OPENERS.get(language, frozenset()):
        return False
    if text[0].islower():
        return False
    return language != "en" or not (
        _PHRASE.match(text)
        or _is_vague(found)
        or _points_back(words(_outside_quotation(straight)[:600]))
        or _has_orphan_pronoun(found)
        or _is_personal(straight)
    )


def _is_half_quotation(sentence: str, straight: str) -> bool:
    """Whether a quotation mark lacks its partner.

    Single marks may be apostrophes, so only those at either end are checked.
    """
    if straight.count('"') % 2 or sentence.count("“") != sentence.count("”"):
        return True
    opens, closes = _SINGLE_OPENING.search(straight), _SINGLE_CLOSING.search(straight)
    return (straight[0] == "'" and not closes) or (straight[-1] == "'" and not opens)


def _is_all_quotation(straight: str) -> bool:
    """Whether there is nothing outside quotation marks, so that the speaker is unknown."""
    return straight.startswith('"') and not words(_outside_quotation(straight))


def _outside_quotation(straight: str) -> str:
    """The text outside double quotation marks."""
    return " ".join(straight.split('"')[::2])


def _is_vague(found: list[str]) -> bool:
    """Whether the sentence opens with "more" of something, or with "the" and a noun that needs the sentence before."""
    if found[0].lower() in {"more", "further"} and found[1:2] != ["than"]:
        return True
    for at, word in enumerate(found[:5]):
        if at and word[0].isupper():
            return False
        if word.lower() == "the" and _is_bare(found[at + 1 : at + 5]):
            return True
    return False


def _is_bare(phrase: list[str]) -> bool:
    """Whether a vague noun is among the first three words after "the", and nothing after it specifies it."""
    for at, word in enumerate(phrase[:3]):
        if word[0].isupper():
            return False
        if straighten(word).lower().removesuffix("'s") in _VAGUE:
            following = phrase[at + 1] if at + 1 < len(phrase) else ""
            return following.lower() not in _TELLS_WHICH and not following[:1].isupper()
    return False


def _points_back(found: list[str]) -> bool:
    """Whether "also" is said of what came before, or "this", "these" or "such" of a thing not yet named."""
    lower = [word.lower() for word in found[:_THIS_WITHIN]]
    for at, (word, following) in enumerate(pairwise(lower)):
        if (
            word in {"this", "these", "such"}
            and following not in _CURRENT_PERIOD
            and not (word == "such" and following == "a")
        ):
            return True
        if word == "also" and at < _ALSO_WITHIN and "not" not in lower[:at]:
            return True
    return False


def _has_orphan_pronoun(found: list[str]) -> bool:
    """Whether "he" or "she" comes before any name, which is a capitalised word other than the first."""
    for at, word in enumerate(found):
        if at and word.lower() in _PERSONAL:
            return True
        if word[0].isupper() and (at or word.isupper() or (len(found) > 1 and found[1][0].isupper())):
            return False
    return False


def _is_personal(text: str) -> bool:
    """Whether "I" or "we" is used outside quotation marks, or a source that was named before."""
    return any(
        _FIRST_PERSON.search(part) or _UNNAMED.search(part) or _SAID_BEFORE.search(part)
        for part in text.split('"')[::2]
    )
