"""Operating points on classes taken together: compared on their own probability and their own pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medapp.assess.assessor import read_given
from medapp.assess.card import read_card
from medapp.assess.conformance import Subject, check
from medapp.assess.conformance_files import check_advice
from medapp.domain.assessment import Assessment
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.registry import build
from tests.model_folders import FEATURES, given_inputs, linear_folder, local

AT = PatientRecord(Moment.parse("2026-01-15"))
NAMES = [str(f["name"]) for f in FEATURES]


def three_classes(models: Path, value: float, classes: list[str]) -> Path:
    point = {
        "id": "call", "value": value, "classes": classes,
        "title": local("Call", "呼叫"), "purpose": local("call", "呼叫"),
    }
    return linear_folder(
        models, "three", classes=3, method="shapley", changes={"operating_points": [point]}
    )


def ask(folder: Path) -> Assessment:
    return build(folder, read_card(folder)).assess(AT, read_given(given_inputs(NAMES)))


def test_classes_are_added_up_before_they_meet_the_threshold(tmp_path: Path) -> None:
    answer = ask(three_classes(tmp_path, 0.5, ["yes", "maybe"]))
    assert answer.outcome is not None
    shares = answer.outcome.probabilities
    assert shares["yes"] < shares["yes"] + shares["maybe"]
    below = ask(three_classes(tmp_path / "b", shares["yes"] + shares["maybe"] + 0.01, ["yes", "maybe"]))
    above = ask(three_classes(tmp_path / "a", shares["yes"] + shares["maybe"] - 0.01, ["yes", "maybe"]))
    assert (below.thresholds[0].relation, above.thresholds[0].relation) == ("below", "above")


@pytest.mark.parametrize(("events", "relation"), [(0, "below"), (1, "above")])
def test_the_interval_comes_from_the_pairs_of_the_point(
    tmp_path: Path, events: int, relation: str
) -> None:
    folder = three_classes(tmp_path, 0.5, ["yes", "no", "maybe"])
    shift = 0.9 if relation == "below" else 0.1
    text = (folder / "card.toml").read_text(encoding="utf-8")
    (folder / "card.toml").write_text(text.replace("value = 0.5", f"value = {shift}"), encoding="utf-8")
    with np.load(folder / "background.npz") as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    kept["oof_logit.call"] = np.linspace(-3, 3, 200)
    kept["oof_outcome.call"] = np.full(200, float(events))
    np.savez_compressed(folder / "background.npz", **kept)
    answer = ask(folder)
    expected = "crosses" if relation == "below" else "above"  # the estimate itself is 1: always held
    assert answer.thresholds[0].relation == expected


def test_a_class_that_is_not_there_is_found(tmp_path: Path) -> None:
    folder = three_classes(tmp_path, 0.5, ["yes", "nobody"])
    (finding,) = check(Subject(build(folder, read_card(folder)), folder), (check_advice,))
    assert finding.where == "operating_points[0].classes"
