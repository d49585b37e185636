"""Links from one page to the others: what a template calls to name a thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from digestgen.model import CitedSentence, Entry
from digestgen.publish.addresses import Addresses, edition_page, relative
from digestgen.publish.issues import Report
from digestgen.publish.markdown import Markdown, as_markdown, destination, facts, join, link, outward, shorten
from digestgen.publish.notes import Note
from digestgen.publish.wording import reference, shown_of, title_of
from digestgen.translation import Words

LONGEST_MARK = 30
"""Characters of a source's name behind a quoted sentence: what stands in one line on a phone."""

SOURCES_SHOWN = 3
"""Sources of a story that are named."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
"""Between a sentence and its mark, which would look lost at the start of a line."""
_DOT = Markdown(" · ")
_COMMA = Markdown(", ")


@dataclass(frozen=True, slots=True)
class Links:
    """What a template calls to name a thing with a link to it, from the page ``here``."""

    to: Addresses
    here: str
    words: Words

    def page(self, text: str, path: str, name: str = "", language: str = "") -> Markdown:
        """A text that leads to a page of the site; ``name`` says where, for whom the text alone does not."""
        return link(text, relative(path, self.here), name=name, language=language)

    def note(self, note: Note) -> Markdown:
        """A word of the curator's, as it stands on this page."""
        return Markdown(note.on(self.here))

    def article(self, identifier: str) -> Markdown:
        """The title of an article, by its id, leading to its page."""
        title = title_of(self.to.entries[identifier])
        return self.page(title, self.to.article(identifier), language=self.tongue(identifier))

    def tongue(self, identifier: str) -> str:
        """The language of an article, by its id, where the site has another, else nothing."""
        return self.to.tongues.articles.get(identifier, "")

    def spoken(self, identifier: str) -> str:
        """The same of what its page quotes; a summary of the curator's own is in the site's language."""
        return "" if self.to.entries[identifier].own_summary else self.tongue(identifier)

    def headline(self, identifier: str) -> Markdown:
        """The title of an article, leading to the page of its story, or to its own where the story has none."""
        title = title_of(self.to.entries[identifier])
        return self.page(title, self.to.headline(identifier), language=self.tongue(identifier))

    def cited(self, identifier: str, text: str = "") -> Markdown:
        """The title of an article, or another text, leading to its page; with it, for scripts, how to cite it."""
        entry = self.to.entries[identifier]
        page = relative(self.to.article(identifier), self.here)
        name = f"{text}: {title_of(entry)}" if text else ""
        language = "" if text else self.tongue(identifier)
        cite = reference(entry, self.words)
        return link(text or title_of(entry), page, name=name, language=language, cite=cite)

    def story(self, slug: str) -> str:
        """The page of a story, or where it stands among others."""
        return self.to.story(slug)

    def edition(self, day: date, *, whole: bool = False) -> str:
        """The page of an edition, or of the list of all that came with it."""
        return edition_page(day, whole=whole)

    def told_by(self, report: Report) -> Markdown:
        """The topic of a story, who tells it, each name leading to the original, and how many more articles do."""
        known = [self.topic(report.topic)] if report.topic else []
        known += [self._original(self.to.entries[identifier]) for identifier in report.sources]
        if report.more:
            story = self.to.entries[report.lead].story
            counted = self.words.counted("{n} more article", "{n} more articles", report.more)
            known.append(self._further(counted, report.lead, story) if story else Markdown(counted))
        return facts(join(_DOT, known))

    def original(self, identifier: str, text: str = "") -> Markdown:
        """The source of an article, or another text, leading to the original, or to the source's page."""
        return self._original(self.to.entries[identifier], text)

    def _original(self, entry: Entry, text: str = "") -> Markdown:
        source, original = entry.article.source, destination(entry.article.url)
        name = shorten(text or source or "", LONGEST_MARK)
        if original:
            heard = self.words.say("The original at {source}", source=name) if name == source else ""
            return outward(name, original, name=heard)
        return self.page(name, self.to.source(source)) if source else as_markdown(name)

    def _further(self, counted: str, identifier: str, story: str) -> Markdown:
        return self.page(counted, self.to.story(story), f"{counted}: {title_of(self.to.entries[identifier])}")

    def topic(self, slug: str) -> Markdown:
        """The label of a topic, leading to its page."""
        language = self.to.tongues.topics.get(slug, "")
        return self.page(self.to.topics[slug].label, self.to.topic(slug), language=language)

    def home(self, identifier: str) -> Markdown:
        """The topic of an article, or where it stands outside every topic: in its section, where it is in one."""
        entry = self.to.entries[identifier]
        if entry.topic:
            return self.topic(entry.topic)
        name = self.to.section_labels.get(entry.section or "") or self.words.say("More stories")
        return self.page(name, self.to.shelf(entry.section))

    def outside(self, section: str, articles: int) -> Markdown:
        """How many articles of a section stand in no topic, leading to them."""
        counted = self.words.counted("{n} article", "{n} articles", articles)
        return self.page(counted, self.to.shelf(section), f"{counted}: {self.to.section_labels[section]}")

    def each_topic(self, slugs: Sequence[str]) -> Markdown:
        """Several topics, with commas."""
        return join(_COMMA, map(self.topic, slugs))

    def source(self, name: str) -> Markdown:
        """The name of a source, leading to its page."""
        return self.page(name, self.to.source(name))

    def each_source(self, names: Sequence[str]) -> Markdown:
        """Several sources, with commas."""
        return join(_COMMA, map(self.source, names))

    def tellers(self, identifiers: Sequence[str], most: int) -> Markdown:
        """The sources of some articles, each once and leading to the original, and how many more there are."""
        of_source: dict[str, Entry] = {}
        for entry in map(self.to.entries.__getitem__, identifiers):
            if entry.article.source:
                of_source.setdefault(entry.article.source, entry)
        known = [self._original(entry) for entry in of_source.values()]
        beyond = len(known) - most
        more = [self.words.counted("{n} more", "{n} more", beyond)] if beyond > 0 else []
        return join(_COMMA, [*known[:most], *more])

    def phrase(self, text: str) -> Markdown:
        """A link where several articles share the phrase, else the phrase alone."""
        address = self.to.phrases.address(text)
        return as_markdown(text) if address is None else self.page(text, address)

    def phrases(self, texts: Sequence[str]) -> Markdown:
        """Several phrases, with commas."""
        return join(_COMMA, map(self.phrase, texts))

    def citation(self, cited: CitedSentence) -> Markdown:
        """The sentence, and a small mark that leads to its article."""
        entry = self.to.entries[cited.article]
        page = relative(self.to.article(cited.article), self.here)
        source = shorten(entry.article.source or "", LONGEST_MARK) or self.words.say("article")
        mark = link(source, page, look="mark", name=f"{source}: {title_of(entry)}")
        return Markdown(f"{as_markdown(cited.sentence)}{_NO_BREAK}{mark}")

    def more(self, identifier: str) -> Markdown:
        """What an article says beyond its title; may be empty."""
        return as_markdown(shown_of(self.to.entries[identifier]))

    def byline(self, identifier: str) -> Markdown:
        """Who tells an article, for where a second link would be too near to the headline; may be empty."""
        source = self.to.entries[identifier].article.source
        return facts(as_markdown(shorten(source, LONGEST_MARK))) if source else Markdown()

    def facts(self, identifiers: Sequence[str]) -> Markdown:
        """Of articles that tell one story: their sources, the day of the newest, whether any is new; may be empty."""
        entries = [self.to.entries[identifier] for identifier in identifiers]
        days = [entry.article.published for entry in entries if entry.article.published]
        told = [
            self.tellers(identifiers, SOURCES_SHOWN),
            self.words.day(max(days)) if days else "",
            self.words.say("new") if any(entry.new for entry in entries) else "",
        ]
        known = [each for each in told if each]
        return facts(join(_DOT, known))

    def meta(
        self, identifier: str, *, source: bool = True, dated: bool = True, topic: bool = False, fresh: bool = True
    ) -> Markdown:
        """An article's source, date and topic, and whether it is new, as far as known and wanted; may be empty."""
        entry = self.to.entries[identifier]
        known: list[Markdown] = []
        if source and entry.article.source:
            known.append(self.source(entry.article.source))
        if dated and entry.article.published:
            known.append(Markdown(self.words.day(entry.article.published)))
        if topic:
            known.append(self.home(identifier))
        if entry.reprint_of:
            known.append(Markdown(self.words.say("reprint")))
        if fresh and entry.new:
            known.append(Markdown(self.words.say("new")))
        return facts(join(_DOT, known))
