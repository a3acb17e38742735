"""Three ways to estimate a number, each with its contributions inside the graph."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import numpy as np

from medapp.training import basis as bases
from medapp.training.basis import Basis
from medapp.training.design import Design
from medapp.training.estimators import library
from medapp.training.estimators.decision_tree import path_changes
from medapp.training.estimators.glass_box import GlassBoxFit, from_machine, machines, neutral
from medapp.training.export import binned_trees, cart, graph
from medapp.training.export.cart import Cart
from medapp.training.table import limits
from medapp.training.types import FloatArray


class QuantityFit(Protocol):
    """A trained estimator of a number."""

    def values(self, x: FloatArray) -> FloatArray:
        """The estimates [n] for prepared inputs [n, k]."""
        ...

    def export(self, design: Design) -> bytes:
        """The ONNX graph from `x` to `value`, `contributions` and `base`."""
        ...


class QuantityEstimator(Protocol):
    """An algorithm for a number, with the settings compared in the inner folds."""

    name: str
    title: str
    explains: str
    grid: tuple[Mapping[str, Any], ...]

    def fit(
        self, design: Design, x: FloatArray, y: FloatArray, parameters: Mapping[str, Any], seed: int
    ) -> QuantityFit: ...


@dataclass(frozen=True, slots=True)
class LinearFit:
    """Weights [m] on the basis, in the quantity's unit, and the intercept."""

    basis: Basis
    weights: FloatArray
    intercept: float

    def values(self, x: FloatArray) -> FloatArray:
        found: FloatArray = self.basis.values(x) @ self.weights + self.intercept
        return found

    def export(self, design: Design) -> bytes:
        build = graph.GraphBuilder()
        known, _ = bases.export(build, design, self.basis)
        features = sorted({column.feature for column in self.basis.columns})
        own = np.zeros((len(self.weights), len(features)))
        for place, column in enumerate(self.basis.columns):
            own[place, features.index(column.feature)] = self.weights[place]
        shares = build.node("MatMul", [known, build.constant("weights", own)], "shares")
        base = build.constant("base_value", np.array([self.intercept]))
        axes = build.constant("axes", np.array([1], dtype=np.int64))
        total = build.node("ReduceSum", [shares, axes], "total", keepdims=1)
        build.cast(build.node("Add", [total, base], "sum"), "value")
        build.cast(shares, "contributions")
        build.cast(base, "base")
        return _finished(build, design, [[design.names[i]] for i in features])


@dataclass(frozen=True, slots=True)
class StepsFit:
    """Glass-box boosting: step functions in the quantity's unit."""

    steps: GlassBoxFit

    def values(self, x: FloatArray) -> FloatArray:
        found: FloatArray = self.steps.scores(x).sum(axis=1) + self.steps.base
        return found

    def export(self, design: Design) -> bytes:
        build = graph.GraphBuilder()
        build.node(
            "TreeEnsembleRegressor",
            [build.cast("x", "narrow")],
            "contributions",
            domain="ai.onnx.ml",
            **binned_trees.attributes(self.steps.terms, limits(design)),
        )
        base = build.constant("base_value", np.array([self.steps.base], dtype=np.float32))
        axes = build.constant("axes", np.array([1], dtype=np.int64))
        total = build.node("ReduceSum", ["contributions", axes], "total", keepdims=1)
        build.node("Add", [total, base], "value")
        build.node("Identity", [base], "base")
        return _finished(
            build, design, [[design.names[i] for i in term.features] for term in self.steps.terms]
        )


@dataclass(frozen=True, slots=True)
class ForestFit:
    """The mean of trees; the nodes' values [nodes, 1] are already divided by their number."""

    trees: tuple[Cart, ...]

    def values(self, x: FloatArray) -> FloatArray:
        found: FloatArray = np.sum([tree.value[tree.leaves(x), 0] for tree in self.trees], axis=0)
        return found

    def export(self, design: Design) -> bytes:
        """A leaf holds the tree's estimate and what each input changed on the way to it."""
        width = len(design.names)
        whole = [_with_changes(tree, width) for tree in self.trees]
        build = graph.GraphBuilder()
        build.node(
            "TreeEnsembleRegressor",
            ["x"],
            "leaves",
            domain="ai.onnx.ml",
            **cart.attributes(whole, limits(design), 1 + width),
        )
        build.gather("leaves", range(1), "value")
        build.gather("leaves", range(1, 1 + width), "contributions")
        base = np.array([sum(float(tree.value[0, 0]) for tree in self.trees)], dtype=np.float32)
        build.node("Identity", [build.constant("base_value", base)], "base")
        return _finished(build, design, [[name] for name in design.names])


def _with_changes(tree: Cart, width: int) -> Cart:
    return replace(tree, value=np.column_stack([tree.value, path_changes(tree, 0, width)]))


def _finished(build: graph.GraphBuilder, design: Design, terms: Sequence[Sequence[str]]) -> bytes:
    build.output("value", ["n", 1])
    build.output("contributions", ["n", len(terms)])
    build.output("base", [1])
    return graph.finish(build, design, {"terms": [list(term) for term in terms]})


class LinearRegression:
    """Least squares with a quadratic penalty (Hoerl and Kennard 1970)."""

    name = "linear_regression"
    title = "linear regression (ridge)"
    explains = "in_graph"
    grid: tuple[Mapping[str, Any], ...] = ({"alpha": 0.1}, {"alpha": 1.0}, {"alpha": 10.0}, {"alpha": 100.0})

    def fit(
        self, design: Design, x: FloatArray, y: FloatArray, parameters: Mapping[str, Any], seed: int
    ) -> QuantityFit:
        basis = bases.fit(design, x)
        values = basis.values(x)
        middle, mean = values.mean(axis=0), float(y.mean())
        away = values - middle
        penalty = float(parameters["alpha"]) * np.eye(away.shape[1])
        weights = np.linalg.solve(away.T @ away + penalty, away.T @ (y - mean))
        return LinearFit(basis, weights, mean - float(middle @ weights))


class GlassBoxRegression:
    """interpret's explainable boosting machine for numbers; an unknown value moves nothing."""

    name = "glass_box_regression"
    title = "glass-box boosting (explainable boosting machine)"
    explains = "in_graph"
    grid: tuple[Mapping[str, Any], ...] = ({"outer_bags": 4, "interactions": 0, "max_rounds": 1500},)

    def fit(
        self, design: Design, x: FloatArray, y: FloatArray, parameters: Mapping[str, Any], seed: int
    ) -> QuantityFit:
        machine = machines().ExplainableBoostingRegressor(
            feature_names=list(design.names),
            feature_types=["continuous"] * x.shape[1],
            random_state=seed,
            n_jobs=1,
            **parameters,
        )
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Missing values detected", category=UserWarning)
            machine.fit(x, y)
        return StepsFit(neutral(from_machine(machine, 0)))


class ForestRegression:
    """A random forest of regression trees (Breiman 2001)."""

    name = "random_forest_regression"
    title = "random forest"
    explains = "path"
    grid: tuple[Mapping[str, Any], ...] = (
        {"n_estimators": 150, "min_samples_leaf": 3},
        {"n_estimators": 150, "min_samples_leaf": 10},
    )

    def fit(
        self, design: Design, x: FloatArray, y: FloatArray, parameters: Mapping[str, Any], seed: int
    ) -> QuantityFit:
        forest = (
            library("sklearn.ensemble")
            .RandomForestRegressor(max_features=1 / 3, random_state=seed, n_jobs=1, **parameters)
            .fit(x, y)
        )
        share = 1.0 / len(forest.estimators_)
        return ForestFit(
            tuple(
                cart.from_fitted(tree.tree_, np.asarray(tree.tree_.value[:, :, 0], dtype=np.float64) * share)
                for tree in forest.estimators_
            )
        )


ESTIMATORS: Final[Mapping[str, QuantityEstimator]] = {
    one.name: one for one in (LinearRegression(), GlassBoxRegression(), ForestRegression())
}
