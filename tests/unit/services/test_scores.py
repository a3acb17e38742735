"""Scores as services: found in both languages, offered by rule, kept in history, filled from the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from medapp.domain.assessment import Source, Status
from medapp.domain.changes import Kind
from medapp.domain.datatypes import Moment
from medapp.services import assessments, records, score_shelf, scores
from medapp.services.session import Session, open_clinic
from tests.ui.pages_clinic import PASSWORD, make_clinic

NOW = datetime(2026, 11, 20, 9, 41, tzinfo=timezone(timedelta(hours=8)))
ALL_NO = {
    "clinical_dvt": False, "pe_most_likely": False, "heart_rate": 112, "immobilisation_or_surgery": False,
    "previous_dvt_pe": True, "haemoptysis": False, "malignancy": True,
}


def clock() -> datetime:
    return NOW


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    folder = make_clinic(tmp_path / "clinic", tmp_path / "bundles", clock)
    with open_clinic(folder, "chen", PASSWORD, clock=clock) as opened:
        yield opened


@pytest.fixture
def lin(session: Session) -> int:
    return records.resolve(session, "0048 2217")


@pytest.mark.parametrize("typed", ["wells", "embolism wells", "肺栓塞", "feishuansai", "fss"])
def test_a_score_is_found_by_name_disease_and_pinyin(typed: str) -> None:
    assert "wells_pe" in [one.id for one in scores.find(typed)]


def test_what_is_not_a_score_is_not_found_and_a_specialty_narrows() -> None:
    assert scores.find("zzzz") == []
    kidneys = scores.find("", "nephrology")
    assert kidneys
    assert all("nephrology" in one.about.specialties for one in kidneys)
    assert len(kidneys) < len(scores.find(""))


def test_scores_come_by_themselves_for_a_problem_and_never_on_request(session: Session, lin: int) -> None:
    record = records.open_record(session, lin, audit=False)
    offered = {one.id for one in scores.offered(record)}
    assert {"has_bled", "cha2ds2_va"} <= offered  # atrial fibrillation is on her list
    assert not [one for one in offered if scores.calculator(one).about.offer == "on_request"]
    blank = records.open_record(session, records.resolve(session, "0048 3003"), audit=False)
    assert "has_bled" not in {one.id for one in scores.offered(blank)}


def test_only_offered_scores_with_an_answer_are_shown_and_none_is_stored(session: Session, lin: int) -> None:
    record = records.open_record(session, lin, audit=False)
    answers = scores.assess_offered(session, record)
    assert "ckd_epi_2021" in [one.assessor.id for one in answers]
    assert {one.status for one in answers} == {Status.FINAL}
    assert assessments.history(session, lin) == []


def test_the_record_fills_inputs_with_their_date_and_what_is_typed_beats_it(
    session: Session, lin: int
) -> None:
    at = Moment.of_datetime(NOW)
    answer = assessments.what_if(session, lin, "ckd_epi_2021", {}, at=at)
    used = {one.name: one for one in answer.inputs}["creatinine"]
    assert (used.value, used.unit, used.source) == (118.0, "umol/L", Source.RECORD)
    assert used.date is not None
    assert used.date.startswith("2026-11-14")
    given = {"creatinine": {"value": 1.0, "unit": "mg/dL"}}
    tried = assessments.what_if(session, lin, "ckd_epi_2021", given, at=at)
    assert {one.name: one for one in tried.inputs}["creatinine"].source is Source.GIVEN
    assert tried.outcome is not None
    assert answer.outcome is not None
    assert tried.outcome.value > answer.outcome.value


def test_a_final_answer_is_kept_in_the_history_and_a_range_is_not(session: Session, lin: int) -> None:
    ranged = scores.keep(session, lin, "wells_pe", {"haemoptysis": True})
    assert ranged.answer.status is Status.INSUFFICIENT_DATA
    assert ranged.changes.kinds == frozenset()
    assert assessments.history(session, lin, "wells_pe") == []
    kept = scores.keep(session, lin, "wells_pe", ALL_NO)
    assert kept.changes.kinds == {Kind.ASSESSMENT}
    found = assessments.history(session, lin, "wells_pe")
    assert [assessments.read_stored(one).outcome.value for one in found] == [4.0]  # type: ignore[union-attr]


def test_an_unknown_score_is_refused(session: Session, lin: int) -> None:
    with pytest.raises(scores.UnknownCalculator):
        scores.keep(session, lin, "nothing", {})
    with pytest.raises(scores.UnknownCalculator):
        score_shelf.pin(session, "nothing", True)


def test_pins_keep_their_order_and_what_was_opened_last_comes_first(session: Session) -> None:
    score_shelf.pin(session, "wells_pe", True)
    score_shelf.pin(session, "bmi", True)
    score_shelf.pin(session, "wells_pe", True)
    score_shelf.opened(session, "bmi")
    score_shelf.opened(session, "wells_pe")
    assert score_shelf.of_user(session) == score_shelf.Shelf(("bmi", "wells_pe"), ("wells_pe", "bmi"))
    score_shelf.pin(session, "bmi", False)
    assert score_shelf.of_user(session).pinned == ("wells_pe",)
    for one in scores.find("")[:20]:
        score_shelf.opened(session, one.id)
    assert len(score_shelf.of_user(session).recent) == score_shelf.MOST_RECENT
