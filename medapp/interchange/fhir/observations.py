"""FHIR Observation becomes rows: one for its own value, one for each component."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from medapp.domain.datatypes import Moment
from medapp.i18n import N_
from medapp.interchange.batch import CodeKey, PatientKey, Row, SourceKey
from medapp.interchange.fhir import structs
from medapp.interchange.fhir.collector import Collector
from medapp.interchange.fhir.concepts import Codes, Known, answer_in
from medapp.interchange.fhir.dates import Dates
from medapp.interchange.fhir.decode import Decoded
from medapp.interchange.fhir.patients import BAD_DATE, FUTURE_DATE
from medapp.interchange.fhir.quantities import COMPARATORS, Scale, Scales

Valued: TypeAlias = structs.Observation | structs.Component
_STATUSES: Final = frozenset(
    {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"}
)
_UNTAKEN: Final = ("valueRange", "valueRatio", "valueSampledData", "valueTime", "valuePeriod")

_Answer: TypeAlias = tuple[
    float | None, str | None, str | None, CodeKey | None, str | None, float | None, str | None
]
"""value, unit, text, coded, comparator, value sent, unit sent: places 4 to 10 of a row."""
_Head: TypeAlias = tuple[PatientKey, int, int, SourceKey | None, str, SourceKey]
"""patient, seconds, packed, encounter, status, source."""
_NOTHING: Final[_Answer] = (None, None, None, None, None, None, None)


@dataclass(slots=True)
class Observations:
    """Maps the observations of one file; caches stay between its parts."""

    codes: Codes
    scales: Scales
    dates: Dates
    found: Collector
    now: int

    def rows(
        self, decoded: Decoded, patient: PatientKey, encounter: SourceKey | None, source: SourceKey
    ) -> list[Row]:
        """The rows of one resource; none when it says nothing that can be kept (an issue tells)."""
        sent: structs.Observation = decoded.resource
        moment = self._moment(decoded)
        if moment is None:
            return []
        status = sent.status
        if status not in _STATUSES:
            status = self._status(decoded)
        head = (patient, moment.seconds, moment.packed, encounter, status, source)
        components = sent.component
        if not components:
            row = self._row(decoded, sent, "", head, None)
            return [row] if row is not None else []
        return self._panel(decoded, components, head)

    def _panel(self, decoded: Decoded, components: list[structs.Component], head: _Head) -> list[Row]:
        sent: structs.Observation = decoded.resource
        panel = head[5].id
        rows = []
        if _has_value(sent):
            rows.append(self._row(decoded, sent, "", head, panel))
        for index, component in enumerate(components):
            rows.append(self._row(decoded, component, f"component[{index}].", head, panel))
        return list(_told_apart(row for row in rows if row is not None))

    def _row(
        self, decoded: Decoded, sent: Valued, prefix: str, head: _Head, panel: str | None
    ) -> Row | None:
        known = self.codes.known(sent.code)
        if known is None:
            message = N_("This observation names no code; it is kept and not used.")
            self.found.error("no_code", decoded.where(prefix + "code"), message)
            return None
        if known.variable is None:
            self._unknown(decoded, prefix, known)
        answer = self._answer(decoded, sent, prefix, known)
        if answer is None:
            return None
        low, high = self._range(decoded, sent, prefix, known) if sent.referenceRange else (None, None)
        patient, seconds, packed, encounter, status, source = head
        return (
            patient, known.key, seconds, packed, *answer, low, high, encounter, source.system, status,
            panel, source.id,
        )  # fmt: skip

    def _answer(self, decoded: Decoded, sent: Valued, prefix: str, known: Known) -> _Answer | None:
        """What was found, in FHIR's order of likelihood; None when nothing was sent."""
        quantity = sent.valueQuantity
        if quantity is not None:
            return self._quantity(decoded, quantity, prefix, known)
        if sent.valueCodeableConcept is not None:
            return self._coded(decoded, sent.valueCodeableConcept, prefix, known)
        if sent.valueString is not None:
            words, field = sent.valueString, prefix + "valueString"
            return self._understood(decoded, structs.Concept(text=words), field, known, words, None)
        if sent.valueBoolean is not None:
            return (float(sent.valueBoolean), None, None, None, None, float(sent.valueBoolean), None)
        if sent.valueInteger is not None:
            scale = self.scales.bare(known)
            return self._number(decoded, sent.valueInteger, None, prefix + "valueInteger", scale)
        if sent.valueDateTime is not None:
            return self._date(decoded, sent.valueDateTime, prefix)
        return self._absent(decoded, sent, prefix)

    def _quantity(self, decoded: Decoded, sent: structs.Quantity, prefix: str, known: Known) -> _Answer:
        if sent.value is None or not math.isfinite(sent.value):
            message = N_("This quantity has no number.")
            self.found.warning("no_number", decoded.where(prefix + "valueQuantity.value"), message)
            return _NOTHING
        comparator = sent.comparator
        if comparator is not None and comparator not in COMPARATORS:
            message = N_("This comparison is none of FHIR's; the number is kept and not used.")
            where = decoded.where(prefix + "valueQuantity.comparator")
            self.found.warning("unknown_comparator", where, message)
            return (None, None, None, None, None, sent.value, sent.unit or sent.code)
        scale = self.scales.scale(known, sent)
        return self._number(decoded, sent.value, comparator, prefix + "valueQuantity", scale)

    def _number(
        self, decoded: Decoded, sent: float, comparator: str | None, field: str, scale: Scale
    ) -> _Answer:
        if not scale.is_convertible:
            self._unit(decoded, field, scale)
            return (None, None, None, None, comparator, sent, scale.unit_sent)
        value = scale.canonical(sent)
        low, high = scale.plausible
        if not low <= value <= high:
            lowest, highest = scale.possible
            if not lowest <= value <= highest:
                message = N_("This value is impossible; it is kept as sent and never used.")
                self.found.warning("impossible_value", decoded.where(field), message)
                return (None, None, None, None, comparator, sent, scale.unit_sent)
            message = N_("This value is outside the plausible range; it is used and flagged.")
            self.found.warning("implausible_value", decoded.where(field), message)
        return (value, scale.unit, None, None, comparator, sent, scale.unit_sent)

    def _coded(self, decoded: Decoded, sent: structs.Concept, prefix: str, known: Known) -> _Answer:
        coded = self.codes.known(sent)
        key = coded.key if coded is not None and coded.key[0] else None
        text = sent.text or next((c.display for c in sent.coding or () if c.display), None)
        if text is None and coded is not None:
            text = coded.key[1]
        return self._understood(decoded, sent, prefix + "valueCodeableConcept", known, text, key)

    def _understood(
        self, decoded: Decoded, sent: structs.Concept, field: str, known: Known, text: str | None,
        key: CodeKey | None,
    ) -> _Answer:  # fmt: skip
        """The answer as the variable knows it: the choice's id as text, yes and no as 1 and 0."""
        variable = known.variable
        if variable is None or not (variable.choices or variable.answers):
            return (None, None, text, key, None, None, None)
        meant = answer_in(variable, sent)
        if meant is None:
            message = N_("This answer is none of the known ones; it is kept as sent and not used.")
            self.found.note("unknown_answer", decoded.where(field), message)
        elif isinstance(meant, bool):
            return (float(meant), None, text, key, None, None, None)
        else:
            text = meant
        return (None, None, text, key, None, None, None)

    def _date(self, decoded: Decoded, sent: str, prefix: str) -> _Answer:
        moment = self.dates.moment(sent)
        if moment is None:
            self.found.warning("bad_date", decoded.where(prefix + "valueDateTime"), BAD_DATE)
            return _NOTHING
        return (None, None, moment.isoformat(), None, None, None, None)

    def _absent(self, decoded: Decoded, sent: Valued, prefix: str) -> _Answer | None:
        where = decoded.where(prefix + "value")
        if sent.dataAbsentReason is not None:
            message = N_("Nothing was measured, and the sender says so; no value is kept.")
            self.found.note("not_measured", where, message)
            return _NOTHING
        if any(getattr(sent, name, structs.ABSENT) is not structs.ABSENT for name in _UNTAKEN):
            message = N_("A value of this kind (range, ratio, period, time or curve) is kept and not used.")
            self.found.warning("value_kind", where, message)
        else:
            self.found.note("no_value", where, N_("This observation has no value; it is kept and not used."))
        return None

    def _range(
        self, decoded: Decoded, sent: Valued, prefix: str, known: Known
    ) -> tuple[float | None, float | None]:
        """The laboratory's own limits, converted like the value; only a range for everybody counts."""
        for one in sent.referenceRange or ():
            kind = (one.type.coding or ()) if one.type is not None else ()
            if one.appliesTo or any(coding.code not in (None, "normal") for coding in kind):
                continue
            low, high = self._limit(one.low, sent, known), self._limit(one.high, sent, known)
            if low is not None and high is not None and low > high:
                message = N_("This reference range begins above its end; it was left out.")
                self.found.warning("bad_range", decoded.where(prefix + "referenceRange"), message)
                continue
            return low, high
        return None, None

    def _limit(self, limit: structs.Quantity | None, sent: Valued, known: Known) -> float | None:
        if limit is None or limit.value is None or not math.isfinite(limit.value):
            return None
        has_unit = limit.unit or limit.code
        scale = self.scales.scale(known, limit if has_unit else sent.valueQuantity or limit)
        return scale.canonical(limit.value) if scale.is_convertible else None

    def _moment(self, decoded: Decoded) -> Moment | None:
        """When it was true of the patient: effective time, else when it was made known."""
        sent: structs.Observation = decoded.resource
        text = sent.effectiveDateTime
        if text is None:
            period = sent.effectivePeriod
            text = sent.effectiveInstant or ((period.start or period.end) if period else None) or sent.issued
        moment = self.dates.moment(text)
        if moment is None:
            field = decoded.where("effectiveDateTime")
            if text is not None:
                self.found.error("bad_date", field, BAD_DATE)
            else:
                message = N_("This observation has no date; it is kept and not used.")
                self.found.error("no_date", field, message)
        elif moment.seconds > self.now:
            self.found.warning("future_date", decoded.where("effectiveDateTime"), FUTURE_DATE)
        return moment

    def _status(self, decoded: Decoded) -> str:
        message = N_("The status is missing or none of FHIR's; it was taken as unknown.")
        self.found.warning("unknown_status", decoded.where("status"), message)
        return "unknown"

    def _unknown(self, decoded: Decoded, prefix: str, known: Known) -> None:
        if self.found.is_first("unknown_code", known.key):
            message = N_("This code is not in the dictionary; its values are kept and shown only.")
            self.found.note("unknown_code", decoded.where(prefix + "code"), message)

    def _unit(self, decoded: Decoded, field: str, scale: Scale) -> None:
        if scale.unit_sent is None:
            message = N_("This number was sent without a unit; it is kept as sent and not used.")
            self.found.warning("no_unit", decoded.where(field + ".unit"), message)
        else:
            message = N_("This unit cannot be converted for this variable; the number is kept and not used.")
            self.found.warning("unit_not_convertible", decoded.where(field + ".unit"), message)


def _told_apart(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of a panel; a second component of one code gets a source id of its own."""
    times: dict[CodeKey, int] = {}
    for row in rows:
        times[row[1]] = count = times.get(row[1], 0) + 1
        yield row if count == 1 else (*row[:-1], f"{row[-1]}#{count}")


def _has_value(sent: structs.Observation) -> bool:
    return any(
        value is not None
        for value in (
            sent.valueQuantity, sent.valueCodeableConcept, sent.valueString, sent.valueBoolean,
            sent.valueInteger, sent.valueDateTime,
        )
    )  # fmt: skip
