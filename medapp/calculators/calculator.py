"""A bedside score as an Assessor: a card, an equation, and the working shown.

It refuses as every assessor does (units, impossible values, population, what is missing) and never
takes an unknown for a no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from medapp.assess.assessor import APP, Given, not_calculated, reference
from medapp.assess.card import Card, Feature, IntervalSpec, OutputSpec
from medapp.assess.gathering.encode import Encoded, Encoder, Refusal
from medapp.assess.wording import in_both, titles
from medapp.calculators.declare import About, Example, Output
from medapp.calculators.worked import Band, Needs, OutOfRange, Worked
from medapp.domain.assessment import (
    Assessment,
    Caution,
    Contribution,
    Contributions,
    InputUsed,
    MissingInput,
    Outcome,
    Provenance,
    ReasonCode,
    Source,
    Status,
)
from medapp.domain.datatypes import LocalText
from medapp.domain.record import PatientRecord
from medapp.i18n import N_

Value = float | bool | str
Values = Mapping[str, Any]
"""Canonical values by input; what is unknown is absent. Defaults of choices are filled in."""

Compute = Callable[[Values], Worked]
Extremes = Callable[[Values], tuple[float, float]]
"""Lowest and highest the answer could be, whatever the unknown inputs are."""


@dataclass(frozen=True)  # not slotted: card and encoder are made once and kept
class Calculator:
    """One score. `extremes` is given by scores that can say a range with inputs unknown."""

    about: About
    inputs: tuple[Feature, ...]
    outputs: tuple[Output, ...]
    compute: Compute
    examples: tuple[Example, ...]
    extremes: Extremes | None = None
    bands: tuple[Band, ...] = field(default=(), kw_only=True)
    """The bands of the answer in rising order, where they are the same for everybody."""

    @property
    def id(self) -> str:
        return self.about.id

    @cached_property
    def card(self) -> Card:
        """The contract, of the same make as a model's."""
        about, first = self.about, self.outputs[0]
        return Card(
            id=about.id, version=about.version, kind="score", title=about.title, summary=about.summary,
            setting=about.setting, modality="tabular", task="regression", algorithm="published rule",
            temporality="prognosis" if about.is_prognosis else "diagnosis", reviewed_by="",
            intended_use=about.summary, population=about.population, users=_USERS,
            output=OutputSpec(first.title, None, None, False, (), first.unit, first.decimals),
            out_of_scope=about.out_of_scope, cautions=about.cautions, references=(about.reference,),
            features=self.inputs, interval=IntervalSpec(method="none"),
        )

    @cached_property
    def encoder(self) -> Encoder:
        return Encoder(self.card)

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        """The answer at `record.at`, with every step of the working."""
        encoded = self.encoder.encode(record, inputs)
        if encoded.refusal is not None:
            return self._refused(record, encoded, encoded.refusal)
        values = self._with_defaults(encoded.values)
        unknown = any(f.name not in values and f.condition is None for f in self.inputs)
        if unknown and self.extremes is not None:
            return self._ranged(record, encoded, values)
        try:
            worked = self.compute(values)
        except OutOfRange as outside:
            text = in_both(N_("Not calculated — out of scope: {why}"), why=outside.text)
            refusal = Refusal(Status.OUT_OF_SCOPE, ReasonCode.OUT_OF_POPULATION, outside.names, text)
            return self._refused(record, encoded, refusal)
        except Needs as needs:
            return self._refused(record, encoded, self._lacking(needs.names), needs.names)
        return self._final(record, encoded, worked)

    def value_of(self, values: Values) -> Worked | None:
        """The bare calculation on canonical values that were checked; None where it refuses."""
        try:
            return self.compute(self._with_defaults(values))
        except (OutOfRange, Needs):
            return None

    def _with_defaults(self, values: Values) -> dict[str, Any]:
        defaults = {f.name: f.default for f in self.inputs if f.default is not None}
        return {**defaults, **values}

    def _lacking(self, names: tuple[str, ...]) -> Refusal:
        shown = titles([self.encoder.specs[name].title for name in names])
        text = in_both(N_("Not calculated — missing: {inputs}"), inputs=shown)
        return Refusal(Status.INSUFFICIENT_DATA, ReasonCode.MISSING_INPUT, names, text)

    def _refused(
        self, record: PatientRecord, encoded: Encoded, refusal: Refusal, needed: tuple[str, ...] = ()
    ) -> Assessment:
        answer = not_calculated(
            self.card, record, refusal.status, refusal.code, refusal.text, names=refusal.names,
            inputs=encoded.inputs, missing=self._missing(encoded, needed),
        )
        return replace(answer, warnings=encoded.warnings)

    def _missing(self, encoded: Encoded, needed: tuple[str, ...]) -> tuple[MissingInput, ...]:
        """What was not found; a choice with a default is no gap, what a variant needs is required."""
        defaults = {f.name for f in self.inputs if f.default is not None}
        return tuple(
            MissingInput(one.name, one.required or one.name in needed)
            for one in encoded.missing
            if one.name not in defaults
        )

    def _ranged(self, record: PatientRecord, encoded: Encoded, values: Values) -> Assessment:
        """Items unknown: the range the score could still take, and no number."""
        assert self.extremes is not None
        low, high = self.extremes(values)
        missing = self._missing(encoded, ())
        conditions = {f.name for f in self.inputs if f.condition is not None}
        names = tuple(one.name for one in missing if one.name not in conditions)
        answer = self._refused(record, encoded, self._lacking(names))
        first = self.outputs[0]
        outcome = Outcome("range", first.title.as_dict(), [low, high], first.unit)
        return replace(answer, outcome=outcome)

    def _final(self, record: PatientRecord, encoded: Encoded, worked: Worked) -> Assessment:
        first = self.outputs[0]
        band = worked.band
        category = worked.category or (band.id if band else None)
        extra: dict[str, Mapping[str, Any]] = {
            name: {"value": value, "unit": unit} for name, (value, unit) in worked.extra.items()
        }
        if band is not None and band.risk is not None:
            extra["risk"] = {"value": band.risk, "unit": "1"}
        return Assessment(
            assessor=reference(self.card),
            at=record.at.isoformat(),
            status=Status.FINAL,
            provenance=Provenance(APP),
            patient=record.patient.mrn if record.patient else None,
            outcome=Outcome(
                first.type, first.title.as_dict(), worked.value, first.unit, category=category, extra=extra,
                items=tuple(_step(step) for step in worked.steps),
            ),
            inputs=(*encoded.inputs, *self._assumed(encoded)),
            missing=self._missing(encoded, ()),
            contributions=_points(worked, first),
            warnings=(*encoded.warnings, *_meaning(worked), *_cautions(worked)),
        )

    def _assumed(self, encoded: Encoded) -> tuple[InputUsed, ...]:
        """Choices nobody made, as they were taken."""
        return tuple(
            InputUsed(f.name, f.default, source=Source.DERIVED)
            for f in self.inputs
            if f.default is not None and f.name not in encoded.values
        )


_USERS = LocalText("Physicians", "医生")


def _step(step: Any) -> Mapping[str, Any]:
    return {
        "title": step.title.as_dict(), "expression": step.expression, "value": step.value, "unit": step.unit
    }


def _points(worked: Worked, output: Output) -> Contributions | None:
    if not worked.points:
        return None
    items = tuple(Contribution(name, value) for name, value in worked.points)
    return Contributions("points", output.name, worked.base, items)


def _meaning(worked: Worked) -> tuple[Caution, ...]:
    if worked.band is None:
        return ()
    return (Caution("meaning", None, worked.band.title.as_dict()),)


def _cautions(worked: Worked) -> tuple[Caution, ...]:
    return tuple(Caution(code, None, text.as_dict()) for code, text in worked.cautions)
