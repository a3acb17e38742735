"""Who is held out together: folds that never divide a group."""

from __future__ import annotations

import numpy as np

from medapp.training.design import SplitDesign
from medapp.training.types import IntArray


def outer_folds(split: SplitDesign, groups: IntArray, y: IntArray, seed: int) -> IntArray:
    """The number of the fold in which each row is held out, [n]."""
    if split.kind == "leave_one_group_out":
        return np.unique(groups, return_inverse=True)[1].astype(np.int64)
    return _balanced(split, groups, y, split.folds, seed)


def inner_folds(split: SplitDesign, groups: IntArray, y: IntArray, seed: int) -> IntArray:
    """The folds inside one training part, in which the grid is compared, [n]."""
    return _balanced(split, groups, y, split.inner, seed)


def _balanced(split: SplitDesign, groups: IntArray, y: IntArray, folds: int, seed: int) -> IntArray:
    kept = np.arange(len(y), dtype=np.int64) if split.kind == "rows" else groups
    return grouped_folds(kept, y, folds, seed)


def grouped_folds(groups: IntArray, y: IntArray, folds: int, seed: int) -> IntArray:
    """Whole groups dealt to `folds` parts of like size and like class shares, [n].

    Largest groups first, in an order shuffled by `seed`; each goes where the
    class counts are then least uneven. With single rows as groups this is
    stratified k-fold.
    """
    random = np.random.default_rng(seed)
    names, index = np.unique(groups, return_inverse=True)
    classes, label = np.unique(y, return_inverse=True)
    if len(names) == len(y):
        return _stratified(label, folds, random)
    counts = np.zeros((len(names), len(classes)))
    np.add.at(counts, (index, label), 1.0)
    share = counts / counts.sum(axis=0)
    size = share.sum(axis=1) * random.uniform(0.8, 1.2, len(names))
    held = np.zeros((folds, len(classes)))
    fold = np.zeros(len(names), dtype=np.int64)
    for group in np.argsort(-size, kind="stable"):
        after = ((held + share[group]) ** 2 - held**2).sum(axis=1)
        best = int(np.argmin(after + random.uniform(0, 1e-9, folds)))
        fold[group] = best
        held[best] += share[group]
    return fold[index]


def _stratified(label: IntArray, folds: int, random: np.random.Generator) -> IntArray:
    fold = np.zeros(len(label), dtype=np.int64)
    for value in np.unique(label):
        members = random.permutation(np.flatnonzero(label == value))
        fold[members] = np.arange(len(members)) % folds
    return fold
