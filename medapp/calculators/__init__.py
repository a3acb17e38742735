"""Bedside scores: one module each, `CALCULATOR` in it; nothing is loaded before the first question.

To add a score, add its module. `calculators()` finds it; the command line, the page, the patient's
offers, the conformance tests and docs/calculators.md follow.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medapp.calculators.calculator import Calculator

PARTS: Final = frozenset(
    {
        "acid_base", "bodies", "calculator", "criteria", "dated", "declare", "growth_tables",
        "growth_terms", "kidney", "liver", "martin_hopkins", "measured", "points", "prevent_terms",
        "questionnaire", "quick", "score2_family", "tally", "vascular", "worked",
    }
)
"""Modules that are no score."""


@lru_cache(maxsize=1)
def calculators() -> Mapping[str, Calculator]:
    """Every score by its id, in order."""
    found = {}
    for module in sorted(one.name for one in iter_modules(__path__)):
        if module not in PARTS:
            calculator: Calculator = import_module(f"{__name__}.{module}").CALCULATOR
            found[calculator.id] = calculator
    return dict(sorted(found.items()))
