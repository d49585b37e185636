from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digestgen.curate.editing import edited
from digestgen.curate.rulings import ArticleRuling, Rulings
from digestgen.model import Article
from made import an_article

FOX = an_article("x", "Foxes.", published=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [
        pytest.param(ArticleRuling(line=1, title="Reynard"), replace(FOX, title="Reynard", titled=True), id="a title"),
        pytest.param(
            ArticleRuling(line=1, published=date(2026, 11, 22)), replace(FOX, published=date(2026, 11, 22)), id="a date"
        ),
        pytest.param(ArticleRuling(line=1, note="A note."), FOX, id="what is not the article's own"),
        pytest.param(ArticleRuling(line=1, hide=True), None, id="hidden"),
        pytest.param(ArticleRuling(line=1, title="Reynard", hide=True), None, id="hidden, whatever else"),
    ],
)
def test_what_becomes_of_an_article(ruling: ArticleRuling, expected: Article | None) -> None:
    other = an_article("y", "Bridges.")
    found = edited([FOX, other], {"x": "fox", "y": "bridge"}, Rulings(articles={"fox": ruling}))
    assert found == tuple(article for article in (expected, other) if article)
