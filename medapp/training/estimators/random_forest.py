"""A random forest (Breiman 2001): the mean class share of trees grown on resamples.

An unknown value takes the median of the training rows: no node of the graph does it, each
split sends the unknown where the median goes. With two classes a recipe may hold an
input to one direction (`monotone`), where medicine knows it and the rows are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medapp.training.calibration import EPSILON, expit, logit, powered
from medapp.training.design import Design
from medapp.training.estimators import Fitted, library
from medapp.training.export import cart, graph
from medapp.training.export.cart import LEAF, Cart
from medapp.training.export.graph import GraphBuilder
from medapp.training.table import limits
from medapp.training.types import FloatArray, IntArray

DEFAULTS: Mapping[str, Any] = {"n_estimators": 300, "min_samples_leaf": 3}


@dataclass(frozen=True, slots=True)
class ForestFit:
    """The trees, each node holding its class shares over the number of trees [nodes, classes].

    `medians` [k] stand for the unknown; `slope` and `intercept` mend the sum (below).
    """

    trees: tuple[Cart, ...]
    medians: FloatArray
    names: tuple[str, ...]
    lead: int
    slope: float = 1.0
    intercept: float = 0.0

    def probabilities(self, x: FloatArray) -> FloatArray:
        total: FloatArray = np.sum([tree.value[tree.leaves(x)] for tree in self.trees], axis=0)
        if (self.slope, self.intercept) == (1.0, 0.0):
            return total
        if total.shape[1] > 2:
            return powered(total, self.slope)
        lead = expit(self.slope * logit(total[:, self.lead]) + self.intercept)
        return np.column_stack((lead, 1.0 - lead) if self.lead == 0 else (1.0 - lead, lead))

    @property
    def imputed(self) -> Mapping[str, float]:
        """What stands for an unknown value of each input."""
        return dict(zip(self.names, self.medians.tolist(), strict=True))

    def recalibrated(self, slope: float, intercept: float) -> ForestFit:
        """Log-odds of the lead class times `slope` plus `intercept`; more classes: to the power `slope`."""
        return replace(self, slope=self.slope * slope, intercept=self.intercept * slope + intercept)

    def export(self, design: Design) -> bytes:
        """One ensemble; of two classes only the lead class's share is summed."""
        classes = len(design.outcome.ids)
        columns = [self.lead] if classes == 2 else list(range(classes))
        trees = [replace(tree, value=tree.value[:, columns]) for tree in self.trees]
        build = GraphBuilder()
        build.node(
            "TreeEnsembleRegressor", ["x"], "share", domain="ai.onnx.ml",
            **cart.attributes(trees, limits(design), len(columns)),
        )
        if classes == 2:
            self._two(build)
        else:
            self._many(build)
        build.output("probability", ["n", classes])
        return graph.finish(build, design, {"terms": [[name] for name in design.names]})

    def _two(self, build: GraphBuilder) -> None:
        one = build.constant("one", np.float32(1.0))
        lead = "share"
        if (self.slope, self.intercept) != (1.0, 0.0):
            inside = _inside(build)
            odds = build.node("Div", [inside, build.node("Sub", [one, inside], "rest")], "odds")
            slope = build.constant("slope", np.float32(self.slope))
            moved = build.node("Mul", [build.node("Log", [odds], "log_odds"), slope], "stretched")
            intercept = build.constant("intercept", np.float32(self.intercept))
            lead = build.node("Sigmoid", [build.node("Add", [moved, intercept], "mended")], "lead")
        other = build.node("Sub", [one, lead], "other")
        build.node("Concat", [lead, other] if self.lead == 0 else [other, lead], "probability", axis=1)

    def _many(self, build: GraphBuilder) -> None:
        if self.slope == 1.0:
            build.node("Identity", ["share"], "probability")
            return
        power = build.constant("slope", np.float32(self.slope))
        raised = build.node("Mul", [build.node("Log", [_inside(build)], "log_share"), power], "raised")
        build.node("Softmax", [raised], "probability", axis=1)


def _inside(build: GraphBuilder) -> str:
    """The share kept off nought and one, as `calibration.logit` keeps it."""
    low = build.constant("least", np.float32(EPSILON))
    high = build.constant("most", np.float32(1.0 - EPSILON))
    return build.node("Clip", ["share", low, high], "inside")


class RandomForest:
    """Trains with scikit-learn; any number of classes, rows of unequal weight."""

    title = "random forest"
    explains = "shapley"

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Fitted:
        return self._grow(design, x, y, None, parameters, seed)

    def fit_weighted(
        self, design: Design, x: FloatArray, y: IntArray, weights: FloatArray,
        parameters: Mapping[str, Any], seed: int,
    ) -> Fitted:
        """Resamples are drawn by the weights; without resamples the splits count by them."""
        return self._grow(design, x, y, weights, parameters, seed)

    def _grow(
        self, design: Design, x: FloatArray, y: IntArray, weights: FloatArray | None,
        parameters: Mapping[str, Any], seed: int,
    ) -> Fitted:
        settings = {**DEFAULTS, **parameters}
        classes, lead = len(design.outcome.ids), design.outcome.ids.index(design.outcome.lead_class)
        if classes == 2:
            settings["monotonic_cst"] = [feature.monotone for feature in design.features]
        medians = np.array([_median(column) for column in x.T])
        learner = library("sklearn.ensemble").RandomForestClassifier(
            random_state=seed, n_jobs=1, **settings
        )
        target = (y == lead).astype(np.int64) if classes == 2 else y
        learner.fit(np.where(np.isnan(x), medians, x), target, sample_weight=weights)
        place = np.array([lead if c else 1 - lead for c in learner.classes_]) if classes == 2 else (
            learner.classes_.astype(np.int64)
        )
        trees = tuple(
            _tree(single.tree_, medians, place, classes, len(learner.estimators_))
            for single in learner.estimators_
        )
        return ForestFit(trees, medians, design.names, lead)


def _tree(fitted: Any, medians: FloatArray, place: IntArray, classes: int, count: int) -> Cart:
    value = np.zeros((fitted.node_count, classes))
    value[:, place] = fitted.value[:, 0, :] / count
    tree = cart.from_fitted(fitted, value)
    asked = medians[np.maximum(tree.feature, 0)]
    return replace(tree, unknown_left=np.asarray((tree.feature != LEAF) & (asked <= tree.threshold)))


def _median(column: FloatArray) -> float:
    known = column[~np.isnan(column)]
    return float(np.median(known)) if len(known) else 0.0


ESTIMATOR = RandomForest()
