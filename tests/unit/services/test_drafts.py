"""Drafts are their writer's own, survive anything, and leave the record alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from medapp.domain.changes import Kind
from medapp.services import accounts, audit, drafts, records
from medapp.services.session import Session, open_clinic
from medapp.store.errors import UnknownPatient
from tests.clinics import CHEAP, PASSWORD, USER, clock, make_clinic, person

WRITER = """
import sys
from pathlib import Path
from medapp.services import drafts
from medapp.services.session import open_clinic
from tests.clinics import PASSWORD, USER, clock

session = open_clinic(Path(sys.argv[1]), USER, PASSWORD, clock=clock)
for n in range(1, 100_000):
    drafts.save(session, int(sys.argv[2]), drafts.VISIT, {"history": "cough " * n})
    print(n, flush=True)
"""


@pytest.fixture
def patient(clinic: Session) -> int:
    return records.add_patient(clinic, person("Lin", "Meihua")).id


def test_a_draft_is_read_as_it_was_saved_and_saved_again_in_its_place(clinic: Session, patient: int) -> None:
    drafts.save(clinic, patient, drafts.VISIT, {"history": "cough"})
    changes = drafts.save(clinic, patient, drafts.VISIT, {"history": "cough for 3 days 咳嗽"})
    found = drafts.read(clinic, patient, drafts.VISIT)
    assert found is not None and found.document == {"history": "cough for 3 days 咳嗽"}
    assert changes.touches(patient, Kind.DRAFT)
    assert len(drafts.listed(clinic)) == 1


def test_drafts_of_another_item_or_patient_are_apart(clinic: Session, patient: int) -> None:
    other = records.add_patient(clinic, person("Lin", "Meili")).id
    drafts.save(clinic, patient, drafts.VISIT, {"plan": "a"})
    drafts.save(clinic, patient, drafts.VISIT, {"plan": "b"}, item=7)
    drafts.save(clinic, other, drafts.VISIT, {"plan": "c"})
    assert [(one.patient.id, one.item) for one in drafts.listed(clinic)] == [
        (other, 0), (patient, 7), (patient, 0),
    ]
    drafts.discard(clinic, patient, drafts.VISIT, item=7)
    assert [(one.patient.id, one.item) for one in drafts.listed(clinic)] == [(other, 0), (patient, 0)]


def test_the_log_has_the_beginning_and_the_end_of_a_draft_and_no_word_of_it(
    clinic: Session, patient: int
) -> None:
    for text in ("c", "co", "cou"):
        drafts.save(clinic, patient, drafts.VISIT, {"history": text})
    drafts.discard(clinic, patient, drafts.VISIT)
    drafts.discard(clinic, patient, drafts.VISIT)
    entries = [one for one in audit.entries(clinic) if "draft" in one.action]
    assert [one.action for one in entries] == ["discard_draft", "begin_draft"]
    assert all("cou" not in str(one.detail) for one in entries)


def test_nobody_else_sees_a_draft(clinic: Session, patient: int) -> None:
    drafts.save(clinic, patient, drafts.VISIT, {"history": "cough"})
    accounts.add_user(clinic, "bert", "another horse battery", cost=CHEAP)
    folder = clinic.directory
    clinic.close()
    with open_clinic(folder, "bert", "another horse battery", clock=clock) as other:
        assert drafts.listed(other) == []
        assert drafts.read(other, patient, drafts.VISIT) is None


def test_a_draft_needs_a_patient(clinic: Session) -> None:
    with pytest.raises(UnknownPatient):
        drafts.save(clinic, 999, drafts.VISIT, {"history": "cough"})


def test_a_killed_program_leaves_the_last_draft_saved(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    with make_clinic(folder) as session:
        patient = records.add_patient(session, person("Lin", "Meihua")).id
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(patient)],
        stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= 20:
                break
        process.kill()
        last = [int(line) for line in process.stdout.read().split("\n")[:-1]]
    with open_clinic(folder, USER, PASSWORD, clock=clock) as session:
        (found,) = drafts.listed(session)
        draft = drafts.read(session, patient, found.kind)
        assert draft is not None
        assert len(draft.document["history"]) // 6 >= max(last, default=20)
