"""The record of one patient as known at a moment: what an assessor reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from medapp.domain.administrative import Encounter, Patient
from medapp.domain.clinical import (
    AllergyIntolerance,
    Condition,
    Denial,
    FamilyMember,
    Immunisation,
    MedicationUse,
    Observation,
    Procedure,
    Subject,
)
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Pregnancy


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """Everything in the record that was true up to and including `at`.

    `observations` may be partial (the latest of each code) when the caller asked
    for that; the assessors need no more. A record without a patient carries given
    inputs only.
    """

    at: Moment
    patient: Patient | None = None
    observations: tuple[Observation, ...] = ()
    conditions: tuple[Condition, ...] = ()
    medications: tuple[MedicationUse, ...] = ()
    allergies: tuple[AllergyIntolerance, ...] = ()
    encounters: tuple[Encounter, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    immunisations: tuple[Immunisation, ...] = ()
    pregnancies: tuple[Pregnancy, ...] = ()
    family_history: tuple[FamilyMember, ...] = ()
    denials: tuple[Denial, ...] = ()
    _latest: dict[str, Observation] = field(default_factory=dict, compare=False, repr=False)

    def latest(self, variable: str) -> Observation | None:
        """The newest usable observation of a variable at `at`, or None.

        A later-stored row wins among equal times.
        """
        if not self._latest and self.observations:
            for observation in self.observations:
                name = observation.variable
                if name is None or not observation.is_usable:
                    continue
                if observation.time.is_after(self.at):
                    continue
                best = self._latest.get(name)
                if best is None or (observation.time.seconds, observation.id) > (
                    best.time.seconds,
                    best.id,
                ):
                    self._latest[name] = observation
        return self._latest.get(variable)

    def denial(self, subject: Subject) -> Denial | None:
        """The newest "none known" that stands; None is "not asked"."""
        said = [one for one in self.denials if one.subject is subject]
        return max(said, key=lambda one: (one.recorded.seconds, one.id), default=None)
