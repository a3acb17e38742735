"""Rules by criteria: settled where the unknown cannot matter, open where it can, never a silent no."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medapp.assess.assessor import read_given
from medapp.calculators import (
    abcd2,
    apache_ii,
    caprini_2005,
    curb65,
    gcs,
    glasgow_blatchford,
    news2,
    pecarn,
    perc,
    psi_port,
    sirs,
    sofa,
)
from medapp.calculators.calculator import Calculator
from medapp.calculators.measured import in_unit
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.terminology.units import convert

AT = Moment.of_date(date(2026, 11, 27))


def ask(calculator: Calculator, **inputs: Any) -> Assessment:
    return calculator.assess(PatientRecord(AT), read_given(inputs))


def value(answer: Assessment) -> object:
    assert answer.outcome is not None
    return answer.outcome.value


def test_an_unknown_that_cannot_change_the_points_does_not_hold_them_up() -> None:
    answer = ask(
        curb65.CALCULATOR, confusion=False, urea=5, respiratory_rate=18, systolic_bp=85, age=40
    )
    assert (answer.status, value(answer)) == (Status.FINAL, 1.0)


def test_an_unknown_that_could_gives_a_range_and_names_only_what_is_open() -> None:
    answer = ask(sirs.CALCULATOR, temperature=38.5, heart_rate=100, respiratory_rate=18, white_cells=13)
    assert (answer.status, value(answer)) == (Status.INSUFFICIENT_DATA, [3.0, 4.0])
    assert answer.reason is not None
    assert set(answer.reason.inputs) == {"paco2", "blood_gas_taken"}


def test_a_measure_said_not_to_be_taken_is_not_waited_for() -> None:
    answer = ask(
        sirs.CALCULATOR, temperature=38.5, heart_rate=100, respiratory_rate=18, white_cells=11,
        blood_gas_taken=False, bands_counted=False,
    )
    assert (answer.status, value(answer)) == (Status.FINAL, 2.0)


NOTHING = {
    "age": 30, "heart_rate": 70, "spo2": 98, "unilateral_leg_swelling": False, "haemoptysis": False,
    "recent_surgery_or_trauma": False, "previous_dvt_pe": False, "oestrogen_use": False,
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_is_ruled_out_with_a_criterion_unknown(name: str) -> None:
    assert ask(perc.CALCULATOR, **NOTHING).status is Status.FINAL
    answer = ask(perc.CALCULATOR, **{one: said for one, said in NOTHING.items() if one != name})
    assert answer.status is Status.INSUFFICIENT_DATA


UNHURT = {
    1.0: ("altered_mentation", "palpable_skull_fracture", "scalp_haematoma", "unconscious_5_seconds",
          "severe_mechanism", "not_acting_normally"),
    5.0: ("altered_mentation", "basal_skull_fracture", "unconscious", "vomiting", "severe_mechanism",
          "severe_headache"),
}


@pytest.mark.parametrize(("age", "signs"), UNHURT.items())
def test_a_child_is_at_low_risk_only_with_every_sign_known_absent(age: float, signs: tuple[str, ...]) -> None:
    absent = dict.fromkeys(signs, False)
    assert value(ask(pecarn.CALCULATOR, age=age, **absent)) == "low"
    for name in signs:
        others = {one: said for one, said in absent.items() if one != name}
        assert ask(pecarn.CALCULATOR, age=age, **others).status is Status.INSUFFICIENT_DATA
        found = value(ask(pecarn.CALCULATOR, age=age, **{**absent, name: True}))
        assert found == ("high" if name in signs[:2] else "intermediate")


def test_a_coma_scale_of_14_is_a_sign_of_high_risk_and_below_it_the_rule_is_silent() -> None:
    assert value(ask(pecarn.CALCULATOR, age=5, gcs=14)) == "high"
    assert ask(pecarn.CALCULATOR, age=5, gcs=13).status is Status.OUT_OF_SCOPE


def test_what_cannot_be_tested_has_no_total() -> None:
    answer = ask(gcs.CALCULATOR, eye_opening="4", verbal_response="intubated", motor_response="6")
    assert answer.status is Status.OUT_OF_SCOPE


def test_early_warning_is_not_made_for_pregnancy_and_reads_much_oxygen_on_scale_2() -> None:
    seen: dict[str, Any] = {
        "respiratory_rate": 16, "spo2": 97, "systolic_bp": 120, "heart_rate": 80, "consciousness": "alert",
        "temperature": 37.0, "spo2_scale": "2",
    }
    assert value(ask(news2.CALCULATOR, **seen, on_oxygen=True)) == 5.0
    assert value(ask(news2.CALCULATOR, **seen, on_oxygen=False)) == 0.0
    assert ask(news2.CALCULATOR, **seen, on_oxygen=False, pregnant=True).status is Status.OUT_OF_SCOPE


def test_a_man_is_not_asked_for_pregnancies_and_a_woman_is() -> None:
    case = dict(caprini_2005.EXAMPLES[0].inputs)
    assert ask(caprini_2005.CALCULATOR, **case).status is Status.FINAL
    answer = ask(caprini_2005.CALCULATOR, **{**case, "sex": "female"})
    assert value(answer) == [8.0, 11.0]


def test_class_1_needs_no_laboratory_and_the_others_do() -> None:
    case = dict(psi_port.EXAMPLES[2].inputs)
    assert ask(psi_port.CALCULATOR, **case).status is Status.FINAL
    assert ask(psi_port.CALCULATOR, **{**case, "age": 51}).status is Status.INSUFFICIENT_DATA
    assert ask(psi_port.CALCULATOR, **{**case, "heart_rate": 125}).status is Status.INSUFFICIENT_DATA


@pytest.mark.parametrize(("typed", "points"), [(1.1, 0.0), (1.2, 1.0), (2.0, 2.0), (3.5, 3.0), (5.0, 4.0)])
def test_a_limit_typed_in_its_own_unit_is_the_limit(typed: float, points: float) -> None:
    canonical = float(f"{convert('creatinine', typed, 'mg/dL'):.12g}")
    assert in_unit({"creatinine": canonical}, "creatinine", "mg/dL") == typed
    case = {**sofa.EXAMPLES[0].inputs, "creatinine": {"value": typed, "unit": "mg/dL"}}
    assert value(ask(sofa.CALCULATOR, **case)) == 9.0 + points


def test_the_mean_pressure_follows_from_both_pressures() -> None:
    case = dict(apache_ii.EXAMPLES[1].inputs)
    assert value(ask(apache_ii.CALCULATOR, **{**case, "diastolic_bp": 40})) == 13.0


def test_urea_and_duration_count_from_their_limits() -> None:
    case = dict(glasgow_blatchford.EXAMPLES[1].inputs)
    for typed, points in ((18.1, 0.0), (18.2, 2.0), (22.4, 3.0), (28.0, 4.0), (70.0, 6.0)):
        answer = ask(glasgow_blatchford.CALCULATOR, **{**case, "urea": {"value": typed, "unit": "mg/dL"}})
        assert value(answer) == 5.0 + points
    attack = dict(abcd2.EXAMPLES[0].inputs)
    assert value(ask(abcd2.CALCULATOR, **{**attack, "tia_duration": 9})) == 4.0
