"""``llms.txt``: what the site holds, for programs that read it on somebody's behalf (https://llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterator

from digestgen import routes
from digestgen.model import Digest, Topic
from digestgen.publish.addresses import EDITIONS_FEED, OPML, SHELF, absolute, feed_of
from digestgen.publish.markdown import as_markdown
from digestgen.publish.paging import PAGE_SIZE
from digestgen.publish.wording import count

PATH = "llms.txt"

_PAGES = (
    ("Topics", "topics/index.md", "every topic, with what holds it together"),
    ("Articles", "articles/index.md", "every article, the newest first where dates are known"),
    ("Keyphrases", "keyphrases/index.md", "what articles have in common, A to Z"),
    ("Sources", "sources/index.md", "the publishers whose articles are quoted"),
    ("More stories", SHELF, "the articles that fit no topic"),
)
_DATA = (
    ("The digest as JSON", "digest.json", "every article and topic, with reasons"),
    ("Its schema", "digest.schema.json", "what each key of it means"),
    ("Atom feed", f"{feed_of(None)}.xml", "what is new"),
    ("JSON Feed", f"{feed_of(None)}.json", "the same"),
    ("Feed of the editions", f"{EDITIONS_FEED}.xml", "each edition as one item"),
    ("Feeds of the topics", OPML, "in OPML; each topic has a feed of its own"),
)


def render(digest: Digest) -> dict[str, str]:
    """The one file, by its path; none without the address of the site."""
    return {} if digest.url is None else {PATH: "\n".join(_lines(digest, digest.url)) + "\n"}


def _lines(digest: Digest, url: str) -> Iterator[str]:
    yield f"# {as_markdown(digest.title)}"
    yield ""
    yield f"> {as_markdown(digest.description or digest.title)}"
    yield ""
    yield "Summaries are quoted word for word from the articles; the texts belong to their publishers."
    if digest.topics:
        yield "\n## Topics\n"
    for topic in digest.topics[:PAGE_SIZE]:
        yield _line(topic.label, routes.page(routes.topic(topic.slug)), _told(topic), url)
    yield "\n## Pages\n"
    for name, path, told in _PAGES:
        yield _line(name, path, told, url)
    yield "\n## Optional\n"
    for name, path, told in _DATA:
        yield _line(name, path, told, url)


def _told(topic: Topic) -> str:
    number = count(len(topic.articles), "article")
    return f"{number}. {topic.summary[0].sentence}" if topic.summary else number


def _line(name: str, path: str, told: str, url: str) -> str:
    return f"- [{as_markdown(name)}]({absolute(path, url)}): {as_markdown(told)}"
