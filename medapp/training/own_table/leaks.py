"""What knows the answer: a column alone, the blanks alone, the order of the rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from medapp.i18n import N_
from medapp.training import metrics
from medapp.training.own_table.columns import Column
from medapp.training.own_table.findings import LEFT_OUT, POINTED_OUT, Finding, named
from medapp.training.own_table.options import TableOptions
from medapp.training.own_table.outcome import FEWEST_OF_CLASS, Outcome
from medapp.training.own_table.read import RawRows
from medapp.training.split import grouped_folds
from medapp.training.types import FloatArray, IntArray

LEAK: Final = 0.98
"""AUROC (of a quantity: R2) out of fold from which one column alone is not believed."""
STRONG: Final = 0.85
BLANKS: Final = 0.65
ORDER: Final = 0.75
BINS: Final = 24
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Question:
    """Rows, folds and each class against the rest: what one column is asked to predict."""

    outcome: Outcome
    rows: IntArray
    fold: IntArray

    def score(self, values: FloatArray) -> tuple[float, float]:
        """How well `values` [m] alone predict: mean over the classes and the best class (AUROC, or R2)."""
        bins = _bins(values)
        if self.outcome.is_quantity:
            r2 = _r2(bins, self.outcome.values[self.rows], self.fold)
            return r2, r2
        y = self.outcome.y[self.rows]
        classes = [c for c in range(len(self.outcome.classes)) if (y == c).sum() >= FEWEST_OF_CLASS]
        some = [
            _auroc(bins, (y == c).astype(np.int64), self.fold)
            for c in classes[: 1 if len(classes) == 2 else None]
        ]
        return (float(np.mean(some)), max(some)) if some else (0.0, 0.0)


def checked(
    inputs: Sequence[Column],
    outcome: Outcome,
    rows: IntArray,
    groups: IntArray,
    raw: RawRows,
    options: TableOptions,
    findings: list[Finding],
) -> list[Column]:
    """The inputs without those that give the answer away; `--keep` keeps one all the same."""
    labels = np.zeros(len(rows), dtype=np.int64) if outcome.is_quantity else outcome.y[rows]
    question = Question(outcome, rows, grouped_folds(groups, labels, FOLDS, options.seed))
    values = {column.name: column.numbers()[rows] for column in inputs}
    scores = {name: question.score(some) for name, some in values.items()}
    leaking = [name for name, (mean, _) in scores.items() if mean > LEAK and name not in options.keep]
    findings.extend(_leak(name, values[name], question, scores[name][0]) for name in leaking)
    kept = [column for column in inputs if column.name not in leaking]
    _tell_strong([c.name for c in kept], scores, outcome, findings)
    _tell_blanks(np.column_stack([values[c.name] for c in kept]) if kept else None, question, findings)
    _tell_order(np.array([raw.lines[i] for i in rows], dtype=np.float64), question, findings)
    return kept


def _leak(name: str, values: FloatArray, question: Question, score: float) -> Finding:
    fields = {"column": name, "score": round(score, 3)}
    if _is_recoded(values, question):
        return Finding(
            "target_recoded",
            N_("Left out because it is the outcome in other words: {column}."),
            LEFT_OUT,
            (name,),
            fields,
        )
    message = (
        N_(
            "Left out because it alone explains almost the whole outcome (R2 {score}): {column}. Was it "
            "computed from the "
            "outcome? --keep {column} keeps it."
        )
        if question.outcome.is_quantity
        else N_(
            "Left out because it alone predicts the outcome too well (AUROC {score}): {column}. Was it "
            "recorded after "
            "the outcome, or does it define it? --keep {column} keeps it."
        )
    )
    return Finding("leak", message, LEFT_OUT, (name,), fields)


def _is_recoded(values: FloatArray, question: Question) -> bool:
    """Whether each value goes with one answer only, and there are hardly more values than answers."""
    known = np.isfinite(values)
    if question.outcome.is_quantity:
        pair = values[known], question.outcome.values[question.rows][known]
        return known.sum() > 2 and abs(float(np.corrcoef(*pair)[0, 1])) > 0.99999
    y = question.outcome.y[question.rows][known]
    distinct = np.unique(values[known])
    pure = all(len(np.unique(y[values[known] == value])) == 1 for value in distinct[:50])
    return pure and len(distinct) <= 2 * len(question.outcome.classes)


def _tell_strong(
    names: Sequence[str], scores: dict[str, tuple[float, float]], outcome: Outcome, findings: list[Finding]
) -> None:
    strong = sorted((n for n in names if scores[n][1] >= STRONG), key=lambda n: -scores[n][1])
    if not strong:
        return
    shown = [f"{name} ({scores[name][1]:.2f})" for name in strong]
    message = (
        N_("Each alone explains the outcome well (R2): {columns}. Does one define it?")
        if outcome.is_quantity
        else N_(
            "Each alone tells an answer well (AUROC): {columns}. If one is the test by which the outcome "
            "was defined, "
            "the figures below mean little: leave it out with --drop."
        )
    )
    findings.append(
        Finding(
            "strong_alone",
            message,
            POINTED_OUT,
            tuple(strong),
            {"columns": named(shown, 12), "count": len(strong)},
        )
    )


def _tell_blanks(x: FloatArray | None, question: Question, findings: list[Finding]) -> None:
    """Whether what was not measured tells the outcome: then cases and controls were recorded unlike."""
    if x is None:
        return
    blank = np.isnan(x)
    some = blank.mean(axis=0)
    blank = blank[:, (some > 0.02) & (some < 0.98)]
    if not blank.shape[1]:
        return
    score = max(question.score(direction)[1] for direction in _blank_scores(blank, question))
    limit = 0.1 if question.outcome.is_quantity else BLANKS
    if score < limit:
        return
    message = (
        N_("What is missing alone explains part of the outcome (R2 {score}).")
        if question.outcome.is_quantity
        else N_(
            "What is missing alone predicts the outcome (AUROC {score}): those with it were recorded "
            "otherwise than those "
            "without. The model may learn who was measured instead of who is ill."
        )
    )
    findings.append(Finding("blanks_predict", message, POINTED_OUT, (), {"score": round(score, 3)}))


def _blank_scores(
    blank: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], question: Question
) -> list[FloatArray]:
    """The number of blanks, and for each class the blanks weighed out of fold (naive Bayes)."""
    scores = [blank.sum(axis=1).astype(np.float64)]
    if question.outcome.is_quantity:
        return scores
    y = question.outcome.y[question.rows]
    for c in range(len(question.outcome.classes)):
        event = y == c
        if event.sum() < FEWEST_OF_CLASS:
            continue
        score = np.zeros(len(y))
        for held in range(FOLDS):
            inside, outside = question.fold != held, question.fold == held
            yes = (blank[inside & event].sum(axis=0) + 0.5) / ((inside & event).sum() + 1)
            no = (blank[inside & ~event].sum(axis=0) + 0.5) / ((inside & ~event).sum() + 1)
            odds, none = np.log(yes / no), np.log((1 - yes) / (1 - no))
            score[outside] = np.where(blank[outside], odds, none).sum(axis=1)
        scores.append(score)
    return scores


def _tell_order(lines: FloatArray, question: Question, findings: list[Finding]) -> None:
    score = question.score(lines)[1]
    if score < ORDER:
        return
    message = (
        N_("The order of the rows goes with the outcome (R2 {score}).")
        if question.outcome.is_quantity
        else N_(
            "The rows are sorted by outcome (AUROC of the row number {score}). Often the groups were "
            "then gathered apart "
            "(patients here, healthy people there): among your patients the model will do worse than the "
            "figures say."
        )
    )
    findings.append(Finding("sorted_by_outcome", message, POINTED_OUT, (), {"score": round(score, 3)}))


def _bins(values: FloatArray) -> IntArray:
    """Each value's bin, 0 for unknown: few values each for itself, many by quantiles."""
    known = values[np.isfinite(values)]
    distinct = np.unique(known)
    cuts = (
        distinct[1:]
        if len(distinct) <= BINS
        else np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1]))
    )
    found = np.searchsorted(cuts, values, side="right") + 1
    bins: IntArray = np.where(np.isnan(values), 0, found).astype(np.int64)
    return bins


def _auroc(bins: IntArray, event: IntArray, fold: IntArray) -> float:
    p = np.zeros(len(event))
    for held in range(int(fold.max()) + 1):
        inside, outside = fold != held, fold == held
        rate = event[inside].mean()
        events = np.bincount(bins[inside], event[inside], minlength=bins.max() + 1)
        p[outside] = ((events + rate) / (np.bincount(bins[inside], minlength=bins.max() + 1) + 1.0))[
            bins[outside]
        ]
    return metrics.auroc(event, np.round(p, 12))


def _r2(bins: IntArray, values: FloatArray, fold: IntArray) -> float:
    guess = np.zeros(len(values))
    for held in range(int(fold.max()) + 1):
        inside, outside = fold != held, fold == held
        sums = np.bincount(bins[inside], values[inside], minlength=bins.max() + 1)
        counts = np.bincount(bins[inside], minlength=bins.max() + 1)
        guess[outside] = ((sums + values[inside].mean()) / (counts + 1.0))[bins[outside]]
    spread = float(np.var(values))
    return 1.0 - float(np.mean((values - guess) ** 2)) / spread if spread > 0 else 0.0
