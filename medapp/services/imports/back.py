"""The way back from an import, as long as nothing rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from medapp.domain.changes import Changes
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission, permissions
from medapp.services import audit, incoming
from medapp.services.imports.run import KINDS
from medapp.services.session import Session
from medapp.store.repositories import imports
from medapp.store.repositories.imports import Obstacle


class ImportSealed(KnownError):
    code = "import_sealed"
    message = N_("Something about its patients was signed, printed or exported since: the import stays.")
    advice = N_("Correct or withdraw single entries in the record: it then shows both.")


class ImportEdited(KnownError):
    code = "import_edited"
    message = N_("What this import brought was changed or used here since: the import stays.")
    advice = N_("Undo these changes first, or correct single entries in the record.")


class ImportFollowed(KnownError):
    code = "import_followed"
    message = N_("A later import changed what this one brought: it stays.")
    advice = N_("Take the later import back first.")


_REFUSALS: Final[Mapping[Obstacle, type[KnownError]]] = {
    Obstacle.SEALED: ImportSealed, Obstacle.EDITED: ImportEdited, Obstacle.FOLLOWED: ImportFollowed,
}

_NEEDED: Final = frozenset({Permission.IMPORT, Permission.WRITE_RECORD})


def may_undo(session: Session) -> bool:
    """Whether the user may take an import back: it removes what treats patients."""
    return permissions(session.user.roles) >= _NEEDED


def undo_import(session: Session, import_id: int) -> Changes:
    """Take back what an import added and changed; noted in the log of every patient concerned.

    Raises NotPermitted (it needs WRITE_RECORD too), UnknownItem (also for an import undone before),
    ImportSealed, ImportEdited, ImportFollowed.
    """
    for permission in _NEEDED:
        session.require(permission)
    with session.store.transaction() as tx:
        found = imports.obstacle(tx, import_id)
        if found is not None:
            raise _REFUSALS[found]
        touched = imports.undo(tx, import_id, session.now().seconds)
        incoming.regrade_of(tx, touched)
        for patient in sorted(touched) or (None,):
            audit.record(session, tx, "import_undone", patient, import_id=import_id)
    return Changes(KINDS, touched)
