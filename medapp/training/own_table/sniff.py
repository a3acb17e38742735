"""What kind of bytes a table is: compressed or not, in which encoding, with which separator."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from medapp.training.own_table.errors import (
    EncodingUnknown,
    TableIsWorkbook,
    TableMissing,
    TableNotText,
    TableTorn,
)

SAMPLE: Final = 1 << 18
BLOCK: Final = 1 << 20
DELIMITERS: Final = (",", ";", "\t", "|")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!")
_CONTROL: Final = frozenset(range(32)) - {9, 10, 12, 13}


@dataclass(frozen=True, slots=True)
class Form:
    """How the file is written."""

    path: Path
    is_compressed: bool
    encoding: str
    delimiter: str

    def open(self) -> IO[str]:
        """The text, decoded as it is read. Raises what reading raises, untranslated."""
        if self.is_compressed:
            return io.TextIOWrapper(gzip.open(self.path), encoding=self.encoding, newline="")
        return self.path.open(encoding=self.encoding, newline="")


def sniff(path: Path) -> Form:
    """The form of a file; every byte is decoded once, so that reading it cannot fail later.

    Raises TableMissing, TableTorn, TableIsWorkbook, TableNotText, EncodingUnknown.
    """
    try:
        with path.open("rb") as file:
            is_compressed = file.read(2) == b"\x1f\x8b"
        head = _head(path, is_compressed)
        _refuse_other_files(path, head)
        encoding = _encoding(path, is_compressed, head)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise TableTorn(file=path.name) from error
    except OSError as error:
        raise TableMissing(file=path.name) from error
    return Form(path, is_compressed, encoding, _delimiter(head, encoding))


def _head(path: Path, is_compressed: bool) -> bytes:
    with gzip.open(path) if is_compressed else path.open("rb") as file:
        return bytes(file.read(SAMPLE))


def _refuse_other_files(path: Path, head: bytes) -> None:
    if head.startswith(_WORKBOOKS):
        raise TableIsWorkbook(file=path.name)
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not _is_plain_utf16(head):
        odd = sum(head.count(code) for code in _CONTROL)
        if odd > len(head) / 200:
            raise TableNotText(file=path.name)


def _encoding(path: Path, is_compressed: bool, head: bytes) -> str:
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked is not None:
        candidates = [marked]
    elif _is_plain_utf16(head):
        candidates = ["utf-16-le" if head[1:2] == b"\0" else "utf-16-be"]
    else:
        candidates = ["utf-8", "gb18030" if _is_chinese(path, is_compressed) else "cp1252"]
    line = 0
    for name in candidates:
        line = _first_bad_line(path, is_compressed, name)
        if not line:
            return name
    raise EncodingUnknown(file=path.name, line=line)


def _is_plain_utf16(head: bytes) -> bool:
    """Latin letters in UTF-16 have a zero in every second byte."""
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    half = max(1, len(head[:2000]) // 2)
    return len(head) >= 4 and max(even, odd) > 0.4 * half and min(even, odd) < 0.05 * half


def _is_chinese(path: Path, is_compressed: bool) -> bool:
    """GB codes come in pairs of high bytes; accented letters of Western tables stand alone."""
    runs: Counter[int] = Counter()
    with gzip.open(path) if is_compressed else path.open("rb") as file:
        while block := file.read(BLOCK):
            runs.update(_high_runs(block))
            if sum(runs.values()) > 200:
                break
    paired = sum(count for length, count in runs.items() if length > 1)
    return paired > sum(runs.values()) / 2


def _high_runs(block: bytes) -> list[int]:
    folded = bytes(block).translate(bytes([32] * 128 + [120] * 128))
    return [len(run) for run in folded.split()]


def _first_bad_line(path: Path, is_compressed: bool, encoding: str) -> int:
    """The first line that the encoding cannot read; 0 when it reads all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with gzip.open(path) if is_compressed else path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                lines += decoder.decode(block).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return lines + bytes(error.object[: error.start]).count(b"\n")
    return 0


def _delimiter(head: bytes, encoding: str) -> str:
    """The separator that cuts the first lines into the same number of fields, the most of them."""
    lines = head.decode(encoding, "ignore").splitlines()[:50]
    best, found = (0.0, 0), ","
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _rows(lines, delimiter) if row)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        score = (count / max(1, sum(widths.values())) if width > 1 else 0.0, width)
        if score > best:
            best, found = score, delimiter
    return found


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []
