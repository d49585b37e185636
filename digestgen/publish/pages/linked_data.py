"""What pages say to machines, in the words of schema.org (JSON-LD).

It stands in their front matter as ``linked_data``, and the theme puts it into their heads. Whoever reads it needs whole
addresses, so it is left out where the digest does not know where its site stands.

A page of the digest is never the article itself, which others wrote: it is a page about that article, and the article
is a thing of its own, with its publisher and its own address.
"""

from __future__ import annotations

from collections.abc import Iterable

from digestgen import routes
from digestgen.model import Digest, Entry, Story, Topic
from digestgen.publish.addresses import Addresses, absolute
from digestgen.publish.markdown import LONGEST_DESCRIPTION, destination, shorten
from digestgen.publish.wording import as_description, title_of
from digestgen.translation import Words

LISTED = 30
"""Topics that the front page names to machines, and articles that a topic's page does."""

_CONTEXT = "https://schema.org"

_Thing = dict[str, object]


def of_front(digest: Digest) -> _Thing:
    """The front page: a collection of topics."""
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


def of_topic(topic: Topic, digest: Digest, to: Addresses, words: Words) -> _Thing:
    """The first page of a topic: a collection of articles, the best first."""
    if digest.url is None:
        return {}
    listed = ((title_of(to.entries[key]), absolute(to.article(key), digest.url)) for key in topic.articles[:LISTED])
    thing = {
        **_page("CollectionPage", to.topic(topic.slug), topic.label, digest, words),
        "isPartOf": _site(digest, digest.url),
        "keywords": [_line(keyphrase.text) for keyphrase in topic.keyphrases],
        "mainEntity": _list(listed, len(topic.articles)),
    }
    return {"linked_data": thing}


def of_story(story: Story, digest: Digest, to: Addresses, words: Words) -> _Thing:
    """The first page of a story that several tell: a collection of what they wrote, the best first."""
    if digest.url is None:
        return {}
    listed = ((title_of(to.entries[key]), absolute(to.article(key), digest.url)) for key in story.articles[:LISTED])
    thing = {
        **_page("CollectionPage", to.story(story.slug), story.label, digest, words),
        "isPartOf": _site(digest, digest.url),
        "mainEntity": _list(listed, len(story.articles)),
    }
    return {"linked_data": thing}


def of_article(entry: Entry, digest: Digest, to: Addresses, words: Words) -> _Thing:
    """The page of an article: what it tells of it, and where it stands."""
    if digest.url is None:
        return {}
    article = entry.article
    described = shorten(as_description(entry.summary), LONGEST_DESCRIPTION)
    whole = [_site(digest, digest.url)]
    if entry.topic:
        page = absolute(to.topic(entry.topic), digest.url)
        whole.append({"@type": "CollectionPage", "@id": page, "name": _line(to.topics[entry.topic].label)})
    told = {
        # A title that was made here is no headline of the publisher's, and an editor's summary no abstract of theirs.
        "headline" if article.titled else "name": _line(title_of(entry)),
        "abstract": None if entry.own_summary else described,
        "url": destination(article.url),
        "datePublished": article.published.isoformat() if article.published else None,
        "publisher": {"@type": "Organization", "name": _line(article.source)} if article.source else None,
        "inLanguage": article.language,
        "keywords": [_line(keyphrase.text) for keyphrase in entry.keyphrases],
    }
    thing = {
        **_page("WebPage", to.article(article.id), title_of(entry), digest, words),
        "isPartOf": whole,
        "mainEntity": {"@type": "Article", **{name: value for name, value in told.items() if value}},
    }
    if entry.own_summary and described:
        thing["abstract"] = described
    return {"linked_data": thing}


def _page(kind: str, path: str, title: str, digest: Digest, words: Words) -> _Thing:
    """A page below one of the site's sections, which its address names."""
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
