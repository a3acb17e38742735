"""Small clinics for tests: real encrypted folders, with a password hash made cheap."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from medapp.domain.administrative import ContactPoint, HumanName, Identifier, IdentifierType, Patient, Sex
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.security.keys import KdfCost
from medapp.services.session import Session, create_clinic, open_clinic

CHEAP = KdfCost(passes=1, memory_kib=64, lanes=1)
USER, PASSWORD = "anna", "correct horse battery"
HEIGHT = Coding("http://loinc.org", "8302-2", "Body height")


def clock() -> datetime:
    """A day in the future of every test's data, always the same."""
    return datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)


def make_clinic(folder: Path) -> Session:
    """A new clinic in `folder`, opened by its first user."""
    create_clinic(folder, USER, PASSWORD, clock=clock, cost=CHEAP)
    return open_clinic(folder, USER, PASSWORD, clock=clock)


def person(
    family: str, *given: str, han: str = "", born: str = "1968-03-12", mrn: str = "", phone: str = ""
) -> Patient:
    """A patient with the parts that a search can find."""
    names = [HumanName(family, given)]
    if han:
        names.append(HumanName(han[0], (han[1:],), script="han"))
    return Patient(
        names=tuple(names),
        sex=Sex.FEMALE,
        birth_date=Moment.parse(born) if born else None,
        identifiers=(Identifier(mrn, IdentifierType.RECORD_NUMBER),) if mrn else (),
        telecom=(ContactPoint("phone", phone),) if phone else (),
    )


def height(value: float, day: str = "2020-01-02", **more: object) -> Observation:
    """A height in centimetres."""
    return Observation(
        0,
        HEIGHT,
        Moment.parse(day),
        variable="height",
        value=value,
        unit="cm",
        **more,  # type: ignore[arg-type]
    )
