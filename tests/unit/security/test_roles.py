"""Who may do what."""

from __future__ import annotations

from medapp.security.roles import Permission, Role, permissions


def test_a_doctor_treats_and_an_administrator_keeps_the_house() -> None:
    doctor, administrator = permissions([Role.DOCTOR]), permissions([Role.ADMINISTRATOR])
    assert Permission.READ_RECORD in doctor and Permission.READ_RECORD not in administrator
    assert Permission.READ_AUDIT in administrator and Permission.READ_AUDIT not in doctor
    assert Permission.BACKUP in doctor & administrator


def test_both_roles_together_may_do_everything() -> None:
    assert permissions(Role) == frozenset(Permission)
    assert permissions([]) == frozenset()
