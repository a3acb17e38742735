"""Step functions as one `TreeEnsembleRegressor`: a balanced binary tree per term.

A term is a table of scores over the bins of one or more features: bin 0 is
"unknown", then one bin more than there are cut points. Each tree first asks
whether the value is unknown (`x < -FLT_MAX`, which no number fulfils and which
NaN follows by `nodes_missing_value_tracks_true`), then halves the cut points; the
axes of a pair are nested.

What `medapp.training.table.prepare` does is done by the thresholds themselves, at no
cost: a clamped value lies in an outermost bin, a cut of completed years moves up to
the next birthday, and any other cut to the middle of the grid step before the first
grid point that it lets through, where rounding to float32 carries no value over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from medapp.training.table import GRID
from medapp.training.types import BoolArray, FloatArray

Limits = tuple[BoolArray, FloatArray, FloatArray]

UNKNOWN_BELOW: Final = float(np.finfo(np.float32).min)
FINE: Final = 512.0
"""Below this, float32 tells half a grid step apart."""


@dataclass(frozen=True, slots=True)
class Term:
    """Scores [bins of the 1st axis, ...] over `features` (columns), cut at `cuts` per axis."""

    features: tuple[int, ...]
    cuts: tuple[FloatArray, ...]
    scores: FloatArray


@dataclass(slots=True)
class _Nodes:
    """The parallel lists that the operator takes."""

    treeids: list[int] = field(default_factory=list)
    nodeids: list[int] = field(default_factory=list)
    featureids: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    true: list[int] = field(default_factory=list)
    false: list[int] = field(default_factory=list)
    tracks: list[int] = field(default_factory=list)
    leaves: list[tuple[int, int, float]] = field(default_factory=list)
    tree: int = 0
    next: int = 0

    def add(self, mode: str, feature: int, value: float, tracks: int) -> int:
        """A new node of the current tree; its place in the lists."""
        self.treeids.append(self.tree)
        self.nodeids.append(self.next)
        self.featureids.append(feature)
        self.values.append(value)
        self.modes.append(mode)
        self.true.append(0)
        self.false.append(0)
        self.tracks.append(tracks)
        self.next += 1
        return len(self.nodeids) - 1


def thresholds(cuts: FloatArray, whole: bool = False) -> FloatArray:
    """Float32 thresholds that part unprepared values as the float64 `cuts` part prepared ones.

    A prepared value x >= cut goes right; `whole` features are floored by `prepare`.
    Exact below 512; above, where float32 is coarser than the grid, rounded up.
    """
    if whole:
        return (np.ceil(cuts) - 1.0 / GRID).astype(np.float32).astype(np.float64)
    near = np.round(cuts * GRID) / GRID
    first = np.where(near >= cuts, near, near + 1.0 / GRID)
    middle = (first - 0.5 / GRID).astype(np.float32).astype(np.float64)
    parted: FloatArray = np.where(np.abs(cuts) < FINE, middle, round_up(cuts))
    return parted


def round_up(cuts: FloatArray) -> FloatArray:
    """Each cut as the smallest float32 that is not below it."""
    near = cuts.astype(np.float32)
    above = np.nextafter(near, np.float32(np.inf))
    raised: FloatArray = np.where(near.astype(np.float64) < cuts, above, near).astype(np.float64)
    return raised


def attributes(terms: Sequence[Term], limits: Limits) -> dict[str, Any]:
    """Attributes of the operator; target i is the score of term i.

    `limits` are those of `medapp.training.table.limits`: what `prepare` floors and clamps.
    """
    nodes = _Nodes()
    for number, term in enumerate(terms):
        nodes.tree, nodes.next = number, 0
        _axis(nodes, _parted(term, limits), 0, term.scores)
    return {
        "n_targets": len(terms),
        "aggregate_function": "SUM",
        "post_transform": "NONE",
        "nodes_treeids": nodes.treeids, "nodes_nodeids": nodes.nodeids,
        "nodes_featureids": nodes.featureids, "nodes_values": nodes.values,
        "nodes_modes": nodes.modes, "nodes_hitrates": [1.0] * len(nodes.modes),
        "nodes_truenodeids": nodes.true, "nodes_falsenodeids": nodes.false,
        "nodes_missing_value_tracks_true": nodes.tracks,
        "target_treeids": [tree for tree, _, _ in nodes.leaves],
        "target_nodeids": [node for _, node, _ in nodes.leaves],
        "target_ids": [tree for tree, _, _ in nodes.leaves],
        "target_weights": [weight for _, _, weight in nodes.leaves],
    }


def _parted(term: Term, limits: Limits) -> Term:
    whole, low, high = limits
    parted = []
    for place, cuts in zip(term.features, term.cuts, strict=True):
        found = thresholds(cuts, bool(whole[place]))
        found = np.where(cuts <= low[place], UNKNOWN_BELOW, found)  # every clamped value is above it
        parted.append(np.where(cuts > high[place], -UNKNOWN_BELOW, found))  # and here below
    return replace(term, cuts=tuple(parted))


def _axis(nodes: _Nodes, term: Term, axis: int, scores: FloatArray) -> int:
    """The subtree over the axes from `axis` on; the id of its root."""
    if axis == len(term.features):
        return _leaf(nodes, float(scores))
    root = nodes.add("BRANCH_LT", term.features[axis], UNKNOWN_BELOW, 1)
    identity = nodes.nodeids[root]
    nodes.true[root] = _axis(nodes, term, axis + 1, scores[0])
    nodes.false[root] = _halve(nodes, term, axis, scores, 0, len(term.cuts[axis]))
    return identity


def _halve(nodes: _Nodes, term: Term, axis: int, scores: FloatArray, low: int, high: int) -> int:
    """The subtree over the known bins `low` to `high`; the id of its root."""
    if low == high:
        return _axis(nodes, term, axis + 1, scores[low + 1])
    middle = (low + high) // 2
    root = nodes.add("BRANCH_LT", term.features[axis], float(term.cuts[axis][middle]), 0)
    identity = nodes.nodeids[root]
    nodes.true[root] = _halve(nodes, term, axis, scores, low, middle)
    nodes.false[root] = _halve(nodes, term, axis, scores, middle + 1, high)
    return identity


def _leaf(nodes: _Nodes, weight: float) -> int:
    place = nodes.add("LEAF", 0, 0.0, 0)
    identity = nodes.nodeids[place]
    nodes.leaves.append((nodes.tree, identity, weight))
    return identity
