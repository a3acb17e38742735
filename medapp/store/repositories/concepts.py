"""A concept (codings and a text) as one integer and, only where it says more, JSON."""

from __future__ import annotations

import json

from medapp.domain.datatypes import CodeableConcept, Coding
from medapp.store.repositories.codes import StoredCode


def pack(concept: CodeableConcept | None) -> str | None:
    """JSON of the codings and the text; None when one coding with its display says it all."""
    if concept is None:
        return None
    only = concept.codings[0] if len(concept.codings) == 1 else None
    if only is not None and concept.text in (None, only.display):
        return None
    codings = [[coding.system, coding.code, coding.display] for coding in concept.codings]
    return json.dumps([codings, concept.text], ensure_ascii=False, separators=(",", ":"))


def pack_whole(concept: CodeableConcept | None) -> str | None:
    """JSON in any case: for concepts that have no column of their own (a reason)."""
    if concept is None:
        return None
    codings = [[coding.system, coding.code, coding.display] for coding in concept.codings]
    return json.dumps([codings, concept.text], ensure_ascii=False, separators=(",", ":"))


def unpack(code: int | None, packed: str | None, codes: dict[int, StoredCode]) -> CodeableConcept:
    """The concept of a row."""
    if packed is not None:
        codings, text = json.loads(packed)
        return CodeableConcept(tuple(Coding(*parts) for parts in codings), text)
    known = codes.get(code) if code is not None else None
    return CodeableConcept((known.coding,), known.coding.display) if known else CodeableConcept()


def unpack_whole(packed: str | None) -> CodeableConcept | None:
    """Inverse of `pack_whole`."""
    return None if packed is None else unpack(None, packed, {})
