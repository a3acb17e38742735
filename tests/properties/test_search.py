"""The index finds exactly whom a reader of the whole list would find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medapp.domain.administrative import Patient
from medapp.services.session import Session
from medapp.store import search
from medapp.store.repositories import patients
from tests.clinics import make_clinic, person

# What a Chinese reader says, written down by hand: not taken from our own table.
READINGS = {
    "王": ["wang"],
    "李": ["li"],
    "曾": ["zeng", "ceng"],
    "张": ["zhang"],
    "小": ["xiao"],
    "明": ["ming"],
    "美": ["mei"],
    "华": ["hua"],
    "林": ["lin"],
}
HAN = [first + rest for first in "王李曾张林" for rest in ("小明", "美华", "明", "华林")]
FAMILIES = ["Or", "Not", "Wang", "Møller", "O'Brien", "Smith-Jones", "van Dam", "Li", "Lindqvist", "Ng"]
GIVEN = ["Anna", "Ann", "Zoë", "Ming", "Mei Hua", "Near", "Łukasz"]
PLAIN = str.maketrans({"ø": "o", "ë": "e", "ł": "l", "'": None})


class Crowd:
    """A clinic of invented people, and who they are."""

    def __init__(self, session: Session, stored: dict[int, Patient]) -> None:
        self.session, self.stored = session, stored


def _people() -> list[Patient]:
    people = []
    for number in range(240):
        han = HAN[number % len(HAN)] if number % 2 else ""
        family = "" if han else FAMILIES[number % len(FAMILIES)]
        people.append(
            person(
                family,
                *([] if han else [GIVEN[number % len(GIVEN)]]),
                han=han,
                born=f"{1940 + number % 70}-{1 + number % 12:02}-{1 + number % 28:02}",
                mrn=f"{(number * 7919) % 100000:05}",
                phone=f"139{(number * 104729) % 10**8:08}",
            )
        )
    return people


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    folder: Path = tmp_path_factory.mktemp("crowd")
    with make_clinic(folder / "clinic") as session:
        people = _people()
        with session.store.transaction() as tx:
            ids = patients.insert_many(tx, [patients.NewPatient(one) for one in people])
            for number in list(ids)[::9]:  # some move away, some get another name: the index must follow
                patients.delete(tx, number)
            for number in list(ids)[1::9]:
                kept = patients.get(tx, number)
                changed = person("Renamed", "Anna", born="1968-03-12", mrn=kept.mrn)
                patients.update(tx, Patient(**{**_fields(changed), "id": number, "mrn": kept.mrn}))
            stored = {number: patients.get(tx, number) for number in patients.ids(tx)}
        yield Crowd(session, stored)


def _fields(patient: Patient) -> dict[str, object]:
    return {name: getattr(patient, name) for name in Patient.__slots__}


def _words(patient: Patient) -> set[str]:
    words: set[str] = set()
    for name in patient.names:
        if name.script == "han":
            words |= _readings(name.family + "".join(name.given)) | {_first_joined("".join(name.given))}
        else:
            family = name.family.lower().translate(PLAIN)
            given = " ".join(name.given).lower().translate(PLAIN)
            first, last = given.split(), family.replace("-", " ").split()
            words |= {*first, *last, "".join(first), "".join(last), "brien" if "obrien" in last else ""}
            ahead, behind = "".join(word[0] for word in first), "".join(word[0] for word in last)
            words |= {ahead + behind, behind + ahead} if first and last else set()
    return words


def _readings(name: str) -> set[str]:
    syllables = {reading for mark in name for reading in READINGS[mark]}
    every = [""]
    initials = [""]
    for mark in name:
        every = [start + reading for start in every for reading in READINGS[mark]]
        initials = [start + reading[0] for start in initials for reading in READINGS[mark]]
    return syllables | set(every) | set(initials)


def _first_joined(given: str) -> str:
    return "".join(READINGS[mark][0] for mark in given)


def _has(patient: Patient, kind: str, text: str) -> bool:
    born = patient.birth_date.isoformat().replace("-", "") if patient.birth_date else ""
    phones = [point.value for point in patient.telecom]
    if kind == "word":
        return any(word.startswith(text) for word in _words(patient))
    if kind == "han":
        return all(mark in (patient.name_local or "") for mark in text)
    if kind == "day":
        return born == text
    numbers = [patient.mrn, born, *phones, *(phone[-4:] for phone in phones)]
    return any(number.startswith(text) for number in numbers)


@st.composite
def _piece(draw: st.DrawFn) -> tuple[str, str, str]:
    """(kind, what the oracle looks for, what is typed)."""
    kind = draw(st.sampled_from(["word", "word", "han", "number", "day"]))
    if kind == "word":
        words = [
            "wangxiaoming",
            "zeng",
            "ceng",
            "mei",
            "anna",
            "moller",
            "obrien",
            "smith",
            "jones",
            "dam",
            "or",
            "not",
            "near",
            "wxm",
            "zmh",
            "lindqvist",
            "renamed",
            "xiaoming",
            "zoe",
            "lukasz",
        ]
        word = draw(st.sampled_from(words))
        start = word[: draw(st.integers(1, len(word)))]
        return kind, start, draw(st.sampled_from([start, start.upper(), start.title()]))
    if kind == "han":
        marks = draw(st.text(alphabet="王李曾张小明美华林", min_size=1, max_size=3))
        return kind, marks, marks
    if kind == "number":
        digits = draw(st.text(alphabet="0123456789", min_size=1, max_size=5))
        return kind, digits, digits
    year, month, day = draw(st.integers(1940, 2010)), draw(st.integers(1, 12)), draw(st.integers(13, 28))
    shapes = ["{y}-{m:02}-{d:02}", "{d}/{m}/{y}", "{m:02}.{d:02}.{y}", "{y}年{m}月{d}日", "{d:02}-{m:02}-{y}"]
    typed = draw(st.sampled_from(shapes)).format(y=year, m=month, d=day)
    return kind, f"{year}{month:02}{day:02}", typed


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(_piece(), min_size=1, max_size=3))
def test_the_index_finds_whom_a_reader_of_the_whole_list_finds(
    crowd: Crowd, pieces: list[tuple[str, str, str]]
) -> None:
    session, stored = crowd.session, crowd.stored
    # Neighbouring numbers may together be a telephone; the oracle reads them apart.
    numbers = [typed for kind, _, typed in pieces if kind == "number"]
    if len(numbers) == len(pieces) and len(pieces) > 1:
        pieces = pieces[:1]
    typed = " ".join(typed for _, _, typed in pieces)
    expected = {
        number
        for number, patient in stored.items()
        if all(_has(patient, kind, text) for kind, text, _ in pieces)
    }
    with session.store.reading() as db:
        found = search.find(db, typed, 1000)
        assert {line.id for line in found} == expected
        assert search.count(db, typed) == len(expected)
        assert search.find(db, typed, 5) == found[:5]


def test_hits_and_pages_stand_in_the_order_of_names(crowd: Crowd) -> None:
    session, stored = crowd.session, crowd.stored
    with session.store.reading() as db:
        pages, after = [], None
        while page := search.page(db, after, 37):
            pages += page
            after = page[-1].id
        assert {line.id for line in pages} == set(stored)
        order = {line.id: at for at, line in enumerate(pages)}
        hits = [order[line.id] for line in search.find(db, "m", 1000)]
        assert hits == sorted(hits)
        latin = [line.name.replace(",", "").lower().translate(PLAIN) for line in pages if not line.name_local]
        keys = [
            "".join(mark for mark in name.replace("-", " ") if mark.isalpha() or mark == " ")[:9]
            for name in latin
        ]
        assert keys == sorted(keys)
