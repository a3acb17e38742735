"""Which missing or stale input would change the outcome most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medapp.assess.card import Feature
from medapp.assess.gathering.encode import Encoder
from medapp.domain.assessment import WouldChange
from medapp.inference.background import Background
from medapp.inference.infer import Scorer, names_of

Array = NDArray[np.float64]


def would_change(
    scorer: Scorer, encoder: Encoder, background: Background, x: Array, lead: float, names: Sequence[str]
) -> tuple[WouldChange, ...]:
    """The outcome if each named input were low or high, the greatest mean change first.

    Numbers take the 10 % and 90 % quantiles of the training data, yes-or-no both
    answers; of a choice the lowest and highest outcome are given. One batched run.
    """
    features = {f.name: f for f in scorer.card.features}
    positions = names_of(scorer.card)
    asked: list[tuple[str, int]] = []
    rows: list[Array] = []
    for name in names:
        values = _values(features[name], encoder, background, positions[name])
        asked.append((name, len(values)))
        for value in values:
            row = x.copy()
            row[positions[name]] = value
            rows.append(row)
    if not rows:
        return ()
    outcomes = scorer.lead(np.stack(rows), threads=1)
    return _ranked(asked, outcomes, lead)


def _ranked(asked: list[tuple[str, int]], outcomes: Array, lead: float) -> tuple[WouldChange, ...]:
    found, start = [], 0
    for name, count in asked:
        part = outcomes[start : start + count]
        start += count
        if count == 0:
            continue
        ends = (part[0], part[-1]) if count == 2 else (part.min(), part.max())
        change = float(np.abs(part - lead).mean())
        found.append((change, WouldChange(name, float(ends[0]), float(ends[1]))))
    found.sort(key=lambda item: -item[0])
    return tuple(item for change, item in found if change > 0.0)


def _values(feature: Feature, encoder: Encoder, background: Background, position: int) -> list[float]:
    spec = encoder.specs[feature.name]
    if spec.kind == "boolean":
        return [0.0, 1.0]
    if spec.kind == "choice":
        return [float(i) for i in range(len(encoder.choices[feature.name]))]
    limits = _quantiles(background, position)
    if limits is None:
        return []
    low, high = limits
    if feature.valid is not None:
        low, high = max(low, feature.valid[0]), min(high, feature.valid[1])
    return [low, high] if low < high else []


def _quantiles(background: Background, position: int) -> tuple[float, float] | None:
    if background.low is not None and background.high is not None:
        return float(background.low[position]), float(background.high[position])
    if background.centers is None or background.weights is None:
        return None
    column = background.centers[:, position]
    order = np.argsort(column)
    share = np.cumsum(background.weights[order]) / background.weights.sum()
    low, high = np.interp((0.1, 0.9), share, column[order])
    return float(low), float(high)
