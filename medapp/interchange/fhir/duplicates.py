"""Finds JSON objects that name the same key twice.

JSON leaves open which of the two counts, and decoders silently take the last:
in a medical record that is a wrong value nobody sees.
"""

from __future__ import annotations

from json import JSONDecoder
from typing import Any


class _Found(Exception):
    """Carries the first key that stands twice out of the decoder."""


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Look at the keys of one object; objects are not kept (the answer is not needed)."""
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise _Found(next(name for name in names if names.count(name) > 1))


_decode = JSONDecoder(object_pairs_hook=_once).decode


def duplicate_key(text: str) -> str | None:
    """The first key that stands twice in one object of `text`, or None.

    Raises ValueError or RecursionError for text that is not JSON.
    """
    try:
        _decode(text)
    except _Found as found:
        return str(found)
    return None
