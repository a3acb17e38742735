"""Names of codes, the code systems that they belong to, and what ICD-10 calls them."""

from __future__ import annotations

from typing import Final

from medapp.domain.datatypes import LocalText
from medapp.i18n import Words
from medapp.terminology.systems import (
    ATC,
    CVX,
    GENDER,
    ICD10,
    ICD10CM,
    LOINC,
    RXNORM,
    SHORT_NAMES,
    SNOMED,
    UCUM,
    VARIABLE,
)
from medapp.terminology.tables import table
from medapp.terminology.variables import variable_of

__all__ = [
    "ATC", "CVX", "GENDER", "ICD10", "ICD10CM", "LOINC", "RXNORM", "SHORT_NAMES", "SNOMED", "UCUM",
    "VARIABLE", "display", "icd10_of", "is_panel",
]

_OWN_NAMES: Final = {uri: name for name, uri in SHORT_NAMES.items()}


def display(system: str | None, code: str | None, words: Words) -> str | None:
    """Our own wording of a code in the reader's language, or None: then show what the record says.

    Variables are named by their title.
    """
    item = variable_of(system, code)
    if item is not None:
        return words.pick(item.title)
    row = table("concepts")["names"].get(_OWN_NAMES.get(system or ""), {}).get(code or "")
    return words.pick(LocalText(*row)) if row else None


def icd10_of(system: str | None, code: str | None) -> str | None:
    """The WHO ICD-10 code of a problem's code, where the match is sure; an ICD-10 code is its own."""
    if system in (ICD10, ICD10CM):
        return code
    found: str | None = table("concepts")["icd10"].get(_OWN_NAMES.get(system or ""), {}).get(code or "")
    return found


def is_panel(system: str | None, code: str | None) -> bool:
    """Whether a code only holds other codes and has no value of its own (a blood pressure)."""
    return code in table("concepts")["panels"].get(_OWN_NAMES.get(system or ""), ())
