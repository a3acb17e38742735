"""Finds JSON objects that name the same key twice.

JSON leaves open which of the two counts, and decoders silently take the last:
in a medical record that is a wrong value nobody sees. Looking at every object
in Python would cost more than decoding; so the text is decoded and written
again in C, and only a text that lost a colon on the way is looked at.
"""

from __future__ import annotations

from json import JSONDecoder
from typing import Any

import msgspec
from msgspec import Raw


class _Found(Exception):
    """Carries the first key that stands twice out of the decoder."""


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Look at the keys of one object; objects are not kept (the answer is not needed)."""
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise _Found(next(name for name in names if names.count(name) > 1))


_look = JSONDecoder(object_pairs_hook=_once).decode
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def duplicate_key(text: bytes | Raw) -> str | None:
    """The first key that stands twice in one object of `text` (JSON in UTF-8), or None.

    Raises msgspec.DecodeError, ValueError or RecursionError for text that is not JSON.
    """
    if _encode(_decode(text)).count(b":") == bytes(text).count(b":"):
        return None
    try:
        _look(str(text, "utf-8"))
    except _Found as found:
        return str(found)
    return None
