"""The pages of the site, as Markdown: digest in, {path inside the docs folder: text} out.

The words stand in the templates beside this module; what they put out is escaped unless it is Markdown already.
This module alone imports Jinja.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from digestgen.model import CitedSentence, Digest, Entry, Publish, Source, Story, Topic
from digestgen.publish.addresses import Addresses, TopicPage, addresses, relative
from digestgen.publish.markdown import (
    Markdown,
    as_markdown,
    attributes,
    destination,
    front_matter,
    join,
    link,
    outward,
    shorten,
)
from digestgen.publish.paging import PAGE_SIZE, Page, chunks, pages
from digestgen.publish.phrases import ARTICLES_SHOWN, LetterPage, Phrase
from digestgen.text import clean_line, fold, is_terminated, words

LEADING_TOPICS = 12
"""Topics that the front page shows as cards; it only names the others."""

LEADING_PHRASES = 24
LONGEST_MARK = 30
"""Characters of a source's name behind a quoted sentence: what stands in one line on a phone."""
SHELF_SHOWN = 6
PHRASES_SHOWN = 20
"""Phrases of one letter in the A–Z; the letter's own page has them all."""

COMPACT_FROM = 60
"""Articles from which a topic's page gives each lone article one line only."""

FEWEST_WORDS = 6
"""Words that the rest of a sentence must have to be worth showing under a title that gives its start."""

SAME = 0.8
"""The share of a sentence's words in a title from which the sentence would only repeat it."""

_NO_LETTERS = re.compile(r"^\W+")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BLANK_LINES = re.compile(r"\n{3,}")
_NO_BREAK = "\N{NO-BREAK SPACE}"
"""Between a sentence and its mark, which would look lost at the start of a line."""
_DOT = Markdown(" · ")
_COMMA = Markdown(", ")


@dataclass(frozen=True, slots=True)
class _Site:
    """What every page is made from."""

    digest: Digest
    to: Addresses
    reprints: Mapping[str, tuple[str, ...]]
    """Article id → the articles that repeat it."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What a page says of itself."""

    kind: str
    """The name of its template, and a class that its looks hang on."""
    path: str
    title: str
    description: str
    searched: bool = False
    """Whether the search index holds it; lists of what stands elsewhere stay out."""
    contents: bool = False
    """Whether its sections are listed beside it."""


@dataclass(frozen=True, slots=True)
class _Links:
    """What a template calls to name a thing with a link to it, from the page ``here``."""

    to: Addresses
    here: str

    def page(self, text: str, path: str) -> Markdown:
        return link(text, relative(path, self.here))

    def article(self, identifier: str) -> Markdown:
        return self.page(_title(self.to.entries[identifier]), self.to.article(identifier))

    def topic(self, slug: str) -> Markdown:
        return self.page(self.to.topics[slug].label, self.to.topic(slug))

    def each_topic(self, slugs: Sequence[str]) -> Markdown:
        return join(_COMMA, map(self.topic, slugs))

    def source(self, name: str) -> Markdown:
        return self.page(name, self.to.source(name))

    def phrase(self, text: str) -> Markdown:
        """A link where several articles share the phrase, else the phrase alone."""
        address = self.to.phrases.address(text)
        return as_markdown(text) if address is None else self.page(text, address)

    def phrases(self, texts: Sequence[str]) -> Markdown:
        return join(_COMMA, map(self.phrase, texts))

    def citation(self, cited: CitedSentence) -> Markdown:
        """The sentence, and a small mark that leads to its article."""
        entry = self.to.entries[cited.article]
        page = relative(self.to.article(cited.article), self.here)
        mark = link(shorten(entry.article.source or "", LONGEST_MARK) or "article", page, _title(entry))
        return Markdown(f"{as_markdown(cited.sentence)}{_NO_BREAK}{mark}")

    def more(self, identifier: str) -> Markdown:
        """What an article says beyond its title; may be empty."""
        return as_markdown(_continued(self.to.entries[identifier]))

    def meta(self, identifier: str, *, source: bool = True, topic: bool = False) -> Markdown:
        """An article's source, date and topic, as far as they are known and wanted; may be empty."""
        entry = self.to.entries[identifier]
        known: list[Markdown] = []
        if source and entry.article.source:
            known.append(self.source(entry.article.source))
        if entry.article.published:
            known.append(Markdown(_date(entry.article.published)))
        if topic:
            known.append(self.topic(entry.topic) if entry.topic else self.page("More stories", "more-stories.md"))
        if entry.reprint_of:
            known.append(Markdown("reprint"))
        return Markdown(f"*{join(_DOT, known)}*") if known else Markdown()


def render(digest: Digest) -> dict[str, str]:
    """Every page of the digest: path relative to the docs folder → Markdown.

    Raises ValueError should two pages claim one path.
    """
    reprints: dict[str, list[str]] = defaultdict(list)
    for entry in digest.entries:
        if entry.reprint_of:
            reprints[entry.reprint_of].append(entry.article.id)
    site = _Site(
        digest,
        addresses(digest),
        {original: tuple(keys) for original, keys in reprints.items()},
    )
    written: dict[str, str] = {}
    for path, text in _pages(site):
        if path in written:
            raise ValueError(f"two pages claim {path}")
        written[path] = text
    return written


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 — finalize escapes, for Markdown, and no template can forget it
        loader=PackageLoader("digestgen.publish"),
        undefined=StrictUndefined,
        finalize=as_markdown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(anchor=attributes)
    environment.filters.update(count=_count, date=_date, prose=_prose)
    return environment


def _pages(site: _Site) -> Iterator[tuple[str, str]]:
    yield _home(site)
    yield from _topic_list(site)
    yield from (_topic(site, part) for part in site.to.topic_pages)
    yield from _article_list(site)
    yield from (_article(site, entry) for entry in site.digest.entries)
    yield _keyphrase_list(site)
    yield from (_letter(site, letter) for letter in site.to.phrases.letters)
    yield _source_list(site)
    for source in site.digest.sources:
        yield from _source(site, source)
    yield from _shelf(site)


def _fill(site: _Site, head: _Head, content: Mapping[str, object]) -> tuple[str, str]:
    """Path and text of one page, from the template of its kind."""
    more: dict[str, object] = {"kind": head.kind, "hide": ["navigation"] if head.contents else ["navigation", "toc"]}
    if not head.searched:
        more["search"] = {"exclude": True}
    body = (
        _environment()
        .get_template(f"{head.kind}.md.jinja")
        .render(
            digest=site.digest,
            entries=site.to.entries,
            to=_Links(site.to, head.path),
            title=head.title,
            **content,
        )
    )
    body = _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in body.splitlines())).strip()
    return head.path, front_matter(head.title, head.description, more) + "\n" + body + "\n"


def _home(site: _Site) -> tuple[str, str]:
    digest = site.digest
    phrases = [phrase for letter in site.to.phrases.letters for phrase in letter.phrases]
    phrases.sort(key=lambda phrase: (-len(phrase.articles), phrase.text))
    labels = ", ".join(topic.label for topic in digest.topics[:5])
    counted = f"{_count(len(digest.entries), 'article')} in {_count(len(digest.topics), 'topic')}"
    content = {
        "leading": [_card(site, topic, leads=place == 0) for place, topic in enumerate(digest.topics[:LEADING_TOPICS])],
        "others": digest.topics[LEADING_TOPICS : LEADING_TOPICS + PAGE_SIZE],
        "shelf": digest.shelf[: SHELF_SHOWN if digest.topics else PAGE_SIZE],
        "phrases": sorted(phrases[:LEADING_PHRASES], key=lambda phrase: phrase.text.casefold()),
    }
    described = digest.description or (f"{counted}: {labels}." if labels else f"{counted}.")
    return _fill(site, _Head("home", "index.md", digest.title, described), content)


def _card(site: _Site, topic: Topic, *, leads: bool) -> tuple[Topic, tuple[CitedSentence, ...], list[str]]:
    """A topic, the sentences that tell what it is about, and its best articles that those do not give away yet."""
    cited = topic.summary[: 2 if leads else 1]
    told = {sentence.article for sentence in cited if _heads(site, sentence)}
    articles = [key for key in topic.articles if key not in told and site.to.entries[key].reprint_of is None]
    return topic, cited, articles[: 4 if leads else 3]


def _heads(site: _Site, cited: CitedSentence) -> bool:
    """Whether a sentence says all that the title of its article does."""
    return _says(cited.sentence, _title(site.to.entries[cited.article]))


def _topic_list(site: _Site) -> Iterator[tuple[str, str]]:
    parts = chunks(site.digest.topics)
    for part, page in zip(parts, pages("topics/index.md", "topics/page", len(parts)), strict=True):
        labels = ", ".join(topic.label for topic in part[:8])
        described = f"What this digest is about: {labels}." if labels else "This digest has no topics yet."
        content = {"page": page, "part": part}
        yield _fill(site, _Head("topics", page.path, _numbered("Topics", page), described), content)


def _topic(site: _Site, part: TopicPage) -> tuple[str, str]:
    topic = part.topic
    compact = len(topic.articles) >= COMPACT_FROM
    described = _described([cited.sentence for cited in topic.summary]) or _count(len(topic.articles), "article")
    content = {
        "topic": topic,
        "page": part.page,
        "stories": [(story, _folded(site, story)) for story in part.stories],
        "compact": compact,
    }
    title = _numbered(topic.label, part.page)
    contents = not compact and len(part.stories) > 2
    return _fill(site, _Head("topic", part.page.path, title, described, searched=True, contents=contents), content)


def _folded(site: _Site, story: Story) -> list[tuple[str, list[str]]]:
    """The articles of a story, each with its reprints of the same story behind it."""
    here = set(story.articles)
    reprints = {key: [copy for copy in site.reprints.get(key, ()) if copy in here] for key in story.articles}
    under = {copy for copies in reprints.values() for copy in copies}
    return [(key, reprints[key]) for key in story.articles if key not in under]


def _article_list(site: _Site) -> Iterator[tuple[str, str]]:
    dated = any(entry.article.published for entry in site.digest.entries)
    described = f"{_count(len(site.digest.entries), 'article')}, {'newest first' if dated else 'by title'}."
    parts = chunks(_newest_first(site.digest.entries))
    for part, page in zip(parts, pages("articles/index.md", "articles/page", len(parts)), strict=True):
        content = {"page": page, "part": part, "dated": dated}
        yield _fill(site, _Head("articles", page.path, _numbered("Articles", page), described), content)


def _article(site: _Site, entry: Entry) -> tuple[str, str]:
    article = entry.article
    topic = site.to.topics[entry.topic] if entry.topic else None
    stories = topic.stories if topic else ()
    same_story = [key for story in stories if story.slug == entry.story for key in story.articles if key != article.id]
    reprints = site.reprints.get(article.id, ())
    linked = {entry.reprint_of, *reprints}
    shown = [key for key in same_story if key not in linked][:ARTICLES_SHOWN]
    content = {
        "entry": entry,
        "article": article,
        "topic": topic,
        "same_story": shown,
        "related": [related for related in entry.related if related.id not in {*linked, *shown}],
        "reprints": reprints[:ARTICLES_SHOWN],
        "original": outward("Read the original", article.url) if article.url and destination(article.url) else None,
        "full": article.publish is Publish.FULL,
        "language": "" if article.language == site.digest.language else article.language,
    }
    title = _title(entry)
    described = _described(entry.summary) or title
    return _fill(site, _Head("article", site.to.article(article.id), title, described, searched=True), content)


def _keyphrase_list(site: _Site) -> tuple[str, str]:
    letters: dict[str, list[LetterPage]] = defaultdict(list)
    for letter in site.to.phrases.letters:
        letters[letter.name].append(letter)
    overview = []
    for name, parts in letters.items():
        phrases = [phrase for part in parts for phrase in part.phrases]
        widest = sorted(phrases, key=lambda phrase: (-len(phrase.articles), phrase.text))[:PHRASES_SHOWN]
        shown = set(widest)
        overview.append(
            (name, parts[0].page.path, [phrase for phrase in phrases if phrase in shown], len(phrases)),
        )
    content = {"letters": overview}
    return _fill(
        site,
        _Head("keyphrases", "keyphrases/index.md", "Keyphrases", "The phrases that articles share, A to Z."),
        content,
    )


def _letter(site: _Site, letter: LetterPage) -> tuple[str, str]:
    shown = ", ".join(phrase.text for phrase in letter.phrases[:8])
    content = {
        "letter": letter,
        "page": letter.page,
        "phrases": [(phrase, _topics_beyond(site, phrase)) for phrase in letter.phrases],
        "most": ARTICLES_SHOWN,
    }
    title = _numbered(f"Keyphrases: {letter.name}", letter.page)
    return _fill(site, _Head("letter", letter.page.path, title, f"Who writes of {shown}."), content)


def _topics_beyond(site: _Site, phrase: Phrase) -> list[str]:
    """The topics of the articles that a phrase with very many of them does not list; each once."""
    beyond = (site.to.entries[key].topic for key in phrase.articles[ARTICLES_SHOWN:])
    return list(dict.fromkeys(topic for topic in beyond if topic))[:ARTICLES_SHOWN]


def _source_list(site: _Site) -> tuple[str, str]:
    counts: dict[str, int] = defaultdict(int)
    topics: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in site.digest.entries:
        name = entry.article.source
        if name:
            counts[name] += 1
            if entry.topic:
                topics[name][entry.topic] = None
    content = {
        "sources": [(source, counts[source.name], list(topics[source.name])[:5]) for source in site.digest.sources],
        "unknown": sum(entry.article.source is None for entry in site.digest.entries),
    }
    names = ", ".join(source.name for source in site.digest.sources[:8])
    described = f"Where the articles come from: {names}." if names else "No article says where it comes from."
    return _fill(site, _Head("sources", "sources/index.md", "Sources", described), content)


def _source(site: _Site, source: Source) -> Iterator[tuple[str, str]]:
    entries = _newest_first([entry for entry in site.digest.entries if entry.article.source == source.name])
    first = site.to.source(source.name)
    parts = chunks(entries)
    for part, page in zip(parts, pages(first, first.removesuffix(".md"), len(parts)), strict=True):
        content = {
            "source": source,
            "homepage": outward("Homepage", source.homepage)
            if source.homepage and destination(source.homepage)
            else None,
            "total": len(entries),
            "page": page,
            "part": part,
        }
        described = f"{_count(len(entries), 'article')} by {source.name} in this digest."
        yield _fill(site, _Head("source", page.path, _numbered(source.name, page), described), content)


def _shelf(site: _Site) -> Iterator[tuple[str, str]]:
    parts = chunks(site.digest.shelf)
    for part, page in zip(parts, pages("more-stories.md", "more-stories", len(parts)), strict=True):
        content = {"page": page, "part": [site.to.entries[key] for key in part], "total": len(site.digest.shelf)}
        described = f"{_count(len(site.digest.shelf), 'article')} that fit no topic, each with the nearest one."
        yield _fill(site, _Head("more", page.path, _numbered("More stories", page), described), content)


def _newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By day of publication, the undated ones after; within a day by title, quotation marks aside."""

    def order(entry: Entry) -> tuple[int, str, str]:
        published = entry.article.published
        return (
            -published.toordinal() if published else 0,
            _NO_LETTERS.sub("", entry.article.title).casefold(),
            entry.article.id,
        )

    return sorted(entries, key=order)


def _prose(sentences: Sequence[str]) -> Markdown:
    """Sentences as a quotation's lines: in one paragraph, but one without a stop, like a headline, in its own."""
    lines = [">"]
    for sentence in sentences:
        if lines[-1] == ">":
            lines[-1] = f"> {as_markdown(sentence)}"
        else:
            lines[-1] += f" {as_markdown(sentence)}"
        if not is_terminated(sentence):
            lines += [">", ">"]
    return Markdown("\n".join(lines).rstrip("\n>"))


def _described(sentences: Sequence[str]) -> str:
    """The same for a description, which has no lines."""
    return " ".join(sentence if is_terminated(sentence) else f"{sentence} –" for sentence in sentences).removesuffix(
        " –"
    )


def _continued(entry: Entry) -> str:
    """What to show of an article under its title: its first summary sentence that says more than the title does.

    Where that sentence goes on where the title was cut off, only what follows is shown.
    """
    title = _title(entry)
    head = title.removesuffix("…")
    for sentence in map(clean_line, entry.summary):
        rest = sentence.removeprefix(head)
        if sentence.startswith(head) and not rest[:1].isalnum():
            if len(words(rest)) >= FEWEST_WORDS:
                return "…" + rest
        elif not _says(title, sentence):
            return sentence
    return ""


def _says(text: str, other: str) -> bool:
    """Whether a text holds nearly all the words of another."""
    known = set(map(fold, words(text)))
    asked = [fold(word) for word in words(other)]
    return sum(word in known for word in asked) >= SAME * len(asked)


def _title(entry: Entry) -> str:
    return clean_line(entry.article.title) or "Untitled"


def _numbered(title: str, page: Page) -> str:
    return title if page.number == 1 else f"{title}, page {page.number}"


def _count(number: int, noun: str, several: str = "") -> str:
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
