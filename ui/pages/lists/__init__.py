"""The lists of the record that a doctor writes: problems, allergies, medicines, family history."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ui.pages.lists.allergies import AllergySection
from ui.pages.lists.family import FamilySection
from ui.pages.lists.medicines import MedicineSection
from ui.pages.lists.problems import ProblemSection
from ui.pages.lists.section import FormPlan, Section

__all__ = ["SECTIONS", "FormPlan", "Section"]

_ALL = (ProblemSection(), AllergySection(), MedicineSection(), FamilySection())
SECTIONS: Mapping[str, Section] = MappingProxyType({section.name: section for section in _ALL})
"""By name: problems, allergies, medicines, family."""
