"""What is printed is checked, stored as it went out, sealed and logged; nobody else's words are shown."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from medapp.assess.assessor import Given
from medapp.domain.administrative import Identifier, IdentifierType
from medapp.domain.clinical import Condition
from medapp.domain.datatypes import CodeableConcept
from medapp.domain.notes import Copied, Passage, Visit
from medapp.i18n import Words
from medapp.reporting.forms import NoTestNamed, PeriodWrong, QuestionMissing, ToMissing
from medapp.services import audit, documents, entries, journal, problems, records, visits
from medapp.services.documents import Letter, ReportKind
from medapp.services.imports import import_paths
from medapp.services.session import Session
from medapp.store.errors import UnknownItem
from tests.clinics import person

EN, ZH = Words("en"), Words("zh_CN")


@pytest.fixture
def patient(clinic: Session) -> int:
    number = records.add_patient(clinic, person("Lin", "Meihua", han="林美华", mrn="0048 2217")).id
    problems.add(clinic, Condition(0, number, CodeableConcept((), "Asthma <severe>"), "active", "confirmed"))
    entries.save_values(clinic, number, {"creatinine": Given(118.0, "umol/L")})
    return number


def signed(session: Session, patient: int) -> int:
    copied = Passage("Cough for ten days", (Copied(0, 5, 1, "2026-01-02", "Cough"),))
    visit = Visit(session.now(), Passage("cough"), copied, plan=Passage("rest & tea"), follow_up="2026-03-15")
    return visits.sign(session, patient, visit).note


def letter(kind: ReportKind, **fields: Any) -> Letter:
    return Letter(kind, **fields)


def test_a_visit_summary_says_what_was_written_by_whom_and_what_was_copied(
    clinic: Session, patient: int
) -> None:
    report = documents.make(clinic, patient, letter(ReportKind.VISIT, note=signed(clinic, patient)), EN)
    for part in ("Cough for ten days", "rest &amp; tea", "Copied from the visit of 02", "by anna",
                 "Asthma &lt;severe&gt;", "Allergies not asked", "15\u2011Mar\u20112026"):
        assert part in report.html, part
    assert "LIN, Meihua" in report.identity and "0048 2217" in report.identity
    assert "MedApp" in report.footer and "anna" in report.footer


def test_a_report_comes_in_chinese_with_the_local_name_first(clinic: Session, patient: int) -> None:
    report = documents.make(clinic, patient, letter(ReportKind.RESULTS), ZH)
    assert report.identity.startswith("林美华")
    assert "肌酐" in report.html and "118" in report.html
    assert report.title == ZH("Result sheet") != "Result sheet"


def test_results_beyond_the_range_are_marked_in_words(clinic: Session, patient: int) -> None:
    report = documents.make(clinic, patient, letter(ReportKind.RESULTS), EN)
    assert "▲ High" in report.html


def test_a_note_of_somebody_else_is_never_printed_for_this_patient(clinic: Session, patient: int) -> None:
    other = records.add_patient(clinic, person("Lin", "Meili")).id
    note = signed(clinic, other)
    with pytest.raises(UnknownItem):
        documents.make(clinic, patient, letter(ReportKind.VISIT, note=note), EN)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"kind": ReportKind.REFERRAL, "question": "Why?"}, ToMissing),
        ({"kind": ReportKind.REFERRAL, "to": "Chest clinic"}, QuestionMissing),
        ({"kind": ReportKind.REQUEST, "to": "Laboratory", "tests": " \n "}, NoTestNamed),
        ({"kind": ReportKind.SICK_NOTE, "first": "2026-03-04", "last": "2026-03-03"}, PeriodWrong),
        ({"kind": ReportKind.SICK_NOTE, "first": "2026-03-04"}, PeriodWrong),
    ],
)
def test_an_unfinished_letter_is_shown_but_not_issued(
    clinic: Session, patient: int, fields: dict[str, Any], error: type[Exception]
) -> None:
    asked = Letter(**fields)
    assert documents.make(clinic, patient, asked, EN).html
    with pytest.raises(error):
        documents.issue(clinic, patient, asked, EN)
    assert documents.listed(clinic, patient) == []
    journal.undo(clinic, patient)  # nothing was sealed


def test_a_sick_note_counts_both_ends_and_names_no_diagnosis_unasked(clinic: Session, patient: int) -> None:
    asked = letter(ReportKind.SICK_NOTE, first="2026-03-02", last="2026-03-04")
    report = documents.make(clinic, patient, asked, EN)
    assert "3 days" in report.html and "Asthma" not in report.html
    assert "02\u2011Mar\u20112026" in report.html


def test_issuing_stores_the_report_as_it_was_seals_and_is_logged(clinic: Session, patient: int) -> None:
    asked = letter(ReportKind.REFERRAL, to="Chest clinic", question="Spirometry?", is_urgent=True)
    report = documents.make(clinic, patient, asked, EN)
    issued = documents.issue(clinic, patient, asked, EN)
    assert issued.report == report
    with pytest.raises(journal.Sealed):
        journal.undo(clinic, patient)
    problems.add(clinic, Condition(0, patient, CodeableConcept((), "Gout"), "active", "confirmed"))
    assert documents.read(clinic, issued.id) == report
    (line,) = documents.listed(clinic, patient)
    assert (line.id, line.title, line.by, line.is_sent) == (issued.id, "Referral", "anna", False)
    entry = next(one for one in audit.entries(clinic, patient=patient) if one.action == "print_document")
    assert "Chest" not in str(entry.detail)


def attachment(text: str, mime: str = "text/plain") -> dict[str, Any]:
    return {"attachment": {"contentType": mime, "data": base64.b64encode(text.encode()).decode()}}


def bundle(*patients: str) -> bytes:
    entries_: list[dict[str, Any]] = []
    for key in patients:
        subject = {"reference": f"Patient/{key}"}
        entries_ += [
            {"resourceType": "Patient", "id": key, "name": [{"family": key, "given": ["Ann"]}],
             "gender": "female", "birthDate": "1970-01-02"},
            {"resourceType": "Observation", "id": f"o{key}", "status": "final", "subject": subject,
             "code": {"coding": [{"system": "http://loinc.org", "code": "8302-2"}]},
             "effectiveDateTime": "2024-01-02",
             "valueQuantity": {"value": 170, "unit": "cm", "code": "cm"}},
            {"resourceType": "DocumentReference", "id": f"d{key}", "status": "current", "subject": subject,
             "date": "2024-01-02T10:00:00Z", "description": f"Letter {key}",
             "content": [attachment(f"Words about {key}"), attachment("x", "image/png")]},
            {"resourceType": "Composition", "id": f"c{key}", "status": "final", "subject": subject,
             "date": "2024-02-03", "title": "Note", "type": {"text": "Note"},
             "section": [{"title": f"History {key}", "text": {
                 "div": f"<div><p>Seen: {key}</p><p>Well &amp; calm</p></div>"}}]},
        ]
    entry = [{"fullUrl": f"http://x.org/{r['resourceType']}/{r['id']}", "resource": r} for r in entries_]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entry}).encode()


def test_texts_of_an_imported_file_are_listed_for_their_patient_only(clinic: Session, tmp_path: Path) -> None:
    path = tmp_path / "two.json"
    path.write_bytes(bundle("aaa", "bbb"))
    import_paths(clinic, [path])
    with clinic.store.reading() as db:
        rows = db.execute("SELECT patient, source_id FROM patient_detail ORDER BY patient").fetchall()
    assert [name for _, name in rows] == ["aaa", "bbb"]
    for number, name in rows:
        lines = documents.listed(clinic, number)
        assert [(one.title, one.is_sent) for one in lines] == [
            (f"History {name}", True), (f"Letter {name}", True),
        ]
        texts = [documents.read_sent(clinic, number, one.id, one.part) for one in lines]
        assert texts == [f"Seen: {name}\nWell & calm", f"Words about {name}"]


def sent_letter(key: str, words: str, **person: Any) -> dict[str, Any]:
    """A bundle with one letter about a person under an id."""
    resources = [
        {"resourceType": "Patient", "id": key, "gender": "female", "birthDate": "1970-01-02",
         "name": [{"family": "Berg", "given": ["Ann"]}], "identifier": [
             {"system": "http://state.example", "value": "12345", "type": {"coding": [{"code": "NI"}]}}],
         **person},
        {"resourceType": "DocumentReference", "id": f"d{key}", "status": "current",
         "subject": {"reference": f"Patient/{key}"}, "date": "2024-01-02T10:00:00Z",
         "description": f"Letter {key}", "content": [attachment(words)]},
    ]  # fmt: skip
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def send(session: Session, path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content), "utf-8")
    import_paths(session, [path])


def sent_to(session: Session, patient: int) -> list[tuple[str, str]]:
    lines = [one for one in documents.listed(session, patient) if one.is_sent]
    return sorted((one.title, documents.read_sent(session, patient, one.id, one.part)) for one in lines)


def test_letters_of_a_second_sender_are_shown_though_nothing_else_is_new(
    clinic: Session, tmp_path: Path
) -> None:
    send(clinic, tmp_path / "a.json", sent_letter("first", "Words of one"))
    send(clinic, tmp_path / "b.json", sent_letter("second", "Words of another"))
    with clinic.store.reading() as db:
        ((number,),) = db.execute("SELECT id FROM patient").fetchall()
    assert sent_to(clinic, number) == [
        ("Letter first", "Words of one"), ("Letter second", "Words of another"),
    ]


def test_a_letter_about_a_person_entered_here_is_shown(clinic: Session, tmp_path: Path) -> None:
    national = Identifier("12345", IdentifierType.NATIONAL, "http://state.example")
    entered = replace(person("Berg", "Ann", born="1970-01-02", mrn="9"), identifiers=(national,))
    number = records.add_patient(clinic, entered).id
    send(clinic, tmp_path / "a.json", sent_letter("x1", "Words about her"))
    assert sent_to(clinic, number) == [("Letter x1", "Words about her")]


def test_a_letter_under_an_id_that_two_persons_have_goes_to_the_one_of_its_file(
    clinic: Session, tmp_path: Path
) -> None:
    send(clinic, tmp_path / "a.json", sent_letter("1", "About Ann"))
    other: dict[str, Any] = {"identifier": [], "birthDate": "1950-05-05", "name": [{"family": "Ek"}]}
    send(clinic, tmp_path / "b.json", sent_letter("1", "About Ek", **other))
    with clinic.store.reading() as db:
        numbers = [row[0] for row in db.execute("SELECT id FROM patient ORDER BY id")]
    assert [sent_to(clinic, number) for number in numbers] == [
        [("Letter 1", "About Ann")], [("Letter 1", "About Ek")],
    ]
