"""An assessor that nobody has approved: it answers when named, and says what it is with every answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from medapp.assess.assessor import Assessor, Given
from medapp.assess.wording import in_both
from medapp.domain.assessment import Assessment, Caution
from medapp.domain.record import PatientRecord
from medapp.i18n import N_


class DraftAssessor:
    """Stands around the assessor of a folder in state `draft`."""

    def __init__(self, inner: Assessor) -> None:
        self.card = inner.card
        self._inner = inner

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        """The inner answer, its first warning that it is a draft."""
        answer = self._inner.assess(record, inputs)
        text = in_both(N_("A draft that nobody has approved: not for decisions about a patient"))
        return replace(answer, warnings=(Caution("draft", None, text), *answer.warnings))

    def __getattr__(self, name: str) -> Any:
        """What else the inner assessor can do, such as whole columns."""
        return getattr(self._inner, name)
