"""Work-ups of the special cohorts: who belongs to them, when they came, what was measured.

Drawn from a random stream of its own, so that the other records of a clinic stay what
they are whichever cohorts there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medapp.services.demo.cohorts import LACKING, OUTSIDE, Ailment, Cohort, Curve, Medicine
from medapp.services.demo.course import YEAR, Flags, Floats, Health, Ints, Series, Visits
from medapp.terminology.variables import Variable, variable

_DAY = 86_400
_OWN, _CHANCE = 0.8, 0.6  # of a spread: what stays with the person, what each measurement adds


@dataclass(frozen=True, slots=True)
class Members:
    """The people of a cohort within a block: their places, and how each is described."""

    cohort: Cohort
    place: Ints
    is_lacking: Flags
    outside: Ints  # which case of `cohort.outside`, -1 for none
    illness: Floats


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem, or a medicine, of some members since a day."""

    place: Ints
    time: Ints
    problem: Ailment | None = None
    medicine: Medicine | None = None


def draw_members(
    rng: np.random.Generator, cohort: Cohort, health: Health, is_free: Flags, scale: float
) -> Members:
    """Members among those who are free, which they are no longer; `scale` times the usual share."""
    low, high = cohort.age
    fits = is_free & (health.age >= low) & (health.age < high)
    if cohort.sex:
        fits &= health.is_female == (cohort.sex == "female")
    for problem in cohort.without:
        fits &= ~health.has(problem)
    wanted = max(cohort.at_least, round(cohort.share * scale * len(health.age)))
    place = rng.permutation(np.flatnonzero(fits))[:wanted].astype(np.int64)
    is_free[place] = False
    turn = np.arange(len(place))
    state = np.array(cohort.cycle)[turn % len(cohort.cycle)]
    cases = max(len(cohort.outside), 1)
    outside = np.where(state == OUTSIDE, np.cumsum(state == OUTSIDE) % cases, -1)
    return Members(cohort, place, state == LACKING, outside, _illness(rng, cohort, outside))


def _illness(rng: np.random.Generator, cohort: Cohort, outside: Ints) -> Floats:
    shares = np.array([row[0] for row in cohort.illness])
    group = rng.choice(len(shares), len(outside), p=shares / shares.sum())
    middle = np.array([row[1] for row in cohort.illness])[group]
    spread = np.array([row[2] for row in cohort.illness])[group]
    drawn: Floats = middle + spread * rng.normal(0, 1, len(outside))
    for number, case in enumerate(cohort.outside):
        if case.illness is not None:
            drawn[outside == number] = case.illness
    return drawn


def draw_work_ups(rng: np.random.Generator, members: Members, health: Health, now: int) -> Visits:
    """Their visits, sorted by patient and time; the last one as long ago as the table says."""
    cohort, count = members.cohort, len(members.place)
    each = rng.integers(cohort.visits[0], cohort.visits[1] + 1, count)
    last = now - rng.uniform(*cohort.last_days, count) * _DAY
    owner = np.repeat(np.arange(count), each)
    before = np.concatenate([np.arange(n)[::-1] for n in each]) if count else np.zeros(0)
    ago = before * cohort.apart_days * rng.uniform(0.8, 1.2, len(owner)) * _DAY
    time = ((last[owner] - ago) // 60 * 60).astype(np.int64)
    patient = members.place[owner]
    order = np.lexsort((time, patient))
    patient, time = patient[order], time[order]
    is_first = np.ones(len(patient), dtype=np.bool_)
    is_first[1:] = patient[1:] != patient[:-1]
    return Visits(patient, time, health.age[patient] - (now - time) / YEAR, is_first)


def draw_measured(rng: np.random.Generator, members: Members, visits: Visits) -> list[Series]:
    """Every value of the work-ups; a lacking member has none of what the table names."""
    cohort = members.cohort
    order = np.argsort(members.place)
    who = order[np.searchsorted(members.place[order], visits.patient)] if len(order) else visits.patient
    last = _to_last(visits)
    illness = members.illness[who] - cohort.drift * last + 0.08 * rng.normal(0, 1, visits.count)
    values: dict[str, Floats] = {}
    for curve in cohort.curves:
        values[curve.variable] = _drawn(rng, curve, illness, who, values)
        for number, case in enumerate(cohort.outside):
            if case.values and curve.variable in case.values:
                values[curve.variable][members.outside[who] == number] = case.values[curve.variable]
    made = []
    for curve in cohort.curves:
        is_kept = rng.random(visits.count) < curve.asked
        if curve.variable in cohort.lacking:
            is_kept &= ~members.is_lacking[who]
        at = np.flatnonzero(is_kept)
        meaning = variable(curve.variable)
        choices = tuple(choice.id for choice in meaning.choices)
        made.append(Series(curve.variable, at, _rounded(curve, meaning, values[curve.variable][at]), choices))
    return [one for one in made if len(one.visit)]


def _to_last(visits: Visits) -> Ints:
    """How many visits of the same person follow each."""
    starts = np.flatnonzero(visits.is_first)
    each = np.diff(np.append(starts, visits.count))
    if not len(each):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([np.arange(n)[::-1] for n in each])


def _drawn(
    rng: np.random.Generator, curve: Curve, illness: Floats, who: Ints, known: dict[str, Floats]
) -> Floats:
    count = int(who.max()) + 1 if len(who) else 0
    noise = _OWN * rng.normal(0, 1, count)[who] + _CHANCE * rng.normal(0, 1, len(who))
    if curve.ratio is not None:
        first, second = curve.ratio
        return known[first] / known[second]
    middle = np.interp(illness, [x for x, _ in curve.at], [y for _, y in curve.at])
    kind = variable(curve.variable).kind
    if kind == "boolean":
        drawn: Floats = (rng.random(count)[who] < middle).astype(np.float64)
        return drawn
    drawn = middle * np.exp(curve.spread * noise) if curve.is_log else middle + curve.spread * noise
    if curve.plus:
        drawn = drawn + known[curve.plus]
    drawn = np.rint(drawn) if kind in ("integer", "choice") else drawn
    return np.clip(drawn, curve.low, curve.high)


def _rounded(curve: Curve, meaning: Variable, values: Floats) -> NDArray[np.float64]:
    decimals = meaning.decimals if curve.decimals is None else curve.decimals
    return np.round(values, decimals)


def draw_notes(rng: np.random.Generator, members: Members, now: int) -> list[Noted]:
    """Problems of the cohort, and the problems and medicines of those outside."""
    found = []
    for problem in members.cohort.problems:
        has = rng.random(len(members.place)) < problem.share
        found.append(_noted(rng, members, has, now, problem))
    for number, case in enumerate(members.cohort.outside):
        is_case = members.outside == number
        found.extend(_noted(rng, members, is_case, now, problem) for problem in case.problems)
        for medicine in case.medicines:
            place = members.place[is_case]
            found.append(Noted(place, np.full(len(place), (now - 200 * _DAY) // _DAY * _DAY), None, medicine))
    return [one for one in found if len(one.place)]


def _noted(rng: np.random.Generator, members: Members, has: Flags, now: int, problem: Ailment) -> Noted:
    place = members.place[has]
    ago = rng.uniform(0.3, 1.0, len(place)) * problem.days * _DAY
    return Noted(place, ((now - ago) // _DAY * _DAY).astype(np.int64), problem)
