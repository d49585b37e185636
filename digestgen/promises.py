"""The promises that no page may break, checked on the finished digest."""

from __future__ import annotations

from collections import Counter

from digestgen.model import Digest


def verify(digest: Digest) -> None:
    """Check the promises that no page may break; raises AssertionError.

    Every summary sentence stands verbatim in its article, unless the summary is the curator's own, and every article is
    placed exactly once.
    """
    texts = {}
    for entry in digest.entries:
        article = entry.article
        texts[article.id] = (*article.paragraphs, *([article.standfirst] if article.standfirst else []))
    quoted = (entry for entry in digest.entries if not entry.own_summary)
    cited = [(sentence, entry.article.id) for entry in quoted for sentence in entry.summary]
    cited += [(cite.sentence, cite.article) for topic in digest.topics for cite in topic.summary]
    for sentence, key in cited:
        if not any(sentence in text for text in texts[key]):
            raise AssertionError(f"a summary sentence is not in its article {key}: {sentence!r}")
    places = Counter([*(key for topic in digest.topics for key in topic.articles), *digest.shelf])
    stories = Counter(key for topic in digest.topics for story in topic.stories for key in story.articles)
    if set(places) != set(texts) or any(count != 1 for count in places.values()):
        raise AssertionError("an article is not placed exactly once")
    if sorted(stories) != sorted(key for topic in digest.topics for key in topic.articles):
        raise AssertionError("an article of a topic is in none of its stories, or in two")
