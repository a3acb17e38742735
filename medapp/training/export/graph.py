"""The graph every tabular model shares: `x` in, estimated, named outputs.

`x` is float64 [n, k] in canonical units as the record has them, NaN for unknown.
What `medapp.training.table.prepare` does to it (completed years, rounding,
clamping) the estimator's own nodes must do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from medapp.training.design import Design

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

    def cast(self, name: str, output: str) -> str:
        """Add a cast to float32 and return its name."""
        from onnx import TensorProto

        return self.node("Cast", [name], output, to=TensorProto.FLOAT)

    def constant(self, name: str, values: Any) -> str:
        """Add a constant array and return its name."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def gather(self, name: str, columns: Sequence[int], output: str) -> str:
        """Add the named columns of a table as a table of their own."""
        index = self.constant(f"{output}_columns", np.array(list(columns), dtype=np.int64))
        return self.node("Gather", [name, index], output, axis=1)

    def output(self, name: str, shape: Sequence[int | str]) -> None:
        """Declare a float32 output."""
        from onnx import TensorProto, helper

        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)))


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
