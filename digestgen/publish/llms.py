"""``llms.txt``: an overview of the site for language models (https://llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterator

from digestgen import routes
from digestgen.model import Digest, Topic
from digestgen.publish.addresses import EDITIONS_FEED, OPML, SHELF, absolute, feed_of
from digestgen.publish.markdown import as_markdown
from digestgen.publish.pagination import PAGE_SIZE
from digestgen.translation import Words, words_of

PATH = "llms.txt"


def render(digest: Digest, words: Words | None = None) -> Iterator[tuple[str, str]]:
    """Make the file: path and text; nothing if the site's URL is unknown.

    ``words`` defaults to the digest's language.
    """
    if digest.url is not None:
        yield PATH, "\n".join(_lines(digest, digest.url, words or words_of(digest.language))) + "\n"


def _lines(digest: Digest, url: str, words: Words) -> Iterator[str]:
    say = words.say
    pages = (
        (say("Topics"), "topics/index.md", say("every topic, with what holds it together")),
        (say("Articles"), "articles/index.md", say("every article, the newest first where dates are known")),
        (say("Key terms"), "keyphrases/index.md", say("what articles have in common, A to Z")),
        (say("Sources"), "sources/index.md", say("the publishers whose articles are quoted")),
        (say("More stories"), SHELF, say("the articles that fit no topic")),
    )
    data = (
        (say("The digest as JSON"), "digest.json", say("every article and topic, with reasons")),
        (say("Its schema"), "digest.schema.json", say("what each key of it means")),
        ("Atom", f"{feed_of(None)}.xml", say("what is new")),
        ("JSON Feed", f"{feed_of(None)}.json", say("the same")),
        (say("Feed of the editions"), f"{EDITIONS_FEED}.xml", say("each edition as one item")),
        (say("Feeds of the topics"), OPML, say("in OPML; each topic has a feed of its own")),
    )
    yield f"# {as_markdown(digest.title)}"
    yield ""
    yield f"> {as_markdown(digest.description or digest.title)}"
    yield ""
    yield say("Summaries are quoted word for word from the articles; the texts belong to their publishers.")
    if digest.topics:
        yield "\n## " + say("Topics") + "\n"
    for topic in digest.topics[:PAGE_SIZE]:
        yield _line(topic.label, routes.page(routes.topic(topic.slug)), _topic_description(topic, words), url)
    yield "\n## " + say("Pages") + "\n"
    for name, path, description in pages:
        yield _line(name, path, description, url)
    yield "\n## Optional\n"  # a keyword of the llms.txt format, not translated
    for name, path, description in data:
        yield _line(name, path, description, url)


def _topic_description(topic: Topic, words: Words) -> str:
    number = words.counted("{n} article", "{n} articles", len(topic.articles))
    return f"{number}. {topic.summary[0].sentence}" if topic.summary else number


def _line(name: str, path: str, description: str, url: str) -> str:
    return f"- [{as_markdown(name)}]({absolute(path, url)}): {as_markdown(description)}"
