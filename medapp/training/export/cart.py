"""Trees of yes-or-no questions on single inputs as one tree ensemble operator.

Inputs stay float64, as the record has them, and so do the thresholds. What
`medapp.training.table.prepare` does (completed years, the grid, clamping) is done by
the thresholds: a cut lies in the middle of the grid step above the last value that
goes left, so that no rounding in the last bits carries a value over it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from medapp.training.table import GRID
from medapp.training.types import BoolArray, FloatArray, IntArray

Limits = tuple[BoolArray, FloatArray, FloatArray]
LEAF = -1


@dataclass(frozen=True, slots=True)
class Cart:
    """One tree; node 0 is its root.

    `feature` [nodes] is the column asked, LEAF at a leaf; a value at or below
    `threshold` goes to `left`, above it to `right`, an unknown one to the left where
    `unknown_left`; `value` [nodes, targets] is what a row that ends there is given.
    """

    feature: IntArray
    threshold: FloatArray
    left: IntArray
    right: IntArray
    unknown_left: BoolArray
    value: FloatArray

    def leaves(self, x: FloatArray) -> IntArray:
        """The leaf of each prepared row of `x` [n, k]."""
        at = np.zeros(len(x), dtype=np.int64)
        rows = np.arange(len(x))
        while True:
            asked = self.feature[at]
            inner = asked != LEAF
            if not inner.any():
                return at
            values = x[rows, np.maximum(asked, 0)]
            goes_left = np.where(np.isnan(values), self.unknown_left[at], values <= self.threshold[at])
            at = np.where(inner, np.where(goes_left, self.left[at], self.right[at]), at)


def from_fitted(tree: Any, value: FloatArray) -> Cart:
    """A fitted tree of scikit-learn (`tree_`) with `value` [nodes, targets] in its nodes.

    Thresholds move down to the grid, which parts prepared values as before; what is
    unknown goes where it was found better in training, or else where most rows went.
    A value of the grid that lies on a threshold is compared in float32, as there.
    """
    near = np.round(tree.threshold * GRID) / GRID
    goes_left = near.astype(np.float32).astype(np.float64) <= tree.threshold
    threshold = np.where(goes_left, near, np.round(near * GRID - 1.0) / GRID)
    children = np.column_stack([tree.children_left, tree.children_right]).astype(np.int64)
    inner = children[:, 0] >= 0
    unknown_left = np.asarray(tree.missing_go_to_left, dtype=np.bool_)
    return Cart(
        np.where(inner, tree.feature, LEAF).astype(np.int64),
        np.where(inner, threshold, 0.0),
        children[:, 0], children[:, 1], np.asarray(inner & unknown_left), value,
    )


def raw_threshold(threshold: float, whole: bool) -> float:
    """Above this an unprepared value goes right, as a prepared one above `threshold` does."""
    if whole:
        return float(np.floor(threshold) + 1.0 - 1.0 / GRID) - 0.25 / GRID
    return float(threshold + 0.5 / GRID)


def attributes(trees: Sequence[Cart], limits: Limits, targets: int) -> dict[str, Any]:
    """Attributes of `TreeEnsembleRegressor` (ai.onnx.ml 3, float64): the sum of the trees' leaves.

    `limits` are those of `medapp.training.table.limits`.
    """
    nodes: dict[str, list[Any]] = {
        name: [] for name in ("tree", "node", "feature", "mode", "true", "false", "tracks", "value")
    }
    leaves: dict[str, list[Any]] = {name: [] for name in ("tree", "node", "target", "weight")}
    for number, tree in enumerate(trees):
        for node in _reached(tree):
            _add_node(nodes, number, node, tree, limits)
            if tree.feature[node] == LEAF:
                for target in np.flatnonzero(tree.value[node]):
                    leaves["tree"].append(number)
                    leaves["node"].append(node)
                    leaves["target"].append(int(target))
                    leaves["weight"].append(float(tree.value[node, target]))
                if not tree.value[node].any():
                    leaves["tree"].append(number)
                    leaves["node"].append(node)
                    leaves["target"].append(0)
                    leaves["weight"].append(0.0)
    return _operator(nodes, leaves, targets)


def _reached(tree: Cart) -> list[int]:
    """Nodes in the order of the walk from the root, so that none is out of use."""
    order, stack = [], [0]
    while stack:
        node = stack.pop()
        order.append(node)
        if tree.feature[node] != LEAF:
            stack.extend((int(tree.right[node]), int(tree.left[node])))
    return order


def _add_node(nodes: Mapping[str, list[Any]], number: int, node: int, tree: Cart, limits: Limits) -> None:
    whole, low, high = limits
    feature = int(tree.feature[node])
    is_leaf = feature == LEAF
    threshold = 0.0
    if not is_leaf:
        threshold = raw_threshold(float(tree.threshold[node]), bool(whole[feature]))
        if tree.threshold[node] < low[feature]:
            threshold = -np.inf  # every clamped value is above it
        if tree.threshold[node] >= high[feature]:
            threshold = np.inf  # and here at or below
    nodes["tree"].append(number)
    nodes["node"].append(node)
    nodes["feature"].append(0 if is_leaf else feature)
    nodes["mode"].append("LEAF" if is_leaf else "BRANCH_LEQ")
    nodes["true"].append(0 if is_leaf else int(tree.left[node]))
    nodes["false"].append(0 if is_leaf else int(tree.right[node]))
    nodes["tracks"].append(0 if is_leaf else int(tree.unknown_left[node]))
    nodes["value"].append(float(threshold))


def _operator(
    nodes: Mapping[str, list[Any]], leaves: Mapping[str, list[Any]], targets: int
) -> dict[str, Any]:
    from onnx import numpy_helper

    def doubles(name: str, values: list[float]) -> Any:
        return numpy_helper.from_array(np.asarray(values, dtype=np.float64), name)

    return {
        "n_targets": targets, "aggregate_function": "SUM", "post_transform": "NONE",
        "nodes_treeids": nodes["tree"], "nodes_nodeids": nodes["node"],
        "nodes_featureids": nodes["feature"], "nodes_modes": nodes["mode"],
        "nodes_truenodeids": nodes["true"], "nodes_falsenodeids": nodes["false"],
        "nodes_missing_value_tracks_true": nodes["tracks"],
        "nodes_values_as_tensor": doubles("nodes_values", nodes["value"]),
        "target_treeids": leaves["tree"], "target_nodeids": leaves["node"],
        "target_ids": leaves["target"],
        "target_weights_as_tensor": doubles("target_weights", leaves["weight"]),
    }
