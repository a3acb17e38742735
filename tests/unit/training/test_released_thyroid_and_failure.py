"""The released tree and forest are what their recipes make, and keep what was promised of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from medapp.assess.assessor import Given
from medapp.assess.card import read_card
from medapp.domain.assessment import Assessment
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.registry import load_registry
from medapp.paths import models_dir
from medapp.runtime.session import open_graph
from medapp.training.datasets import collect
from medapp.training.design import read_design
from medapp.training.estimators import estimator
from medapp.training.run import evaluate_model
from medapp.training.table import Table, tabulate

THYROID, FAILURE = "thyroid_function", "heart_failure_death"


def _table(model: str, shared_file: Callable[[str], Path]) -> Table:
    design = read_design(models_dir() / model)
    return tabulate(design, collect(design.data, shared_file("data/" + design.data.file))).scored()


def _ask(**inputs: float) -> Assessment:
    assessor = load_registry(models_dir()).get(THYROID)
    given = {name: Given(value) for name, value in inputs.items()}
    return assessor.assess(PatientRecord(Moment.parse("2026-01-15")), given)


def test_the_released_tree_is_what_its_recipe_makes(shared_file: Callable[[str], Path]) -> None:
    design, table = read_design(models_dir() / THYROID), _table(THYROID, shared_file)
    settings = json.loads((models_dir() / THYROID / "metrics.json").read_text("utf-8"))["final"]
    fitted = estimator(design.estimator.algorithm).fit(design, table.x, table.y, settings, design.seed)
    (p,) = open_graph(models_dir() / THYROID / "model.onnx").run(["probability"], {"x": table.x})
    assert np.abs(p - fitted.probabilities(table.x)).max() < 1e-6
    assert np.mean(p.argmax(axis=1) == table.y) > 0.997


def test_every_row_of_a_thyroid_file_is_scored_though_patients_like_it_are_refused(
    shared_file: Callable[[str], Path], tmp_path: Path
) -> None:
    design = read_design(models_dir() / THYROID)
    found = evaluate_model(
        THYROID, models_dir=models_dir(), data_file=shared_file("data/" + design.data.file),
        predictions=tmp_path / "p.csv", draws=5,
    )
    assert found["data"]["scored"] == found["data"]["rows"] == 3772
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert np.mean([row["y_true"] == row["y_pred"] for row in rows]) == found["metrics"]["accuracy"]["value"]
    assert list(rows[0])[4:] == ["p_overt", "p_subclinical", "p_not_hypothyroid"]


def test_the_third_class_is_never_called_normal() -> None:
    card = read_card(models_dir() / THYROID)
    assert [c.id for c in card.output.classes] == ["overt", "subclinical", "not_hypothyroid"]
    assert not any("ormal" in c.title.en or "正常" in c.title.zh_CN for c in card.output.classes)


def test_the_path_of_a_patient_names_what_was_asked() -> None:
    answer = _ask(age=50, tsh=40, total_t4=35, t4_uptake=1.1)
    assert answer.outcome is not None and answer.outcome.value == "overt"
    assert answer.contributions is not None
    asked = {item.input for item in answer.contributions.items if item.value}
    assert {"tsh", "free_thyroxine_index"} <= asked and "age" not in asked


@pytest.mark.parametrize("flag", ["on_thyroxine", "on_antithyroid_drug", "iodine_131_treatment"])
def test_a_treated_patient_gets_no_answer_and_is_asked_once(flag: str) -> None:
    inputs = {"age": 50, "tsh": 9, "free_thyroxine_index": 90}
    assert _ask(**inputs, **{flag: True}).status == "out_of_scope"
    missing = [item.name for item in _ask(**inputs).missing]
    assert missing.count(flag) == 1 and len(missing) == len(set(missing))


def test_the_released_forest_is_what_its_recipe_makes(shared_file: Callable[[str], Path]) -> None:
    from medapp.training.fit import train

    design, table = read_design(models_dir() / FAILURE), _table(FAILURE, shared_file)
    _, fitted = train(design, estimator(design.estimator.algorithm), table, design.seed)
    (p,) = open_graph(models_dir() / FAILURE / "model.onnx").run(["probability"], {"x": table.x})
    assert np.abs(p - fitted.probabilities(table.x)).max() < 1e-5


def test_how_long_a_patient_was_followed_is_no_input() -> None:
    design = read_design(models_dir() / FAILURE)
    assert design.censoring is not None and design.censoring.time == "time"
    assert "time" not in {feature.column for feature in design.features}


def test_the_lost_are_not_in_the_cohort(shared_file: Callable[[str], Path]) -> None:
    design = read_design(models_dir() / FAILURE)
    file = shared_file("data/" + design.data.file)
    data = evaluate_model(FAILURE, models_dir=models_dir(), data_file=file, draws=5)["data"]
    assert (data["rows"], data["cohort"], data["scored"]) == (299, 256, 256)
    assert data["excluded"] == {"lost_before_horizon": 43}
    assert data["classes"] == {"dead": 69, "alive": 187}


def test_the_released_figures_are_those_reported() -> None:
    """The bar of 0.77 for the forest is judged in docs/models.md, where a miss is named."""
    assert evaluate_model(THYROID, models_dir=models_dir())["metrics"]["accuracy"]["value"] >= 0.993
    failure = evaluate_model(FAILURE, models_dir=models_dir())["metrics"]
    assert failure["auroc"]["value"] >= 0.76 and failure["auroc"]["low"] > 0.69
    assert 0.8 <= failure["calibration_slope"]["value"] <= 1.25
