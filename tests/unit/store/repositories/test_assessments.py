"""Assessments are kept byte for byte; decisions are added, never erased."""

from __future__ import annotations

import pytest

from medapp.services.session import Session
from medapp.store.connection import Transaction
from medapp.store.errors import UnknownItem
from medapp.store.repositories import assessments, patients
from tests.clinics import person

DOCUMENT = '{"schema":"medapp.assessment/1", "value": 0.1000000000000001, "é": "林"}'.encode()


def _store(tx: Transaction, patient: int, assessor: str = "model", created: int = 1) -> int:
    return assessments.insert(tx, patient, assessor, "1.0", "2026-01-01", "final", DOCUMENT, 1, created)


def test_the_bytes_come_back(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient = patients.insert(tx, person("Lin"))
        number = _store(tx, patient)
        stored = assessments.get(tx, number)
    assert stored == assessments.StoredAssessment(
        number, patient, "model", "1.0", "2026-01-01", "final", DOCUMENT, 1, 1
    )


def test_history_is_newest_first_and_latest_one_per_assessor(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        patient, other = patients.insert(tx, person("Lin")), patients.insert(tx, person("Wang"))
        first, second, third = _store(tx, patient), _store(tx, patient, "score"), _store(tx, patient)
        _store(tx, other)
        assert [one.id for one in assessments.history(tx, patient)] == [third, second, first]
        assert [one.id for one in assessments.history(tx, patient, "model")] == [third, first]
        assert [one.id for one in assessments.latest(tx, patient)] == [third, second]


def test_the_last_decision_stands_until_it_is_undone(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        number = _store(tx, patients.insert(tx, person("Lin")))
        assessments.decide(tx, number, "agree", "", 1, 10)
        assessments.decide(tx, number, "disagree", "too old", 2, 20)
        standing = assessments.get(tx, number).decision
        assert standing is not None and (standing.decision, standing.reason) == ("disagree", "too old")
        assert assessments.undo_decision(tx, number, 30) == standing
        before = assessments.get(tx, number).decision
        assert before is not None and before.decision == "agree"
        assessments.undo_decision(tx, number, 31)
        with pytest.raises(UnknownItem):
            assessments.undo_decision(tx, number, 32)
        assert tx.execute("SELECT count(*) FROM decision").fetchone() == (2,)
        with pytest.raises(UnknownItem):
            assessments.decide(tx, 99, "agree", "", 1, 10)
