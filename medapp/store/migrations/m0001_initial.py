"""The first schema.

Observations are clustered by (patient, code, time, seq), so that a chart of
10,000 values lies in some eighty pages. `seq` comes from the table `sequence`,
is given once and is the observation's id for ever. A moment is two columns: `_ts` (UTC seconds) and `_when`
(offset and precision, `Moment.packed`). `source_id` and `panel` keep a UUID as
its 16 bytes. Foreign keys exist only where the child's index begins with them: undoing an
import must not scan ten million rows per visit removed.
"""

from __future__ import annotations

from typing import Final, Protocol


class Database(Protocol):
    """The part of `sqlite_utils.Database` that a migration uses."""

    def execute(self, sql: str) -> object: ...


_PEOPLE: Final = (
    """CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE sequence(name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    """INSERT INTO sequence VALUES('observation', 1)""",
    """CREATE TABLE user(
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL,
        roles TEXT NOT NULL, is_active INTEGER NOT NULL DEFAULT 1, created INTEGER NOT NULL) STRICT""",
    """CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT""",
    """CREATE TABLE code(
        id INTEGER PRIMARY KEY, system TEXT NOT NULL, code TEXT NOT NULL, display TEXT, variable TEXT,
        UNIQUE(system, code)) STRICT""",
    """CREATE INDEX code_variable ON code(variable) WHERE variable IS NOT NULL""",
    """CREATE TABLE patient(
        id INTEGER PRIMARY KEY, rank INTEGER NOT NULL, mrn TEXT NOT NULL,
        name TEXT NOT NULL, name_local TEXT, birth_date TEXT, sex TEXT NOT NULL,
        deceased INTEGER NOT NULL DEFAULT 0, demo INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE UNIQUE INDEX patient_rank ON patient(rank)""",
    """CREATE TABLE patient_detail(
        patient INTEGER PRIMARY KEY REFERENCES patient(id), document TEXT NOT NULL,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    """CREATE UNIQUE INDEX patient_source ON patient_detail(source_id, source)
        WHERE source_id IS NOT NULL""",
    """CREATE TABLE identifier(
        patient INTEGER NOT NULL REFERENCES patient(id), type TEXT NOT NULL, system TEXT NOT NULL,
        value TEXT NOT NULL, PRIMARY KEY(patient, type, system, value)) STRICT, WITHOUT ROWID""",
    """CREATE INDEX identifier_value ON identifier(value, system)""",
    """CREATE VIRTUAL TABLE patient_search USING fts5(
        doc, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5',
        tokenize="unicode61 remove_diacritics 2")""",
)

_CLINICAL: Final = (
    """CREATE TABLE observation(
        patient INTEGER NOT NULL REFERENCES patient(id), code INTEGER NOT NULL REFERENCES code(id),
        ts INTEGER NOT NULL, seq INTEGER NOT NULL, "when" INTEGER NOT NULL,
        value REAL, unit TEXT, text TEXT, coded INTEGER, comparator TEXT,
        value_sent REAL, unit_sent TEXT, ref_low REAL, ref_high REAL,
        encounter INTEGER, source INTEGER, status TEXT NOT NULL, replaces INTEGER, panel ANY,
        import_id INTEGER, source_id ANY,
        PRIMARY KEY(patient, code, ts, seq)) STRICT, WITHOUT ROWID""",
    """CREATE UNIQUE INDEX observation_seq ON observation(seq)""",
    """CREATE UNIQUE INDEX observation_source ON observation(source_id, source, code)
        WHERE source_id IS NOT NULL AND status <> 'superseded'""",
    """CREATE TABLE condition(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        code INTEGER, concept TEXT, clinical_status TEXT NOT NULL, verification TEXT NOT NULL,
        onset_ts INTEGER, onset_when INTEGER, abatement_ts INTEGER, abatement_when INTEGER,
        recorded_ts INTEGER, recorded_when INTEGER, encounter INTEGER,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    """CREATE TABLE medication(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        kind TEXT NOT NULL, code INTEGER, concept TEXT, status TEXT NOT NULL,
        authored_ts INTEGER, authored_when INTEGER, start_ts INTEGER, start_when INTEGER,
        end_ts INTEGER, end_when INTEGER, dosage TEXT NOT NULL, reason TEXT, encounter INTEGER,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    """CREATE TABLE allergy(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        code INTEGER, concept TEXT, clinical_status TEXT NOT NULL, verification TEXT NOT NULL,
        category TEXT NOT NULL, criticality TEXT NOT NULL, reaction TEXT NOT NULL,
        severity TEXT NOT NULL, onset_ts INTEGER, onset_when INTEGER,
        recorded_ts INTEGER, recorded_when INTEGER,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    """CREATE TABLE encounter(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        status TEXT NOT NULL, class_code TEXT NOT NULL, code INTEGER, concept TEXT,
        start_ts INTEGER, start_when INTEGER, end_ts INTEGER, end_when INTEGER, reason TEXT,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    """CREATE TABLE procedure(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        code INTEGER, concept TEXT, status TEXT NOT NULL,
        start_ts INTEGER, start_when INTEGER, end_ts INTEGER, end_when INTEGER, encounter INTEGER,
        source INTEGER, source_id ANY, import_id INTEGER) STRICT""",
    *(
        f"CREATE INDEX {table}_patient ON {table}(patient)"
        for table in ("condition", "medication", "allergy", "encounter", "procedure")
    ),
    *(
        f"CREATE UNIQUE INDEX {table}_source ON {table}(source_id, source) WHERE source_id IS NOT NULL"
        for table in ("condition", "medication", "allergy", "encounter", "procedure")
    ),
)

_ACTS: Final = (
    """CREATE TABLE import(
        id INTEGER PRIMARY KEY, user INTEGER NOT NULL, created INTEGER NOT NULL,
        undone INTEGER) STRICT""",
    """CREATE TABLE import_file(
        id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL, name TEXT NOT NULL,
        format TEXT NOT NULL, state TEXT NOT NULL, sha256 BLOB NOT NULL, report TEXT NOT NULL,
        blob INTEGER, created INTEGER NOT NULL) STRICT""",
    """CREATE INDEX import_file_import ON import_file(import_id)""",
    """CREATE INDEX import_file_sha256 ON import_file(sha256)""",
    """CREATE TABLE import_patient(
        import_id INTEGER NOT NULL, patient INTEGER NOT NULL, PRIMARY KEY(import_id, patient))
        STRICT, WITHOUT ROWID""",
    """CREATE TABLE import_before(
        id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL, kind TEXT NOT NULL,
        item INTEGER NOT NULL, document TEXT NOT NULL) STRICT""",
    """CREATE INDEX import_before_import ON import_before(import_id)""",
    """CREATE TABLE blob(
        id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, size INTEGER NOT NULL,
        data BLOB NOT NULL) STRICT""",
    """CREATE TABLE assessment(
        id INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient(id),
        assessor TEXT NOT NULL, version TEXT NOT NULL, at TEXT NOT NULL, status TEXT NOT NULL,
        document BLOB NOT NULL, user INTEGER NOT NULL, created INTEGER NOT NULL) STRICT""",
    """CREATE INDEX assessment_patient ON assessment(patient, assessor, id)""",
    """CREATE TABLE decision(
        id INTEGER PRIMARY KEY, assessment INTEGER NOT NULL REFERENCES assessment(id),
        decision TEXT NOT NULL, reason TEXT NOT NULL, user INTEGER NOT NULL, created INTEGER NOT NULL,
        undone INTEGER) STRICT""",
    """CREATE INDEX decision_assessment ON decision(assessment, id)""",
    """CREATE TABLE audit(
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, user INTEGER NOT NULL, action TEXT NOT NULL,
        patient INTEGER, detail TEXT NOT NULL, seal BLOB NOT NULL) STRICT""",
)


def m0001_initial(db: Database) -> None:
    """Make every table; single statements, for `executescript` would end the transaction."""
    for statement in (*_PEOPLE, *_CLINICAL, *_ACTS):
        db.execute(statement)
