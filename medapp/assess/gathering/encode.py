"""From a record and given inputs to the row that the graph takes, with the story of every value.

Precedence, tested: what is given beats the record; a value derived from a given
component beats a recorded one; of a recorded and a derived value the later wins.
What is wrong is named in this order: unknown name, unit, impossible value,
exclusion, population, missing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from medapp.assess.assessor import Given
from medapp.assess.card import Card, Exclusion, Feature
from medapp.assess.derivations import DERIVATIONS, ORDERED, PATIENT_VARIABLES
from medapp.assess.gathering import evidence
from medapp.assess.gathering.found import Found, InputProblem, impossible
from medapp.assess.gathering.given import read_value
from medapp.assess.inputs import InputSpec, exclusion_spec, input_specs
from medapp.assess.wording import in_both, titles
from medapp.domain.administrative import is_age_approximate
from medapp.domain.assessment import Caution, InputUsed, MissingInput, ReasonCode, Source, Status
from medapp.domain.datatypes import LocalText, Moment
from medapp.domain.record import PatientRecord
from medapp.i18n import N_

_PROBLEM_ORDER = (ReasonCode.UNKNOWN_INPUT, ReasonCode.UNIT, ReasonCode.IMPOSSIBLE_VALUE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there will be no number."""

    status: Status
    code: ReasonCode
    names: tuple[str, ...]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The graph's row [k] (NaN = unknown; none without a graph), inputs used, what is missing, any refusal.

    `values` are the features found, canonical, by name; empty where there is a refusal.
    """

    x: tuple[float, ...]
    values: Mapping[str, float | bool | str]
    inputs: tuple[InputUsed, ...]
    missing: tuple[MissingInput, ...]
    warnings: tuple[Caution, ...]
    refusal: Refusal | None


class Encoder:
    """The encoder of one card."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.specs = {spec.name: spec for spec in input_specs(card)}
        self.choices = {f.name: self.choice_ids(f) for f in card.features}

    def choice_ids(self, feature: Feature) -> tuple[str, ...]:
        """Choices in the order of their numbers in the graph: the card's, else the variable's."""
        return feature.choices or tuple(c.id for c in self.specs[feature.name].choices)

    def encode(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Encoded:
        """Everything the graph needs to know of this patient at `record.at`."""
        return _Encoding(self, record).run(inputs)

    def number(self, feature: Feature, value: float | bool | str) -> float:
        """A canonical value as the graph's number: booleans 0 or 1, choices their index."""
        if isinstance(value, str):
            return float(self.choices[feature.name].index(value))
        return float(value)


class _Encoding:
    """One encoding under way: gathers problems instead of stopping at the first."""

    def __init__(self, encoder: Encoder, record: PatientRecord) -> None:
        self.encoder = encoder
        self.card = encoder.card
        self.specs = encoder.specs
        self.record = record
        self.given: dict[str, Found] = {}
        self.problems: list[InputProblem] = []
        self.used: dict[str, Found] = {}
        self.warnings: list[Caution] = []

    def run(self, inputs: Mapping[str, Given]) -> Encoded:
        self._read_given(inputs)
        found = {f.name: self._feature(f) for f in self.card.features}
        excluded = [e for e in self.card.exclusions if self._is_excluded(e)]
        self._check_order()
        used = [self._use(value) for value in self.used.values()]
        refusal = self._refusal(found, excluded)
        has_row = refusal is None and self.card.graph is not None
        x = tuple(self._column(f, found[f.name]) for f in self.card.features) if has_row else ()
        self._warn_of_patient()
        if refusal is None:
            self._warn_of_gates(found)
        imputed = [self._imputed(f) for f in self.card.features if found[f.name] is None]
        lines = (*used, *(line for line in imputed if line is not None))
        values = {} if refusal else {name: one.value for name, one in found.items() if one is not None}
        return Encoded(x, values, lines, self._not_found(found), tuple(self.warnings), refusal)

    def _check_order(self) -> None:
        """Two values that cannot both be true give no answer, whichever is the wrong one."""
        for small, large in ORDERED:
            low, high = self.used.get(small), self.used.get(large)
            if low is None or high is None or float(low.value) < float(high.value):
                continue
            text = in_both(
                N_("Not calculated — {small} is not below {large}: one of them is wrong"),
                small=titles([low.spec.title]),
                large=titles([high.spec.title]),
            )
            self.problems.append(InputProblem(ReasonCode.IMPOSSIBLE_VALUE, f"{small},{large}", text))

    def _not_found(self, found: Mapping[str, Found | None]) -> tuple[MissingInput, ...]:
        """Features and exclusion questions without an answer; a man is not asked for pregnancies."""
        sex = self.used.get("sex")
        known = None if sex is None else sex.value
        asked = [f for f in self.card.features if found[f.name] is None and f.only_for in (None, known)]
        questions = [
            e.input
            for e in self.card.exclusions
            if e.input is not None and e.input not in self.used and e.only_for in (None, known)
            and e.input not in found
        ]
        return (
            *(MissingInput(feature.name, feature.required) for feature in asked),
            *(MissingInput(name, False) for name in questions),
        )

    def _read_given(self, inputs: Mapping[str, Given]) -> None:
        unknown = tuple(name for name in inputs if name not in self.specs)
        if unknown:
            text = in_both(
                N_("Not calculated — this assessor has no input named {inputs}"), inputs=", ".join(unknown)
            )
            self.problems.append(InputProblem(ReasonCode.UNKNOWN_INPUT, ",".join(unknown), text))
        for name, given in inputs.items():
            if name in self.specs and given.value is not None:
                value = self._try(partial(read_value, self.specs[name], given, self.record.at))
                if value is not None and self._is_possible(value):
                    self.given[name] = value

    def _try(self, look: Callable[[], Found | None]) -> Found | None:
        try:
            return look()
        except InputProblem as problem:
            self.problems.append(problem)
            return None

    def _is_possible(self, found: Found) -> bool:
        limits, value = found.spec.possible, found.value
        if limits is None or isinstance(value, (bool, str)) or limits[0] <= value <= limits[1]:
            return True
        self.problems.append(impossible(found.spec, value))
        return False

    def _feature(self, feature: Feature) -> Found | None:
        """The value of one feature after the rule of precedence, or None."""
        found = self.given.get(feature.name)
        parts: tuple[Found, ...] = ()
        if found is None:
            found, parts = self._derived_or_recorded(feature)
        if found is None or not (found.source is Source.GIVEN or self._is_possible(found)):
            return None
        if feature.expires and found.source is not Source.GIVEN and self._is_stale(feature, found.date):
            return None
        self.used[feature.name] = found
        for part in parts:
            self.used.setdefault(part.spec.name, part)
        return found

    def _derived_or_recorded(self, feature: Feature) -> tuple[Found | None, tuple[Found, ...]]:
        mapped = self._given_mapping(feature)
        if mapped is not None:
            return mapped
        derived, parts = self._derived(feature)
        if derived is not None and any(part.source is Source.GIVEN for part in parts):
            return derived, parts
        recorded = self._try(partial(self._recorded, feature))
        if derived is not None and (recorded is None or _is_later(derived.date, recorded.date)):
            return derived, parts
        return recorded, ()

    def _given_mapping(self, feature: Feature) -> tuple[Found, tuple[Found, ...]] | None:
        for name, answers in feature.map_from.items():
            source = self.given.get(name)
            answer = None if source is None else evidence.map_choice(str(source.value), answers)
            if source is not None and answer is not None:
                spec = self.specs[feature.name]
                value = answer == "yes" if spec.kind == "boolean" else answer
                return Found(spec, value, Source.DERIVED, source.value, None, source.date), (source,)
        return None

    def _derived(self, feature: Feature) -> tuple[Found | None, tuple[Found, ...]]:
        rule = DERIVATIONS.get(feature.derive or "")
        if rule is None:
            return None, ()
        parts: list[Found] = []
        for name in rule.components:
            part = self.given.get(name)
            if part is None:
                part = self._try(partial(evidence.number_of, self.record, self.specs[name]))
            if part is None or not self._is_possible(part):
                return None, ()
            parts.append(part)
        dates = [part.date for part in parts if part.date is not None]
        value = rule.rule(*(float(part.value) for part in parts))
        oldest = min(dates, key=lambda d: d.seconds, default=None)
        return Found(self.specs[feature.name], value, Source.DERIVED, date=oldest), tuple(parts)

    def _recorded(self, feature: Feature) -> Found | None:
        spec = self.specs[feature.name]
        mapped = [(self.specs[name], answers) for name, answers in feature.map_from.items()]
        if feature.name in PATIENT_VARIABLES:
            found = evidence.of_patient(self.record, spec)
            if found is not None:
                return found
        if spec.kind == "boolean":
            return evidence.yes_or_no(
                self.record,
                spec,
                feature.yes_codes,
                feature.no_codes,
                active_only=feature.active_only,
                mapped=mapped,
            )
        if spec.kind == "choice":
            return evidence.choice_of(self.record, spec) or evidence.mapped_choice(self.record, spec, mapped)
        return evidence.number_of(self.record, spec)

    def _is_excluded(self, exclusion: Exclusion) -> bool:
        """Anything found excludes, whether given or recorded: a given no hides no recorded yes."""
        name = exclusion.input or exclusion.id
        given = self.given.get(name)
        spec = self.specs.get(name) or exclusion_spec(exclusion, name)
        recorded = evidence.yes_or_no(
            self.record, spec, exclusion.codes, active_only=exclusion.active_only
        )
        found = recorded if recorded is not None and recorded.value is True else given or recorded
        if found is not None and exclusion.input is not None:
            self.used[name] = found
        return found is not None and found.value is True

    def _use(self, found: Found) -> InputUsed:
        feature = next((f for f in self.card.features if f.name == found.spec.name), None)
        flags = []
        title = titles([found.spec.title])
        if feature is not None and self._is_stale(feature, found.date):
            flags.append("stale")
            self._warn("stale", found, N_("The value of {input} is older than this assessor expects"), title)
        limits, value = found.spec.plausible, found.value
        is_number = not isinstance(value, (bool, str))
        if limits is not None and is_number and not limits[0] <= float(value) <= limits[1]:
            flags.append("implausible")
            self._warn(
                "implausible", found, N_("The value of {input} is unusual; was it entered rightly?"), title
            )
        if found.is_limit:
            self._warn(
                "limit", found, N_("{input} was sent as a limit; the limit was used as the value"), title
            )
        return found.as_used(tuple(flags))

    def _warn(self, code: str, found: Found, message: str, title: LocalText) -> None:
        self.warnings.append(Caution(code, found.spec.name, in_both(message, input=title)))

    def _warn_of_patient(self) -> None:
        patient = self.record.patient
        if patient is None:
            return
        if patient.deceased_at and patient.deceased_at.date < self.record.at.date:
            text = in_both(N_("The patient died before this date"))
            self.warnings.append(Caution("deceased", None, text))
        age = self.used.get("age")
        if age is None or age.source is not Source.DERIVED:
            return
        if is_age_approximate(patient.birth_date):
            text = in_both(N_("The birth date is not known to the day; the age is approximate"))
            self.warnings.append(Caution("approximate_age", "age", text))

    def _warn_of_gates(self, found: Mapping[str, Found | None]) -> None:
        """A question with one answer in scope, not answered: the number stands under that condition."""
        for feature in self.card.features:
            if feature.condition is None or found[feature.name] is not None:
                continue
            message = (
                N_("Holds only if this is true, which is not known: {input}")
                if feature.condition
                else N_("Holds only if this is not so, which is not known: {input}")
            )
            text = in_both(message, input=titles([self.specs[feature.name].title]))
            self.warnings.append(Caution("condition_unknown", feature.name, text))

    def _is_stale(self, feature: Feature, date: Moment | None) -> bool:
        if feature.look_back_days is None or date is None or feature.name in PATIENT_VARIABLES:
            return False
        return (self.record.at.date - date.date).days > feature.look_back_days

    def _imputed(self, feature: Feature) -> InputUsed | None:
        if feature.impute_value is None:
            return None
        spec = self.specs[feature.name]
        value = feature.impute_value >= 0.5 if spec.kind == "boolean" else feature.impute_value
        return InputUsed(feature.name, value, spec.unit, source=Source.IMPUTED)

    def _column(self, feature: Feature, found: Found | None) -> float:
        return math.nan if found is None else self.encoder.number(feature, found.value)

    def _refusal(self, found: Mapping[str, Found | None], excluded: list[Exclusion]) -> Refusal | None:
        for code in _PROBLEM_ORDER:
            problems = [p for p in self.problems if p.code is code]
            if problems:
                names = tuple(dict.fromkeys(n for p in problems for n in p.name.split(",")))
                return Refusal(Status.REFUSED, code, names, problems[0].text)
        if excluded:
            text = in_both(
                N_("Not calculated — out of scope: {inputs}"), inputs=titles([e.title for e in excluded])
            )
            names = tuple(e.input or e.id for e in excluded)
            return Refusal(Status.OUT_OF_SCOPE, ReasonCode.OUT_OF_POPULATION, names, text)
        return self._out_of_population(found) or self._missing(found)

    def _out_of_population(self, found: Mapping[str, Found | None]) -> Refusal | None:
        for feature in self.card.features:
            value = found[feature.name]
            text = None if value is None else self._outside(feature, value)
            if text is not None:
                return Refusal(Status.OUT_OF_SCOPE, ReasonCode.OUT_OF_POPULATION, (feature.name,), text)
        return None

    def _outside(self, feature: Feature, found: Found) -> Mapping[str, str] | None:
        fields: dict[str, Any] = {"input": titles([found.spec.title])}
        if found.spec.kind == "date":
            return None
        if isinstance(found.value, str):
            if found.value in self.encoder.choices[feature.name]:
                return None
            named = {c.id: c.title for c in found.spec.choices}
            allowed = [named.get(c, LocalText(c, c)) for c in self.encoder.choices[feature.name]]
            return in_both(
                N_("Not calculated — out of scope: {input} {value} (model: {allowed})"),
                **fields,
                value=named.get(found.value, LocalText(found.value, found.value)),
                allowed=titles(allowed),
            )
        if feature.valid is None or is_within(feature, float(found.value)):
            return None
        if isinstance(found.value, bool):
            answer = in_both(N_("yes") if found.value else N_("no"))
            said = LocalText(answer["en"], answer["zh_CN"])
            return in_both(N_("Not calculated — out of scope: {input}: {answer}"), **fields, answer=said)
        return in_both(
            N_("Not calculated — out of scope: {input} {value} (model: {low}–{high})"),
            **fields,
            value=_shown(found),
            low=f"{feature.valid[0]:g}",
            high=f"{feature.valid[1]:g}",
        )

    def _missing(self, found: Mapping[str, Found | None]) -> Refusal | None:
        lacking = [f.name for f in self.card.features if f.missing == "refuse" and found[f.name] is None]
        if not lacking:
            return None
        text = in_both(
            N_("Not calculated — missing: {inputs}"), inputs=titles([self.specs[n].title for n in lacking])
        )
        return Refusal(Status.INSUFFICIENT_DATA, ReasonCode.MISSING_INPUT, tuple(lacking), text)


def is_within(feature: Feature, value: float) -> bool:
    """Whether a number lies in the population the model was built on; ages count in whole years."""
    if feature.valid is None:
        return True
    low, high = feature.valid
    shown = math.floor(value) if feature.name == "age" and low == int(low) and high == int(high) else value
    return low <= shown <= high


def _shown(found: Found) -> str:
    value = float(found.value)
    return str(math.floor(value)) if found.spec.name == "age" else f"{value:.{found.spec.decimals}f}"


def _is_later(one: Moment | None, other: Moment | None) -> bool:
    return one is not None and (other is None or one.seconds > other.seconds)


__all__ = ["Encoded", "Encoder", "InputSpec", "Refusal", "is_within"]
