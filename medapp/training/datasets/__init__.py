"""Readers of data sets: one module each, found by the name in the recipe.

A reader turns a file into a frame of strings, "" for blank, one row per line of
the file and in its order: what the numbers mean is the recipe's business. What a
data set hides in its blanks (a question not asked, an answer lost on export) is
put right here, and each such repair is reported.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Protocol

from medapp.training.design import DataSource
from medapp.training.errors import DataFileUnreadable, DataSetChanged, DataSetMissing, EstimatorUnknown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing put right in a column, and in how many rows."""

    column: str
    rows: int
    what: str

    def as_document(self) -> dict[str, Any]:
        return {"column": self.column, "rows": self.rows, "what": self.what}


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file as read: strings, its hash, and what the reader put right."""

    frame: pd.DataFrame
    file: str
    sha256: str
    repairs: tuple[Repair, ...] = field(default=())


class Reader(Protocol):
    """What a module in this package offers as `read`."""

    def __call__(
        self, path: Path, options: Mapping[str, Any]
    ) -> tuple[pd.DataFrame, tuple[Repair, ...]]: ...


def data_dir() -> Path | None:
    """The folder of data sets named by $MEDAPP_DATA, or None."""
    named = os.environ.get("MEDAPP_DATA", "")
    return Path(named) if named else None


def reader(name: str) -> Reader:
    """The reader of a data set. Raises EstimatorUnknown, which lists those there are."""
    known = sorted(module.name for module in iter_modules(__path__))
    if name not in known:
        raise EstimatorUnknown(name=name, known=", ".join(known))
    read: Reader = import_module(f"{__name__}.{name}").read
    return read


def locate(source: DataSource, folder: Path | None = None) -> Path:
    """The training file of a recipe (the folder of its parts).

    Raises DataSetMissing, naming origin and sha256, or DataSetChanged.
    """
    folder = _package_dir(source.package) if source.package else folder or data_dir()
    path = folder / source.file if folder is not None else None
    if path is None or not all(part.is_file() for part in _files(source, path)):
        raise DataSetMissing(file=source.file, origin=source.origin, sha256=source.sha256)
    found = sha256_of(*_files(source, path))
    if found != source.sha256:
        raise DataSetChanged(
            file=source.file, found=found, sha256=source.sha256, origin=source.origin
        )
    return path


def collect(source: DataSource, path: Path) -> RawTable:
    """Read a file in the recipe's format, or the folder of its parts.

    Of a part, the second of two identical rows is left out: training must not count
    it twice. A single file is read as it is, for each of its rows is asked about.
    Raises DataFileUnreadable or ColumnMissing.
    """
    read = reader(source.reader)
    files = _files(source, path) if path.is_dir() else (path,)
    try:
        tables = [read(file, source.options) for file in files]
        digest = sha256_of(*files)
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise DataFileUnreadable(file=path.name, reason=type(error).__name__) from error
    if not path.is_dir():
        return RawTable(tables[0][0], path.name, digest, tables[0][1])
    return _joined(path, files, tables, digest)


def _joined(
    path: Path, files: Sequence[Path], tables: Sequence[tuple[pd.DataFrame, tuple[Repair, ...]]], digest: str
) -> RawTable:
    import pandas as pd

    repairs: list[Repair] = []
    frames = []
    for file, (frame, found) in zip(files, tables, strict=True):
        repairs.extend(Repair(repair.column, repair.rows, f"{file.name}: {repair.what}") for repair in found)
        again = frame.duplicated()
        if again.any():
            same = f"{file.name}: the same as an earlier row: left out"
            repairs.append(Repair("*", int(again.sum()), same))
        frames.append(frame[~again])
    return RawTable(pd.concat(frames, ignore_index=True), path.name, digest, tuple(repairs))


def _files(source: DataSource, path: Path) -> tuple[Path, ...]:
    return tuple(path / part for part in source.parts) or (path,)


def _package_dir(package: str) -> Path | None:
    try:
        found = find_spec(package)
    except ModuleNotFoundError:
        return None
    return None if found is None or not found.origin else Path(found.origin).parent


def sha256_of(*paths: Path) -> str:
    """Hex digest of the bytes of one file, or of several one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
