"""Index of keyphrases shared by articles, A to Z."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from digestgen.publish.pagination import numbered
from digestgen.publish.phrase_index import ARTICLES_SHOWN, OTHER, LetterPage, Phrase
from digestgen.publish.site import Site
from digestgen.publish.templating import PageHead, PageSpec

PHRASES_SHOWN = 20
"""Phrases per letter in the overview; the letter's own page lists all."""


def keyphrase_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the overview and the pages of each letter."""
    letters: dict[str, list[LetterPage]] = defaultdict(list)
    for letter in site.addresses.phrases.letters:
        letters[_named(site, letter)].append(letter)
    overview = []
    for name, parts in letters.items():
        phrases = [phrase for part in parts for phrase in part.phrases]
        widest = sorted(phrases, key=lambda phrase: (-len(phrase.articles), phrase.text))[:PHRASES_SHOWN]
        shown = set(widest)
        overview.append(
            (name, parts[0].page.path, [phrase for phrase in phrases if phrase in shown], len(phrases)),
        )
    described = site.words.say("The phrases that articles share, A to Z.")
    title = site.words.say("Key terms")
    yield PageHead("keyphrases", "keyphrases/index.md", title, described), {"letters": overview}
    yield from (_letter(site, letter) for letter in site.addresses.phrases.letters)


def _letter(site: Site, letter: LetterPage) -> PageSpec:
    shown = ", ".join(phrase.text for phrase in letter.phrases[:8])
    content = {
        "letter": letter,
        "page": letter.page,
        "phrases": [(phrase, _topics_beyond(site, phrase)) for phrase in letter.phrases],
        "most": ARTICLES_SHOWN,
    }
    title = numbered(site.words.say("Key terms: {letter}", letter=_named(site, letter)), letter.page, site.words)
    return PageHead(
        "letter", letter.page.path, title, site.words.say("Articles about {phrases}.", phrases=shown)
    ), content


def _named(site: Site, letter: LetterPage) -> str:
    return site.words.say("Other") if letter.name == OTHER else site.words.script(letter.name)


def _topics_beyond(site: Site, phrase: Phrase) -> list[str]:
    """Distinct topics of the articles beyond those listed for a very common phrase."""
    beyond = (site.addresses.entries[key].topic for key in phrase.articles[ARTICLES_SHOWN:])
    return list(dict.fromkeys(topic for topic in beyond if topic))[:ARTICLES_SHOWN]
