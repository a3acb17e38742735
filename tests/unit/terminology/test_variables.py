"""The dictionary is complete, consistent and quick."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from medapp.terminology.codesystems import LOINC, SNOMED, VARIABLE, is_panel
from medapp.terminology.errors import UnknownVariable
from medapp.terminology.variables import answer_of, groups, variable, variable_of, variables

CLI_IDS = {
    "age": "a", "sex": None, "weight": "kg", "height": "cm", "bmi": "kg/m2", "waist": "cm",
    "systolic_bp": "mm[Hg]", "diastolic_bp": "mm[Hg]", "heart_rate": "/min", "respiratory_rate": "/min",
    "temperature": "Cel", "spo2": "%", "fio2": "%", "haematocrit": "%", "hba1c": "%", "pao2": "mm[Hg]",
    "paco2": "mm[Hg]", "ph": None, "creatinine": "umol/L", "bilirubin_total": "umol/L",
    "uric_acid": "umol/L", "urea": "mmol/L", "sodium": "mmol/L", "potassium": "mmol/L",
    "chloride": "mmol/L", "bicarbonate": "mmol/L", "glucose": "mmol/L", "calcium": "mmol/L",
    "cholesterol_total": "mmol/L", "hdl": "mmol/L", "ldl": "mmol/L", "triglycerides": "mmol/L",
    "lactate": "mmol/L", "cystatin_c": "mg/L", "crp": "mg/L", "albumin": "g/L", "haemoglobin": "g/L",
    "total_protein": "g/L", "alt": "U/L", "ast": "U/L", "alp": "U/L", "ggt": "U/L", "inr": None,
    "platelets": "10*9/L", "white_cells": "10*9/L", "uacr": "mg/g", "qt_interval": "ms",
    "ejection_fraction": "%", "nt_probnp": "ng/L", "last_menstrual_period": None,
}
QUESTIONS = {
    "general_health": ("excellent", "very_good", "good", "fair", "poor"),
    "little_interest": ("none", "several", "most"),
    "depressed_mood": ("none", "several", "most"),
    "education_level": ("below_9", "grade_9_11", "high_school", "some_college", "college"),
    "sex": ("female", "male"),
}
BOOLEANS = (
    "sleep_trouble", "physically_active", "smoked_100", "smokes_now", "alcohol_12_per_year", "pregnant",
)
FEED_CODES = {
    "38483-4": "creatinine", "2160-0": "creatinine", "14682-9": "creatinine", "2339-0": "glucose",
    "2947-0": "sodium", "6298-4": "potassium", "6299-2": "urea", "49765-1": "calcium", "2069-3": "chloride",
    "20565-8": "bicarbonate", "4548-4": "hba1c", "59261-8": "hba1c", "718-7": "haemoglobin",
    "777-3": "platelets", "8480-6": "systolic_bp", "8462-4": "diastolic_bp", "8302-2": "height",
    "29463-7": "weight", "39156-5": "bmi", "72166-2": "smoking_status", "33914-3": "egfr",
}


def check_digit(code: str) -> int:
    """LOINC's own check digit (mod 10, Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(code.split("-")[0])):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10


def test_there_are_at_least_150_variables_in_named_groups() -> None:
    assert len(variables()) >= 150
    assert {item.group for item in variables().values()} == set(groups())


@pytest.mark.parametrize(("name", "unit"), CLI_IDS.items())
def test_the_command_lines_variables_have_their_canonical_units(name: str, unit: str | None) -> None:
    assert variable(name).unit == unit


@pytest.mark.parametrize(("name", "ids"), QUESTIONS.items())
def test_questions_have_the_answers_that_models_were_made_for(name: str, ids: tuple[str, ...]) -> None:
    assert tuple(choice.id for choice in variable(name).choices) == ids


@pytest.mark.parametrize("name", BOOLEANS)
def test_yes_or_no_questions_are_booleans(name: str) -> None:
    assert variable(name).kind == "boolean"
    assert [row.id for row in variable(name).answers] == ["yes", "no"]


@pytest.mark.parametrize(("code", "name"), FEED_CODES.items())
def test_codes_of_real_feeds_find_their_variable(code: str, name: str) -> None:
    found = variable_of(LOINC, code)
    assert found is not None and found.id == name


def test_every_loinc_code_keeps_its_check_digit() -> None:
    for item in variables().values():
        for code in item.loinc:
            assert re.fullmatch(r"\d{1,5}-\d", code), (item.id, code)
            assert check_digit(code) == int(code[-1]), (item.id, code)


def test_no_code_belongs_to_two_variables() -> None:
    seen: dict[tuple[str, str], str] = {}
    for item in variables().values():
        for coding in item.codes:
            assert seen.setdefault((coding.system, coding.code), item.id) == item.id


def test_what_has_no_loinc_code_uses_our_own_system_and_all_are_found_by_id() -> None:
    assert [(c.system, c.code) for c in variable("sleep_hours").codes] == [(VARIABLE, "sleep_hours")]
    for name in variables():
        found = variable_of(VARIABLE, name)
        assert found is not None and found.id == name


def test_unverified_codes_are_marked() -> None:
    assert "59261-8" in variable("hba1c").unverified
    assert "4548-4" not in variable("hba1c").unverified
    for item in variables().values():
        assert item.unverified <= set(item.loinc)


def test_numbers_have_ranges_one_inside_the_other() -> None:
    for item in variables().values():
        if item.kind not in ("number", "integer"):
            continue
        assert item.plausible is not None and item.possible is not None, item.id
        assert item.possible[0] <= item.plausible[0] < item.plausible[1] <= item.possible[1], item.id
        assert item.unit is None or item.unit in item.accepted_units, item.id


def test_reference_ranges_lie_inside_the_plausible_and_name_a_source() -> None:
    for item in variables().values():
        for limits in item.reference:
            assert item.reference_source, item.id
            assert item.plausible is not None
            low = limits.low if limits.low is not None else item.plausible[0]
            high = limits.high if limits.high is not None else item.plausible[1]
            assert item.plausible[0] <= low <= high <= item.plausible[1], item.id


def test_reference_ranges_of_a_variable_do_not_overlap() -> None:
    for item in variables().values():
        for sex in ("female", "male"):
            rows = sorted((r for r in item.reference if r.sex in (None, sex)), key=lambda r: r.age_from)
            for earlier, later in pairwise(rows):
                assert earlier.age_to is not None and earlier.age_to <= later.age_from, item.id


def test_every_text_is_there_in_both_languages() -> None:
    for item in variables().values():
        texts = [item.title, item.short, *(choice.title for choice in (*item.choices, *item.answers))]
        texts += [item.note] if item.note else []
        for text in texts:
            assert text.en.strip() and text.zh_CN.strip(), item.id
        assert not re.search(r"[\u4e00-\u9fff]", item.title.en), item.id


def test_titles_are_unique_so_that_two_tests_are_never_confused() -> None:
    for language in ("en", "zh_CN"):
        titles = [getattr(item.title, language) for item in variables().values()]
        assert len(titles) == len(set(titles)), sorted({t for t in titles if titles.count(t) > 1})


def test_an_unknown_variable_is_a_clear_error() -> None:
    with pytest.raises(UnknownVariable) as caught:
        variable("creatinin")
    assert "creatinin" in str(caught.value)
    assert variable_of(LOINC, "0-0") is None
    assert variable_of(None, None) is None


def test_coded_and_written_answers_are_understood() -> None:
    smoking = variable("smoking_status")
    assert answer_of(smoking, system=SNOMED, code="8517006") == "former"
    assert answer_of(smoking, system=LOINC, code="LA18978-9") == "never"
    assert answer_of(smoking, text="Never Smoker") == "never"
    assert answer_of(smoking, system=SNOMED, code="1", text="") is None
    assert answer_of(variable("hiv_status"), text="not HIV positive") == "negative"
    assert answer_of(variable("pregnant"), system=LOINC, code="LA15173-0") is True
    assert answer_of(variable("pregnant"), system=SNOMED, code="60001007") is False
    assert answer_of(variable("smoked_100"), text="是") is True
    assert answer_of(variable("smoked_100"), text="perhaps") is None
    assert answer_of(variable("hbsag"), system=SNOMED, code="260385009") == "negative"


def test_a_written_positive_is_never_read_into_not_positive() -> None:
    assert answer_of(variable("hiv_status"), text="positive") == "positive"
    assert answer_of(variable("hiv_status"), text="probably positive") is None


def test_every_observation_code_of_the_synthea_bundles_is_a_variable_or_a_panel(
    shared_file: Callable[[str], Path],
) -> None:
    missing: set[tuple[str, str]] = set()
    with tarfile.open(shared_file("corpora/fhir_synthea.tar.gz")) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith(".json") else None
            if stream is not None:
                missing |= _unknown_codes(json.load(stream))
    assert not missing


def _unknown_codes(bundle: dict[str, Any]) -> set[tuple[str, str]]:
    resources = [entry["resource"] for entry in bundle["entry"]]
    observed = [r for r in resources if r["resourceType"] == "Observation"]
    parts = [part for one in observed for part in (one, *one.get("component", []))]
    codes = {(c["system"], c["code"]) for part in parts for c in part["code"]["coding"]}
    return {pair for pair in codes if variable_of(*pair) is None and not is_panel(*pair)}


def test_the_dictionary_loads_without_the_libraries_that_compiled_it() -> None:
    code = (
        "import sys; from medapp.terminology.variables import variables; assert len(variables()) > 150\n"
        "print(sorted({'pint', 'ucumvert', 'pypinyin', 'tomllib', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
