"""How a score is declared: its inputs, answers, population, source and worked examples.

An input is a feature of the card, so the form, the record's search, unit conversion, ranges and
the list of what is missing are those of every assessor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from medapp.assess.card import SYSTEMS, CodeMatch, Feature
from medapp.domain.datatypes import LocalText

T = LocalText
Range = tuple[float, float]

DAY: Final = 1
"""Look-back of what belongs to today's examination: what is older is not used."""


def number(
    name: str,
    label: LocalText | None = None,
    *,
    required: bool = True,
    unit: str | None = None,
    valid: Range | None = None,
    plausible: Range | None = None,
    possible: Range | None = None,
    look_back: int | None = 365,
    derive: str | None = None,
    whole: bool = False,
) -> Feature:
    """A measured number, in the variable's canonical unit unless `unit` names another.

    `valid` is the range the equation was made for (outside: out of scope), `look_back` the days after
    which a recorded value is flagged as old.
    """
    return Feature(
        name, required, "refuse" if required else "impute", label=label, unit=unit, valid=valid,
        plausible=plausible, possible=possible, look_back_days=look_back, expires=look_back == DAY,
        derive=derive, kind="integer" if whole else None,
    )


def yes(
    name: str,
    label: LocalText | None = None,
    *,
    required: bool = False,
    codes: tuple[CodeMatch, ...] = (),
    active_only: bool = False,
    look_back: int | None = None,
    no_codes: tuple[CodeMatch, ...] = (),
) -> Feature:
    """A question of yes or no; from the record where `codes` name the problem that means yes."""
    return Feature(
        name, required, "refuse" if required else "impute", label=label, kind="boolean", yes_codes=codes,
        no_codes=no_codes, active_only=active_only, look_back_days=look_back, expires=look_back == DAY,
    )


def gate(question: Feature) -> Feature:
    """A question whose yes is out of scope; while it is open the answer stands with that condition said."""
    return replace(question, required=False, missing="impute", valid=(0.0, 0.0))


def choice(
    name: str,
    label: LocalText | None = None,
    answers: Mapping[str, LocalText] | None = None,
    *,
    required: bool = True,
    default: str | None = None,
    synonyms: Mapping[str, str] | None = None,
    look_back: int | None = None,
) -> Feature:
    """One of some answers; `default` is taken, and shown as taken, where nobody chose."""
    is_required = required and default is None
    return Feature(
        name, is_required, "refuse" if is_required else "impute", label=label, kind="choice",
        choices=tuple(answers or ()), titles=answers or {}, default=default, synonyms=synonyms or {},
        look_back_days=look_back, expires=look_back == DAY,
    )


def day(name: str, label: LocalText | None = None, *, required: bool = True) -> Feature:
    """A date."""
    return Feature(name, required, "refuse" if required else "impute", label=label, kind="date")


def icd10(*prefixes: str) -> tuple[CodeMatch, ...]:
    """Problems by the beginning of their ICD-10 code."""
    return tuple(CodeMatch(SYSTEMS["icd10"], prefix=prefix) for prefix in prefixes)


def snomed(*codes: str) -> tuple[CodeMatch, ...]:
    """Problems by SNOMED CT code."""
    return tuple(CodeMatch(SYSTEMS["snomed"], code) for code in codes)


def atc(*prefixes: str) -> tuple[CodeMatch, ...]:
    """Medicines by the beginning of their ATC code."""
    return tuple(CodeMatch(SYSTEMS["atc"], prefix=prefix) for prefix in prefixes)


@dataclass(frozen=True, slots=True)
class Output:
    """What a score answers. `type` is quantity, class or date; `unit` UCUM, "{points}" for points."""

    name: str
    title: LocalText
    unit: str | None = None
    type: str = "quantity"
    decimals: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A published case: inputs as in an input file, and what must come out.

    `tolerance` is half a unit of the last published digit; 0 for points. `source` says where it stands.
    """

    inputs: Mapping[str, Any]
    value: float | str
    source: str
    tolerance: float = 0.0
    category: str | None = None
    extra: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """Everything a reader must know of a score before believing it."""

    id: str
    version: str
    title: LocalText
    summary: LocalText
    population: LocalText
    reference: str
    specialties: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    offer: str = "on_request"
    """always | on_problem | on_request: whether it comes by itself on a patient's page."""

    offered_for: tuple[CodeMatch, ...] = ()
    """The problems or medicines for which `on_problem` offers it."""

    out_of_scope: tuple[LocalText, ...] = ()
    cautions: tuple[LocalText, ...] = ()
    is_prognosis: bool = False
    setting: str = "clinic"


SPECIALTIES: Final[Mapping[str, LocalText]] = {
    "cardiology": T("Cardiology", "心内科"),
    "emergency": T("Emergency", "急诊"),
    "endocrinology": T("Endocrinology", "内分泌"),
    "gastroenterology": T("Gastroenterology", "消化科"),
    "general_practice": T("General practice", "全科"),
    "geriatrics": T("Geriatrics", "老年科"),
    "haematology": T("Haematology", "血液科"),
    "intensive_care": T("Intensive care", "重症"),
    "nephrology": T("Nephrology", "肾内科"),
    "neurology": T("Neurology", "神经科"),
    "obstetrics": T("Obstetrics", "产科"),
    "paediatrics": T("Paediatrics", "儿科"),
    "pharmacy": T("Pharmacy", "药学"),
    "psychiatry": T("Psychiatry", "精神科"),
    "respiratory": T("Respiratory medicine", "呼吸科"),
    "surgery": T("Surgery", "外科"),
}
