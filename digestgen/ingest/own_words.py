"""What the author of an article says in it: without lines that recur elsewhere, quoted mails and who wrote them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from digestgen.ingest.recurring_lines import is_recurring, without_recurring
from digestgen.language.replies import is_of_reply, without_quote_mark
from digestgen.model import Article


def is_own(recurring: Collection[int], paragraph: str) -> bool:
    """Whether a paragraph holds words of the author."""
    return not is_recurring(recurring, paragraph) and not is_of_reply(paragraph)


def own_paragraphs(recurring: Collection[int], paragraphs: Sequence[str], language: str) -> tuple[str, ...]:
    """The paragraphs in the author's own words; one with a recurring line inside is split around it.

    Where everything is quoted, the quotations; empty if there are only recurring lines.
    """
    kept = without_recurring(recurring, paragraphs, language)
    return tuple(part for part in kept if not is_of_reply(part)) or tuple(map(without_quote_mark, kept))


def in_own_words(recurring: Collection[int], article: Article) -> Article:
    """The article as analysed: in its author's own words, or unchanged if it has only recurring lines."""
    paragraphs = own_paragraphs(recurring, article.paragraphs, article.language)
    standfirst = article.standfirst if is_own(recurring, article.standfirst or "") else None
    if not paragraphs or (paragraphs == article.paragraphs and standfirst == article.standfirst):
        return article
    cut = article.truncated and article.paragraphs[-1].endswith(paragraphs[-1])
    return replace(article, standfirst=standfirst, paragraphs=paragraphs, truncated=cut)
