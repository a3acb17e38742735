"""Running a model's graph on rows: the middle verb."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from medapp.assess.card import Card
from medapp.runtime.errors import GraphUnreadable
from medapp.runtime.session import BATCH, SINGLE, PinnedGraph

Array = NDArray[np.float64]
INPUT: Final = "x"
EXPLAINED: Final = ("contributions", "base")


@dataclass(frozen=True, slots=True)
class Raw:
    """What the graph said of n rows.

    `probability` [n, classes], or [n, 1] with the quantity; `contributions`
    [n, terms] and `base` [1] where the graph has them and they were asked for.
    """

    probability: Array
    contributions: Array | None = None
    base: float | None = None


class Scorer:
    """A graph with the names of its outputs, as the card makes us expect them."""

    def __init__(self, card: Card, graph: PinnedGraph) -> None:
        self.card = card
        self.graph = graph
        self.answer = "probability" if card.output.classes else "value"
        self._terms: tuple[tuple[int, ...], ...] | None = None

    @property
    def terms(self) -> tuple[tuple[int, ...], ...]:
        """For each term of `contributions` the features that share it, by position.

        Raises GraphUnreadable when the graph names a feature that the card lacks.
        """
        if self._terms is None:
            position = {feature.name: i for i, feature in enumerate(self.card.features)}
            text = self.graph.opened().metadata.get("terms")
            names = json.loads(text) if text else [[name] for name in position]
            try:
                self._terms = tuple(tuple(position[name] for name in term) for term in names)
            except KeyError as error:
                raise GraphUnreadable from error
        return self._terms

    def run(self, x: Array, *, explain: bool = False, threads: int = SINGLE) -> Raw:
        """Score rows `x` [n, k] float64. Raises GraphFailed, GraphDamaged, GraphUnreadable."""
        graph = self.graph.opened(threads)
        if not explain:
            (answer,) = graph.run([self.answer], {INPUT: x})
            return Raw(_table(answer))
        answer, contributions, base = graph.run([self.answer, *EXPLAINED], {INPUT: x})
        return Raw(_table(answer), _table(contributions), float(np.ravel(base)[0]))

    def lead(self, x: Array, *, threads: int = BATCH) -> Array:
        """Probability of the lead class, or the quantity, of each row: [n]."""
        column: Array = self.run(x, threads=threads).probability[:, self.card.output.lead_index]
        return column


def _table(values: NDArray[np.floating]) -> Array:
    result: Array = np.asarray(values, dtype=np.float64).reshape(len(values), -1)
    return result


def feature_shares(values: Array, terms: tuple[tuple[int, ...], ...], count: int) -> Array:
    """Terms [t] onto features [count]; a pair term goes half to each of its two."""
    shares = np.zeros(count)
    for value, features in zip(values, terms, strict=True):
        for feature in features:
            shares[feature] += value / len(features)
    return shares


def names_of(card: Card) -> Mapping[str, int]:
    """Position of each feature in the row."""
    return {feature.name: i for i, feature in enumerate(card.features)}
