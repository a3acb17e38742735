"""How answers leave: documents for scripts, tables and sentences for readers."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from medapp.errors import KnownError
from medapp.i18n import Words


def plain(value: Any) -> Any:
    """The same document with null where a number is not one (JSON knows no NaN)."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def write_document(document: Mapping[str, Any]) -> None:
    """One document, indented."""
    print(json.dumps(plain(document), ensure_ascii=False, allow_nan=False, indent=1))


def write_line(document: Mapping[str, Any]) -> None:
    """One line of JSON Lines."""
    print(json.dumps(plain(document), ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def failure(error: KnownError, words: Words) -> dict[str, Any]:
    """The failure document: stable code, sentence and advice in the reader's language."""
    message, advice = words(error.message, **error.fields), words(error.advice, **error.fields)
    return {"error": {"code": error.code, "message": message, "advice": advice}}


def write_failure(error: KnownError, words: Words, as_json: bool) -> None:
    """To standard output for scripts, to standard error for readers."""
    document = failure(error, words)
    if as_json:
        write_document(document)
        return
    told = document["error"]
    print(told["message"], told["advice"], sep="\n", file=sys.stderr)


def width(text: str) -> int:
    """Columns a text takes in a terminal; an ideograph takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def write_table(header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> None:
    """Columns aligned by what they take on screen; nothing is cut off."""
    lines = [*([tuple(header)] if header else []), *(tuple(row) for row in rows)]
    columns = [max(width(cell) for cell in cells) for cells in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell + " " * (size - width(cell)) for cell, size in zip(line, columns, strict=True))
        print("  ".join(cells).rstrip())
