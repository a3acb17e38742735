"""The graph every tabular model shares: `x` in, prepared, estimated, named outputs.

`x` is float64 [n, k] in canonical units, NaN for unknown. It is floored, rounded
and clamped in float64 as `medapp.training.table.prepare` does, and only then cast
to float32: an estimator finds it under the name `prepared`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from medapp.training.design import Design
from medapp.training.table import GRID, limits

OPSET = 17
ML_OPSET = 3
IR_VERSION = 9


@dataclass(slots=True)
class GraphBuilder:
    """Nodes, constants and outputs of a graph under construction."""

    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    outputs: list[Any] = field(default_factory=list)

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        """Add a node and return the name of its output."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def constant(self, name: str, values: Any) -> str:
        """Add a constant array and return its name."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def output(self, name: str, shape: Sequence[int | str]) -> None:
        """Declare a float32 output."""
        from onnx import TensorProto, helper

        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)))


def begin(design: Design) -> GraphBuilder:
    """A graph that turns `x` into `prepared` (float32) after the recipe."""
    from onnx import TensorProto

    graph = GraphBuilder()
    whole, low, high = limits(design)
    name = graph.constant("grid", np.float64(GRID))
    scaled = graph.node("Mul", ["x", name], "scaled")
    name = graph.node("Div", [graph.node("Round", [scaled], "rounded"), name], "stepped")
    if whole.any():
        nudged = graph.node("Add", ["x", graph.constant("nudge", np.float64(1.0 / GRID))], "nudged")
        floored = graph.node("Floor", [nudged], "floored")
        name = graph.node("Where", [graph.constant("whole", whole[None, :]), floored, name], "completed")
    for limit, kind, side in ((low, "Less", "low"), (high, "Greater", "high")):
        if np.isfinite(limit).any():
            bound = graph.constant(side, limit[None, :])
            beyond = graph.node(kind, [name, bound], f"beyond_{side}")
            name = graph.node("Where", [beyond, bound, name], f"clamped_{side}")
    graph.node("Cast", [name], "prepared", to=TensorProto.FLOAT)
    return graph


def finish(graph: GraphBuilder, design: Design, metadata: Mapping[str, Any]) -> bytes:
    """The checked graph as bytes, the same for the same recipe and fit."""
    import onnx
    from onnx import TensorProto, helper

    entry = helper.make_tensor_value_info("x", TensorProto.DOUBLE, ["n", len(design.features)])
    body = helper.make_graph(graph.nodes, design.id, [entry], graph.outputs, graph.constants)
    model = helper.make_model(
        body, producer_name="medapp", producer_version=design.version, ir_version=IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)],
    )
    texts = {"medapp.schema": 1, "medapp.features": list(design.names), **metadata}
    helper.set_model_props(model, {key: json.dumps(value) for key, value in sorted(texts.items())})
    onnx.checker.check_model(model)
    written: bytes = model.SerializeToString(deterministic=True)
    return written
