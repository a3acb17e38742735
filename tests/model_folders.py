"""Small model folders made by hand for the tests: a linear graph and everything a folder holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import tomli_w
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from medapp.assess.attributes import ATTRIBUTES

BOTH = {"en": "a text", "zh_CN": "一段文字"}


def local(english: str, chinese: str = "中文") -> dict[str, str]:
    return {"en": english, "zh_CN": chinese}


AGE = {"name": "age", "required": True, "valid": [20, 79]}
SEX = {"name": "sex", "required": True, "choices": ["female", "male"]}
BMI = {"name": "bmi", "required": True, "derive": "bmi", "look_back_days": 730}
SYSTOLIC = {"name": "systolic_bp", "required": True, "look_back_days": 365}
SMOKED = {
    "name": "smoked_100",
    "required": False,
    "missing": "impute",
    "yes_codes": [{"system": "snomed", "code": "449868002"}],
}
CREATININE = {"name": "creatinine", "required": False, "missing": "impute", "look_back_days": 365}
FEATURES: tuple[Mapping[str, Any], ...] = (AGE, SEX, BMI, SYSTOLIC, SMOKED, CREATININE)
FILL: Mapping[str, float] = {
    "age": 50.0,
    "sex": 0.5,
    "bmi": 27.0,
    "systolic_bp": 125.0,
    "smoked_100": 0.4,
    "creatinine": 80.0,
}
WEIGHTS: Mapping[str, float] = {
    "age": 0.04,
    "sex": 0.3,
    "bmi": 0.08,
    "systolic_bp": 0.01,
    "smoked_100": 0.5,
    "creatinine": 0.006,
}
SPREAD: Mapping[str, float] = {
    "age": 15.0,
    "sex": 0.5,
    "bmi": 5.0,
    "systolic_bp": 17.0,
    "smoked_100": 0.5,
    "creatinine": 20.0,
}
EXCLUSION = {
    "id": "known_diabetes",
    "input": "diabetes_diagnosed",
    "title": local("known diabetes", "已知糖尿病"),
    "codes": [{"system": "snomed", "code": "44054006"}, {"system": "icd10", "prefix": "E11"}],
}


def _answer_nodes(classes: int) -> list[onnx.NodeProto]:
    """From `logit` to `probability`, or to `value` without classes."""
    if classes == 0:
        return [helper.make_node("Identity", ["logit"], ["value"])]
    if classes == 2:
        return [
            helper.make_node("Sigmoid", ["logit"], ["p"]),
            helper.make_node("Sub", ["one", "p"], ["q"]),
            helper.make_node("Concat", ["p", "q"], ["probability"], axis=1),
        ]
    return [
        helper.make_node("MatMul", ["logit", "rates"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probability"], axis=1),
    ]


def linear_graph(
    names: Sequence[str], classes: int = 2, *, contributions: bool = True, intercept: float = -1.0
) -> bytes:
    """x [n,k] with NaN -> fill, minus fill, times weight: terms; sum + intercept: logit.

    classes 2: sigmoid, lead class first; 3: softmax over (L, 0, -L/2); 0: the value itself.
    """
    nodes = [
        helper.make_node("IsNaN", ["x"], ["unknown"]),
        helper.make_node("Where", ["unknown", "fill", "x"], ["known"]),
        helper.make_node("Sub", ["known", "fill"], ["centred"]),
        helper.make_node("Mul", ["centred", "weight"], ["contributions"]),
        helper.make_node("ReduceSum", ["contributions", "axis"], ["sum"], keepdims=1),
        helper.make_node("Add", ["sum", "intercept"], ["logit"]),
        *_answer_nodes(classes),
    ]
    double = TensorProto.DOUBLE
    answer = "value" if classes == 0 else "probability"
    outputs = [helper.make_tensor_value_info(answer, double, ["n", max(classes, 1)])]
    if contributions:
        nodes.append(helper.make_node("Identity", ["intercept"], ["base"]))
        outputs.append(helper.make_tensor_value_info("contributions", double, ["n", len(names)]))
        outputs.append(helper.make_tensor_value_info("base", double, [1]))
    constants = {
        "fill": np.array([FILL[n] for n in names]),
        "weight": np.array([WEIGHTS[n] for n in names]),
        "axis": np.array([1]),
        "intercept": np.array([intercept]),
        "one": np.array(1.0),
        "rates": np.array([[1.0, 0.0, -0.5]]),
    }
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "linear",
        [helper.make_tensor_value_info("x", double, ["n", len(names)])],
        outputs,
        [numpy_helper.from_array(value, name) for name, value in constants.items() if name in used],
    )
    return _saved(graph, names)


def _saved(graph: onnx.GraphProto, names: Sequence[str]) -> bytes:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    terms = json.dumps([[name] for name in names])
    properties = {"terms": terms, "medapp.features": json.dumps(list(names)), "medapp.schema": "1"}
    helper.set_model_props(model, properties)
    onnx.checker.check_model(model)
    data: bytes = model.SerializeToString()
    return data


def background(names: Sequence[str], *, regression: bool = False) -> dict[str, NDArray[Any]]:
    """Centres and out-of-fold pairs drawn from the linear truth with a fixed seed."""
    random = np.random.default_rng(7)
    fill = np.array([FILL[n] for n in names])
    scale = np.array([SPREAD[n] for n in names])
    weight = np.array([WEIGHTS[n] for n in names])
    rows = fill + scale * random.standard_normal((1000, len(names)))
    logit = np.sort((rows - fill) @ weight - 1.0)
    noise = random.standard_normal(1000) * 0.5
    outcome = logit + noise if regression else (random.random(1000) < 1 / (1 + np.exp(-logit))).astype(float)
    near = np.sqrt((((rows[:, None, :] - rows[None, :20, :]) / scale) ** 2).mean(axis=2)).min(axis=1)
    return {
        "centers": rows[:20],
        "weights": np.full(20, 0.05),
        "oof_logit": logit,
        "oof_outcome": outcome,
        "scale": scale,
        "distances": np.percentile(near, np.arange(101)),
        "low": fill - 1.28 * scale,
        "high": fill + 1.28 * scale,
    }


def _output(classes: int) -> dict[str, Any]:
    output: dict[str, Any] = {
        "name": local("a test outcome", "测试结局"),
        "have": local("have it", "有此情况"),
        "calibrated": True,
    }
    if not classes:
        return {**output, "unit": "mmol/L"}
    ids = ("yes", "no", "maybe")[:classes]
    listed = [{"id": i, "title": local(i, "类别"), "icd10": ["E11"]} for i in ids]
    return {**output, "lead_class": "yes", "classes": listed}


def card_of(
    model: str,
    features: Sequence[Mapping[str, Any]],
    sha256: str,
    *,
    classes: int = 2,
    method: str = "in_graph",
    changes: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A complete card as a TOML table; `changes` replaces top-level keys."""
    card: dict[str, Any] = {
        "schema": 1,
        "id": model,
        "version": "1.0.0",
        "kind": "model",
        "title": local("A test", "测试模型"),
        "summary": BOTH,
        "setting": "clinic",
        "modality": "tabular",
        "task": "classification" if classes else "regression",
        "algorithm": "logistic regression",
        "temporality": "diagnosis",
        "reviewed_by": "",
        "intended_use": BOTH,
        "population": BOTH,
        "users": BOTH,
        "out_of_scope": [BOTH],
        "cautions": [BOTH],
        "references": ["made by a test"],
        "next_steps": [local("HbA1c", "糖化血红蛋白"), local("fasting glucose", "空腹血糖")],
        "output": _output(classes),
        "operating_points": [
            {
                "id": "test",
                "value": 0.12 if classes else 2.0,
                "title": local("Test at 12%", "12% 时检查"),
                "purpose": local("offer a laboratory test", "建议实验室检查"),
                "sensitivity": {"value": 0.8, "low": 0.7, "high": 0.9},
                "specificity": {"value": 0.7, "low": 0.6, "high": 0.8},
            }
        ],
        "features": [dict(f) for f in features],
        "exclusions": [EXCLUSION],
        "explain": {"method": method},
        "interval": {"level": 0.8, "measured_coverage": 0.8},
        "data": {"citation": "none", "licence": "CC0-1.0", "n": 1000, "events": 300, "dates": "2026"},
        "graph": {"file": "model.onnx", "sha256": sha256},
        "attributes": dict.fromkeys(ATTRIBUTES, BOTH),
    }
    card.update(changes or {})
    return card


def linear_folder(
    models: Path,
    model: str = "linear",
    *,
    features: Sequence[Mapping[str, Any]] = FEATURES,
    classes: int = 2,
    method: str = "in_graph",
    changes: Mapping[str, Any] | None = None,
    golden: bool = True,
) -> Path:
    """Write a whole model folder under `models` and return it; the index is the caller's."""
    folder = models / model
    folder.mkdir(parents=True)
    names = [str(f["name"]) for f in features]
    graph = linear_graph(names, classes, contributions=method in ("in_graph", "path"))
    (folder / "model.onnx").write_bytes(graph)
    digest = hashlib.sha256(graph).hexdigest()
    card = card_of(model, features, digest, classes=classes, method=method, changes=changes)
    (folder / "card.toml").write_text(tomli_w.dumps(card), encoding="utf-8")
    (folder / "design.toml").write_text("seed = 7\n", encoding="utf-8")
    (folder / "README.md").write_text(f"# {model}\n", encoding="utf-8")
    auroc = {"auroc": {"value": 0.8, "low": 0.7, "high": 0.9}}
    metrics = {
        "internal": {"n": 1000, "metrics": auroc, "subgroups": [], "thresholds": []},
        "external": {"n": 0, "metrics": {}},
    }
    (folder / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    np.savez(folder / "background.npz", **background(names, regression=classes == 0))  # type: ignore[arg-type]
    if golden:
        write_golden(folder, names, classes)
    return folder


def given_inputs(names: Sequence[str]) -> dict[str, Any]:
    """A typical patient as an inputs document, canonical units."""
    typical = {
        "age": 61,
        "sex": "male",
        "bmi": 31.0,
        "systolic_bp": 142.0,
        "smoked_100": True,
        "creatinine": 95.0,
    }
    return {name: typical[name] for name in names if name in typical}


def write_golden(folder: Path, names: Sequence[str], classes: int) -> None:
    """Three golden cases from the same arithmetic in numpy."""
    lines: list[dict[str, Any]] = []
    for age in (25, 50, 70):
        inputs = {**given_inputs(names), "age": age}
        row = np.array([{"male": 1.0, True: 1.0}.get(inputs[n], inputs[n]) for n in names], dtype=float)
        terms = (row - np.array([FILL[n] for n in names])) * np.array([WEIGHTS[n] for n in names])
        logit = float(terms.sum() - 1.0)
        expected: dict[str, Any] = {}
        if classes == 0:
            expected["value"] = logit
        else:
            scores = np.array([logit, 0.0]) if classes == 2 else np.array([logit, 0.0, -logit / 2])
            shares = np.exp(scores) / np.exp(scores).sum()
            ids = ("yes", "no", "maybe")
            expected["probabilities"] = {ids[i]: float(p) for i, p in enumerate(shares)}
        lines.append({"inputs": inputs, "expected": {"status": "final", **expected}, "estimator": expected})
    lines.append({"inputs": {}, "expected": {"status": "insufficient_data", "reason": "missing_input"}})
    (folder / "golden.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
