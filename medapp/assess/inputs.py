"""The inputs of an assessor: what the form asks, the command line takes, the record is searched for.

Derived from the card's features, filled from the terminology's variable of the
same name where the card is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from medapp.assess.card import Card, Exclusion, Feature
from medapp.assess.derivations import DERIVATIONS
from medapp.domain.datatypes import Coding, LocalText
from medapp.terminology.codesystems import LOINC
from medapp.terminology.variables import Variable, variables


@dataclass(frozen=True, slots=True)
class InputChoice:
    """One answer of a choice input."""

    id: str
    title: LocalText


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input: unit canonical (UCUM), ranges in it; `choices` as the variable lists them.

    `role` is feature, component (of a derived feature or a mapping) or exclusion.
    """

    name: str
    title: LocalText
    kind: str
    unit: str | None
    unit_label: str
    accepted_units: tuple[str, ...]
    required: bool
    plausible: tuple[float, float] | None
    possible: tuple[float, float] | None
    choices: tuple[InputChoice, ...]
    codes: tuple[Coding, ...]
    decimals: int
    group: str
    role: str
    has_variable: bool
    note: LocalText | None = None
    synonyms: Mapping[str, str] = field(default_factory=dict)

    def as_document(self) -> dict[str, Any]:
        """The INPUT document of the command line's contract."""
        return {
            "name": self.name,
            "title": self.title.as_dict(),
            "kind": self.kind,
            "unit": self.unit,
            "accepted_units": list(self.accepted_units),
            "required": self.required,
            "plausible": None if self.plausible is None else list(self.plausible),
            "choices": [{"id": c.id, "title": c.title.as_dict()} for c in self.choices],
            "loinc": [c.code for c in self.codes if c.system == LOINC],
        }


@lru_cache(maxsize=256)
def _of_variable(name: str) -> Variable | None:
    return variables().get(name)


def input_specs(card: Card) -> tuple[InputSpec, ...]:
    """Every input the assessor takes: features in order, then components, then exclusions."""
    found: dict[str, InputSpec] = {f.name: feature_spec(f) for f in card.features}
    for spec in _components(card):
        found.setdefault(spec.name, spec)
    for exclusion in card.exclusions:
        if exclusion.input is not None:
            found.setdefault(exclusion.input, exclusion_spec(exclusion, exclusion.input))
    return tuple(found.values())


def feature_spec(feature: Feature) -> InputSpec:
    """The input of one feature, the card's words before the variable's."""
    variable = _of_variable(feature.name)
    base = None if variable is None else variable_spec(variable, "feature")
    kind = feature.kind or (base.kind if base else "number")
    unit = feature.unit or (base.unit if base else None)
    label = feature.label or (base.title if base else LocalText(feature.name, feature.name))
    return InputSpec(
        name=feature.name,
        title=label,
        kind=kind,
        unit=unit,
        unit_label=base.unit_label if base and unit == base.unit else unit or "",
        accepted_units=base.accepted_units if base else (unit,) if unit else (),
        required=feature.required,
        plausible=feature.plausible or (base.plausible if base else None),
        possible=feature.possible or (base.possible if base else None),
        choices=_choices(feature, base),
        codes=feature.codes or (base.codes if base else ()),
        decimals=base.decimals if base else 1,
        group=base.group if base else "",
        role="feature",
        has_variable=base is not None,
        note=feature.note or (base.note if base else None),
        synonyms=feature.synonyms,
    )


def _choices(feature: Feature, base: InputSpec | None) -> tuple[InputChoice, ...]:
    known = {choice.id: choice for choice in base.choices} if base else {}
    for choice in feature.choices:
        known.setdefault(choice, InputChoice(choice, feature.titles.get(choice, LocalText(choice, choice))))
    return tuple(known.values())


def variable_spec(variable: Variable, role: str = "entry") -> InputSpec:
    """The input of a variable itself, as a form asks for it."""
    return InputSpec(
        name=variable.id,
        title=variable.title,
        kind=str(variable.kind),
        unit=variable.unit,
        unit_label=variable.unit_label,
        accepted_units=tuple(variable.accepted_units),
        required=False,
        plausible=variable.plausible,
        possible=variable.possible,
        choices=tuple(InputChoice(c.id, c.title) for c in variable.choices),
        codes=tuple(variable.codes),
        decimals=variable.decimals,
        group=variable.group,
        role=role,
        has_variable=True,
        note=variable.note,
    )


def _components(card: Card) -> Iterator[InputSpec]:
    for feature in card.features:
        rule = DERIVATIONS.get(feature.derive or "")
        for name in (*(rule.components if rule else ()), *feature.map_from):
            variable = _of_variable(name)
            if variable is not None:
                yield variable_spec(variable, "component")


def exclusion_spec(exclusion: Exclusion, name: str) -> InputSpec:
    """The yes-or-no question behind an exclusion."""
    variable = _of_variable(name)
    if variable is not None:
        return variable_spec(variable, "exclusion")
    return InputSpec(
        name=name,
        title=exclusion.title,
        kind="boolean",
        unit=None,
        unit_label="",
        accepted_units=(),
        required=False,
        plausible=None,
        possible=None,
        choices=(),
        codes=(),
        decimals=0,
        group="",
        role="exclusion",
        has_variable=False,
    )
