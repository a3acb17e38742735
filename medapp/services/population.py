"""Where a value stands in a population, said in a sentence."""

from __future__ import annotations

from medapp.domain.administrative import Patient, age_at
from medapp.domain.clinical import Observation
from medapp.i18n import N_, Words
from medapp.terminology import population
from medapp.terminology.population import Standing

_GROUPS = {
    ("female", True): N_("US women of {low} to {high}"),
    ("male", True): N_("US men of {low} to {high}"),
    ("female", False): N_("US women of {low} and over"),
    ("male", False): N_("US men of {low} and over"),
}


def standing_of(observation: Observation, patient: Patient, *, is_pregnant: bool = False) -> Standing | None:
    """Where a measured value stands among people of that sex and age; None where nothing can be said.

    A value with a comparator is no value; a pregnant woman is not compared, for none was counted.
    """
    value, name = observation.value, observation.variable
    if value is None or name is None or observation.comparator or is_pregnant or not observation.is_usable:
        return None
    age = age_at(patient.birth_date, observation.time)
    return population.standing(name, str(patient.sex), age, value)


def sentence(found: Standing | None, words: Words) -> str:
    """`Higher than about 83 of 100 US women of 60 to 69 (NHANES 2009-10)`; empty without a standing."""
    if found is None:
        return ""
    group = words(
        _GROUPS[found.sex, found.to_age is not None], low=found.from_age, high=found.to_age or found.from_age
    )
    higher = round(found.share * 100.0)
    if higher >= 50:
        return words(
            "Higher than about {n} of 100 {group} ({source})", n=higher, group=group, source=population.TITLE
        )
    return words(
        "Lower than about {n} of 100 {group} ({source})", n=100 - higher, group=group, source=population.TITLE
    )
