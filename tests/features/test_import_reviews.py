"""What an import lets wait for a signature: news, not history; and what its undo takes away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medapp.services import due, records, reviews
from medapp.services.imports import import_paths, undo_import
from medapp.services.session import Session
from medapp.store.errors import UnknownPatient
from tests.clinics import make_clinic
from tests.unit.interchange.samples import bundle, concept, identifier, observation, patient, quantity, write

WHO = patient(identifier=[identifier("77")])


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as session:
        yield session


def potassium(name: str, day: str, value: float, **more: Any) -> dict[str, Any]:
    return observation(
        name, "2823-3", effectiveDateTime=day, valueQuantity=quantity(value, "mmol/L"), **more
    )


def levels(session: Session) -> list[tuple[float | None, str]]:
    return [(line.observation.value, line.level) for line in reviews.waiting(session)]


def test_recent_results_of_an_import_wait_and_the_years_before_do_not(
    clinic: Session, tmp_path: Path
) -> None:
    history = [potassium(f"old{n}", f"2024-02-{n:02d}", 4.0 + n / 10) for n in range(1, 20)]
    news = [potassium("a", "2026-02-27", 6.7), potassium("b", "2026-02-20", 4.4)]
    report = import_paths(clinic, [write(tmp_path, bundle(WHO, *history, *news))])
    assert levels(clinic) == [(6.7, "critical"), (4.4, "normal")]
    assert report.import_id is not None
    due.sweep(clinic, 0, 10, lambda: False)
    (who,) = {line.patient.id for line in reviews.waiting(clinic)}
    undo_import(clinic, report.import_id)
    assert reviews.count(clinic) == 0
    with pytest.raises(UnknownPatient):
        records.open_record(clinic, who)


def test_the_same_file_again_adds_nothing_and_a_corrected_value_waits_anew(
    clinic: Session, tmp_path: Path
) -> None:
    first = bundle(WHO, potassium("a", "2026-02-27", 6.7))
    import_paths(clinic, [write(tmp_path, first)])
    (line,) = reviews.waiting(clinic)
    reviews.sign(clinic, line.id, "repeat", "telephone")
    import_paths(clinic, [write(tmp_path, first)])
    assert levels(clinic) == []
    import_paths(clinic, [write(tmp_path, bundle(WHO, potassium("a", "2026-02-27", 5.6)))])
    assert levels(clinic) == [(5.6, "abnormal")]


def test_a_rehearsal_lets_nothing_wait(clinic: Session, tmp_path: Path) -> None:
    import_paths(clinic, [write(tmp_path, bundle(WHO, potassium("a", "2026-02-27", 6.7)))], dry_run=True)
    assert reviews.count(clinic) == 0


def test_a_file_that_corrects_the_sex_judges_anew_what_waits_and_its_undo_does(
    clinic: Session, tmp_path: Path
) -> None:
    haemoglobin = observation(
        "h", "718-7", effectiveDateTime="2026-02-27", valueQuantity=quantity(125, "g/L")
    )
    unknown = patient(identifier=[identifier("77")], gender="unknown")
    import_paths(clinic, [write(tmp_path, bundle(unknown, haemoglobin))])
    before = levels(clinic)
    corrected = bundle(patient(identifier=[identifier("77")], gender="male"))
    report = import_paths(clinic, [write(tmp_path, corrected, "later.json")])
    assert (before, levels(clinic)) == ([(125, "unknown")], [(125, "abnormal")])
    assert report.import_id is not None
    undo_import(clinic, report.import_id)
    assert levels(clinic) == before


def test_an_albumin_imported_later_shows_a_calcium_that_waits_to_be_critical(
    clinic: Session, tmp_path: Path
) -> None:
    day = "2026-02-27"
    calcium = observation("c", "17861-6", effectiveDateTime=day, valueQuantity=quantity(3.3, "mmol/L"))
    albumin = observation("l", "1751-7", effectiveDateTime=day, valueQuantity=quantity(20, "g/L"))
    import_paths(clinic, [write(tmp_path, bundle(WHO, calcium))])
    assert levels(clinic) == [(3.3, "abnormal")]
    import_paths(clinic, [write(tmp_path, bundle(WHO, albumin))])
    assert (3.3, "critical") in levels(clinic)


def test_a_pregnancy_that_a_later_file_names_judges_anew_what_waits(clinic: Session, tmp_path: Path) -> None:
    sent = observation("f", "2276-4", effectiveDateTime="2026-02-27", valueQuantity=quantity(60, "ug/L"))
    import_paths(clinic, [write(tmp_path, bundle(WHO, sent))])
    assert levels(clinic) == [(60, "normal")]
    expecting = {
        "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
        "code": concept("http://snomed.info/sct", "77386006", "Pregnant"),
        "clinicalStatus": concept("http://x", "active"), "onsetDateTime": "2026-01-10",
    }  # fmt: skip
    import_paths(clinic, [write(tmp_path, bundle(WHO, expecting), "later.json")])
    assert levels(clinic) == [(60, "unknown")]
