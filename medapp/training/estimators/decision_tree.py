"""One decision tree (CART; Breiman et al. 1984), whose path is the explanation.

The estimate at a node is its class share, drawn a little towards the share of all
rows (m-estimate, Cestnik 1990), so that a leaf of five like rows does not say 100 %.
A split adds the change of that share to the input it asks about: the changes along a
path and the share at the root sum to the estimate, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medapp.training.calibration import expit, logit, powered
from medapp.training.design import Design
from medapp.training.estimators import Fitted, library
from medapp.training.export import cart, graph
from medapp.training.export.cart import LEAF, Cart
from medapp.training.table import limits
from medapp.training.types import FloatArray, IntArray

DEFAULTS: Mapping[str, Any] = {"max_depth": 5, "min_samples_leaf": 5}
PULL = 1.0
"""Rows' worth of the overall share mixed into every node, unless the recipe says otherwise."""


@dataclass(frozen=True, slots=True)
class TreeFit:
    """The tree, its nodes' values being class shares [nodes, classes]."""

    tree: Cart
    lead: int

    def probabilities(self, x: FloatArray) -> FloatArray:
        found: FloatArray = self.tree.value[self.tree.leaves(x)]
        return found

    def contributions(self, x: FloatArray) -> FloatArray:
        """What each input's splits change the lead class's share by, [n, k]; with `base` they sum to it."""
        found: FloatArray = path_changes(self.tree, self.lead, x.shape[1])[self.tree.leaves(x)]
        return found

    @property
    def base(self) -> float:
        """The lead class's share among all training rows."""
        return float(self.tree.value[0, self.lead])

    def recalibrated(self, slope: float, intercept: float) -> TreeFit:
        value = self.tree.value
        if value.shape[1] == 2:
            lead = expit(slope * logit(value[:, self.lead]) + intercept)
            mended = np.column_stack([lead, 1.0 - lead] if self.lead == 0 else [1.0 - lead, lead])
        else:
            mended = powered(value, slope)
        return replace(self, tree=replace(self.tree, value=mended))

    def export(self, design: Design) -> bytes:
        """One ensemble of one tree: its leaf holds the shares and the path's changes."""
        classes, names = len(design.outcome.ids), design.names
        changes = path_changes(self.tree, self.lead, len(names))
        whole = replace(self.tree, value=np.column_stack([self.tree.value, changes]))
        build = graph.GraphBuilder()
        build.node(
            "TreeEnsembleRegressor", ["x"], "leaf", domain="ai.onnx.ml",
            **cart.attributes([whole], limits(design), classes + len(names)),
        )
        build.gather("leaf", range(classes), "probability")
        build.gather("leaf", range(classes, classes + len(names)), "contributions")
        base = build.constant("base_value", np.array([self.base], dtype=np.float32))
        build.node("Identity", [base], "base")
        build.output("probability", ["n", classes])
        build.output("contributions", ["n", len(names)])
        build.output("base", [1])
        return graph.finish(build, design, {"terms": [[name] for name in names]})


def path_changes(tree: Cart, lead: int, features: int) -> FloatArray:
    """The changes of the lead class's share on the way to each node, summed by input, [nodes, features]."""
    changes = np.zeros((len(tree.feature), features))
    stack = [0]
    while stack:
        node = stack.pop()
        if tree.feature[node] == LEAF:
            continue
        for child in (int(tree.left[node]), int(tree.right[node])):
            changes[child] = changes[node]
            changes[child, tree.feature[node]] += tree.value[child, lead] - tree.value[node, lead]
            stack.append(child)
    return changes


class DecisionTree:
    """Trains with scikit-learn; two classes or more.

    Parameters beyond scikit-learn's: `pull` (above) and `scope_only`, names of inputs
    that say who is in scope and are not asked by the tree.
    """

    title = "decision tree"
    explains = "path"

    def fit(
        self, design: Design, x: FloatArray, y: IntArray, parameters: Mapping[str, Any], seed: int
    ) -> Fitted:
        settings = {**DEFAULTS, **parameters}
        pull = float(settings.pop("pull", PULL))
        kept = _asked(design, settings.pop("scope_only", ()))
        learner = library("sklearn.tree").DecisionTreeClassifier(random_state=seed, **settings)
        learner.fit(x[:, kept], y)
        fitted = learner.tree_
        classes = len(design.outcome.ids)
        counts = np.zeros((fitted.node_count, classes))
        size = np.asarray(fitted.weighted_n_node_samples, dtype=np.float64)[:, None]
        counts[:, learner.classes_] = fitted.value[:, 0, :] * size
        share = counts[0] / counts[0].sum()
        value = (counts + pull * share) / (size + pull)
        tree = cart.from_fitted(fitted, value)
        asked = np.where(tree.feature == LEAF, LEAF, kept[np.maximum(tree.feature, 0)])
        return TreeFit(replace(tree, feature=asked), design.outcome.ids.index(design.outcome.lead_class))


def _asked(design: Design, scope_only: Any) -> IntArray:
    return np.array([i for i, name in enumerate(design.names) if name not in scope_only], dtype=np.int64)


ESTIMATOR = DecisionTree()
