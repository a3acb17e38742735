"""The lists of the record that a doctor writes: problems, allergies, medicines, family history."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ui.pages.lists.allergies import AllergySection
from ui.pages.lists.family import FamilySection
from ui.pages.lists.medicines import MedicineSection
from ui.pages.lists.problems import ProblemSection
from ui.pages.lists.section import DRAFT, FormPlan, Section
from ui.pages.patient_facts import Facts

__all__ = ["DRAFT", "SECTIONS", "FormPlan", "Section", "plan_of"]

_ALL = (ProblemSection(), AllergySection(), MedicineSection(), FamilySection())
SECTIONS: Mapping[str, Section] = MappingProxyType({section.name: section for section in _ALL})
"""By name: problems, allergies, medicines, family."""


def plan_of(facts: Facts, kind: str, item: int) -> tuple[str, FormPlan | None]:
    """The section and the form that a draft of a kind was begun in; no form when its entry is gone."""
    name, _, verb = kind.removeprefix(DRAFT).partition("-")
    section = SECTIONS[name]
    if verb == "add":
        return name, section.add_plan(facts)
    return name, section.change_plan(facts, item) if verb == "change" else section.end_plan(facts, item)
