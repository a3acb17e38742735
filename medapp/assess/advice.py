"""What to do where an assessor gave no number: one sentence under the reason."""

from __future__ import annotations

from collections.abc import Mapping

from medapp.assess.inputs import InputSpec
from medapp.assess.wording import listed
from medapp.domain.assessment import Assessment, ReasonCode
from medapp.i18n import N_, Words

_MISSING = N_("Measure or enter what is missing: nothing is assumed in its place.")
_UNIT = N_("Check the unit against the report; accepted here: {units}.")
_CHOICE = N_("Expected is one of: {choices}.")
_NUMBER = N_("Check the value and its unit against the report.")
_NAME = N_("`medapp model show {id}` lists the inputs that it takes.")


def advice(answer: Assessment, specs: Mapping[str, InputSpec], words: Words) -> str:
    """The advice to an answer without a number; "" where its reason says it all (or there is none)."""
    if answer.reason is None:
        return ""
    code = answer.reason.code
    if code is ReasonCode.MISSING_INPUT:
        return words(_MISSING)
    if code is ReasonCode.UNKNOWN_INPUT:
        return words(_NAME, id=answer.assessor.id)
    named = [specs[name] for name in answer.reason.inputs if name in specs]
    if code is ReasonCode.UNIT and named:
        return words(_UNIT, units=listed(named[0].accepted_units, words))
    if code is ReasonCode.IMPOSSIBLE_VALUE and named:
        if len(named) == 1 and named[0].choices:
            return words(_CHOICE, choices=listed([choice.id for choice in named[0].choices], words))
        return words(_NUMBER)
    return ""
