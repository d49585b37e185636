"""The pages of the site, as Markdown: digest in, {path inside the docs folder: text} out.

What each page holds is gathered here; the words stand in its template.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from digestgen.model import CitedSentence, Digest, Entry, Publish, Source, Story, Topic
from digestgen.publish.addresses import OPML, SUBSCRIBE, Addresses, TopicPage, absolute, addresses, feed_of
from digestgen.publish.archive import archive
from digestgen.publish.linked_data import of_article, of_front, of_topic
from digestgen.publish.links import LONGEST_MARK, Links
from digestgen.publish.markdown import destination, outward, shorten
from digestgen.publish.novelties import novelties, novelty_pages
from digestgen.publish.paging import PAGE_SIZE, Page, chunks, pages
from digestgen.publish.phrases import ARTICLES_SHOWN, LetterPage, Phrase
from digestgen.publish.templating import Head, fill
from digestgen.publish.timeline import timeline
from digestgen.publish.topic_map import topic_map
from digestgen.publish.wording import as_description, count, says, title_of

LEADING_TOPICS = 12
"""Topics that the front page shows as cards; it only names the others."""

LEADING_PHRASES = 24
SHELF_SHOWN = 6
SOURCES_SHOWN = 12
"""Sources of a topic with what they stress; the others are only named."""
PHRASES_SHOWN = 20
"""Phrases of one letter in the A–Z; the letter's own page has them all."""

COMPACT_FROM = 60
"""Articles from which a topic's page gives each lone article one line only."""

_NO_LETTERS = re.compile(r"^\W+")


@dataclass(frozen=True, slots=True)
class _Site:
    """What every page is made from."""

    digest: Digest
    to: Addresses
    reprints: Mapping[str, tuple[str, ...]]
    """Article id → the articles that repeat it."""
    beside: Mapping[str, tuple[str | None, str | None]]
    """Article id → the one before it in its topic, or on the shelf, and the one after it."""


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
        _beside(digest),
    )
    written: dict[str, str] = {}
    for path, text in _pages(site):
        if path in written:
            raise ValueError(f"two pages claim {path}")
        written[path] = text
    return written


def _beside(digest: Digest) -> dict[str, tuple[str | None, str | None]]:
    rows = [[key for story in topic.stories for key in story.articles] for topic in digest.topics]
    return {
        key: (before, after)
        for row in [*rows, list(digest.shelf)]
        for before, key, after in zip([None, *row], row, [*row[1:], None], strict=False)
    }


def _pages(site: _Site) -> Iterator[tuple[str, str]]:
    yield _home(site)
    yield from _topic_list(site)
    yield from (_topic(site, part) for part in site.to.topic_pages)
    yield from _article_list(site)
    yield from (_article(site, entry) for entry in site.digest.entries)
    listed = _newest_first(site.digest.entries)
    for head, content in (*novelty_pages(novelties(site.digest)), *topic_map(site.digest), *archive(listed)):
        yield _fill(site, head, content)
    yield _keyphrase_list(site)
    yield from (_letter(site, letter) for letter in site.to.phrases.letters)
    yield _source_list(site)
    for source in site.digest.sources:
        yield from _source(site, source)
    yield from _shelf(site)
    if site.digest.url is not None:
        yield _subscribe(site)
    yield from (_moved(site, path, target) for path, target in site.to.former.items())


def _fill(
    site: _Site, head: Head, content: Mapping[str, object], meta: Mapping[str, object] = MappingProxyType({})
) -> tuple[str, str]:
    shared = {"digest": site.digest, "entries": site.to.entries, "to": Links(site.to, head.path)}
    page = content.get("page")
    beside = {"previous": page.previous, "next": page.next} if isinstance(page, Page) else {}
    turned = {name: absolute(path, "") for name, path in beside.items() if path}
    return fill(head, {**shared, **content}, {**turned, **meta})


def _home(site: _Site) -> tuple[str, str]:
    digest = site.digest
    phrases = [phrase for letter in site.to.phrases.letters for phrase in letter.phrases]
    phrases.sort(key=lambda phrase: (-len(phrase.articles), phrase.text))
    labels = ", ".join(topic.label for topic in digest.topics[:5])
    counted = f"{count(len(digest.entries), 'article')} in {count(len(digest.topics), 'topic')}"
    content = {
        "new": novelties(digest),
        "updated": max((entry.first for entry in digest.entries if entry.first), default=None),
        "latest": max((entry.article.published for entry in digest.entries if entry.article.published), default=None),
        "leading": [_card(site, topic, leads=place == 0) for place, topic in enumerate(digest.topics[:LEADING_TOPICS])],
        "others": digest.topics[LEADING_TOPICS : LEADING_TOPICS + PAGE_SIZE],
        "shelf": digest.shelf[: SHELF_SHOWN if digest.topics else PAGE_SIZE],
        "phrases": sorted(phrases[:LEADING_PHRASES], key=lambda phrase: phrase.text.casefold()),
    }
    described = digest.description or (f"{counted}: {labels}." if labels else f"{counted}.")
    meta = {**_feed_meta(site, None), **of_front(digest)}
    return _fill(site, Head("home", "index.md", digest.title, described), content, meta)


def _card(site: _Site, topic: Topic, *, leads: bool) -> tuple[Topic, tuple[CitedSentence, ...], list[str]]:
    """A topic, the sentences that tell what it is about, and its best articles that those do not give away yet."""
    cited = topic.summary[: 2 if leads else 1]
    told = {sentence.article for sentence in cited if _heads(site, sentence)}
    articles = [key for key in topic.articles if key not in told and site.to.entries[key].reprint_of is None]
    return topic, cited, articles[: 4 if leads else 3]


def _heads(site: _Site, cited: CitedSentence) -> bool:
    """Whether a sentence says all that the title of its article does."""
    return says(cited.sentence, title_of(site.to.entries[cited.article]))


def _topic_list(site: _Site) -> Iterator[tuple[str, str]]:
    parts = chunks(site.digest.topics)
    for part, page in zip(parts, pages("topics/index.md", "topics/page", len(parts)), strict=True):
        labels = ", ".join(topic.label for topic in part[:8])
        described = f"What this digest is about: {labels}." if labels else "This digest has no topics yet."
        content = {"page": page, "part": part}
        yield _fill(site, Head("topics", page.path, _numbered("Topics", page), described), content)


def _topic(site: _Site, part: TopicPage) -> tuple[str, str]:
    topic = part.topic
    compact = len(topic.articles) >= COMPACT_FROM
    described = as_description([cited.sentence for cited in topic.summary]) or count(len(topic.articles), "article")
    content = {
        "topic": topic,
        "page": part.page,
        "stories": [(story, _folded(site, story)) for story in part.stories],
        "compact": compact,
        "feed": None if site.digest.url is None else feed_of(topic.slug),
        "timeline": timeline(topic, site.to.entries),
        "sources_shown": SOURCES_SHOWN,
    }
    title = _numbered(topic.label, part.page)
    contents = not compact and len(part.stories) > 2
    # Its further pages hold nothing but stories, whose articles are found by themselves.
    head = Head("topic", part.page.path, title, described, searched=part.page.number == 1, contents=contents)
    linked = of_topic(topic, site.digest, site.to) if part.page.number == 1 else {}
    return _fill(site, head, content, {**_feed_meta(site, topic.slug), **linked})


def _folded(site: _Site, story: Story) -> list[tuple[str, list[str]]]:
    """The articles of a story, each with its reprints of the same story behind it."""
    here = set(story.articles)
    reprints = {key: [copy for copy in site.reprints.get(key, ()) if copy in here] for key in story.articles}
    under = {copy for copies in reprints.values() for copy in copies}
    return [(key, reprints[key]) for key in story.articles if key not in under]


def _article_list(site: _Site) -> Iterator[tuple[str, str]]:
    dated = any(entry.article.published for entry in site.digest.entries)
    described = f"{count(len(site.digest.entries), 'article')}, {'newest first' if dated else 'by title'}."
    listed = _newest_first(site.digest.entries)
    parts = chunks(listed)
    for part, page in zip(parts, pages("articles/index.md", "articles/page", len(parts)), strict=True):
        content = {"page": page, "part": part, "dated": dated, "archived": any(archive(listed))}
        yield _fill(site, Head("articles", page.path, _numbered("Articles", page), described), content)


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
        "original": outward(_original(article.source), article.url)
        if article.url and destination(article.url)
        else None,
        "before": site.beside[article.id][0],
        "after": site.beside[article.id][1],
        "full": article.publish is Publish.FULL,
        "language": "" if article.language == site.digest.language else article.language,
    }
    title = title_of(entry)
    described = as_description(entry.summary) or title
    head = Head("article", site.to.article(article.id), title, described, searched=True)
    facts = {
        "topic": topic.label if topic else None,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
    }
    known = {name: fact for name, fact in facts.items() if fact}
    return _fill(site, head, content, {**known, **of_article(entry, site.digest, site.to)})


def _original(source: str | None) -> str:
    return f"Read the original at {shorten(source, LONGEST_MARK)}" if source else "Read the original"


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
        Head("keyphrases", "keyphrases/index.md", "Keyphrases", "The phrases that articles share, A to Z."),
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
    return _fill(site, Head("letter", letter.page.path, title, f"Who writes of {shown}."), content)


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
    return _fill(site, Head("sources", "sources/index.md", "Sources", described), content)


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
        described = f"{count(len(entries), 'article')} by {source.name} in this digest."
        yield _fill(site, Head("source", page.path, _numbered(source.name, page), described), content)


def _shelf(site: _Site) -> Iterator[tuple[str, str]]:
    parts = chunks(site.digest.shelf)
    for part, page in zip(parts, pages("more-stories.md", "more-stories", len(parts)), strict=True):
        content = {"page": page, "part": [site.to.entries[key] for key in part], "total": len(site.digest.shelf)}
        described = f"{count(len(site.digest.shelf), 'article')} that fit no topic, each with the nearest one."
        yield _fill(site, Head("more", page.path, _numbered("More stories", page), described), content)


def _subscribe(site: _Site) -> tuple[str, str]:
    content = {
        "whole": feed_of(None),
        "opml": OPML,
        "topics": [(topic, feed_of(topic.slug)) for topic in site.digest.topics[:PAGE_SIZE]],
    }
    described = f"Feeds of all that is new in {site.digest.title}, and of each topic."
    return _fill(site, Head("subscribe", SUBSCRIBE, "Subscribe", described), content)


def _feed_meta(site: _Site, topic: str | None) -> dict[str, object]:
    """What lets a feed reader find the feed of a page, where there is one."""
    return {} if site.digest.url is None else {"feed": feed_of(topic)}


def _moved(site: _Site, path: str, target: str | None) -> tuple[str, str]:
    """What answers at an address that was published once: where it leads now, or that it was withdrawn."""
    if target is None:
        return _fill(site, Head("withdrawn", path, "Withdrawn", "What stood here was withdrawn."), {})
    # The theme's template sends browsers on; as plain Markdown it is a page with a link.
    meta = {"template": "moved.html", "moved": target.removesuffix(".md") + "/"}
    return _fill(site, Head("moved", path, "Moved", "What stood here has moved."), {"target": target}, meta)


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


def _numbered(title: str, page: Page) -> str:
    return title if page.number == 1 else f"{title}, page {page.number}"
