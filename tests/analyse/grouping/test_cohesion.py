import numpy as np
import pytest
from scipy import sparse

from digestgen.analyse.grouping.cohesion import (
    SHELF,
    CohesionSettings,
    Thresholds,
    closeness,
    drop_dissimilar,
    drop_unexplained,
    nearest_other_groups,
    thresholds,
)
from digestgen.analyse.grouping.term_vectors import unit_rows

ASKED = Thresholds(chance=0.0, topic=0.5, story=0.9, nearest=0.1)


def rows(*weights: list[float]) -> sparse.csr_array:
    return unit_rows(sparse.csr_array(np.array(weights, dtype=float)))


TIGHT_AND_LOOSE = rows([1, 0.1, 0, 0], [1, 0, 0, 0], [0, 1, 0.2, 0], [0, 0, 0.2, 1])


def test_closeness_leaves_the_row_itself_out() -> None:
    between = (TIGHT_AND_LOOSE @ TIGHT_AND_LOOSE.T).toarray()
    close = closeness(TIGHT_AND_LOOSE, np.array([0, 0, 1, SHELF]))
    assert close == pytest.approx([between[0, 1], between[0, 1], 0, 0], abs=1e-6)


def test_the_nearest_group_is_another_one_and_none_without_a_common_term() -> None:
    between = (TIGHT_AND_LOOSE @ TIGHT_AND_LOOSE.T).toarray()
    nearest, mean = nearest_other_groups(TIGHT_AND_LOOSE, np.array([0, 0, 1, SHELF]), np.arange(4))
    assert nearest.tolist() == [1, SHELF, 0, 1]
    assert mean == pytest.approx([between[0, 2], 0, between[0, 2] / 2, between[2, 3]], abs=1e-6)
    nearest, mean = nearest_other_groups(TIGHT_AND_LOOSE, np.full(4, SHELF), np.array([2]))
    assert (nearest.tolist(), mean.tolist()) == ([SHELF], [0])


def test_who_does_not_belong_is_on_the_shelf() -> None:
    matrix = rows([1, 0, 0], [1, 0.1, 0], [1, 0, 0.1], [0.1, 0, 1])
    assert drop_dissimilar(matrix, np.zeros(4, dtype=np.intp), ASKED, CohesionSettings()).tolist() == [0, 0, 0, SHELF]


def test_two_that_have_nothing_in_common_are_no_group_whatever_is_asked() -> None:
    nothing = Thresholds(chance=0.0, topic=0.0, story=0.0, nearest=0.0)
    groups = drop_dissimilar(sparse.csr_array(np.eye(2)), np.zeros(2, dtype=np.intp), nothing, CohesionSettings())
    assert groups.tolist() == [SHELF, SHELF]


def test_several_weak_likenesses_are_as_clear_as_one_strong() -> None:
    asked = Thresholds(chance=0.1, topic=0.5, story=0.9, nearest=0.1)
    assert asked.for_mean_of(np.array([1, 4, 16])) == pytest.approx([0.5, 0.3, 0.2])


@pytest.mark.parametrize("count", [0, 1, 2])
def test_nothing_can_be_asked_of_a_pair_that_has_no_others_to_compare_with(count: int) -> None:
    assert thresholds(sparse.csr_array(np.ones((count, 1))), CohesionSettings()).story == 0


def test_chance_is_taken_to_vary_even_where_most_articles_share_no_word() -> None:
    asked = thresholds(sparse.csr_array(np.eye(20)), CohesionSettings(clear=3.0, least_spread=0.02))
    assert asked.topic == pytest.approx(0.06)


def test_one_term_in_common_holds_nobody() -> None:
    matrix = rows([1, 1, 1, 0, 0], [1, 1, 0, 0, 0], [1, 0, 0, 0, 1], [0, 0, 0, 1, 1])
    assert drop_unexplained(matrix, np.array([0, 0, 0, SHELF])).tolist() == [0, 0, SHELF, SHELF]
    assert drop_unexplained(matrix, np.array([0, SHELF, 0, SHELF])).tolist() == [SHELF] * 4
