"""Invented courses of health: who has what, and the values that go with it.

Everything of a block of patients is drawn at once (numpy); the values hang
together the way they do in people: age, sex and body mass drive pressure, sugar,
fats and kidney function, problems raise what they raise, each person has an own
level and drifts. The shapes are plausible, not epidemiology: nothing here may be
learned from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from medapp.services.demo.facts import PROBLEMS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

YEAR: Final = 365.25 * 86_400
"""Seconds in a year."""

_COLUMN: Final = {problem.id: index for index, problem in enumerate(PROBLEMS)}

# Weights in the log-odds: (constant, per year of age, per kg/m2 above 25, for women).
_RISK: Final = {
    "diabetes": (-5.9, 0.055, 0.12, -0.2),
    "hypertension": (-5.2, 0.068, 0.09, -0.1),
    "lipids": (-4.0, 0.045, 0.05, -0.1),
    "kidney": (-8.4, 0.078, 0.03, 0.1),
    "coronary": (-9.0, 0.085, 0.05, -0.7),
    "atrial_fibrillation": (-10.0, 0.095, 0.04, -0.3),
    "heart_failure": (-10.2, 0.092, 0.06, -0.2),
    "asthma": (-2.5, -0.003, 0.02, 0.2),
    "copd": (-8.2, 0.070, 0.00, -0.2),
    "thyroid": (-5.2, 0.025, 0.02, 1.2),
    "depression": (-3.2, 0.006, 0.02, 0.6),
    "osteoarthritis": (-6.0, 0.070, 0.08, 0.4),
    "reflux": (-3.4, 0.018, 0.04, 0.1),
    "gout": (-7.5, 0.050, 0.08, -1.2),
    "migraine": (-2.8, -0.008, 0.01, 1.0),
}

# Share of the grown person's height by age in years.
_GROWTH: Final = ((0, 1, 2, 4, 8, 12, 15, 18), (0.30, 0.45, 0.52, 0.62, 0.77, 0.89, 0.97, 1.0))


@dataclass(frozen=True, slots=True)
class Health:
    """What stays with a block of n patients: arrays [n], `problems` [n, number of problems]."""

    age: Floats
    is_female: Flags
    is_han: Flags
    height: Floats  # cm, of the grown person
    body_mass: Floats
    smoking: Ints  # 0 never, 1 former, 2 current
    is_active: Flags
    problems: Flags

    def has(self, problem: str) -> Flags:
        """Who has a problem."""
        column: Flags = self.problems[:, _COLUMN[problem]]
        return column


def draw_health(rng: np.random.Generator, count: int) -> Health:
    """Draw `count` people: ages 0 to 97, a little more women than men, half of them with Chinese names."""
    is_child = rng.random(count) < 0.12
    age = np.where(is_child, rng.uniform(0.05, 18, count), 18 + 79 * rng.beta(1.6, 1.9, count))
    is_female = rng.random(count) < 0.52
    is_han = rng.random(count) < 0.5
    adult_height = np.where(is_female, 162.0, 175.5) - np.where(is_han, 3.5, 0.0)
    height = adult_height + rng.normal(0, 6.2, count) - 0.06 * np.clip(age - 45, 0, None)
    middle = np.interp(age, (0, 1, 5, 12, 18, 30, 60, 97), (13.5, 17.0, 15.6, 18.2, 22.2, 25.8, 28.0, 24.5))
    spread = np.where(age < 18, 0.10, 0.17)
    body_mass = middle * np.exp(rng.normal(0, 1, count) * spread) - np.where(is_han & (age > 18), 2.2, 0.0)
    smoking = np.where(age < 16, 0, rng.choice(3, count, p=(0.58, 0.25, 0.17)))
    health = Health(
        age=age,
        is_female=is_female,
        is_han=is_han,
        height=height,
        body_mass=np.clip(body_mass, 12.5, 62.0),
        smoking=smoking,
        is_active=rng.random(count) < 0.62 - 0.003 * age,
        problems=np.zeros((count, len(PROBLEMS)), dtype=np.bool_),
    )
    _draw_problems(rng, health)
    return health


def _draw_problems(rng: np.random.Generator, health: Health) -> None:
    for name, (constant, per_year, per_mass, woman) in _RISK.items():
        logit = (
            constant + per_year * health.age + per_mass * (health.body_mass - 25) + woman * health.is_female
        )
        if name in ("coronary", "kidney", "heart_failure"):
            logit = logit + 0.8 * health.has("diabetes") + 0.7 * health.has("hypertension")
        if name == "copd":
            logit = logit + 1.6 * health.smoking
        is_young = health.age < (3 if name == "asthma" else 20)
        chance = 1 / (1 + np.exp(-logit))
        health.problems[:, _COLUMN[name]] = (rng.random(len(health.age)) < chance) & ~is_young


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of a block, sorted by patient and time: whose, when, and at which age."""

    patient: Ints  # index within the block
    time: Ints  # UTC seconds
    age: Floats
    is_first: Flags

    @property
    def count(self) -> int:
        return len(self.patient)


def draw_visits(rng: np.random.Generator, health: Health, mean: float, now: int) -> Visits:
    """Between one and many visits per patient in the ten years before `now`, by day in office hours.

    `mean` is the expected number; people with problems come more often. mean <= 1: one visit each.
    """
    count = len(health.age)
    burden = 0.55 + 0.35 * health.problems.sum(axis=1)
    each = 1 + (
        rng.poisson((mean - 1) * burden / burden.mean()) if mean > 1 else np.zeros(count, dtype=np.int64)
    )
    patient = np.repeat(np.arange(count), each)
    span = np.minimum(np.repeat(health.age, each) * 0.98, 10.0)
    ago = rng.random(len(patient)) ** 1.4 * span * YEAR
    day = ((now - ago) // 86_400).astype(np.int64)
    time = day * 86_400 + rng.integers(8 * 60, 17 * 60, len(patient)) * 60
    time = np.minimum(time, now - 86_400)
    order = np.lexsort((time, patient))
    patient, time = patient[order], time[order]
    is_first = np.ones(len(patient), dtype=np.bool_)
    is_first[1:] = patient[1:] != patient[:-1]
    age = health.age[patient] - (now - time) / YEAR
    return Visits(patient, time, np.maximum(age, 0.0), is_first)


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one variable at some visits: `visit` indexes Visits; choices are held as texts."""

    variable: str
    visit: Ints
    value: Floats
    choices: tuple[str, ...] = ()  # then `value` is the index into it


@dataclass(frozen=True, slots=True)
class Habits:
    """How a clinic works: visits per patient, and how often laboratory and questions are asked at one."""

    visits: float
    laboratory: float
    questions: float
    special: float = 1.0  # of the special cohorts' usual shares


def draw_series(rng: np.random.Generator, health: Health, visits: Visits, habits: Habits) -> list[Series]:
    """Every value of a block."""
    values = {**_vital_signs(rng, health, visits), **_laboratory(rng, health, visits)}
    asked = _asked(rng, visits, habits)
    kept = [
        Series(name, np.flatnonzero(asked[_GROUP[name]] & asked.get(name, True)), value)
        for name, value in values.items()
    ]
    adult = visits.age >= 18
    kept.extend(
        Series(name, np.flatnonzero(asked["questions"] & adult), value, choices)
        for name, (value, choices) in _questions(rng, health, visits).items()
    )
    return [
        Series(item.variable, item.visit, _rounded(item, item.value[item.visit]), item.choices)
        for item in kept
    ]


def _asked(rng: np.random.Generator, visits: Visits, habits: Habits) -> dict[str, Flags]:
    laboratory = rng.random(visits.count) < habits.laboratory
    first_questions = 2 * habits.questions * visits.is_first
    return {
        "vital": np.ones(visits.count, dtype=np.bool_),
        "height": visits.is_first | (visits.age < 18) | (rng.random(visits.count) < 0.15),
        "laboratory": laboratory,
        "rare": laboratory & (rng.random(visits.count) < 0.35),
        "questions": rng.random(visits.count) < np.maximum(first_questions, habits.questions),
    }


_GROUP: Final = {
    **dict.fromkeys(("systolic_bp", "diastolic_bp", "heart_rate", "height", "weight", "bmi"), "vital"),
    **dict.fromkeys(
        ("creatinine", "glucose", "cholesterol_total", "hdl", "ldl", "triglycerides"), "laboratory"
    ),
    **dict.fromkeys(("sodium", "potassium", "haemoglobin"), "laboratory"),
    **dict.fromkeys(
        ("hba1c", "white_cells", "platelets", "alt", "urea", "temperature", "spo2", "uacr"), "rare"
    ),
}

_DECIMALS: Final = {
    **dict.fromkeys(("cholesterol_total", "hdl", "ldl", "triglycerides"), 2),
    **dict.fromkeys(("height", "weight", "bmi", "temperature", "glucose", "hba1c"), 1),
    **dict.fromkeys(("potassium", "white_cells", "urea", "uacr"), 1),
}


def _rounded(series: Series, values: Floats) -> Floats:
    return np.round(values, _DECIMALS.get(series.variable, 0))


def _vital_signs(rng: np.random.Generator, health: Health, visits: Visits) -> dict[str, Floats]:
    who, age, n = visits.patient, visits.age, visits.count
    own = rng.normal(0, 1, (len(health.age), 4))  # each person's level: pressure, drift, pulse, sugar
    child = np.clip(age / 18, 0, 1)
    years_ago = health.age[who] - age
    mass = np.clip(
        health.body_mass[who] * (1 - 0.006 * own[who, 1] * years_ago) + rng.normal(0, 0.25, n), 11, 62
    )
    height = health.height[who] * np.where(
        age < 18, np.clip(age / np.maximum(health.age[who], 0.05), 0.3, 1) ** 0.4, 1
    )
    high = health.has("hypertension")[who]
    shared = rng.normal(0, 1, n)
    systolic = 84 + 24 * child + 0.34 * np.clip(age - 18, 0, None) + 0.55 * (mass - 25) * child + 9 * high
    diastolic = 52 + 17 * child + 0.14 * np.clip(age - 18, 0, 40) + 0.35 * (mass - 25) * child + 5 * high
    upper = np.clip(systolic + 6 * own[who, 0] + 8 * shared, 60, 235)
    lower = np.clip(diastolic + 3.5 * own[who, 0] + 5 * shared + rng.normal(0, 3, n), 35, 130)
    pulse = 128 - 55 * child + 6 * own[who, 2] - 4 * health.is_active[who] + 5 * rng.normal(0, 1, n)
    return {
        "systolic_bp": upper,
        "diastolic_bp": np.minimum(lower, upper - 12),
        "heart_rate": np.clip(pulse, 42, 185),
        "height": height,
        "weight": mass * (height / 100) ** 2,
        "bmi": mass,
        "temperature": np.clip(rng.normal(36.7, 0.3, n), 35.5, 39.5),
        "spo2": np.clip(rng.normal(97.6, 1.1, n) - 3.2 * health.has("copd")[who], 84, 100),
    }


def _laboratory(rng: np.random.Generator, health: Health, visits: Visits) -> dict[str, Floats]:
    who, age, n = visits.patient, visits.age, visits.count
    own = rng.normal(0, 1, (len(health.age), 4))  # level of sugar, fats, kidney, blood
    mass, woman = health.body_mass[who], health.is_female[who]
    sugar, fat, kidney = health.has("diabetes")[who], health.has("lipids")[who], health.has("kidney")[who]
    usual = (
        4.8
        + 0.008 * age
        + 0.03 * (mass - 25)
        + 0.25 * own[who, 0]
        + sugar * np.exp(0.85 + 0.35 * own[who, 0])
    )
    total = 4.0 + 0.016 * np.clip(age, 0, 60) + 0.75 * fat + 0.6 * own[who, 1] + rng.normal(0, 0.3, n)
    hdl = np.clip(
        1.3 + 0.22 * woman - 0.018 * (mass - 25) + 0.2 * own[who, 2] + rng.normal(0, 0.08, n), 0.5, 3.2
    )
    triglycerides = np.exp(
        0.2 + 0.03 * (mass - 25) + 0.25 * sugar + 0.3 * own[who, 1] + rng.normal(0, 0.25, n)
    )
    base = np.where(woman, 62.0, 79.0) * np.interp(age, (0, 2, 10, 18), (0.35, 0.4, 0.65, 1.0))
    loss = 1 + 0.0035 * np.clip(age - 40, 0, None) + kidney * (0.5 + 0.04 * np.clip(age - 60, 0, 30))
    creatinine = np.clip(base * loss * np.exp(0.13 * own[who, 2] + rng.normal(0, 0.06, n)), 15, 900)
    total, triglycerides = np.clip(total, 2.2, 11), np.clip(triglycerides, 0.35, 9)
    return {
        "glucose": np.clip(usual + rng.normal(0, 0.45, n), 3.2, 26),
        "hba1c": np.clip((usual + 0.9 + 2.59) / 1.59 + 0.1 * own[who, 3], 4.3, 14),
        "cholesterol_total": total,
        "hdl": hdl,
        "triglycerides": triglycerides,
        "ldl": np.clip(total - hdl - triglycerides / 2.2, 0.4, 9),
        "creatinine": creatinine,
        "urea": np.clip(creatinine / 15 * np.exp(rng.normal(0, 0.15, n)), 1.2, 45),
        "uacr": np.exp(
            np.clip(1.2 + 1.1 * own[who, 2] + 1.3 * kidney + 0.6 * sugar + rng.normal(0, 0.3, n), -1, 7.5)
        ),
        "sodium": np.clip(rng.normal(140, 2.1, n), 126, 150),
        "potassium": np.clip(rng.normal(4.2, 0.3, n) + 0.35 * kidney, 2.9, 6.2),
        "haemoglobin": np.clip(
            np.where(woman, 132, 147) + 9 * own[who, 3] - 11 * kidney + rng.normal(0, 3, n), 68, 190
        ),
        "white_cells": np.clip(6.8 * np.exp(0.22 * rng.normal(0, 1, n)), 2.2, 19),
        "platelets": np.clip(rng.normal(255, 55, n), 90, 560),
        "alt": np.clip(20 * np.exp(0.02 * (mass - 25) + 0.4 * rng.normal(0, 1, n)), 6, 280),
    }


Answers = dict[str, tuple[Floats, tuple[str, ...]]]


def _questions(rng: np.random.Generator, health: Health, visits: Visits) -> Answers:
    """Questionnaire answers; a boolean is 0 or 1, a choice the index into its ids."""
    who, n = visits.patient, visits.count
    ill = health.problems.sum(axis=1)[who] * 0.35 + 0.01 * visits.age + rng.normal(0, 0.8, n)
    sad = health.has("depression")[who] * 1.4 + rng.normal(0, 0.8, n)
    smoked = health.smoking[who]
    return {
        "general_health": (
            np.clip(np.floor(ill + 1.1), 0, 4),
            ("excellent", "very_good", "good", "fair", "poor"),
        ),
        "days_physical_health_bad": (np.clip(np.floor(ill * 4 - 3), 0, 30), ()),
        "days_mental_health_bad": (np.clip(np.floor(sad * 5 - 2), 0, 30), ()),
        "little_interest": (np.clip(np.floor(sad - 0.3), 0, 2), ("none", "several", "most")),
        "depressed_mood": (np.clip(np.floor(sad - 0.4), 0, 2), ("none", "several", "most")),
        "sleep_hours": (np.clip(np.round(rng.normal(7.1, 1.1, n)), 3, 12), ()),
        "sleep_trouble": ((sad + rng.normal(0, 1, n) > 1.1).astype(np.float64), ()),
        "physically_active": (health.is_active[who].astype(np.float64), ()),
        "smoked_100": ((smoked > 0).astype(np.float64), ()),
        "smokes_now": ((smoked > 1).astype(np.float64), ()),
        "alcohol_12_per_year": ((rng.random(n) < 0.6).astype(np.float64), ()),
    }
