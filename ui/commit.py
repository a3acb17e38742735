"""What a button that writes says: the verb, and whose record it goes into."""

from __future__ import annotations

from collections.abc import Callable

from medapp.domain.administrative import Patient
from medapp.i18n import N_
from ui.context import Context
from ui.format import format_patient

SAVE = N_("Save for {name}")
ADD = N_("Add for {name}")
SIGN = N_("Sign for {name}")
RECORD = N_("Record for {name}")


def commit_words(context: Context, message: str, patient: Patient) -> Callable[[], str]:
    """`message` with the patient's name, for `Button.set_dynamic`: said again in each language.

    A patient without a name is told by the record number: the button never stands alone.
    """

    def say() -> str:
        name, _ = format_patient(patient, context.words)
        return context.words(message, name=name or patient.mrn or context.words("No name recorded"))

    return say
