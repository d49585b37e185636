"""Links from one page to others, called by templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.model import CitedSentence, Entry
from digestgen.publish.addresses import Addresses, edition_page, relative
from digestgen.publish.issues import IssueStory
from digestgen.publish.markdown import Markdown, as_markdown, external_link, facts, join, link, safe_url, shorten
from digestgen.publish.notes import Note
from digestgen.publish.wording import excerpt, reference, title_of
from digestgen.translation import Words

LONGEST_MARK = 30
"""Characters of a source's name beside a quotation; it must fit one line on a phone."""

SOURCES_SHOWN = 3
"""Sources of a story that are named."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
"""Joins a sentence to its source mark, so that the mark does not start a line."""
_DOT = Markdown(" · ")
_COMMA = Markdown(", ")


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links to things by name, relative to the page ``here``."""

    addresses: Addresses
    here: str
    words: Words

    def page(self, text: str, path: str, name: str = "", language: str = "") -> Markdown:
        """Link ``text`` to a page; ``name`` is the accessible name where the text alone does not say where it leads."""
        return link(text, relative(path, self.here), name=name, language=language)

    def note(self, note: Note) -> Markdown:
        """A curator's note with its links adapted to this page."""
        return Markdown(note.on(self.here))

    def article(self, identifier: str) -> Markdown:
        """Title of an article, linked to its page."""
        title = title_of(self.addresses.entries[identifier])
        return self.page(title, self.addresses.article(identifier), language=self.language(identifier))

    def language(self, identifier: str) -> str:
        """Language of an article if it differs from the site's, else empty."""
        return self.addresses.foreign_languages.articles.get(identifier, "")

    def quote_language(self, identifier: str) -> str:
        """Like ``language``, for quoted text; a summary by the curator is in the site's language."""
        return "" if self.addresses.entries[identifier].own_summary else self.language(identifier)

    def headline(self, identifier: str) -> Markdown:
        """Title of an article, linked to the page of its story if there is one, else to its own."""
        title = title_of(self.addresses.entries[identifier])
        return self.page(title, self.addresses.headline(identifier), language=self.language(identifier))

    def cited(self, identifier: str, text: str = "") -> Markdown:
        """Title of an article (or ``text``), linked to its page, with its citation as data for scripts."""
        entry = self.addresses.entries[identifier]
        page = relative(self.addresses.article(identifier), self.here)
        name = f"{text}: {title_of(entry)}" if text else ""
        language = "" if text else self.language(identifier)
        cite = reference(entry, self.words)
        return link(text or title_of(entry), page, name=name, language=language, cite=cite)

    def story(self, slug: str) -> str:
        """Page of a story, or where it is listed."""
        return self.addresses.story(slug)

    def edition(self, day: date, *, whole: bool = False) -> str:
        """Page of an edition; with ``whole``, of the list of all its articles."""
        return edition_page(day, whole=whole)

    def attribution(self, story: IssueStory) -> Markdown:
        """Topic of a story, its sources linked to the originals, and the number of further articles."""
        parts = [self.topic(story.topic)] if story.topic else []
        parts += [self._original(self.addresses.entries[identifier]) for identifier in story.sources]
        if story.more:
            slug = self.addresses.entries[story.lead].story
            counted = self.words.counted("{n} more article", "{n} more articles", story.more)
            parts.append(self._more_articles(counted, story.lead, slug) if slug else Markdown(counted))
        return facts(join(_DOT, parts))

    def original(self, identifier: str, text: str = "") -> Markdown:
        """Source of an article (or ``text``), linked to the original, else to the source's page."""
        return self._original(self.addresses.entries[identifier], text)

    def _original(self, entry: Entry, text: str = "") -> Markdown:
        source, original = entry.article.source, safe_url(entry.article.url)
        name = shorten(text or source or "", LONGEST_MARK)
        if original:
            heard = self.words.say("The original at {source}", source=name) if name == source else ""
            return external_link(name, original, name=heard)
        return self.page(name, self.addresses.source(source)) if source else as_markdown(name)

    def _more_articles(self, counted: str, identifier: str, story: str) -> Markdown:
        return self.page(
            counted, self.addresses.story(story), f"{counted}: {title_of(self.addresses.entries[identifier])}"
        )

    def topic(self, slug: str) -> Markdown:
        """Label of a topic, linked to its page."""
        language = self.addresses.foreign_languages.topics.get(slug, "")
        return self.page(self.addresses.topics[slug].label, self.addresses.topic(slug), language=language)

    def home(self, identifier: str) -> Markdown:
        """Topic of an article, or its place on the shelf."""
        entry = self.addresses.entries[identifier]
        if entry.topic:
            return self.topic(entry.topic)
        name = self.addresses.section_labels.get(entry.section or "") or self.words.say("More stories")
        return self.page(name, self.addresses.shelf(entry.section))

    def outside(self, section: str, articles: int) -> Markdown:
        """Number of a section's articles in no topic, linked to them."""
        counted = self.words.counted("{n} article", "{n} articles", articles)
        return self.page(counted, self.addresses.shelf(section), f"{counted}: {self.addresses.section_labels[section]}")

    def each_topic(self, slugs: Sequence[str]) -> Markdown:
        """Links to several topics, separated by commas."""
        return join(_COMMA, map(self.topic, slugs))

    def source(self, name: str) -> Markdown:
        """Name of a source, linked to its page."""
        return self.page(name, self.addresses.source(name))

    def each_source(self, names: Sequence[str]) -> Markdown:
        """Links to several sources, separated by commas."""
        return join(_COMMA, map(self.source, names))

    def source_names(self, identifiers: Sequence[str], most: int) -> Markdown:
        """Up to ``most`` distinct sources of some articles, linked to the originals, and the number of others."""
        of_source: dict[str, Entry] = {}
        for entry in map(self.addresses.entries.__getitem__, identifiers):
            if entry.article.source:
                of_source.setdefault(entry.article.source, entry)
        parts = [self._original(entry) for entry in of_source.values()]
        beyond = len(parts) - most
        more = [self.words.counted("{n} more", "{n} more", beyond)] if beyond > 0 else []
        return join(_COMMA, [*parts[:most], *more])

    def phrase(self, text: str) -> Markdown:
        """A phrase, linked to its index entry if several articles share it."""
        address = self.addresses.phrases.address(text)
        return as_markdown(text) if address is None else self.page(text, address)

    def phrases(self, texts: Sequence[str]) -> Markdown:
        """Links to several phrases, separated by commas."""
        return join(_COMMA, map(self.phrase, texts))

    def citation(self, cited: CitedSentence) -> Markdown:
        """A quoted sentence, followed by its source as a link to the article."""
        entry = self.addresses.entries[cited.article]
        page = relative(self.addresses.article(cited.article), self.here)
        source = shorten(entry.article.source or "", LONGEST_MARK) or self.words.say("article")
        mark = link(source, page, look="mark", name=f"{source}: {title_of(entry)}")
        return Markdown(f"{as_markdown(cited.sentence)}{_NO_BREAK}{mark}")

    def more(self, identifier: str) -> Markdown:
        """Excerpt of an article that goes beyond its title; may be empty."""
        return as_markdown(excerpt(self.addresses.entries[identifier]))

    def byline(self, identifier: str) -> Markdown:
        """Source of an article without a link, for use close to a linked headline; may be empty."""
        source = self.addresses.entries[identifier].article.source
        return facts(as_markdown(shorten(source, LONGEST_MARK))) if source else Markdown()

    def facts(self, identifiers: Sequence[str]) -> Markdown:
        """Sources, latest day and newness of a story's articles; may be empty."""
        entries = [self.addresses.entries[identifier] for identifier in identifiers]
        days = [entry.article.published for entry in entries if entry.article.published]
        known = [
            self.source_names(identifiers, SOURCES_SHOWN),
            self.words.day(max(days)) if days else "",
            self.words.say("new") if any(entry.new for entry in entries) else "",
        ]
        parts = [each for each in known if each]
        return facts(join(_DOT, parts))

    def meta(
        self, identifier: str, *, source: bool = True, dated: bool = True, topic: bool = False, fresh: bool = True
    ) -> Markdown:
        """Source, date, topic and newness of an article, as far as known and asked for; may be empty."""
        entry = self.addresses.entries[identifier]
        parts: list[Markdown] = []
        if source and entry.article.source:
            parts.append(self.source(entry.article.source))
        if dated and entry.article.published:
            parts.append(Markdown(self.words.day(entry.article.published)))
        if topic:
            parts.append(self.home(identifier))
        if entry.reprint_of:
            parts.append(Markdown(self.words.say("reprint")))
        if fresh and entry.new:
            parts.append(Markdown(self.words.say("new")))
        return facts(join(_DOT, parts))
