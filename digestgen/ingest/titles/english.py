"""English patterns and word classes for shortening sentences.

Every pattern is meant for one sentence of at most a thousand characters and bounds each of its repetitions.
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
"""A note to the reader about the article."""
DATELINE = re.compile(r"^[A-Z][A-Z.,' ]{2,40}(?:,? [A-Z][\w. ]{2,20})?(?: ?\([A-Za-z/ ]{2,20}\))? ?[-–—] ?(?=[A-Z\"“])")
_ON_DAY = rf"(?:late |early )?on (?:late |early )?{_DAY}(?![\w-])"
TIME = re.compile(rf", {_ON_DAY},?| {_ON_DAY}")
DAY_TAIL = re.compile(rf",? on {_DAY}$")
ASIDE = re.compile(
    r" (?:also|however|meanwhile|additionally)(?= )"
    r"|^(?:However|Meanwhile|Additionally|Moreover|But|And|Also),? (?=\w)"
)
ACCORDING = re.compile(r",? according to [^,;]{3,160}(?=$|,)")
TRAILING_ATTRIBUTION = re.compile(
    rf"(?:, |,[\"”] )(?P<who>[^,\"“”]{{2,80}}?) {_HAS}{SAYS}(?: (?!that|it|he|she|they)[^,\"“”]{{0,60}})?$"
)
"""``…, the ministry announced on Monday``."""
LEADING_ATTRIBUTION = re.compile(
    rf"^(?P<who>[^\"“”]{{2,120}}?) {_HAS}(?:{SAYS}(?: (?:{NAME}|the [a-z]+|reporters))?|told (?:{NAME}|the \w+)) that "
)
"""``The minister said that …``."""
AFTERMATH = re.compile(
    r"^(?:The|This|His|Her|Their) (?!denial|refusal|rejection|retraction|apology|reversal)[a-z ]{3,30} "
    r"(?:came|comes|follows|followed)(?: [\w-]+){0,3} after "
)
"""``The statement came two days after …``: the news is what came before."""
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
"""Never before a capital: ``…, the chairman of a bank, Santander, has …`` would lose one of two commas."""
LEADING = re.compile(
    r"^(?!In (?:case|the event)\b|On (?:the )?condition\b|Even if\b.* would |"
    r"As (?:many|much|few|little|long|soon|far|well)\b)"
    r"(?:(?:Ever )?[Ss]ince|While|As|After|Before|When|Although|Though|Despite|In|On|At|During|For|With|By|Following|"
    r"Amid|Under|Over|Among|Throughout|From|Earlier|Speaking|Citing|Asked|According|Last|This|Because|Notwithstanding|"
    r"Even)\b[^,:]{2,160}, "
)
"""Never a condition: "If the talks fail, the strike will go ahead" does not say that it will."""
VIEWPOINT = re.compile(
    rf"^For (?P<who>{NAME})(?:, (?:an?|the|who|one) [^,]{{3,80}})?, "
    r"(?=(?:the|an?|this|it|there|[a-z]+ (?:is|are|was)) )"
)
"""``For A, a member of parliament, history is …``: the view of A."""
AFTER_LEADING = re.compile(r"^(?:however,? )?(?:and |but )?(?:(?:an?|the) [^,]{3,80}, (?=[a-z]))?")
"""``For X, a member of parliament, history is …``: the apposition goes with X."""
SUBORDINATE = re.compile(r"^(?:As|After|When|Ever since|Since|Now that) (?P<clause>[^,]{15,160}), ")
"""Presupposed clauses; never a concession, which the main clause outweighs."""
CONCEDED = re.compile(
    r"^(?:While|Although|Though|Even though) (?P<subject>[^,]{2,60}?) "
    r"(?P<granted>(?:is|are|was|were|has|have|had|will|would|may|might|can|could|did|does|do)(?: [^,]{2,120})?), "
    r"(?P<pronoun>he|she|it|they) (?P<said>.+)$"
)
"""``While A …, he …``: a subject shared by both clauses."""
NO_PERSON = re.compile(
    r"(?:[A-Z]\.?)+(?:['’]s)?|\w+(?:an|ish|ese|ch|day)s?|(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)\w*\.?"
)
"""Capitalised words that name no person: U.S., Ukrainian, Oct."""
CONCEDED_DESCRIPTION = re.compile(
    r"^(?P<subject>[^,;:]{3,90}?) (?:is|are|was|were|may be|might be|seems?|seemed|remains?)(?: [\w’'-]+){1,4}, "
    r"(?:but|yet) (?:it|they|he|she|(?:this|that|such an?|these|those)(?: [a-z-]+)?) "
    r"(?P<said>(?:is|are|was|were|has|have|had|will|would|can|could|may|might|does|do|did)\b.+)$"
)
"""``A is common, but this practice is …``: a concession whose first clause only describes A."""
NEGATED = _words_of(
    """
    no not never nobody none neither nor few little hardly scarcely falsely wrongly mistakenly without yet refused
    failed unable cannot myth lie false wrong untrue rumour rumor question nothing
    """
)
"""Words before a claim that negate it."""
UNASSERTED = re.compile(
    r"\b(?:claim(?:s|ed)?|believe[sd]?|suggest(?:s|ed)?|argue[sd]?|insist(?:s|ed)?|warn(?:s|ed)?)"
    r"(?: (?:that|the [a-z]+))?\W*$"
)
"""Verbs of saying that leave the truth open."""
QUESTION = re.compile(
    r"^(?:[^,:]{2,160}, )?(?:is|are|was|were|will|would|can|could|may|might|must|should|shall|do|does|did|has|have|had|"
    r"who|whom|whose|what|when|where|why|how|which)\b",
    re.IGNORECASE,
)
_ASKED = ("confirm", "ask", "asked", "know", "see", "say", "sure", "clear", "decide", "wonder", "check")
"""After these, "if" means whether."""
EXCEPTION = re.compile(
    r",? (?:unless|except|provided|providing|only when|(?:as|so) long as|on (?:the )?condition|"
    r"under (?:the )?condition|in case|in the event)\b"
)
CONDITION = re.compile("".join(rf"(?<!{verb})" for verb in _ASKED) + rf"(?:,? (?:if|until|till)\b|{EXCEPTION.pattern})")
"""Conditions, without which the clause means something else."""
ALTERNATIVE = re.compile(r",? (?:or|rather than|instead of|as if|as though|nor)\b")
LEADING_CONDITION = re.compile(r"^(?:If|Unless|Until|Once|Only if|Provided|Not only)\b")
"""Openings of half a sentence that says nothing by itself."""
NOT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
SCOPE = re.compile(r",? (?:because|due|for|until|just|simply|only|solely|in order|but)\b")
"""What "not" may apply to instead: "did not close because of …" does not say that it did not close."""
PLANNED = re.compile(r"\b(?:due|expected|meant|supposed|set|about|scheduled|planned|planning|hoped|hoping|going) to\b")
"""A plan need not have come true; the next clause tells."""
MEASURE = re.compile(r"(?:minutes|hours|days|weeks|months|years|moments)$")
"""What "before" or "after" attaches to: "27 years after …"."""
NO_SUBJECT = _words_of(
    "not also only even just in on at to by from for with without as if when while because after before"
)
"""Words that open no main clause after "but"."""
PAIRED = re.compile(r"\b(?:between|both|either|neither|not only)\b[^,]*$", re.IGNORECASE)
"""Words that need an "and" or "or" after them."""
BEFORE_COLON = re.compile(r"^(?!\w+(?: \w+)?:)[^:]{10,160}: (?=[A-Z])")
VAGUE_SOURCE = re.compile(
    rf", (?:he|she|they|it|the [a-z ]{{1,40}}|officials|police|sources) (?:ha[sv]e? )?{SAYS}\b.{{0,40}}$"
)
"""``…, the agency has said``: which agency is only named elsewhere."""
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
PERSON = re.compile(r"(?:^| )(?P<full>[A-Z][\w’'-]+ (?:(?:de|van|von|bin|al) )?(?P<last>[A-Z][\w’'-]+))$")

STRONG_STOP = re.compile(
    r", (?=[a-z]+ing\b)|, (?:but|and|as|while|with|which|who|where|after|before|when|including|despite|amid|so|"
    r"following|because|although|though)\b|,? [–—-] |; |: "
    r"| (?:but|while|after|before|when|because|amid|despite|following|although|though|whereas|since|where)\b"
    r"| and (?=(?:\w+ ){0,8}?(?:is|are|was|were|has|have|had|will|would|said|could|may)\b)|, "
)
"""Clause boundaries."""
WEAK_STOP = re.compile(
    r" (?:about|for|in|on|at|over|as|with|from|by|into|through|across|under|against|between|during)(?= )"
)
"""Prepositions before which a clause may be complete."""
JOIN_STOP = re.compile(r" and ")

BUT = re.compile(
    r"(?:[,;]| [–—-]) (?:but|yet|however),? (?!then )|"
    r" but (?=(?:he|she|it|they|there|the|an?|this|that|these|those|his|her|its|their|no|not|never|most|many|some|all|"
    r"is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|later|now|instead|failed)\b|[A-Z])"
)
"""Between two clauses of which the second outweighs the first; not between words ("small but strong")."""
CONCEDING = re.compile(
    r"\b(?:is|are|was|were|remains?)(?! (?:\w+ly )?(?:being |[a-z]+(?:ed|ing)\b))|"
    r"\b(?:may|might|could|can|should|would|seems?|appears?|looks?|sounds?|seemed|appeared|looked|sounded|used to)\b|"
    r"\b(?:due|expected|meant|supposed|set|about|scheduled|planned|planning|hoped|hoping|tried|trying|wanted) to\b|"
    r"\b(?:promised|promises|pledged|vowed|claims?|claimed|believed?|thinks?|thought)\b|\bhad (?:\w+ly )?\w+ed\b|"
    r"\b(?:often|usually|traditionally|widely|commonly|officially|initially|originally|at first|in theory|on paper|"
    r"not only|some say|many say)\b",
    re.IGNORECASE,
)
"""Marks the clause before "but" as a concession: how things are, seem or were meant. An event is news in itself."""
BUT_SAID = re.compile(
    r"(?:[,;]| [–—-])? (?:but|yet) (?:also |later |then |has |have |had )?"
    rf"(?:{SAYS}|stressed|emphasi[sz]ed|admitted|admits|conceded|denied)\b"
)
"""The same speaker continues, so both halves are reported speech."""

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
    twice still many said says told it he she they we i you there
    """
)
"""Words on which a title must not end."""
ORGANISATION = _words_of(
    """
    ministry committee department agency times post journal news council commission office house union bank court
    service university institute center centre association group company party police army officials reuters
    """
)
"""Two capitalised words including one of these name no person."""
