"""Allergies: current, past, refuted. A denial is no entry: it is said above the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Final

from medapp.domain.clinical import AllergyIntolerance, Subject
from medapp.i18n import N_, Words
from medapp.services import allergies as service
from medapp.services import denials
from medapp.services.session import Session
from medapp.terminology import terms
from ui.format import format_concept, format_date, format_substance
from ui.forms.entry_fields import DAY, PICK, TERM, TEXT, entry_spec
from ui.itemmodels.entry_list import EntryLine
from ui.pages.lists import said
from ui.pages.lists.section import FormPlan, Section
from ui.pages.patient_facts import Facts
from ui.pages.patient_said import reaction_words

STATUSES: Final = (("active", N_("Current")), ("inactive", N_("Inactive")), ("resolved", N_("Resolved")))
SEVERITIES: Final = (("mild", N_("Mild")), ("moderate", N_("Moderate")), ("severe", N_("Severe")))
CRITICALITIES: Final = (
    ("high", N_("High: could be life-threatening")), ("low", N_("Low")),
    ("unable-to-assess", N_("Cannot be judged")),
)
CATEGORIES: Final = (
    ("medication", N_("Medicine")), ("food", N_("Food")), ("environment", N_("Environment")),
    ("biologic", N_("Biological")),
)
VERIFICATIONS: Final = tuple(
    pair for pair in said.VERIFICATIONS if pair[0] in ("confirmed", "unconfirmed", "refuted")
)


class AllergySection(Section):
    """The worst first, as in the banner."""

    name: ClassVar[str] = "allergies"
    subject: ClassVar[Subject] = Subject.ALLERGIES
    icon: ClassVar[str] = "allergy"
    title: ClassVar[str] = N_("Allergies")
    add: ClassVar[str] = N_("Add allergy")
    not_asked: ClassVar[str] = N_("Allergies not asked")
    none_current: ClassVar[str] = N_("No current allergy; none known is not confirmed")
    none_known: ClassVar[str] = N_("No known allergies (confirmed {date})")
    denied: ClassVar[str] = N_("No known allergies: confirmed")
    withdrawn: ClassVar[str] = N_("Allergy marked as entered in error")

    def lines(self, facts: Facts, words: Words) -> list[EntryLine]:
        found = sorted(_real(facts), key=lambda one: (_group(one)[0], rank(one)))
        return [_line(one, words) for one in found]

    def has_current(self, facts: Facts) -> bool:
        return any(one.is_active for one in facts.record.allergies)

    def is_denied(self, facts: Facts) -> bool:
        return any(one.is_denial for one in facts.record.allergies)

    def denial_words(self, facts: Facts, words: Words) -> tuple[str, str]:
        """An import's denial has a date and a source, ours a user too."""
        listed = facts.record.allergies
        if not self.is_denied(facts):
            return super().denial_words(facts, words)
        on = denials.last_confirmed(listed)
        ours = facts.record.denial(self.subject)
        if ours is not None and on is not None and ours.recorded.seconds == on.seconds:
            return super().denial_words(facts, words)
        source = max((one for one in listed if one.is_denial), key=lambda one: one.id).source
        if on is None:
            return words("No known allergies (date not recorded)"), said.source_words(source, words)
        day = format_date(on, words)
        return words(self.none_known, date=day), said.source_words(source, words)

    def add_plan(self, facts: Facts) -> FormPlan:
        values = {"status": "active", "verification": "confirmed"}
        return FormPlan(
            "allergies-add", N_("New allergy"), N_("Add allergy for {name}"), N_("Allergy added"), _fields(),
            partial(_add, facts.patient.id), values, _rule(facts, 0),
        )

    def change_plan(self, facts: Facts, item: int) -> FormPlan | None:
        one = next((one for one in facts.record.allergies if one.id == item), None)
        if one is None:
            return None
        values = {
            "what": one.code, "reaction": one.reaction, "severity": one.severity,
            "criticality": one.criticality, "category": one.category, "onset": one.onset,
            "verification": one.verification or "confirmed", "status": one.clinical_status or "active",
        }
        return FormPlan(
            "allergies-change", N_("Change allergy"), N_("Save change for {name}"), N_("Allergy changed"),
            _fields(), partial(_change, one), values, _rule(facts, item),
            partial(_title, one), item,
        )

    def withdraw(self, session: Session, item: int) -> Any:
        return service.withdraw(session, item)


def rank(one: AllergyIntolerance) -> tuple[int, int, str]:
    """The most dangerous first."""
    severity = {"severe": 0, "moderate": 1, "mild": 2}.get(one.severity, 3)
    return (0 if one.criticality == "high" else 1, severity, one.code.label)


def _real(facts: Facts) -> list[AllergyIntolerance]:
    return [
        one for one in facts.record.allergies
        if one.verification != "entered-in-error" and not one.denies_all
    ]


def _fields() -> tuple[Any, ...]:
    return (
        entry_spec("what", N_("Allergic to"), TERM, required=True, group=terms.ALLERGENS),
        entry_spec("reaction", N_("Reaction"), TEXT),
        entry_spec("criticality", N_("Risk of a next time"), PICK, choices=CRITICALITIES),
        entry_spec("severity", N_("Severity of the reaction"), PICK, choices=SEVERITIES),
        entry_spec("category", N_("Kind"), PICK, choices=CATEGORIES),
        entry_spec("onset", N_("Since (year, month or day)"), DAY),
        entry_spec("verification", N_("How sure"), PICK, required=True, choices=VERIFICATIONS),
        entry_spec("status", N_("Status"), PICK, required=True, choices=STATUSES),
    )


def _filled(one: AllergyIntolerance, values: Mapping[str, Any]) -> AllergyIntolerance:
    """The kind follows from what was chosen, unless the doctor said another."""
    term = terms.exactly(terms.ALLERGENS, values["what"].label)
    return replace(
        one, code=values["what"], clinical_status=values["status"], verification=values["verification"],
        category=values["category"] or (term.category if term is not None else ""),
        criticality=values["criticality"] or "", reaction=values["reaction"] or "",
        severity=values["severity"] or "", onset=values["onset"],
    )


def _add(patient: int, session: Session, values: Mapping[str, Any]) -> Any:
    return service.add(session, _filled(AllergyIntolerance(0, patient, values["what"]), values))


def _change(one: AllergyIntolerance, session: Session, values: Mapping[str, Any]) -> Any:
    return service.change(session, _filled(one, values))


def _rule(facts: Facts, item: int) -> Callable[[Mapping[str, Any], Words], said.Complaints]:
    others = [one for one in facts.record.allergies if one.is_active and one.id != item]

    def rule(values: Mapping[str, Any], words: Words) -> said.Complaints:
        told = said.day_complaints(facts, words, ("onset", values["onset"]), ("", None))
        if values["what"] is not None:
            name = format_substance(values["what"], words).casefold()
            if any(format_substance(one.code, words).casefold() == name for one in others):
                told["what"] = ("warn", words("This stands on the list already."))
        return told

    return rule


def _group(one: AllergyIntolerance) -> tuple[int, str]:
    if one.verification == "refuted":
        return 2, N_("Refuted")
    if one.is_partial_denial:
        return 3, N_("Denied")
    return (0, N_("Current")) if one.is_active else (1, N_("Past"))


def _title(one: AllergyIntolerance, words: Words) -> str:
    """The substance; what is said to be none keeps its whole words."""
    return format_concept(one.code, words) if one.is_said_none else format_substance(one.code, words)


def _line(one: AllergyIntolerance, words: Words) -> EntryLine:
    order, group = _group(one)
    chip = None
    if order == 0 and one.criticality == "high":
        chip = ("danger", words("high risk"))
    elif one.verification == "unconfirmed":
        chip = ("info", words("unconfirmed"))
    severity = dict(SEVERITIES).get(one.severity)
    detail = [reaction_words(one.reaction, words), words(severity).lower() if severity else ""]
    missing = [words("reaction not recorded")] if order == 0 and not one.reaction else []
    missing += [text for text in (said.uncoded(one.code, words),) if text]
    when = said.period_words(one.since, None, words)
    return EntryLine(
        one.id, words(group), _title(one, words), "",
        " · ".join(part for part in detail if part), " · ".join(missing),
        (when, said.source_words(one.source, words)), chip, order > 0,
    )
