"""The clinic's own models: drafts for those who name them, pages only after approval."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from medapp.domain.assessment import Status
from medapp.domain.datatypes import Moment
from medapp.security.errors import NotPermitted
from medapp.security.roles import Role
from medapp.services import accounts, assessments, audit, backups, models, own_models, records
from medapp.services.session import Session, open_clinic
from medapp.store.errors import NotABackup
from medapp.training.own_table.errors import TargetOneClass
from medapp.training.own_table.options import TableOptions
from tests.clinics import CHEAP, PASSWORD, USER, clock, make_clinic, person
from tests.unit.training.own_table.tables import illness, lines_of, write

MODEL = "our_illness"
INPUTS = {"own_age": 60, "sex": "male", "own_marker": 5.5, "own_smoking": "never"}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Session]:
    (tmp_path / "bundled").mkdir()
    make_clinic(tmp_path / "clinic").close()
    session = open_clinic(tmp_path / "clinic", USER, PASSWORD, clock=clock, models_dir=tmp_path / "bundled")
    yield session
    session.close()


def make_draft(session: Session, folder: Path) -> None:
    path = write(folder / "t.csv", lines_of(illness()))
    own_models.train_from_table(session, path, TableOptions("ill", id=MODEL, algorithms=("decision_tree",)))


def reopened(session: Session, user: str = USER, password: str = PASSWORD) -> Session:
    session.close()
    bundled = session.directory.parent / "bundled"
    return open_clinic(session.directory, user, password, clock=clock, models_dir=bundled)


def state(session: Session) -> str:
    return session.registry.entry(MODEL).state


def test_a_draft_answers_when_named_and_is_offered_to_nobody(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    assert state(clinic) == "draft"
    assert MODEL not in clinic.registry.ids()
    at = Moment.parse("2026-03-01")
    answer = assessments.assess_inputs(clinic.registry, MODEL, INPUTS, at)
    assert answer.status is Status.FINAL
    assert [w.code for w in answer.warnings][:1] == ["draft"]
    patient = records.add_patient(clinic, person("Berg", "Anna", mrn="A1")).id
    assert assessments.assess_patient(clinic, patient) == []
    (named,) = assessments.assess_patient(clinic, patient, [MODEL])
    assert named.assessor.id == MODEL
    assert assessments.latest(clinic, patient) == []


def test_a_model_made_here_is_in_the_backup_with_its_approval(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    models.approve(clinic, MODEL, "checked on the patients of last year")
    made = backups.backup(clinic, tmp_path / "clinic.medapp").path
    clinic.close()
    new = tmp_path / "new"
    backups.restore(new, made, USER, PASSWORD, clock=clock)
    with open_clinic(new, USER, PASSWORD, clock=clock, models_dir=tmp_path / "bundled") as restored:
        assert MODEL in restored.registry.ids()
        at = Moment.parse("2026-03-01")
        assert assessments.assess_inputs(restored.registry, MODEL, INPUTS, at).status is Status.FINAL
    # over the clinic as it was: its models go aside with it
    (clinic.directory / "models" / "later").mkdir()
    backups.restore(clinic.directory, made, USER, PASSWORD, clock=clock)
    assert [path.name for path in (clinic.directory / "models").iterdir() if path.is_dir()] == [MODEL]
    (aside,) = (clinic.directory / "backups").glob("replaced-*")
    assert (aside / "models" / "later").is_dir()


def test_a_backup_from_before_leaves_the_models_that_are_here(clinic: Session, tmp_path: Path) -> None:
    made = backups.backup(clinic, tmp_path / "clinic.medapp").path
    make_draft(clinic, tmp_path)
    before = tmp_path / "before.medapp"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(before, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == "manifest.json":
                content = json.dumps({k: v for k, v in json.loads(content).items() if k != "models"}).encode()
            new.writestr(member, content)
    clinic.close()
    backups.restore(clinic.directory, before, USER, PASSWORD, clock=clock)
    assert (clinic.directory / "models" / MODEL).is_dir()


@pytest.mark.parametrize("name", ["models/../clinic.db", "elsewhere/x", "models", "models\\..\\x"])
def test_a_backup_whose_models_lead_elsewhere_is_refused(clinic: Session, tmp_path: Path, name: str) -> None:
    made = backups.backup(clinic, tmp_path / "clinic.medapp").path
    told = tmp_path / "told.medapp"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(told, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == "manifest.json":
                content = json.dumps({**json.loads(content), "models": {name: "0"}}).encode()
            new.writestr(member, content)
        new.writestr(name, b"x")
    clinic.close()
    with pytest.raises(NotABackup):
        backups.restore(tmp_path / "new", told, USER, PASSWORD, clock=clock)
    assert not (tmp_path / "new" / "clinic.db").exists()


def test_a_model_that_was_changed_in_a_backup_is_refused(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    made = backups.backup(clinic, tmp_path / "clinic.medapp").path
    told = tmp_path / "told.medapp"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(told, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, content + b" " if member.endswith("card.toml") else content)
    with pytest.raises(NotABackup):
        backups.check(clinic, told)


def test_the_only_user_approves_with_a_reason(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    with pytest.raises(models.ApprovalReasonNeeded):
        models.approve(clinic, MODEL)
    with pytest.raises(models.ApprovalReasonNeeded):
        models.approve(clinic, MODEL, "   ")
    models.approve(clinic, MODEL, "checked on the patients of last year")
    assert state(clinic) == "local"
    assert MODEL in clinic.registry.ids()
    kept = models.draft_record(clinic, MODEL)
    assert kept is not None and kept.reason.startswith("checked") and kept.approved_by == kept.maker
    assert "approve_model" in [entry.action for entry in audit.entries(clinic)]
    answer = assessments.assess_inputs(clinic.registry, MODEL, INPUTS, Moment.parse("2026-03-01"))
    assert "draft" not in [w.code for w in answer.warnings]
    again = reopened(clinic)
    assert state(again) == "local"
    again.close()


def test_where_there_are_others_another_administrator_approves(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    both = (Role.DOCTOR, Role.ADMINISTRATOR)
    accounts.add_user(clinic, "ben", PASSWORD, roles=both, cost=CHEAP)
    accounts.add_user(clinic, "eva", PASSWORD, roles=(Role.DOCTOR,), cost=CHEAP)
    with pytest.raises(models.AnotherAdministratorNeeded):
        models.approve(clinic, MODEL, "my own reason")
    eva = reopened(clinic, "eva")
    with pytest.raises(NotPermitted):
        models.approve(eva, MODEL)
    ben = reopened(eva, "ben")
    models.approve(ben, MODEL)
    assert state(ben) == "local"
    ben.close()


def test_a_draft_that_was_changed_is_not_approved(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    card = models.folder_of(clinic.directory) / MODEL / "card.toml"
    card.write_text(card.read_text("utf-8").replace("research", "clinic"), "utf-8")
    with pytest.raises(models.DraftChanged):
        models.approve(clinic, MODEL, "a reason")


def test_an_approved_model_with_one_byte_changed_is_refused(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    models.approve(clinic, MODEL, "a reason")
    graph = models.folder_of(clinic.directory) / MODEL / "model.onnx"
    data = bytearray(graph.read_bytes())
    data[len(data) // 2] ^= 1
    graph.write_bytes(bytes(data))
    again = reopened(clinic)
    assert state(again) == "refused"
    answer = assessments.assess_inputs(again.registry, MODEL, INPUTS, Moment.parse("2026-03-01"))
    assert answer.status is Status.REFUSED
    again.close()


def test_a_signature_of_somebody_else_is_not_believed_whatever_the_folder_says(
    clinic: Session, tmp_path: Path
) -> None:
    from medapp.assess.folder import SIGNATURE_FILE, digest_of, hashes
    from medapp.security import seals

    make_draft(clinic, tmp_path)
    folder = models.folder_of(clinic.directory) / MODEL
    key = seals.new_signing_key()
    signature = seals.sign(key, digest_of(hashes(folder)).encode("ascii")).hex()
    (folder.parent / models.PUBLISHER_FILE).write_text(seals.public_key(key).hex(), "ascii")
    (folder / SIGNATURE_FILE).write_text(f'publisher = "clinic"\nsignature = "{signature}"\n', "ascii")
    again = reopened(clinic)
    assert state(again) == "refused"
    again.close()


def test_a_list_shows_own_models_without_unlocking_the_clinic(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    bundled = tmp_path / "bundled"
    assert [(e.id, e.state) for e in models.registry_of(clinic.directory, bundled).entries()] == [
        (MODEL, "draft")
    ]
    models.approve(clinic, MODEL, "a reason")
    assert [(e.id, e.state) for e in models.registry_of(clinic.directory, bundled).entries()] == [
        (MODEL, "local")
    ]
    assert models.registry_of(None, bundled).entries() == ()


def test_an_approved_id_is_taken_and_a_draft_is_replaced(clinic: Session, tmp_path: Path) -> None:
    make_draft(clinic, tmp_path)
    make_draft(clinic, tmp_path)
    models.approve(clinic, MODEL, "a reason")
    with pytest.raises(models.ModelExists):
        make_draft(clinic, tmp_path)
    with pytest.raises(models.NoDraft):
        models.approve(clinic, MODEL, "again")


def test_a_training_that_fails_keeps_nothing(clinic: Session, tmp_path: Path) -> None:
    columns = illness() | {"ill": ["yes"] * 120}
    path = write(tmp_path / "t.csv", lines_of(columns))
    with pytest.raises(TargetOneClass):
        own_models.train_from_table(clinic, path, TableOptions("ill", id=MODEL))
    assert not models.folder_of(clinic.directory).exists()
    with pytest.raises(models.NoDraft):
        models.approve(clinic, MODEL, "a reason")
