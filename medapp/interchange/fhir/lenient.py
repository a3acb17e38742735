"""Reads a resource that the strict decoder refused, leaving out as little as possible.

First numbers and booleans written as text are taken as meant; then the fields
that still do not fit are left out one by one. Each step is reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

_PATH: Final = re.compile(r" - at `(?:key in )?\$?(?P<path>[^`]*)`$")
_SEGMENT: Final = re.compile(r"\.([A-Za-z_]\w*)|\[(?:\.\.\.|\d+)\]")
_MOST_REPAIRS: Final = 40
_ABSENT: Final = object()


@dataclass(slots=True)
class Repaired:
    """What could be read: `dropped` are paths left out, `is_coerced` that a type was wrong."""

    resource: Any
    is_coerced: bool = False
    dropped: list[str] = field(default_factory=list)


def read(raw: bytes, type_: type[msgspec.Struct]) -> Repaired | None:
    """Read one resource leniently; None when too little of it fits its type."""
    try:
        return Repaired(msgspec.json.decode(raw, type=type_, strict=False), is_coerced=True)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass  # the wrong fields are left out below
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return _without_misfits(document, type_) if isinstance(document, dict) else None


def _without_misfits(document: dict[str, Any], type_: type[msgspec.Struct]) -> Repaired | None:
    dropped: list[str] = []
    tried: set[tuple[object, ...]] = set()  # a coercion that did not help must not be undone for ever
    is_coerced = False
    for _ in range(_MOST_REPAIRS):
        try:
            return Repaired(msgspec.convert(document, type=type_, strict=False), is_coerced, dropped)
        except msgspec.ValidationError as error:
            path = path_of(error)
            if not path:
                return None
            attempt = (*path, coercion := _coercion(error))
            if attempt not in tried and _change(document, path, coercion):
                tried.add(attempt)
                is_coerced = True
            elif _change(document, path, _leave_out):
                dropped.append(".".join(path))
            else:
                return None
        except (UnicodeError, RecursionError, OverflowError):
            return None
    return None


def _coercion(error: msgspec.ValidationError) -> Callable[[Any], Any]:
    """How the wrong type that the message names is probably meant."""
    text = str(error)
    if text.startswith("Expected `str"):
        return _as_text
    if text.startswith("Expected `array"):
        return _as_list
    return _only_item if text.startswith("Expected `object") else _as_is


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict | str) else value


def _only_item(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _as_is(value: Any) -> Any:
    return value


def _leave_out(_value: Any) -> Any:
    return _ABSENT


def path_of(error: msgspec.ValidationError) -> list[str]:
    """The field names that msgspec's message points along, list marks left out."""
    match = _PATH.search(str(error))
    return [part for part in _SEGMENT.findall(match["path"]) if part] if match else []


def _change(document: dict[str, Any], path: list[str], change: Callable[[Any], Any]) -> bool:
    """Change the last field of `path` wherever it stands; whether anything became different."""
    holders: list[dict[str, Any]] = [document]
    for name in path[:-1]:
        holders = [child for holder in holders for child in _objects(holder.get(name))]
    name, is_changed = path[-1], False
    for holder in holders:
        if name not in holder:
            continue
        old = holder.pop(name)
        new = _changed(old, change)
        if new is not _ABSENT:
            holder[name] = new
        is_changed = is_changed or new is not old
    return is_changed


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """Change the value, or where that does nothing each item of a list (`given[...]`)."""
    new = change(value)
    if new is value and isinstance(value, list):
        items = [change(item) for item in value]
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return new


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)
