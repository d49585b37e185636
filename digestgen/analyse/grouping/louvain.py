"""Louvain communities of a graph (Blondel et al. 2008), moving many nodes per round.

In the original method nodes move one at a time, and the result depends on their order, which changes entirely when a
node comes or goes. Here a key of each node alone decides in which rounds it may move, so that the rest of the graph is
treated as before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.modularity import membership, renumber_densely

_DECIMALS = 9
_ROUNDS = 20
_LEVELS = 20
# If all nodes could move at once, two neighbours could swap places for ever.
_MAY_MOVE = 0.5
# After this many rounds, the few nodes that would still move are left to the next level.
_PATIENCE = 8
_FEW = 0.002


def node_keys(names: Sequence[str]) -> NDArray[np.uint64]:
    """A 64-bit key for each name, which depends on the name alone."""
    digests = (hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest() for name in names)
    return np.array([int.from_bytes(digest, "little") for digest in digests], dtype=np.uint64)


def keyed_random(keys: NDArray[np.uint64], *salt: int) -> NDArray[np.float64]:
    """A pseudo-random number in [0, 1) for each key, reproducible for the same key and salt."""
    mixed = keys
    for number in salt:
        mixed = _splitmix64(mixed ^ _splitmix64(np.array([number], dtype=np.uint64)))
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def louvain_communities(
    graph: sparse.csr_array, resolution: float, keys: NDArray[np.uint64], attempt: int
) -> NDArray[np.intp]:
    """A community number for every node of a symmetric graph without loops; ``attempt`` varies the random choices."""
    strength = np.asarray(graph.sum(axis=1)).ravel()
    labels = np.arange(len(strength))
    if not strength.sum() > 0:
        return labels
    coarse = graph
    for level in range(_LEVELS):
        first = np.unique(labels, return_index=True)[1]
        loopless = sparse.csr_array(coarse - sparse.diags_array(coarse.diagonal()))
        loopless.eliminate_zeros()
        strengths = np.asarray(np.bincount(labels, strength), dtype=np.float64)
        joined = _move_nodes(loopless, strengths, resolution, keys[first], (attempt, level))
        if len(np.unique(joined)) == len(joined):
            break
        member = membership(joined)
        coarse = sparse.csr_array(member @ coarse @ member.T)
        labels = joined[labels]
    return labels


def _move_nodes(
    graph: sparse.csr_array,
    strength: NDArray[np.float64],
    resolution: float,
    keys: NDArray[np.uint64],
    salt: tuple[int, int],
) -> NDArray[np.intp]:
    """Start with single nodes, and move each to the neighbouring community that raises modularity most."""
    count = len(strength)
    labels = np.arange(count)
    by_chance = resolution * strength / strength.sum()
    for turn in range(_ROUNDS):
        of_group = np.bincount(labels, strength)
        links = sparse.csr_array(graph @ membership(labels).T)
        links.sort_indices()
        rows = np.repeat(np.arange(count), np.diff(links.indptr))
        own = links.indices == labels[rows]
        gain = np.round(links.data - by_chance[rows] * (of_group[links.indices] - own * strength[rows]), _DECIMALS)
        stay = np.round(-by_chance * (of_group[labels] - strength), _DECIMALS)
        stay[rows[own]] = gain[own]
        best, best_gain = labels.copy(), np.full(count, -np.inf)
        np.maximum.at(best_gain, rows, gain)
        tops = np.flatnonzero(gain == best_gain[rows])
        # On a tie the lowest community wins: it is assigned last.
        best[rows[tops[::-1]]] = links.indices[tops[::-1]]
        wants = best_gain > stay
        if wants.sum() <= (count * _FEW if turn > _PATIENCE else 0):
            break
        labels = renumber_densely(np.where(wants & (keyed_random(keys, *salt, turn) < _MAY_MOVE), best, labels))
    return labels


def _splitmix64(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64 (Steele et al. 2014), which turns similar numbers into dissimilar ones."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
