"""The two released models are what their recipes make, and keep what was promised of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from medapp.assess.assessor import read_given
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.registry import open_folder
from medapp.paths import models_dir
from medapp.runtime.session import open_graph
from medapp.training import metrics
from medapp.training.datasets import collect, locate
from medapp.training.design import Design, read_design
from medapp.training.estimators import estimator
from medapp.training.fit import out_of_fold, train
from medapp.training.run import evaluate_model
from medapp.training.table import Table, tabulate
from medapp.training.types import no_progress

HEART, BREAST = "coronary_disease", "breast_mass"


def figures(model: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((models_dir() / model / "metrics.json").read_text(encoding="utf-8"))
    return found


def read(model: str, folder: Path | None = None) -> tuple[Design, Table]:
    design = read_design(models_dir() / model)
    return design, tabulate(design, collect(design.data, locate(design.data, folder))).scored()


@pytest.fixture()
def heart(shared_file: Callable[[str], Path]) -> tuple[Design, Table]:
    return read(HEART, shared_file("data/tabular/uci_heart_disease/SOURCE.md").parents[2])


def ask(model: str, **given: Any) -> Assessment:
    record = PatientRecord(Moment.of_date(date(2026, 1, 15)))
    return open_folder(models_dir() / model).assess(record, read_given(given))


def test_the_released_breast_graph_is_what_its_recipe_makes() -> None:
    design, table = read(BREAST)
    fitted = estimator(design.estimator.algorithm).fit(
        design, table.x, table.y, figures(BREAST)["final"], design.seed
    )
    (p,) = open_graph(models_dir() / BREAST / "model.onnx").run(["probability"], {"x": table.x})
    assert np.abs(p - fitted.probabilities(table.x)).max() < 1e-4


def test_the_breast_figures_keep_the_promise() -> None:
    found = evaluate_model(BREAST, models_dir=models_dir())["metrics"]
    assert found["auroc"]["value"] >= 0.993 and found["accuracy"]["value"] >= 0.97
    repeats = figures(BREAST)["repeats"]
    assert all(repeat["auroc"] >= 0.993 and repeat["accuracy"] >= 0.97 for repeat in repeats)


def test_an_aspirate_unlike_any_other_gets_no_estimate() -> None:
    case = json.loads((models_dir() / BREAST / "golden.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert ask(BREAST, **case["inputs"]).status is Status.FINAL
    strange = {name: value * 3 for name, value in case["inputs"].items()}
    answer = ask(BREAST, **strange)
    assert answer.status is Status.OUT_OF_SCOPE and answer.reason is not None
    assert answer.reason.code == "unlike_training"


def test_each_centre_left_out_in_turn_gives_the_figures_of_the_card(heart: tuple[Design, Table]) -> None:
    design, table = heart
    learner = estimator(design.estimator.algorithm)
    (p,) = out_of_fold(design, learner, table, no_progress).probabilities
    event = (table.y == 0).astype(np.int64)
    internal = figures(HEART)["internal"]
    assert metrics.auroc(event, p[:, 0]) == pytest.approx(internal["metrics"]["auroc"]["value"], abs=1e-4)
    centre = np.array(table.subgroups["centre"])
    for group in internal["subgroups"]:
        if group["by"] == "centre":
            at = centre == group["group"]
            brier = float(np.mean((p[at, 0] - event[at]) ** 2))
            assert brier == pytest.approx(group["metrics"]["brier"]["value"], abs=1e-4) and brier < 0.18
            assert metrics.auroc(event[at], p[at, 0]) > 0.75
    _, fitted = train(design, learner, table, design.seed)
    (released,) = open_graph(models_dir() / HEART / "model.onnx").run(["probability"], {"x": table.x})
    assert np.abs(released - fitted.probabilities(table.x)).max() < 1e-5


def test_the_heart_model_still_tells_apart_when_all_optional_inputs_are_unknown(
    heart: tuple[Design, Table],
) -> None:
    design, table = heart
    assert not {"slope", "ca", "thal"} & {feature.column for feature in design.features}
    graph = open_graph(models_dir() / HEART / "model.onnx")
    x = table.x.copy()
    x[:, [i for i, f in enumerate(design.features) if not f.required]] = np.nan
    (p,) = graph.run(["probability"], {"x": x})
    event, centre = (table.y == 0).astype(np.int64), np.array(table.subgroups["centre"])
    for name in ("cleveland", "hungarian"):
        assert metrics.auroc(event[centre == name], p[centre == name, 0].astype(float)) > 0.8


def test_unselected_chest_pain_gets_no_number_and_an_open_question_a_warning() -> None:
    patient = {"age": 58, "sex": "male", "chest_pain_type": "asymptomatic"}
    unknown = ask(HEART, **patient)
    assert [warning.code for warning in unknown.warnings] == ["condition_unknown"]
    assert ask(HEART, **patient, referred_for_angiography=False).status is Status.OUT_OF_SCOPE
    assert ask(HEART, **patient, referred_for_angiography=True).status is Status.FINAL
    known = ask(HEART, **patient, referred_for_angiography=True, coronary_disease_known=True)
    assert known.status is Status.OUT_OF_SCOPE


def test_more_exercise_findings_raise_the_estimate_of_the_heart() -> None:
    patient = {
        "age": 58, "sex": "male", "chest_pain_type": "atypical_angina", "referred_for_angiography": True,
    }  # fmt: skip
    found = [
        ask(HEART, **patient, exercise_angina=angina, exercise_st_depression=depth).outcome
        for angina, depth in ((False, 0), (False, 2), (True, 2))
    ]
    values = [outcome.value for outcome in found if outcome is not None]
    assert values == sorted(values, key=float) and len(set(values)) == 3
