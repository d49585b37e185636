"""Recognise notices inside articles: what an outlet says about its text, such as credits and "read more"."""

from __future__ import annotations

import re

_NOTICE = re.compile(
    r"""(?ix) ^\W{0,5} (?:
      (?:editor|publisher)s?['’]?s?\s+note\b | note\s+(?:de\s+l['’]éditeur|to\s+(?:readers|editors))\b
    | (?:correction|clarification|update[ds]?)\s?:
    | this\s(?:article|story|post|piece|report|interview|page)\s(?:was|has\sbeen|is|first|originally)\s
      (?:\w+\s){0,2}(?:updated|published|edited|amended|corrected|translated|syndicated|appeared|produced|reproduced)\b
    | the\s(?:article|interview|conversation)\s(?:was|has\sbeen)\s
      (?:\w+\s){0,2}(?:updated|edited|amended|corrected|translated)\b
    | (?:read|see|watch|learn|listen|find\sout|click|tap)\s(?:more|also|here|now|the\sfull|below)\b | also\sread\b
    | (?:sign\sup|subscribe|follow\sus|support\sus|join\sus|download\sour|share\sthis)\b
    | related: | (?:photo|image|picture|video|credit|source|copyright)s?(?:\s(?:by|credit|from))?\s?:
    | © | all\srights\sreserved
    | (?:à\s)?(?:lire|voir)\saussi\b | lesen\ssie\b | mehr\szum\sthema | lea\stambién | leggi\sanche
    | чита(?:йте|ть)\s(?:также|далее|також) | підпи(?:суйтесь|шіться) | подпи(?:сывайтесь|шитесь)
    | \((?:additional\s)?(?:reporting|editing|writing)\sby\b
    ) | ^(?-i:[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*){1,3})\s[–—-]\s\d{1,2}\s\w{3,10}\s(?:19|20)\d\d\b
    | ^[^.]{0,80}\bcontributed\sto\sthis\s(?:report|story|article)\b
    """
)


def is_notice(sentence: str) -> bool:
    """Whether a sentence is an editor's note, a "read more", a credit or the like, judged by its start."""
    return _NOTICE.search(sentence[:200]) is not None
