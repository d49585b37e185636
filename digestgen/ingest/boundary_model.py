"""How probable it is that an article starts at a paragraph: two logistic regressions, one upon the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from digestgen.ingest.boundary_features import FIRST_LOOK, SECOND_LOOK, Floats, first_look, second_look

WEIGHTS = "boundary_weights.json"
"""Package data, written by ``benchmarks/train_splitter.py``."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A logistic regression with one row of weights for terminated paragraphs and one for unterminated ones."""

    bias: Floats
    """(2)"""
    weight: Floats
    """(2 x features), for features as they come, not standardised."""

    def probability(self, features: Floats, unterminated: NDArray[np.bool_]) -> Floats:
        """(n) from features (n x features) and shape (n)."""
        table = unterminated.astype(np.int64)
        odds = self.bias[table] + (features * self.weight[table]).sum(axis=1)
        chance: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
        return chance


@dataclass(frozen=True, slots=True)
class Model:
    """The first layer sees the first look; the second sees that and the second look."""

    first: Layer
    second: Layer


def probabilities(texts: Sequence[str], language: str, model: Model | None = None) -> Floats:
    """The probability (n) that an article starts at each of n paragraphs; 1 at the first.

    ``model`` is the shipped one unless given.
    """
    if len(texts) < 2:
        return np.ones(len(texts))
    used = model or shipped_model()
    features, unterminated = first_look(texts, language)
    first = used.first.probability(features, unterminated)
    both = np.hstack([features, second_look(features, unterminated, first)])
    second = used.second.probability(both, unterminated)
    second[0] = 1.0
    return second


@cache
def shipped_model() -> Model:
    """The model in the package's data."""
    return model_of(json.loads((files("digestgen.ingest") / WEIGHTS).read_text(encoding="utf-8")))


def model_of(table: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Model:
    """The model from its JSON: layer → shape → feature name (or ``bias``) → weight."""

    def layer(name: str, features: Sequence[str]) -> Layer:
        shapes = [table[name]["terminated"], table[name]["unterminated"]]
        return Layer(
            bias=np.array([shape["bias"] for shape in shapes]),
            weight=np.array([[shape[feature] for feature in features] for shape in shapes]),
        )

    return Model(layer("first", list(FIRST_LOOK)), layer("second", [*FIRST_LOOK, *SECOND_LOOK]))
