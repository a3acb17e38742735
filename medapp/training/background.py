"""What the folder keeps of its training: centres and out-of-fold pairs, no row of a data set."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from medapp.inference.background import BACKGROUND_FILE
from medapp.inference.typicality import distance
from medapp.training.estimators import library
from medapp.training.types import FloatArray, IntArray

CENTERS: Final = 64
FEWEST: Final = 5
"""A centre of fewer rows would be nearly a row of the data set; it is left out."""


def summarise(x: FloatArray, seed: int) -> dict[str, FloatArray]:
    """Centres, weights, scale, percentiles of distance and 10 % and 90 % quantiles of `x` [n, k].

    Unknown values take the feature's mean for the clustering only.
    """
    cluster = library("sklearn.cluster")
    known = np.where(np.isnan(x), np.nanmean(x, axis=0), x)
    scale = np.nanstd(x, axis=0)
    unit = np.where(scale > 0, scale, 1.0)
    count = max(1, min(CENTERS, len(x) // (2 * FEWEST)))
    means = cluster.KMeans(count, n_init=3, random_state=seed).fit(known / unit)
    sizes = np.bincount(means.labels_, minlength=count)
    kept = sizes >= FEWEST
    centers = np.asarray(means.cluster_centers_[kept] * unit, dtype=np.float64)
    distances = np.percentile(distance(x, centers, scale), np.arange(101))
    low, high = np.nanquantile(x, [0.1, 0.9], axis=0)
    return {
        "centers": centers, "weights": sizes[kept] / sizes[kept].sum(), "scale": scale,
        "distances": distances, "low": low, "high": high,
    }


def write(
    folder: Path, summary: dict[str, FloatArray], scores: FloatArray, events: IntArray | FloatArray,
    unions: Mapping[str, tuple[FloatArray, IntArray]] | None = None,
) -> None:
    """Write the summary and the pairs (out-of-fold log-odds, outcome), sorted by the former.

    Outcomes are 0 or 1, or the chance of it for those who were lost before it was known.
    `unions` are the pairs of the operating points on classes taken together, by id.
    """
    arrays: dict[str, Any] = dict(summary)
    pairs: dict[str, tuple[FloatArray, IntArray | FloatArray]] = {"": (scores, events)}
    pairs |= {f".{point}": pair for point, pair in (unions or {}).items()}
    for suffix, (logit, event) in pairs.items():
        order = np.argsort(logit, kind="stable")
        arrays[f"oof_logit{suffix}"] = logit[order]
        kind = np.int8 if np.issubdtype(event.dtype, np.integer) else np.float64
        arrays[f"oof_outcome{suffix}"] = event[order].astype(kind)
    np.savez_compressed(folder / BACKGROUND_FILE, **arrays)
