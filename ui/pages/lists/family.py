"""Family history: what relatives have or had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Final

from medapp.domain.clinical import RELATIONS, FamilyMember, Subject
from medapp.i18n import N_, Words
from medapp.services import family as service
from medapp.services.session import Session
from medapp.terminology import terms
from ui.format import format_date, format_number
from ui.forms.entry_fields import NUMBER, PICK, TERM, TEXT, entry_spec
from ui.itemmodels.entry_list import EntryLine
from ui.pages.lists import said
from ui.pages.lists.section import FormPlan, Section
from ui.pages.patient_facts import Facts
from ui.pages.patient_names import concept_name

RELATIVES: Final[Mapping[str, str]] = {
    "mother": N_("Mother"), "father": N_("Father"), "sister": N_("Sister"), "brother": N_("Brother"),
    "daughter": N_("Daughter"), "son": N_("Son"), "maternal_grandmother": N_("Mother’s mother"),
    "maternal_grandfather": N_("Mother’s father"), "paternal_grandmother": N_("Father’s mother"),
    "paternal_grandfather": N_("Father’s father"), "aunt": N_("Aunt"), "uncle": N_("Uncle"),
    "other": N_("Other relative"),
}
VERIFICATIONS: Final = tuple(
    pair for pair in said.VERIFICATIONS if pair[0] in ("confirmed", "unconfirmed", "refuted")
)


class FamilySection(Section):
    """In the order of nearness."""

    name: ClassVar[str] = "family"
    subject: ClassVar[Subject] = Subject.FAMILY_HISTORY
    icon: ClassVar[str] = "group"
    title: ClassVar[str] = N_("Family history")
    add: ClassVar[str] = N_("Add family history")
    not_asked: ClassVar[str] = N_("Family history not asked")
    none_current: ClassVar[str] = N_("No family history that stands")
    none_known: ClassVar[str] = N_("No family history known (confirmed {date})")
    denied: ClassVar[str] = N_("No family history known: confirmed")
    withdrawn: ClassVar[str] = N_("Family history marked as entered in error")

    def lines(self, facts: Facts, words: Words) -> list[EntryLine]:
        order = {name: at for at, name in enumerate(RELATIONS)}
        found = sorted(
            facts.record.family_history, key=lambda one: (not one.stands, order.get(one.relation, 99), one.id)
        )
        return [_line(one, words) for one in found]

    def has_current(self, facts: Facts) -> bool:
        return any(one.stands for one in facts.record.family_history)

    def add_plan(self, facts: Facts) -> FormPlan:
        return FormPlan(
            "family-add", N_("New family history"), N_("Add family history for {name}"),
            N_("Family history added"), _fields(), partial(_add, facts.patient.id),
            {"relation": "mother", "verification": "confirmed"},
        )

    def change_plan(self, facts: Facts, item: int) -> FormPlan | None:
        one = next((one for one in facts.record.family_history if one.id == item), None)
        if one is None:
            return None
        values = {
            "what": one.condition, "relation": one.relation, "onset_age": one.onset_age, "note": one.note,
            "verification": one.verification,
        }
        return FormPlan(
            "family-change", N_("Change family history"), N_("Save change for {name}"),
            N_("Family history changed"), _fields(), partial(_change, one), values, None,
            lambda words: concept_name(one.condition, words), item,
        )

    def withdraw(self, session: Session, item: int) -> Any:
        return service.withdraw(session, item)


def relation_words(relation: str, words: Words) -> str:
    """A relative in words; what an import sent stays as it was sent."""
    known = RELATIVES.get(relation)
    return words(known) if known is not None else relation


def _fields() -> tuple[Any, ...]:
    return (
        entry_spec("relation", N_("Relative"), PICK, required=True, choices=tuple(RELATIVES.items())),
        entry_spec("what", N_("Condition"), TERM, required=True, group=terms.PROBLEMS),
        entry_spec("onset_age", N_("Age at which it began"), NUMBER, unit="a", possible=(0, service.OLDEST)),
        entry_spec("note", N_("Note"), TEXT),
        entry_spec("verification", N_("How sure"), PICK, required=True, choices=VERIFICATIONS),
    )


def _filled(one: FamilyMember, values: Mapping[str, Any]) -> FamilyMember:
    return replace(
        one, relation=values["relation"], condition=values["what"], onset_age=values["onset_age"],
        note=values["note"] or "", verification=values["verification"],
    )


def _add(patient: int, session: Session, values: Mapping[str, Any]) -> Any:
    return service.add(session, _filled(FamilyMember(0, patient, "", values["what"]), values))


def _change(one: FamilyMember, session: Session, values: Mapping[str, Any]) -> Any:
    return service.change(session, _filled(one, values))


def _line(one: FamilyMember, words: Words) -> EntryLine:
    group = N_("Relatives") if one.stands else N_("Refuted")
    age = words("age not recorded")
    if one.onset_age is not None:
        age = words("began at {age} y", age=format_number(one.onset_age, 0))
    recorded = words("recorded {date}", date=format_date(one.recorded, words))
    chip = ("info", words("unconfirmed")) if one.verification == "unconfirmed" else None
    title = words("{relative}: {condition}", relative=relation_words(one.relation, words),
                  condition=concept_name(one.condition, words))
    facts = (age, recorded, said.source_words(one.source, words))
    return EntryLine(
        one.id, words(group), title, said.code_of(one.condition), one.note,
        said.uncoded(one.condition, words), facts, chip, not one.stands,
    )
