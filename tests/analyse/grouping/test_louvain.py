from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from digestgen.analyse.grouping.louvain import keyed_random, louvain_communities, node_keys
from effort import costly

NAMES = [f"name {number}" for number in range(60)]


def cliques(*sizes: int) -> sparse.csr_array:
    """Complete graphs in a ring, each held to the next by one weak tie."""
    graph = np.zeros((sum(sizes), sum(sizes)))
    starts = np.cumsum([0, *sizes])
    for start, end in pairwise(starts):
        graph[start:end, start:end] = 1 - np.eye(end - start)
        graph[start, end % len(graph)] = graph[end % len(graph), start] = 0.1
    return sparse.csr_array(graph)


@pytest.mark.parametrize("sizes", [(4, 4), (3, 6, 5), (8, 8, 8, 8)], ids=str)
@pytest.mark.parametrize("attempt", [0, 1, 2])
def test_cliques_are_communities(sizes: tuple[int, ...], attempt: int) -> None:
    found = louvain_communities(cliques(*sizes), 1.0, node_keys(NAMES[: sum(sizes)]), attempt)
    assert found.tolist() == np.repeat(np.arange(len(sizes)), sizes).tolist()


def test_nodes_without_ties_stay_alone() -> None:
    assert louvain_communities(sparse.csr_array((4, 4)), 1.0, node_keys(NAMES[:4]), 0).tolist() == [0, 1, 2, 3]


@costly(0.3)
@given(seed=st.integers(0, 10_000))
def test_as_good_as_networkx(seed: int) -> None:
    draw = np.random.default_rng(seed)
    near = np.triu(draw.random((30, 30)) * (draw.random((30, 30)) < 0.2), 1)
    graph = sparse.csr_array(near + near.T)
    network = nx.from_numpy_array(near + near.T)

    def modularity(labels: list[int]) -> float:
        return float(nx.community.modularity(network, [np.flatnonzero(labels == n) for n in np.unique(labels)]))

    ours = max(modularity(louvain_communities(graph, 1.0, node_keys(NAMES[:30]), attempt)) for attempt in range(6))
    theirs = nx.community.modularity(network, nx.community.louvain_communities(network, seed=0))
    assert ours > theirs - 0.06


def test_draws_follow_the_name_and_not_its_place() -> None:
    there, here = node_keys(NAMES), node_keys(NAMES[::-1])
    assert keyed_random(there, 3, 1).tolist() == keyed_random(here, 3, 1)[::-1].tolist()
    assert keyed_random(there, 3, 1).tolist() != keyed_random(there, 3, 2).tolist()


def test_draws_are_spread_evenly() -> None:
    many = keyed_random(node_keys([str(number) for number in range(4_000)]), 5)
    assert np.histogram(many, 4, (0, 1))[0] == pytest.approx([1_000] * 4, rel=0.1)
