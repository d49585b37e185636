from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from digestgen.analyse.grouping.dendrogram import Dendrogram
from digestgen.analyse.grouping.modularity import membership
from digestgen.analyse.grouping.similarity import Similarity, SimilaritySettings
from digestgen.analyse.grouping.term_vectors import unit_rows

CROWD = unit_rows(sparse.csr_array(np.array([[1, 0.5, 0], [1, 0.4, 0], [1, 0.6, 0], [0, 0.3, 1], [0, 0, 1]])))
PLAIN = SimilaritySettings(power=0.0)


def among(similarity: Similarity, count: int) -> np.ndarray:
    return np.concatenate([np.zeros((0, count)), *(block for _, block in similarity.among(np.arange(count)))])


def test_without_scaling_it_is_the_cosine() -> None:
    similar = among(Similarity.of(CROWD, PLAIN), 5)
    assert similar == pytest.approx((CROWD @ CROWD.T).toarray(), abs=1e-8)


def test_scaling_brings_lone_articles_nearer_than_those_of_a_crowd() -> None:
    plain = among(Similarity.of(CROWD, PLAIN), 5)
    scaled = among(Similarity.of(CROWD, SimilaritySettings(neighbours=2, power=0.3)), 5)
    assert scaled[0, 3] / plain[0, 3] > scaled[0, 1] / plain[0, 1]
    assert (scaled <= 1).all()
    assert np.diag(scaled).tolist() == [1] * 5


def test_the_mean_to_a_group_is_that_of_the_single_similarities() -> None:
    similarity = Similarity.of(CROWD, PLAIN)
    single = among(similarity, 5)
    groups = sparse.csr_array(membership(np.array([0, 0, 1, 2, 2]))[:2])
    means = similarity.means(np.array([3, 4]), groups)
    assert means == pytest.approx(np.array([single[3:, :2].mean(axis=1), single[3:, 2]]).T, abs=1e-8)
    nearest, mean = similarity.nearest_group(np.array([3, 4]), groups)
    assert (nearest.tolist(), mean.tolist()) == (means.argmax(axis=1).tolist(), means.max(axis=1).tolist())


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_have_none_to_be_like(count: int) -> None:
    similarity = Similarity.of(sparse.csr_array(np.ones((count, 1))), SimilaritySettings())
    assert among(similarity, count).tolist() == [[1.0]] * count
    assert similarity.means(np.array([], dtype=np.intp), sparse.csr_array((2, count))).shape == (0, 2)
    assert [
        len(each) for each in similarity.nearest_group(np.array([], dtype=np.intp), sparse.csr_array((2, count)))
    ] == [0, 0]


def test_groups_are_the_highest_nodes_that_are_accepted() -> None:
    similar = np.array([[1, 0.9, 0.5, 0], [0.9, 1, 0.5, 0], [0.5, 0.5, 1, 0], [0, 0, 0, 1]])
    tree = Dendrogram.of(4, iter([(np.array([0, 1, 2]), similar[:3]), (np.array([3]), similar[3:])]))
    assert [tree.height_of(node) for node in range(4, 7)] == pytest.approx([0.1, 0.5, 1.0])
    sizes = {
        cut: sorted(np.bincount(tree.groups(lambda node, cut=cut: tree.height_of(node) <= cut)).tolist())
        for cut in (0.05, 0.2, 0.6, 1.0)
    }
    assert sizes == {0.05: [1, 1, 1, 1], 0.2: [1, 1, 2], 0.6: [1, 3], 1.0: [4]}
