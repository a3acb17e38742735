"""Problems: active, past, refuted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Final

from medapp.domain.clinical import Condition, Subject
from medapp.i18n import N_, Words
from medapp.services import problems as service
from medapp.services.session import Session
from medapp.terminology import terms
from ui.forms.entry_fields import DAY, PICK, TERM, entry_spec
from ui.itemmodels.entry_list import EntryLine
from ui.pages.lists import said
from ui.pages.lists.section import FormPlan, Section
from ui.pages.patient_facts import Facts
from ui.pages.patient_names import concept_name, is_disorder, problem_chip

STATUSES: Final = (
    ("active", N_("Active")), ("recurrence", N_("Recurrence")), ("relapse", N_("Relapse")),
    ("inactive", N_("Inactive")), ("remission", N_("In remission")), ("resolved", N_("Resolved")),
)
ENDINGS: Final = tuple(pair for pair in STATUSES if pair[0] in service.ENDED)


class ProblemSection(Section):
    """Problems open with what is active; a finding stands behind the diseases."""

    name: ClassVar[str] = "problems"
    subject: ClassVar[Subject] = Subject.PROBLEMS
    icon: ClassVar[str] = "list"
    title: ClassVar[str] = N_("Problems")
    add: ClassVar[str] = N_("Add problem")
    end: ClassVar[str] = N_("End…")
    not_asked: ClassVar[str] = N_("Problems not asked")
    none_current: ClassVar[str] = N_("No active problem recorded")
    none_known: ClassVar[str] = N_("No problems known (confirmed {date})")
    denied: ClassVar[str] = N_("No problems known: confirmed")
    withdrawn: ClassVar[str] = N_("Problem marked as entered in error")

    def lines(self, facts: Facts, words: Words) -> list[EntryLine]:
        found = [one for one in facts.record.conditions if one.verification != "entered-in-error"]
        lines = [(_rank(one), _line(one, words)) for one in found]
        lines.sort(key=lambda pair: pair[0])
        return [line for _, line in lines]

    def has_current(self, facts: Facts) -> bool:
        return any(one.is_active for one in facts.record.conditions)

    def add_plan(self, facts: Facts) -> FormPlan:
        values = {"status": "active", "verification": "confirmed"}
        return FormPlan(
            "problems-add", N_("New problem"), N_("Add problem for {name}"), N_("Problem added"), _fields(),
            partial(_add, facts.patient.id), values, _rule(facts, 0),
        )

    def change_plan(self, facts: Facts, item: int) -> FormPlan | None:
        one = _find(facts, item)
        if one is None:
            return None
        values = {
            "what": one.code, "status": one.clinical_status or "active",
            "verification": one.verification or "confirmed", "onset": one.onset, "abatement": one.abatement,
        }
        return FormPlan(
            "problems-change", N_("Change problem"), N_("Save change for {name}"), N_("Problem changed"),
            _fields(), partial(_change, one), values, _rule(facts, item), _about(one), item,
        )

    def end_plan(self, facts: Facts, item: int) -> FormPlan | None:
        one = _find(facts, item)
        if one is None or not one.is_active:
            return None
        fields = (
            entry_spec("on", N_("Ended on"), DAY),
            entry_spec("status", N_("Now"), PICK, required=True, choices=ENDINGS),
        )

        def rule(values: Mapping[str, Any], words: Words) -> said.Complaints:
            told = said.day_complaints(facts, words, ("", one.onset), ("on", values["on"]))
            return {name: why for name, why in told.items() if name}

        return FormPlan(
            "problems-end", N_("End problem"), N_("End problem for {name}"), N_("Problem ended"), fields,
            lambda session, values: service.end(session, item, values["on"], values["status"]),
            {"on": said.today(facts), "status": "resolved"}, rule, _about(one), item,
        )

    def withdraw(self, session: Session, item: int) -> Any:
        return service.withdraw(session, item)


def _fields() -> tuple[Any, ...]:
    return (
        entry_spec("what", N_("Problem"), TERM, required=True, group=terms.PROBLEMS),
        entry_spec("onset", N_("Since (year, month or day)"), DAY),
        entry_spec("verification", N_("How sure"), PICK, required=True, choices=said.VERIFICATIONS),
        entry_spec("status", N_("Status"), PICK, required=True, choices=STATUSES),
        entry_spec("abatement", N_("Ended (year, month or day)"), DAY),
    )


def _find(facts: Facts, item: int) -> Condition | None:
    return next((one for one in facts.record.conditions if one.id == item), None)


def _about(one: Condition) -> Callable[[Words], str]:
    return lambda words: concept_name(one.code, words)


def _filled(one: Condition, values: Mapping[str, Any]) -> Condition:
    return replace(
        one, code=values["what"], clinical_status=values["status"], verification=values["verification"],
        onset=values["onset"], abatement=values["abatement"],
    )


def _add(patient: int, session: Session, values: Mapping[str, Any]) -> Any:
    return service.add(session, _filled(Condition(0, patient, values["what"]), values))


def _change(one: Condition, session: Session, values: Mapping[str, Any]) -> Any:
    return service.change(session, _filled(one, values))


def _rule(facts: Facts, item: int) -> Callable[[Mapping[str, Any], Words], said.Complaints]:
    """Dates that cannot be; an end of what is active; a problem that stands on the list already."""
    others = [one for one in facts.record.conditions if one.is_active and one.id != item]

    def rule(values: Mapping[str, Any], words: Words) -> said.Complaints:
        told = said.day_complaints(
            facts, words, ("onset", values["onset"]), ("abatement", values["abatement"])
        )
        if values["abatement"] is not None and values["status"] not in service.ENDED:
            why = words("What is active has no end. Change the status too.")
            told.setdefault("abatement", ("error", why))
        what = values["what"]
        if what is not None and any(_is_same(one, what, words) for one in others):
            told["what"] = ("warn", words("This stands on the list already."))
        return told

    return rule


def _is_same(one: Condition, what: Any, words: Words) -> bool:
    return concept_name(one.code, words).casefold() == concept_name(what, words).casefold()


def _group(one: Condition) -> tuple[int, str]:
    if one.verification == "refuted":
        return 2, N_("Refuted")
    return (0, N_("Active")) if one.is_active else (1, N_("Past"))


def _rank(one: Condition) -> tuple[int, bool, int]:
    begun = one.onset or one.recorded
    return _group(one)[0], not is_disorder(one), -(begun.seconds if begun is not None else 0)


def _line(one: Condition, words: Words) -> EntryLine:
    order, group = _group(one)
    chip = problem_chip(one)
    when = said.period_words(one.since, one.abatement, words, is_past=order == 1)
    return EntryLine(
        one.id, words(group), concept_name(one.code, words), said.code_of(one.code),
        missing=said.uncoded(one.code, words), facts=(when, said.source_words(one.source, words)),
        chip=None if chip is None else (chip[1], words(chip[0])), is_past=order > 0,
    )
