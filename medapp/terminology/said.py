"""Short phrases of a record in the reader's language: reactions, usual doses, allergies or their absence.

What is not known word for word stays as it was recorded: a half-translated dose is worse
than one in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from medapp.domain.clinical import AllergyIntolerance, Observation
from medapp.i18n import N_, Words
from medapp.terminology.readable import (
    format_concept,
    format_date,
    format_number,
    format_substance,
    unit_label,
)
from medapp.terminology.variables import Variable, answer_of, variables

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


def answer_words(one: Observation, words: Words) -> str:
    """What was measured or answered, with its unit: yes and no in words, a choice by its name."""
    variable = variables().get(one.variable or "")
    if variable is None:
        if one.value is None:
            return one.text or _coded(one)
        return f"{_compared(one)}{format_number(one.value)} {unit_label(one.unit)}".strip()
    if variable.kind in ("boolean", "choice"):
        return _chosen(one, variable, words)
    if one.value is None:
        return one.text or _coded(one)
    return f"{_compared(one)}{format_number(one.value, variable.decimals)} {variable.unit_label}".strip()


def _compared(one: Observation) -> str:
    return f"{one.comparator} " if one.comparator else ""


def _coded(one: Observation) -> str:
    return (one.coded.display or one.coded.code) if one.coded is not None else ""


def _chosen(one: Observation, variable: Variable, words: Words) -> str:
    """The answer's name where it is listed, else as it was recorded."""
    if variable.kind == "boolean" and one.value is not None:
        said = "yes" if one.value else "no"
        return words.pick(next(row.title for row in variable.answers if row.id == said))
    coded, text = one.coded, one.text or ("" if one.value is None else format_number(one.value))
    found = answer_of(
        variable, system=coded.system if coded else None, code=coded.code if coded else None, text=text
    )
    key = ("yes" if found else "no") if isinstance(found, bool) else found
    rows = variable.answers if variable.kind == "boolean" else variable.choices
    title = next((row.title for row in rows if row.id == key), None)
    return words.pick(title) if title is not None else text or _coded(one)


def allergy_words(allergies: tuple[AllergyIntolerance, ...], words: Words) -> AllergyWords:
    """Recorded allergies, or a dated denial, or that nobody asked: three different things."""
    real = [one for one in allergies if one.is_active]
    if real:
        real.sort(key=_rank)
        return AllergyWords("asked", tuple(_allergy_line(a, words) for a in real))
    denials = [one for one in allergies if one.is_denial]
    partial = partial_denials(allergies, words)
    if partial and not denials:
        return AllergyWords("not_asked", partial)
    if not denials:
        some = any(not (one.is_said_none or one.verification == "entered-in-error") for one in allergies)
        said = N_("No current allergy; none known is not confirmed") if some else N_("Allergies not asked")
        return AllergyWords("not_asked", (words(said),))
    dates = [a.recorded for a in denials if a.recorded is not None]
    if not dates:
        return AllergyWords("none", (words("No known allergies (date not recorded)"),))
    day = format_date(max(dates), words)
    return AllergyWords("none", (words("No known allergies (confirmed {date})", date=day),))


def partial_denials(allergies: Iterable[AllergyIntolerance], words: Words) -> tuple[str, ...]:
    """What is said to be none of one kind, as it was said, and that nothing is said of the others."""
    said = dict.fromkeys(format_concept(one.code, words) for one in allergies if one.is_partial_denial)
    return (*said, words("Other allergies not asked")) if said else ()


def _rank(allergy: AllergyIntolerance) -> tuple[int, int, str]:
    severity = {"severe": 0, "moderate": 1, "mild": 2}.get(allergy.severity, 3)
    return (0 if allergy.criticality == "high" else 1, severity, allergy.code.label)


def _allergy_line(allergy: AllergyIntolerance, words: Words) -> str:
    substance = format_substance(allergy.code, words)
    when = allergy.since
    year = str(when.date.year) if when is not None else ""
    after = " ".join(part for part in (reaction_words(allergy.reaction, words), year) if part)
    return f"{substance} — {after}" if after else substance
