"""How the figures of a model are called and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medapp.assess import wording
from medapp.assess.card import Card
from medapp.i18n import N_, Words
from medapp.terminology.variables import variables
from ui.format import EN_DASH, MINUS, format_number
from ui.pages.models.facts import Curve, ModelFacts

GROUPS = {
    "details": N_("Details and output"), "purpose": N_("Purpose"), "cautions": N_("Cautions"),
    "development": N_("Development"), "fairness": N_("Fairness"),
    "external_validation": N_("External validation"), "performance": N_("Performance"),
    "maintenance": N_("Maintenance"), "updates": N_("Updates"),
}
METRICS = {
    "auroc": N_("AUROC, discrimination"), "auprc": N_("AUPRC, average precision"),
    "brier": N_("Brier score"), "calibration_slope": N_("Calibration slope"),
    "calibration_intercept": N_("Calibration intercept"), "recall": N_("Sensitivity"),
    "specificity": N_("Specificity"), "precision": N_("Precision"), "f1": N_("F1"),
    "accuracy": N_("Accuracy"), "net_benefit": N_("Net benefit"), "macro_f1": N_("Macro F1"),
    "log_loss": N_("Log loss"), "mae": N_("Mean absolute error"), "rmse": N_("Root mean square error"),
    "r2": N_("R², variance explained"),
}
STATES = {
    "bundled": (N_("bundled"), "neutral"), "local": (N_("made here"), "ok"),
    "draft": (N_("draft"), "warn"), "refused": (N_("refused"), "danger"),
}
"""The state of an assessor as a chip, and its tone."""

ALGORITHMS = frozenset({
    N_("support vector machine (Gaussian kernel, calibrated by Platt's sigmoid)"),
    N_("logistic regression"), N_("glass-box boosting (explainable boosting machine)"),
    N_("gradient boosting (histogram trees)"), N_("random forest"), N_("decision tree"),
})
"""Names that cards use; another one stands as the card has it."""

COLUMNS = {
    "ethnicity": N_("Ethnicity"), "minutes": N_("Minutes of trace"), "year": N_("Year"),
    "centre": N_("Centre"), "tsh_measured": N_("TSH measured"),
}
"""Columns of a data set by which figures are shown and which are no variables of ours."""

VALUES = {
    "yes": N_("yes"), "no": N_("no"), "Black": N_("Black"), "Hispanic": N_("Hispanic"),
    "Mexican": N_("Mexican"), "Other": N_("Other"), "White": N_("White"), "cleveland": N_("Cleveland"),
    "hungarian": N_("Budapest"), "switzerland": N_("Switzerland"),
}

PARTS = {"external": N_("On outside data"), "internal": N_("On data from the same source")}


def algorithm_name(card: Card, words: Words) -> str:
    """What computes, in the reader's language where the name is a usual one."""
    return words(card.algorithm) if card.algorithm in ALGORITHMS else card.algorithm


def metric_title(name: str, facts: ModelFacts, words: Words) -> str:
    """`auroc_suspect` is "AUROC, Suspect against the rest"; what has no name of ours keeps its own."""
    if name in METRICS:
        return words(METRICS[name])
    kind, _, of = name.partition("_")
    whom = _classes_named(of, facts, words)
    if whom and kind == "auroc":
        return words("AUROC, {whom} against the rest", whom=whom)
    if whom and kind == "recall":
        return words("Sensitivity, {whom}", whom=whom)
    return name.replace("_", " ").capitalize()


def _classes_named(name: str, facts: ModelFacts, words: Words) -> str:
    union = (facts.metrics.get("unions") or {}).get(name)
    classes = tuple(union.get("classes", ())) if union else (name,)
    known = {c.id for c in facts.card.output.classes}
    return together(classes, facts.card, words) if known.issuperset(classes) else ""


def together(classes: tuple[str, ...], card: Card, words: Words) -> str:
    """`Suspect / Pathologic`."""
    return " / ".join(wording.class_title(one, card, words) for one in classes)


def curve_title(curve: Curve, card: Card, words: Words) -> str:
    """Of what a pair of curves is."""
    return together(curve.classes or (str(card.output.lead_class),), card, words)


def figure_text(value: float) -> str:
    """Two decimals; nearly perfect is never rounded to perfect."""
    return ">0.99" if 0.995 <= value < 1.0 else format_number(value, 2)


def limits_text(found: Mapping[str, float], decimals: int = 2) -> str:
    """`0.81–0.87`, or a dash where no interval was measured."""
    low, high = found.get("low"), found.get("high")
    if low is None or high is None:
        return "—"
    text = f"{format_number(low, decimals)}{EN_DASH}{format_number(high, decimals)}"
    return text.replace(EN_DASH, f" {EN_DASH} ") if MINUS in text else text


def group_title(by: str, group: str, words: Words) -> str:
    """`Sex: female`: a subgroup of the training data; bands and values stand as they were cut."""
    known = variables().get(by)
    if known is not None:
        title = words.pick(known.title)
    else:
        title = words(COLUMNS[by]) if by in COLUMNS else by.replace("_", " ").capitalize()
    choices = (*known.choices, *known.answers) if known is not None else ()
    value = next((words.pick(c.title) for c in choices if c.id == group), "")
    value = value or (words(VALUES[group]) if group in VALUES else group)
    return words("{title}: {value}", title=title, value=value.replace("-", EN_DASH))


def calibration_sentence(curve: Curve, of: str, words: Words) -> str:
    """What a screen reader hears of the calibration curve."""
    parts = [
        words("estimated {p}, observed {o}", p=wording.percent(row["predicted"]),
              o=wording.percent(row["observed"]["value"]))
        for row in curve.calibration
    ]
    return words("Calibration of {of}: {parts}.", of=of, parts=wording.listed(parts, words))


def decision_sentence(curve: Curve, of: str, words: Words) -> str:
    """Where acting by the model does more good than acting on everybody or on nobody."""
    better = [r["threshold"] for r in curve.decision if r["model"] > max(r["all"], 0.0) + 1e-9]
    if not better:
        return words("Net benefit of {of}: at no threshold better than acting on everybody or nobody.", of=of)
    return words(
        "Net benefit of {of}: better than acting on everybody or nobody from {low} to {high}.",
        of=of, low=wording.percent(min(better)), high=wording.percent(max(better)),
    )


def state_words(facts: ModelFacts, words: Words) -> str:
    """Why an assessor is or is not asked about patients here."""
    if facts.entry.why is not None:
        why = facts.entry.why
        return words(why.message, **why.fields)
    if facts.is_draft:
        return words("A draft is not asked about patients until it is approved.")
    if facts.is_offered:
        return words("Asked about every patient of this clinic.")
    return words("Not asked here: its setting is switched off in Settings.")


def plain_rows(curve: Curve, kind: str) -> list[tuple[str, ...]]:
    """The numbers behind a curve, for the table and the clipboard."""
    rows: list[Any]
    if kind == "calibration":
        keys = ("value", "low", "high")
        rows = [(r["predicted"], *(r["observed"][k] for k in keys)) for r in curve.calibration]
        counts = [str(r.get("n", "")) for r in curve.calibration]
        return [(*map(wording.percent, row), n) for row, n in zip(rows, counts, strict=True)]
    return [
        (wording.percent(r["threshold"]), format_number(r["model"], 3), format_number(r["all"], 3))
        for r in curve.decision
    ]
