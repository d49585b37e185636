"""Article ids, derived from the text alone: renaming a seed, retitling or moving an article does not change them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import replace

from digestgen.language.text import frozen_form, frozen_words
from digestgen.model import Article

LENGTH = 12
"""Characters of a derived id. They carry 60 bits: a collision among a million articles has odds of one in a million."""


def article_id(paragraphs: Iterable[str]) -> str:
    """Hash the normalised words of a text (BLAKE2b) to twelve lower-case base-32 characters.

    Case, punctuation, the style of quotes and paragraph breaks do not change the id.
    """
    digest = hashlib.blake2b(digest_size=8)
    for paragraph in paragraphs:
        for word in frozen_words(paragraph):
            digest.update(frozen_form(word).encode("utf-8", "surrogatepass") + b" ")
    return base64.b32encode(digest.digest()).decode("ascii")[:LENGTH].lower()


def with_unique_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Sort the articles of all seeds by seed and line, and number equal ids: "id", "id-2", "id-3".

    Withheld articles are numbered last, so that hiding a copy does not change the id of the visible one.
    """
    ordered = sorted(articles, key=seed_order)
    taken = {article.id for article in ordered}
    seen: dict[str, int] = {}
    unique = list(ordered)
    for index in sorted(range(len(ordered)), key=lambda index: _withheld(ordered[index])):
        article = ordered[index]
        count = seen.get(article.id, 0) + 1
        if count == 1:
            seen[article.id] = 1
            continue
        while f"{article.id}-{count}" in taken:
            count += 1
        seen[article.id] = count
        name = f"{article.id}-{count}"
        taken.add(name)
        unique[index] = replace(article, id=name)
    return tuple(unique)


def seed_order(article: Article) -> tuple[str, tuple[int, int], str]:
    """The sort key of articles before their ids are unique: seed, lines, id."""
    return article.seed, article.lines, article.id


def _withheld(article: Article) -> bool:
    return bool(article.embargoes) or (article.directive is not None and not article.directive.show)
