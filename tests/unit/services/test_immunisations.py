"""A vaccine is given with its lot, corrected, withdrawn, and each of them undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medapp.domain.changes import Kind
from medapp.domain.clinical import Immunisation
from medapp.domain.datatypes import CodeableConcept, Coding, Moment
from medapp.services import dating, immunisations, journal, records
from medapp.services.session import Session
from medapp.services.written import NotNamed
from medapp.store.errors import UnknownItem, UnknownPatient
from tests.clinics import person

TDAP = CodeableConcept((Coding("http://hl7.org/fhir/sid/cvx", "115", "Tdap"),), "Tdap")


@pytest.fixture
def lin(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua")).id


def given(patient: int, **more: object) -> Immunisation:
    day = Moment.parse("2026-02-27")
    return Immunisation(0, patient, TDAP, given=day, lot="AC37B", dose="1", **more)  # type: ignore[arg-type]


def listed(clinic: Session, patient: int) -> list[tuple[str, str, str | None]]:
    found = records.open_record(clinic, patient).immunisations
    return [(one.vaccine.label, one.lot, one.expiry) for one in found]


def test_a_vaccine_is_read_with_its_lot_and_can_be_undone(clinic: Session, lin: int) -> None:
    added = immunisations.add(clinic, given(lin, expiry="2027-05"))
    assert added.changes.touches(lin, Kind.IMMUNISATION)
    assert listed(clinic, lin) == [("Tdap", "AC37B", "2027-05")]
    journal.undo(clinic, lin)
    assert listed(clinic, lin) == []
    journal.redo(clinic, lin)
    assert listed(clinic, lin) == [("Tdap", "AC37B", "2027-05")]


def test_a_wrong_lot_is_corrected(clinic: Session, lin: int) -> None:
    number = immunisations.add(clinic, given(lin)).id
    immunisations.correct(clinic, replace(given(lin), id=number, lot="AC37C"))
    assert listed(clinic, lin) == [("Tdap", "AC37C", None)]
    journal.undo(clinic, lin)
    assert listed(clinic, lin) == [("Tdap", "AC37B", None)]


def test_what_was_not_given_is_withdrawn_once(clinic: Session, lin: int) -> None:
    number = immunisations.add(clinic, given(lin)).id
    immunisations.withdraw(clinic, number)
    assert listed(clinic, lin) == []
    with pytest.raises(UnknownItem):
        immunisations.withdraw(clinic, number)
    with pytest.raises(UnknownPatient):
        immunisations.add(clinic, given(99))


def test_a_vaccine_has_a_name_and_a_day_of_her_life(clinic: Session, lin: int) -> None:
    wrong = (
        (dating.InFuture, {"given": Moment.parse("2062-02-27")}),
        (dating.BeforeBirth, {"given": Moment.parse("1960-02-27")}),
        (NotNamed, {"vaccine": CodeableConcept((), " ")}),
    )
    number = immunisations.add(clinic, given(lin)).id
    for error, changes in wrong:
        bad = replace(given(lin), **changes)
        with pytest.raises(error):
            immunisations.add(clinic, bad)
        with pytest.raises(error):
            immunisations.correct(clinic, replace(bad, id=number))
    assert listed(clinic, lin) == [("Tdap", "AC37B", None)]


def test_the_record_before_the_day_holds_no_vaccine(clinic: Session, lin: int) -> None:
    immunisations.add(clinic, given(lin))
    assert records.open_record(clinic, lin, at=Moment.parse("2026-02-26")).immunisations == ()
