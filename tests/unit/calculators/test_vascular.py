"""Scores of heart and vessels: populations bind, regions are never assumed, unknown is not no."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medapp.assess.assessor import read_given
from medapp.calculators import calculators
from medapp.calculators.martin_hopkins import FACTORS, factor
from medapp.calculators.quick import brief
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord

AT = Moment.of_date(date(2026, 11, 28))
PRIMARY = (
    "framingham_hard_chd", "pooled_cohort_ascvd", "prevent_2023", "score2", "score2_op", "score2_diabetes",
    "who_cvd_2019",
)


def ask(name: str, **changes: Any) -> Assessment:
    """The first example of a score with some inputs changed; None takes one away."""
    one = calculators()[name]
    inputs = {**one.examples[0].inputs, **changes}
    given = {key: value for key, value in inputs.items() if value is not None}
    answer = one.assess(PatientRecord(AT), read_given(given))
    (line,) = brief(one, [given], AT)
    assert line.status == answer.status
    return answer


@pytest.mark.parametrize("name", PRIMARY)
def test_who_has_the_disease_is_out_of_scope(name: str) -> None:
    assert ask(name).status is Status.FINAL
    answer = ask(name, cardiovascular_disease=True)
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)


@pytest.mark.parametrize("name", PRIMARY)
def test_outside_the_validated_ages_there_is_no_number(name: str) -> None:
    low, high = next(f.valid for f in calculators()[name].inputs if f.name == "age") or (0.0, 0.0)
    for age in (low - 1, high + 1):
        answer = ask(name, age=age)
        assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("score2", {"diabetes_diagnosed": True}),
        ("score2_diabetes", {"type_2_diabetes": False}),
        ("framingham_hard_chd", {"diabetes_diagnosed": True}),
        ("findrisc", {"diabetes_diagnosed": True}),
        ("who_cvd_2019", {"who_region": "china"}),
        ("prevent_2023", {"variant": "sdi", "sdi_decile": 4, "lives_in_united_states": False}),
        ("prevent_2023", {"bmi": 41}),
        ("ldl", {"triglycerides": {"value": 400, "unit": "mg/dL"}}),
    ],
)
def test_another_population_is_out_of_scope(name: str, changes: dict[str, Any]) -> None:
    answer = ask(name, **changes)
    assert (answer.status, answer.outcome) == (Status.OUT_OF_SCOPE, None)


@pytest.mark.parametrize(
    ("name", "lacking", "changes"),
    [
        ("score2", "european_risk_region", {"european_risk_region": None}),
        ("score2_op", "european_risk_region", {"european_risk_region": None}),
        ("pooled_cohort_ascvd", "race", {"race": None}),
        ("who_cvd_2019", "who_region", {"who_region": None}),
        ("prevent_2023", "lives_in_united_states", {"variant": "sdi", "sdi_decile": 4}),
        ("prevent_2023", "sdi_decile", {"variant": "sdi", "lives_in_united_states": True}),
        ("prevent_2023", "hba1c", {"variant": "hba1c"}),
        ("prevent_2023", "uacr", {"variant": "uacr"}),
        ("prevent_2023", "uacr", {"variant": "full", "lives_in_united_states": True}),
        ("score2", "smokes_now", {"smokes_now": None}),
    ],
)
def test_region_race_and_habits_are_never_assumed(name: str, lacking: str, changes: dict[str, Any]) -> None:
    answer = ask(name, **changes)
    assert (answer.status, answer.outcome) == (Status.INSUFFICIENT_DATA, None)
    assert lacking in {one.name for one in answer.missing if one.required}


def test_prevent_takes_one_unknown_in_the_full_variant_and_says_so() -> None:
    answer = ask("prevent_2023", variant="full", lives_in_united_states=True, hba1c=7.5, uacr=40)
    assert answer.status is Status.FINAL
    assert "missing_term" in {one.code for one in answer.warnings}
    told = ask("prevent_2023", variant="full", lives_in_united_states=True, hba1c=7.5, uacr=40, sdi_decile=8)
    assert "missing_term" not in {one.code for one in told.warnings}
    assert told.outcome is not None and answer.outcome is not None
    assert told.outcome.value != answer.outcome.value


def test_prevent_gives_thirty_years_up_to_59_only() -> None:
    young, old = ask("prevent_2023", age=59), ask("prevent_2023", age=60)
    assert young.outcome is not None and old.outcome is not None
    assert "total_cvd_30y" in young.outcome.extra
    assert not any(name.endswith("_30y") for name in old.outcome.extra)


@pytest.mark.parametrize("formula", ["sampson", "martin_hopkins"])
def test_others_go_on_where_friedewald_ends(formula: str) -> None:
    answer = ask("ldl", formula=formula, triglycerides={"value": 500, "unit": "mg/dL"})
    assert answer.status is Status.FINAL
    assert answer.outcome is not None and "friedewald" not in answer.outcome.extra


def test_the_factors_of_martin_and_hopkins_are_those_of_the_table() -> None:
    assert sum(sum(row) for row in FACTORS) == pytest.approx(949.4)
    assert (factor(49, 99), factor(50, 100), factor(292, 219), factor(399, 220)) == (3.5, 3.9, 6.1, 5.9)
    assert (factor(400, 99), factor(409, 220), factor(410, 100), factor(799, 220)) == (10.4, 6.1, 8.9, 6.7)


def test_heart_score_with_a_factor_unknown_is_a_range() -> None:
    answer = ask("heart_score", diabetes_diagnosed=None)
    assert answer.outcome is not None
    assert (answer.outcome.type, answer.outcome.value) == ("range", [3.0, 4.0])
    told = ask("heart_score", atherosclerotic_disease=True, diabetes_diagnosed=None)
    assert told.outcome is not None and told.outcome.value == [4.0, 4.0]
