"""What a seeds folder has already: asked before anything is added to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from digestgen.analyse.duplicates import KnownTexts
from digestgen.fetch.canonical import address_key, names_a_page
from digestgen.ingest.read import Defaults, read_seed
from digestgen.model import Article, Publish
from digestgen.seed_folder import read_seed_folder

DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)


class Collection:
    """The articles of a folder, by address and by text; those that are withheld too."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._by_address: dict[str, str] = {}
        self._by_words: dict[tuple[str, ...], str] = {}
        self._texts = KnownTexts(articles)
        for article in articles:
            self._note(article, [article.url] if article.url else [])

    def at(self, addresses: Iterable[str]) -> str | None:
        """The seed that has the page at any of these addresses; None where none has."""
        keys = (address_key(address) for address in addresses if names_a_page(address))
        return next((self._by_address[key] for key in keys if key in self._by_address), None)

    def repeating(self, article: Article) -> str | None:
        """The seed that has this text, or nearly; None where none has.

        Ids are not asked: those that a file gives are often no more than numbers in it.
        """
        if seed := self._by_words.get(article.paragraphs):
            return seed
        found = self._texts.repeated_by(article)
        return None if found is None else found.seed

    def add(self, article: Article, addresses: Iterable[str]) -> None:
        """One more article, in the seed that it names, and by which addresses it is known."""
        self._texts.add(article)
        self._note(article, addresses)

    def _note(self, article: Article, addresses: Iterable[str]) -> None:
        for address in addresses:
            key = address_key(address)
            if key is not None and names_a_page(address):
                self._by_address.setdefault(key, article.seed)
        self._by_words.setdefault(article.paragraphs, article.seed)


def read_collection(seeds: Path) -> Collection:
    """What a folder has, as far as it can be read. Raises InputError where nothing of it can."""
    if not seeds.exists():
        return Collection([])
    # Texts are compared in any language alike, and finding it out takes longest of all.
    plain = replace(DEFAULTS, language="en")
    known = read_seed_folder(seeds).seeds
    return Collection([article for seed in known for article in read_seed(seed, plain).articles])
