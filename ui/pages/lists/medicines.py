"""Medicines as a list: what is taken, what was; nothing is checked against anything here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Final

from medapp.domain.clinical import MedicationUse, Subject
from medapp.domain.datatypes import CodeableConcept, Moment, Period
from medapp.i18n import N_, Words
from medapp.services import medicines as service
from medapp.services.session import Session
from medapp.terminology import terms
from ui.forms.entry_fields import DAY, TERM, TEXT, entry_spec
from ui.itemmodels.entry_list import EntryLine
from ui.pages.lists import said
from ui.pages.lists.section import FormPlan, Section
from ui.pages.patient_facts import Facts
from ui.pages.patient_names import concept_name
from ui.pages.patient_said import dosage_words

ENDED_AS: Final = {
    "completed": N_("completed"), "stopped": N_("stopped"), "cancelled": N_("cancelled"),
    "not-taken": N_("not taken"), "unknown": N_("status unknown"), "draft": N_("draft"),
    "intended": N_("intended"), "on-hold": N_("on hold"),
}


class MedicineSection(Section):
    """Current medicines by name, past ones by the day they ended."""

    name: ClassVar[str] = "medicines"
    subject: ClassVar[Subject] = Subject.MEDICINES
    icon: ClassVar[str] = "pill"
    title: ClassVar[str] = N_("Medicines")
    add: ClassVar[str] = N_("Add medicine")
    end: ClassVar[str] = N_("Stop…")
    not_asked: ClassVar[str] = N_("Medicines not asked")
    none_current: ClassVar[str] = N_("No current medicines recorded")
    none_known: ClassVar[str] = N_("Takes no medicines (confirmed {date})")
    denied: ClassVar[str] = N_("Takes no medicines: confirmed")
    withdrawn: ClassVar[str] = N_("Medicine marked as entered in error")

    def lines(self, facts: Facts, words: Words) -> list[EntryLine]:
        found = [one for one in facts.record.medications if one.status != "entered-in-error"]
        lines = [(_rank(one, words), _line(one, words)) for one in found]
        lines.sort(key=lambda pair: pair[0])
        return [line for _, line in lines]

    def has_current(self, facts: Facts) -> bool:
        return any(one.is_current for one in facts.record.medications)

    def add_plan(self, facts: Facts) -> FormPlan:
        return FormPlan(
            "medicines-add", N_("New medicine"), N_("Add medicine for {name}"), N_("Medicine added"),
            _fields(), partial(_add, facts.patient.id), {}, _rule(facts, 0),
        )

    def change_plan(self, facts: Facts, item: int) -> FormPlan | None:
        one = _find(facts, item)
        if one is None:
            return None
        values = {
            "what": one.medication, "dosage": one.dosage, "start": one.since, "end": _end(one),
            "reason": one.reason.label if one.reason else "",
        }
        return FormPlan(
            "medicines-change", N_("Change medicine"), N_("Save change for {name}"), N_("Medicine changed"),
            _fields(), partial(_change, one), values, _rule(facts, item), _about(one), item,
        )

    def end_plan(self, facts: Facts, item: int) -> FormPlan | None:
        one = _find(facts, item)
        if one is None or not one.is_current:
            return None
        fields = (
            entry_spec("on", N_("Stopped on"), DAY), entry_spec("why", N_("Why it was stopped"), TEXT),
        )

        def rule(values: Mapping[str, Any], words: Words) -> said.Complaints:
            told = said.day_complaints(facts, words, ("", one.since), ("on", values["on"]))
            return {name: why for name, why in told.items() if name}

        return FormPlan(
            "medicines-stop", N_("Stop medicine"), N_("Stop medicine for {name}"), N_("Medicine stopped"),
            fields, lambda session, values: service.stop(session, item, values["on"], values["why"] or ""),
            {"on": said.today(facts)}, rule, _about(one), item,
        )

    def withdraw(self, session: Session, item: int) -> Any:
        return service.withdraw(session, item)


def without_dose(facts: Facts) -> int:
    """How many current medicines have no dose in the record."""
    return sum(one.is_current and not one.dosage.strip() for one in facts.record.medications)


def _fields() -> tuple[Any, ...]:
    return (
        entry_spec("what", N_("Medicine"), TERM, required=True, group=terms.SUBSTANCES),
        entry_spec("dosage", N_("Strength and dose, as taken"), TEXT),
        entry_spec("start", N_("Since (year, month or day)"), DAY),
        entry_spec("end", N_("Until, if it is to end"), DAY),
        entry_spec("reason", N_("What it is for"), TEXT),
    )


def _find(facts: Facts, item: int) -> MedicationUse | None:
    return next((one for one in facts.record.medications if one.id == item), None)


def _about(one: MedicationUse) -> Callable[[Words], str]:
    return lambda words: concept_name(one.medication, words)


def _end(one: MedicationUse) -> Moment | None:
    return one.period.end if one.period else None


def _filled(one: MedicationUse, values: Mapping[str, Any]) -> MedicationUse:
    reason = values["reason"]
    kept = one.reason if one.reason is not None and one.reason.label == reason else None
    start, end = values["start"], values["end"]
    return replace(
        one, medication=values["what"], dosage=values["dosage"] or "",
        period=Period(start, end) if start or end else None,
        reason=kept or (CodeableConcept((), reason) if reason else None),
    )


def _add(patient: int, session: Session, values: Mapping[str, Any]) -> Any:
    new = MedicationUse(0, patient, service.STATEMENT, values["what"], "active")
    return service.add(session, _filled(new, values))


def _change(one: MedicationUse, session: Session, values: Mapping[str, Any]) -> Any:
    return service.change(session, _filled(one, values))


def _rule(facts: Facts, item: int) -> Callable[[Mapping[str, Any], Words], said.Complaints]:
    others = [one for one in facts.record.medications if one.is_current and one.id != item]
    mine = _find(facts, item)

    def rule(values: Mapping[str, Any], words: Words) -> said.Complaints:
        told = said.day_complaints(
            facts, words, ("start", values["start"]), ("end", values["end"]),
            may_end_later=mine is None or mine.is_current,
        )
        if not values["dosage"]:
            told["dosage"] = ("warn", words("Without a dose it stands as “dose not recorded”."))
        if values["what"] is not None:
            name = concept_name(values["what"], words).casefold()
            if any(concept_name(one.medication, words).casefold() == name for one in others):
                told["what"] = ("warn", words("This stands on the list already."))
        return told

    return rule


def _rank(one: MedicationUse, words: Words) -> tuple[int, int, str]:
    name = concept_name(one.medication, words).lower()
    if one.is_current:
        return 0, 0, name
    if one.status == "on-hold":
        return 1, 0, name
    last = _end(one) or one.since
    return 2, -(last.seconds if last is not None else 0), name


def _line(one: MedicationUse, words: Words) -> EntryLine:
    is_held = one.status == "on-hold"
    group = N_("Current") if one.is_current else N_("On hold") if is_held else N_("Past")
    status = ENDED_AS.get(one.status)
    when = said.period_words(one.since, _end(one), words, is_past=not (one.is_current or is_held))
    why = concept_name(one.reason, words) if one.reason else ""
    if one.status_reason:
        why = words("stopped: {reason}", reason=one.status_reason)
    elif why:
        why = words("for {reason}", reason=why)
    missing = [words("dose not recorded")] if one.is_current and not one.dosage.strip() else []
    missing += [text for text in (said.uncoded(one.medication, words),) if text]
    return EntryLine(
        one.id, words(group), concept_name(one.medication, words), "", dosage_words(one.dosage, words),
        " · ".join(missing), (when, why, said.source_words(one.source, words)),
        None if one.is_current or status is None else ("neutral", words(status)),
        not (one.is_current or is_held),
    )
