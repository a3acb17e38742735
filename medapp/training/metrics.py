"""The figures of a model, each a function of outcomes and estimates.

Two classes: accuracy, recall, specificity, precision and F1 at a threshold,
net benefit there (Vickers and Elkin 2006), AUROC, AUPRC (average precision),
Brier, calibration slope and intercept. More classes: accuracy, macro F1, log
loss, AUROC and recall of each class against the rest. What cannot be computed
(no event, no positive call) is NaN here and null in the documents.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from medapp.training import calibration
from medapp.training.types import BoolArray, FloatArray, IntArray


def of_two_classes(
    event: IntArray, p: FloatArray, threshold: float, weights: FloatArray | None = None
) -> dict[str, float]:
    """All figures of a two-class model; `event` is 1 for the lead class, `p` its probability.

    `weights` count a row as that many (a row of weight nought not at all).
    """
    called = p >= threshold
    score = calibration.logit(p)
    counted = event if weights is None else event[weights > 0]
    one_class = not len(counted) or counted.min() == counted.max()
    slope = np.nan if one_class else calibration.line(event, score, weights)[0]
    intercept = np.nan if one_class else calibration.shift(event, score, weights)
    return {
        **at_threshold(event, called, weights),
        "auroc": auroc(event, p, weights),
        "auprc": auprc(event, p, weights),
        "brier": float(np.average((p - event) ** 2, weights=weights)),
        "calibration_slope": slope,
        "calibration_intercept": intercept,
        "net_benefit": net_benefit(event, called, threshold, weights),
    }


def at_threshold(
    event: IntArray, called: BoolArray, weights: FloatArray | None = None
) -> dict[str, float]:
    """Accuracy, recall, specificity, precision and F1 of a call."""
    tp = _sum(called & (event == 1), weights)
    fp = _sum(called & (event == 0), weights)
    fn = _sum(~called & (event == 1), weights)
    tn = _sum(~called & (event == 0), weights)
    return {
        "accuracy": _ratio(tp + tn, tp + fp + fn + tn),
        "recall": _ratio(tp, tp + fn),
        "specificity": _ratio(tn, tn + fp),
        "precision": _ratio(tp, tp + fp),
        "f1": _ratio(2 * tp, 2 * tp + fp + fn),
    }


def net_benefit(
    event: IntArray, called: BoolArray, threshold: float, weights: FloatArray | None = None
) -> float:
    """True calls a head, less the false ones at the odds of the threshold."""
    n = len(event) if weights is None else weights.sum()
    tp, fp = _sum(called & (event == 1), weights), _sum(called & (event == 0), weights)
    return float(tp / n - fp / n * threshold / (1.0 - threshold))


def auroc(event: IntArray, p: FloatArray, weights: FloatArray | None = None) -> float:
    """Chance that an event is estimated above a non-event, ties half (Mann-Whitney).

    With weights each pair counts as the product of its two.
    """
    if weights is not None:
        return _weighted_auroc(event, p, weights)
    positives = int(event.sum())
    negatives = len(event) - positives
    if not positives or not negatives:
        return float("nan")
    _, index, counts = np.unique(p, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2.0)[index]
    return float((ranks[event == 1].sum() - positives * (positives + 1) / 2.0) / (positives * negatives))


def _weighted_auroc(event: IntArray, p: FloatArray, weights: FloatArray) -> float:
    _, index = np.unique(p, return_inverse=True)
    cases = np.bincount(index, weights=weights * (event == 1))
    others = np.bincount(index, weights=weights * (event == 0))
    below = np.cumsum(others) - others
    pairs = cases.sum() * others.sum()
    return float((cases * (below + others / 2.0)).sum() / pairs) if pairs > 0 else float("nan")


def auprc(event: IntArray, p: FloatArray, weights: FloatArray | None = None) -> float:
    """Average precision: the sum over thresholds of precision times the gain in recall."""
    positives = int(event.sum()) if weights is None else float((weights * event).sum())
    if not positives:
        return float("nan")
    order = np.argsort(-p, kind="stable")
    count = np.ones(len(p)) if weights is None else weights[order]
    hits = np.cumsum(event[order] * count)
    ends = np.append(np.flatnonzero(np.diff(p[order])), len(p) - 1)
    precision = hits[ends] / np.maximum(np.cumsum(count)[ends], 1e-12)
    return float(np.sum(precision * np.diff(np.append(0, hits[ends]))) / positives)


def of_many_classes(
    y: IntArray, p: FloatArray, ids: tuple[str, ...], unions: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, float]:
    """All figures of a model with more classes; `p` [n, classes], the called class is the largest.

    `unions` are classes taken together: their summed probability against the rest.
    """
    called = p.argmax(axis=1)
    rows = np.arange(len(y))
    single = {i: at_threshold((y == i).astype(np.int64), called == i) for i in range(len(ids))}
    found = {
        "accuracy": float(np.mean(called == y)),
        "macro_f1": float(np.mean([single[i]["f1"] for i in single])),
        "log_loss": float(-np.mean(np.log(np.clip(p[rows, y], 1e-15, 1.0)))),
    }
    for i, name in enumerate(ids):
        found[f"auroc_{name}"] = auroc((y == i).astype(np.int64), p[:, i])
        found[f"recall_{name}"] = single[i]["recall"]
    for name, members in (unions or {}).items():
        index = [ids.index(member) for member in members]
        found[f"auroc_{name}"] = auroc(np.isin(y, index).astype(np.int64), p[:, index].sum(axis=1))
    return found


def _sum(rows: BoolArray, weights: FloatArray | None) -> float:
    return float(np.sum(rows) if weights is None else weights[rows].sum())


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
