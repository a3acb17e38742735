"""Columns of a linear or kernel model: scaled numbers and one column a choice, nothing unknown.

Fitted on the training part alone. The graph does the same from the raw input: what
`medapp.training.table.prepare` does, then the columns here. An unknown value takes the
mean of the training part, so that on the common scale it is nought; with a condition, the
mean among those of whom the condition is true, or not true: what a chest pain type lets
expect of an exercise test that was not done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from medapp.training.design import Design
from medapp.training.export.graph import GraphBuilder
from medapp.training.table import GRID, limits
from medapp.training.types import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the feature, the choice it is 1 for (None: the number), `is_size`: without sign."""

    feature: int
    choice: int | None = None
    is_size: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """The columns with middle and scale [m]; `expected` [2, m] is what an unknown value is taken for.

    Row 1 of `expected` where the column `condition` is 1, row 0 elsewhere, on the common
    scale; all nought without a condition.
    """

    columns: tuple[Column, ...]
    middle: FloatArray
    scale: FloatArray
    expected: FloatArray
    condition: int | None = None

    def raw(self, x: FloatArray) -> FloatArray:
        """The columns [n, m] of prepared inputs [n, k], neither filled nor scaled."""
        return np.column_stack([_values(column, x) for column in self.columns])

    def parts(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Known values and those taken for unknown ones, [n, m] each, on the common scale."""
        scaled = (self.raw(x) - self.middle) / self.scale
        unknown = np.isnan(scaled)
        known = np.where(unknown, 0.0, scaled)
        if self.condition is None:
            return known, np.zeros_like(known)
        is_met = self.raw(x)[:, self.condition] == 1.0
        return known, np.where(unknown, self.expected[is_met.astype(np.int64)], 0.0)

    def values(self, x: FloatArray) -> FloatArray:
        """The columns [n, m] as a model takes them."""
        known, guessed = self.parts(x)
        return known + guessed


@dataclass(frozen=True, slots=True)
class BasisDesign:
    """What a recipe may say of the columns, by feature name.

    `choices`: the answers that have a column (default: all of more than two). `sizes`:
    features whose sign says nothing. `expected_by`: the feature and answer on which the
    means of the unknown depend.
    """

    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sizes: Sequence[str] = ()
    expected_by: Sequence[str] = ()


def fit(design: Design, x: FloatArray, how: BasisDesign | None = None) -> Basis:
    """The columns of a recipe, middle and scale taken from prepared inputs [n, k]."""
    how = how or BasisDesign()
    columns = _columns(design, how)
    raw = np.column_stack([_values(column, x) for column in columns])
    known = ~np.isnan(raw)
    middle = _mean(raw, known)
    scale = np.sqrt(_mean((raw - middle) ** 2, known))
    scale = np.where(scale > 1e-12, scale, 1.0)
    expected, condition = np.zeros((2, len(columns))), None
    if how.expected_by:
        name, answer = how.expected_by
        feature = design.names.index(name)
        wanted = Column(feature, design.features[feature].choices.index(answer))
        condition = columns.index(wanted)
        for value in (0, 1):
            among = known & (raw[:, [condition]] == value)
            mean = np.where(among.any(axis=0), _mean(raw, among), middle)
            expected[value] = (mean - middle) / scale
    return Basis(columns, middle, scale, expected, condition)


def _columns(design: Design, how: BasisDesign) -> tuple[Column, ...]:
    columns: list[Column] = []
    for place, feature in enumerate(design.features):
        answers: Sequence[str] = how.choices.get(feature.name, feature.choices)
        if len(feature.choices) > 2:
            columns.extend(Column(place, feature.choices.index(answer)) for answer in answers)
        elif feature.name not in how.choices or answers:
            columns.append(Column(place, None, feature.name in how.sizes))
    return tuple(columns)


def _values(column: Column, x: FloatArray) -> FloatArray:
    values = x[:, column.feature]
    if column.choice is not None:
        chosen: FloatArray = np.where(np.isnan(values), np.nan, values == column.choice)
        return chosen
    return np.abs(values) if column.is_size else values


def _mean(values: FloatArray, among: BoolArray) -> FloatArray:
    count = np.maximum(among.sum(axis=0), 1)
    mean: FloatArray = np.where(among, values, 0.0).sum(axis=0) / count
    return mean


def prepared(build: GraphBuilder, design: Design) -> str:
    """The nodes that do to `x` what `table.prepare` does; the name of their output (double)."""
    whole, low, high = limits(design)
    name = "x"
    if not design.exact:
        step = build.constant("grid", np.array(GRID))
        near = build.node("Round", [build.node("Mul", [name, step], "in_steps")], "nearest")
        name = build.node("Div", [near, step], "rounded")
    if whole.any():
        raised = build.node("Add", ["x", build.constant("hair", np.array(1.0 / GRID))], "raised")
        floor = build.node("Floor", [raised], "completed")
        name = build.node("Where", [build.constant("is_whole", whole), floor, name], "stepped")
    if np.isfinite(low).any():
        name = _clamped(build, name, "low", "Less", low)
    if np.isfinite(high).any():
        name = _clamped(build, name, "high", "Greater", high)
    return name


def _clamped(build: GraphBuilder, name: str, side: str, kind: str, limit: FloatArray) -> str:
    edge = build.constant(f"{side}_limits", limit)
    beyond = build.node(kind, [name, edge], f"beyond_{side}")
    return build.node("Where", [beyond, edge, name], f"within_{side}")


def export(
    build: GraphBuilder, design: Design, basis: Basis, dtype: Any = np.float64, *, is_scaled: bool = True
) -> tuple[str, str | None]:
    """Nodes for `parts`: names of the known and of the guessed columns (None: they are nought).

    Numbers are cast to `dtype` first; where every feature is required nothing is unknown. Without
    `is_scaled` the middle is taken off and the scale is left to the nodes that follow.
    """
    name = prepared(build, design)
    if dtype is np.float32:
        name = build.cast(name, "narrow")
    name = _gathered(build, design, basis, name, dtype)
    condition = None
    if basis.condition is not None:
        place = build.constant("condition_place", np.array([basis.condition]))
        condition = build.node("Gather", [name, place], "condition", axis=1)
    middle = build.constant("middle", basis.middle.astype(dtype))
    scaled = build.node("Sub", [name, middle], "centred")
    if is_scaled:
        steepness = build.constant("steepness", (1.0 / basis.scale).astype(dtype))
        scaled = build.node("Mul", [scaled, steepness], "scaled")
    if all(design.features[column.feature].required for column in basis.columns):
        return scaled, None
    zero = build.constant("zero", np.array(0.0, dtype=dtype))
    unknown = build.node("IsNaN", [scaled], "unknown")
    known = build.node("Where", [unknown, zero, scaled], "known")
    if condition is None:
        return known, None
    met = build.node("Equal", [condition, build.constant("unity", np.array(1.0, dtype=dtype))], "met")
    rows = [build.constant(f"expected_{value}", basis.expected[[value]].astype(dtype)) for value in (1, 0)]
    expected = build.node("Where", [met, *rows], "expected")
    return known, build.node("Where", [unknown, expected, zero], "guessed")


def _gathered(build: GraphBuilder, design: Design, basis: Basis, name: str, dtype: Any) -> str:
    columns = basis.columns
    places = [column.feature for column in columns]
    if places != list(range(len(design.features))):
        name = build.node("Gather", [name, build.constant("places", np.array(places))], "gathered", axis=1)
    sizes = np.array([column.is_size for column in columns])
    if sizes.any():
        size = build.node("Abs", [name], "sizes")
        name = build.node("Where", [build.constant("is_size", sizes), size, name], "sized")
    choices = np.array([-1.0 if c.choice is None else c.choice for c in columns], dtype=dtype)
    if (choices >= 0).any():
        chosen = build.node("Equal", [name, build.constant("choices", choices)], "chosen")
        ends = [build.constant(f"is_{value}", np.array(value, dtype=dtype)) for value in (1, 0)]
        number = build.node("Where", [chosen, *ends], "one_hot")
        blank = build.node("IsNaN", [name], "blank")
        open_ = build.node("Where", [blank, name, number], "one_hot_or_blank")
        name = build.node("Where", [build.constant("is_choice", choices >= 0), open_, name], "columns")
    return name
