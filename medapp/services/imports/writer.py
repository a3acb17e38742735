"""Writes one file into one transaction: patients first, then their rows, then what waited for a patient."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from medapp.i18n import N_
from medapp.interchange.batch import LAYOUT, Batch, PatientKey, Row, SourceKey
from medapp.interchange.issues import Issue, Severity
from medapp.services.imports.interned import Interned
from medapp.services.imports.people import People
from medapp.services.imports.report import Counts, FileReport
from medapp.services.imports.rows import RowWriter
from medapp.store.connection import Transaction
from medapp.store.errors import UnknownPatient
from medapp.store.repositories import imports

_TYPES: Final = {
    "encounter": "Encounter",
    "condition": "Condition",
    "allergy": "AllergyIntolerance",
    "procedure": "Procedure",
    "observation": "Observation",
}

_NOBODY: Final = N_("The patient of this entry is in no file and not in the clinic; it is not used.")
_SEVERAL: Final = N_(
    "Several patients have the id that this entry names; it is not used. Send it with its patient."
)


@dataclass(slots=True)
class FileWriter:
    """Collects the counts of one file in `report`; `waiting` are persons nobody knows yet."""

    tx: Transaction
    import_id: int
    interned: Interned
    report: FileReport
    is_demo: bool = False
    waiting: dict[PatientKey, str] = field(default_factory=dict)
    people: People = field(init=False)
    rows: RowWriter = field(init=False)
    _late: dict[str, list[Row]] = field(default_factory=lambda: {kind: [] for kind in LAYOUT})

    def __post_init__(self) -> None:
        self.people = People(self.tx, self.import_id, self.interned, self.is_demo)
        self.rows = RowWriter(self.tx, self.import_id, self.interned, self.people)

    def write(self, batch: Batch) -> None:
        """Write one part of the file; rows of unknown persons wait for a later part."""
        self.interned.add_codes(self.tx, batch.codes)
        for sent in batch.patients:
            self.people.add(sent)
        for key, where in batch.subjects.items():
            if self.people.find(key) is None:
                self.waiting[key] = where
        if self.waiting:
            self._put_aside(batch)
        self.rows.write(batch)
        _add(self.report.resources, batch.resources)
        _add(self.report.verbatim, batch.verbatim)
        self.report.issues += batch.issues

    def _put_aside(self, batch: Batch) -> None:
        for kind, rows in batch.rows.items():
            if any(row[0] in self.waiting for row in rows):
                self._late[kind] += [row for row in rows if row[0] in self.waiting]
                batch.rows[kind] = [row for row in rows if row[0] not in self.waiting]

    def finish(self) -> None:
        """Write what waited if its persons came, report what did not, and add up."""
        if self.waiting:
            self._write_late()
        for key, where in self.waiting.items():
            message = _SEVERAL if key in self.people.unclear else _NOBODY
            self.report.issues.append(Issue(Severity.ERROR, "unknown_patient", where, message))
        self._leave_out()
        self.rows.end_denials()
        self.report.issues += self.people.issues + self.rows.issues
        self.report.counts = self._counts()
        seen = sorted(set(self.people.ids.values()))
        self.report.patients = [self._record_number(number) for number in seen]
        if self.report.verbatim:
            self.report.subjects = self._subjects()
        imports.touch(self.tx, self.import_id, {*self.touched, *map(int, self.report.subjects or ())})

    def _write_late(self) -> None:
        waiting = self.waiting.items()
        self.waiting = {key: where for key, where in waiting if self.people.find(key) is None}
        late = Batch(rows=self._late)
        self._late = {kind: [] for kind in LAYOUT}
        self._put_aside(late)
        self.rows.write(late)

    def _subjects(self) -> dict[str, list[str]]:
        """What this file calls each patient; a name that two of its senders use tells nothing."""
        named: dict[str, set[int]] = {}
        for key, number in self.people.ids.items():
            if isinstance(key, SourceKey):
                named.setdefault(key.id, set()).add(number)
        subjects: dict[str, list[str]] = {}
        for name, numbers in sorted(named.items()):
            if len(numbers) == 1:
                subjects.setdefault(str(*numbers), []).append(name)
        return subjects

    def _record_number(self, patient: int) -> str:
        found = self.tx.execute("SELECT mrn FROM patient WHERE id=?", (patient,)).fetchone()
        if found is None:
            raise UnknownPatient()
        number: str = found[0]
        return number

    @property
    def touched(self) -> set[int]:
        """Patients added to or changed."""
        return self.rows.touched | self.people.fresh | self.people.changed

    def _leave_out(self) -> None:
        """Resources of unknown persons are in the blob only."""
        for kind, rows in self._late.items():
            for type_ in _types_left_out(kind, rows):
                self.report.resources[type_] -= 1
                self.report.verbatim[type_] = self.report.verbatim.get(type_, 0) + 1
        self.report.resources = {type_: count for type_, count in self.report.resources.items() if count}

    def _counts(self) -> Counts:
        added = self.people.counts.added + self.rows.counts.added
        updated = self.people.counts.updated + self.rows.counts.updated
        return Counts(added, updated, sum(self.report.resources.values()) - added - updated)


def _types_left_out(kind: str, rows: list[Row]) -> list[str]:
    """The FHIR type of each resource, a panel once."""
    if kind == "medication":
        return ["MedicationRequest" if row[1] == "request" else "MedicationStatement" for row in rows]
    if kind == "observation":
        return ["Observation"] * len({(row[-4], row[-1].partition("#")[0]) for row in rows})
    return [_TYPES[kind]] * len(rows)


def _add(total: dict[str, int], part: dict[str, int]) -> None:
    for name, count in part.items():
        total[name] = total.get(name, 0) + count
