"""Names of coded things in the reader's language."""

from __future__ import annotations

import re
from typing import Final

from medapp.domain.clinical import Condition
from medapp.domain.datatypes import CodeableConcept
from medapp.i18n import N_, Words
from medapp.terminology import codesystems, terms
from medapp.terminology.variables import Variable

_TAG: Final = re.compile(r"\s*\((disorder|finding|situation|event|procedure|substance|product)\)\s*$")


def concept_name(concept: CodeableConcept, words: Words) -> str:
    """Our own wording of a code where there is one, else the text as recorded.

    SNOMED's semantic tag ("(disorder)") is taken off: it sorts, it does not inform.
    """
    for coding in concept.codings:
        name = codesystems.display(coding.system, coding.code, words)
        if name:
            return _TAG.sub("", name)
    label = _TAG.sub("", concept.label)
    return terms.named(label, words) or label


def brief(variable: Variable, words: Words, most: int = 18) -> str:
    """The title where it is short enough for a narrow row, else the usual short form (eGFR, HbA1c).

    An ideograph is wider than two letters.
    """
    title = words.pick(variable.title)
    length = sum(2.4 if ord(c) > 0x2E80 else 1 for c in title)
    return title if length <= most else words.pick(variable.short) or title


def is_disorder(condition: Condition) -> bool:
    """Whether a problem is a disease rather than a finding or a circumstance (SNOMED's tag)."""
    labels = [condition.code.text or "", *(c.display or "" for c in condition.code.codings)]
    return not any(label.rstrip().endswith(("(finding)", "(situation)", "(event)")) for label in labels)


def problem_chip(condition: Condition) -> tuple[str, str] | None:
    """How sure a problem is, or how it goes, where that is not plain: (message id, tone)."""
    return _CHIPS.get(condition.verification) or _CHIPS.get(condition.clinical_status)


_CHIPS: Final = {
    "provisional": (N_("suspected"), "info"), "differential": (N_("suspected"), "info"),
    "unconfirmed": (N_("suspected"), "info"), "recurrence": (N_("recurrence"), "warn"),
    "relapse": (N_("relapse"), "warn"), "remission": (N_("in remission"), "neutral"),
}
