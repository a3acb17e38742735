"""Many rows at once: a derived value that is given plainly costs no more than any other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medapp.assess.assessor import read_given
from medapp.calculators import calculators, quick
from medapp.domain.assessment import Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord

AT = Moment.of_date(date(2026, 11, 28))
FINDRISC = {
    "age": 58, "sex": "female", "waist": 91, "active_30_minutes": True, "vegetables_fruit_daily": False,
    "blood_pressure_treated": True, "high_glucose_ever": False, "diabetes_in_family": "none",
    "diabetes_diagnosed": False,
}
ROWS = [
    {**FINDRISC, "bmi": 31.0},
    {**FINDRISC, "weight": 88.0, "height": 165.0},
    {**FINDRISC, "weight": 88.0, "height": 165.0, "bmi": 24.0},
    {**FINDRISC, "bmi": {"value": 31.0, "unit": "kg/m2"}},
    {**FINDRISC, "bmi": 900.0},
    {**FINDRISC, "bmi": None},
    FINDRISC,
]


def test_a_derived_value_given_plainly_is_not_assessed_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(*_: object) -> Any:
        raise AssertionError("the row went the whole way")

    monkeypatch.setattr(quick, "_slowly", slowly)
    rows = [{**FINDRISC, "bmi": float(bmi)} for bmi in range(18, 40)]
    assert {line.status for line in quick.brief(calculators()["findrisc"], rows, AT)} == {"final"}


@pytest.mark.parametrize("row", ROWS)
def test_both_ways_agree_whether_it_is_given_derived_or_missing(row: dict[str, Any]) -> None:
    one = calculators()["findrisc"]
    (line,) = quick.brief(one, [row], AT)
    alone = one.assess(PatientRecord(AT), read_given(row))
    assert line.status == alone.status
    is_final = alone.outcome is not None and alone.status is Status.FINAL
    assert line.value == (alone.outcome.value if is_final and alone.outcome else None)


DERIVING = [one.id for one in calculators().values() if any(f.derive for f in one.inputs)]


@pytest.mark.parametrize("name", DERIVING)
def test_each_score_with_a_derived_input_takes_it_plainly(name: str) -> None:
    one = calculators()[name]
    derived = {f.name: f.derive for f in one.inputs if f.derive}
    for example in one.examples:
        alone = one.assess(PatientRecord(AT), read_given(example.inputs))
        given = {used.name: used.value for used in alone.inputs if used.name in derived}
        row = {**{k: v for k, v in example.inputs.items() if k in {f.name for f in one.inputs}}, **given}
        (line,) = quick.brief(one, [row], AT)
        assert (line.status, line.value) == ("final", alone.outcome and alone.outcome.value)
