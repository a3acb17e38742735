"""The algorithms the engine can train: one module each, found by the name in the recipe.

A module offers `ESTIMATOR`, an object that fulfils `Estimator`. Whatever an
algorithm needs of the data (scaling, imputing, binning) it fits inside `fit`, so
nothing is ever fitted outside a training fold.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, runtime_checkable

from medapp.training.design import Design
from medapp.training.errors import EstimatorUnknown, TrainingLibraryMissing
from medapp.training.types import FloatArray, IntArray


class Fitted(Protocol):
    """A trained estimator."""

    def probabilities(self, x: FloatArray) -> FloatArray:
        """Probability of each class, [n, classes], for prepared inputs [n, k]."""
        ...

    def recalibrated(self, slope: float, intercept: float) -> Fitted:
        """The same with log-odds of the lead class times `slope` plus `intercept`.

        With more than two classes: `calibration.powered(p, slope)`, in the graph too.
        """
        ...

    def export(self, design: Design) -> bytes:
        """The ONNX graph, from `x` to `probability`, `contributions` and `base` where it has them."""
        ...


class Estimator(Protocol):
    """An algorithm that can be trained."""

    title: str
    explains: str  # in_graph | path | shapley: the card's explain method

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Fitted:
        """Train on prepared inputs [n, k] and class numbers [n]; NaN is unknown."""
        ...


@runtime_checkable
class GroupedEstimator(Protocol):
    """An algorithm that is also told the groups of the rows, such as the centre of a patient."""

    def fit_grouped(
        self, design: Design, x: FloatArray, y: IntArray, groups: IntArray,
        parameters: Mapping[str, Any], seed: int,
    ) -> Fitted:
        """As `Estimator.fit`; `groups` [n] are the numbers of the recipe's groups."""
        ...


@runtime_checkable
class WeightedEstimator(Protocol):
    """An algorithm that can count a row as more or less than one, for recipes with losses to follow-up."""

    def fit_weighted(
        self, design: Design, x: FloatArray, y: IntArray, weights: FloatArray,
        parameters: Mapping[str, Any], seed: int,
    ) -> Fitted:
        """As `Estimator.fit`; `weights` [n] are above nought."""
        ...


def estimator(name: str) -> Estimator:
    """The algorithm of that name. Raises EstimatorUnknown or TrainingLibraryMissing."""
    known = sorted(module.name for module in iter_modules(__path__))
    if name not in known:
        raise EstimatorUnknown(name=name, known=", ".join(known))
    found: Estimator = import_module(f"{__name__}.{name}").ESTIMATOR
    return found


def library(name: str) -> Any:
    """A library of the training extra. Raises TrainingLibraryMissing."""
    try:
        return import_module(name)
    except ImportError as error:
        raise TrainingLibraryMissing(library=name.partition(".")[0]) from error
