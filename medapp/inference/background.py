"""What a model folder keeps of its training: centres and out-of-fold pairs, no row of a data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from medapp.assess.errors import ModelIncomplete
from medapp.inference.beta import beta_quantile

Array = NDArray[np.float64]
BACKGROUND_FILE: Final = "background.npz"
NEAREST: Final = 64
FEWEST: Final = 5


@dataclass(frozen=True)  # not slotted: the window of neighbours is computed once and kept
class Background:
    """Arrays of `background.npz`; what a folder lacks is None.

    `centers` [c, k] and `weights` [c] sum the training data up in canonical units;
    `oof_logit` [n] is ascending, `oof_outcome` [n] belongs to it (for a quantity:
    predicted and observed values); `scale` [k] and `distances` [101] serve
    typicality, `low` and `high` [k] are 10 % and 90 % quantiles of the features.
    `points` holds the pairs of the operating points on classes taken together, by
    their id (in the file: `oof_logit.<id>`, `oof_outcome.<id>`).
    """

    centers: Array | None = None
    weights: Array | None = None
    oof_logit: Array | None = None
    oof_outcome: Array | None = None
    scale: Array | None = None
    distances: Array | None = None
    low: Array | None = None
    high: Array | None = None
    points: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)

    @cached_property
    def neighbours(self) -> Neighbours | None:
        """The out-of-fold pairs, ready to be searched."""
        if self.oof_logit is None or self.oof_outcome is None or len(self.oof_logit) < FEWEST:
            return None
        return Neighbours(self.oof_logit, self.oof_outcome)

    @cached_property
    def neighbours_of_points(self) -> dict[str, Neighbours]:
        """The pairs of operating points on classes taken together, ready to be searched."""
        return {
            point: Neighbours(logits, outcomes)
            for point, (logits, outcomes) in self.points.items()
            if len(logits) >= FEWEST
        }


class Neighbours:
    """The k = min(64, n // 5) nearest out-of-fold estimates, found by one search.

    In a sorted array the k nearest of q are a window; it moves one to the right
    when q passes the middle between the value that leaves and the one that enters.
    """

    def __init__(self, logits: Array, outcomes: Array) -> None:
        n = len(logits)
        self.k = max(1, min(NEAREST, n // 5))
        self.logits = logits
        self.outcomes = outcomes
        self._moves = (logits[: n - self.k] + logits[self.k :]) / 2.0
        self._quantiles: tuple[float, Array, Array] | None = None
        self._sums = np.concatenate(([0.0], np.cumsum(outcomes)))

    def windows(self, at: Array) -> NDArray[np.int64]:
        """Start of the window of each value of `at` [m]."""
        found: NDArray[np.int64] = np.searchsorted(self._moves, at, side="left").astype(np.int64)
        return found

    def events(self, at: Array) -> NDArray[np.int64]:
        """How many of the k nearest had the outcome, for each logit of `at` [m]."""
        start = self.windows(at)
        count: NDArray[np.int64] = np.rint(self._sums[start + self.k] - self._sums[start]).astype(np.int64)
        return count

    def beta_limits(self, level: float) -> tuple[Array, Array]:
        """Lower and upper limits of Beta(e + 1/2, k - e + 1/2) for e = 0..k, each [k + 1]."""
        tail, k = (1.0 - level) / 2.0, self.k
        low = [beta_quantile(tail, e + 0.5, k - e + 0.5) for e in range(k + 1)]
        high = [beta_quantile(1.0 - tail, e + 0.5, k - e + 0.5) for e in range(k + 1)]
        return np.array(low), np.array(high)

    def residual_limits(self, at: Array, level: float) -> tuple[Array, Array]:
        """For a quantity: each value of `at` [m] plus the quantiles of its neighbours' errors."""
        low, high = self._error_quantiles(level)
        window = self.windows(at)
        return at + low[window], at + high[window]

    def _error_quantiles(self, level: float) -> tuple[Array, Array]:
        """Lower and upper quantile of the errors in every window, computed once."""
        if self._quantiles is None or self._quantiles[0] != level:
            tail = (1.0 - level) / 2.0
            errors = np.lib.stride_tricks.sliding_window_view(self.outcomes - self.logits, self.k)
            low, high = np.quantile(errors, (tail, 1.0 - tail), axis=1)
            self._quantiles = (level, low, high)
        return self._quantiles[1], self._quantiles[2]


def load_background(folder: Path) -> Background:
    """Read `background.npz`; empty when the folder has none. Raises ModelIncomplete when it is torn."""
    path = folder / BACKGROUND_FILE
    if not path.is_file():
        return Background()
    try:
        with np.load(path, allow_pickle=False) as arrays:
            read = {name: np.asarray(arrays[name], dtype=np.float64) for name in arrays.files}
            names = set(read) & set(Background.__dataclass_fields__) - {"points"}
            return Background(**{name: read[name] for name in names}, points=_points(read))
    except (OSError, ValueError, EOFError, KeyError, BadZipFile) as error:
        raise ModelIncomplete(model=folder.name, file=BACKGROUND_FILE) from error


def _points(arrays: Mapping[str, Array]) -> dict[str, tuple[Array, Array]]:
    begin = "oof_logit."
    found = [name.removeprefix(begin) for name in arrays if name.startswith(begin)]
    return {point: (arrays[begin + point], arrays[f"oof_outcome.{point}"]) for point in found}
