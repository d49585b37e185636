from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestgen.curate.sketch import SIZE, runs_of, sketch, sketched_runs

SAID = [f"word{number}" for number in range(200)]
OTHER = [f"other{number}" for number in range(200)]


def share(text: list[str], inside: list[str]) -> float:
    mine = sketched_runs(sketch(runs_of([" ".join(text)])))
    return sum(run in runs_of([" ".join(inside)]) for run in mine) / len(mine)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_a_sketch_holds_runs_of_its_text(paragraphs: list[str]) -> None:
    runs = runs_of(paragraphs)
    assert runs
    chosen = sketched_runs(sketch(runs))
    assert len(chosen) == min(len(runs), SIZE)
    assert set(chosen) <= runs


def test_a_text_is_known_again() -> None:
    assert share(SAID, SAID) == 1
    assert share(SAID, OTHER) == 0
    assert share(SAID, OTHER + SAID + OTHER) >= 7 / 8
    assert share(SAID, SAID[:150] + OTHER[:10]) >= 3 / 8
    assert share(["Two", "words"], ["two", "words"]) == 1


@pytest.mark.parametrize("text", [pytest.param("abc", id="cut"), pytest.param("abc1", id="no letter of it")])
def test_what_is_no_sketch_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no sketch"):
        sketched_runs(text)
