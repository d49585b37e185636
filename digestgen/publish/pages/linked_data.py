"""Linked data of pages in schema.org's vocabulary (JSON-LD).

Stored in the front matter as ``linked_data``; the theme puts it into the page's head. It needs absolute URLs, so it is
omitted if the site's URL is unknown.

A page of the digest is never the article itself, which others wrote: it is a page about that article, which is
described as an entity of its own with its publisher and URL.
"""

from __future__ import annotations

from collections.abc import Iterable

from digestgen import routes
from digestgen.model import Digest, Entry, Story, Topic
from digestgen.publish.addresses import Addresses, absolute
from digestgen.publish.markdown import LONGEST_DESCRIPTION, safe_url, shorten
from digestgen.publish.wording import as_description, title_of
from digestgen.translation import Words

LISTED = 30
"""Topics listed for the front page, and articles for a topic or story."""

_CONTEXT = "https://schema.org"

_Thing = dict[str, object]


def of_front(digest: Digest) -> _Thing:
    """Describe the front page as a collection of topics."""
    if digest.url is None:
        return {}
    listed = (
        (topic.label, absolute(routes.page(routes.topic(topic.slug)), digest.url)) for topic in digest.topics[:LISTED]
    )
    thing: _Thing = {
        "@context": _CONTEXT,
        "@type": "CollectionPage",
        "@id": digest.url,
        "url": digest.url,
        "name": _line(digest.title),
        "inLanguage": digest.language,
        "isPartOf": _site(digest, digest.url),
        "mainEntity": _list(listed, len(digest.topics)),
    }
    return {"linked_data": thing}


def of_topic(topic: Topic, digest: Digest, addresses: Addresses, words: Words) -> _Thing:
    """Describe a topic's first page as a collection of articles, best first."""
    if digest.url is None:
        return {}
    listed = (
        (title_of(addresses.entries[key]), absolute(addresses.article(key), digest.url))
        for key in topic.articles[:LISTED]
    )
    thing = {
        **_page("CollectionPage", addresses.topic(topic.slug), topic.label, digest, words),
        "isPartOf": _site(digest, digest.url),
        "keywords": [_line(keyphrase.text) for keyphrase in topic.keyphrases],
        "mainEntity": _list(listed, len(topic.articles)),
    }
    return {"linked_data": thing}


def of_story(story: Story, digest: Digest, addresses: Addresses, words: Words) -> _Thing:
    """Describe a story's first page as a collection of articles, best first."""
    if digest.url is None:
        return {}
    listed = (
        (title_of(addresses.entries[key]), absolute(addresses.article(key), digest.url))
        for key in story.articles[:LISTED]
    )
    thing = {
        **_page("CollectionPage", addresses.story(story.slug), story.label, digest, words),
        "isPartOf": _site(digest, digest.url),
        "mainEntity": _list(listed, len(story.articles)),
    }
    return {"linked_data": thing}


def of_article(entry: Entry, digest: Digest, addresses: Addresses, words: Words) -> _Thing:
    """Describe an article's page and the article it is about."""
    if digest.url is None:
        return {}
    article = entry.article
    described = shorten(as_description(entry.summary), LONGEST_DESCRIPTION)
    whole = [_site(digest, digest.url)]
    if entry.topic:
        page = absolute(addresses.topic(entry.topic), digest.url)
        whole.append({"@type": "CollectionPage", "@id": page, "name": _line(addresses.topics[entry.topic].label)})
    facts = {
        # A generated title is not the publisher's headline, and an editor's summary not their abstract.
        "headline" if article.titled else "name": _line(title_of(entry)),
        "abstract": None if entry.own_summary else described,
        "url": safe_url(article.url),
        "datePublished": article.published.isoformat() if article.published else None,
        "publisher": {"@type": "Organization", "name": _line(article.source)} if article.source else None,
        "inLanguage": article.language,
        "keywords": [_line(keyphrase.text) for keyphrase in entry.keyphrases],
    }
    thing = {
        **_page("WebPage", addresses.article(article.id), title_of(entry), digest, words),
        "isPartOf": whole,
        "mainEntity": {"@type": "Article", **{name: value for name, value in facts.items() if value}},
    }
    if entry.own_summary and described:
        thing["abstract"] = described
    return {"linked_data": thing}


def _page(kind: str, path: str, title: str, digest: Digest, words: Words) -> _Thing:
    """Describe a page below a section of the site, named by its path."""
    section, url = path.partition("/")[0], digest.url or ""
    named = {"topics": words.say("Topics"), "stories": words.say("Stories"), "articles": words.say("Articles")}
    name, page = _line(title), absolute(path, url)
    crumbs: list[_Thing] = [
        {"@type": "ListItem", "position": 1, "name": words.say("Home"), "item": url},
        {"@type": "ListItem", "position": 2, "name": named[section], "item": f"{url}{section}/"},
        {"@type": "ListItem", "position": 3, "name": name},
    ]
    return {
        "@context": _CONTEXT,
        "@type": kind,
        "@id": page,
        "url": page,
        "name": name,
        "inLanguage": digest.language,
        "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": crumbs},
    }


def _site(digest: Digest, url: str) -> _Thing:
    return {"@type": "WebSite", "@id": f"{url}#site", "url": url, "name": _line(digest.title)}


def _list(items: Iterable[tuple[str, str]], total: int) -> _Thing:
    listed = [
        {"@type": "ListItem", "position": place, "name": _line(name), "url": page}
        for place, (name, page) in enumerate(items, start=1)
    ]
    return {"@type": "ItemList", "numberOfItems": total, "itemListElement": listed}


def _line(text: str) -> str:
    return shorten(text, LONGEST_DESCRIPTION)
