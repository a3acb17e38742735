"""An import can be taken back: what it added goes, what it changed returns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medapp.domain.datatypes import Coding
from medapp.services.session import Session
from medapp.store import search
from medapp.store.connection import Transaction
from medapp.store.errors import UnknownItem
from medapp.store.repositories import (
    assessments,
    codes,
    conditions,
    imports,
    observations,
    patients,
    sources,
)
from tests.clinics import height, person

CODE = Coding("http://loinc.org", "8302-2")


def _observe(tx: Transaction, patient: int, value: float, import_id: int | None, **more: object) -> int:
    code = codes.intern(tx, [(CODE.system, CODE.code, None, "height")])[CODE.system, CODE.code]
    row = observations.row_of(patient, code, replace(height(value), **more), import_id=import_id)  # type: ignore[arg-type]
    return observations.insert_many(tx, [row]).ids[0]


def test_what_an_import_added_is_gone_after_undo(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        kept = patients.insert(tx, person("Kept"))
        own = _observe(tx, kept, 170.0, None)
        import_id = imports.start(tx, 1, 100)
        new = patients.insert(tx, person("New"), import_id=import_id)
        _observe(tx, kept, 171.0, import_id)
        _observe(tx, new, 172.0, import_id)
        imports.touch(tx, import_id, [kept, new])
    with clinic.store.transaction() as tx:
        assert imports.undo(tx, import_id, 200) == {kept, new}
    with clinic.store.reading() as db:
        assert patients.ids(db) == [kept]
        assert [one.id for one in observations.of_patient(db, kept)] == [own]
        assert search.find(db, "new") == []
    with pytest.raises(UnknownItem), clinic.store.transaction() as tx:
        imports.undo(tx, import_id, 201)


def test_what_an_import_changed_is_as_before_after_undo(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient = patients.insert(tx, person("Before", mrn="7"))
        source = sources.intern(tx, "h")
        row = (
            patient,
            None,
            '[[], "x"]',
            "active",
            "",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            source,
            "f" * 36,
            None,
        )
        condition = conditions.insert_many(tx, [row]).ids[0]
        old = _observe(tx, patient, 170.0, None, status="amended")
        before = (
            patients.get(tx, patient),
            conditions.of_patient(tx, patient),
            observations.of_patient(tx, patient),
        )
        import_id = imports.start(tx, 1, 100)
        imports.touch(tx, import_id, [patient])
        imports.remember_patient(tx, import_id, patient)
        patients.update(tx, replace(before[0], names=person("After").names))
        imports.remember_row(tx, import_id, "condition", condition)
        tx.execute(
            "UPDATE condition SET clinical_status='resolved', source_id=x'00' WHERE id=?", (condition,)
        )
        imports.remember_status(tx, import_id, old)
        observations.set_status(tx, old, "superseded")
        _observe(tx, patient, 171.0, import_id, replaces=old)
    with clinic.store.transaction() as tx:
        imports.undo(tx, import_id, 200)
        after = (
            patients.get(tx, patient),
            conditions.of_patient(tx, patient),
            observations.of_patient(tx, patient),
        )
        assert after == before
        assert len(search.find(tx, "before")) == 1 and search.find(tx, "after") == []
        with pytest.raises(UnknownItem):
            imports.remember_row(tx, import_id, "patient; DROP TABLE user", 1)


def test_a_patient_somebody_wrote_about_since_stays(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        import_id = imports.start(tx, 1, 100)
        new = patients.insert(tx, person("New"), import_id=import_id)
        imports.touch(tx, import_id, [new])
        assessments.insert(tx, new, "model", "1", "2026-01-01", "final", b"{}", 1, 150)
        imports.undo(tx, import_id, 200)
        assert patients.exists(tx, new)


def test_files_are_known_by_their_bytes_until_undone(clinic: Session) -> None:
    digest = bytes(32)
    with clinic.store.transaction() as tx:
        import_id = imports.start(tx, 1, 100)
        imports.add_file(tx, import_id, "a.json", "fhir", "read", digest, {"added": 3}, None, 100)
        assert imports.find_file(tx, digest) == {"added": 3}
        assert imports.listed(tx) == [imports.ImportLine(import_id, 1, 100, None, 1)]
        imports.undo(tx, import_id, 200)
        assert imports.find_file(tx, digest) is None
