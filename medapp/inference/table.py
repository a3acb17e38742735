"""Scoring whole columns: the same three verbs, vectorised, chunk by chunk.

Chunks of 16,384 rows stay in the processor's cache between encoding, the graph
and decoding; a million rows cost little more than the graph alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from medapp.assess.card import Feature
from medapp.assess.derivations import DERIVATIONS, ORDERED
from medapp.assess.errors import WrongInputFile
from medapp.assess.gathering.encode import Encoder
from medapp.assess.gathering.evidence import map_choice
from medapp.domain.assessment import Status
from medapp.inference.decode import Decoder
from medapp.inference.infer import Scorer
from medapp.runtime.session import BATCH
from medapp.terminology import units as unit_table

Array = NDArray[np.float64]
CHUNK: Final = 16_384
IMPOSSIBLE_CHOICE: Final = -2.0
OTHER_CHOICE: Final = -1.0
"""Indices of a choice that nobody knows, and of one that only the variable knows."""
STATUSES: Final = (Status.FINAL, Status.INSUFFICIENT_DATA, Status.OUT_OF_SCOPE, Status.REFUSED)
FINAL, INSUFFICIENT, OUT_OF_SCOPE, REFUSED = range(4)


@dataclass(frozen=True, slots=True)
class Predictions:
    """Answers for n rows. Where `status` is not FINAL the numbers are NaN.

    `status` [n] indexes STATUSES; `probabilities` [n, classes] ([n, 1]: the
    quantity); `value` [n] is the lead class's probability or the quantity, `low`
    and `high` [n] its interval, None when the model has none or it was not asked for.
    """

    status: NDArray[np.int8]
    probabilities: Array
    value: Array
    low: Array | None
    high: Array | None

    def status_of(self, row: int) -> Status:
        return STATUSES[int(self.status[row])]


def predict(
    scorer: Scorer,
    encoder: Encoder,
    decoder: Decoder,
    columns: Mapping[str, Any],
    *,
    units: Mapping[str, str] | None = None,
    intervals: bool = True,
    threads: int = BATCH,
    cancelled: Callable[[], bool] | None = None,
    is_unlike: Callable[[Array], NDArray[np.bool_]] | None = None,
) -> Predictions:
    """Score columns of equal length, by input name.

    Numbers are canonical unless `units` names another unit for a column; NaN, None
    and "" are unknown; yes-or-no is bool, 0/1; choices are ids or their indices.
    `is_unlike` says which rows are too unlike the training data for an answer.
    Raises WrongInputFile for an unknown column or unlike lengths; the units'
    KnownErrors for a unit that cannot be converted.
    """
    table = _Table(encoder, columns, units or {})
    width = max(1, len(encoder.card.output.classes))
    status = np.empty(table.rows, np.int8)
    answers = np.empty((table.rows, width))
    for start in range(0, table.rows, CHUNK):
        if cancelled is not None and cancelled():
            status, answers = status[:start], answers[:start]
            break
        part = slice(start, min(start + CHUNK, table.rows))
        x, status[part] = table.encode(part)
        if is_unlike is not None:
            status[part][(status[part] == FINAL) & is_unlike(x)] = OUT_OF_SCOPE
        answers[part] = scorer.run(x, threads=threads).probability
    is_bad = status != FINAL
    if is_bad.any():
        answers[is_bad] = np.nan
    value = np.ascontiguousarray(answers[:, encoder.card.output.lead_index])
    limits = decoder.intervals(value) if intervals else None
    low, high = (None, None) if limits is None else limits
    return Predictions(status, answers, value, low, high)


class _Table:
    """The columns as numbers, ready to be cut into chunks."""

    def __init__(self, encoder: Encoder, columns: Mapping[str, Any], units: Mapping[str, str]) -> None:
        unknown = [name for name in columns if name not in encoder.specs]
        lengths = {len(column) for column in columns.values()}
        if unknown or len(lengths) > 1:
            raise WrongInputFile(where=", ".join(unknown) or "rows")
        self.encoder = encoder
        self.card = encoder.card
        self.rows = lengths.pop() if lengths else 0
        self.answers = {n: np.asarray(c) for n, c in columns.items() if encoder.specs[n].kind == "choice"}
        self.columns = {
            name: self._numbers(name, column, units.get(name)) for name, column in columns.items()
        }
        self.limits = self._limits()

    def _numbers(self, name: str, column: Any, unit: str | None) -> Array:
        spec, values = self.encoder.specs[name], np.asarray(column)
        others = tuple(c.id for c in spec.choices)
        choices = self.encoder.choices.get(name) or others
        if spec.kind == "choice" and values.dtype.kind in "OUST":
            return _indices(values, choices, others)
        if values.dtype.kind in "OUST":
            values = np.array([_number(value) for value in values.tolist()])
        numbers: Array = values.astype(np.float64, copy=False)
        if unit is not None and unit != spec.unit:
            conversion = unit_table.conversion(name, unit)
            numbers = np.round(numbers * conversion.factor + conversion.offset, 10)
        return _known_indices(numbers, len(choices)) if spec.kind == "choice" else numbers

    def _limits(self) -> dict[str, tuple[float, float]]:
        """Of each number that has them the limits outside of which a value is impossible or out of scope."""
        found = {}
        valid = {feature.name: feature.valid for feature in self.card.features}
        for name in self.columns:
            spec = self.encoder.specs[name]
            if spec.kind == "number" and spec.possible is not None:
                scope = valid.get(name) or spec.possible
                found[name] = (max(spec.possible[0], scope[0]), min(spec.possible[1], scope[1]))
        return found

    def encode(self, part: slice) -> tuple[Array, NDArray[np.int8]]:
        """Rows of the graph's input [m, k] and their status [m]."""
        count = part.stop - part.start
        x = np.empty((count, len(self.card.features)))
        status = np.zeros(count, np.int8)
        refused = np.zeros(count, bool)
        plain = {name for name, column in self.columns.items() if self._is_plain(name, column[part])}
        for name in self.columns.keys() - plain:
            refused |= self._is_impossible(name, self.columns[name][part])
        for small, large in ORDERED:
            if small in self.columns and large in self.columns:
                refused |= self.columns[small][part] >= self.columns[large][part]
        for position, feature in enumerate(self.card.features):
            values = self._feature(feature, part, refused)
            x[:, position] = np.nan if values is None else values
            if feature.name in plain:
                continue
            if feature.missing == "refuse":
                lacking = np.isnan(x[:, position]) & (status < INSUFFICIENT)
                status[lacking] = INSUFFICIENT
            outside = None if values is None else self._is_outside(feature, values)
            if outside is not None:
                status[outside] = OUT_OF_SCOPE
        for exclusion in self.card.exclusions:
            found = self.columns.get(exclusion.input or "")
            if found is not None:
                status[found[part] == 1.0] = OUT_OF_SCOPE
        status[refused] = REFUSED
        return x, status

    def _is_plain(self, name: str, values: Array) -> bool:
        """Whether all are known and lie in every range: two passes, where telling which do not takes ten."""
        limits = self.limits.get(name)
        return limits is not None and bool(limits[0] <= values.min() and values.max() <= limits[1])

    def _feature(self, feature: Feature, part: slice, refused: NDArray[np.bool_]) -> Array | None:
        sent = self.columns.get(feature.name)
        column = None if sent is None else sent[part]
        for name, answers in feature.map_from.items():
            if name in self.answers and _is_open(column):
                column = _filled(column, self._mapped(feature, self.answers[name][part], answers))
        rule = DERIVATIONS.get(feature.derive or "")
        if rule is not None and _is_open(column) and all(n in self.columns for n in rule.components):
            with np.errstate(divide="ignore", invalid="ignore"):
                derived = np.asarray(rule.rule(*(self.columns[n][part] for n in rule.components)))
            unused = np.zeros(len(derived), bool) if column is None else ~np.isnan(column)
            refused |= self._is_impossible(feature.name, derived) & ~unused
            column = _filled(column, derived)
        return column

    def _is_impossible(self, name: str, values: Array) -> NDArray[np.bool_]:
        spec = self.encoder.specs[name]
        bad: NDArray[np.bool_]
        if spec.kind == "boolean":
            bad = ~((values == 0.0) | (values == 1.0) | np.isnan(values))
            return bad
        if spec.kind == "choice":
            bad = values == IMPOSSIBLE_CHOICE
            return bad
        low, high = spec.possible or (-np.finfo(float).max, np.finfo(float).max)
        bad = (values < low) | (values > high)
        if spec.kind == "integer":
            bad |= np.abs(values - np.rint(values)) > 1e-6
        return bad

    def _mapped(self, feature: Feature, values: NDArray[Any], answers: Mapping[str, str]) -> Array:
        result = np.full(len(values), np.nan)
        for choice in set(values.tolist()):
            answer = map_choice(choice, answers) if isinstance(choice, str) else None
            if answer is not None:
                value: bool | str = answer == "yes" if answer in ("yes", "no") else answer
                result[values == choice] = self.encoder.number(feature, value)
        return result

    def _is_outside(self, feature: Feature, column: Array) -> NDArray[np.bool_] | None:
        outside: NDArray[np.bool_]
        if self.encoder.specs[feature.name].kind == "choice":
            outside = column == OTHER_CHOICE
            return outside
        if feature.valid is None:
            return None
        low, high = feature.valid
        if feature.name == "age" and low == int(low) and high == int(high):
            outside = (column < low) | (column >= high + 1.0)
        else:
            outside = (column < low) | (column > high)
        return outside


def _is_open(column: Array | None) -> bool:
    return column is None or bool(np.isnan(column).any())


def _indices(values: NDArray[Any], choices: tuple[str, ...], others: tuple[str, ...]) -> Array:
    """Choice ids as their indices; those that only the variable knows as OTHER_CHOICE."""
    result = np.full(len(values), IMPOSSIBLE_CHOICE)
    for choice in others:
        result[values == choice] = OTHER_CHOICE
    for index, choice in enumerate(choices):
        result[values == choice] = index
    result[[value in (None, "") or value != value for value in values.tolist()]] = np.nan
    return result


def _known_indices(values: Array, count: int) -> Array:
    """Choice indices as sent; others become IMPOSSIBLE_CHOICE."""
    is_index = (values >= 0) & (values < count) & (values == np.rint(values))
    return np.where(is_index | np.isnan(values), values, IMPOSSIBLE_CHOICE)


def _number(value: object) -> float:
    if value is None or value == "":
        return float("nan")
    if isinstance(value, (int, float)):
        return float(value)
    raise WrongInputFile(where=type(value).__name__)


def _filled(column: Array | None, other: Array) -> Array:
    return other if column is None else np.where(np.isnan(column), other, column)
