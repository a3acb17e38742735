"""Invented people: names, birth dates, numbers, telephones, addresses.

No number can be a living person's: telephones use prefixes that are given to
nobody, and there are no national identity numbers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from medapp.domain.administrative import (
    Address,
    ContactPoint,
    HumanName,
    Identifier,
    IdentifierType,
    Patient,
    RelatedPerson,
    Sex,
)
from medapp.domain.datatypes import Moment
from medapp.services.demo.course import Health
from medapp.services.demo.names import draw_addresses, draw_names

SYSTEM: Final = "urn:medapp:demo"
"""System of the record numbers, which marks them as invented."""

_NUMBERS: Final = 100_000_000
_STEP: Final = 61_803_399  # odd and not a multiple of 5: every record number comes once
_PREFIX: Final = {"latin": "555", "han": "100"}


def record_number(index: int) -> str:
    """Eight digits, unlike for neighbours, unique below 100 million patients."""
    return f"{(index * _STEP + 20_202_020) % _NUMBERS:08d}"


def draw_people(rng: np.random.Generator, health: Health, first: int, today: date) -> list[Patient]:
    """The people whose health was drawn; `first` is the number of the first one in the clinic."""
    count = len(health.age)
    names = _names(rng, health)
    addresses = _addresses(rng, health)
    telephones = rng.integers(0, 10_000_000, count).tolist()
    is_dead = ((health.age > 72) & (rng.random(count) < 0.04)).tolist()
    ages, women, han = health.age.tolist(), health.is_female.tolist(), health.is_han.tolist()
    return [
        _person(
            record_number(first + i), names[i], Sex.FEMALE if women[i] else Sex.MALE, ages[i], is_dead[i],
            addresses[i], f"{_PREFIX['han' if han[i] else 'latin']}{telephones[i]:07d}", today,
        )
        for i in range(count)
    ]  # fmt: skip


def _person(
    number: str, names: tuple[HumanName, ...], sex: Sex, age: float, is_dead: bool,
    address: Address, telephone: str, today: date,
) -> Patient:  # fmt: skip
    birth = today - timedelta(days=int(age * 365.25))
    is_child = age < 14
    return Patient(
        mrn=number,
        identifiers=(Identifier(number, IdentifierType.RECORD_NUMBER, SYSTEM),),
        names=names,
        sex=sex,
        birth_date=Moment.of_date(birth),
        deceased=is_dead,
        deceased_at=Moment.of_date(today) if is_dead else None,
        telecom=(ContactPoint("phone", telephone, "mobile"),),
        addresses=(address,),
        related=(_guardian(names, telephone),) if is_child else (),
        is_demo=True,
        language="zh" if len(names) > 1 else "en",
    )


def _guardian(names: tuple[HumanName, ...], telephone: str) -> RelatedPerson:
    given = ("Yun",) if len(names) > 1 else ("Alex",)
    phone = ContactPoint("phone", telephone, "mobile")
    return RelatedPerson(replace(names[0], given=given), "parent", (phone,), is_guardian=True)


def _names(rng: np.random.Generator, health: Health) -> list[tuple[HumanName, ...]]:
    drawn: list[tuple[HumanName, ...]] = [()] * len(health.age)
    for script, is_script in (("han", health.is_han), ("latin", ~health.is_han)):
        for sex, is_sex in ((Sex.FEMALE, health.is_female), (Sex.MALE, ~health.is_female)):
            places = np.flatnonzero(is_script & is_sex).tolist()
            for place, names in zip(places, draw_names(rng, script, sex, len(places)), strict=True):
                drawn[place] = names
    return drawn


def _addresses(rng: np.random.Generator, health: Health) -> list[Address]:
    drawn: list[Address] = [Address()] * len(health.age)
    for script, is_script in (("han", health.is_han), ("latin", ~health.is_han)):
        places = np.flatnonzero(is_script).tolist()
        for place, address in zip(places, draw_addresses(rng, script, len(places)), strict=True):
            drawn[place] = address
    return drawn
