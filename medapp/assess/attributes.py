"""The 31 source attributes of a predictive decision support (ONC HTI-1, 45 CFR 170.315(b)(11)(iv)).

The regulation's text is public domain; the names and wording here are our own.
`FILLED_BY_PROGRAM` are computed from local use, all others ship with the card.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from medapp.i18n import N_

FILLED_BY_PROGRAM: Final = frozenset({"maintenance.validity_local", "maintenance.fairness_local"})

ATTRIBUTES: Final[Mapping[str, str]] = {
    "details.developer": N_("Who made the model and how to reach them"),
    "details.funding": N_("Who paid for building it into this product"),
    "details.output_value": N_("What the number or label it gives means"),
    "details.output_type": N_(
        "Kind of output: prediction, classification, recommendation, evaluation, analysis or other"
    ),
    "purpose.intended_use": N_("What it is meant to be used for"),
    "purpose.intended_patients": N_("Which patients it is meant for"),
    "purpose.intended_users": N_("Who is meant to use it"),
    "purpose.decision_role": N_("Whether it informs, adds to or replaces clinical judgement"),
    "cautions.cautioned_uses": N_("Tasks, situations or patient groups where it should not be relied on"),
    "cautions.known_risks": N_("Known risks, unsuitable settings or uses, and limits"),
    "development.training_criteria": N_("Who was put into and left out of the training data"),
    "development.sensitive_inputs": N_(
        "Which of race, ethnicity, language, sexual orientation, gender identity, sex, birth date, "
        "social factors, health-status assessments are inputs"
    ),
    "development.training_demographics": N_("How well the training data represent the groups it is used on"),
    "development.training_relevance": N_("How close the training data are to the place where it is used"),
    "fairness.fair_output": N_("What was done to make the output fair"),
    "fairness.bias_management": N_("How bias is reduced or managed"),
    "external_validation.external_source": N_("Data source and setting of outside testing"),
    "external_validation.external_tester": N_("Who carried out outside testing"),
    "external_validation.external_demographics": N_("Who was in the outside test data"),
    "external_validation.external_process": N_("How outside testing was done"),
    "performance.validity_internal": N_("Accuracy measures on data from the same source"),
    "performance.fairness_internal": N_("Fairness measures on data from the same source"),
    "performance.validity_external": N_("Accuracy measures on outside data"),
    "performance.fairness_external": N_("Fairness measures on outside data"),
    "performance.outcome_references": N_("References to studies of effect on outcomes"),
    "maintenance.validity_monitoring": N_("How and how often accuracy is watched over time"),
    "maintenance.validity_local": N_("Accuracy measured on local data"),
    "maintenance.fairness_monitoring": N_("How and how often fairness is watched over time"),
    "maintenance.fairness_local": N_("Fairness measured on local data"),
    "updates.update_process": N_("How and how often the model is updated"),
    "updates.correction_process": N_(
        "How and how fast it is corrected when validity or fairness risks are found"
    ),
}
"""Identifier to what the attribute says (a message id), in the order of the card page."""
