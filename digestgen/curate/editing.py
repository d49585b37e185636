"""The curator's word on single articles, before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digestgen.curate.rulings import ArticleRuling, Rulings
from digestgen.model import Article


def edited(articles: Sequence[Article], slug_of: Mapping[str, str], rulings: Rulings) -> tuple[Article, ...]:
    """The articles with the titles and dates that the curator gave them, without those that the curator hides.

    ``slug_of`` maps article id → slug.
    """
    ruled = ((article, rulings.articles.get(slug_of[article.id])) for article in articles)
    return tuple(
        article if ruling is None else _edited(article, ruling) for article, ruling in ruled if not _hidden(ruling)
    )


def _edited(article: Article, ruling: ArticleRuling) -> Article:
    if ruling.title is not None:
        article = replace(article, title=ruling.title, titled=True)
    return article if ruling.published is None else replace(article, published=ruling.published)


def _hidden(ruling: ArticleRuling | None) -> bool:
    return ruling is not None and ruling.hide
