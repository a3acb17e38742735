"""Conversion, for every variable and every unit that it accepts."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from medapp.terminology.units import conversion, convert, normalise_unit
from medapp.terminology.variables import Variable, variables

NUMBERS = [item for item in variables().values() if item.kind in ("number", "integer")]
PAIRS = [(item, unit) for item in NUMBERS for unit in item.accepted_units]


@st.composite
def quantity(draw: st.DrawFn) -> tuple[Variable, str, float]:
    """A variable, a unit that it accepts, and a possible canonical value."""
    item, unit = draw(st.sampled_from(PAIRS))
    assert item.possible is not None
    return item, unit, draw(st.floats(*item.possible))


@given(quantity())
def test_every_accepted_unit_leads_back_to_the_same_value(case: tuple[Variable, str, float]) -> None:
    item, unit, value = case
    pair = conversion(item.id, unit)
    assert math.isclose(pair.to_canonical(pair.from_canonical(value)), value, rel_tol=1e-12, abs_tol=1e-9)


@given(quantity(), st.floats(1e-6, 1e6))
def test_a_greater_value_stays_greater(case: tuple[Variable, str, float], step: float) -> None:
    item, unit, value = case
    assert convert(item.id, value + step, unit) >= convert(item.id, value, unit)


@given(st.sampled_from(NUMBERS), st.floats(-1e9, 1e9))
def test_the_canonical_unit_is_factor_one_offset_zero(item: Variable, value: float) -> None:
    if item.unit is not None:
        assert convert(item.id, value, item.unit) == value
    else:
        assert convert(item.id, value, None) == value


@given(st.sampled_from(PAIRS), st.sampled_from(["", " ", "\u200b"]))
def test_case_and_blanks_never_change_a_unit(pair: tuple[Variable, str], blank: str) -> None:
    item, unit = pair
    for text in (unit + blank, blank + unit, unit.upper(), unit.lower()):
        if len(unit) > 1 or text.strip("\u200b ") == unit:
            assert conversion(item.id, text) == conversion(item.id, unit), (unit, text)


@given(st.text(max_size=12))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise_unit(text)
    assert once is None or normalise_unit(once) == once
