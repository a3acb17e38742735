"""Short written phrases of a record in the reader's language: reactions, usual doses.

What is not known word for word stays as it was recorded: a half-translated dose is worse
than one in another language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from medapp.i18n import N_, Words

REACTIONS = (
    N_("Rash"), N_("Wheeze"), N_("Swelling of the face"), N_("Hives"), N_("Runny nose"), N_("Sneezing"),
    N_("Itching"), N_("Anaphylaxis"), N_("Nausea"), N_("Vomiting"), N_("Shortness of breath"), N_("Cough"),
)

DOSES = (
    N_("{amount} by mouth once daily"), N_("{amount} by mouth twice daily"),
    N_("{amount} by mouth three times daily"), N_("{amount} by mouth in the morning"),
    N_("{amount} by mouth at night"), N_("{amount} by mouth as needed"), N_("{n} puffs inhaled as needed"),
    N_("{n} capsule inhaled once daily"),
)

_MICROGRAMS = " micrograms"


def reaction_words(text: str, words: Words) -> str:
    """A reaction in the reader's language where it is one of the usual words."""
    known = text.strip().capitalize()
    if known not in REACTIONS:
        return text
    said = words(known)
    return said.lower() if text[:1].islower() else said


def dosage_words(text: str, words: Words) -> str:
    """How a medicine is taken, in the reader's language where it is said in a usual way."""
    for message, pattern in _patterns():
        found = pattern.fullmatch(text.strip())
        if found is not None:
            fields = found.groupdict()
            amount = fields.get("amount", "")
            if amount.endswith(_MICROGRAMS):
                fields["amount"] = words("{n} micrograms", n=amount.removesuffix(_MICROGRAMS))
            return words(message, **fields)
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    number, amount = r"(?P<n>\d+)", r"(?P<amount>\d[\d.,]* ?(?:mg|g|mL|micrograms))"
    return tuple(
        (message, re.compile(message.replace("{n}", number).replace("{amount}", amount))) for message in DOSES
    )
