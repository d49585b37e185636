"""English, as far as a sub-editor's rules need it: patterns for what a sentence can do without, and word classes.

Every pattern is meant for one sentence of at most a thousand characters, and bounds each of its repetitions.
"""

from __future__ import annotations

import re


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAME = r"(?:[A-Z][\w.'’-]*(?: (?:(?:de|van|von|der|bin|al|el|la|du|of) )?[A-Z][\w.'’-]*){0,4})"
SAYS = (
    r"(?:says?|said|reports?|reported|announced?|announces|claims?|claimed|warns?|warned|adds?|added|confirmed|"
    r"shows?|showed|suggests?|suggested|finds?|found|believes?|tells?|told|stated?|wrote|explained|argues?|argued|"
    r"insisted|insists|revealed|reveals|noted|read|heard)"
)
_HAS = r"(?:ha[sv]e? |had |also )?"
_DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})?)"
)

NOTE = re.compile(
    r"^(?:(?:editor|author)['’]?s['’]? note|note|correction|clarification|updated?|disclaimer)\s?:",
    re.IGNORECASE,
)
"""A sentence to the reader about the article."""
DATELINE = re.compile(r"^[A-Z][A-Z.,' ]{2,40}(?:,? [A-Z][\w. ]{2,20})?(?: ?\([A-Za-z/ ]{2,20}\))? ?[-–—] ?(?=[A-Z\"“])")
_ON_DAY = rf"(?:late |early )?(?:on|since|by) (?:late |early )?{_DAY}(?![\w-])"
WHEN = re.compile(rf", {_ON_DAY},?| {_ON_DAY}|,? (?:last|this) (?:week|month)(?= |$)")
DAY_TAIL = re.compile(rf",? on {_DAY}$")
ASIDE = re.compile(
    r" (?:also|however|meanwhile|additionally)(?= )"
    r"|^(?:However|Meanwhile|Additionally|Moreover|But|And|Also),? (?=\w)"
)
ACCORDING = re.compile(r",? according to [^,;]{3,160}(?=$|,)")
SAID_SO = re.compile(
    rf"(?:, |,[\"”] )(?P<who>[^,\"“”]{{2,80}}?) {_HAS}{SAYS}(?: (?!that|it|he|she|they)[^,\"“”]{{0,60}})?$"
)
"""``…, the ministry announced on Monday``."""
SAYS_THAT = re.compile(
    rf"^(?P<who>[^\"“”]{{2,120}}?) {_HAS}(?:{SAYS}(?: (?:{NAME}|the [a-z]+|reporters))?|told (?:{NAME}|the \w+)) that "
)
"""``The minister said that …``."""
CAME_AFTER = re.compile(
    r"^(?:The|This|His|Her|Their) [a-z ]{3,30} (?:came|comes|follows|followed)(?: [\w-]+){0,3} after "
)
"""``The statement came two days after …``: what came before is the news."""
QUOTE_SAID = re.compile(
    rf"^[\"“](?P<quote>[^\"“”]{{10,600}}?)[,.?!]?[\"”],? (?P<before>[^\"“”]{{0,40}}? )??(?P<who>{NAME})"
    rf"(?:, [^\"“”]{{3,120}}?,?)? {SAYS}\b"
)
SAID_WHO = re.compile(rf"^[\"“](?P<quote>[^\"“”]{{10,600}}?)[,.?!]?[\"”],? {SAYS} (?P<who>{NAME})")
ASKED = re.compile(r"^[\"“](?P<quote>[^\"“”]{10,600}\?)[\"”] asked ")
ROLE = re.compile(
    r"\b(?:(?:[A-Z][\w.]{1,20}|former|late|opposition|prime|foreign|far-right) ){0,4}"
    r"(?:[Pp]resident|[Pp]rime [Mm]inister|[Cc]hancellor|[Mm]inister|[Ss]ecretary(?: of [A-Z]\w+)?|dictator|leader|"
    r"[Pp]ress [Ss]ecretary|[Pp]rosecutor General|[Ss]ecretary-[Gg]eneral|[Ss]pokes(?:man|woman|person)|Gov\.|Sen\.|"
    r"[Gg]overnor|[Ss]enator) (?=[A-Z][\w'’-]+ [A-Z][\w'’-]+)"
)
BRACKETS = re.compile(r" ?[(\[][^()\[\]]{1,120}[)\]]| [—–] [^—–]{2,90} [—–](?= )")
SUCH_AS = re.compile(
    r" such as [^,]{3,60}?(?= (?:to|are|is|will|would|have|has|and|as)\b|,|$)|, including [^,]{3,80}(?=,|$)"
)
APPOSITIVE = re.compile(
    r"(?<=[\w’'.”\"]), (?:an?|the|one|who|which|whose|now|in|at|by|with|along|including|as|widely) [^,]{3,110},"
    r"(?= [^\WA-Z])"
)
"""Never before a capital: ``…, the chairman of a bank, Santander, has …`` would lose one comma of two."""
LEADING = re.compile(
    r"^(?:(?:Ever )?[Ss]ince|While|As|After|Before|When|Although|Though|Despite|In|On|At|During|For|With|By|Following|"
    r"Amid|Under|Over|Among|Until|Throughout|From|Earlier|Speaking|Citing|Asked|According|Last|This|Once|Because|If|"
    r"Even)\b[^,:]{2,160}, "
)
AFTER_LEADING = re.compile(r"^(?:however,? )?(?:and |but )?(?:(?:an?|the) [^,]{3,80}, (?=[a-z]))?")
"""``For X, a member of parliament, history is …``: what is said of X goes with X."""
SUBORDINATE = re.compile(
    r"^(?:While|As|After|When|Although|Though|Even though|Ever since|Since) (?P<clause>[^,]{15,160}), "
)
BEFORE_COLON = re.compile(r"^(?!\w+(?: \w+)?:)[^:]{10,160}: (?=[A-Z])")
VAGUE_SOURCE = re.compile(
    rf", (?:he|she|they|it|the [a-z ]{{1,40}}|officials|police|sources) (?:ha[sv]e? )?{SAYS}\b.{{0,40}}$"
)
"""``…, the agency has said``: which agency, another sentence tells."""
ACCORDING_LAST = re.compile(r",? according to [^,;]{3,60}$")
CLAIMED_FIRST = re.compile(r"(?:According to|Citing)\b")
ROLE_ONLY = re.compile(
    r"^The (?:[A-Z][\w-]+ )?(?:leader|president|minister|chancellor|group|company|agency|event|move|decision|"
    r"statement|announcement|comments?|remarks?|visit|conversation|meeting|party|government|firm|report|study|man|"
    r"woman|club) "
)
THIS_YEAR = re.compile(r"This (?:year|month|week|season|summer|winter|spring|time)\b")
DEMONSTRATIVE = re.compile(
    r"\b(?:this|these|those) (?!(?:year|month|week|season|summer|winter|spring|time)\b)[a-z]+|^Such [a-z]+"
)
ARTICLE = re.compile(r"(?<=[a-z,] )(?:an?|the) (?=[a-z])")
PERSON = re.compile(r"(?:^| )(?P<full>[A-Z][\w’'-]+ (?:(?:de|van|von|bin|al) )?(?P<last>[A-Z][\w’'-]+))$")

STRONG_STOP = re.compile(
    r", (?=[a-z]+ing\b)|, (?:but|and|as|while|with|which|who|where|after|before|when|including|despite|amid|so|or|"
    r"following|because)\b|,? [–—-] |; |: "
    r"| (?:but|while|after|before|when|because|amid|despite|following|although|whereas|unless|until|since|where)\b"
    r"| and (?=(?:\w+ ){0,8}?(?:is|are|was|were|has|have|had|will|would|said|could|may)\b)|, "
)
"""Where one clause ends and another begins."""
WEAK_STOP = re.compile(
    r" (?:about|for|in|on|at|over|as|with|from|by|into|through|across|under|against|between|during)(?= )"
)
"""Before these a clause may be whole already."""
JOIN_STOP = re.compile(r" and ")

PRONOUN = _words_of("he she it they his her their its i we you this that these those him them there who")
SUBJECT = _words_of("he she it they")
MODAL = _words_of("can could may might must shall should will would")
SPEAKER = _words_of("i we you let's")
OPENS_CLAUSE = _words_of("that which who whose whom if when while because although whether")
CONNECTIVE = _words_of("but and so yet among however then or nor")
VERB = _words_of(
    """
    is are was were be has have had will would can could may might must should do does did says said told held sent
    began shot came took made went gave got won lost left met set put cut hit rose fell grew saw spoke wrote drew flew
    fought found kept led let paid ran sold sought stood struck thought threw became broke brought built bought caught
    chose plans wants needs shows faces expects hopes seeks calls warns urges claims denies admits accuses backs
    expresses plays borrows marks makes takes gives goes comes gets wins loses leaves sees finds keeps leads
    died dies deepen joins joined remains retains launches unveils orders agrees refuses aims looks
    """
)
NEVER_LAST = _words_of(
    """
    a an the of to in on at by for with from as and or but nor that which who whom whose this these those his her
    its their our your my is are was were be been being has have had will would can could may might must should do
    does did not no than so if when while where after before since because into onto over under about between among
    against during without within through more most very such both each every some any including amid per via
    whether how why until upon toward towards despite also only just even one two new other first former late
    twice many said says told it he she they we i you there
    """
)
"""Words that leave a title hanging in the air."""
BODY = _words_of(
    """
    ministry committee department agency times post journal news council commission office house union bank court
    service university institute center centre association group company party police army officials reuters
    """
)
"""Two capitalised words with one of these among them name no person."""
