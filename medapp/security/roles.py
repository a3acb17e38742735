"""Roles and what each may do; services ask before they act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a user is in this clinic; one user may be both."""

    DOCTOR = "doctor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that may be allowed."""

    READ_RECORD = "read_record"
    WRITE_RECORD = "write_record"
    ASSESS = "assess"
    IMPORT = "import"
    EXPORT = "export"
    BACKUP = "backup"
    READ_AUDIT = "read_audit"
    RESTORE = "restore"
    ADMINISTER_USERS = "administer_users"
    TRAIN_MODELS = "train_models"
    APPROVE_MODELS = "approve_models"


ALLOWED: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.DOCTOR: frozenset(
        {
            Permission.READ_RECORD,
            Permission.WRITE_RECORD,
            Permission.ASSESS,
            Permission.IMPORT,
            Permission.EXPORT,
            Permission.BACKUP,
            Permission.TRAIN_MODELS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.IMPORT,
            Permission.BACKUP,
            Permission.READ_AUDIT,
            Permission.RESTORE,
            Permission.ADMINISTER_USERS,
            Permission.APPROVE_MODELS,
        }
    ),
}
"""An administrator alone reads no record: keeping the machine is not treating the patient. So a doctor
makes a model from the clinic's table, and an administrator lets it answer."""


def permissions(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that any of the roles allows."""
    return frozenset().union(*(ALLOWED[role] for role in roles))
