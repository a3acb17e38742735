"""The recipe of a model: `design.toml` read into frozen nouns.

One declarative file says where the data come from, who is in the cohort, what
the outcome is, which columns become which variables, how rows are split, what
is fitted over which grid, and with which seed. The engine knows no model.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from medapp.training.errors import DesignInvalid

DESIGN_FILE: Final = "design.toml"
SPLITS: Final = ("grouped", "rows", "leave_one_group_out")


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data set: its reader, its file below $MEDAPP_DATA, and whose it is.

    `package`: the file lies inside this installed package instead. `parts`: `file` is a
    folder, and these files of it, of one format, are the data set; `sha256` is then that
    of their bytes one after the other.
    """

    reader: str
    file: str
    sha256: str
    origin: str
    licence: str
    citation: str
    dates: str
    options: Mapping[str, Any] = field(default_factory=dict)
    package: str = ""
    parts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who stays in the cohort; the others are counted under `reason`."""

    column: str
    reason: str
    at_least: float | None = None
    at_most: float | None = None
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeatureDesign:
    """How a column becomes an input in the canonical unit.

    `values` maps written answers to numbers (a choice to its index in `choices`,
    which the card repeats; no and yes to 0 and 1). `factor` converts to the canonical unit.
    `whole` floors (completed years), `low` and `high` clamp; both happen again
    inside the graph. `possible` limits what is believed: outside, unknown.
    `excludes`: a yes puts a patient out of scope (texts.toml says so); rows of a data
    set are used all the same.
    """

    name: str
    column: str
    required: bool
    kind: str = "number"
    choices: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    factor: float = 1.0
    whole: bool = False
    low: float | None = None
    high: float | None = None
    possible: tuple[float, float] | None = None
    monotone: int = 0
    excludes: bool = False
    card: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutcomeDesign:
    """The column to be predicted and which written values make which class.

    `classes` is in the order of the graph's `probability` columns. `unions` names
    classes that are also measured together against the rest (`auroc_<name>`).
    """

    column: str
    classes: Mapping[str, tuple[str, ...]]
    lead_class: str
    unions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.classes)


@dataclass(frozen=True, slots=True)
class CensoringDesign:
    """The outcome is that of a horizon, in the unit of the column `time`, the length of follow-up.

    The outcome column then says how follow-up ended; who was lost before the horizon
    has no outcome, and the others are weighted (`medapp.training.censoring`).
    """

    time: str
    horizon: float


@dataclass(frozen=True, slots=True)
class SplitDesign:
    """How rows are kept apart: whole groups, `folds` outer and `inner` folds, repeated.

    The grid is compared over `inner_repeats` divisions into inner folds. `averaged`: the
    figures are means over the repeats, for data so few that one division says little.
    """

    kind: str
    groups: tuple[str, ...]
    folds: int
    inner: int
    repeats: int
    inner_repeats: int = 1
    averaged: bool = False


@dataclass(frozen=True, slots=True)
class EstimatorDesign:
    """The algorithm, its fixed parameters and the grid tuned in the inner folds."""

    algorithm: str
    parameters: Mapping[str, Any]
    grid: tuple[Mapping[str, Any], ...]
    recalibrate: bool = False


@dataclass(frozen=True, slots=True)
class PointDesign:
    """An operating point: a given value, or the one that reaches a sensitivity or specificity.

    It lies on the probability of the lead class, or of the union of classes named `of`.
    """

    id: str
    value: float | None
    sensitivity: float | None
    specificity: float | None
    step: float
    of: str = ""


@dataclass(frozen=True, slots=True)
class SubgroupDesign:
    """A column along which the figures are shown apart; `bands` cuts a number."""

    by: str
    column: str
    bands: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Design:
    """The whole recipe.

    `exact`: inputs are not rounded (`medapp.training.table.GRID`), for smooth models of small numbers.
    """

    id: str
    version: str
    seed: int
    data: DataSource
    cohort: tuple[Rule, ...]
    outcome: OutcomeDesign
    features: tuple[FeatureDesign, ...]
    split: SplitDesign
    estimator: EstimatorDesign
    points: tuple[PointDesign, ...]
    subgroups: tuple[SubgroupDesign, ...]
    card: Mapping[str, Any]
    golden: tuple[Mapping[str, Any], ...] = ()
    censoring: CensoringDesign | None = None
    exact: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(feature.name for feature in self.features)


def read_design(folder: Path) -> Design:
    """The recipe in a model folder. Raises DesignInvalid, which names the key."""
    path = folder / DESIGN_FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DesignInvalid(model=folder.name, key=DESIGN_FILE, expected="a file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignInvalid(model=folder.name, key=DESIGN_FILE, expected="TOML in UTF-8") from error
    return parse_design(values, folder.name)


def parse_design(values: Mapping[str, Any], model: str) -> Design:
    """The recipe in a parsed document; `model` is used in complaints."""
    try:
        design = _design(values)
    except KeyError as error:
        raise DesignInvalid(model=model, key=str(error.args[0]), expected="a value") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise DesignInvalid(model=model, key="?", expected=str(error)) from error
    _check(design, model)
    return design


def _design(values: Mapping[str, Any]) -> Design:
    outcome = values["outcome"]
    return Design(
        id=values["id"], version=values["version"], seed=int(values["seed"]),
        data=DataSource(**values["data"]),
        cohort=tuple(_rule(rule) for rule in values.get("cohort", ())),
        outcome=OutcomeDesign(
            outcome["column"], {k: tuple(v) for k, v in outcome["classes"].items()}, outcome["lead_class"],
            {k: tuple(v) for k, v in outcome.get("unions", {}).items()},
        ),
        features=tuple(_feature(feature) for feature in values["features"]),
        split=_split(values["split"]),
        estimator=_estimator(values["estimator"]),
        points=tuple(_point(point) for point in values.get("operating_points", ())),
        subgroups=tuple(
            SubgroupDesign(s["by"], s["column"], tuple(map(float, s.get("bands", ()))))
            for s in values.get("subgroups", ())
        ),
        card=values.get("card", {}), golden=tuple(values.get("golden", ())),
        exact=bool(values.get("exact", False)), censoring=_censoring(values.get("censoring")),
    )


def _censoring(values: Mapping[str, Any] | None) -> CensoringDesign | None:
    return None if values is None else CensoringDesign(values["time"], float(values["horizon"]))


def _rule(values: Mapping[str, Any]) -> Rule:
    return Rule(
        values["column"], values["reason"], values.get("at_least"), values.get("at_most"),
        tuple(values.get("one_of", ())),
    )


def _feature(values: Mapping[str, Any]) -> FeatureDesign:
    possible = values.get("possible")
    choices = tuple(values.get("choices", ()))
    return FeatureDesign(
        name=values["name"], column=values["column"], required=bool(values.get("required", False)),
        kind=values.get("kind", "number"), choices=choices,
        values={
            str(written): float(choices.index(v) if isinstance(v, str) else v)
            for written, v in values.get("values", {}).items()
        },
        factor=float(values.get("factor", 1.0)), whole=bool(values.get("whole", False)),
        low=values.get("low"), high=values.get("high"),
        possible=None if possible is None else (float(possible[0]), float(possible[1])),
        monotone=int(values.get("monotone", 0)),
        excludes=bool(values.get("excludes", False)), card=dict(values.get("card", {})),
    )


def _split(values: Mapping[str, Any]) -> SplitDesign:
    return SplitDesign(
        values["kind"], tuple(values.get("groups", ())), int(values["folds"]), int(values["inner"]),
        int(values.get("repeats", 1)), int(values.get("inner_repeats", 1)),
        bool(values.get("averaged", False)),
    )


def _estimator(values: Mapping[str, Any]) -> EstimatorDesign:
    return EstimatorDesign(
        values["algorithm"], dict(values.get("parameters", {})),
        tuple(dict(point) for point in values.get("grid", ())) or ({},),
        bool(values.get("recalibrate", False)),
    )


def _point(values: Mapping[str, Any]) -> PointDesign:
    return PointDesign(
        values["id"], values.get("value"), values.get("sensitivity"), values.get("specificity"),
        float(values.get("step", 0.01)), values.get("of", ""),
    )


def _check(design: Design, model: str) -> None:
    def refuse(key: str, expected: str) -> None:
        raise DesignInvalid(model=model, key=key, expected=expected)

    if design.id != model:
        refuse("id", model)
    if design.split.kind not in SPLITS:
        refuse("split.kind", " | ".join(SPLITS))
    if design.split.kind != "rows" and not design.split.groups:
        refuse("split.groups", "columns that name the group of a row")
    if len(design.outcome.classes) < 2 or design.outcome.lead_class not in design.outcome.classes:
        refuse("outcome.classes", "two or more classes, the lead class among them")
    if not all(set(union) <= set(design.outcome.ids) for union in design.outcome.unions.values()):
        refuse("outcome.unions", "names of classes")
    if design.censoring is not None and len(design.outcome.classes) != 2:
        refuse("censoring", "two classes")
    if len(set(design.names)) != len(design.features) or not design.features:
        refuse("features", "distinct names")
    for point in design.points:
        if point.of and point.of not in design.outcome.unions:
            refuse("operating_points.of", "a name of outcome.unions")
        if sum(v is not None for v in (point.value, point.sensitivity, point.specificity)) != 1:
            refuse("operating_points", "one of value, sensitivity, specificity")
