"""From strings to arrays: check, clean and transform, with a report of what was done.

Nothing here is fitted: every step is stated in the recipe and happens alike to a
training file and to any other file of the format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from medapp.training.censoring import FollowUp
from medapp.training.datasets import RawTable, Repair
from medapp.training.design import Design, FeatureDesign, Rule, SubgroupDesign
from medapp.training.errors import CohortEmpty, ColumnEmpty, ColumnMissing
from medapp.training.types import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 10
"""Rows of a class without which nothing is learned."""
GRID = 1e4
"""Inputs are rounded to one part in this of their canonical unit, in the graph too,
unless the recipe calls them exact.

A value that was converted and back differs in its last bits; rounded, it falls
on the same side of every cut.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """The cohort of one file as arrays.

    `x` [n, k] in canonical units, NaN unknown; `y` [n] the index of the class;
    `rows` [n] the 0-based line of each in the file; `groups` [n] numbers of the
    groups that a split keeps whole; `complete` [n] whether every required input
    is there; `subgroups` the label of each row along each subgroup column; `follow_up`
    how long each was followed, where the outcome is that of a horizon (`y` of those lost
    before it is a place-holder, their weight nought).
    """

    x: FloatArray
    y: IntArray
    rows: IntArray
    groups: IntArray
    complete: BoolArray
    subgroups: dict[str, list[str]]
    file: str
    sha256: str
    total: int
    excluded: dict[str, int]
    repairs: tuple[Repair, ...]
    follow_up: FollowUp | None = None

    @property
    def known(self) -> BoolArray:
        """Whether each row's outcome is known: False for those lost before the horizon."""
        follow_up = self.follow_up
        return np.ones(len(self.y), dtype=np.bool_) if follow_up is None else follow_up.known

    def weights(self) -> FloatArray | None:
        """How many each row stands for [n], among the rows at hand; None: one each."""
        return None if self.follow_up is None else self.follow_up.weights()

    def scored(self) -> Table:
        """The rows that lack no required input."""
        return self.take(np.flatnonzero(self.complete))

    def take(self, index: IntArray) -> Table:
        """The rows at `index`, in that order."""
        return Table(
            self.x[index], self.y[index], self.rows[index], self.groups[index], self.complete[index],
            {by: [labels[i] for i in index] for by, labels in self.subgroups.items()},
            self.file, self.sha256, self.total, self.excluded, self.repairs,
            None if self.follow_up is None else self.follow_up.take(index),
        )


def tabulate(design: Design, raw: RawTable) -> Table:
    """The cohort of a file after the recipe.

    Raises ColumnMissing for a required column, CohortEmpty when there is nothing
    to learn or measure. An optional column that is absent is unknown throughout.
    """
    frame = raw.frame
    repairs = list(raw.repairs)
    keep, excluded = _cohort(design, frame)
    outcome, labelled = _outcome(design, frame)
    unlabelled = int((keep & ~labelled).sum())
    if unlabelled:
        excluded["outcome_unknown"] = excluded.get("outcome_unknown", 0) + unlabelled
    rows = np.flatnonzero(keep & labelled)
    part = frame.iloc[rows]
    columns = [_column(feature, part, repairs) for feature in design.features]
    x = prepare(design, np.column_stack(columns))
    needed = [i for i, feature in enumerate(design.features) if feature.required]
    y, follow_up = _at_horizon(design, part, outcome[rows])
    table = Table(
        x, y, rows, _groups(design, part),
        np.asarray(~np.isnan(x[:, needed]).any(axis=1)),
        {s.by: _labels(s, part) for s in design.subgroups},
        raw.file, raw.sha256, len(frame), excluded, tuple(repairs), follow_up,
    )
    _check(table)
    return table


def refuse_empty(design: Design, table: Table) -> None:
    """Nothing can be learned from a feature without a value, nor of a class without ten rows.

    Raises ColumnEmpty, CohortEmpty.
    """
    classes, counts = np.unique(table.y[table.known], return_counts=True)
    if counts.min() < FEWEST:
        raise CohortEmpty(rows=int(counts.sum()), classes=len(classes))
    for place, feature in enumerate(design.features):
        if np.isnan(table.x[:, place]).all():
            raise ColumnEmpty(column=feature.column)


def prepare(design: Design, x: FloatArray) -> FloatArray:
    """What the graph does first to its input [n, k]: completed years, rounding, clamping."""
    whole, low, high = limits(design)
    plain = x if design.exact else np.round(x * GRID) / GRID
    stepped = np.where(whole, np.floor(x + 1.0 / GRID), plain)
    with np.errstate(invalid="ignore"):
        raised = np.where(stepped < low, low, stepped)
        prepared: FloatArray = np.where(raised > high, high, raised)
    return prepared


def limits(design: Design) -> tuple[BoolArray, FloatArray, FloatArray]:
    """Per feature: whether it is floored, its lower and its upper clamp (infinite: none)."""
    features = design.features
    return (
        np.array([f.whole for f in features]),
        np.array([-np.inf if f.low is None else float(f.low) for f in features]),
        np.array([np.inf if f.high is None else float(f.high) for f in features]),
    )


def numbers(column: pd.Series) -> FloatArray:
    """A column of strings as numbers; what is no number is NaN."""
    import pandas as pd

    found: FloatArray = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, copy=True)
    return found


def _cohort(design: Design, frame: pd.DataFrame) -> tuple[BoolArray, dict[str, int]]:
    keep = np.ones(len(frame), dtype=np.bool_)
    excluded: dict[str, int] = {}
    for rule in design.cohort:
        passes = _passes(rule, frame)
        out = int((keep & ~passes).sum())
        if out:
            excluded[rule.reason] = excluded.get(rule.reason, 0) + out
        keep &= passes
    return keep, excluded


def _passes(rule: Rule, frame: pd.DataFrame) -> BoolArray:
    column = _required(frame, rule.column)
    passes = np.ones(len(frame), dtype=np.bool_)
    if rule.one_of:
        passes &= column.isin(rule.one_of).to_numpy()
    if rule.at_least is not None or rule.at_most is not None:
        values = numbers(column)
        low = -np.inf if rule.at_least is None else rule.at_least
        high = np.inf if rule.at_most is None else rule.at_most
        passes &= (values >= low) & (values <= high)
    return passes


def _outcome(design: Design, frame: pd.DataFrame) -> tuple[IntArray, BoolArray]:
    column = _required(frame, design.outcome.column)
    outcome = np.full(len(frame), -1, dtype=np.int64)
    for index, written in enumerate(design.outcome.classes.values()):
        outcome[column.isin(written).to_numpy()] = index
    return outcome, outcome >= 0


def _at_horizon(
    design: Design, frame: pd.DataFrame, ended: IntArray
) -> tuple[IntArray, FollowUp | None]:
    """The class at the horizon of how follow-up `ended`, and the follow-up; as it is without one.

    Raises ColumnMissing; a length of follow-up that is no number counts as nought.
    """
    if design.censoring is None:
        return ended, None
    lead = design.outcome.ids.index(design.outcome.lead_class)
    days = np.nan_to_num(numbers(_required(frame, design.censoring.time)), nan=0.0)
    follow_up = FollowUp(days, np.asarray(ended == lead), design.censoring.horizon)
    return np.where(follow_up.had_event, lead, 1 - lead).astype(np.int64), follow_up


def _column(feature: FeatureDesign, frame: pd.DataFrame, repairs: list[Repair]) -> FloatArray:
    if feature.column not in frame.columns and not feature.required:
        repairs.append(Repair(feature.column, len(frame), "the column is absent: unknown in every row"))
        return np.full(len(frame), np.nan)
    column = _required(frame, feature.column)
    mapped = numbers(column.map(dict(feature.values))) if feature.values else numbers(column)
    values: FloatArray = (mapped * feature.factor).astype(np.float64)
    _report(feature, column, values, repairs)
    if feature.possible is not None:
        low, high = feature.possible
        with np.errstate(invalid="ignore"):
            values[(values < low) | (values > high)] = np.nan
    return values


def _report(
    feature: FeatureDesign, column: pd.Series, values: FloatArray, repairs: list[Repair]
) -> None:
    low = -np.inf if feature.low is None else feature.low
    high = np.inf if feature.high is None else feature.high
    with np.errstate(invalid="ignore"):
        findings = [
            (np.isnan(values) & (column != "").to_numpy(), "not understood: taken as unknown"),
            (values < low, f"below {low:g}: raised to it"),
            (values > high, f"above {high:g}: lowered to it"),
        ]
        if feature.possible is not None:
            least, most = feature.possible
            outside = (values < least) | (values > most)
            findings.append((outside, f"outside {least:g} to {most:g}: taken as unknown"))
    repairs.extend(
        Repair(feature.column, int(found.sum()), what) for found, what in findings if found.any()
    )


def _required(frame: pd.DataFrame, column: str) -> pd.Series:
    if column not in frame.columns:
        raise ColumnMissing(column=column)
    found: pd.Series = frame[column]
    return found


def _groups(design: Design, frame: pd.DataFrame) -> IntArray:
    names = [name for name in design.split.groups if name in frame.columns]
    if not names:
        return np.arange(len(frame), dtype=np.int64)
    labels = frame[names].agg("\x1f".join, axis=1).to_numpy()
    numbered: IntArray = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    return numbered


def _labels(subgroup: SubgroupDesign, frame: pd.DataFrame) -> list[str]:
    if subgroup.column not in frame.columns:
        return [""] * len(frame)
    column = frame[subgroup.column]
    if not subgroup.bands:
        return [str(value) for value in column]
    return [_band(subgroup.bands, value) for value in numbers(column)]


def _band(bands: tuple[float, ...], value: float) -> str:
    if np.isnan(value) or value < bands[0]:
        return ""
    index = int(np.searchsorted(bands, value, side="right")) - 1
    if index == len(bands) - 1:
        return f"{bands[-1]:g}+"
    return f"{bands[index]:g}-{bands[index + 1] - 1:g}"


def _check(table: Table) -> None:
    classes, counts = np.unique(table.y[table.complete & table.known], return_counts=True)
    if len(classes) < 2 or counts.sum() < 2 * FEWEST:
        raise CohortEmpty(rows=int(counts.sum()), classes=len(classes))
