"""What makes a text a letter or a reply: quoted lines, who wrote them, greetings, and headers.

None of it is what the author of the reply says, so that no title, summary or keyphrase is made of it.
"""

from __future__ import annotations

import re
from typing import Final

_QUOTE_MARK: Final = re.compile(r"(?:[=|*:#]{0,2}>\s?|[A-Za-z]{1,4}>(?=[\s>])\s?|[|:}]\s)+")
_SAID: Final = r"(?:says|said|asks|asked|replie[sd]|respond(?:s|ed)|post(?:s|ed)|quotes)"
_WROTE: Final = (
    r"(?:writes?|wrote|"
    r"schrieb|schreibt|(?:a|ha)?\s?(?:écrit|scritto|escrito)|écrivait|escribió|escribe|scrive|scrisse|escreveu|escreve|"
    r"schreef|skrev|skriver|kirjoitti|yazdı|napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|"
    r"написал(?:\(а\)|а)?|пишет|писал(?:\(а\)|а)?|написа(?:в|ла)(?:\(ла\))?|пише|写道|寫道)"
)
_ADDRESS: Final = r"[^\s<>()@,;]+@[^\s<>()@,;]+"
_LONGEST: Final = 400
"""Characters of a line that says who wrote what follows."""
_WITH_ADDRESS: Final = re.compile(
    rf"(?is)(?=.*{_ADDRESS}).*(?<!\w)(?:{_WROTE}|{_SAID})(?!\w)|\W{{0,3}}(?:in|from|re)\W[^@]{{0,30}}<{_ADDRESS}>"
)
"""“In article <…> Ada Brandt writes”, “Ada Brandt <…> wrote:”, “… responded to article <…>”."""
_WITH_DATE: Final = re.compile(rf"(?is)(?=\D{{0,40}}\d).*(?<!\w){_WROTE}(?!\w).{{0,80}}:\W*$")
"""“On 3 May 2026 at 10:02, Ada Brandt wrote:”, “Am 03.05.2026 um 10:02 schrieb Ada Brandt:”."""
_NAME_ALONE: Final = re.compile(
    rf"(?is)(?:\S+\s+){{0,7}}(?<!\w){_WROTE}\W{{0,3}}(?:\([^()]{{1,40}}\)\W{{0,3}})?(?::|\.\.\.|…)\W*$"
)
"""“Ada Brandt writes:”, “Ada Brandt writes (in another group)...”."""
_LONGEST_GREETING: Final = 60
_MOST_WORDS: Final = 40
_HEADER: Final = re.compile(
    r"(?i)(?:newsgroups|message-id|references|organi[sz]ation|lines(?=\s?:\s\d)|distribution|nntp-posting-host|"
    r"reply-to|followup-to|in-reply-to|archive-name|last-modified|posting-frequency|xref|x-[\w-]{2,30}|mime-version|"
    r"content-type)\s?:\s"
)
_GREETING: Final = re.compile(
    r"(?i)(?:hi|hello|hey|greetings|hallo|moin|bonjour|salut|hola|ciao|olá|привет|здравствуйте|привіт|вітаю)"
    r"(?:\W+\w+){0,3}\W*|"
    r"(?:dear|liebe[rs]?|sehr geehrte[rs]?|chère?s?|cher|estimad[oa]s?|querid[oa]s?|car[oaie]|gentil[ei]|уважаем\w+|"
    r"дорог\w+|шановн\w+|good (?:morning|afternoon|evening|day)|to whom(?:ever)?)(?:\W+\w+){0,6}\W*[,:!]\W*"
)
_SENDER: Final = re.compile(rf"(?i)(?:from|to|cc|sender)\s?:\s.{{0,80}}{_ADDRESS}")


def quote_mark(line: str) -> str:
    """The marks that a line of a quoted mail begins with (">", "> >", ": "); empty if there are none."""
    found = _QUOTE_MARK.match(line)
    return found.group() if found else ""


def without_quote_mark(line: str) -> str:
    """The line without the marks of a quotation; as it is if it is nothing else."""
    return line[len(quote_mark(line)) :] or line


def is_of_reply(paragraph: str) -> bool:
    """Whether a paragraph is quoted, says whose words follow, is a greeting, or a header that a program wrote."""
    return bool(quote_mark(paragraph)) or is_attribution(paragraph) or is_greeting(paragraph)


def is_greeting(paragraph: str) -> bool:
    """Whether a paragraph is nothing but the greeting of a letter."""
    return len(paragraph) <= _LONGEST_GREETING and _GREETING.fullmatch(paragraph) is not None


def is_attribution(paragraph: str) -> bool:
    """Whether a paragraph says whose words follow, or is a header that a mail program wrote."""
    if len(paragraph) > _LONGEST or len(paragraph.split()) > _MOST_WORDS:
        return False
    if _HEADER.match(paragraph) or _SENDER.match(paragraph):
        return True
    if "@" in paragraph and _WITH_ADDRESS.match(paragraph):
        return True
    opens = paragraph[-3:].rstrip().endswith((":", "...", "…"))
    return opens and bool(_WITH_DATE.match(paragraph) or _NAME_ALONE.match(paragraph))
