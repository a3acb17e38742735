"""The support vector machine as two matrix products, against the standard operator.

The other side is what skl2onnx writes for such a machine (a Scaler and an SVMClassifier
of ai.onnx.ml), made here of the released graph's own numbers, so that nothing need be installed.
Both run on one thread, in chunks as the program does.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from medapp import paths
from medapp.inference.table import CHUNK
from medapp.runtime.session import open_graph
from tests.benchmarks.measure import Outcome, Result, Skipped, interleaved, median, milliseconds, seconds

MODEL = "breast_mass"
ROUNDS, CHUNKS = 7, 8


def measure() -> list[Outcome]:
    """Throughput of the released graph over that of the operator's."""
    folder = paths.models_dir() / MODEL
    if not (folder / "model.onnx").is_file():
        return [Skipped("svm_graph", f"no {MODEL} in models/")]
    x = _rows(folder, CHUNK)
    ours, other = open_graph(folder / "model.onnx"), open_graph(operator_graph(folder))
    narrow = x.astype(np.float32)
    (p,), (q,) = ours.run(["probability"], {"x": x}), other.run(["probabilities"], {"x": narrow})
    assert np.abs(p - q[:, ::-1]).max() < 0.01, "the two graphs are not the same machine"

    def run_ours() -> float:
        return seconds(lambda: [ours.run(["probability"], {"x": x}) for _ in range(CHUNKS)])

    def run_other() -> float:
        return seconds(lambda: [other.run(["probabilities"], {"x": narrow}) for _ in range(CHUNKS)])

    own, theirs = interleaved((run_ours, run_other), ROUNDS)
    rows = CHUNK * CHUNKS
    details = {"rows": rows, "ours": milliseconds(own), "operator": milliseconds(theirs)}
    what = f"{rows:,} rows, {MODEL} on one thread: two products against the graph skl2onnx writes"
    return [Result("svm_graph", what, median(theirs) / median(own), 8.0, "x", at_least=True, details=details)]


def operator_graph(folder: Path) -> bytes:
    """Scaler and SVMClassifier with the numbers of the released graph."""
    held = onnx.load(folder / "model.onnx").graph.initializer
    numbers = {one.name: numpy_helper.to_array(one).astype(np.float64) for one in held}
    gamma = float(json.loads((folder / "metrics.json").read_text("utf-8"))["final"]["gamma"])
    steepness = np.sqrt(numbers["squares"] / -gamma)
    vectors = (numbers["vectors"] / (2.0 * gamma * steepness)).T
    duals = numbers["duals"][:, 0] * np.exp(gamma * (vectors**2).sum(axis=1))
    order = np.argsort(duals > 0, kind="stable")  # the operator wants the vectors class by class
    scaler = helper.make_node(
        "Scaler", ["x"], ["z"], domain="ai.onnx.ml", offset=numbers["middle"], scale=steepness.ravel()
    )
    machine = helper.make_node(
        "SVMClassifier", ["z"], ["label", "probabilities"], domain="ai.onnx.ml",
        classlabels_ints=[0, 1], kernel_type="RBF", kernel_params=[gamma, 0.0, 3.0], post_transform="NONE",
        coefficients=-duals[order], support_vectors=vectors[order].ravel(), rho=[-numbers["bias"][0]],
        vectors_per_class=[int((duals <= 0).sum()), int((duals > 0).sum())], prob_a=[-1.0], prob_b=[0.0],
    )
    graph = helper.make_graph(
        [scaler, machine], "operator",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", len(steepness)])],
        [
            helper.make_tensor_value_info("label", TensorProto.INT64, ["n"]),
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", 2]),
        ],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    written: bytes = helper.make_model(graph, ir_version=9, opset_imports=opsets).SerializeToString()
    return written


def _rows(folder: Path, count: int) -> np.ndarray:
    """Invented patients around the centres of the model's background."""
    random = np.random.default_rng(4)
    with np.load(folder / "background.npz") as held:
        centers, scale = held["centers"], held["scale"]
    rows: np.ndarray = centers[random.integers(0, len(centers), count)]
    return rows + random.normal(0.0, 0.3, rows.shape) * scale
