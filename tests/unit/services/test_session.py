"""A clinic opens for its users, and for nobody else."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from weakref import ref

import pytest

from medapp.security.errors import AmbiguousUser, MistypedRecoveryCode, NotPermitted, WrongPassword
from medapp.security.roles import Permission, Role
from medapp.services import accounts, audit
from medapp.services.session import Session, clinic_face, create_clinic, open_clinic, open_with_recovery
from medapp.store.connection import DATABASE
from medapp.store.errors import DamagedStore, NoStore, StoreExists, StoreInUse
from tests.clinics import CHEAP, PASSWORD, USER, clock, make_clinic


def test_a_new_clinic_opens_for_its_only_user(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "clinic"
    code = create_clinic(folder, USER, PASSWORD, clock=clock, cost=CHEAP, full_name="Anna Lin")
    assert len(code) == 39
    assert clinic_face(folder).users == (USER,) and not clinic_face(folder).is_demo
    with open_clinic(folder, None, PASSWORD, clock=clock) as session:
        assert session.user.full_name == "Anna Lin"
        assert session.user.roles == {Role.DOCTOR, Role.ADMINISTRATOR}
        assert session.user.role is Role.ADMINISTRATOR
        assert session.audit_problem is None
    names = {path.name for path in folder.iterdir()}
    assert {"clinic.db", "keys.json", "audit.head", "lock", "backups", "drafts", "logs"} == names


def test_an_existing_clinic_is_never_overwritten(clinic: Session) -> None:
    before = (clinic.directory / "keys.json").read_bytes()
    with pytest.raises(StoreExists):
        create_clinic(clinic.directory, USER, PASSWORD, clock=clock, cost=CHEAP)
    assert (clinic.directory / "keys.json").read_bytes() == before


def test_a_wrong_password_opens_nothing_and_leaves_no_lock(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    make_clinic(folder).close()
    for user, password in ((USER, "wrong password"), ("eve", PASSWORD)):
        with pytest.raises(WrongPassword):
            open_clinic(folder, user, password, clock=clock)
    open_clinic(folder, USER, PASSWORD, clock=clock).close()


def test_no_clinic_a_second_instance_and_damage_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    with pytest.raises(NoStore):
        open_clinic(folder, USER, PASSWORD, clock=clock)
    with make_clinic(folder), pytest.raises(StoreInUse):
        open_clinic(folder, USER, PASSWORD, clock=clock)
    (folder / DATABASE).write_bytes(b"rubbish" * 1000)
    with pytest.raises(DamagedStore):
        open_clinic(folder, USER, PASSWORD, clock=clock)


def test_several_users_must_say_who_they_are(clinic: Session) -> None:
    accounts.add_user(clinic, "ben", "bens long password", cost=CHEAP)
    clinic.close()
    with pytest.raises(AmbiguousUser):
        open_clinic(clinic.directory, None, PASSWORD, clock=clock)
    with open_clinic(clinic.directory, "ben", "bens long password", clock=clock) as session:
        assert session.user.roles == {Role.DOCTOR}
        with pytest.raises(NotPermitted):
            session.require(Permission.READ_AUDIT)


def test_the_recovery_code_gives_a_new_password_and_a_new_code(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    code = create_clinic(folder, USER, PASSWORD, clock=clock, cost=CHEAP)
    with pytest.raises(MistypedRecoveryCode):
        open_with_recovery(folder, code[:-1], USER, "brand new password", clock=clock, cost=CHEAP)
    session, following = open_with_recovery(folder, code, USER, "brand new password", clock=clock, cost=CHEAP)
    with session:
        assert "recovery_used" in {entry.action for entry in audit.entries(session)}
    assert following != code
    with pytest.raises(WrongPassword):
        open_clinic(folder, USER, PASSWORD, clock=clock)
    open_clinic(folder, USER, "brand new password", clock=clock).close()
    open_with_recovery(folder, following, USER, PASSWORD, clock=clock, cost=CHEAP)[0].close()


def test_a_keys_file_of_another_clinic_does_not_open_this_one(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_clinic(tmp_path / name).close()
    (tmp_path / "one" / "keys.json").replace(tmp_path / "two" / "keys.json")
    with pytest.raises(DamagedStore):
        open_clinic(tmp_path / "two", USER, PASSWORD, clock=clock)


def test_the_path_to_an_open_store_imports_nothing_slow(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    make_clinic(folder).close()
    program = (
        "import sys; from pathlib import Path; import medapp.services.session, medapp.services.search as s;"
        "from datetime import datetime, timezone;"
        "session = medapp.services.session.open_clinic(Path(sys.argv[1]), sys.argv[2], sys.argv[3],"
        " clock=lambda: datetime.now(timezone.utc));"
        "s.search(session, 'a'); s.page(session); session.close();"
        "print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder), USER, PASSWORD],
        capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
    slow = {"numpy", "pandas", "sqlite_utils", "typer", "structlog", "pint", "matplotlib", "onnxruntime",
            "zstandard", "msgspec"}  # fmt: skip
    assert slow.isdisjoint(done.stdout.split())


def test_a_closed_session_lets_its_models_go_and_is_in_no_cycle(tmp_path: Path) -> None:
    session = make_clinic(tmp_path / "clinic")
    session.note("search")
    assert session.registry.ids()
    session.close()
    assert session._registry is None
    kept = ref(session)
    gc.disable()
    try:
        del session
        assert kept() is None
    finally:
        gc.enable()
