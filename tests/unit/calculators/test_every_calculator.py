"""What every score holds to: its published cases, refusing without what it needs, both languages."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

import pytest

from medapp.assess.assessor import Given, read_given
from medapp.calculators import calculators
from medapp.calculators.calculator import Calculator
from medapp.calculators.declare import SPECIALTIES, Example
from medapp.calculators.quick import brief
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import LocalText, Moment
from medapp.domain.record import PatientRecord

AT = Moment.of_date(date(2026, 11, 27))
ALL = tuple(calculators().values())
CASES = [(one, example) for one in ALL for example in one.examples]
OFFERS = ("always", "on_problem", "on_request")


def ask(calculator: Calculator, inputs: dict[str, Any]) -> Assessment:
    return calculator.assess(PatientRecord(AT), read_given(inputs))


def named(calculator: Calculator) -> str:
    return calculator.id


def case_name(case: object) -> str:
    return case.id if isinstance(case, Calculator) else ""


@pytest.mark.parametrize(("calculator", "example"), CASES, ids=case_name)
def test_a_published_case_comes_out(calculator: Calculator, example: Example) -> None:
    answer = ask(calculator, dict(example.inputs))
    assert answer.status is Status.FINAL, answer.reason
    assert answer.outcome is not None
    value = answer.outcome.value
    if isinstance(example.value, str):
        assert value == example.value
    else:
        assert isinstance(value, (int, float))
        assert abs(value - example.value) <= example.tolerance
    if example.category is not None:
        assert answer.outcome.category == example.category
    for name, expected in example.extra.items():
        found = answer.outcome.extra[name]["value"]
        if isinstance(expected, str):
            assert found == expected
        else:
            assert math.isclose(float(found), expected, rel_tol=5e-3, abs_tol=5e-4)


@pytest.mark.parametrize(("calculator", "example"), CASES, ids=case_name)
def test_a_required_input_missing_never_gives_a_number(calculator: Calculator, example: Example) -> None:
    required = [f.name for f in calculator.inputs if f.required and f.name in example.inputs]
    for name in required:
        answer = ask(calculator, {k: v for k, v in example.inputs.items() if k != name})
        assert answer.status is Status.INSUFFICIENT_DATA
        assert answer.outcome is None or answer.outcome.type == "range"
        assert name in {one.name for one in answer.missing if one.required}


@pytest.mark.parametrize(("calculator", "example"), CASES, ids=case_name)
def test_an_item_left_out_gives_a_range_that_holds_the_answer(
    calculator: Calculator, example: Example
) -> None:
    if calculator.extremes is None:
        return
    assert not isinstance(example.value, str)
    for name in example.inputs:
        answer = ask(calculator, {k: v for k, v in example.inputs.items() if k != name})
        if answer.outcome is None:
            continue
        assert answer.status is Status.INSUFFICIENT_DATA
        low, high = answer.outcome.value  # type: ignore[misc]
        assert low <= example.value <= high  # type: ignore[operator]


@pytest.mark.parametrize("calculator", ALL, ids=named)
def test_points_add_up_to_the_answer(calculator: Calculator) -> None:
    for example in calculator.examples:
        answer = ask(calculator, dict(example.inputs))
        if answer.contributions is not None and answer.outcome is not None:
            total = answer.contributions.base + sum(one.value for one in answer.contributions.items)
            assert math.isclose(total, float(answer.outcome.value), abs_tol=1e-9)  # type: ignore[arg-type]


@pytest.mark.parametrize("calculator", ALL, ids=named)
def test_many_rows_get_the_same_answers_as_each_alone(calculator: Calculator) -> None:
    rows: list[dict[str, Any]] = [dict(example.inputs) for example in calculator.examples]
    rows += [{k: v for k, v in row.items() if k != name} for row in rows for name in row]
    for line, row in zip(brief(calculator, rows, AT), rows, strict=True):
        alone = ask(calculator, row)
        assert line.status == alone.status
        if alone.status is Status.FINAL:
            assert alone.outcome is not None
            assert (line.value, line.unit) == (alone.outcome.value, alone.outcome.unit)
        else:
            assert line.value is None


@pytest.mark.parametrize("calculator", ALL, ids=named)
def test_an_input_it_does_not_have_is_refused(calculator: Calculator) -> None:
    answer = calculator.assess(PatientRecord(AT), {"no_such_input": Given(1.0)})
    assert (answer.status, answer.outcome) == (Status.REFUSED, None)


@pytest.mark.parametrize("calculator", ALL, ids=named)
def test_it_says_what_it_is_in_both_languages_and_where_it_comes_from(calculator: Calculator) -> None:
    about = calculator.about
    texts = [about.title, about.summary, about.population, *about.out_of_scope, *about.cautions]
    texts += [output.title for output in calculator.outputs]
    texts += [spec.title for spec in calculator.encoder.specs.values()]
    texts += [c.title for spec in calculator.encoder.specs.values() for c in spec.choices]
    assert all(isinstance(text, LocalText) and text.en and text.zh_CN for text in texts)
    assert all(spec.title.en != spec.name for spec in calculator.encoder.specs.values())
    assert re.search(r"(19|20)\d\d", about.reference)
    assert about.offer in OFFERS
    assert (about.offer == "on_problem") == bool(about.offered_for)
    assert about.specialties and set(about.specialties) <= set(SPECIALTIES)
    assert calculator.examples and all(example.source for example in calculator.examples)


@pytest.mark.parametrize("calculator", ALL, ids=named)
def test_the_working_is_shown_and_ends_with_the_answer(calculator: Calculator) -> None:
    for example in calculator.examples:
        answer = ask(calculator, dict(example.inputs))
        assert answer.outcome is not None
        assert answer.outcome.items
        assert answer.outcome.items[-1]["value"] == answer.outcome.value
        assert all(step["title"]["en"] and step["expression"] for step in answer.outcome.items)
