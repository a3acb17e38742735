"""Graphs are pinned before they are opened."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from medapp.runtime.errors import GraphDamaged, GraphFailed, GraphUnreadable
from medapp.runtime.session import BATCH, PinnedGraph, open_graph
from tests.model_folders import linear_graph

GRAPH = linear_graph(["age", "bmi"])
SHA = hashlib.sha256(GRAPH).hexdigest()


def test_a_graph_runs_and_tells_its_inputs_outputs_and_metadata() -> None:
    graph = open_graph(GRAPH, sha256=SHA)
    (p,) = graph.run(["probability"], {"x": np.array([[50.0, 27.0]])})
    assert p.shape == (1, 2) and p[0, 0] == pytest.approx(1 / (1 + np.e))
    assert graph.inputs[0].name == "x" and graph.inputs[0].type == "tensor(double)"
    assert {t.name for t in graph.outputs} == {"probability", "contributions", "base"}
    assert graph.metadata["medapp.schema"] == "1"


def test_other_bytes_than_the_pinned_ones_are_not_opened() -> None:
    with pytest.raises(GraphDamaged):
        open_graph(GRAPH, sha256="0" * 64)


def test_bytes_that_are_no_graph_are_told() -> None:
    with pytest.raises(GraphUnreadable):
        open_graph(b"not a graph")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(GraphUnreadable):
        open_graph(tmp_path / "none.onnx")


def test_a_wrong_shape_is_a_known_error() -> None:
    with pytest.raises(GraphFailed):
        open_graph(GRAPH).run(["probability"], {"x": np.zeros((1, 3))})


def test_a_pinned_graph_is_opened_once_per_use(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(GRAPH)
    pinned = PinnedGraph(path, SHA)
    single = pinned.opened()
    path.unlink()
    assert pinned.opened() is single
    with pytest.raises(GraphUnreadable):
        pinned.opened(BATCH)


def test_onnxruntime_and_numpy_wait_until_a_model_is_asked() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from medapp.inference.registry import load_registry\n"
        "load_registry(Path('nowhere')).entries()\n"
        "assert not {'numpy', 'onnxruntime'} & set(sys.modules), sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
