"""Communities of a graph, by Louvain's method (Blondel et al. 2008), with whole rounds of moves at once.

Moving nodes one at a time depends on their order, which changes wholly when a node comes or goes. Here every node has
a key, which alone decides in which rounds it may move, so that the rest of a graph is treated as it was before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digestgen.analyse.grouping.modularity import dense_groups, membership

_DECIMALS = 9
_ROUNDS = 20
_LEVELS = 20
# If all moved at once, two neighbours could change places for ever.
_MAY_MOVE = 0.5
# After this many rounds, the few nodes that still move are left to the next level.
_PATIENCE = 8
_FEW = 0.002


def keys_of(names: Sequence[str]) -> NDArray[np.uint64]:
    """A number for each name that depends on nothing but the name."""
    digests = (hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest() for name in names)
    return np.array([int.from_bytes(digest, "little") for digest in digests], dtype=np.uint64)


def drawn(keys: NDArray[np.uint64], *salt: int) -> NDArray[np.float64]:
    """For each key a number in [0, 1) that looks random and is always the same for that key and salt."""
    mixed = keys
    for number in salt:
        mixed = _mixed(mixed ^ _mixed(np.array([number], dtype=np.uint64)))
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def communities(graph: sparse.csr_array, resolution: float, keys: NDArray[np.uint64], attempt: int) -> NDArray[np.intp]:
    """A community number for every node of a symmetric graph without loops; another attempt makes other choices."""
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
        joined = _moved(loopless, strengths, resolution, keys[first], (attempt, level))
        if len(np.unique(joined)) == len(joined):
            break
        member = membership(joined)
        coarse = sparse.csr_array(member @ coarse @ member.T)
        labels = joined[labels]
    return labels


def _moved(
    graph: sparse.csr_array,
    strength: NDArray[np.float64],
    resolution: float,
    keys: NDArray[np.uint64],
    salt: tuple[int, int],
) -> NDArray[np.intp]:
    """Every node starts alone and moves to the neighbouring community where it raises modularity most."""
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
        # Of equal gains the lowest community wins, which the last of these assignments names.
        best[rows[tops[::-1]]] = links.indices[tops[::-1]]
        wants = best_gain > stay
        if wants.sum() <= (count * _FEW if turn > _PATIENCE else 0):
            break
        labels = dense_groups(np.where(wants & (drawn(keys, *salt, turn) < _MAY_MOVE), best, labels))
    return labels


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64 (Steele et al. 2014): neighbouring numbers become unlike ones."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
