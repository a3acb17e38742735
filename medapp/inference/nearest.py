"""Whom a model was built on that comes nearest to a patient: means of groups, never single people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
COUNT: Final = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest groups, and the inputs in the order in which the patient differs from the first.

    `groups` are mean values by input in canonical units; yes is 1 and no 0, so that a mean is a share.
    """

    inputs: tuple[str, ...]
    groups: tuple[Mapping[str, float], ...]


def nearest(
    x: Array, centers: Array, scale: Array, names: Sequence[str], count: int = COUNT
) -> Nearest:
    """The nearest of `centers` [c, k] to one row `x` [k], by what is known of it.

    Differences are divided by `scale` [k], as for typicality; what is unknown or does not vary is left out.
    """
    used = np.flatnonzero((scale > 0.0) & np.isfinite(x))
    away = np.abs(centers[:, used] - x[used]) / scale[used]
    order = np.argsort((away**2).sum(axis=1), kind="stable")[:count]
    if not len(order) or not len(used):
        return Nearest((), ())
    ranked = used[np.argsort(-away[order[0]], kind="stable")]
    groups = tuple({names[int(i)]: float(centers[row, i]) for i in used} for row in order)
    return Nearest(tuple(names[int(i)] for i in ranked), groups)
