"""Pour invented patients into a store, block by block, so that a million fit in bounded memory.

Each block has its own random stream, made from the seed and the block's number:
the same seed gives the same clinic however it is poured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Final

import numpy as np

from medapp.services.demo.cohorts import cohorts
from medapp.services.demo.course import (
    Habits,
    Health,
    Series,
    Visits,
    draw_health,
    draw_series,
    draw_visits,
)
from medapp.services.demo.facts import SNOMED, concept
from medapp.services.demo.notes import Coder, allergy_rows, noted_rows, problem_rows, visit_rows
from medapp.services.demo.observed import observation_rows
from medapp.services.demo.people import draw_people
from medapp.services.demo.work_ups import (
    Members,
    draw_measured,
    draw_members,
    draw_notes,
    draw_work_ups,
)
from medapp.store import search
from medapp.store.connection import Store, Transaction
from medapp.store.repositories import (
    allergies,
    conditions,
    encounters,
    medications,
    observations,
    patients,
    sources,
)

BLOCK: Final = 2_000
THIN_BLOCK: Final = 20_000
"""Patients drawn and written at once: some 200,000 observations; larger means fewer index segments."""

SOURCE: Final = "MedApp demo generator"

_FEW: Final = 20_000
RICH: Final = Habits(visits=10.0, laboratory=0.5, questions=0.3)
THIN: Final = Habits(visits=1.0, laboratory=0.35, questions=0.0, special=0.02)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be invented, as of `now`; `habits` None: rich in a small clinic, thin in a big one."""

    patients: int
    seed: int
    now: datetime
    habits: Habits | None = None

    @property
    def chosen_habits(self) -> Habits:
        return self.habits or (RICH if self.patients <= _FEW else THIN)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was poured."""

    patients: int
    observations: int
    first_patient: int


Progress = Callable[[int, int], None]
"""Called with patients done and patients in all."""


def fill(store: Store, plan: Plan, progress: Progress | None = None) -> Filled:
    """Add the plan's patients to a store; each block is one transaction."""
    observed, first_patient = 0, 0
    size = BLOCK if plan.chosen_habits.visits > 1 else THIN_BLOCK
    with search.bulk_loading(store):
        for block, first in enumerate(range(0, plan.patients, size)):
            count = min(size, plan.patients - first)
            with store.transaction() as tx:
                ids, added = _pour(tx, plan, block, first, count)
            observed += added
            first_patient = first_patient or ids[0]
            if progress is not None:
                progress(first + count, plan.patients)
    if plan.patients > _FEW:
        with store.transaction() as tx:
            search.optimize(tx)
    return Filled(plan.patients, observed, first_patient)


def _pour(tx: Transaction, plan: Plan, block: int, first: int, count: int) -> tuple[range, int]:
    rng = np.random.default_rng([plan.seed, block])
    now = plan.now.astimezone(timezone.utc)
    seconds = int(now.timestamp())
    habits = plan.chosen_habits
    health = draw_health(rng, count)
    visits = draw_visits(rng, health, habits.visits, seconds)
    source = sources.intern(tx, SOURCE)
    people = draw_people(rng, health, first, now.date())
    ids = patients.insert_many(tx, [patients.NewPatient(person, source) for person in people])
    coder = Coder(tx, source)
    _pour_notes(tx, coder, rng, health, visits, ids, seconds)
    encounter_ids = encounters.insert_many(tx, visit_rows(coder, rng, visits, ids[0])).ids
    series = draw_series(rng, health, visits, habits)
    special = np.random.default_rng([plan.seed, block, 1])
    is_free = np.array([not person.deceased for person in people])
    groups = [draw_members(special, one, health, is_free, habits.special) for one in cohorts()]
    series = _without(series, visits, [one for one in groups if one.cohort.is_unmeasured])
    rows = observation_rows(tx, series, visits, health, ids[0], encounter_ids[0], source)
    added = observations.insert_many(tx, rows).count
    for members in groups:
        added += _pour_work_ups(tx, coder, special, members, health, ids, seconds)
    return ids, added


def _without(series: list[Series], visits: Visits, groups: list[Members]) -> list[Series]:
    """The values but those of people who are registered and not measured yet."""
    if not groups:
        return series
    unmeasured = np.isin(visits.patient, np.concatenate([one.place for one in groups]))
    kept = [(one, ~unmeasured[one.visit]) for one in series]
    return [replace(one, visit=one.visit[keep], value=one.value[keep]) for one, keep in kept]


def _pour_work_ups(
    tx: Transaction, coder: Coder, rng: np.random.Generator, members: Members, health: Health,
    ids: range, now: int,
) -> int:  # fmt: skip
    if not len(members.place):
        return 0
    visits = draw_work_ups(rng, members, health, now)
    kind = concept(SNOMED, *members.cohort.visit)
    encounter_ids = encounters.insert_many(tx, visit_rows(coder, rng, visits, ids[0], (kind,))).ids
    problems, medicines = noted_rows(coder, draw_notes(rng, members, now), ids[0])
    conditions.insert_many(tx, problems)
    medications.insert_many(tx, medicines)
    series = draw_measured(rng, members, visits)
    if not series:
        return 0
    rows = observation_rows(tx, series, visits, health, ids[0], encounter_ids[0], coder.source)
    return observations.insert_many(tx, rows).count


def _pour_notes(
    tx: Transaction,
    coder: Coder,
    rng: np.random.Generator,
    health: Health,
    visits: Visits,
    ids: range,
    now: int,
) -> None:
    problems, medicines = problem_rows(coder, rng, health, ids[0], now)
    conditions.insert_many(tx, problems)
    medications.insert_many(tx, medicines)
    allergies.insert_many(tx, allergy_rows(coder, rng, visits, ids))
