"""Why a medicine was stopped: FHIR's statusReason, as the doctor wrote it."""

from __future__ import annotations

from medapp.store.migrations.m0001_initial import Database


def m0003_stop_reason(db: Database) -> None:
    """A column of its own, for the reason that a medicine was begun is another thing."""
    db.execute("ALTER TABLE medication ADD COLUMN status_reason TEXT")
