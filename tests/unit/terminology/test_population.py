"""Where a value stands among US adults of that sex and age."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medapp.terminology.population import TABLE, percentile_of, standing
from medapp.terminology.tables import table
from medapp.terminology.variables import variables
from tests.unit.terminology.test_compiled_tables import script, written

VARIABLES = sorted(table(TABLE)["variables"])


def test_the_table_is_what_the_script_gives(shared_file: Callable[[str], Path]) -> None:
    source = shared_file("data/tabular/nhanes/nhanes_2009_10.csv.gz")
    assert written(f"{TABLE}.json") == script("compile_reference").compiled(source)


def test_the_survey_is_weighted() -> None:
    """A value that counts three persons moves the middle."""
    module = script("compile_reference")
    even = module.quantiles([(float(i % 10), 1.0) for i in range(200)], 2)
    heavy = module.quantiles([(float(i % 10), 3.0 if i % 10 == 9 else 1.0) for i in range(200)], 2)
    assert even[10] == 4.5 and heavy[10] > 5.0
    assert module.quantiles([(1.0, 1.0)] * 149, 2) is None


def test_a_pregnant_woman_and_a_pressure_that_was_not_heard_are_not_counted(tmp_path: Path) -> None:
    import gzip

    module = script("compile_reference")
    columns = ["Sex", "Age", "WTMEC2YR", "PregnantNow", *module.COLUMNS.values()]
    blank = dict.fromkeys(columns, "")
    women = [
        {**blank, "Sex": "female", "Age": "30", "WTMEC2YR": "10.0", "PregnantNow": state, "BMI": "25",
         "BPDiaAve": "0"}
        for state in ("Yes", "No")
    ]
    child = {**blank, "Sex": "male", "Age": "8", "WTMEC2YR": "10.0", "BMI": "16"}
    text = "\n".join([",".join(columns), *(",".join(row.values()) for row in (*women, child))])
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(text.encode()))
    assert module.read(path) == {("bmi", "female", 1): [(25.0, 10.0)]}


def test_each_variable_is_one_of_ours_and_rises() -> None:
    for name in VARIABLES:
        assert name in variables()
        for bands in table(TABLE)["variables"][name].values():
            for band in bands:
                first, last = band["values"][0], band["values"][-1]
                limits = variables()[name].possible
                assert band["values"] == sorted(band["values"])
                assert limits is not None and limits[0] <= first <= last <= limits[1]


@pytest.mark.parametrize(
    ("name", "sex", "age", "value", "low", "high"),
    [
        ("height", "female", 35, 163.0, 0.4, 0.6),
        ("height", "male", 35, 163.0, 0.02, 0.1),
        ("bmi", "male", 45, 28.0, 0.4, 0.6),
        ("systolic_bp", "female", 25, 150.0, 0.98, 0.99),
        ("systolic_bp", "female", 82, 150.0, 0.5, 0.8),
        ("cholesterol_total", "male", 50, 5.17, 0.4, 0.65),
    ],
)
def test_a_value_stands_where_one_expects_it(
    name: str, sex: str, age: float, value: float, low: float, high: float
) -> None:
    share = percentile_of(name, sex, age, value)
    assert share is not None and low <= share <= high


@pytest.mark.parametrize(
    ("name", "sex", "age"),
    [
        ("bmi", "female", 19.9), ("bmi", "female", None), ("bmi", "other", 40), ("bmi", None, 40),
        ("creatinine", "male", 40), ("no_such", "male", 40), ("bmi", "male", -1),
    ],
)
def test_outside_its_ages_sexes_and_variables_it_says_nothing(
    name: str, sex: str | None, age: float | None
) -> None:
    assert percentile_of(name, sex, age, 25.0) is None


def test_the_band_is_told_and_the_last_has_no_end() -> None:
    one, last = standing("bmi", "male", 69.99, 27.0), standing("bmi", "male", 101, 27.0)
    assert one is not None and (one.from_age, one.to_age) == (60, 69)
    assert last is not None and (last.from_age, last.to_age) == (80, None)


@given(
    name=st.sampled_from(VARIABLES), sex=st.sampled_from(["female", "male"]), age=st.integers(20, 110),
    value=st.floats(0, 300), step=st.floats(0, 100),
)
def test_a_greater_value_never_stands_lower(
    name: str, sex: str, age: int, value: float, step: float
) -> None:
    one, other = percentile_of(name, sex, age, value), percentile_of(name, sex, age, value + step)
    assert one is not None and other is not None
    assert 0.0 < one <= other < 1.0
