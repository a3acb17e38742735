"""An assessor whose files are not to be believed: it answers that, and no number."""

from __future__ import annotations

from collections.abc import Mapping

from medapp.assess.assessor import Given, not_calculated
from medapp.assess.card import Card, OutputSpec
from medapp.assess.wording import in_both
from medapp.domain.assessment import Assessment, ReasonCode, Status
from medapp.domain.datatypes import LocalText
from medapp.domain.record import PatientRecord
from medapp.errors import KnownError
from medapp.i18n import N_


class RefusedAssessor:
    """Stands where a damaged model was, so that its absence is seen."""

    def __init__(self, card: Card, why: KnownError | None) -> None:
        self.card = card
        self._why = why

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        """Always refused, reason integrity."""
        return refused_for(self.card, record, self._why)


def refused_for(card: Card, record: PatientRecord, why: KnownError | None) -> Assessment:
    """Refused with the error's own sentence and advice."""
    message = why.message if why else N_("The model's files are not the ones that were released.")
    text = in_both(message, **(why.fields if why else {}))
    if why is not None and why.advice:
        told = in_both(why.advice, **why.fields)
        text = {language: f"{sentence} {told[language]}" for language, sentence in text.items()}
    return not_calculated(card, record, Status.REFUSED, ReasonCode.INTEGRITY, text)


def switched_off(card: Card, record: PatientRecord) -> Assessment:
    """What every model answers while models are off."""
    text = in_both(N_("Not calculated — models are switched off"))
    return not_calculated(card, record, Status.REFUSED, ReasonCode.OFF, text)


def blank_card(assessor_id: str) -> Card:
    """A card that says nothing but the id, for a folder whose own cannot be read."""
    blank = LocalText("", "")
    return Card(
        id=assessor_id,
        version="",
        kind="model",
        title=LocalText(assessor_id, assessor_id),
        summary=blank,
        setting="research",
        modality="",
        task="",
        algorithm="",
        temporality="diagnosis",
        reviewed_by="",
        intended_use=blank,
        population=blank,
        users=blank,
        output=OutputSpec(name=blank, have=None, lead_class=None, calibrated=False),
    )
