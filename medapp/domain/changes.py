"""What an action changed, so that pages refresh by kind and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of thing that a page can depend on."""

    PATIENT = "patient"
    OBSERVATION = "observation"
    CONDITION = "condition"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    ENCOUNTER = "encounter"
    PROCEDURE = "procedure"
    IMMUNISATION = "immunisation"
    FAMILY_HISTORY = "family_history"
    PREGNANCY = "pregnancy"
    DENIAL = "denial"
    NOTE = "note"
    DOCUMENT = "document"
    APPOINTMENT = "appointment"
    REVIEW = "review"
    TASK = "task"
    OUTCOME = "outcome"
    DRAFT = "draft"
    ASSESSMENT = "assessment"
    IMPORT = "import"
    USER = "user"
    MODEL = "model"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds changed, and for which patients; None means any patient."""

    kinds: frozenset[Kind] = frozenset()
    patients: frozenset[int] | None = frozenset()

    def touches(self, patient: int, *kinds: Kind) -> bool:
        """Whether a page about `patient` that shows `kinds` must refresh."""
        concerns = self.patients is None or patient in self.patients
        return concerns and not self.kinds.isdisjoint(kinds)
