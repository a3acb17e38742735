"""Where a formula ends: impossible bodies, lipids and gases, values on a limit, the source of a limit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medapp.assess.assessor import read_given
from medapp.calculators import calculators
from medapp.calculators.grace_2003 import death_percent
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord

AT = Moment.of_date(date(2026, 11, 28))


def ask(name: str, **inputs: Any) -> Assessment:
    return calculators()[name].assess(PatientRecord(AT), read_given(inputs))


def first(name: str, **changes: Any) -> Assessment:
    """The first example of a score with some inputs changed."""
    return ask(name, **{**calculators()[name].examples[0].inputs, **changes})


def value(answer: Assessment) -> float:
    assert answer.status is Status.FINAL, answer.reason
    assert answer.outcome is not None
    return float(answer.outcome.value)  # type: ignore[arg-type]


def codes(answer: Assessment) -> set[str]:
    return {one.code for one in answer.warnings}


def clearance(**changes: Any) -> Assessment:
    known = {"age": 60, "sex": "male", "weight": 70, "creatinine": {"value": 1.0, "unit": "mg/dL"}}
    return ask("cockcroft_gault", **{**known, **changes})


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("ideal_body_weight", {"sex": "male", "height": 90}),
        ("ideal_body_weight", {"sex": "female", "height": 152.3}),
        ("adjusted_body_weight", {"sex": "male", "height": 150, "weight": 80}),
    ],
)
def test_below_five_feet_there_is_no_ideal_weight(name: str, inputs: dict[str, Any]) -> None:
    answer = ask(name, **inputs)
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)
    assert answer.reason is not None and "pharmacist" in answer.reason.text["en"]
    five_feet = {"value": 60, "unit": "[in_i]"}
    assert ask(name, **{**inputs, "height": five_feet}).status is Status.FINAL


@pytest.mark.parametrize("basis", ["ideal", "adjusted"])
@pytest.mark.parametrize(("height", "weight"), [(100, 30), (150, 70), (165, 40)])
def test_a_clearance_is_never_by_an_ideal_weight_that_is_none_or_above_the_actual(
    basis: str, height: float, weight: float
) -> None:
    answer = clearance(height=height, weight=weight, weight_basis=basis)
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)
    assert answer.reason is not None and "choose the actual weight" in answer.reason.text["en"]
    assert clearance(height=height, weight=weight).status is Status.FINAL


def test_the_actual_weight_of_an_obese_person_is_said_to_give_too_much() -> None:
    assert codes(clearance(height=175, weight=180)) == {"obesity"}
    assert codes(clearance(height=175, weight=180, weight_basis="adjusted")) == set()
    assert codes(clearance(height=175, weight=70)) == set()
    assert codes(clearance(weight=180)) == {"obesity_unknown"}


def points(name: str, limits: tuple[float, ...], base: float, unit: str | None = None) -> list[float]:
    """What a value gives by itself: the sum less that of the other items."""
    given = [{"value": one, "unit": unit} if unit else one for one in limits]
    known = dict(calculators()["grace_2003"].examples[1].inputs)
    return [value(ask("grace_2003", **{**known, name: one})) - base for one in given]


def test_grace_reads_the_printed_bands_and_its_examples() -> None:
    ages = points("age", (30, 40, 59.9, 60, 69.9, 70, 80, 90), 62.0)
    assert ages == [0, 25, 41, 58, 58, 75, 91, 100]
    rates = points("heart_rate", (50, 51, 70, 89, 90, 110, 150, 200), 100.0)
    assert rates == [0, 3, 9, 9, 15, 24, 38, 46]
    pressures = points("systolic_bp", (80, 81, 100, 101, 119, 120, 140, 160, 200), 45.0)
    assert pressures == [58, 53, 53, 43, 43, 34, 24, 10, 0]
    creatinines = points("creatinine", (0.4, 0.41, 0.8, 1.2, 1.6, 2.0, 4.0), 102.0, "mg/dL")
    assert creatinines == [1, 4, 7, 10, 13, 21, 28]
    assert [death_percent(20), death_percent(145), death_percent(300)] == pytest.approx([0.2, 3.4, 52.0])


def test_grace_of_values_that_all_stand_on_a_limit() -> None:
    answer = ask(
        "grace_2003", killip_class="I", age=70, heart_rate=70, systolic_bp=120, cardiac_arrest=False,
        creatinine={"value": 1.2, "unit": "mg/dL"}, st_deviation=False, cardiac_enzymes_raised=False,
    )
    assert value(answer) == 128.0


def mg(**lipids: float) -> dict[str, Any]:
    return {name: {"value": number, "unit": "mg/dL"} for name, number in lipids.items()}


def test_no_ldl_of_nothing_or_less() -> None:
    answer = ask("ldl", **mg(cholesterol_total=100, hdl=60, triglycerides=390))
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)
    other = ask("ldl", **mg(cholesterol_total=140, hdl=60, triglycerides=398), formula="martin_hopkins")
    assert value(other) > 0.0
    assert other.outcome is not None and min(e["value"] for e in other.outcome.extra.values()) > 0.0


def test_more_oxygen_in_the_artery_than_in_the_lung_is_refused_or_said() -> None:
    answer = ask("aa_gradient", pao2=300, paco2=40, fio2=21)
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)
    assert answer.reason is not None and "FiO2" in answer.reason.text["en"]
    assert "negative_difference" in codes(ask("aa_gradient", pao2=105, paco2=40, fio2=21))
    assert "negative_difference" not in codes(ask("aa_gradient", pao2=95, paco2=40, fio2=21))


WITHOUT_LIMITS = ("score2", "score2_op", "score2_diabetes", "framingham_hard_chd", "who_cvd_2019")
BEYOND = ({"systolic_bp": 230}, mg(cholesterol_total=400), mg(hdl=15))


@pytest.mark.parametrize(
    ("name", "changes"),
    [(name, one) for name in WITHOUT_LIMITS for one in BEYOND if (name, *one) != ("who_cvd_2019", "hdl")],
)
def test_a_value_beyond_what_its_like_accept_is_said(name: str, changes: dict[str, Any]) -> None:
    assert "outside_usual_range" not in codes(first(name))
    answer = first(name, **changes)
    assert answer.status is Status.FINAL and "outside_usual_range" in codes(answer)


def test_above_65_begins_with_66_and_up_to_50_ends_with_51() -> None:
    assert value(first("revised_geneva", age=65.9)) == value(first("revised_geneva", age=64))
    assert value(first("revised_geneva", age=66)) == value(first("revised_geneva", age=65)) + 1.0
    young = calculators()["psi_port"].examples[2].inputs
    at_50 = ask("psi_port", **{**young, "age": 50.9})
    assert (value(at_50), at_50.outcome.category) == (50.0, "I")  # type: ignore[union-attr]
    assert ask("psi_port", **{**young, "age": 51}).status is Status.INSUFFICIENT_DATA


def test_a_ratio_between_the_columns_of_kdigo_takes_the_higher_category_and_says_so() -> None:
    for ratio, unit, category, is_between in (
        (2.9, "mg/mmol", "A1", False), (3.0, "mg/mmol", "A2", True), (3.2, "mg/mmol", "A2", True),
        (28.3, "mg/g", "A2", True), (30, "mg/g", "A2", False), (30, "mg/mmol", "A2", False),
        (31, "mg/mmol", "A3", True), (300, "mg/g", "A3", True), (301, "mg/g", "A3", False),
    ):
        answer = ask("kdigo_ckd_stage", egfr=95, uacr={"value": ratio, "unit": unit})
        assert answer.outcome is not None
        assert answer.outcome.value == f"G1{category}"
        assert ("albumin_columns_differ" in codes(answer)) == is_between


def test_the_dose_of_the_opioids_entered_is_a_floor() -> None:
    assert "at_least" in codes(ask("opioid_mme", tramadol=100))
    assert "at_least" not in codes(ask("opioid_mme", morphine=120))
    every = {f.name: 0.0 for f in calculators()["opioid_mme"].inputs if f.name != "age"}
    assert "at_least" not in codes(ask("opioid_mme", **{**every, "tramadol": 100}))


def test_the_risk_of_curb65_rises_with_every_point() -> None:
    risks = [band.risk for band in calculators()["curb65"].bands]
    assert risks == sorted(risks) == [0.007, 0.032, 0.092, 0.17, 0.415, 0.57]  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("wells_dvt", "bedridden_3_days", "3 days or more"),
        ("wells_dvt", "calf_swelling_3_cm", "at least 3 cm"),
        ("has_bled", "renal_disease_severe", "from 200 µmol/L"),
    ],
)
def test_a_limit_of_the_paper_belongs_to_the_item(name: str, question: str, words: str) -> None:
    assert words in calculators()[name].encoder.specs[question].title.en


@pytest.mark.parametrize(
    ("name", "source"),
    [("qtc", "Int J Cardiol 2014;174:535"), ("caprini_2005", "Chest 2012;141(2 Suppl):e227S")],
)
def test_a_formula_and_its_bands_name_where_they_stand(name: str, source: str) -> None:
    assert source in calculators()[name].about.reference
