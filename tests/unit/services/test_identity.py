"""Who a new patient could be taken for is known before she is stored."""

from __future__ import annotations

from dataclasses import replace

from medapp.domain.administrative import Identifier, IdentifierType, Patient
from medapp.services import identity, records
from medapp.services.session import Session
from tests.clinics import person


def test_the_same_name_in_either_script_is_a_look_alike(clinic: Session) -> None:
    first = records.add_patient(clinic, person("Lin", "Meihua", han="林美华")).id
    latin = identity.look_alikes(clinic, person("Lin", "Meihua", born="1990-01-01"))
    han = identity.look_alikes(clinic, Patient(names=person("Lin", "Meihua", han="林美华").names[1:]))
    assert [line.id for line in latin.similar] == [first]
    assert [line.id for line in han.similar] == [first]
    assert identity.look_alikes(clinic, person("Wang", "Wei")).ids == frozenset()


def test_somebody_else_with_the_same_number_is_named(clinic: Session) -> None:
    first = records.add_patient(clinic, person("Lin", "Meihua", mrn="A-17")).id
    found = identity.look_alikes(clinic, person("Zhao", "Min", mrn="A-17"))
    assert [(one.value, line.id) for one, line in found.same_number] == [("A-17", first)]
    passport = replace(person("Zhao", "Min"), identifiers=(Identifier("A-17", IdentifierType.PASSPORT),))
    assert identity.look_alikes(clinic, passport).same_number == ()


def test_nobody_looks_like_herself(clinic: Session) -> None:
    first = records.add_patient(clinic, person("Lin", "Meihua", mrn="A-17")).id
    own = records.open_record(clinic, first).patient
    assert own is not None
    assert identity.look_alikes(clinic, own).ids == frozenset()
    assert identity.look_alikes(clinic, Patient(is_unnamed_newborn=True)).ids == frozenset()
