"""Codes have names in both languages."""

from __future__ import annotations

import re

from medapp.i18n import LANGUAGES, Words
from medapp.terminology.codesystems import (
    CVX,
    ICD10,
    LOINC,
    RXNORM,
    SHORT_NAMES,
    SNOMED,
    VARIABLE,
    display,
    icd10_of,
    is_panel,
)
from medapp.terminology.tables import table


def test_problems_medicines_vaccines_and_variables_are_named_in_both_languages() -> None:
    english, chinese = Words("en"), Words("zh_CN")
    assert display(SNOMED, "44054006", english) == "Type 2 diabetes mellitus"
    assert display(SNOMED, "44054006", chinese) == "2 型糖尿病"
    assert display(RXNORM, "197361", chinese) == "氨氯地平片 5 mg"
    assert display(CVX, "140", english) == "Influenza, seasonal"
    assert display(LOINC, "2160-0", english) == "Creatinine"
    assert display(LOINC, "55284-4", chinese) == "血压"
    assert display(VARIABLE, "sleep_hours", english) == "Sleep per night"


def test_what_we_cannot_name_is_none_so_that_the_record_speaks() -> None:
    words = Words("en")
    assert display(SNOMED, "1", words) is None
    assert display("urn:other", "44054006", words) is None
    assert display(None, None, words) is None


def test_icd10_is_given_where_sure() -> None:
    assert icd10_of(SNOMED, "44054006") == "E11.9"
    assert icd10_of(SNOMED, "237602007") is None
    assert icd10_of(ICD10, "E11.3") == "E11.3"
    assert icd10_of(RXNORM, "197361") is None


def test_icd10_codes_have_the_form_of_icd10() -> None:
    for rows in table("concepts")["icd10"].values():
        for code in rows.values():
            assert re.fullmatch(r"[A-Z]\d\d(\.\d)?", code), code


def test_a_panel_has_no_value_of_its_own() -> None:
    assert is_panel(LOINC, "85354-9") and is_panel(LOINC, "55284-4")
    assert not is_panel(LOINC, "8480-6")
    assert not is_panel(None, None)


def test_every_name_is_there_in_both_languages() -> None:
    assert len(LANGUAGES) == 2
    for system, rows in table("concepts")["names"].items():
        assert system in SHORT_NAMES
        for code, (en, zh) in rows.items():
            assert en.strip() and zh.strip(), code
            assert not re.search(r"[\u4e00-\u9fff]", en), code
