"""Reports and letters: made from the record, kept as they went out, and the texts that others sent.

Printing and saving a file are the same act for the record: what was written until then is sealed, the
document is stored, the log says so. It happens before the paper comes out: a paper without a trace would
be worse than a trace without a paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from medapp.domain.changes import Changes, Kind
from medapp.domain.datatypes import Moment
from medapp.i18n import Words
from medapp.interchange.fhir.texts import SentText, sent_texts
from medapp.reporting.forms import Letter, ReportKind
from medapp.reporting.render import TITLES, Given, render
from medapp.reporting.report import MIME, Report
from medapp.security.roles import Permission
from medapp.services import journal, records, visits
from medapp.services.session import Session
from medapp.store import blobs
from medapp.store.connection import Reader
from medapp.store.errors import UnknownItem
from medapp.store.repositories import imports, papers
from medapp.store.repositories.papers import SentFile
from medapp.store.repositories.rows import unpack_id
from medapp.terminology.variables import variables

__all__ = [
    "PRINTED", "SAVED", "TITLES", "Issued", "Letter", "Report", "ReportKind", "Stored", "issue",
    "latest_note", "listed", "make", "read", "read_sent",
]

PRINTED: Final = "print"
SAVED: Final = "save_pdf"
_TWO: Final = 2
"""Values of each test on a result sheet: the latest and the one before."""


@dataclass(frozen=True, slots=True)
class Issued:
    """The stored document as it goes out, and what changed."""

    id: int
    report: Report
    changes: Changes


@dataclass(frozen=True, slots=True)
class Stored:
    """A line of Documents. `is_sent`: a text of an imported file, `part` of the file `id`, else our own."""

    id: int
    part: int
    is_sent: bool
    kind: str
    title: str
    by: str
    created: Moment


def make(session: Session, patient: int, letter: Letter, words: Words) -> Report:
    """The report as it would be printed now. Raises UnknownPatient, UnknownItem."""
    record = records.open_record(session, patient, audit=False)
    note = visits.get(session, letter.note) if letter.note is not None else None
    if note is not None and note.patient != patient:
        raise UnknownItem()
    wants_trends = letter.kind is not ReportKind.REQUEST and not (
        letter.kind is ReportKind.VISIT and note is not None
    )
    trends = records.trends(session, patient, variables(), _TWO) if wants_trends else {}
    given = Given(
        record, session.user.full_name, session.now(), note,
        visits.measured(session, note.visit.observations) if note is not None else (),
        {name: found for name, found in trends.items() if found},
    )
    return render(letter, given, words)


def issue(session: Session, patient: int, letter: Letter, words: Words, how: str = PRINTED) -> Issued:
    """Make and store a report that is printed or saved, and seal what was written. Needs EXPORT.

    Raises what is missing in the letter, UnknownPatient, UnknownItem.
    """
    session.require(Permission.EXPORT)
    letter.check()
    report = make(session, patient, letter, words)
    with journal.act(session, f"{how}_document", patient, Kind.DOCUMENT) as act:
        number = act.insert("document", {
            "patient": patient, "kind": report.kind, "title": report.title, "mime": MIME,
            "blob": blobs.put(act.tx, report.pack()), "status": "current", "note": letter.note,
            "encounter": None, "user": session.user.id, "created": act.now,
        })  # fmt: skip
        act.is_sealing = True
    return Issued(number, report, act.changes)


def latest_note(session: Session, patient: int) -> int | None:
    """The visit that a summary is printed of: the latest one that stands."""
    return next((one.id for one in visits.listed(session, patient) if one.is_standing), None)


def listed(session: Session, patient: int) -> list[Stored]:
    """Everything to be read about a patient, the latest first: printed here, or sent by others."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        own = [
            Stored(one.id, 0, False, one.kind, one.title, one.user, Moment(one.created, _offset(session)))
            for one in papers.of_patient(db, patient)
        ]
        sent = _sent(db, patient, _offset(session))
    return sorted((*own, *sent), key=lambda one: one.created.seconds, reverse=True)


def read(session: Session, document: int) -> Report:
    """A stored report as it was printed; noted in the log. Raises UnknownItem, DamagedStore."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = papers.get(db, document)
        if found is None or found.mime != MIME:
            raise UnknownItem()
        content = blobs.get(db, found.blob)
    session.note("read_document", found.patient, document=document)
    return Report.unpack(content)


def read_sent(session: Session, patient: int, file: int, part: int) -> str:
    """A text of an imported file; noted in the log. Raises UnknownItem, DamagedStore."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = next((one for one in papers.files_about(db, patient) if one.id == file), None)
        texts = _texts(db, patient, found) if found is not None else []
    if part >= len(texts):
        raise UnknownItem()
    session.note("read_document", patient, file=file, part=part)
    return texts[part].text


def _sent(db: Reader, patient: int, offset: int) -> list[Stored]:
    found = []
    for file in papers.files_about(db, patient):
        for part, text in enumerate(_texts(db, patient, file)):
            when = _moment(text.date) or Moment(file.created, offset)
            found.append(Stored(file.id, part, True, "sent", text.title, file.name, when))
    return found


def _texts(db: Reader, patient: int, file: SentFile) -> list[SentText]:
    """What a file says about the patient, each wording once: under every id that this file gives her."""
    names = imports.subjects(db, file.id, patient)
    if names is None:
        first = _source_id(db, patient)
        names = [first] if first else []
    content = blobs.get(db, file.blob) if names else b""
    return list({text.text: text for name in names for text in sent_texts(content, name)}.values())


def _source_id(db: Reader, patient: int) -> str:
    """What her first sender calls the patient; empty for one who was entered here."""
    row = db.execute("SELECT source_id FROM patient_detail WHERE patient=?", (patient,)).fetchone()
    return "" if row is None else unpack_id(row[0]) or ""


def _moment(text: str) -> Moment | None:
    try:
        return Moment.parse(text)
    except ValueError:
        return None


def _offset(session: Session) -> int:
    return session.now().offset
