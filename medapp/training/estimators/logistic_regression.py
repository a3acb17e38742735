"""Logistic regression with a quadratic penalty; any number of classes.

With two classes each input's share of the log-odds leaves the graph beside the
probability. With `groups_shift` every group of rows (a centre) has a shift of its own
while the coefficients are found, so that they tell what differs within a group and not
what differs between them; a patient of no known group gets the intercept at which the
mean estimate equals the event share, every group counting alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medapp.training import basis as bases
from medapp.training.basis import Basis, BasisDesign
from medapp.training.calibration import expit
from medapp.training.design import Design
from medapp.training.estimators import Fitted, library
from medapp.training.export import graph
from medapp.training.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """Coefficients [m] of the lead class's log-odds on the basis, and the intercept."""

    basis: Basis
    weights: FloatArray
    intercept: float
    lead: int
    explains: str = "in_graph"

    def probabilities(self, x: FloatArray) -> FloatArray:
        p = expit(self.basis.values(x) @ self.weights + self.intercept)
        pair = (p, 1.0 - p) if self.lead == 0 else (1.0 - p, p)
        return np.column_stack(pair)

    def recalibrated(self, slope: float, intercept: float) -> LogisticFit:
        return replace(self, weights=self.weights * slope, intercept=self.intercept * slope + intercept)

    def export(self, design: Design) -> bytes:
        """Columns times weights, gathered by feature; their sum with the base; the sigmoid of it."""
        build = graph.GraphBuilder()
        known, guessed = bases.export(build, design, self.basis)
        features = sorted({column.feature for column in self.basis.columns})
        own, through = self._by_feature(features)
        shares = build.node("MatMul", [known, build.constant("own_weights", own)], "own_shares")
        if guessed is not None:
            others = build.constant("guessed_weights", through)
            others = build.node("MatMul", [guessed, others], "guessed_shares")
            shares = build.node("Add", [shares, others], "shares")
        base = build.constant("base_value", np.array([self.intercept]))
        build.node("Identity", [build.cast(base, "base_narrow")], "base")
        build.cast(shares, "contributions")
        axes = build.constant("axes", np.array([1], dtype=np.int64))
        total = build.node("ReduceSum", [shares, axes], "total", keepdims=1)
        lead = build.node("Sigmoid", [build.node("Add", [total, base], "log_odds")], "lead")
        other = build.node("Sub", [build.constant("one", np.array(1.0)), lead], "other")
        order = [lead, other] if self.lead == 0 else [other, lead]
        build.cast(build.node("Concat", order, "pair", axis=1), "probability")
        build.output("probability", ["n", 2])
        build.output("contributions", ["n", len(features)])
        build.output("base", [1])
        return graph.finish(build, design, {"terms": [[design.names[i]] for i in features]})

    def _by_feature(self, features: list[int]) -> tuple[FloatArray, FloatArray]:
        """Weights [m, features] of known values, and of guessed ones, which the condition's feature owns."""
        own = np.zeros((len(self.weights), len(features)))
        for place, column in enumerate(self.basis.columns):
            own[place, features.index(column.feature)] = self.weights[place]
        if self.basis.condition is None:
            return own, own
        through = np.zeros_like(own)
        through[:, features.index(self.basis.columns[self.basis.condition].feature)] = self.weights
        return own, through


@dataclass(frozen=True, slots=True)
class MultinomialFit:
    """Coefficients [m, classes] of the classes' scores on the basis, and intercepts [classes]."""

    basis: Basis
    weights: FloatArray
    intercepts: FloatArray
    explains: str = "shapley"

    def probabilities(self, x: FloatArray) -> FloatArray:
        scores = self.basis.values(x) @ self.weights + self.intercepts
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: FloatArray = p / p.sum(axis=1, keepdims=True)
        return shares

    def recalibrated(self, slope: float, intercept: float) -> MultinomialFit:
        """A power of the probabilities is a multiple of the scores."""
        return replace(self, weights=self.weights * slope, intercepts=self.intercepts * slope)

    def export(self, design: Design) -> bytes:
        """Columns times weights and the softmax of them."""
        build = graph.GraphBuilder()
        known, _ = bases.export(build, design, replace(self.basis, condition=None))
        product = build.node("MatMul", [known, build.constant("weights", self.weights)], "product")
        scores = build.node("Add", [product, build.constant("intercepts", self.intercepts)], "scores")
        build.cast(build.node("Softmax", [scores], "shares", axis=1), "probability")
        build.output("probability", ["n", len(self.intercepts)])
        return graph.finish(build, design, {})


class LogisticRegression:
    """Trains with scikit-learn.

    Parameters: `C` (1: inverse weight of the penalty, on columns of unit variance), `choices`,
    `sizes`, `expected_by` of `medapp.training.basis.BasisDesign`, and `groups_shift` (0: none; the
    standard deviation, in log-odds, within which the groups' shifts are held).
    """

    title = "logistic regression"
    explains = "in_graph"

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Fitted:
        return self.fit_grouped(design, x, y, np.zeros(len(y), dtype=np.int64), parameters, seed)

    def fit_grouped(
        self, design: Design, x: FloatArray, y: IntArray, groups: IntArray,
        parameters: Mapping[str, Any], seed: int,
    ) -> Fitted:
        settings = dict(parameters)
        c, spread = float(settings.pop("C", 1.0)), float(settings.pop("groups_shift", 0.0))
        basis = bases.fit(design, x, BasisDesign(**settings))
        values = basis.values(x)
        if len(design.outcome.ids) > 2:
            machine = classifier(values, y, c)
            return _multinomial(basis, machine, len(design.outcome.ids))
        lead = design.outcome.ids.index(design.outcome.lead_class)
        event = (y == lead).astype(np.int64)
        numbers, index = np.unique(groups, return_inverse=True)
        if spread <= 0.0 or len(numbers) < 2:
            machine = classifier(values, event, c)
            return LogisticFit(basis, machine.coef_[0].copy(), float(machine.intercept_[0]), lead)
        # A penalised indicator scaled by spread / sqrt(C) has the prior N(0, spread^2).
        shifts = np.eye(len(numbers))[index] * spread / np.sqrt(c)
        machine = classifier(np.hstack([values, shifts]), event, c)
        weights = machine.coef_[0, : values.shape[1]].copy()
        return LogisticFit(basis, weights, level(values @ weights, event, index), lead)


def classifier(values: FloatArray, y: IntArray, c: float) -> Any:
    """scikit-learn's fitted classifier on columns [n, m]."""
    linear = library("sklearn.linear_model")
    return linear.LogisticRegression(C=c, tol=1e-8, max_iter=10_000).fit(values, y)


def level(score: FloatArray, event: IntArray, groups: IntArray) -> float:
    """The intercept at which the mean estimate is the event share, every group counting alike.

    `score` [n] are log-odds without it. Found by halving; the mean estimate rises with it.
    """
    share = 1.0 / np.bincount(groups)[groups]
    low, high = -50.0, 50.0
    for _ in range(100):
        middle = (low + high) / 2.0
        above = float(share @ (expit(score + middle) - event)) > 0.0
        low, high = (low, middle) if above else (middle, high)
    return (low + high) / 2.0


def _multinomial(basis: Basis, machine: Any, classes: int) -> MultinomialFit:
    """A class absent from the training part has a score that no patient reaches."""
    weights, intercepts = np.zeros((len(basis.columns), classes)), np.full(classes, -50.0)
    present = machine.classes_
    if len(present) == 2:
        weights[:, present[1]] = machine.coef_[0]
        intercepts[present] = (0.0, float(machine.intercept_[0]))
    else:
        weights[:, present] = machine.coef_.T
        intercepts[present] = machine.intercept_
    return MultinomialFit(basis, weights, intercepts)


ESTIMATOR = LogisticRegression()
