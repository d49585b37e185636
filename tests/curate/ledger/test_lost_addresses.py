from __future__ import annotations

import pytest

from digestgen.curate.ledger.ledger import ArticleLink, Ledger
from digestgen.curate.ledger.lost_addresses import decisions_on_lost, loss_problems, undecided_losses
from digestgen.curate.rulings.rulings import ArticleRuling, Rulings, SlugRef

SEEDS = {"a": "monday.txt", "b": "monday.txt", "c": "tuesday.md", "d": "monday.txt", "e": "monday.txt"}
LEDGER = Ledger(articles={slug: ArticleLink(slug=slug, id=slug, seed=seed) for slug, seed in SEEDS.items()})


def test_what_the_curator_decides_of_what_is_gone() -> None:
    rulings = Rulings(
        articles={
            "a": ArticleRuling(line=1, hide=True),
            "b": ArticleRuling(line=2, moved=SlugRef("c", 2)),
            "c": ArticleRuling(line=3, hide=True),
            "d": ArticleRuling(line=4, title="No decision on its address"),
        }
    )
    assert decisions_on_lost(rulings, {"a", "b", "d", "e"}) == {"a": None, "b": "c"}


@pytest.mark.parametrize(
    ("excused", "lost"),
    [
        pytest.param(set(), ("a", "c"), id="decided ones are not lost"),
        pytest.param({"monday.txt"}, ("c",), id="a seed that cannot be read"),
        pytest.param({"tuesday.yml"}, ("a",), id="a seed that waits for its sidecar"),
        pytest.param({"monday.md", "curation.yml"}, ("c",), id="of one name"),
    ],
)
def test_what_is_lost(excused: set[str], lost: tuple[str, ...]) -> None:
    assert undecided_losses(("a", "b", "c"), {"b": None}, LEDGER, excused) == lost


def test_each_loss_is_a_problem_that_says_how_to_decide() -> None:
    one, other = loss_problems(("a", "c"), LEDGER)
    assert (one.file, other.file) == ("monday.txt", "tuesday.md")
    assert "articles/a was published" in one.message
    for words in ("Put the text back", "hide: true", "moved: another-slug"):
        assert words in one.message


def test_the_loss_of_a_part_names_the_whole() -> None:
    part = ArticleLink(slug="part", id="part", seed="sunday.txt", to="c")
    (problem,) = loss_problems(("part",), Ledger(articles={**LEDGER.articles, "part": part}))
    assert problem.file == "tuesday.md"
    assert "articles/part was joined with articles/c and is in no seed any more" in problem.message


def test_a_whole_seed_is_one_problem() -> None:
    many, one = loss_problems(("a", "b", "c", "d", "e"), LEDGER)
    assert (many.file, one.file) == ("monday.txt", "tuesday.md")
    assert "4 articles were published" in many.message


def test_nothing_lost_is_no_problem() -> None:
    assert loss_problems((), LEDGER) == ()
