"""Contributions from the graph itself: pair terms shared, paths of trees taken as they are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import tomli_w
from onnx import TensorProto, helper, numpy_helper

from medapp.assess.assessor import read_given
from medapp.assess.card import read_card
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.infer import feature_shares
from medapp.inference.registry import build
from tests.model_folders import AGE, BMI, card_of, linear_folder


def test_a_pair_term_goes_half_to_each_of_its_two() -> None:
    shares = feature_shares(np.array([1.0, 0.5, -0.2]), ((0,), (0, 1), (2,)), 3)
    assert shares.tolist() == [1.25, 0.25, -0.2]


def stumps() -> bytes:
    """Two splits: age > 60 adds 0.3 to the share of the class, BMI > 30 adds 0.1; the root's share is 0.2."""
    double = TensorProto.DOUBLE
    nodes = [
        helper.make_node("Greater", ["x", "cut"], ["right"]),
        helper.make_node("Cast", ["right"], ["taken"], to=double),
        helper.make_node("Mul", ["taken", "gain"], ["contributions"]),
        helper.make_node("ReduceSum", ["contributions", "axis"], ["sum"], keepdims=1),
        helper.make_node("Add", ["sum", "root"], ["lead"]),
        helper.make_node("Sub", ["one", "lead"], ["other"]),
        helper.make_node("Concat", ["lead", "other"], ["probability"], axis=1),
        helper.make_node("Identity", ["root"], ["base"]),
    ]
    constants = {
        "cut": np.array([60.0, 30.0]), "gain": np.array([0.3, 0.1]), "axis": np.array([1]),
        "root": np.array([0.2]), "one": np.array(1.0),
    }  # fmt: skip
    outputs = [
        helper.make_tensor_value_info("probability", double, ["n", 2]),
        helper.make_tensor_value_info("contributions", double, ["n", 2]),
        helper.make_tensor_value_info("base", double, [1]),
    ]
    graph = helper.make_graph(
        nodes, "stumps", [helper.make_tensor_value_info("x", double, ["n", 2])], outputs,
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    names = {"medapp.features": json.dumps(["age", "bmi"]), "terms": json.dumps([["age"], ["bmi"]])}
    helper.set_model_props(model, names)
    onnx.checker.check_model(model)
    data: bytes = model.SerializeToString()
    return data


@pytest.mark.parametrize(("age", "bmi", "p"), [(70, 35, 0.6), (70, 20, 0.5), (30, 20, 0.2)])
def test_a_decision_path_gives_the_change_of_the_class_share_at_each_split(
    tmp_path: Path, age: int, bmi: int, p: float
) -> None:
    folder = linear_folder(tmp_path, "tree", features=(AGE, BMI), method="path", golden=False)
    graph = stumps()
    (folder / "model.onnx").write_bytes(graph)
    card = card_of("tree", (AGE, BMI), hashlib.sha256(graph).hexdigest(), method="path")
    (folder / "card.toml").write_text(tomli_w.dumps(card), encoding="utf-8")
    record = PatientRecord(Moment.parse("2026-01-15"))
    answer = build(folder, read_card(folder)).assess(record, read_given({"age": age, "bmi": bmi}))
    parts = answer.contributions
    assert parts is not None and parts.base == 0.2 and parts.scale == "probability"
    assert {i.input: i.value for i in parts.items} == {
        "age": pytest.approx(0.3 * (age > 60)), "bmi": pytest.approx(0.1 * (bmi > 30)),
    }  # fmt: skip
    assert answer.outcome is not None and answer.outcome.value == pytest.approx(p)
