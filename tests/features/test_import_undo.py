"""An import is taken back whole, or not at all where what it brought was signed, sealed or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medapp.domain.administrative import HumanName
from medapp.errors import KnownError
from medapp.i18n import Words
from medapp.reporting.forms import Letter, ReportKind
from medapp.security.errors import NotPermitted
from medapp.security.roles import Role
from medapp.services import accounts, documents, problems, records, reviews
from medapp.services.imports import ImportReport, import_paths, may_undo, undo_import
from medapp.services.session import Session, open_clinic
from medapp.store.errors import UnknownPatient
from tests.clinics import CHEAP, PASSWORD, clock, make_clinic
from tests.unit.interchange.samples import bundle, concept, identifier, observation, patient, quantity, write

WHO = patient(identifier=[identifier("77")])
PROBLEM = {
    "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
    "code": concept("http://snomed.info/sct", "195967001", "Asthma"),
    "clinicalStatus": concept("http://x", "active"),
}  # fmt: skip
RESOLVED = PROBLEM | {"clinicalStatus": concept("http://x", "resolved")}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    with make_clinic(tmp_path / "clinic") as session:
        yield session


def send(session: Session, folder: Path, *files: list[Any]) -> int:
    report = sent(session, folder, *files)
    assert report.import_id is not None
    return report.import_id


def sent(session: Session, folder: Path, *files: list[Any]) -> ImportReport:
    return import_paths(session, [write(folder, bundle(*one), f"{n}.json") for n, one in enumerate(files)])


def who(session: Session) -> int:
    return records.resolve(session, "77")


def refusal(session: Session, import_id: int) -> str:
    with pytest.raises(KnownError) as refused:
        undo_import(session, import_id)
    assert refused.value.advice
    return refused.value.code


def potassium(value: float, **more: Any) -> dict[str, Any]:
    return observation(
        "k", "2823-3", effectiveDateTime="2026-02-27", valueQuantity=quantity(value, "mmol/L"), **more
    )


def test_a_signed_result_and_its_patient_stay(clinic: Session, tmp_path: Path) -> None:
    import_id = send(clinic, tmp_path, [WHO, potassium(6.7)])
    (line,) = reviews.waiting(clinic)
    reviews.sign(clinic, line.id, "repeat", "telephone")
    assert refusal(clinic, import_id) == "import_sealed"
    assert reviews.signed(clinic, line.id) is not None
    assert [one.value for one in records.series(clinic, who(clinic), "potassium")] == [6.7]


def test_what_was_printed_since_stays(clinic: Session, tmp_path: Path) -> None:
    import_id = send(clinic, tmp_path, [WHO, potassium(4.4)])
    documents.issue(clinic, who(clinic), Letter(ReportKind.RESULTS), Words("en"))
    assert refusal(clinic, import_id) == "import_sealed"


def test_a_problem_withdrawn_after_an_update_does_not_come_back(clinic: Session, tmp_path: Path) -> None:
    send(clinic, tmp_path, [WHO, RESOLVED])
    import_id = send(clinic, tmp_path, [WHO, PROBLEM])
    (one,) = records.open_record(clinic, who(clinic)).conditions
    problems.withdraw(clinic, one.id)
    assert refusal(clinic, import_id) == "import_edited"
    (kept,) = records.open_record(clinic, who(clinic)).conditions
    assert kept.verification == "entered-in-error"


def test_a_value_or_name_corrected_here_holds_its_import(clinic: Session, tmp_path: Path) -> None:
    import_id = send(clinic, tmp_path, [WHO, observation()])
    (old,) = records.series(clinic, who(clinic), "height")
    records.correct_observation(clinic, old.id, replace(old, value=172.0, value_sent=172.0))
    assert refusal(clinic, import_id) == "import_edited"
    other = send(clinic, tmp_path, [patient("p2", identifier=[identifier("78")], born="1950-01-01")])
    stored = records.open_record(clinic, records.resolve(clinic, "78")).patient
    assert stored is not None
    records.update_patient(clinic, replace(stored, names=(HumanName("Ek", ("Ida",)),)))
    assert refusal(clinic, other) == "import_edited"


def test_an_earlier_import_waits_for_the_later_one_that_changed_it(clinic: Session, tmp_path: Path) -> None:
    first = send(clinic, tmp_path, [WHO, PROBLEM, observation()])
    second = send(clinic, tmp_path, [WHO, RESOLVED, observation(valueQuantity=quantity(171, "cm"))])
    assert refusal(clinic, first) == "import_followed"
    undo_import(clinic, second)
    record = records.open_record(clinic, who(clinic))
    assert record.conditions[0].clinical_status == "active"
    assert [one.value for one in records.series(clinic, who(clinic), "height")] == [170]
    undo_import(clinic, first)
    with pytest.raises(UnknownPatient):
        who(clinic)


def test_one_import_that_changed_its_own_rows_is_taken_back_whole(clinic: Session, tmp_path: Path) -> None:
    import_id = send(
        clinic, tmp_path,
        [WHO, potassium(4.4, status="preliminary"), PROBLEM], [WHO, potassium(4.5), RESOLVED],
    )
    assert [one.value for one in records.series(clinic, who(clinic), "potassium")] == [4.5]
    undo_import(clinic, import_id)
    with pytest.raises(UnknownPatient):
        who(clinic)
    with clinic.store.reading() as db:
        for table in ("observation", "condition", "patient", "review"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_an_undo_that_an_older_version_remembered_for_a_row_of_its_own_does_not_fail(
    clinic: Session, tmp_path: Path
) -> None:
    import_id = send(clinic, tmp_path, [WHO, PROBLEM])
    with clinic.store.transaction() as tx:
        rows = (("observation", 99, '{"status": "final"}'), ("condition", 1, '{"id": 1}'))
        for kind, item, document in rows:
            tx.execute(
                "INSERT INTO import_before(import_id, kind, item, document) VALUES(?,?,?,?)",
                (import_id, kind, item, document),
            )
    undo_import(clinic, import_id)
    with pytest.raises(UnknownPatient):
        who(clinic)


def test_an_administrator_alone_takes_nothing_back(clinic: Session, tmp_path: Path) -> None:
    import_id = send(clinic, tmp_path, [WHO, PROBLEM])
    accounts.add_user(clinic, "adam", PASSWORD, roles=(Role.ADMINISTRATOR,), cost=CHEAP)
    folder = clinic.directory
    assert may_undo(clinic)
    clinic.close()
    with open_clinic(folder, "adam", PASSWORD, clock=clock) as admin:
        assert not may_undo(admin)
        with pytest.raises(NotPermitted):
            undo_import(admin, import_id)


def test_the_log_of_every_patient_concerned_says_it(clinic: Session, tmp_path: Path) -> None:
    other = patient("p2", "Ek", "1950-05-05", identifier=[identifier("78")])
    import_id = send(clinic, tmp_path, [WHO, PROBLEM, other])
    numbers = {who(clinic), records.resolve(clinic, "78")}
    undo_import(clinic, import_id)
    with clinic.store.reading() as db:
        found = db.execute("SELECT patient, detail FROM audit WHERE action='import_undone'").fetchall()
    assert {row[0] for row in found} == numbers
    assert {row[1] for row in found} == {f'{{"import_id":{import_id}}}'}
