"""Shapley values of any graph, by stratified permutations in one batched run.

Interventional: an input that is not yet in the coalition takes the value of a
background centre. Stratified twice: every centre is used, with exactly its weight,
and every order of the inputs together with its reverse. Main effects and effects of
pairs are then exact; only interactions of three and more are sampled, over orders
that form Latin squares. The design does not depend on the patient: all patients
share one base, and the same patient always gets the same answer.
Source: Castro et al., Computers & Operations Research 2017;82:180 (stratified
sampling of the Shapley value); antithetic pairs after Mitchell et al., JMLR 2022;23:43.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]
Score = Callable[[Array], Array]
_SEED = 20_240_801


def orders(count: int, features: int) -> Indices:
    """`count` orders of the features [count, k]: all cyclic shifts of random orders, in turn."""
    random = np.random.default_rng(_SEED)
    made: list[Indices] = []
    while len(made) < count:
        first = random.permutation(features)
        made.extend(np.roll(first, shift) for shift in range(features))
    return np.stack(made[:count])


def allot(weights: Array, pairs: int) -> tuple[Indices, Array]:
    """Which centre each pair of orders starts from [pairs], and the pair's weight (sum 1).

    Each centre has one pair, further ones go where a pair weighs most. With fewer pairs
    than centres, centres are drawn in proportion to their weight (systematic sampling).
    """
    share = weights / weights.sum()
    if pairs < len(share):
        chosen = np.searchsorted(np.cumsum(share), (np.arange(pairs) + 0.5) / pairs, side="left")
        return np.minimum(chosen, len(share) - 1).astype(np.int64), np.full(pairs, 1.0 / pairs)
    count = np.ones(len(share), np.int64)
    for _ in range(pairs - len(share)):
        count[np.argmax(share / count)] += 1
    centre = np.repeat(np.arange(len(share)), count).astype(np.int64)
    return centre, (share / count)[centre]


def shapley(
    score: Score, x: Array, centers: Array, weights: Array, permutations: int | None = None
) -> tuple[float, Array]:
    """Base and contribution of every input of the row `x` [k]; their sum is score(x).

    `score` maps rows [n, k] to outcomes [n]; it is called once, with
    permutations * (k - 1) rows and one for each centre and the patient.
    """
    k = len(x)
    pairs = len(centers) if permutations is None else max(1, permutations // 2)
    centre, weight = allot(weights, pairs)
    forward = orders(pairs, k)
    order = np.concatenate((forward, forward[:, ::-1]))
    start = centers[np.concatenate((centre, centre))]
    joined = np.argsort(order, axis=1)[:, None, :] <= np.arange(k - 1)[None, :, None]
    between = np.where(joined, x, start[:, None, :]).reshape(-1, k)
    outcome = score(np.concatenate((between, centers, x[None])))
    path = np.empty((2 * pairs, k + 1))
    path[:, 1:k] = outcome[: len(between)].reshape(2 * pairs, k - 1)
    at_centre = outcome[len(between) : -1]
    path[:, 0] = at_centre[np.concatenate((centre, centre))]
    path[:, k] = outcome[-1]
    gains = np.empty((2 * pairs, k))
    np.put_along_axis(gains, order, np.diff(path, axis=1), axis=1)
    shares = np.concatenate((weight, weight)) / 2.0
    return float(at_centre[centre] @ weight), shares @ gains
