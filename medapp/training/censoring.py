"""Who was lost before the outcome could be known, and what stands in for them.

The outcome is a status at a horizon (dead by day 90). Whoever was last seen alive
before it has no status. Leaving them out alone would make the event look more
frequent, so the others are weighted by the inverse of their chance of having been
followed that long, 1 / G, with G the Kaplan-Meier curve of being lost (Robins and
Finkelstein 2000; Uno et al. 2007). G is estimated in whatever rows are at hand: inside
a training part from that part alone, in a resample from the resample. Being lost is
taken to depend on nothing that is known of the patient.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from medapp.training.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Days followed [n], whether that ended with the event [n], and the horizon in days."""

    days: FloatArray
    event: BoolArray
    horizon: float

    def take(self, index: IntArray) -> FollowUp:
        """Those at `index`, in that order."""
        return FollowUp(self.days[index], self.event[index], self.horizon)

    @property
    def known(self) -> BoolArray:
        """Whether the status at the horizon is known."""
        return np.asarray(self.event | (self.days >= self.horizon))

    @property
    def had_event(self) -> BoolArray:
        """Whether the event came by the horizon."""
        return np.asarray(self.event & (self.days <= self.horizon))

    def weights(self) -> FloatArray:
        """Inverse-probability-of-censoring weights [n]; nought where the status is unknown.

        1 / G just before the event, or 1 / G at the horizon for those beyond it. At
        equal days events come before losses.
        """
        days = np.minimum(self.days, self.horizon)
        kept = survival(self.days, ~self.event, days, before=True)
        found: FloatArray = np.where(self.known, 1.0 / np.maximum(kept, 1e-9), 0.0)
        return found

    def expected(self) -> FloatArray:
        """The outcome at the horizon [n]: 1 or 0, and for the lost the chance that it came later.

        That chance is 1 - S(horizon) / S(day last seen), S the Kaplan-Meier curve of the
        event: redistribution to the right (Efron 1967), the same sum as the weights give.
        """
        at_end = survival(self.days, self.event, np.full(len(self.days), self.horizon))
        so_far = survival(self.days, self.event, self.days)
        later = 1.0 - at_end / np.maximum(so_far, 1e-9)
        found: FloatArray = np.where(self.known, self.had_event.astype(np.float64), later)
        return found


def survival(days: FloatArray, ended: BoolArray, at: FloatArray, *, before: bool = False) -> FloatArray:
    """The Kaplan-Meier curve of `ended` at each of `at`, or just before it (left limit)."""
    times = np.unique(days[ended])
    ends = np.array([np.sum(ended & (days == t)) for t in times], dtype=np.float64)
    # of those seen on the same day: an event comes before a loss, so losses risk fewer
    at_risk = np.array([np.sum(days >= t) for t in times], dtype=np.float64)
    if before:
        at_risk -= np.array([np.sum((days == t) & ~ended) for t in times])
    steps = np.cumprod(1.0 - ends / np.maximum(at_risk, 1.0)) if len(times) else np.ones(0)
    place = np.searchsorted(times, at, side="left" if before else "right")
    curve: FloatArray = np.concatenate(([1.0], steps))[place]
    return curve
