"""From bytes to rows of strings: streamed, so that a million rows need no more room than the sample kept."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from medapp.training.own_table.errors import (
    HeaderMissing,
    OneColumn,
    RowsRagged,
    TableEmpty,
    TableNotText,
    TrainingCancelled,
)
from medapp.training.own_table.sniff import Form, sniff

MOST_ROWS: Final = 20_000
"""Rows kept; of a longer table a random sample of so many, in the table's order."""
FEWEST_ROWS: Final = 20
RAGGED_SHARE: Final = 0.1
_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$")

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class RawRows:
    """What was read: `columns` [k][n] stripped strings, `lines` [n] the 0-based row of the file.

    `total` counts all data rows, `ragged` those set aside because their number of
    fields was another, with the line of the first; `renamed` are names that were
    blank or stood twice.
    """

    form: Form
    names: tuple[str, ...]
    columns: tuple[list[str], ...]
    lines: tuple[int, ...]
    total: int
    ragged: int = 0
    first_ragged: int = 0
    renamed: tuple[str, ...] = ()

    @property
    def is_sample(self) -> bool:
        return len(self.lines) < self.total - self.ragged


@dataclass(slots=True)
class _Kept:
    """A uniform sample of the rows that pass by (algorithm R), the same for the same file."""

    random: random.Random
    rows: list[tuple[int, list[str]]]
    seen: int = 0

    def add(self, line: int, row: list[str]) -> None:
        self.seen += 1
        if len(self.rows) < MOST_ROWS:
            self.rows.append((line, row))
            return
        place = int(self.random.random() * self.seen)
        if place < MOST_ROWS:
            self.rows[place] = (line, row)


def read_rows(
    path: Path, *, has_header: bool = True, seed: int = 7, cancelled: Cancelled | None = None
) -> RawRows:
    """Read a table in whatever encoding and with whatever separator it was written.

    Raises what `sniff` raises, TableEmpty, HeaderMissing, OneColumn, RowsRagged,
    TrainingCancelled.
    """
    form = sniff(path)
    try:
        return _read(form, has_header, seed, cancelled or _never)
    except csv.Error as error:
        raise TableNotText(file=path.name) from error


def _never() -> bool:
    return False


def _read(form: Form, has_header: bool, seed: int, cancelled: Cancelled) -> RawRows:
    kept = _Kept(random.Random(seed), [])
    ragged = first_ragged = line = 0
    with form.open() as stream:
        rows = _rows(stream, form.delimiter)
        header = next(rows, None)
        if header is None:
            raise TableEmpty(file=form.path.name, needed=FEWEST_ROWS)
        width = _width(header)
        if not has_header:
            kept.add(0, header[:width])
            line = 1
        for row in rows:
            cut = _fitted(row, width)
            if cut is None:
                ragged += 1
                first_ragged = first_ragged or line + 1 + int(has_header)
            else:
                kept.add(line, cut)
            line += 1
            if line % 10_000 == 0 and cancelled():
                raise TrainingCancelled
    _refuse(form, header if has_header else None, width, kept, line, ragged, first_ragged)
    names, renamed = _names(header[:width] if has_header else [""] * width)
    rows_kept = sorted(kept.rows)
    columns = [[row[place].strip() for _, row in rows_kept] for place in range(width)]
    return RawRows(
        form,
        names,
        tuple(columns),
        tuple(number for number, _ in rows_kept),
        line,
        ragged,
        first_ragged,
        renamed if has_header else (),
    )


def _rows(stream: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """The lines that hold anything; a NUL inside a text file is dropped as a stray."""
    csv.field_size_limit(1 << 20)
    clean = (text.replace("\0", "") if "\0" in text else text for text in stream)
    return (row for row in csv.reader(clean, delimiter=delimiter) if any(cell.strip() for cell in row))


def _width(header: Sequence[str]) -> int:
    """The number of columns; empty names at the end are separators typed for nothing."""
    width = len(header)
    while width > 1 and not header[width - 1].strip():
        width -= 1
    return width


def _fitted(row: list[str], width: int) -> list[str] | None:
    """The row in `width` fields, or None when it has more that hold something, or fewer."""
    if len(row) == width:
        return row
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return row[:width]
    return None


def _refuse(
    form: Form, header: Sequence[str] | None, width: int, kept: _Kept, total: int, ragged: int, first: int
) -> None:
    file = form.path.name
    if not total or not (kept.rows or ragged):
        raise TableEmpty(file=file, needed=FEWEST_ROWS)
    if width < 2:
        raise OneColumn(file=file)
    if ragged > RAGGED_SHARE * total:
        raise RowsRagged(count=ragged, rows=total, line=first)
    if header is not None and _looks_like_data(header[:width], [row for _, row in kept.rows[:200]]):
        raise HeaderMissing(file=file)


def _looks_like_data(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Numbers stand in the first line where numbers stand below it, or its texts are answers below."""
    alike = numeric = 0
    for place, name in enumerate(header):
        below = [row[place].strip() for row in rows if row[place].strip()]
        if not below:
            continue
        share = sum(bool(_NUMBER.match(cell)) for cell in below) / len(below)
        if share > 0.9:
            numeric += 1
            alike += bool(_NUMBER.match(name.strip()))
    if numeric:
        return alike >= max(1, numeric / 2)
    return all(name.strip() in {row[place].strip() for row in rows} for place, name in enumerate(header))


def _names(header: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every column's own name; blank ones are numbered, repeated ones too."""
    names: list[str] = []
    renamed: list[str] = []
    for place, text in enumerate(header):
        wanted = " ".join(text.split()) or f"column_{place + 1}"
        name, turn = wanted, 2
        while name in names:
            name, turn = f"{wanted}_{turn}", turn + 1
        if name != " ".join(text.split()):
            renamed.append(name)
        names.append(name)
    return tuple(names), tuple(renamed)
