"""A read-only session reads everything, logs it, and can write nothing."""

from __future__ import annotations

import pytest

from medapp.services import audit, records, search
from medapp.services.looking import OnlyLooking, looking
from medapp.services.session import Session
from tests.clinics import person


def test_it_reads_and_the_reading_is_logged(clinic: Session) -> None:
    patient = records.add_patient(clinic, person("Lin")).id
    view = looking(clinic)
    assert records.open_record(view, patient).patient is not None
    assert "open_record" in {entry.action for entry in audit.entries(clinic)}


def test_it_writes_nothing(clinic: Session) -> None:
    view = looking(clinic)
    with pytest.raises(OnlyLooking):
        records.add_patient(view, person("Nobody"))
    assert search.count(clinic, "") == 0
