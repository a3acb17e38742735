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


class _Found(Exception):
    """Carries the first key that stands twice out of the decoder."""


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Look at the keys of one object; objects are not kept (the answer is not needed)."""
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise _Found(next(name for name in names if names.count(name) > 1))


_look = JSONDecoder(object_pairs_hook=_once).decode
_decode = msgspec.json.Decoder().decode
_encode_into = msgspec.json.Encoder().encode_into


def decoded_once(text: bytes, buffer: bytearray) -> tuple[Any, str | None]:
    """The document in `text` (JSON in UTF-8), and the first key that stands twice in one of its objects.

    `buffer` is overwritten; to give the same again saves its making. Raises msgspec.DecodeError,
    ValueError or RecursionError for text that is not JSON.
    """
    document = _decode(text)
    _encode_into(document, buffer)
    if buffer.count(b":") == text.count(b":"):
        return document, None
    try:
        _look(str(text, "utf-8"))
    except _Found as found:
        return document, str(found)
    return document, None
