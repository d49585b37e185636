"""Detects articles that a seeds folder already has, before anything is added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from digestgen.analyse.duplicates import KnownTexts
from digestgen.fetch.canonical import address_key, is_deep_link
from digestgen.ingest.read import Defaults, read_seed
from digestgen.model import Article, Publish
from digestgen.seed_folder import read_seed_folder

DEFAULTS = Defaults(language=None, publish=Publish.SUMMARY)


class ExistingArticles:
    """The articles of a folder by address and by text, including withheld ones."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._by_address: dict[str, str] = {}
        self._by_words: dict[tuple[str, ...], str] = {}
        self._texts = KnownTexts(articles)
        for article in articles:
            self._note(article, [article.url] if article.url else [])

    def by_address(self, addresses: Iterable[str]) -> str | None:
        """The seed with the page at one of these addresses; None if there is none."""
        keys = (address_key(address) for address in addresses if is_deep_link(address))
        return next((self._by_address[key] for key in keys if key in self._by_address), None)

    def by_text(self, article: Article) -> str | None:
        """The seed with this text or a near-duplicate; None if there is none.

        Ids are not compared: those given by files are often just numbers within the file.
        """
        if seed := self._by_words.get(article.paragraphs):
            return seed
        found = self._texts.repeated_by(article)
        return None if found is None else found.seed

    def add(self, article: Article, addresses: Iterable[str]) -> None:
        """Add an article, under its seed and these addresses."""
        self._texts.add(article)
        self._note(article, addresses)

    def _note(self, article: Article, addresses: Iterable[str]) -> None:
        for address in addresses:
            key = address_key(address)
            if key is not None and is_deep_link(address):
                self._by_address.setdefault(key, article.seed)
        self._by_words.setdefault(article.paragraphs, article.seed)


def read_existing(seeds: Path) -> ExistingArticles:
    """Index a folder as far as it can be read. Raises InputError if none of it can."""
    if not seeds.exists():
        return ExistingArticles([])
    # The comparison is the same in any language, and detecting the language would take longest.
    plain = replace(DEFAULTS, language="en")
    known = read_seed_folder(seeds).seeds
    return ExistingArticles([article for seed in known for article in read_seed(seed, plain).articles])
