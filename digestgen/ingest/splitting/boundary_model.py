"""The probability that an article starts at a paragraph, and that a text is one article, several, or a list.

Two stacked logistic regressions for the paragraphs, a third one with three classes for the text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from digestgen.ingest.splitting.boundary_features import (
    CONTEXT_FEATURES,
    PARAGRAPH_FEATURES,
    TEXT_FEATURES,
    Floats,
    context_features,
    paragraph_features,
    repeated_paragraphs,
    text_features,
)

KINDS = ("single", "several", "list")
WEIGHTS = "boundary_weights.json"
"""Package data, written by ``benchmarks/train_splitter.py``."""
_LONG_LIST = 12.0
"""Highest weight of a list."""
_USUAL_LIST = 6.0
"""Items of a list that weighs as much as another text."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A logistic regression with one row of weights for terminated paragraphs and one for unterminated ones."""

    bias: Floats
    """(2)"""
    weight: Floats
    """(2 x features), for features that are not standardised."""

    def probability(self, features: Floats, unterminated: NDArray[np.bool_]) -> Floats:
        """(n) from features (n x features) and shape (n)."""
        table = unterminated.astype(np.int64)
        odds = self.bias[table] + (features * self.weight[table]).sum(axis=1)
        chance: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
        return chance


@dataclass(frozen=True, slots=True)
class KindLayer:
    """A logistic regression over the classes of ``KINDS``, in that order."""

    bias: Floats
    """(3)"""
    weight: Floats
    """(3 x features), for features that are not standardised."""

    def probability(self, features: Floats) -> Floats:
        """(3) from features."""
        odds = self.bias + self.weight @ features
        share = np.exp(odds - odds.max())
        chance: Floats = share / share.sum()
        return chance


@dataclass(frozen=True, slots=True)
class Model:
    """``first`` takes paragraph features, ``second`` adds context features, ``kinds`` takes text features."""

    first: Layer
    second: Layer
    kinds: KindLayer


@dataclass(frozen=True, slots=True)
class BoundaryProbabilities:
    """The model's probabilities for one text."""

    starts: Floats
    """(n) that an article starts at each paragraph, if the text holds several; 1 at the first."""
    single: float
    """That it is one article."""
    several: float
    """That it is several articles, of more than one paragraph each."""
    listed: float
    """That it is a list of items, one per paragraph."""
    repeats: NDArray[np.bool_]
    """(n) which paragraphs repeat the one above; none of them starts an article."""


def list_weight(count: int) -> float:
    """The weight in training of a list of ``count`` items, relative to any other text.

    A short list could be anything; a long one could not, and there are few of them in the data.
    """
    return min(_LONG_LIST, math.pow(count / _USUAL_LIST, 1.5))


def predict(texts: Sequence[str], language: str, model: Model | None = None) -> BoundaryProbabilities:
    """The probabilities for n paragraphs; ``model`` defaults to the shipped one."""
    repeats = repeated_paragraphs(texts)
    kept = np.flatnonzero(~repeats)
    starts = np.zeros(len(texts))
    starts[:1] = 1.0
    if len(kept) < 2:
        return BoundaryProbabilities(starts, single=1.0, several=0.0, listed=0.0, repeats=repeats)
    used = model or shipped_model()
    features, unterminated = paragraph_features(list(compress(texts, ~repeats)), language)
    first = used.first.probability(features, unterminated)
    both = np.hstack([features, context_features(features, unterminated, first)])
    starts[kept[1:]] = used.second.probability(both, unterminated)[1:]
    look = text_features(features, starts[kept], int(repeats.sum()))
    single, several, listed = used.kinds.probability(look).tolist()
    return BoundaryProbabilities(starts, single, several, listed, repeats)


@cache
def shipped_model() -> Model:
    """The model in the package data."""
    return model_from_json(json.loads((files(__package__) / WEIGHTS).read_text(encoding="utf-8")))


def model_from_json(table: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Model:
    """Read the model from JSON: layer → shape or kind → feature name (or ``bias``) → weight."""

    def layer(name: str, features: Sequence[str]) -> Layer:
        shapes = [table[name]["terminated"], table[name]["unterminated"]]
        return Layer(
            bias=np.array([shape["bias"] for shape in shapes]),
            weight=np.array([[shape[feature] for feature in features] for shape in shapes]),
        )

    kinds = [table["kinds"][kind] for kind in KINDS]
    return Model(
        layer("first", list(PARAGRAPH_FEATURES)),
        layer("second", [*PARAGRAPH_FEATURES, *CONTEXT_FEATURES]),
        KindLayer(
            bias=np.array([kind["bias"] for kind in kinds]),
            weight=np.array([[kind[feature] for feature in TEXT_FEATURES] for kind in kinds]),
        ),
    )
