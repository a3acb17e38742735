"""The demo clinic has somebody to talk about for every model: in scope, out of scope, inputs missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pytest

from medapp import paths
from medapp.assess.card import read_card
from medapp.assess.index import model_folders
from medapp.domain.assessment import Status
from medapp.domain.record import PatientRecord
from medapp.inference.registry import open_folder
from medapp.services import search
from medapp.services.demo import create_demo
from medapp.services.demo.cohorts import LACKING, OUTSIDE, WHOLE, Cohort, cohorts
from medapp.services.demo.course import draw_health
from medapp.services.demo.work_ups import draw_measured, draw_members, draw_work_ups
from medapp.services.records import open_record
from medapp.services.session import open_clinic
from medapp.terminology.variables import variables

FOLDERS = model_folders(paths.models_dir())
STATES = {Status.FINAL, Status.OUT_OF_SCOPE, Status.INSUFFICIENT_DATA}
NOW = int(datetime(2026, 11, 20, 9, tzinfo=timezone.utc).timestamp())


def clock() -> datetime:
    return datetime(2026, 11, 20, 9, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[PatientRecord]]:
    folder = tmp_path_factory.mktemp("cohorts") / "clinic"
    create_demo(folder, clock=clock, patients=200, seed=1)
    with open_clinic(folder, "demo", "demo", clock=clock) as session:
        lines = search.page(session, None, 1000)
        yield [open_record(session, line.id, audit=False) for line in lines if not line.deceased]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_model_meets_patients_in_scope_out_of_scope_and_with_inputs_missing(
    folder: Path, people: list[PatientRecord]
) -> None:
    assessor = open_folder(folder)
    found = [assessor.assess(record, {}) for record in people]
    assert {answer.status for answer in found} == STATES


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_those_in_scope_are_not_all_alike(folder: Path, people: list[PatientRecord]) -> None:
    assessor = open_folder(folder)
    answers = [assessor.assess(record, {}) for record in people]
    lead = read_card(folder).output.lead_class
    known = [a.outcome.probabilities[lead] for a in answers if a.outcome is not None and lead]
    assert max(known) - min(known) > 0.2


@pytest.mark.parametrize("cohort", cohorts(), ids=lambda cohort: cohort.id)
def test_a_cohort_names_variables_that_exist_and_values_that_it_has(cohort: Cohort) -> None:
    measured = {curve.variable for curve in cohort.curves}
    assert measured <= set(variables())
    assert set(cohort.lacking) <= measured
    assert set(cohort.cycle) <= {WHOLE, LACKING, OUTSIDE}
    assert (OUTSIDE in cohort.cycle) == bool(cohort.outside)
    assert all(set(case.values or ()) <= measured for case in cohort.outside)


@pytest.mark.parametrize("cohort", cohorts(), ids=lambda cohort: cohort.id)
def test_the_values_of_a_cohort_are_possible_and_those_of_the_whole_plausible(cohort: Cohort) -> None:
    rng = np.random.default_rng(3)
    health = draw_health(rng, 4000)
    members = draw_members(rng, cohort, health, np.ones(4000, dtype=np.bool_), 2.0)
    visits = draw_work_ups(rng, members, health, NOW)
    assert np.all(visits.time < NOW)
    is_outside = np.isin(visits.patient, members.place[members.outside >= 0])
    for series in draw_measured(rng, members, visits):
        meaning = variables()[series.variable]
        for limits, value in ((meaning.possible, series.value),
                              (meaning.plausible, series.value[~is_outside[series.visit]])):  # fmt: skip
            assert limits is None or (limits[0] <= value.min() and value.max() <= limits[1]), series.variable
        if meaning.choices:
            assert set(series.value) <= set(range(len(meaning.choices)))


def test_nobody_is_in_two_cohorts() -> None:
    rng = np.random.default_rng(5)
    health = draw_health(rng, 600)
    free = np.ones(600, dtype=np.bool_)
    places = [draw_members(rng, cohort, health, free, 1.0).place for cohort in cohorts()]
    joined = np.concatenate(places)
    assert len(joined) == len(set(joined.tolist())) > 100


def test_those_without_a_value_are_told_apart_from_the_others() -> None:
    rng = np.random.default_rng(5)
    cohort = next(one for one in cohorts() if one.id == "thyroid_panel")
    health = draw_health(rng, 2000)
    members = draw_members(rng, cohort, health, np.ones(2000, dtype=np.bool_), 1.0)
    visits = draw_work_ups(rng, members, health, NOW)
    series = {one.variable: one for one in draw_measured(rng, members, visits)}
    lacking = set(members.place[members.is_lacking].tolist())
    asked = set(visits.patient[series["free_thyroxine_index"].visit].tolist())
    assert lacking
    assert not lacking & asked
    assert asked | lacking == set(members.place.tolist())
    assert lacking <= set(visits.patient[series["tsh"].visit].tolist())
