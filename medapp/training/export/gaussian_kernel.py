"""A Gaussian-kernel expansion as two matrix products.

exp(-gamma |z - s|^2) = exp(2 gamma z.s - gamma |z|^2 - gamma |s|^2): the first is one Gemm with
the support vectors (the last a bias of it), the second one column a row; another Gemm with
the dual coefficients makes the decision. The standard operator of support vector machines
goes through the vectors one by one and is an order of magnitude slower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medapp.training import basis as bases
from medapp.training.basis import Basis
from medapp.training.design import Design
from medapp.training.export import graph
from medapp.training.types import FloatArray


@dataclass(frozen=True, slots=True)
class Kernel:
    """Support vectors [s, m] on the common scale, dual coefficients [s], intercept and gamma."""

    vectors: FloatArray
    duals: FloatArray
    intercept: float
    gamma: float

    def decision(self, z: FloatArray) -> FloatArray:
        """The decision function [n] of columns [n, m]."""
        square = (z**2).sum(axis=1)[:, None] + (self.vectors**2).sum(axis=1) - 2.0 * z @ self.vectors.T
        decision: FloatArray = np.exp(-self.gamma * square) @ self.duals + self.intercept
        return decision


def export(
    design: Design, basis: Basis, kernel: Kernel, slope: float, intercept: float, lead: int
) -> bytes:
    """The graph from `x` to `probability`; log-odds of the lead class = slope * decision + intercept.

    Numbers are float32 from the first node on. The sigmoid's line is folded into the dual
    coefficients and the intercept.
    """
    build = graph.GraphBuilder()
    z, _ = bases.export(build, design, basis, np.float32)
    gamma = kernel.gamma
    vectors = build.constant("vectors", (2.0 * gamma * kernel.vectors.T).astype(np.float32))
    norms = build.constant("norms", (-gamma * (kernel.vectors**2).sum(axis=1)).astype(np.float32))
    products = build.node("Gemm", [z, vectors, norms], "products")
    own = build.node("ReduceSumSquare", [z], "own", axes=[1], keepdims=1)
    length = build.node("Mul", [own, build.constant("gamma", np.array(gamma, dtype=np.float32))], "length")
    near = build.node("Exp", [build.node("Sub", [products, length], "away_from")], "near")
    duals = build.constant("duals", (slope * kernel.duals[:, None]).astype(np.float32))
    bias = build.constant("bias", np.array([slope * kernel.intercept + intercept], dtype=np.float32))
    log_odds = build.node("Gemm", [near, duals, bias], "log_odds")
    share = build.node("Sigmoid", [log_odds], "lead")
    other = build.node("Sub", [build.constant("one", np.array(1.0, dtype=np.float32)), share], "other")
    build.node("Concat", [share, other] if lead == 0 else [other, share], "probability", axis=1)
    build.output("probability", ["n", 2])
    return graph.finish(build, design, {})
