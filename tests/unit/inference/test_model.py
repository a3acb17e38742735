"""A whole folder as an assessor: the answer, its parts, and what happens when something is wrong."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from medapp.assess.assessor import Assessor, TableAssessor, read_given
from medapp.assess.card import read_card
from medapp.domain.assessment import Assessment, ReasonCode, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.model import ModelAssessor
from medapp.inference.registry import build
from tests.model_folders import FEATURES, given_inputs, linear_folder

AT = PatientRecord(Moment.parse("2026-01-15"))
NAMES = [str(f["name"]) for f in FEATURES]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    linear_folder(folder, "two")
    linear_folder(folder, "sampled", method="shapley")
    linear_folder(folder, "three", classes=3, method="shapley")
    linear_folder(folder, "quantity", classes=0)
    linear_folder(folder, "silent", method="none")
    linear_folder(folder, "survival", changes={"task": "survival", "temporality": "prognosis"})
    return folder


def ask(folder: Path, **changes: Any) -> Assessment:
    return build(folder, read_card(folder)).assess(AT, read_given({**given_inputs(NAMES), **changes}))


def test_a_model_is_an_assessor_for_one_and_for_tables(models: Path) -> None:
    model = build(models / "two", read_card(models / "two"))
    assert isinstance(model, Assessor) and isinstance(model, TableAssessor)


@pytest.mark.parametrize("name", ["two", "sampled", "three", "quantity", "survival"])
def test_contributions_sum_to_the_outcome_and_the_interval_holds_it(models: Path, name: str) -> None:
    answer = ask(models / name)
    outcome, parts = answer.outcome, answer.contributions
    assert answer.status is Status.FINAL and outcome is not None and parts is not None
    lead = outcome.value if name == "quantity" else outcome.probabilities["yes"]
    assert isinstance(lead, float) and outcome.interval is not None
    assert parts.base + sum(i.value for i in parts.items) == pytest.approx(lead, abs=1e-9)
    assert parts.of == (None if name == "quantity" else "yes")
    assert {i.input for i in parts.items} == set(NAMES)
    assert outcome.interval.low <= lead <= outcome.interval.high


def test_a_model_without_an_explanation_has_none(models: Path) -> None:
    assert ask(models / "silent").contributions is None


def test_three_classes_give_the_class_and_all_probabilities(models: Path) -> None:
    outcome = ask(models / "three").outcome
    assert outcome is not None and outcome.type == "class"
    assert outcome.value == max(outcome.probabilities, key=lambda c: outcome.probabilities[c])
    assert sum(outcome.probabilities.values()) == pytest.approx(1.0)


def test_a_quantity_has_its_unit_and_no_similar_patients(models: Path) -> None:
    answer = ask(models / "quantity")
    assert answer.outcome is not None and answer.outcome.unit == "mmol/L" and answer.similar is None


def test_in_graph_and_sampled_explanations_agree_on_the_order(models: Path) -> None:
    names = [
        [i.input for i in c.items[:2]]
        for c in (ask(models / "two").contributions, ask(models / "sampled").contributions)
        if c
    ]
    assert names[0] == names[1]


def test_the_document_is_json_and_reads_back(models: Path) -> None:
    answer = ask(models / "two", creatinine=None)
    text = json.dumps(answer.as_document(), allow_nan=False)
    assert Assessment.from_document(json.loads(text)) == answer


def test_missing_and_stale_inputs_would_change_it_most_first(models: Path) -> None:
    old = {"value": 142, "date": "2020-01-01"}
    answer = ask(models / "two", creatinine=None, smoked_100=None, systolic_bp=old)
    found = answer.would_change
    assert {w.input for w in found} == {"creatinine", "smoked_100", "systolic_bp"}
    assert answer.outcome is not None and isinstance(answer.outcome.value, float)
    now = answer.outcome.value
    sizes = [abs(w.low - now) + abs(w.high - now) for w in found]
    assert sizes == sorted(sizes, reverse=True) and all(w.low < w.high for w in found)


def test_provenance_names_program_graph_and_tables(models: Path) -> None:
    provenance = ask(models / "two").provenance
    graph = read_card(models / "two").graph
    assert graph is not None and provenance.model_sha256 == graph.sha256
    assert provenance.app.startswith("MedApp ") and provenance.knowledge


def test_a_required_input_missing_gives_no_number(models: Path) -> None:
    answer = ask(models / "two", bmi=None)
    assert (answer.status, answer.outcome) == (Status.INSUFFICIENT_DATA, None)
    assert [m.name for m in answer.missing if m.required] == ["bmi"]


def test_a_graph_changed_after_it_was_listed_is_refused(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path)
    model = build(folder, read_card(folder))
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes()[:-1] + b"\0")
    answer = model.assess(AT, read_given(given_inputs(NAMES)))
    assert answer.reason is not None and answer.reason.code is ReasonCode.INTEGRITY


def test_a_torn_background_is_refused(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path)
    (folder / "background.npz").write_bytes(b"PK torn")
    answer = build(folder, read_card(folder)).assess(AT, read_given(given_inputs(NAMES)))
    assert answer.reason is not None and answer.reason.code is ReasonCode.INTEGRITY


def test_without_a_background_there_is_a_number_without_interval(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path)
    (folder / "background.npz").unlink()
    answer = build(folder, read_card(folder)).assess(AT, read_given(given_inputs(NAMES)))
    assert answer.outcome is not None and answer.outcome.interval is None
    assert answer.similar is None and answer.typicality is None


def test_a_patient_unlike_the_training_data_gets_no_estimate_when_the_card_says_so(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path, changes={"refuse_below_typicality": 0.01})
    model = build(folder, read_card(folder))
    strange = {
        "age": 79,
        "sex": "male",
        "bmi": 89,
        "systolic_bp": 260,
        "smoked_100": True,
        "creatinine": 2000,
    }
    answer = model.assess(AT, read_given(strange))
    assert (answer.status, answer.typicality) == (Status.OUT_OF_SCOPE, 0.0)
    assert answer.reason is not None and answer.reason.code is ReasonCode.UNLIKE_TRAINING


def test_the_nearest_groups_are_named_with_what_differs_most_first(models: Path) -> None:
    model = build(models / "two", read_card(models / "two"))
    assert isinstance(model, ModelAssessor)
    found = model.nearest(AT, read_given({**given_inputs(NAMES), "creatinine": 2000}))
    assert found is not None and len(found.groups) == 3
    assert found.inputs[0] == "creatinine"
    assert all(group["creatinine"] < 200 for group in found.groups)


def test_what_is_unknown_of_a_patient_is_not_compared(models: Path) -> None:
    model = build(models / "two", read_card(models / "two"))
    assert isinstance(model, ModelAssessor)
    asked = {name: value for name, value in given_inputs(NAMES).items() if name != "creatinine"}
    found = model.nearest(AT, read_given(asked))
    assert found is not None and "creatinine" not in found.inputs and "age" in found.inputs
    assert model.nearest(AT, read_given({"age": 60})) is None


def test_an_unusual_patient_is_told_as_such(models: Path) -> None:
    answer = ask(models / "two", creatinine=2000)
    assert "unusual" in [w.code for w in answer.warnings]


TABLE: dict[str, Any] = {
    "age": [61, 25, 90, 61, 61, 61, 61, 61, np.nan, 79.9],
    "sex": ["male", "female", "male", "green", None, "male", "male", "male", "male", "female"],
    "bmi": [31.0, 22.0, 31.0, 31.0, 31.0, 900.0, np.nan, np.nan, 31.0, 31.0],
    "height": [np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, 180.0, np.nan, np.nan, np.nan],
    "weight": [np.nan, np.nan, np.nan, np.nan, np.nan, np.nan, 100.0, 80.0, np.nan, np.nan],
    "systolic_bp": [142.0, 110.0, 142.0, 142.0, 142.0, 142.0, 142.0, 142.0, 142.0, 142.0],
    "smoked_100": [True, False, None, True, True, True, True, True, True, True],
    "diabetes_diagnosed": [None, None, None, None, None, None, None, None, None, True],
}


@pytest.mark.parametrize("name", ["two", "three", "quantity"])
def test_a_table_gets_the_same_answers_as_one_by_one(models: Path, name: str) -> None:
    model = ModelAssessor(models / name, read_card(models / name))
    table = model.predict_table(TABLE)
    for row in range(len(TABLE["age"])):
        cells = {
            c: v[row] for c, v in TABLE.items() if not (isinstance(v[row], float) and math.isnan(v[row]))
        }
        one = model.assess(AT, read_given(cells))
        assert table.status_of(row) is one.status, (row, one.reason)
        if one.outcome is None:
            assert np.isnan(table.value[row]) and np.isnan(table.probabilities[row]).all()
            continue
        lead = one.outcome.probabilities.get("yes", one.outcome.value)
        assert table.value[row] == pytest.approx(lead, abs=1e-9)
        assert table.low is not None and table.high is not None and one.outcome.interval is not None
        assert table.low[row] == pytest.approx(one.outcome.interval.low)
        assert table.high[row] == pytest.approx(one.outcome.interval.high)


def test_a_table_takes_units_by_column_and_refuses_unknown_columns(models: Path) -> None:
    from medapp.assess.errors import WrongInputFile

    model = ModelAssessor(models / "two", read_card(models / "two"))
    columns = {"age": [61], "sex": [1], "bmi": [31.0], "systolic_bp": [142.0], "creatinine": [1.0]}
    converted = model.predict_table(columns, units={"creatinine": "mg/dL"}).value[0]
    canonical = model.predict_table({**columns, "creatinine": [88.4032603122403]}).value[0]
    assert converted == pytest.approx(canonical, abs=1e-9)
    with pytest.raises(WrongInputFile):
        model.predict_table({**columns, "shoe_size": [44]})
    with pytest.raises(WrongInputFile):
        model.predict_table({**columns, "age": [61, 62]})


def test_a_cancelled_table_gives_what_was_done(models: Path) -> None:
    model = ModelAssessor(models / "two", read_card(models / "two"))
    assert len(model.predict_table({"age": np.full(100, 50.0)}, cancelled=lambda: True).status) == 0
