"""Glass-box boosting: an additive model of step functions, read off rather than explained.

interpret's explainable boosting machine (Lou et al. 2012; Nori et al. 2019). An
unanswered question moves nothing: the score of "unknown" is set to nought, so what
is learned from who was not asked in a survey is not carried to a clinic where the
reasons for a blank are others.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medapp.training.calibration import expit
from medapp.training.design import Design
from medapp.training.estimators import Fitted, library
from medapp.training.export import binned_trees, graph
from medapp.training.export.binned_trees import Term
from medapp.training.table import limits
from medapp.training.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class GlassBoxFit:
    """The terms and the intercept, all in log-odds of the lead class."""

    terms: tuple[Term, ...]
    base: float
    lead: int

    def scores(self, x: FloatArray) -> FloatArray:
        """The log-odds that each term adds, [n, terms]; NaN falls in the bin of the unknown."""
        return np.column_stack([_look_up(term, x) for term in self.terms])

    def probabilities(self, x: FloatArray) -> FloatArray:
        p = expit(self.scores(x).sum(axis=1) + self.base)
        pair = (p, 1.0 - p) if self.lead == 0 else (1.0 - p, p)
        return np.column_stack(pair)

    def recalibrated(self, slope: float, intercept: float) -> GlassBoxFit:
        terms = tuple(replace(term, scores=term.scores * slope) for term in self.terms)
        return GlassBoxFit(terms, self.base * slope + intercept, self.lead)

    def export(self, design: Design) -> bytes:
        """One tree per term, their sum with the base, and the sigmoid of it."""
        build = graph.GraphBuilder()
        build.node(
            "TreeEnsembleRegressor", [build.cast("x", "narrow")], "contributions", domain="ai.onnx.ml",
            **binned_trees.attributes(self.terms, limits(design)),
        )
        base = build.constant("base_value", np.array([self.base], dtype=np.float32))
        build.node("Identity", [base], "base")
        axes = build.constant("axes", np.array([1], dtype=np.int64))
        total = build.node("ReduceSum", ["contributions", axes], "total", keepdims=1)
        lead = build.node("Sigmoid", [build.node("Add", [total, base], "log_odds")], "lead")
        other = build.node("Sub", [build.constant("one", np.float32(1.0)), lead], "other")
        order = [lead, other] if self.lead == 0 else [other, lead]
        build.node("Concat", order, "probability", axis=1)
        build.output("probability", ["n", 2])
        build.output("contributions", ["n", len(self.terms)])
        build.output("base", [1])
        names = [[design.names[i] for i in term.features] for term in self.terms]
        return graph.finish(build, design, {"terms": names})


class GlassBoxBoosting:
    """Trains with interpret; two classes."""

    title = "glass-box boosting (explainable boosting machine)"
    explains = "in_graph"

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Fitted:
        lead = design.outcome.ids.index(design.outcome.lead_class)
        machine = machines().ExplainableBoostingClassifier(
            feature_names=list(design.names),
            feature_types=["continuous"] * x.shape[1],
            monotone_constraints=[feature.monotone for feature in design.features],
            random_state=seed, n_jobs=1, **parameters,
        )
        with warnings.catch_warnings():
            # Its plots do not show the bin of the unknown; ours is set to nought below.
            warnings.filterwarnings("ignore", message="Missing values detected", category=UserWarning)
            machine.fit(x, (y == lead).astype(np.int64))
        return neutral(from_machine(machine, lead))


def machines() -> Any:
    """interpret's machines, told to keep to plain arithmetic. Raises TrainingLibraryMissing.

    Its vector code adds up in another order on each family of processors, and after
    thousands of rounds the same recipe would give figures that differ in the third decimal.
    """
    develop = library("interpret.develop")
    develop.set_option("acceleration", develop.Native.AccelerationFlags_NONE)
    return library("interpret.glassbox")


def from_machine(machine: Any, lead: int) -> GlassBoxFit:
    """The terms of a fitted interpret machine, as they are."""
    terms = []
    for features, scores in zip(machine.term_features_, machine.term_scores_, strict=True):
        level = len(features) - 1
        cuts = []
        for feature in features:
            binned = machine.bins_[feature]
            cuts.append(np.asarray(binned[min(level, len(binned) - 1)], dtype=np.float64))
        known = tuple(slice(0, len(cut) + 2) for cut in cuts)  # without the bin of unseen categories
        terms.append(Term(tuple(features), tuple(cuts), np.asarray(scores, dtype=np.float64)[known]))
    return GlassBoxFit(tuple(terms), float(np.ravel(machine.intercept_)[0]), lead)


def neutral(fitted: GlassBoxFit) -> GlassBoxFit:
    """The same with every score of an unknown value set to nought."""
    terms = []
    for term in fitted.terms:
        scores = term.scores.copy()
        for axis in range(scores.ndim):
            np.moveaxis(scores, axis, 0)[0] = 0.0
        terms.append(replace(term, scores=scores))
    return GlassBoxFit(tuple(terms), fitted.base, fitted.lead)


def _look_up(term: Term, x: FloatArray) -> FloatArray:
    index = []
    for feature, cuts in zip(term.features, term.cuts, strict=True):
        values = x[:, feature]
        bins = np.searchsorted(cuts, values, side="right") + 1
        index.append(np.where(np.isnan(values), 0, bins))
    found: FloatArray = term.scores[tuple(index)]
    return found


ESTIMATOR = GlassBoxBoosting()
