"""Users come and go; their names stay in the log."""

from __future__ import annotations

import pytest

from medapp.security.errors import NotPermitted, UnknownUser, UserExists, WeakPassword, WrongPassword
from medapp.security.roles import Role
from medapp.services import accounts, audit
from medapp.services.session import Session, open_clinic, open_with_recovery
from medapp.store.errors import LastAdministrator
from tests.clinics import CHEAP, PASSWORD, USER, clock

BEN = "bens long password"


def test_a_user_is_added_once_with_a_strong_password(clinic: Session) -> None:
    with pytest.raises(WeakPassword):
        accounts.add_user(clinic, "ben", "short", cost=CHEAP)
    accounts.add_user(clinic, "ben", BEN, full_name="Ben Wu", cost=CHEAP)
    for name in ("ben", USER, " "):
        with pytest.raises(UserExists):
            accounts.add_user(clinic, name, BEN, cost=CHEAP)
    assert [(user.name, user.full_name) for user in accounts.listed(clinic)] == [
        (USER, USER),
        ("ben", "Ben Wu"),
    ]


def test_a_doctor_may_not_add_users(clinic: Session) -> None:
    accounts.add_user(clinic, "ben", BEN, cost=CHEAP)
    clinic.close()
    with open_clinic(clinic.directory, "ben", BEN, clock=clock) as session, pytest.raises(NotPermitted):
        accounts.add_user(session, "eve", BEN, cost=CHEAP)


def test_a_password_is_changed_by_its_owner(clinic: Session) -> None:
    with pytest.raises(WrongPassword):
        accounts.change_password(clinic, "not the old one", "the new password", cost=CHEAP)
    accounts.change_password(clinic, PASSWORD, "the new password", cost=CHEAP)
    clinic.close()
    with pytest.raises(WrongPassword):
        open_clinic(clinic.directory, USER, PASSWORD, clock=clock)
    open_clinic(clinic.directory, USER, "the new password", clock=clock).close()


def test_a_user_who_left_cannot_open_and_the_last_administrator_cannot_leave(clinic: Session) -> None:
    accounts.add_user(clinic, "ben", BEN, cost=CHEAP)
    accounts.deactivate(clinic, "ben")
    with pytest.raises(LastAdministrator):
        accounts.deactivate(clinic, USER)
    with pytest.raises(LastAdministrator):
        accounts.set_roles(clinic, USER, [Role.DOCTOR])
    with pytest.raises(UnknownUser):
        accounts.deactivate(clinic, "nobody")
    clinic.close()
    with pytest.raises(WrongPassword):
        open_clinic(clinic.directory, "ben", BEN, clock=clock)


def test_roles_are_set(clinic: Session) -> None:
    accounts.add_user(clinic, "ben", BEN, cost=CHEAP)
    accounts.set_roles(clinic, "ben", [Role.ADMINISTRATOR])
    accounts.set_roles(clinic, USER, [Role.DOCTOR])
    assert [user.roles for user in accounts.listed(clinic)] == [{Role.DOCTOR}, {Role.ADMINISTRATOR}]


def test_a_new_recovery_code_replaces_the_old_one(clinic: Session) -> None:
    code = accounts.new_recovery_code(clinic, cost=CHEAP)
    clinic.close()
    open_with_recovery(clinic.directory, code, USER, PASSWORD, clock=clock, cost=CHEAP)[0].close()


def test_every_act_is_in_the_log_without_names(clinic: Session) -> None:
    accounts.add_user(clinic, "ben", BEN, cost=CHEAP)
    accounts.deactivate(clinic, "ben")
    entries = audit.entries(clinic)
    assert {"add_user", "deactivate_user"} <= {entry.action for entry in entries}
    assert all("ben" not in str(entry.detail) for entry in entries)
