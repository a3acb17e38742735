"""The two use cases behind `medapp model train ID` and `medapp model evaluate ID`."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from medapp.assess.card import read_card
from medapp.runtime.session import open_graph
from medapp.training import background, cardwriter, evaluate, golden, interval, measured, readme
from medapp.training import calibration as calibrate
from medapp.training import operating_points as points_of
from medapp.training.bars import read_bars
from medapp.training.datasets import collect, locate
from medapp.training.design import Design, SplitDesign, read_design
from medapp.training.errors import NotTrained, PredictionsNeedData, PredictionsUnwritable
from medapp.training.estimators import Estimator, Fitted, estimator
from medapp.training.evaluate import ModelRef
from medapp.training.fit import OutOfFold, Tuned, out_of_fold, train
from medapp.training.operating_points import Point
from medapp.training.table import Table, refuse_empty, tabulate
from medapp.training.types import FloatArray, IntArray, Progress, no_progress


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a training did: the folder it wrote, the figures and what was cleaned."""

    id: str
    version: str
    folder: Path
    sha256: str
    found: dict[str, Any]

    def as_document(self) -> dict[str, Any]:
        """The figures as they stand in `metrics.json`."""
        return {"id": self.id, "version": self.version, "sha256": self.sha256, **self.found}


@dataclass(frozen=True, slots=True)
class Made:
    """What a training made: the algorithm, the fit on everything, its settings and its graph."""

    learner: Estimator
    fitted: Fitted
    tuned: Tuned
    graph: bytes


def train_model(
    model: str, *, models_dir: Path, data_dir: Path | None = None, progress: Progress | None = None,
    draws: int = evaluate.DRAWS,
) -> TrainingReport:
    """Train the model after its recipe and write its folder anew.

    `data_dir` None is $MEDAPP_DATA. Raises DataSetMissing, DataSetChanged,
    DesignInvalid, TrainingLibraryMissing and the other errors of this package.
    The index of the models is not touched: a release is somebody's decision.
    """
    tell = progress or no_progress
    folder = models_dir / model
    design = read_design(folder)
    learner = estimator(design.estimator.algorithm)
    tell("data", 0.0)
    table = tabulate(design, collect(design.data, locate(design.data, data_dir)))
    scored = table.scored()
    refuse_empty(design, scored)
    held = out_of_fold(design, learner, scored, tell)
    tell("final fit", 0.0)
    tuned, fitted = train(design, learner, scored, design.seed)
    graph = fitted.export(design)
    tell("figures", 0.0)
    made = Made(learner, fitted, tuned, graph)
    return _write(folder, design, made, table, held, draws)


def evaluate_model(
    model: str, *, models_dir: Path, data_file: Path | None = None, predictions: Path | None = None,
    draws: int = evaluate.DRAWS,
) -> dict[str, Any]:
    """The document of `medapp model evaluate`.

    With `data_file`, the folder's graph on every row of the cohort of that file,
    which the recipe's own reader reads; `predictions` is written as CSV. Without,
    the out-of-fold figures of the training. Raises PredictionsNeedData, NotTrained,
    DataFileUnreadable, ColumnMissing, CohortEmpty, GraphDamaged.
    """
    folder = models_dir / model
    if data_file is None:
        if predictions is not None:
            raise PredictionsNeedData
        internal = measured.read(folder)["internal"]
        shown = {key: internal[key] for key in evaluate.KEYS}
        kept = {name: value for name, value in internal["data"].items() if name != "classes_scored"}
        return {**shown, "data": kept}
    design = read_design(folder)
    card = read_card(folder)
    if card.graph is None:
        raise NotTrained(model=model)
    table = tabulate(design, collect(design.data, data_file))
    graph = open_graph(folder / card.graph.file, sha256=card.graph.sha256)
    (p,) = graph.run(["probability"], {"x": table.scored().x})
    estimates = p.astype(np.float64)
    points = tuple(Point(point.id, point.value, point.classes) for point in card.operating_points)
    ref = ModelRef(card.id, card.version, card.graph.sha256)
    if predictions is not None:
        try:
            write_predictions(predictions, design, table, estimates, points)
        except OSError as error:
            raise PredictionsUnwritable(file=predictions.name) from error
    return evaluate.document(design, ref, table, estimates, points, draws=draws)


def write_predictions(
    path: Path, design: Design, table: Table, p: FloatArray, points: Sequence[Point]
) -> None:
    """One line for each row of the cohort: row, status, y_true, y_pred, p_<class>..."""
    ids = design.outcome.ids
    lead = ids.index(design.outcome.lead_class)
    answers = iter(p)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["row", "status", "y_true", "y_pred", *(f"p_{name}" for name in ids)])
        for row, y, complete, known in zip(
            table.rows, table.y, table.complete, table.known, strict=True
        ):
            if not known:
                _ = next(answers) if complete else None  # of no known outcome: not in the cohort
                continue
            if not complete:
                out.writerow([row, "insufficient_data", ids[y], "", *([""] * len(ids))])
                continue
            shares = next(answers)
            called = int(shares.argmax())
            if len(ids) == 2:
                above = shares[lead] >= (points[0].value if points else 0.5)
                called = lead if above else 1 - lead
            out.writerow([row, "final", ids[y], ids[called], *(repr(float(v)) for v in shares)])


def _write(
    folder: Path, design: Design, made: Made, table: Table, held: OutOfFold, draws: int
) -> TrainingReport:
    """Every file of the folder, or none: they are written aside and then moved in."""
    with TemporaryDirectory() as aside:
        report = write_aside(Path(aside), folder, design, made, table, held, draws)
        for path in sorted(Path(aside).iterdir()):
            fresh = folder / f".{path.name}.new"
            shutil.copyfile(path, fresh)
            fresh.replace(folder / path.name)
    return report


def write_aside(
    aside: Path, folder: Path, design: Design, made: Made, table: Table, held: OutOfFold, draws: int
) -> TrainingReport:
    """Write the whole folder into `aside`; the recipe's prose is read from `folder`."""
    scored = table.scored()
    digest = hashlib.sha256(made.graph).hexdigest()
    event, lead = evaluate.lead_of(design, scored.y, held.estimate(design.split))
    found = _figures(design, made, table, held, ModelRef(design.id, design.version, digest), draws)
    (aside / cardwriter.GRAPH_FILE).write_bytes(made.graph)
    summary = background.summarise(scored.x, design.seed)
    outcome = outcome_of(scored, event)
    background.write(aside, summary, calibrate.logit(lead), outcome, _unions(design, table, held, found))
    golden.write(aside, design, made.graph, made.fitted, summary["low"], summary["high"])
    measured.write(aside, found)
    source = design.data
    cardwriter.write(
        aside, folder, design, fields=measured.fields(found, found["operating_points"]),
        points=found["operating_points"], coverage=found["interval"]["coverage"]["value"],
        algorithm=made.learner.title, explains=getattr(made.fitted, "explains", made.learner.explains),
        sha256=digest, imputed=getattr(made.fitted, "imputed", None),
        data={
            "citation": source.citation, "licence": source.licence, "n": len(scored.y),
            "events": int(event[scored.known].sum()), "dates": source.dates, "origin": source.origin,
            "sha256": source.sha256,
        },
    )
    readme.write(aside, found, read_bars(folder))
    return TrainingReport(design.id, design.version, folder, digest, found)


def _figures(
    design: Design, made: Made, table: Table, held: OutOfFold, ref: ModelRef, draws: int
) -> dict[str, Any]:
    """What `metrics.json` holds: the first repeat, or the mean of all, with intervals; each beside it."""
    scored, first, figured = table.scored(), held.estimate(design.split), held.figured(design.split)
    event, lead = evaluate.lead_of(design, scored.y, first)
    weights, outcome = scored.weights(), outcome_of(scored, event)
    points = points_of.choose(
        design, np.tile(scored.y, len(figured)), np.concatenate(list(figured)),
        None if weights is None else np.tile(weights, len(figured)),
    )
    internal = evaluate.document(design, ref, table, figured, points, draws=draws)
    internal["data"]["classes_scored"] = evaluate.data_document(design, scored)["classes"]
    internal["how"] = how(design)
    shown = evaluate.threshold_figures(design, scored, figured, points, draws)
    return {
        "schema": 1, "model": ref.as_document(), "internal": internal,
        "external": {"n": 0, "metrics": {}, "reason": dict(design.card["external_reason"])},
        "operating_points": [
            {"id": q.id, "value": q.value, "classes": list(q.classes), **shown[q.id]} for q in points
        ],
        "interval": interval.coverage(calibrate.logit(lead), outcome, design.seed).as_document(),
        "calibration_curve": measured.calibration_curve(outcome, lead),
        "decision_curve": measured.decision_curve(event, lead, weights=weights),
        **_union_curves(design, scored, first),
        "repeats": [
            evaluate.measure(design, scored.y, p, points, weights) for p in held.probabilities
        ],
        "final": dict(made.tuned.parameters),
        "tuning": [dict(tuned.parameters) for tuned in held.chosen],
        "cleaning": [repair.as_document() for repair in table.repairs],
    }


def outcome_of(table: Table, event: IntArray) -> IntArray | FloatArray:
    """Whether each row had the event; for those lost before the horizon the chance that it came later."""
    return event if table.follow_up is None else table.follow_up.expected()


def _union_curves(design: Design, table: Table, p: FloatArray) -> dict[str, Any]:
    """Calibration and decision curves of classes that the recipe also measures together."""
    curves = {}
    for name, classes in design.outcome.unions.items():
        event, share = points_of.event_of(design, table.y, p, classes)
        curves[name] = {
            "classes": list(classes),
            "calibration_curve": measured.calibration_curve(event, share),
            "decision_curve": measured.decision_curve(event, share, weights=table.weights()),
        }
    return {"unions": curves} if curves else {}


def _unions(
    design: Design, table: Table, held: OutOfFold, found: dict[str, Any]
) -> dict[str, tuple[FloatArray, IntArray]]:
    """The out-of-fold pairs of every operating point that lies on classes taken together."""
    y, pairs = table.scored().y, {}
    for point in found["operating_points"]:
        if point["classes"]:
            event, p = points_of.event_of(
                design, y, held.estimate(design.split), tuple(point["classes"])
            )
            pairs[point["id"]] = (calibrate.logit(p), event)
    return pairs


def how(design: Design) -> str:
    """One sentence on how the out-of-fold figures were had."""
    split = design.split
    if split.kind == "leave_one_group_out":
        return (
            f"Internal-external validation: each {' and '.join(split.groups)} in turn is left out, the model "
            "made on the others and measured on the one left out; the estimates are put together. The model "
            "that is shipped is made on all of them. Intervals by bootstrap of rows, for the groups are too "
            "few to be drawn."
        )
    kept = f"whole groups ({' and '.join(split.groups)}) kept together" if split.groups else "rows"
    return (
        f"Nested cross-validation: {split.folds} outer folds, {kept}; {split.inner} inner folds to choose "
        f"among {len(design.estimator.grid)} settings; {_repeats(split)}; "
        "intervals by bootstrap of the same groups." + _of_censoring(design)
    )


def _of_censoring(design: Design) -> str:
    if design.censoring is None:
        return ""
    return (
        f" The outcome is that at {design.censoring.horizon:g}; whoever was lost before has none, and the "
        "others count by the inverse of their chance of being followed that long (Kaplan-Meier), in every "
        "figure, in the choice of settings and in training: AUROC is the weighted share of pairs of one who "
        "had the event by then and one who had not in which the former was estimated higher."
    )


def _repeats(split: SplitDesign) -> str:
    if split.averaged:
        return f"figures are means over {split.repeats} repeats, curves and intervals of the mean estimate"
    return f"figures of the first of {split.repeats} repeats"
