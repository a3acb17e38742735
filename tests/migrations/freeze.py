"""Freeze a small clinic of this release: `python tests/migrations/freeze.py tests/migrations/frozen/v1`.

Run once per release, before it is tagged; every later release must open what was frozen. One
patient with one row of each kind; the password is `frozen password`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from medapp.domain.administrative import HumanName, Identifier, IdentifierType, Patient, Sex
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.security.keys import KdfCost
from medapp.services import audit, records
from medapp.services.session import Session, create_clinic, open_clinic
from medapp.store import blobs
from medapp.store.repositories import (
    allergies,
    assessments,
    conditions,
    encounters,
    imports,
    medications,
    procedures,
)

USER, PASSWORD = "frozen", "frozen password"


def clock() -> datetime:
    """The day of the freezing."""
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


def fill(session: Session) -> None:
    """One patient and one row in every table."""
    name = HumanName("Lin", ("Meihua",))
    identifier = Identifier("FROZEN-1", IdentifierType.RECORD_NUMBER)
    lin = Patient(
        names=(name, HumanName("林", ("美华",), script="han")),
        sex=Sex.FEMALE,
        birth_date=Moment.parse("1968-03-12"),
        identifiers=(identifier,),
    )
    patient = records.add_patient(session, lin).id
    height = Coding("http://loinc.org", "8302-2", "Body height")
    given = Observation(0, height, Moment.parse("2020-01-02"), variable="height", value=170.0, unit="cm")
    first = records.save_observation(session, patient, given)
    given.value = 171.0
    records.correct_observation(session, first.id, given)
    _fill_clinical(session, patient)


def _fill_clinical(session: Session, patient: int) -> None:
    none = (None,) * 12
    with session.store.transaction() as tx:
        number = imports.start(tx, session.user.id, 1)
        imports.touch(tx, number, [patient])
        imports.add_file(tx, number, "a.json", "fhir", "read", bytes(32), {}, blobs.put(tx, b"{}" * 99), 1)
        conditions.insert_many(
            tx, [(patient, None, '[[],"x"]', "active", "confirmed", *none[:7], 1, "c", number)]
        )
        medications.insert_many(
            tx,
            [
                (
                    patient,
                    "request",
                    None,
                    '[[],"x"]',
                    "active",
                    *none[:6],
                    "1 a day",
                    None,
                    None,
                    1,
                    "m",
                    number,
                )
            ],
        )
        allergies.insert_many(
            tx,
            [
                (
                    patient,
                    None,
                    '[[],"x"]',
                    "active",
                    "",
                    "food",
                    "high",
                    "hives",
                    "severe",
                    *none[:4],
                    1,
                    "a",
                    number,
                )
            ],
        )
        encounters.insert_many(tx, [(patient, "finished", "AMB", None, None, *none[:5], 1, "e", number)])
        procedures.insert_many(tx, [(patient, None, None, "completed", *none[:5], 1, "p", number)])
        stored = assessments.insert(tx, patient, "model", "1", "2026-01-01", "final", b"{}", 1, 1)
        assessments.decide(tx, stored, "agree", "", 1, 2)
        audit.record(session, tx, "freeze", patient)


def main(target: Path) -> None:
    """Make the clinic and keep its three files."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "clinic"
        create_clinic(folder, USER, PASSWORD, clock=clock, cost=KdfCost(1, 64, 1))
        with open_clinic(folder, USER, PASSWORD, clock=clock) as session:
            fill(session)
        target.mkdir(parents=True, exist_ok=True)
        for name in ("clinic.db", "keys.json", "audit.head"):
            shutil.copyfile(folder / name, target / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
