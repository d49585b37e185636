"""The front page."""

from __future__ import annotations

from digestgen.model import CitedSentence, Topic
from digestgen.publish.linked_data import of_front
from digestgen.publish.novelties import Novelties
from digestgen.publish.paging import PAGE_SIZE
from digestgen.publish.site import Site
from digestgen.publish.templating import Filling, Head
from digestgen.publish.wording import count, says, title_of

LEADING_TOPICS = 12
"""Topics that it shows as cards; it only names the others."""

LEADING_PHRASES = 24
SHELF_SHOWN = 6


def front_page(site: Site, new: Novelties) -> Filling:
    """What is new, the leading topics, the others by name, some of the shelf, and the widest phrases.

    Topics that went quiet are in the list of topics alone.
    """
    digest = site.digest
    phrases = [phrase for letter in site.to.phrases.letters for phrase in letter.phrases]
    phrases.sort(key=lambda phrase: (-len(phrase.articles), phrase.text))
    topics = [topic for topic in digest.topics if not topic.quiet or topic.pinned] or list(digest.topics)
    labels = ", ".join(topic.label for topic in topics[:5])
    counted = f"{count(len(digest.entries), 'article')} in {count(len(digest.topics), 'topic')}"
    content = {
        "new": new,
        "updated": max((entry.first for entry in digest.entries if entry.first), default=None),
        "latest": max((entry.article.published for entry in digest.entries if entry.article.published), default=None),
        "leading": [_card(site, topic, leads=place == 0) for place, topic in enumerate(topics[:LEADING_TOPICS])],
        "others": topics[LEADING_TOPICS : LEADING_TOPICS + PAGE_SIZE],
        "shelf": digest.shelf[: SHELF_SHOWN if digest.topics else PAGE_SIZE],
        "phrases": sorted(phrases[:LEADING_PHRASES], key=lambda phrase: phrase.text.casefold()),
    }
    described = digest.description or (f"{counted}: {labels}." if labels else f"{counted}.")
    meta = {**site.feed(None), **of_front(digest)}
    return Head("home", "index.md", digest.title, described, meta=meta), content


def _card(site: Site, topic: Topic, *, leads: bool) -> tuple[Topic, tuple[CitedSentence, ...], list[str]]:
    """A topic, the sentences that tell what it is about, and its best articles that those do not give away yet."""
    cited = topic.summary[: 2 if leads else 1]
    told = {sentence.article for sentence in cited if _heads(site, sentence)}
    articles = [key for key in topic.articles if key not in told and site.to.entries[key].reprint_of is None]
    return topic, cited, articles[: 4 if leads else 3]


def _heads(site: Site, cited: CitedSentence) -> bool:
    """Whether a sentence says all that the title of its article does."""
    return says(cited.sentence, title_of(site.to.entries[cited.article]))
