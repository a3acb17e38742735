"""Small recipes and invented tables for the estimators on columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from medapp.training.design import Design, parse_design

CHOICES = ["low", "middle", "high"]


def design(algorithm: str, *, exact: bool = False, required: bool = False, classes: int = 2) -> Design:
    """Four features: a whole number that is clamped, two plain numbers and a choice of three."""
    ids = ["yes", "no", "other"][:classes]
    numbers: list[dict[str, Any]] = [
        {"name": "a", "column": "a", "whole": True, "low": 20, "high": 80},
        {"name": "b", "column": "b"},
        {"name": "c", "column": "c"},
    ]
    return parse_design(
        {
            "id": "toy", "version": "1", "seed": 1, "exact": exact,
            "data": {
                "reader": "nhanes", "file": "", "sha256": "", "origin": "", "licence": "", "citation": "",
                "dates": "",
            },
            "outcome": {"column": "y", "classes": {i: [i] for i in ids}, "lead_class": "yes"},
            "features": [
                {**feature, "required": required}
                for feature in (*numbers, {"name": "d", "column": "d", "kind": "choice", "choices": CHOICES})
            ],
            "split": {"kind": "rows", "folds": 3, "inner": 2},
            "estimator": {"algorithm": algorithm},
        },
        "toy",
    )


def rows(n: int = 400, *, blank: float = 0.0, classes: int = 2, seed: int = 5) -> tuple[Any, Any]:
    """Inputs [n, 4], a share `blank` of them unknown, and class numbers [n] (0 is the lead class)."""
    random = np.random.default_rng(seed)
    x = np.column_stack([
        random.uniform(15, 85, n), random.normal(0, 2, n), random.normal(5, 0.01, n),
        random.integers(0, 3, n),
    ])
    score = (x[:, 0] - 50) / 20 + x[:, 1] - (x[:, 3] == 2)
    y = (random.random(n) > 1 / (1 + np.exp(-score))).astype(np.int64)
    if classes > 2:
        y[(y == 1) & (x[:, 1] > 0)] = 2
    x[random.random(x.shape) < blank] = np.nan
    return x, y
