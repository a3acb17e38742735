"""What must hold for every bedside score, whatever it is given."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medapp.assess.assessor import Given, read_given
from medapp.calculators import calculators
from medapp.calculators.calculator import Calculator
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.terminology import units

AT = PatientRecord(Moment.of_date(date(2026, 11, 28)))
SMALL = settings(max_examples=120, deadline=None)
CASES = [(one, dict(example.inputs)) for one in calculators().values() for example in one.examples]
anything = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**6), 10**6), st.floats(), st.text(max_size=8),
    st.fixed_dictionaries({"value": st.floats(), "unit": st.one_of(st.none(), st.text(max_size=6))}),
)  # fmt: skip


def ask(one: Calculator, inputs: dict[str, Any]) -> Assessment:
    return one.assess(AT, read_given(inputs))


@st.composite
def measured(draw: st.DrawFn) -> tuple[Calculator, dict[str, Any], str, float]:
    """A score, a published case, one of its measured inputs, and another value of it nearby."""
    one, inputs = draw(st.sampled_from(CASES))
    specs = one.encoder.specs
    names = [n for n in inputs if specs[n].kind == "number" and specs[n].has_variable and specs[n].unit]
    assume(names)
    name = draw(st.sampled_from(names))
    given_value = read_given(inputs)[name]
    canonical = units.convert(name, float(given_value.value), given_value.unit or specs[name].unit)  # type: ignore[arg-type]
    return one, inputs, name, canonical * draw(st.floats(0.9, 1.1))


@SMALL
@given(case=measured(), data=st.data())
def test_the_unit_in_which_a_value_is_given_does_not_matter(
    case: tuple[Calculator, dict[str, Any], str, float], data: st.DataObject
) -> None:
    one, inputs, name, value = case
    spec = one.encoder.specs[name]
    unit = data.draw(st.sampled_from(spec.accepted_units))
    change = units.conversion(name, unit)
    sent = Given((value - change.offset) / change.factor, unit)
    plain = one.assess(AT, {**read_given(inputs), name: Given(value, spec.unit)})
    other = one.assess(AT, {**read_given(inputs), name: sent})
    assert plain.status is other.status
    if plain.outcome is not None and other.outcome is not None:
        first, second = plain.outcome.value, other.outcome.value
        if isinstance(first, float | int) and isinstance(second, float | int):
            assert abs(first - second) <= 1e-6 * max(1.0, abs(first))
        else:
            assert first == second


@SMALL
@given(case=st.sampled_from(CASES), data=st.data())
def test_any_required_inputs_removed_give_no_number(
    case: tuple[Calculator, dict[str, Any]], data: st.DataObject
) -> None:
    one, inputs = case
    required = [f.name for f in one.inputs if f.required and f.name in inputs]
    assume(required)
    gone = data.draw(st.sets(st.sampled_from(required), min_size=1))
    answer = ask(one, {k: v for k, v in inputs.items() if k not in gone})
    assert answer.status is Status.INSUFFICIENT_DATA
    assert answer.outcome is None or answer.outcome.type == "range"
    assert gone <= {missing.name for missing in answer.missing if missing.required}


@SMALL
@given(case=st.sampled_from(CASES), name=st.from_regex(r"[a-z_]{1,12}", fullmatch=True))
def test_a_name_it_does_not_have_is_refused_whatever_else_is_given(
    case: tuple[Calculator, dict[str, Any]], name: str
) -> None:
    one, inputs = case
    assume(name not in one.encoder.specs)
    answer = ask(one, {**inputs, name: 1})
    assert (answer.status, answer.outcome) == (Status.REFUSED, None)


@SMALL
@given(case=st.sampled_from(CASES), data=st.data())
def test_nothing_whatever_breaks_it_and_twice_asked_it_says_the_same(
    case: tuple[Calculator, dict[str, Any]], data: st.DataObject
) -> None:
    one, inputs = case
    names = st.sampled_from([f.name for f in one.inputs])
    given_values = {**inputs, **data.draw(st.dictionaries(names, anything, max_size=3))}
    first, second = (json.dumps(ask(one, given_values).as_document(), allow_nan=False) for _ in range(2))
    assert first == second
