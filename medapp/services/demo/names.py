"""Names and addresses for invented people, from `resources/demo/names.toml`.

Drawn with falling weight (1 / rank), so that a big clinic has its many Wangs and
Smiths, which is what makes search hard.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from medapp import paths
from medapp.domain.administrative import Address, HumanName, Sex


@dataclass(frozen=True, slots=True)
class NameList:
    """Names of one script; a Han entry is (characters, reading), a Latin one (name, name)."""

    surnames: tuple[tuple[str, str], ...]
    given: dict[Sex, tuple[tuple[str, str], ...]]
    streets: tuple[str, ...]
    cities: tuple[str, ...]


@lru_cache(maxsize=2)
def name_list(script: str) -> NameList:
    """The list of "han" or "latin" names."""
    with (paths.resources_dir() / "demo" / "names.toml").open("rb") as file:
        table = tomllib.load(file)[script]
    return NameList(
        surnames=_pairs(table["surnames"]),
        given={Sex.MALE: _pairs(table["male"]), Sex.FEMALE: _pairs(table["female"])},
        streets=tuple(item.replace("_", " ") for item in table["streets"].split()),
        cities=tuple(table["cities"].split()),
    )


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    halves = (entry.partition("/") for entry in text.split())
    return tuple((written, reading or written) for written, _slash, reading in halves)


@lru_cache(maxsize=32)
def _limits(count: int) -> NDArray[np.float64]:
    weights = 1 / (np.arange(count) + 8.0)
    limits: NDArray[np.float64] = np.cumsum(weights) / weights.sum()
    return limits


def draw_indexes(rng: np.random.Generator, length: int, count: int) -> list[int]:
    """`count` places in a list of `length`, the front ones more often."""
    places: list[int] = np.searchsorted(_limits(length), rng.random(count)).tolist()
    return places


def draw_names(rng: np.random.Generator, script: str, sex: Sex, count: int) -> list[tuple[HumanName, ...]]:
    """Names of `count` people; with a Chinese name comes its reading in Latin letters."""
    names = name_list(script)
    family = draw_indexes(rng, len(names.surnames), count)
    first = draw_indexes(rng, len(names.given[sex]), count)
    second = draw_indexes(rng, len(names.given[sex]), count)
    has_two = (rng.random(count) < (0.75 if script == "han" else 0.2)).tolist()
    drawn = zip(family, first, second, has_two, strict=True)
    given = names.given[sex]
    build = _han_names if script == "han" else _latin_names
    return [
        build(names.surnames[a], [given[b], given[c]] if two and b != c else [given[b]])
        for a, b, c, two in drawn
    ]


def _han_names(family: tuple[str, str], given: list[tuple[str, str]]) -> tuple[HumanName, ...]:
    reading = "".join(part[1] for part in given).capitalize()
    return (
        HumanName(family=family[1], given=(reading,)),
        HumanName(family=family[0], given=("".join(part[0] for part in given),), script="han"),
    )


def _latin_names(family: tuple[str, str], given: list[tuple[str, str]]) -> tuple[HumanName, ...]:
    return (HumanName(family=family[0], given=tuple(part[0] for part in given)),)


def draw_addresses(rng: np.random.Generator, script: str, count: int) -> list[Address]:
    """Invented postal addresses."""
    names = name_list(script)
    street = rng.integers(0, len(names.streets), count).tolist()
    city = rng.integers(0, len(names.cities), count).tolist()
    number = rng.integers(1, 300, count).tolist()
    pattern = "{street}{number}号" if script == "han" else "{number} {street}"
    return [
        Address(lines=(pattern.format(street=names.streets[a], number=n),), city=names.cities[b])
        for a, b, n in zip(street, city, number, strict=True)
    ]
