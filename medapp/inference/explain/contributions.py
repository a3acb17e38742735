"""The contributions of an assessment, however the model explains itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from medapp.assess.card import Card
from medapp.domain.assessment import Contribution, Contributions
from medapp.inference.background import Background
from medapp.inference.explain.scale import onto_probability
from medapp.inference.explain.shapley import shapley
from medapp.inference.infer import Raw, Scorer, feature_shares

Array = NDArray[np.float64]


def is_in_graph(card: Card) -> bool:
    """Whether the graph itself gives the contributions (terms, or paths of trees)."""
    return card.explain.method in ("in_graph", "path")


def contributions(scorer: Scorer, background: Background, x: Array, raw: Raw) -> Contributions | None:
    """Contributions of the one row `x` [k] on the scale of the outcome; None when the model has none.

    in_graph: additive terms on the log-odds of the lead class; path: the change of
    the class share at each split, summed in the leaves by the graph; both on the
    quantity's own scale for a quantity. shapley: on the outcome's scale directly.
    """
    card = scorer.card
    lead = float(raw.probability[0, card.output.lead_index])
    if is_in_graph(card) and raw.contributions is not None and raw.base is not None:
        shares = feature_shares(raw.contributions[0], scorer.terms, len(card.features))
        base = raw.base
        if card.explain.method == "in_graph" and card.output.classes:
            base, shares = onto_probability(shares, base, lead)
    elif card.explain.method == "shapley" and background.centers is not None:
        weights = background.weights
        if weights is None:
            weights = np.ones(len(background.centers))
        base, shares = shapley(scorer.lead, x, background.centers, weights, card.explain.permutations)
    else:
        return None
    return _named(card, base, shares)


def _named(card: Card, base: float, shares: Array) -> Contributions:
    items = [Contribution(f.name, float(v)) for f, v in zip(card.features, shares, strict=True)]
    items.sort(key=lambda item: -abs(item.value))
    scale = "probability" if card.output.classes else "points"
    return Contributions(scale, card.output.lead_class, base, tuple(items))
