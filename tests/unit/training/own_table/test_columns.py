"""What a column is told to be, and how its cells are read."""

from __future__ import annotations

import numpy as np
import pytest

from medapp.training.own_table import names, spelling
from medapp.training.own_table.columns import Rule, understand


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("5.6", "none", 5.6),
        ("5,6", "decimal", 5.6),
        ("1.234,5", "decimal", 1234.5),
        ("1,234.5", "thousands", 1234.5),
        ("1,234", "thousands", 1234.0),
        ("1,234,567", "decimal", 1234567.0),
        ("1 234,5", "decimal", 1234.5),
        ("-3e2", "none", -300.0),
        ("５．６", "none", 5.6),
        ("<5", "none", 5.0),
        ("≥ 100", "none", 100.0),
        ("45%", "none", 45.0),
        ("\u22125", "none", -5.0),
        (".5", "none", 0.5),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, comma: str, value: float) -> None:
    assert spelling.number(text, comma) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "5.6.7", "1e999", "12/3", "5 mmol", "<", "1,23,45", "nan", "inf"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert spelling.number(text) is None


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2", "3", "40"], "integer"),
        (["1.5", "2", "3"], "number"),
        (["1,5", "2.25", "3,75"], "number"),
        (["yes", "No", "YES", ""], "boolean"),
        (["是", "否", "是"], "boolean"),
        (["阳性", "阴性"], "boolean"),
        (["0", "1", "1"], "boolean"),
        (["+", "-", "+"], "boolean"),
        (["a", "b", "a", "b"], "choice"),
        (["2020-01-02", "2020年3月4日", "05/11/2021"], "date"),
        (["", "NA", "?", "不详"], "empty"),
        (["1,234", "2,345"], "unclear"),
        ([f"text {i}" for i in range(30)], "identifier"),
        ([f"text {i % 25}" for i in range(60)], "text"),
        ([*(f"{250 + i % 30}.8" for i in range(98)), "V27", "E884.9"], "text"),
        ([*(str(i % 40) for i in range(98)), "high", "clotted"], "integer"),
    ],
)
def test_kinds_are_told_from_the_cells(cells: list[str], kind: str) -> None:
    assert understand("c", cells).kind == kind


def test_one_cell_that_shows_the_comma_decides_for_the_column() -> None:
    column = understand("c", ["1,234", "2,345", "5,6", "7"])
    assert column.numbers().tolist() == [1.234, 2.345, 5.6, 7.0]
    column = understand("c", ["1,234", "2,345.5", "7"])
    assert column.numbers().tolist() == [1234.0, 2345.5, 7.0]


def test_answers_unlike_in_case_and_blanks_are_one() -> None:
    column = understand("c", ["Good", "good ", "GOOD", "poor", "Poor", ""])
    assert column.rule.choices == ("Good", "poor")
    assert column.canonical() == ["Good", "Good", "Good", "poor", "poor", ""]


def test_a_minus_is_a_no_only_beside_a_plus() -> None:
    assert understand("c", ["+", "-", "+"]).canonical() == ["yes", "no", "yes"]
    assert understand("c", ["5", "-", "6"]).canonical() == ["5.0", "", "6.0"]


def test_a_rule_survives_the_recipe() -> None:
    rule = Rule(
        "number", "decimal", missing=("0", "-9"), factor=0.0555, offset=1.0, variable="glucose", unit="mmol/L"
    )
    assert Rule.of_options(rule.as_options()) == rule
    assert rule.canonical("0") == rule.canonical("-9") == rule.canonical("?") == ""
    assert float(rule.canonical("100,5")) == pytest.approx(100.5 * 0.0555 + 1.0)


def test_numbers_of_choices_are_their_places() -> None:
    column = understand("c", ["a", "b", "", "a"])
    assert np.array_equal(column.numbers(), [0.0, 1.0, np.nan, 0.0], equal_nan=True)


@pytest.mark.parametrize(
    "name", ["patient_id", "ID", "MRN", "patientID", "病历号", "subject", "Index", "record_id"]
)
def test_identifiers_are_known_by_name(name: str) -> None:
    assert names.is_identifier(name)


@pytest.mark.parametrize("name", ["acid", "fluid", "index_finger_score", "albumin", "bmi", "valid"])
def test_other_names_are_no_identifiers(name: str) -> None:
    assert not names.is_identifier(name)


@pytest.mark.parametrize("name", ["name", "Patient name", "姓名", "手机", "email", "home_address", "SSN"])
def test_names_of_people_are_known(name: str) -> None:
    assert names.is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "DEATH_EVENT",
        "discharge_status",
        "length of stay",
        "survival_months",
        "time",
        "d.time",
        "rtime",
        "TIME_YEAR",
        "hospdead",
        "slos",
        "totcst",
        "Charges",
        "dnrday",
        "出院诊断",
        "死亡",
    ],
)
def test_what_comes_after_the_outcome_is_suspected_by_name(name: str) -> None:
    assert names.is_later(name)


@pytest.mark.parametrize("name", ["surv2m", "prg6m", "prob_30d", "APACHE", "aps", "model prediction"])
def test_what_somebody_else_estimated_is_suspected_by_name(name: str) -> None:
    assert names.is_estimate(name)


@pytest.mark.parametrize("name", ["fev1_predicted", "pred_dose", "survey2", "probe", "apgar"])
def test_measurements_are_no_estimates_by_name(name: str) -> None:
    assert not names.is_estimate(name)


def test_a_unit_behind_a_name_is_seen_and_the_variable_still_found() -> None:
    assert names.without_unit("Glucose (mg/dL)") == ("Glucose", "mg/dL")
    found = names.variable_named("Glucose (mg/dL)")
    assert found is not None and found.id == "glucose"


@pytest.mark.parametrize(
    "name",
    ["bleeding_time", "prothrombin time", "deadlift", "reaction_time", "lost_weight", "costal", "birth_year"],
)
def test_measurements_are_not_suspected_by_name(name: str) -> None:
    assert not names.is_later(name)
