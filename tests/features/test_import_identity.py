"""Who a file speaks of: twins, two persons under one id, and what was settled here about a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medapp.domain.administrative import HumanName, Patient
from medapp.domain.datatypes import Moment
from medapp.services import journal, records
from medapp.services.imports import ImportReport, import_paths
from medapp.services.session import Session
from tests.clinics import make_clinic, person
from tests.unit.interchange.samples import bundle, identifier, observation, patient, write

STATE, FAMILY = "http://state.example", "http://insurer.example"


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as session:
        yield session


def named(*given: str, family: str = "Smith") -> dict[str, Any]:
    return {"name": [{"use": "official", "family": family, "given": list(given)}]}


def send(session: Session, folder: Path, *resources: Any, name: str = "file.json") -> ImportReport:
    return import_paths(session, [write(folder, bundle(*resources), name)])


def codes(report: ImportReport) -> list[str]:
    return [issue.code for one in report.files for issue in one.issues]


def people(session: Session) -> list[Patient]:
    with session.store.reading() as db:
        numbers = [row[0] for row in db.execute("SELECT id FROM patient ORDER BY id")]
    found = [records.open_record(session, number).patient for number in numbers]
    return [one for one in found if one is not None]


def insured(id_: str, *given: str, national: str = "") -> dict[str, Any]:
    shared = identifier("F-12345", FAMILY, "NIIP")
    own = [identifier(national, STATE, "NI")] if national else []
    return patient(id_, identifier=[shared, *own], **named(*given))


@pytest.mark.parametrize("second", [("Berta",), ("Berta", "Anna")])
def test_twins_with_one_insurance_stay_two_and_a_merge_is_proposed(
    clinic: Session, tmp_path: Path, second: tuple[str, ...]
) -> None:
    send(clinic, tmp_path, insured("a", "Anna", national="1111"))
    value = observation(subject={"reference": "Patient/b"})
    report = send(clinic, tmp_path, insured("b", *second, national="2222"), value)
    anna, berta = people(clinic)
    assert (anna.name, berta.name) == ("SMITH, Anna", f"SMITH, {' '.join(second)}")
    assert {one.value for one in anna.identifiers if one.system == STATE} == {"1111"}
    assert records.series(clinic, anna.id, "height") == []
    assert len(records.series(clinic, berta.id, "height")) == 1
    assert codes(report) == ["shared_identifier"]
    assert [(one.patient, one.other) for one in report.merge_proposals] == [(anna.id, berta.id)]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        (("Ida", "Maria"), ("Ida Maria",), True),
        (("Ida",), ("Ida", "Maria"), True),
        (("Ida", "Maria"), ("Ida", "M."), True),
        (("Mei-Hua",), ("Meihua",), True),
        (("Anna", "Maria"), ("Berta", "Maria"), False),
        (("Mei", "Hua"), ("Mei", "Li"), False),
    ],
)
def test_a_name_is_the_same_when_the_given_names_of_one_are_among_the_others(
    clinic: Session, tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], is_one: bool
) -> None:
    send(clinic, tmp_path, insured("a", *first))
    send(clinic, tmp_path, insured("b", *second))
    assert len(people(clinic)) == (1 if is_one else 2)


def test_a_name_sent_as_one_text_is_the_same_as_its_parts(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, insured("a", "Anna"))
    send(clinic, tmp_path, insured("b") | {"name": [{"text": "Anna Smith"}]})
    assert len(people(clinic)) == 1


def test_a_family_name_alone_makes_nobody_the_same(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, insured("a", "Anna"))
    send(clinic, tmp_path, insured("b", "Berta"))
    assert [one.name for one in people(clinic)] == ["SMITH, Anna", "SMITH, Berta"]


def test_another_national_number_of_one_state_is_another_person(clinic: Session, tmp_path: Path) -> None:
    number = identifier("77")
    send(clinic, tmp_path, patient("a", identifier=[number, identifier("1111", STATE, "NI")]))
    report = send(clinic, tmp_path, patient("b", identifier=[number, identifier("2222", STATE, "NI")]))
    assert len(people(clinic)) == 2
    assert (codes(report), len(report.merge_proposals)) == (["shared_identifier"], 1)


def test_twins_under_one_id_of_two_senders_stay_two(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, insured("1", "Anna", national="1111"))
    send(clinic, tmp_path, insured("1", "Berta", national="2222"))
    assert [one.name for one in people(clinic)] == ["SMITH, Anna", "SMITH, Berta"]


def test_a_married_name_and_a_corrected_number_of_one_sender_are_one_person(
    clinic: Session, tmp_path: Path
) -> None:
    send(clinic, tmp_path, insured("a", "Anna", national="1111"))
    send(clinic, tmp_path, insured("a", "Anna", national="1112"))
    married = patient("c", identifier=[identifier("1112", STATE, "NI")], **named("Anna", family="Jones"))
    send(clinic, tmp_path, married)
    assert [one.name for one in people(clinic)] == ["JONES, Anna"]


def test_values_under_an_id_that_two_patients_have_are_filed_under_neither(
    clinic: Session, tmp_path: Path
) -> None:
    send(clinic, tmp_path, patient("1", **named("Anna")))
    send(clinic, tmp_path, patient("1", born="1950-05-05", **named("Bob", family="Ek")), name="bob.json")
    report = send(clinic, tmp_path, observation(subject={"reference": "Patient/1"}), name="third.json")
    assert codes(report) == ["unknown_patient"]
    assert "Several patients" in report.files[0].issues[0].message
    assert [records.series(clinic, one.id, "height") for one in people(clinic)] == [[], []]


def test_a_name_and_birth_date_corrected_here_stay_and_what_is_new_comes(
    clinic: Session, tmp_path: Path
) -> None:
    send(clinic, tmp_path, patient("a", identifier=[identifier("77")]))
    (stored,) = people(clinic)
    mended = replace(
        stored, names=(HumanName("Berg", ("Ida", "Maria")),), birth_date=Moment.parse("1968-03-13")
    )
    records.update_patient(clinic, mended)
    phone = {"telecom": [{"system": "phone", "value": "555"}]}
    report = send(clinic, tmp_path, patient("a", identifier=[identifier("77")], **phone))
    (found,) = people(clinic)
    assert (found.names, found.birth_date) == (mended.names, mended.birth_date)
    assert [one.value for one in found.telecom] == ["555"]
    assert codes(report) == ["corrected_here"]
    assert (report.files[0].counts.updated, codes(send(clinic, tmp_path, patient("a")))) == (
        1, ["corrected_here"],
    )  # fmt: skip


def test_a_number_taken_away_here_does_not_come_back(clinic: Session, tmp_path: Path) -> None:
    wrong = identifier("1111", STATE, "NI")
    sent = patient("a", identifier=[identifier("77"), wrong])
    send(clinic, tmp_path, sent)
    (stored,) = people(clinic)
    kept = tuple(one for one in stored.identifiers if one.value != "1111")
    records.update_patient(clinic, replace(stored, identifiers=kept))
    assert codes(send(clinic, tmp_path, sent)) == ["corrected_here"]
    assert "1111" not in {one.value for one in people(clinic)[0].identifiers}
    journal.undo(clinic, stored.id)
    assert codes(send(clinic, tmp_path, sent)) == []


def test_a_person_entered_here_keeps_her_name_and_gains_what_nobody_had_typed(
    clinic: Session, tmp_path: Path
) -> None:
    entered = records.add_patient(clinic, person("Berg", "Ida", mrn="77")).id
    numbers = [identifier("77", ""), identifier("1111", STATE, "NI")]
    report = send(clinic, tmp_path, patient("a", identifier=numbers, **named("Ida", family="Ek")))
    (found,) = people(clinic)
    assert (found.id, found.name) == (entered, "BERG, Ida")
    assert "1111" in {one.value for one in found.identifiers}
    assert codes(report) == ["corrected_here"]
