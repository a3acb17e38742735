"""A support vector machine with a Gaussian kernel, its decision made a probability by Platt's sigmoid.

What is promised is the sigmoid of the machine's own decision function, A and B found on
decisions out of fold. libsvm's `predict_proba` is something else: it solves pairwise
coupling and differs in the third decimal.
Source: Platt 1999; Lin, Lin and Weng, Machine Learning 2007;68:267.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medapp.training import basis as bases
from medapp.training.basis import Basis
from medapp.training.calibration import expit
from medapp.training.design import Design
from medapp.training.estimators import Fitted, library
from medapp.training.export import gaussian_kernel
from medapp.training.export.gaussian_kernel import Kernel
from medapp.training.types import FloatArray, IntArray

FOLDS = 5
"""Parts in which the decisions that the sigmoid is fitted to are had."""


@dataclass(frozen=True, slots=True)
class MachineFit:
    """The kernel expansion on the basis; log-odds of the lead class = slope * decision + intercept."""

    basis: Basis
    kernel: Kernel
    slope: float
    intercept: float
    lead: int

    def probabilities(self, x: FloatArray) -> FloatArray:
        p = expit(self.slope * self.kernel.decision(self.basis.values(x)) + self.intercept)
        pair = (p, 1.0 - p) if self.lead == 0 else (1.0 - p, p)
        return np.column_stack(pair)

    def recalibrated(self, slope: float, intercept: float) -> MachineFit:
        return replace(self, slope=self.slope * slope, intercept=self.intercept * slope + intercept)

    def export(self, design: Design) -> bytes:
        """Scaler, two matrix products, an exponential and a sigmoid."""
        return gaussian_kernel.export(
            design, self.basis, self.kernel, self.slope, self.intercept, self.lead
        )


class SupportVectorMachine:
    """Trains with scikit-learn; two classes.

    Parameters: `C` (1), `gamma` (one over the number of columns, on columns of unit variance).
    """

    title = "support vector machine (Gaussian kernel, calibrated by Platt's sigmoid)"
    explains = "shapley"

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Fitted:
        lead = design.outcome.ids.index(design.outcome.lead_class)
        event = (y == lead).astype(np.int64)
        basis = bases.fit(design, x)
        c, gamma = float(parameters.get("C", 1.0)), float(parameters.get("gamma", 1.0 / len(basis.columns)))
        calibrated = classifier(basis.values(x), event, c, gamma, seed).calibrated_classifiers_[0]
        machine, sigmoid = calibrated.estimator, calibrated.calibrators[0]
        kernel = Kernel(
            machine.support_vectors_.copy(), machine.dual_coef_[0].copy(), float(machine.intercept_[0]), gamma
        )
        return MachineFit(basis, kernel, -float(sigmoid.a_), -float(sigmoid.b_), lead)


def classifier(values: FloatArray, event: IntArray, c: float, gamma: float, seed: int) -> Any:
    """scikit-learn's machine on columns [n, m] with Platt's sigmoid on its out-of-fold decisions.

    Fewer folds than FOLDS where a class has fewer rows.
    """
    calibration, svm = library("sklearn.calibration"), library("sklearn.svm")
    folds = min(FOLDS, int(np.bincount(event, minlength=2).min()))
    split = library("sklearn.model_selection").StratifiedKFold(folds, shuffle=True, random_state=seed)
    machine = svm.SVC(C=c, gamma=gamma, kernel="rbf")
    return calibration.CalibratedClassifierCV(machine, method="sigmoid", cv=split, ensemble=False).fit(
        values, event
    )


ESTIMATOR = SupportVectorMachine()
