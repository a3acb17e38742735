"""How the wizard says what the pipeline found: its options are buttons here, no words of a command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from medapp.errors import KnownError
from medapp.i18n import N_, Words
from medapp.services.own_models import Finding
from ui.context import Context
from ui.widgets import Strip

KINDS: Final = {
    "number": N_("measured number"), "integer": N_("whole number"), "boolean": N_("yes or no"),
    "choice": N_("one of a few answers"), "date": N_("date"), "identifier": N_("identifier"),
    "text": N_("free text"), "empty": N_("empty"), "unclear": N_("number, comma unclear"),
}
NOTICES: Final = {
    "person": N_("Identifies people: never kept"), "identifier": N_("An identifier by its name"),
    "later": N_("Known only after the outcome, by its name"),
    "estimate": N_("An estimate of somebody else, by its name"),
}
UNUSED_KINDS: Final = frozenset({"date", "identifier", "text", "empty", "unclear"})

ALGORITHMS: Final = {
    "logistic_regression": N_("Logistic regression"), "decision_tree": N_("Decision tree"),
    "glass_box": N_("Glass-box boosting"), "support_vector_machine": N_("Support vector machine"),
    "random_forest": N_("Random forest"), "linear_regression": N_("Linear regression"),
    "glass_box_regression": N_("Glass-box boosting of a number"),
    "random_forest_regression": N_("Random forest of a number"),
}
STAGES: Final = {
    "table": N_("Reading and checking the table"), "final fit": N_("Fitting the chosen algorithm"),
    "figures": N_("Measuring, and writing the card"), "done": N_("Keeping the draft"),
}

_FINDINGS: Final = {
    "recorded_later": N_("Left out because by their names they are known only after the outcome: {columns}."),
    "another_estimate": N_(
        "Left out because by their names they are estimates of another model or of a person: {columns}."
    ),
    "zeros_as_missing": N_(
        "{column}: zeros are taken as not measured ({count} rows), for no other value comes near."
    ),
    "units_not_stated": N_(
        "No unit was stated for {columns}: they stay the clinic's own inputs and are not filled from the "
        "record."
    ),
    "lead_class_assumed": N_(
        "What the answers {labels} of {column} mean cannot be known from the table; {lead} is taken as the "
        "one to be predicted."
    ),
}
_OF_CLASSES: Final = {
    "leak": N_(
        "Left out because it alone predicts the outcome too well (AUROC {score}): {column}. Was it recorded "
        "after the outcome, or does it define it?"
    ),
    "strong_alone": N_(
        "Each alone tells an answer well (AUROC): {columns}. If one is the test by which the outcome was "
        "defined, the figures will mean little."
    ),
}
_OF_A_NUMBER: Final = {
    "leak": N_(
        "Left out because it alone explains almost the whole outcome (R2 {score}): {column}. Was it computed "
        "from the outcome?"
    ),
}
_ADVICE: Final = {
    "header_missing": N_("Add a first line with the names, or say that the first line is data."),
    "target_empty": N_("Choose another column in step 2."),
    "target_missing": N_("Choose another column in step 2."),
    "nothing_to_learn_from": N_("Use more columns in step 2."),
    "too_many_columns": N_("Leave columns out in step 2, or prepare a smaller table."),
    "model_exists": N_("Choose another name below."),
    "option_unreadable": N_("Go back and choose again."),
}


def said(finding: Finding, words: Words, *, is_quantity: bool) -> str:
    """A finding as a sentence of the window."""
    own = _OF_A_NUMBER if is_quantity else _OF_CLASSES
    message = _FINDINGS.get(finding.code) or own.get(finding.code) or finding.message
    return words(message, **finding.fields)


def show_problem(strip: Strip, context: Context, error: BaseException) -> None:
    """An error with advice that can be followed here."""
    strip.show_error(context, error)
    if isinstance(error, KnownError) and error.code in _ADVICE:
        strip.advice.set_message(_ADVICE[error.code])
        strip.advice.show()


def stage_text(stage: str, words: Words) -> str:
    """What the training does just now."""
    if stage in ALGORITHMS:
        return words("Comparing: {algorithm}", algorithm=words(ALGORITHMS[stage]))
    return words(STAGES[stage]) if stage in STAGES else ""


def algorithm_title(name: str, words: Words) -> str:
    return words(ALGORITHMS[name]) if name in ALGORITHMS else name


def span_text(seconds: float, words: Words) -> str:
    """How long something took."""
    whole = max(1, round(seconds))
    if whole < 60:
        return words.plural("{count} second", "{count} seconds", whole)
    return words("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)


MAIN: Final = ("auroc", "macro_f1", "r2")


def main_metric(comparison: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """The figure by which a reader compares: (name, {value, low, high})."""
    metrics = comparison["metrics"]
    name = next((one for one in MAIN if metrics.get(one, {}).get("value") is not None), "")
    return (name, metrics[name]) if name else None
