"""Ids of articles: from the text alone, so that they outlive a renamed seed, another title or a moved line."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import replace

from digestgen.language.text import settled_form, settled_words
from digestgen.model import Article

LENGTH = 12
"""Characters of a derived id: 60 bits, so a clash among a million articles is a one-in-a-million event."""


def article_id(paragraphs: Iterable[str]) -> str:
    """Twelve lower-case base-32 characters of BLAKE2b over the folded words of a text.

    Neither case, quotes, punctuation nor the breaks between paragraphs matter: a text that was pasted twice, once
    with typographic quotes, keeps its id.
    """
    digest = hashlib.blake2b(digest_size=8)
    for paragraph in paragraphs:
        for word in settled_words(paragraph):
            digest.update(settled_form(word).encode("utf-8", "surrogatepass") + b" ")
    return base64.b32encode(digest.digest()).decode("ascii")[:LENGTH].lower()


def with_unique_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles of all seeds in the order (seed, line), the second of equal id as "id-2", the third as "id-3".

    Those that are withheld are counted last, so that a text that is also somewhere else, unseen, keeps its id.
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
    """By what articles are put in the order of their seeds, before their ids are made unique."""
    return article.seed, article.lines, article.id


def _withheld(article: Article) -> bool:
    return bool(article.dues) or (article.directive is not None and not article.directive.show)
