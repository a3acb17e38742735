"""What the Summary says: problems, medicines, vital signs; pure functions over the facts."""

from __future__ import annotations

from dataclasses import dataclass

from medapp.domain.clinical import Condition, MedicationUse
from medapp.domain.datatypes import Moment
from medapp.i18n import Words
from medapp.terminology import codesystems
from medapp.terminology.variables import variables
from ui.format import format_ago
from ui.pages.patient_facts import Facts
from ui.pages.patient_names import brief, concept_name, is_disorder, problem_chip
from ui.pages.patient_said import dosage_words
from ui.pages.results.reading import Measured, measure, value_words

VITALS = ("heart_rate", "temperature", "bmi", "spo2")
NOT_RESULTS = frozenset({"demographics", "vital_signs", "questionnaire"})


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem, its chip (message id, tone) if any, its code and the year it began."""

    title: str
    chip: tuple[str, str] | None
    code: str
    since: str
    is_disorder: bool


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """A current medicine with its dosage and the year it was begun."""

    title: str
    dosage: str
    since: str


@dataclass(frozen=True, slots=True)
class VitalLine:
    """One vital sign; `variable` opens its trend, `value` is a dash when it was not measured."""

    variable: str
    title: str
    value: str
    unit: str
    level: str
    note: str
    is_known: bool


def problem_lines(facts: Facts, words: Words) -> list[ProblemLine]:
    """Active problems: diseases first, the latest first; one line a code."""
    seen: dict[str, Condition] = {}
    for condition in facts.record.conditions:
        if condition.is_active:
            name = concept_name(condition.code, words)
            earlier = seen.get(name)
            if earlier is None or _begun(condition) < _begun(earlier):
                seen[name] = condition
    lines = [(_problem(name, one), _begun(one)) for name, one in seen.items()]
    lines.sort(key=lambda pair: (not pair[0].is_disorder, -pair[1]))
    return [line for line, _ in lines]


def _begun(condition: Condition) -> int:
    moment = condition.onset or condition.recorded
    return moment.seconds if moment is not None else 0


def _problem(name: str, condition: Condition) -> ProblemLine:
    icd = (codesystems.ICD10, codesystems.ICD10CM)
    code = next((c.code for c in condition.code.codings if c.system in icd), "")
    return ProblemLine(name, problem_chip(condition), code, _year(condition.since), is_disorder(condition))


def _year(moment: Moment | None) -> str:
    return str(moment.date.year) if moment is not None else ""


def medicine_lines(facts: Facts, words: Words) -> list[MedicineLine]:
    """Current medicines, one line each, since the earliest of their prescriptions."""
    found: dict[str, list[MedicationUse]] = {}
    for use in facts.record.medications:
        if use.is_current:
            found.setdefault(concept_name(use.medication, words), []).append(use)
    lines = []
    for name, uses in found.items():
        begun = [use.since for use in uses if use.since is not None]
        dosage = next((use.dosage for use in reversed(uses) if use.dosage), "")
        said = dosage_words(dosage, words) if dosage else words("dose not recorded")
        lines.append(MedicineLine(name, said, _year(min(begun)) if begun else ""))
    return sorted(lines, key=lambda line: line.title.lower())


def vital_lines(facts: Facts, words: Words) -> list[VitalLine]:
    """Blood pressure, pulse, temperature, BMI, oxygen saturation: each known or plainly not measured."""
    return [_pressure(facts, words), *(_vital(name, facts, words) for name in VITALS)]


def _last(name: str, facts: Facts) -> Measured | None:
    variable, values = variables().get(name), facts.trends.get(name)
    return measure(values[-1], variable, facts) if variable is not None and values else None


def _vital(name: str, facts: Facts, words: Words) -> VitalLine:
    variable, last = variables()[name], _last(name, facts)
    title = brief(variable, words, 12)
    if last is None:
        return VitalLine(name, title, "—", "", "", words("not measured"), False)
    return VitalLine(
        name, title, value_words(last.value, variable), variable.unit_label, last.level,
        format_ago(last.observation.time, facts.now, words), True,
    )


def _pressure(facts: Facts, words: Words) -> VitalLine:
    title = words("Blood pressure")
    upper, lower = _last("systolic_bp", facts), _last("diastolic_bp", facts)
    if upper is None or lower is None:
        return VitalLine("systolic_bp", title, "—", "", "", words("not measured"), False)
    levels = {upper.level, lower.level}
    level = next((one for one in ("high", "low") if one in levels), upper.level)
    return VitalLine(
        "systolic_bp", title, f"{upper.value:.0f}/{lower.value:.0f}", "mmHg", level,
        format_ago(upper.observation.time, facts.now, words), True,
    )


def vitals_date(facts: Facts) -> Moment | None:
    """When the latest of the shown vital signs was taken."""
    found = [m.observation.time for name in ("systolic_bp", *VITALS) if (m := _last(name, facts))]
    return max(found, default=None)


def result_names(facts: Facts) -> list[str]:
    """Variables that are laboratory or measured results rather than vital signs or answers."""
    known = variables()
    return [name for name in facts.trends if name in known and known[name].group not in NOT_RESULTS]
