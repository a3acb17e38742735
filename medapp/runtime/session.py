"""ONNX sessions: pinned before they are opened, threads chosen by use.

The only importer of onnxruntime, and only when a graph is first opened: it costs
60 ms that the first paint must not wait for. A single patient's session has one
thread (many sessions with spinning threads pushed single rows to 8-19 ms); the
batch session has two that do not spin.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from medapp.runtime.errors import GraphDamaged, GraphFailed, GraphUnreadable

SINGLE: Final = 1
BATCH: Final = 2
"""Numbers of threads: for one patient, for a table."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """An input or output of a graph: its name, element type and shape as declared."""

    name: str
    type: str
    shape: tuple[int | str | None, ...]


class Graph:
    """One opened ONNX graph."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.inputs = _tensors(session.get_inputs())
        self.outputs = _tensors(session.get_outputs())
        self.metadata: Mapping[str, str] = dict(session.get_modelmeta().custom_metadata_map)

    def run(self, outputs: Sequence[str], feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """The named outputs for the named input arrays. Raises GraphFailed."""
        try:
            result: list[NDArray[Any]] = self._session.run(list(outputs), dict(feeds))
        except Exception as error:
            raise GraphFailed from error
        return [np.asarray(item) for item in result]


def _tensors(found: Sequence[Any]) -> tuple[Tensor, ...]:
    return tuple(Tensor(t.name, t.type, tuple(t.shape)) for t in found)


def open_graph(source: bytes | Path, *, sha256: str | None = None, threads: int = SINGLE) -> Graph:
    """Open a graph from its bytes or file, after comparing them with `sha256` (hexadecimal).

    The bytes that are hashed are the bytes that are opened. Raises GraphDamaged
    when they differ, GraphUnreadable when onnxruntime cannot open them.
    """
    data = source if isinstance(source, bytes) else _read(source)
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256.lower():
        raise GraphDamaged
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise GraphUnreadable from error
    return Graph(session)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GraphUnreadable from error


@dataclass(slots=True)
class PinnedGraph:
    """A graph file that is opened when it is first needed, once per number of threads."""

    path: Path
    sha256: str
    _open: dict[int, Graph] = field(default_factory=dict, repr=False)

    def opened(self, threads: int = SINGLE) -> Graph:
        """The graph; raises GraphDamaged or GraphUnreadable."""
        graph = self._open.get(threads)
        if graph is None:
            graph = open_graph(self.path, sha256=self.sha256, threads=threads)
            self._open[threads] = graph
        return graph
