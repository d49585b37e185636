"""How pages say things: titles, counts, days, and what to quote of an article beside its title."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from digestgen.language.text import clean_line, fold, is_terminated, words
from digestgen.model import Entry
from digestgen.publish.markdown import Markdown, as_markdown, attributes
from digestgen.teaser import is_teaser
from digestgen.translation import Words

FEWEST_WORDS = 6
"""Words that the rest of a sentence must have to be worth showing under a title that gives its start."""

SAME = 0.8
"""The share of a sentence's words in a title from which the sentence would only repeat it."""


def title_of(entry: Entry) -> str:
    """The title of an article, as one line."""
    return clean_line(entry.article.title) or "…"


def shown_of(entry: Entry, quoted: Collection[str] = ()) -> str:
    """What to show of an article under its title: all of a teaser, else its first sentence that says more than that.

    What is ``quoted`` on the page already is passed over.
    """
    told = [sentence for sentence in beyond_title(entry) if sentence not in quoted]
    return as_description(told if is_teaser(entry.article) else told[:1])


def beyond_title(entry: Entry) -> tuple[str, ...]:
    """The summary sentences of an article that say more than its title does, whole, in their order.

    Those that only go on where the title ends come last: under it they read as a repetition. A teaser keeps its order.
    """
    head = title_of(entry).removesuffix("…")
    told = [sentence for sentence in map(clean_line, entry.summary) if not _repeats(head, sentence)]
    if not is_teaser(entry.article):
        told.sort(key=lambda sentence: _opens(head, sentence))
    return tuple(told)


def _opens(head: str, sentence: str) -> bool:
    """Whether a sentence starts with a title, word for word."""
    return sentence.startswith(head) and not sentence[len(head) :][:1].isalnum()


def _repeats(head: str, sentence: str) -> bool:
    if _opens(head, sentence):
        return len(words(sentence[len(head) :])) < FEWEST_WORDS
    return says(head, sentence)


def says(text: str, other: str) -> bool:
    """Whether a text holds nearly all the words of another."""
    known = set(map(fold, words(text)))
    asked = [fold(word) for word in words(other)]
    return sum(word in known for word in asked) >= SAME * len(asked)


def reference(entry: Entry, spoken: Words) -> str:
    """Who wrote an article, under which title, and when, as a citation has it."""
    article = entry.article
    told = [
        article.source,
        spoken.say("“{title}”", title=title_of(entry)),
        spoken.day(article.published) if article.published else None,
    ]
    return ", ".join(each for each in told if each)


def prose(sentences: Sequence[str], language: str = "") -> Markdown:
    """Sentences as a quotation's lines: in one paragraph, but one without a stop, like a headline, in its own.

    Each paragraph says its ``language``, where it is another than the page's.
    """
    paragraphs: list[list[Markdown]] = [[]]
    for sentence in sentences:
        paragraphs[-1].append(as_markdown(sentence))
        if not is_terminated(sentence):
            paragraphs.append([])
    spoken = attributes(language=language)
    said = [f"> {' '.join(part)}" + (f"\n> {spoken}" if spoken else "") for part in paragraphs if part]
    return Markdown("\n>\n".join(said) or ">")


def as_description(sentences: Sequence[str]) -> str:
    """Sentences as a description, which has no lines."""
    return " ".join(sentence if is_terminated(sentence) else f"{sentence} –" for sentence in sentences).removesuffix(
        " –"
    )


def count(number: int, noun: str, several: str = "") -> str:
    """A number of things: ``1 article``, ``2 articles``."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def capitalised(text: str) -> str:
    """A text that begins with a capital letter, as a heading does."""
    return text[:1].upper() + text[1:]
