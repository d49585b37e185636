"""Titles, counts, citations, and the choice of sentences to quote."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from digestgen.language.text import clean_line, fold, is_terminated, words
from digestgen.model import Entry
from digestgen.publish.markdown import Markdown, as_markdown, attributes, one_line
from digestgen.teaser import is_teaser
from digestgen.translation import Words

FEWEST_WORDS = 6
"""Fewest words that a sentence must add to the title it starts with."""

SAME = 0.8
"""Share of a sentence's words in the title from which it merely repeats the title."""


def title_of(entry: Entry) -> str:
    """Title of an article, on one line."""
    return one_line(entry.article.title) or "…"


def excerpt(entry: Entry, quoted: Collection[str] = ()) -> str:
    """Text to show under an article's title: all of a teaser, else the first sentence that adds something.

    Sentences in ``quoted`` are skipped.
    """
    sentences = [sentence for sentence in sentences_beyond_title(entry) if sentence not in quoted]
    return as_description(sentences if is_teaser(entry.article) else sentences[:1])


def sentences_beyond_title(entry: Entry) -> tuple[str, ...]:
    """Summary sentences that say more than the title.

    Sentences that start with the title come last, since under it they look like a repetition; a teaser keeps its order.
    """
    head = title_of(entry).removesuffix("…")
    said = _forms(head)
    sentences = [sentence for sentence in map(clean_line, entry.summary) if not _repeats(head, said, sentence)]
    if any(_opens(head, sentence) for sentence in sentences) and not is_teaser(entry.article):
        sentences.sort(key=lambda sentence: _opens(head, sentence))
    return tuple(sentences)


def _opens(head: str, sentence: str) -> bool:
    """Whether a sentence starts with the title, word for word."""
    return sentence.startswith(head) and not sentence[len(head) :][:1].isalnum()


def _repeats(head: str, said: Collection[str], sentence: str) -> bool:
    if _opens(head, sentence):
        return len(words(sentence[len(head) :])) < FEWEST_WORDS
    return _cover(said, sentence)


def covers(text: str, other: str) -> bool:
    """Whether a text contains nearly all words of another."""
    return _cover(_forms(text), other)


def _forms(text: str) -> frozenset[str]:
    return frozenset(map(fold, words(text)))


def _cover(known: Collection[str], other: str) -> bool:
    asked = [fold(word) for word in words(other)]
    return sum(word in known for word in asked) >= SAME * len(asked)


def reference(entry: Entry, spoken: Words) -> str:
    """Citation of an article: source, title and date."""
    article = entry.article
    parts = [
        article.source,
        spoken.say("“{title}”", title=title_of(entry)),
        spoken.day(article.published) if article.published else None,
    ]
    return ", ".join(each for each in parts if each)


def prose(sentences: Sequence[str], language: str = "") -> Markdown:
    """Block quote of sentences in one paragraph, except that an unterminated one (like a headline) ends its paragraph.

    ``language`` is set if it differs from the page's.
    """
    paragraphs: list[list[Markdown]] = [[]]
    for sentence in sentences:
        paragraphs[-1].append(as_markdown(sentence))
        if not is_terminated(sentence):
            paragraphs.append([])
    spoken = attributes(language=language)
    quotes = [f"> {' '.join(part)}" + (f"\n> {spoken}" if spoken else "") for part in paragraphs if part]
    return Markdown("\n>\n".join(quotes) or ">")


def as_description(sentences: Sequence[str]) -> str:
    """Join sentences into a one-line description."""
    return " ".join(sentence if is_terminated(sentence) else f"{sentence} –" for sentence in sentences).removesuffix(
        " –"
    )


def count(number: int, noun: str, several: str = "") -> str:
    """A number with its noun: ``1 article``, ``2 articles``."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def capitalised(text: str) -> str:
    """Upper-case the first letter."""
    return text[:1].upper() + text[1:]
