"""Variables and vaccines are found by name, abbreviation, Chinese and pinyin; sets name what exists."""

from __future__ import annotations

import pytest

from medapp.terminology.entry_sets import question_sets, quick_sets
from medapp.terminology.find_variables import find_variables
from medapp.terminology.vaccines import find_vaccines, vaccines
from medapp.terminology.variables import variables


@pytest.mark.parametrize(("typed", "found"), [
    ("crea", "creatinine"), ("肌酐", "creatinine"), ("jg", "creatinine"), ("jigan", "creatinine"),
    ("Systolic", "systolic_bp"), ("hba1c", "hba1c"), ("HbA", "hba1c"), ("k", "potassium"), ("ldl", "ldl"),
    ("体温", "temperature"), ("phq 9", "phq9_total"), ("smoking status", "smoking_status"),
])
def test_a_variable_is_found_by_what_a_doctor_types(typed: str, found: str) -> None:
    assert find_variables(typed)[0].id == found


def test_nothing_is_found_by_nothing() -> None:
    assert find_variables("  ") == [] == find_variables("zzzz")
    assert len(find_variables("a", 5)) == 5


def test_every_set_names_variables_that_exist_and_no_question_is_left_out() -> None:
    known = variables()
    listed = [name for one in (*quick_sets(), *question_sets("female")) for name in one.variables]
    assert set(listed) <= set(known)
    assert len(listed) == len(set(listed))
    assert {name for name, item in known.items() if item.group == "questionnaire"} <= set(listed)


def test_only_women_are_asked_about_births() -> None:
    assert "births" in {one.id for one in question_sets("female")}
    assert "births" not in {one.id for one in question_sets("male")}


@pytest.mark.parametrize(("typed", "code"), [
    ("tdap", "115"), ("乙脑", "134"), ("mmr", "03"), ("hpv 9", "165"), ("115", "115"), ("科兴", "511"),
])
def test_a_vaccine_is_found_by_name_and_code(typed: str, code: str) -> None:
    assert code in {one.code for one in find_vaccines(typed)}


def test_every_vaccine_has_both_names() -> None:
    assert len(vaccines()) > 100
    assert all(one.title.en and one.title.zh_CN for one in vaccines())
