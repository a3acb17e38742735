"""Whether the probabilities mean what they say, and the straight line that mends them.

Calibration slope and intercept after Cox (1958): the outcome regressed on the
logit of the estimate. The slope is fitted together with its intercept; the
intercept that is reported ("calibration in the large") has the slope fixed at 1.
"""

from __future__ import annotations

import numpy as np

from medapp.training.types import FloatArray, IntArray

EPSILON = 1e-7


def logit(p: FloatArray) -> FloatArray:
    """Log-odds of probabilities, kept finite."""
    clipped = np.clip(p, EPSILON, 1.0 - EPSILON)
    odds: FloatArray = np.log(clipped / (1.0 - clipped))
    return odds


def expit(x: FloatArray) -> FloatArray:
    """Probability of log-odds."""
    p: FloatArray = 1.0 / (1.0 + np.exp(-np.clip(x, -700.0, 700.0)))
    return p


def line(y: IntArray, score: FloatArray, weights: FloatArray | None = None) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of `y` (0, 1) on log-odds `score`."""
    design = np.column_stack([score, np.ones(len(score))])
    found = _newton(design, y, np.array([1.0, 0.0]), np.zeros(len(score)), weights)
    return float(found[0]), float(found[1])


def sharpness(y: IntArray, p: FloatArray) -> float:
    """The power of the estimates `p` [n, classes], renormalised, under which outcomes `y` are likeliest.

    For more than two classes, where one line has no meaning: 1 is well calibrated, less
    is too bold (1 / temperature; Guo et al., ICML 2017). Newton steps on one parameter.
    """
    scores = np.log(np.clip(p, EPSILON, 1.0))
    own = scores[np.arange(len(y)), y]
    power = 1.0
    for _ in range(50):
        shares = powered(p, power)
        mean = (shares * scores).sum(axis=1)
        spread = float(((shares * scores**2).sum(axis=1) - mean**2).sum())
        step = float((own - mean).sum()) / (spread + 1e-9)
        power = max(0.05, power + float(np.clip(step, -0.5, 0.5)))
        if abs(step) < 1e-10:
            break
    return power


def powered(p: FloatArray, power: float) -> FloatArray:
    """Estimates `p` [n, classes] to the power, each row summing to 1 again."""
    raised = np.clip(p, EPSILON, 1.0) ** power
    shares: FloatArray = raised / raised.sum(axis=1, keepdims=True)
    return shares


def shift(y: IntArray, score: FloatArray, weights: FloatArray | None = None) -> float:
    """The intercept alone, slope fixed at 1: calibration in the large."""
    return float(_newton(np.ones((len(score), 1)), y, np.zeros(1), score, weights)[0])


def curve(y: IntArray | FloatArray, score: FloatArray) -> FloatArray:
    """Coefficients (score squared, score, 1) of a bent calibration curve; `y` may be shares."""
    design = np.column_stack([score**2, score, np.ones(len(score))])
    return _newton(design, y, np.array([0.0, 1.0, 0.0]), np.zeros(len(score)))


def bend(coefficients: FloatArray, score: FloatArray) -> FloatArray:
    """The probability that `curve`'s coefficients give at log-odds `score`."""
    return expit(coefficients[0] * score**2 + coefficients[1] * score + coefficients[2])


def steps(y: IntArray | FloatArray, score: FloatArray) -> FloatArray:
    """The monotone calibration curve at each row's score, by pooling adjacent violators.

    Each level is (events + 1/2) / (rows + 1), so that no level is nought or one.
    """
    _, index, counts = np.unique(score, return_inverse=True, return_counts=True)
    hits = np.bincount(index, weights=y)
    blocks: list[list[float]] = []  # events, rows, distinct scores
    for events, rows in zip(hits, counts, strict=True):
        blocks.append([float(events), float(rows), 1.0])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    level = [(events + 0.5) / (rows + 1.0) for events, rows, _ in blocks]
    found: FloatArray = np.repeat(level, [int(block[2]) for block in blocks])[index]
    return found


def _newton(
    design: FloatArray, y: IntArray | FloatArray, start: FloatArray, offset: FloatArray,
    counts: FloatArray | None = None,
) -> FloatArray:
    """The weights of a logistic regression; `counts` is how many a row stands for, one unless given."""
    weights = start.astype(np.float64)
    count = np.ones(len(y)) if counts is None else counts
    ridge = 1e-9 * np.eye(design.shape[1])
    for _ in range(50):
        p = expit(np.clip(design @ weights + offset, -30.0, 30.0))
        gradient = design.T @ (count * (y - p))
        hessian = (design * (count * p * (1.0 - p))[:, None]).T @ design + ridge
        step = np.linalg.solve(hessian, gradient)
        weights = weights + np.clip(step, -5.0, 5.0)
        if np.abs(step).max() < 1e-10:
            break
    return weights
