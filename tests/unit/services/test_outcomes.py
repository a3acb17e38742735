"""What it turned out to be: tied to the answer given before it, undone, and counted once a patient."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from medapp.assess.index import write_index
from medapp.domain.administrative import Patient, Sex
from medapp.domain.changes import Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Coding, Moment
from medapp.i18n import Words
from medapp.services import assessments, audit, journal, outcomes, records
from medapp.services.local_validity import LEAST, by_sex_sentence, sentence
from medapp.services.session import Session, create_clinic, open_clinic
from tests.clinics import CHEAP
from tests.model_folders import card_of, linear_folder

LOINC = "http://loinc.org"
ANSWERED = Moment.parse("2026-01-10T08:00:00Z")
TODAY = date(2026, 1, 15)


def clock() -> datetime:
    return datetime(2026, 1, 15, 9, 0, tzinfo=timezone.utc)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    models = tmp_path / "models"
    linear_folder(models, "first")
    output = card_of("later", (), "")["output"] | {"horizon_days": 90}
    linear_folder(models, "later", changes={"temporality": "prognosis", "output": output})
    write_index(models)
    create_clinic(tmp_path / "clinic", "dr", "correct horse battery", clock=clock, cost=CHEAP)
    opened = open_clinic(tmp_path / "clinic", None, "correct horse battery", clock=clock, models_dir=models)
    with opened:
        yield opened


def add_patient(session: Session, mrn: str, bmi: float = 31.0, sex: Sex = Sex.FEMALE) -> int:
    person = Patient(mrn=mrn, sex=sex, birth_date=Moment.parse("1964-06-01"))
    number = records.add_patient(session, person).id
    values = (("39156-5", "bmi", bmi, "kg/m2"), ("8480-6", "systolic_bp", 142.0, "mm[Hg]"))
    for code, variable, value, unit in values:
        day = Moment.parse("2026-01-05")
        records.save_observation(
            session, number, Observation(0, Coding(LOINC, code), day, variable, value, unit)
        )
    return number


def answer(session: Session, patient: int, at: Moment, *ids: str) -> None:
    """An answer that was given at that moment, not later about it."""
    session.clock = lambda: at.local
    assessments.assess_patient(session, patient, ids or None, at=at)
    session.clock = clock


@pytest.fixture
def patient(session: Session) -> int:
    number = add_patient(session, "A1")
    answer(session, number, ANSWERED)
    return number


def test_an_outcome_is_tied_to_the_answer_that_was_given_by_its_day(session: Session, patient: int) -> None:
    (answer,) = assessments.history(session, patient, "first")
    added = outcomes.enter(session, patient, "first", "confirmed", date(2026, 1, 12), " HbA1c 52 ")
    found = outcomes.of_patient(session, patient)["first"]
    assert (found.id, found.assessment, found.version) == (added.id, answer.id, answer.version)
    assert (found.state, found.day, found.evidence) == ("confirmed", "2026-01-12", "HbA1c 52")
    assert added.changes.touches(patient, Kind.OUTCOME)


def test_what_was_known_before_the_answer_is_kept_and_not_counted(session: Session, patient: int) -> None:
    before = date(2026, 1, 9)
    assert outcomes.comparison(session, patient, "first", "confirmed", before).answer is None
    outcomes.enter(session, patient, "first", "confirmed", before, "a letter")
    assert outcomes.of_patient(session, patient)["first"].assessment is None
    tally = outcomes.tally(session, "first")
    assert (tally.counts.n, tally.without_answer) == (0, 1)


def test_an_answer_given_later_as_of_an_earlier_day_is_no_prediction(session: Session, patient: int) -> None:
    (real,) = assessments.history(session, patient, "first")
    assessments.assess_patient(session, patient, at=Moment.parse("2026-01-11"))
    assert len(assessments.history(session, patient, "first")) == 2
    outcomes.enter(session, patient, "first", "confirmed", TODAY, "HbA1c 52")
    assert outcomes.of_patient(session, patient)["first"].assessment == real.id
    other = add_patient(session, "A2")
    assessments.assess_patient(session, other, at=Moment.parse("2026-01-11"))
    outcomes.enter(session, other, "first", "confirmed", TODAY, "HbA1c 52")
    assert outcomes.of_patient(session, other)["first"].assessment is None


def test_an_answer_stored_after_the_day_of_the_outcome_did_not_come_before_it(
    session: Session, patient: int
) -> None:
    late = add_patient(session, "A2")
    session.clock = lambda: Moment.parse("2026-01-11T07:00:00Z").local
    assessments.assess_patient(session, late, at=ANSWERED)
    session.clock = clock
    for day, is_compared in ((date(2026, 1, 10), False), (date(2026, 1, 11), True)):
        found = outcomes.comparison(session, late, "first", "confirmed", day).answer
        assert (found is not None) is is_compared


def test_a_new_patient_stays_with_an_answer_or_a_decision_about_one_but_not_for_a_missing_input(
    session: Session,
) -> None:
    numbers = [
        records.add_patient(session, Patient(mrn=mrn, birth_date=Moment.parse("1964-06-01"))).id
        for mrn in ("N1", "N2", "N3")
    ]
    for number in numbers:
        assessments.assess_patient(session, number)
    assert all(one.status != "final" for one in assessments.latest(session, numbers[0]))
    journal.undo(session, numbers[0])
    assessments.decide(session, assessments.latest(session, numbers[1])[0].id, "disagree", "known already")
    with session.store.transaction() as tx:
        tx.execute("UPDATE assessment SET status='final' WHERE patient=?", (numbers[2],))
    for number in numbers[1:]:
        with pytest.raises(journal.MoreSince):
            journal.undo(session, number)
        assert assessments.latest(session, number)


def test_an_outcome_is_undone_and_done_again_and_the_log_holds_no_evidence(
    session: Session, patient: int
) -> None:
    outcomes.enter(session, patient, "first", "excluded", TODAY, "normal glucose twice")
    assert journal.undo(session, patient).changes.touches(patient, Kind.OUTCOME)
    assert outcomes.of_patient(session, patient) == {}
    journal.redo(session, patient)
    assert outcomes.of_patient(session, patient)["first"].state == "excluded"
    entry = next(e for e in audit.entries(session) if e.action == "enter_outcome")
    assert entry.detail["state"] == "excluded"
    assert "glucose" not in str(entry.detail)


def test_said_again_it_replaces_what_was_said(session: Session, patient: int) -> None:
    first = outcomes.enter(session, patient, "first", "confirmed", date(2026, 1, 9), "a letter").id
    again = outcomes.enter(session, patient, "first", "excluded", TODAY, "biopsy", replaces=first).id
    assert again == first
    assert outcomes.of_patient(session, patient)["first"].state == "excluded"
    journal.undo(session, patient)
    assert outcomes.of_patient(session, patient)["first"].state == "confirmed"


@pytest.mark.parametrize(
    ("state", "day", "evidence", "error"),
    [
        ("perhaps", TODAY, "x", outcomes.UnknownState),
        ("confirmed", None, "x", outcomes.DayRequired),
        ("confirmed", date(2026, 1, 16), "x", outcomes.DayInFuture),
        ("excluded", TODAY, "  ", outcomes.EvidenceRequired),
    ],
)
def test_a_day_and_evidence_are_needed_to_confirm_or_exclude(
    session: Session, patient: int, state: str, day: date | None, evidence: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        outcomes.enter(session, patient, "first", state, day, evidence)
    assert outcomes.of_patient(session, patient) == {}


def test_unknown_needs_neither_and_is_counted_apart(session: Session, patient: int) -> None:
    outcomes.enter(session, patient, "first", "unknown", None, "")
    tally = outcomes.tally(session, "first")
    assert (tally.counts.n, tally.unknown) == (0, 1)


def test_agreement_is_no_outcome(session: Session, patient: int) -> None:
    (answer,) = assessments.history(session, patient, "first")
    assessments.decide(session, answer.id, "agree")
    assert outcomes.tally(session, "first").counts.n == 0


@pytest.fixture
def fill(session: Session) -> Callable[[int, int], None]:
    """Patients with outcomes: so many confirmed of so many."""

    def make(confirmed: int, n: int) -> None:
        for i in range(n):
            sex = Sex.FEMALE if i % 2 else Sex.MALE
            number = add_patient(session, f"B{i}", 24.0 + i % 12, sex)
            answer(session, number, ANSWERED)
            state = "confirmed" if i < confirmed else "excluded"
            outcomes.enter(session, number, "first", state, TODAY, "test")

    return make


def test_below_the_least_number_nothing_is_claimed(
    session: Session, fill: Callable[[int, int], None]
) -> None:
    fill(3, LEAST - 1)
    counts = outcomes.tally(session, "first").counts
    assert (counts.n, counts.ratio, counts.verdict) == (LEAST - 1, None, "few")
    assert sentence(counts, Words("en")) == "29 outcomes are recorded here; figures are shown from 30."


def test_the_tally_adds_the_estimates_that_were_given(
    session: Session, fill: Callable[[int, int], None]
) -> None:
    fill(LEAST, LEAST)
    tally = outcomes.tally(session, "first")
    stored = [
        assessments.read_stored(assessments.latest(session, p)[0]).outcome for p in range(1, LEAST + 1)
    ]
    expected = sum(one.probabilities["yes"] for one in stored if one is not None)
    assert tally.counts.observed == LEAST
    assert tally.counts.expected == pytest.approx(expected)
    assert tally.counts.verdict == "more"
    assert [(one.first, one.last) for one in tally.spans] == [("2026-01", "2026-01")]
    assert by_sex_sentence(tally, Words("en")) == (
        "Women 15, men 15 outcomes; a group is shown from 30."
    )


def test_nobody_is_counted_twice(session: Session, patient: int) -> None:
    outcomes.enter(session, patient, "first", "excluded", date(2026, 1, 12), "test")
    records.save_observation(
        session, patient,
        Observation(0, Coding(LOINC, "39156-5"), Moment.parse("2026-01-13"), "bmi", 35.0, "kg/m2"),
    )
    answer(session, patient, Moment.parse("2026-01-14T08:00:00Z"))
    outcomes.enter(session, patient, "first", "confirmed", TODAY, "test")
    counts = outcomes.tally(session, "first").counts
    assert (counts.n, counts.observed) == (1, 1)


def test_a_prognosis_is_excluded_only_after_its_horizon(session: Session) -> None:
    number = add_patient(session, "C1")
    answer(session, number, ANSWERED, "later")
    with pytest.raises(outcomes.HorizonNotOver):
        outcomes.enter(session, number, "later", "excluded", TODAY, "seen alive")
    outcomes.enter(session, number, "later", "confirmed", TODAY, "death certificate")
    found = outcomes.of_patient(session, number)["later"]
    assert found.assessment is not None


def test_a_prognosis_confirmed_after_its_horizon_is_not_counted(session: Session) -> None:
    number = add_patient(session, "C1")
    for day in ("2025-10-01", "2025-10-10"):
        records.save_observation(
            session, number,
            Observation(0, Coding(LOINC, "39156-5"), Moment.parse("2025-09-01"), "bmi", 30.0, "kg/m2"),
        )
        records.save_observation(
            session, number,
            Observation(0, Coding(LOINC, "8480-6"), Moment.parse("2025-09-01"), "systolic_bp", 140, "mm[Hg]"),
        )
        answer(session, number, Moment.parse(f"{day}T08:00:00Z"), "later")
    first, last = reversed(assessments.history(session, number, "later"))
    outcomes.enter(session, number, "later", "confirmed", TODAY, "death certificate")
    assert outcomes.of_patient(session, number)["later"].assessment is None
    outcomes.enter(session, number, "later", "excluded", date(2026, 1, 5), "seen alive")
    assert outcomes.of_patient(session, number)["later"].assessment == first.id
    assert last.id != first.id
