"""Rows of a batch become rows of the store: keys replaced by numbers, concepts packed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from medapp.interchange.batch import LAYOUT, CodeKey, PatientKey, Row, SourceKey
from medapp.store.repositories import (
    allergies,
    concepts,
    conditions,
    encounters,
    medications,
    observations,
    procedures,
)
from medapp.store.repositories.rows import pack_id

REPOSITORIES: Final[Mapping[str, Any]] = {
    "encounter": encounters,
    "condition": conditions,
    "medication": medications,
    "allergy": allergies,
    "procedure": procedures,
    "observation": observations,
}
"""In the order of writing: visits first, for the others name them."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    kind: tuple(name.strip(' "') for name in repository.COLUMNS.split(","))
    for kind, repository in REPOSITORIES.items()
}
_OWN: Final = ("import_id", "replaces", "source", "source_id")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The store's numbers for the keys of a batch; `visit` gives None for an unknown encounter."""

    patients: Mapping[PatientKey, int]
    codes: Mapping[CodeKey, int]
    sources: Mapping[str, int]
    visit: Callable[[SourceKey], int | None]
    import_id: int

    def rows(self, kind: str, rows: list[Row]) -> list[Row]:
        """Rows in the repository's column order."""
        if kind == "observation":
            return self._observations(rows)
        make = _PLACES[kind]
        return [self._row(make, row) for row in rows]

    def _observations(self, rows: list[Row]) -> list[Row]:
        """The same as `_row`, written out: there are fifty times more of them than of the others."""
        patients, codes, sources, visit = self.patients, self.codes, self.sources, self.visit
        made: list[Row] = []
        for (patient, code, seconds, packed, value, unit, text, coded, comparator, sent, unit_sent,
             low, high, encounter, source, status, panel, source_id) in rows:  # fmt: skip
            if sent == value and unit_sent == unit:
                sent = unit_sent = None
            made.append((
                patients[patient], codes[code], seconds, packed, value, unit, text,
                None if coded is None else codes[coded], comparator, sent, unit_sent, low, high,
                None if encounter is None else visit(encounter), sources[source], status, None, panel,
                self.import_id, source_id,
            ))  # fmt: skip
        return made

    def _row(self, places: tuple[tuple[str, int], ...], row: Row) -> Row:
        made: list[object] = []
        for name, place in places:
            if name == "import_id":
                made.append(self.import_id)
                continue
            value = row[place]
            if name == "patient":
                value = self.patients[value]
            elif name == "source":
                value = self.sources[value]
            elif name == "concept":
                value = concepts.pack(value)
            elif name == "reason":
                value = concepts.pack_whole(value)
            elif value is not None and name == "code":
                value = self.codes[value]
            elif value is not None and name == "encounter":
                value = self.visit(value)
            made.append(value)
        return tuple(made)


_PLACES: Final = {
    kind: tuple((name, LAYOUT[kind].index(name) if name in LAYOUT[kind] else -1) for name in columns)
    for kind, columns in COLUMNS.items()
    if kind != "observation"
}

SOURCE: Final = {kind: columns.index("source") for kind, columns in COLUMNS.items()}
SOURCE_ID: Final = {kind: columns.index("source_id") for kind, columns in COLUMNS.items()}
_COMPARED: Final = {
    kind: tuple(place for place, name in enumerate(columns) if name not in _OWN)
    for kind, columns in COLUMNS.items()
}
_PANEL: Final = COLUMNS["observation"].index("panel")


def is_unchanged(kind: str, stored: Row, sent: Row) -> bool:
    """Whether a stored row (its id first) says what was sent."""
    for place in _COMPARED[kind]:
        new = sent[place]
        if kind == "observation" and place == _PANEL:
            new = pack_id(new)
        if stored[place + 1] != new:
            return False
    return True


def count_resources(kind: str, rows: list[Row]) -> int:
    """How many resources these rows came from, all of one kind."""
    place, source = SOURCE_ID[kind], SOURCE[kind]
    names = {row[place] for row in rows}
    if kind == "observation" and any("#" in name for name in names):
        return len({resource_of(kind, row) for row in rows})
    if len({row[source] for row in rows}) == 1:
        return len(names)
    return len({(row[source], row[place]) for row in rows})


def resource_of(kind: str, row: Row) -> tuple[int, str]:
    """Which resource a row belongs to: a second component of one code has `#2` after the id."""
    source_id: str = row[SOURCE_ID[kind]]
    return row[SOURCE[kind]], source_id.partition("#")[0] if kind == "observation" else source_id
