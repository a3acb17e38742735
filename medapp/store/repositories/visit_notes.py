"""Signed visits: each version is a row whose text is never changed, and why it gave way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from medapp.domain.datatypes import Moment
from medapp.domain.notes import PASSAGES, Copied, Correction, Note, Passage, ProblemEntry, Visit
from medapp.store.connection import Reader, Row

Document = dict[str, Any]

_READ: Final = (
    "SELECT n.id, n.patient, n.encounter, n.status, n.document, n.replaces, n.signed, u.full_name "
    "FROM note n LEFT JOIN user u ON u.id=n.signed_by"
)


def of_patient(db: Reader, patient: int) -> list[Note]:
    """Every version of every visit, the latest signed first."""
    rows = db.execute(f"{_READ} WHERE n.patient=? ORDER BY n.signed DESC, n.id DESC", (patient,)).fetchall()
    return [_note(row) for row in rows]


def get(db: Reader, note: int) -> Note | None:
    """One version."""
    row = db.execute(f"{_READ} WHERE n.id=?", (note,)).fetchone()
    return None if row is None else _note(row)


def pack(visit: Visit, signed: Moment, correction: Correction | None = None) -> str:
    """The document of a note's row."""
    correct = _pack_correction(correction)
    return _dumped({"visit": pack_visit(visit), "signed": signed.packed, "correction": correct})


def with_cancellation(db: Reader, note: int, why: Correction) -> str:
    """The stored document with the reason of its cancellation beside the unchanged text."""
    (packed,) = db.execute("SELECT document FROM note WHERE id=?", (note,)).fetchone() or ("{}",)
    return _dumped({**json.loads(packed), "cancellation": _pack_correction(why)})


def pack_visit(visit: Visit) -> Document:
    """A visit as JSON; empty parts are left out."""
    document: Document = {name: _pack_passage(getattr(visit, name)) for name in PASSAGES}
    document |= {
        "started": [visit.started.seconds, visit.started.packed],
        "problems": [[one.condition, one.label, _pack_passage(one.passage)] for one in visit.problems],
        "follow_up": visit.follow_up,
        "observations": list(visit.observations),
    }
    return {key: value for key, value in document.items() if value}


def unpack_visit(document: Mapping[str, Any]) -> Visit:
    """Inverse of `pack_visit`."""
    return Visit(
        started=Moment.unpack(*document["started"]),
        **{name: _passage(document.get(name)) for name in PASSAGES},
        problems=tuple(
            ProblemEntry(condition, label, _passage(text))
            for condition, label, text in document.get("problems", ())
        ),
        follow_up=document.get("follow_up", ""),
        observations=tuple(document.get("observations", ())),
    )


def _pack_passage(passage: Passage) -> list[Any] | None:
    if not passage.text:
        return None
    copied = [[one.start, one.end, one.note, one.day, one.original] for one in passage.copied]
    return [passage.text, copied]


def _passage(packed: list[Any] | None) -> Passage:
    if not packed:
        return Passage()
    return Passage(packed[0], tuple(Copied(*one) for one in packed[1]))


def _pack_correction(why: Correction | None) -> list[Any] | None:
    return None if why is None else [why.reason, why.user, why.at]


def _correction(packed: list[Any] | None) -> Correction | None:
    return None if packed is None else Correction(*packed)


def _dumped(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _note(row: Row) -> Note:
    document: Document = json.loads(row[4])
    return Note(
        id=row[0],
        patient=row[1],
        encounter=row[2],
        status=row[3],
        visit=unpack_visit(document["visit"]),
        replaces=row[5],
        signed=Moment.unpack(row[6], document["signed"]),
        signed_by=row[7] or "",
        correction=_correction(document.get("correction")),
        cancellation=_correction(document.get("cancellation")),
    )
