"""Gradient boosting on histograms (scikit-learn), of two classes or more, as one ensemble of trees.

scikit-learn's HistGradientBoosting (after LightGBM, Ke et al. 2017) has no converter
that works, so its trees are written node by node. Differences of two inputs that the
recipe names are further columns of the trees; the graph subtracts them itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medapp.training.design import Design
from medapp.training.errors import DesignInvalid
from medapp.training.estimators import Fitted, library
from medapp.training.export import cart, graph
from medapp.training.export.cart import LEAF, Cart
from medapp.training.table import GRID, limits
from medapp.training.types import FloatArray, IntArray

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class BoostedFit:
    """Trees whose leaves add to the score of a class, the scores they start from, and the differences.

    `trees` have values [nodes, classes] over the inputs and then one column for each of
    `pairs` (the first less the second); `start` [classes] is added to their sum, and the
    softmax of that are the probabilities.
    """

    trees: tuple[Cart, ...]
    start: FloatArray
    pairs: Pairs

    def scores(self, x: FloatArray) -> FloatArray:
        """The score of each class, [n, classes]."""
        wide = widened(x, self.pairs)
        total = np.tile(self.start, (len(x), 1))
        for tree in self.trees:
            total += tree.value[tree.leaves(wide)]
        return total

    def probabilities(self, x: FloatArray) -> FloatArray:
        return softmax(self.scores(x))

    def recalibrated(self, slope: float, intercept: float) -> BoostedFit:
        """Scores times `slope`; the intercept is nought with more than two classes."""
        trees = tuple(replace(tree, value=tree.value * slope) for tree in self.trees)
        return BoostedFit(trees, self.start * slope, self.pairs)

    def export(self, design: Design) -> bytes:
        """Differences, the ensemble in float64, the start, and the softmax."""
        build = graph.GraphBuilder()
        wide = _widen(build, self.pairs)
        build.node(
            "TreeEnsembleRegressor", [wide], "grown", domain="ai.onnx.ml",
            **cart.attributes(self.trees, _limits(design, self.pairs), len(self.start)),
        )
        start = build.constant("start", self.start.astype(np.float32)[None, :])
        build.node("Softmax", [build.node("Add", ["grown", start], "scores")], "probability", axis=1)
        build.output("probability", ["n", len(self.start)])
        return graph.finish(build, design, {})


class GradientBoosting:
    """Trains scikit-learn's; further parameters are ours.

    `differences`: pairs of input names. `class_weights`: by class, 1 where none is named; the
    trees grow as if rare classes were commoner, and the scores start lower by as much, so
    that estimates stay at the frequencies of the data (King and Zeng 2001, prior correction).
    `group_power`: rows of a group of m count m to this power less, so that a long
    recording does not speak for many (0: each row alike; 1: each group alike).
    """

    title = "gradient boosting (histogram trees)"
    explains = "shapley"

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Fitted:
        return self.fit_grouped(design, x, y, np.arange(len(y)), parameters, seed)

    def fit_grouped(
        self, design: Design, x: FloatArray, y: IntArray, groups: IntArray,
        parameters: Mapping[str, Any], seed: int,
    ) -> Fitted:
        settings = dict(parameters)
        pairs = _pairs(design, settings.pop("differences", ()))
        classes = class_weights(design, settings.pop("class_weights", {}))
        weights = row_weights(y, groups, classes, float(settings.pop("group_power", 0.0)))
        machine = library("sklearn.ensemble").HistGradientBoostingClassifier(
            early_stopping=False, random_state=seed, **settings
        )
        machine.fit(widened(x, pairs), y, sample_weight=weights)
        fitted = from_machine(machine, pairs)
        return replace(fitted, start=fitted.start - np.log(classes))


def from_machine(machine: Any, pairs: Pairs) -> BoostedFit:
    """The trees of a fitted HistGradientBoostingClassifier that saw every class, as they are.

    With two classes it grows one tree a step, for the second class.
    """
    classes = len(machine.classes_)
    start = np.zeros(classes)
    start[-np.size(machine._baseline_prediction):] = np.ravel(machine._baseline_prediction)
    trees = []
    for step in machine._predictors:
        for place, predictor in enumerate(step):
            trees.append(_cart(predictor.nodes, classes - len(step) + place, classes))
    return BoostedFit(tuple(trees), start, pairs)


def _cart(nodes: Any, target: int, classes: int) -> Cart:
    inner = nodes["is_leaf"] == 0
    value = np.zeros((len(nodes), classes))
    value[~inner, target] = nodes["value"][~inner]
    return Cart(
        np.where(inner, nodes["feature_idx"], LEAF).astype(np.int64),
        np.where(inner, np.floor(nodes["num_threshold"] * GRID + 1e-6) / GRID, 0.0),
        nodes["left"].astype(np.int64), nodes["right"].astype(np.int64),
        np.asarray(inner & (nodes["missing_go_to_left"] == 1)), value,
    )


def class_weights(design: Design, named: Mapping[str, float]) -> FloatArray:
    """The weight of each class, 1 where none is named. Raises DesignInvalid for a class unknown."""
    if not set(named) <= set(design.outcome.ids):
        raise DesignInvalid(
            model=design.id, key="estimator.parameters.class_weights", expected=" | ".join(design.outcome.ids)
        )
    return np.array([float(named.get(name, 1.0)) for name in design.outcome.ids])


def row_weights(y: IntArray, groups: IntArray, classes: FloatArray, power: float) -> FloatArray:
    """The weight of each row, 1 on average: that of its class, less in large groups."""
    size = np.bincount(np.unique(groups, return_inverse=True)[1])
    each = size[np.unique(groups, return_inverse=True)[1]]
    weights = classes[y] * each.astype(np.float64) ** -power
    balanced: FloatArray = weights / weights.mean()
    return balanced


def widened(x: FloatArray, pairs: Pairs) -> FloatArray:
    """`x` [n, k] with a column for each difference, on the grid of the inputs."""
    if not pairs:
        return x
    differences = np.column_stack([x[:, a] - x[:, b] for a, b in pairs])
    return np.column_stack([x, np.round(differences * GRID) / GRID])


def softmax(scores: FloatArray) -> FloatArray:
    """Shares of each class, [n, classes]."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: FloatArray = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _pairs(design: Design, names: Sequence[Sequence[str]]) -> Pairs:
    plain = [not f.whole and f.low is None and f.high is None for f in design.features]
    place = {name: i for i, name in enumerate(design.names) if plain[i]}
    try:
        return tuple((place[a], place[b]) for a, b in names)
    except (KeyError, ValueError) as error:
        raise DesignInvalid(
            model=design.id, key="estimator.parameters.differences",
            expected="pairs of features that are neither floored nor clamped",
        ) from error


def _limits(design: Design, pairs: Pairs) -> cart.Limits:
    """Those of the inputs, and none for the differences."""
    whole, low, high = limits(design)
    free = np.full(len(pairs), np.inf)
    return (
        np.concatenate([whole, np.zeros(len(pairs), dtype=np.bool_)]),
        np.concatenate([low, -free]), np.concatenate([high, free]),
    )


def _widen(build: graph.GraphBuilder, pairs: Pairs) -> str:
    """The input with its differences in float64; what is subtracted is put on the grid before."""
    if not pairs:
        return "x"
    grid = build.constant("grid", np.array(GRID))
    near = build.node("Round", [build.node("Mul", ["x", grid], "fine")], "near")
    kept = build.node("Div", [near, grid], "kept")
    build.gather(kept, [a for a, _ in pairs], "first")
    build.gather(kept, [b for _, b in pairs], "second")
    build.node("Sub", ["first", "second"], "difference")
    return build.node("Concat", ["x", "difference"], "wide", axis=1)


ESTIMATOR = GradientBoosting()
