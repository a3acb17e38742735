"""What a practice writes: visits, appointments, results to sign, tasks, and the way back from each.

`edit` and `edit_row` hold every act of writing with the rows before and after it, so that it can be
undone and done again until it is sealed (signed, printed or exported). Days without a time are ISO
texts; moments are two columns as in the first schema; other times are UTC seconds.
"""

from __future__ import annotations

from typing import Final

from medapp.store.migrations.m0001_initial import Database

_EDITS: Final = (
    """CREATE TABLE edit(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, user INTEGER NOT NULL,
        created INTEGER NOT NULL, action TEXT NOT NULL,
        undone INTEGER, sealed INTEGER, discarded INTEGER) STRICT""",
    """CREATE INDEX edit_patient ON edit(patient, id)""",
    """CREATE TABLE edit_row(
        edit INTEGER NOT NULL REFERENCES edit(id), n INTEGER NOT NULL, kind TEXT NOT NULL,
        item INTEGER NOT NULL, before TEXT, after TEXT, PRIMARY KEY(edit, n)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE draft(
        id INTEGER PRIMARY KEY, user INTEGER NOT NULL, patient INTEGER NOT NULL, kind TEXT NOT NULL,
        item INTEGER NOT NULL, document TEXT NOT NULL, updated INTEGER NOT NULL,
        UNIQUE(user, patient, kind, item)) STRICT""",
)

_CLINICAL: Final = (
    """CREATE TABLE immunisation(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        code INTEGER, concept TEXT, status TEXT NOT NULL,
        given_ts INTEGER, given_when INTEGER, lot TEXT NOT NULL, expiry TEXT, site TEXT NOT NULL,
        route TEXT NOT NULL, dose TEXT NOT NULL, note TEXT NOT NULL, encounter INTEGER,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    """CREATE TABLE family_history(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        relation TEXT NOT NULL, code INTEGER, concept TEXT, verification TEXT NOT NULL,
        onset_age REAL, note TEXT NOT NULL, recorded_ts INTEGER, recorded_when INTEGER,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    """CREATE TABLE pregnancy(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        status TEXT NOT NULL, last_period TEXT, scan_date TEXT, scan_days INTEGER, due TEXT,
        ended TEXT, outcome TEXT NOT NULL, note TEXT NOT NULL,
        recorded_ts INTEGER NOT NULL, recorded_when INTEGER NOT NULL, source INTEGER) STRICT""",
    """CREATE TABLE denial(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        subject TEXT NOT NULL, status TEXT NOT NULL,
        recorded_ts INTEGER NOT NULL, recorded_when INTEGER NOT NULL, user INTEGER NOT NULL) STRICT""",
    """CREATE TABLE note(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        encounter INTEGER, status TEXT NOT NULL, document TEXT NOT NULL, replaces INTEGER,
        user INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
        signed INTEGER, signed_by INTEGER) STRICT""",
    """CREATE TABLE document(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        kind TEXT NOT NULL, title TEXT NOT NULL, mime TEXT NOT NULL, blob INTEGER NOT NULL,
        status TEXT NOT NULL, note INTEGER, encounter INTEGER,
        user INTEGER NOT NULL, created INTEGER NOT NULL) STRICT""",
)

_DESK: Final = (
    """CREATE TABLE appointment(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        day TEXT NOT NULL, minute INTEGER NOT NULL, minutes INTEGER NOT NULL, reason TEXT NOT NULL,
        state TEXT NOT NULL, state_at INTEGER NOT NULL, doctor INTEGER, encounter INTEGER) STRICT""",
    """CREATE INDEX appointment_day ON appointment(day, minute)""",
    """CREATE TABLE review(
        observation INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        received INTEGER NOT NULL, level TEXT NOT NULL,
        signed INTEGER, user INTEGER, action TEXT NOT NULL, told TEXT NOT NULL) STRICT""",
    """CREATE INDEX review_open ON review(received) WHERE signed IS NULL""",
    """CREATE TABLE task(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        rule TEXT NOT NULL, due TEXT NOT NULL, state TEXT NOT NULL, title TEXT NOT NULL,
        note TEXT NOT NULL, user INTEGER NOT NULL, created INTEGER NOT NULL,
        updated INTEGER NOT NULL) STRICT""",
    """CREATE INDEX task_open ON task(due) WHERE state='open'""",
    """CREATE INDEX task_planned ON task(due)
        WHERE state='open' AND rule IN ('follow_up', 'own', 'tell_result')""",
    """CREATE TABLE outcome(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        assessor TEXT NOT NULL, version TEXT NOT NULL, assessment INTEGER,
        state TEXT NOT NULL, day TEXT, evidence TEXT NOT NULL,
        user INTEGER NOT NULL, created INTEGER NOT NULL) STRICT""",
    """CREATE INDEX outcome_assessor ON outcome(assessor, id)""",
)

_BY_PATIENT: Final = (
    "immunisation", "family_history", "pregnancy", "denial", "note", "document", "appointment", "review",
    "task", "outcome",
)
_SOURCED: Final = ("immunisation", "family_history")


def m0002_practice(db: Database) -> None:
    """Make every table; single statements, for `executescript` would end the transaction."""
    for statement in (*_EDITS, *_CLINICAL, *_DESK):
        db.execute(statement)
    for table in _BY_PATIENT:
        db.execute(f"CREATE INDEX {table}_patient ON {table}(patient)")
    for table in _SOURCED:
        db.execute(
            f"CREATE UNIQUE INDEX {table}_source ON {table}(source_id, source) WHERE source_id IS NOT NULL"
        )
