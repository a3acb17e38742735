"""Fewer points, same picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def thin(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], columns: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Keep what a line of `columns` pixels can show: the extremes of each column.

    A line through the lowest and the highest value of every pixel column covers the
    same pixels as the line through all, so no spike is ever lost.
    """
    if len(x) <= 4 * columns:
        return x, y
    edges = np.linspace(x[0], x[-1], columns + 1)
    cuts = np.searchsorted(x, edges[1:-1])
    keep: set[int] = {0, len(x) - 1}
    for part in np.split(np.arange(len(x)), cuts):
        if len(part):
            keep.add(int(part[np.argmin(y[part])]))
            keep.add(int(part[np.argmax(y[part])]))
    kept = np.array(sorted(keep))
    return x[kept], y[kept]
