"""How like the training data a patient is: distance to the nearest of its k-means centres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_CHUNK = 4096


def distance(x: Array, centers: Array, scale: Array) -> Array:
    """Root mean square standardised distance of each row of `x` [n, k] to its nearest centre [c, k].

    Differences are divided by `scale` [k] and averaged over what is known (NaN =
    unknown), so that an unanswered question makes nobody unusual; NaN for a row of
    which nothing is known. A feature with scale 0 is left out.
    """
    used = np.flatnonzero(scale > 0.0)
    rows, middles = x[:, used] / scale[used], centers[:, used] / scale[used]
    known = np.isfinite(rows)
    filled = np.where(known, rows, 0.0)
    mask = known.astype(np.float64)
    count = mask.sum(axis=1)
    nearest = np.empty(len(x))
    for start in range(0, len(x), _CHUNK):
        part = slice(start, start + _CHUNK)
        # sum over known features of (r - m)^2, expanded so that it is three matrix products
        square = (filled[part] ** 2).sum(axis=1)[:, None]
        total = square - 2.0 * filled[part] @ middles.T + mask[part] @ (middles**2).T
        nearest[part] = total.min(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        result: Array = np.sqrt(np.maximum(nearest, 0.0) / count)
    return result


def typicality(distances: Array, percentiles: Array) -> Array:
    """Share of training rows that lie further from their nearest centre, 0 to 1.

    `percentiles` [101] are the 0th to 100th percentile of the training rows' distances.
    """
    share = np.interp(distances, percentiles, np.linspace(0.0, 1.0, len(percentiles)), left=0.0, right=1.0)
    result: Array = 1.0 - share
    return result
