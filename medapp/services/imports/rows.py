"""Writes the rows of one file: new ones in bulk, repeats left alone, changes superseding what was there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

from medapp.domain.clinical import Subject
from medapp.errors import BugError
from medapp.i18n import N_
from medapp.interchange.batch import LAYOUT, Batch, Row, SourceKey
from medapp.interchange.issues import Issue, Severity
from medapp.services import denials
from medapp.services.imports.interned import Interned
from medapp.services.imports.people import People
from medapp.services.imports.report import Counts
from medapp.services.imports.shapes import (
    COLUMNS,
    REPOSITORIES,
    SOURCE,
    SOURCE_ID,
    Numbers,
    count_resources,
    is_unchanged,
    resource_of,
)
from medapp.store.connection import Transaction
from medapp.store.repositories import allergies, encounters, imports, observations
from medapp.store.repositories.rows import pack_id, unpack_id

_APART: Final = " #P"
"""Between a sender's name and the patient whose resources collided with another's."""
_DENIED: Final = {
    "condition": Subject.PROBLEMS, "allergy": Subject.ALLERGIES, "medication": Subject.MEDICINES,
}
_Key: TypeAlias = tuple[int, str]
_NEVER: Final = 1 << 62
_TS: Final = COLUMNS["observation"].index("ts")
_CODE: Final = COLUMNS["observation"].index("code")
_REPLACES: Final = COLUMNS["observation"].index("replaces")
_IMPORT: Final = COLUMNS["observation"].index("import_id")
_STATUS: Final = COLUMNS["observation"].index("status")


@dataclass(slots=True)
class RowWriter:
    """Writes into one transaction. `counts.unchanged` is left to the caller: it is the remainder."""

    tx: Transaction
    import_id: int
    interned: Interned
    people: People
    counts: Counts = field(default_factory=Counts)
    issues: list[Issue] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    since: int = _NEVER
    recent: set[int] = field(default_factory=set)
    """Patients with new observations of `since` (UTC seconds) or later."""
    _visits: dict[SourceKey, int | None] = field(default_factory=dict)
    _told: set[tuple[str, int]] = field(default_factory=set)
    """Kinds and patients, not new ones, about whom this file told something new of that kind."""

    def write(self, batch: Batch) -> None:
        """Write every row; all patients of the batch are known."""
        sources = self.interned.sources
        numbers = Numbers(self.people.ids, self.interned.codes, sources, self._visit, self.import_id)
        for kind in REPOSITORIES:
            sent = batch.rows[kind]
            if not sent:
                continue
            at = LAYOUT[kind].index("source")
            self.interned.add_sources(self.tx, {row[at] for row in sent})
            ids = self._write(kind, numbers.rows(kind, sent))
            if kind == "encounter" and ids is not None:
                keys = (SourceKey(row[at], row[at + 1]) for row in sent)
                self._visits.update(zip(keys, ids, strict=True))

    def _visit(self, key: SourceKey) -> int | None:
        """The encounter of a source key, also of an earlier import."""
        try:
            return self._visits[key]
        except KeyError:
            source = self.interned.source(self.tx, key.system)
            found = encounters.existing(self.tx, source, [key.id]).get(key.id)
            number = self._visits[key] = None if found is None else found[0]
            return number

    def _write(self, kind: str, rows: list[Row]) -> range | None:
        """The ids of the rows, when all of them were new."""
        fresh = self.people.fresh
        if not all(row[0] in fresh for row in rows):
            self._reconcile(kind, rows)
            return None
        inserted = REPOSITORIES[kind].insert_many(self.tx, rows)
        if inserted.count < len(rows):
            self._reconcile(kind, rows, made=inserted.ids)
            return None
        self._added(kind, rows)
        return cast(range, inserted.ids)

    def _added(self, kind: str, rows: list[Row]) -> None:
        self.counts.added += count_resources(kind, rows)
        patients = {row[0] for row in rows}
        self.touched |= patients
        self._told |= {(kind, patient) for patient in patients - self.people.fresh}
        if kind == "observation":
            self.recent.update({row[0] for row in rows if row[_TS] >= self.since})

    def _reconcile(self, kind: str, rows: list[Row], made: range = range(0)) -> None:
        """Compare with what is stored; rows under the ids `made` were inserted just now."""
        stored = self._stored(kind, rows)
        new: list[Row] = []
        foreign: list[Row] = []
        for key, group in _by_resource(kind, rows).items():
            found = stored.get(key)
            if not found:
                new += [row for row in group if kind != "observation" or not self._was_corrected(row)]
            elif all(row[0] in made for row in found):
                self._added(kind, group)
            elif found[0][1] != group[0][0]:
                foreign += group
            elif kind == "observation":
                self._supersede(group, found)
            else:
                self._update(kind, group[-1], found[0])
        if new:
            REPOSITORIES[kind].insert_many(self.tx, new)
            self._added(kind, new)
        if foreign:
            self._keep_apart(kind, foreign)

    def _stored(self, kind: str, rows: list[Row]) -> dict[_Key, list[Row]]:
        """What is stored of these resources, each row with its id first."""
        by_source: dict[int, set[str]] = {}
        for row in rows:
            by_source.setdefault(row[SOURCE[kind]], set()).add(row[SOURCE_ID[kind]])
        stored: dict[_Key, list[Row]] = {}
        for source, names in by_source.items():
            for name, found in REPOSITORIES[kind].existing(self.tx, source, names).items():
                key = (source, name.partition("#")[0] if kind == "observation" else name)
                stored.setdefault(key, []).extend(found if kind == "observation" else [found])
        return stored

    def _supersede(self, group: list[Row], found: list[Row]) -> None:
        """Bring the rows of one observation up to date; nothing stored is overwritten."""
        sent = {(row[_CODE], row[SOURCE_ID["observation"]]): row for row in group}
        old = {(row[_CODE + 1], unpack_id(row[SOURCE_ID["observation"] + 1])): row for row in found}
        changed = [
            key for key, row in sent.items()
            if (not self._was_corrected(row) if key not in old
                else not is_unchanged("observation", old[key], row))
        ]  # fmt: skip
        gone = [key for key in old if key not in sent]
        if not changed and not gone:
            return
        if any(row[_STATUS + 1] == "entered-in-error" for row in found):
            self._report_correction("observation")
            return
        rows = []
        for key in (*changed, *gone):
            before = old.get(key)
            if before is not None:
                if before[_IMPORT + 1] != self.import_id:  # else the undo takes the row away
                    imports.remember_status(self.tx, self.import_id, before[0])
                observations.set_status(self.tx, before[0], "superseded")
            if key in sent:
                row = sent[key]
                rows.append((*row[:_REPLACES], before[0] if before else None, *row[_REPLACES + 1 :]))
        observations.insert_many(self.tx, rows)
        self.recent.update({row[0] for row in rows if row[_TS] >= self.since})
        self._updated(group[0][0])

    def _was_corrected(self, row: Row) -> bool:
        """Whether this row stood here and was replaced by hand; the correction has no source."""
        if row[0] in self.people.fresh:
            return False
        found = self.tx.execute(
            "SELECT 1 FROM observation o WHERE patient=?1 AND code=?2 AND ts=?3 AND status='superseded' "
            "AND source=?4 AND source_id=?5 AND EXISTS("
            "SELECT 1 FROM observation WHERE patient=?1 AND replaces=o.seq AND source_id IS NULL)",
            (*row[:3], row[SOURCE["observation"]], pack_id(row[SOURCE_ID["observation"]])),
        ).fetchone()
        if found is None:
            return False
        self._report_correction("observation")
        return True

    def _report_correction(self, kind: str) -> None:
        message = N_("This was corrected here since it was imported; the correction stays.")
        self.issues.append(Issue(Severity.INFORMATION, "corrected_here", kind.capitalize(), message))

    def _update(self, kind: str, row: Row, stored: Row) -> None:
        """Replace one row of the other kinds, remembering it as it was; what was edited here stays."""
        number, patient = stored[0], row[0]
        if is_unchanged(kind, stored, row) or self._is_ended_denial(kind, number, patient):
            return
        if imports.is_edited(self.tx, patient, kind, number):
            self._report_correction(kind)
            return
        if stored[COLUMNS[kind].index("import_id") + 1] != self.import_id:  # else the undo takes it away
            imports.remember_row(self.tx, self.import_id, kind, number)
        names = [name for name in COLUMNS[kind] if name not in ("import_id", "source", "source_id")]
        values = [row[COLUMNS[kind].index(name)] for name in names]
        marks = ", ".join(f"{name}=?" for name in names)
        self.tx.execute(f"UPDATE {kind} SET {marks} WHERE id=?", (*values, number))
        self._told.add((kind, patient))
        self._updated(patient)

    def _is_ended_denial(self, kind: str, item: int, patient: int) -> bool:
        """Whether it says that no allergy is known, and one was found since."""
        if kind != "allergy":
            return False
        stored = allergies.get(self.tx, item)
        is_ended = stored is not None and stored.denies_all and not stored.is_denial
        return is_ended and denials.is_recorded(self.tx, patient, Subject.ALLERGIES)

    def end_denials(self) -> None:
        """What the file found is no longer denied: once, after all its rows."""
        for kind, patient in sorted(self._told):
            subject = _DENIED.get(kind)
            if subject is None or not denials.is_recorded(self.tx, patient, subject):
                continue
            rows = denials.standing(self.tx, patient, subject)
            for table, item, ended in rows:
                imports.remember_row(self.tx, self.import_id, table, item)
                sets = ", ".join(f"{name}=?" for name in ended)
                self.tx.execute(f"UPDATE {table} SET {sets} WHERE id=?", (*ended.values(), item))
            if rows:
                self.touched.add(patient)
                message = N_("Here none known was confirmed; that ends, for this file lists some.")
                self.issues.append(Issue(Severity.WARNING, "denial_ended", kind.capitalize(), message))

    def _updated(self, patient: int) -> None:
        self.counts.updated += 1
        self.touched.add(patient)

    def _keep_apart(self, kind: str, rows: list[Row]) -> None:
        """Another patient has resources under these ids: store these under a name of their own."""
        names = {number: name for name, number in self.interned.sources.items()}
        at, apart = SOURCE[kind], []
        for row in rows:
            name = names[row[at]]
            if _APART in name:
                raise BugError("a source of one patient holds another's rows")
            source = self.interned.source(self.tx, f"{name}{_APART}{row[0]}")
            apart.append((*row[:at], source, *row[at + 1 :]))
        message = N_("Another patient's entries have the same ids; these were stored apart.")
        self.issues.append(Issue(Severity.WARNING, "id_taken", kind.capitalize(), message))
        self._reconcile(kind, apart)
        if kind == "encounter":
            for row, moved in zip(rows, apart, strict=True):
                name = row[SOURCE_ID[kind]]
                found = encounters.existing(self.tx, moved[at], [name])[name]
                self._visits[SourceKey(names[row[at]], name)] = found[0]


def _by_resource(kind: str, rows: list[Row]) -> dict[_Key, list[Row]]:
    grouped: dict[_Key, list[Row]] = {}
    for row in rows:
        grouped.setdefault(resource_of(kind, row), []).append(row)
    return grouped
