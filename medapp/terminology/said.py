"""Short phrases of a record in the reader's language: reactions, usual doses, allergies or their absence.

What is not known word for word stays as it was recorded: a half-translated dose is worse
than one in another language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from medapp.domain.clinical import AllergyIntolerance
from medapp.i18n import N_, Words
from medapp.terminology.readable import format_date, format_substance

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


@dataclass(frozen=True, slots=True)
class AllergyWords:
    """`state` is asked | none | not_asked; `lines` are whole, worst first."""

    state: str
    lines: tuple[str, ...]


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


def allergy_words(allergies: tuple[AllergyIntolerance, ...], words: Words) -> AllergyWords:
    """Recorded allergies, or a dated denial, or that nobody asked: three different things."""
    real = [one for one in allergies if one.is_active]
    if real:
        real.sort(key=_rank)
        return AllergyWords("asked", tuple(_allergy_line(a, words) for a in real))
    denials = [one for one in allergies if one.is_denial]
    if not denials:
        some = any(not (one.is_said_none or one.verification == "entered-in-error") for one in allergies)
        said = N_("No current allergy; none known is not confirmed") if some else N_("Allergies not asked")
        return AllergyWords("not_asked", (words(said),))
    dates = [a.recorded for a in denials if a.recorded is not None]
    if not dates:
        return AllergyWords("none", (words("No known allergies (date not recorded)"),))
    day = format_date(max(dates), words)
    return AllergyWords("none", (words("No known allergies (confirmed {date})", date=day),))


def _rank(allergy: AllergyIntolerance) -> tuple[int, int, str]:
    severity = {"severe": 0, "moderate": 1, "mild": 2}.get(allergy.severity, 3)
    return (0 if allergy.criticality == "high" else 1, severity, allergy.code.label)


def _allergy_line(allergy: AllergyIntolerance, words: Words) -> str:
    substance = format_substance(allergy.code, words)
    when = allergy.since
    year = str(when.date.year) if when is not None else ""
    after = " ".join(part for part in (reaction_words(allergy.reaction, words), year) if part)
    return f"{substance} — {after}" if after else substance
