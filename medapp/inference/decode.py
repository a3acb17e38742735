"""From the graph's numbers to the outcome that is shown: interval, similar cases, thresholds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from medapp.assess.card import Card, OperatingPoint
from medapp.domain.assessment import Interval, Outcome, Similar, ThresholdState
from medapp.inference.background import Neighbours

Array = NDArray[np.float64]


def logit(probability: Array) -> Array:
    """Log-odds, finite for 0 and 1."""
    clipped = np.clip(probability, 1e-12, 1.0 - 1e-12)
    result: Array = np.log(clipped) - np.log1p(-clipped)
    return result


def sigmoid(value: float) -> float:
    """Probability of log-odds."""
    return float(1.0 / (1.0 + np.exp(-value)))


class Decoder:
    """The decoder of one card, for one row as for a million."""

    def __init__(
        self, card: Card, neighbours: Neighbours | None, points: Mapping[str, Neighbours] | None = None
    ) -> None:
        self.card = card
        self.neighbours = neighbours
        self.points = points or {}
        self._limits: tuple[Array, Array] | None = None

    def intervals(self, lead: Array) -> tuple[Array, Array] | None:
        """Lower and upper limits for estimates `lead` [n], widened to hold them.

        Classes: Beta(e + 1/2, k - e + 1/2) of the k nearest out-of-fold logits, of
        which e had the outcome. A quantity: the quantiles of their errors.
        """
        near, level = self.neighbours, self.card.interval.level
        if near is None:
            return None
        if self.card.output.type == "quantity":
            low, high = near.residual_limits(lead, level)
        else:
            if self._limits is None:
                self._limits = near.beta_limits(level)
            events = near.events(logit(lead))
            low, high = self._limits[0][events], self._limits[1][events]
        return np.minimum(low, lead), np.maximum(high, lead)

    def similar(self, lead: float) -> Similar | None:
        """How many of the nearest validation estimates had the outcome; none for a quantity."""
        if self.neighbours is None or self.card.output.type == "quantity":
            return None
        events = self.neighbours.events(logit(np.array([lead])))
        return Similar(self.neighbours.k, int(events[0]))

    def outcome(self, row: Array) -> Outcome:
        """The outcome of one row of the graph's answer [classes] or [1]."""
        output = self.card.output
        lead = float(row[output.lead_index])
        limits = self.intervals(np.array([lead]))
        interval = None
        if limits is not None:
            interval = Interval(self.card.interval.level, float(limits[0][0]), float(limits[1][0]))
        probabilities = {c.id: float(p) for c, p in zip(output.classes, row, strict=False)}
        best = output.classes[int(np.argmax(row))].id if output.classes else None
        value: float | str = best if output.type == "class" and best is not None else lead
        return Outcome(
            type=output.type,
            name=output.name.as_dict(),
            value=value,
            unit=output.unit if output.type == "quantity" else None,
            interval=interval,
            probabilities=probabilities,
            category=best if output.type == "class" else None,
        )

    def thresholds(self, outcome: Outcome, lead: float) -> tuple[ThresholdState, ...]:
        """Where the whole interval lies against every operating point."""
        limits = (outcome.interval.low, outcome.interval.high) if outcome.interval else (lead, lead)
        states = []
        for point in self.card.operating_points:
            low, high = self._together(outcome, point) if point.classes else limits
            states.append(ThresholdState(point.id, point.value, relation(low, high, point.value)))
        return tuple(states)

    def _together(self, outcome: Outcome, point: OperatingPoint) -> tuple[float, float]:
        """The interval of the probability of several classes, by the pairs kept for that point."""
        p = sum(outcome.probabilities.get(name, 0.0) for name in point.classes)
        near = self.points.get(point.id)
        if near is None:
            return p, p
        low, high = near.beta_limits(self.card.interval.level)
        events = int(near.events(logit(np.array([p])))[0])
        return min(float(low[events]), p), max(float(high[events]), p)


def relation(low: float, high: float, threshold: float) -> str:
    """above, crosses or below: of the whole interval, never of the estimate alone."""
    if low >= threshold:
        return "above"
    return "below" if high < threshold else "crosses"
