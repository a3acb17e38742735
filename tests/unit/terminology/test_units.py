"""Units as feeds spell them, and the known pairs of clinical chemistry."""

from __future__ import annotations

import subprocess
import sys

import pytest

from medapp.i18n import Words
from medapp.terminology.errors import NotConvertible, UnitError, UnitMissing, UnknownUnit, UnknownVariable
from medapp.terminology.tables import table
from medapp.terminology.units import conversion, convert, normalise_unit, spelling_key, unit_label

# Stated in textbooks and by laboratories, not computed from our table.
KNOWN = [
    ("creatinine", 1, "mg/dL", 88.42, 5e-4),
    ("glucose", 18.016, "mg/dL", 1, 1e-4),
    ("cholesterol_total", 38.67, "mg/dL", 1, 1e-3),
    ("hdl", 40, "mg/dL", 1.03, 5e-3),
    ("ldl", 130, "mg/dL", 3.36, 2e-3),
    ("triglycerides", 150, "mg/dL", 1.69, 5e-3),
    ("hba1c", 47.5, "mmol/mol", 6.5, 1e-3),
    ("hba1c", 53, "mmol/mol", 7.0, 2e-3),
    ("hba1c", 42, "mmol/mol", 6.0, 2e-3),
    ("urea", 14, "mg/dL", 5.0, 1e-3),
    ("urea_as_mass", 30, "mg/dL", 5.0, 2e-3),
    ("bilirubin_total", 1, "mg/dL", 17.1, 1e-3),
    ("calcium", 1, "mg/dL", 0.2495, 1e-4),
    ("calcium", 5, "meq/L", 2.5, 1e-9),
    ("magnesium", 1, "mg/dL", 0.4114, 1e-4),
    ("magnesium", 2, "meq/L", 1, 1e-9),
    ("phosphate", 1, "mg/dL", 0.3229, 2e-4),
    ("uric_acid", 1, "mg/dL", 59.48, 1e-4),
    ("lactate", 9.008, "mg/dL", 1, 1e-4),
    ("iron", 100, "ug/dL", 17.9, 1e-3),
    ("haemoglobin", 14, "g/dL", 140, 1e-9),
    ("haemoglobin", 8.7, "mmol/L", 140, 2e-3),
    ("mchc", 20.7, "mmol/L", 333.6, 1e-3),
    ("haematocrit", 0.42, "L/L", 42, 1e-9),
    ("haematocrit", 0.42, "1", 42, 1e-9),
    ("platelets", 250, "10*3/uL", 250, 1e-12),
    ("platelets", 250000, "/uL", 250, 1e-12),
    ("red_cells", 4.8, "10*6/uL", 4.8, 1e-12),
    ("uacr", 3, "mg/mmol", 26.52, 1e-3),
    ("uacr", 1, "mg/mmol", 8.84, 1e-4),
    ("temperature", 98.6, "[degF]", 37, 1e-9),
    ("temperature", -40, "[degF]", -40, 1e-9),
    ("weight", 150, "[lb_av]", 68.04, 1e-4),
    ("height", 70, "[in_i]", 177.8, 1e-9),
    ("height", 6, "[ft_i]", 182.88, 1e-9),
    ("pao2", 13.3, "kPa", 99.8, 1e-3),
    ("alt", 1, "ukat/L", 60, 1e-9),
    ("free_t4", 1, "ng/dL", 12.87, 2e-4),
    ("free_t3", 1, "pg/mL", 1.536, 1e-3),
    ("cortisol", 10, "ug/dL", 275.9, 1e-3),
    ("testosterone", 100, "ng/dL", 3.467, 1e-3),
    ("estradiol", 100, "pg/mL", 367.1, 1e-3),
    ("progesterone", 1, "ng/mL", 3.18, 1e-3),
    ("vitamin_d", 20, "ng/mL", 49.9, 1e-3),
    ("vitamin_b12", 200, "pg/mL", 147.6, 1e-3),
    ("folate", 4, "ng/mL", 9.06, 1e-3),
    ("nt_probnp", 14.8, "pmol/L", 125, 3e-3),
    ("bnp", 10, "pmol/L", 34.6, 2e-3),
    ("parathyroid_hormone", 10, "pmol/L", 94.3, 1e-3),
    ("acth", 10, "pg/mL", 2.2, 2e-3),
    ("digoxin", 1, "nmol/L", 0.781, 1e-3),
    ("ethanol", 80, "mg/dL", 17.4, 3e-3),
    ("phenytoin", 40, "umol/L", 10.1, 2e-3),
    ("c_peptide", 1, "ng/mL", 0.331, 1e-3),
    ("ammonia", 100, "ug/dL", 58.7, 1e-3),
    ("homocysteine", 1.352, "mg/L", 10, 1e-3),
    ("dheas", 100, "ug/dL", 2.714, 1e-3),
    ("aldosterone", 10, "ng/dL", 277.4, 1e-3),
    ("crp", 1.2, "mg/dL", 12, 1e-9),
    ("qt_interval", 0.4, "s", 400, 1e-9),
    ("fio2", 0.21, "1", 21, 1e-9),
    ("age", 18, "mo", 1.5, 1e-9),
    ("sleep_hours", 450, "min", 7.5, 1e-9),
]

NEVER = [
    ("d_dimer_feu", "ng/mL{DDU}"), ("d_dimer_ddu", "ng/mL{FEU}"), ("d_dimer_feu", "mg/L{DDU}"),
    ("troponin_t_hs", "ug/L"), ("troponin_t", "ng/L"), ("troponin_i", "ng/L"), ("troponin_i_hs", "ng/mL"),
    ("egfr", "mL/min"), ("creatinine_clearance", "mL/min/{1.73_m2}"), ("ck_mb_mass", "U/L"),
    ("ck_mb_activity", "ug/L"), ("lipoprotein_a_mass", "nmol/L"), ("lipoprotein_a_molar", "mg/dL"),
    ("prolactin", "m[IU]/L"), ("insulin", "pmol/L"), ("sodium", "mg/dL"), ("fit_haemoglobin", "ug/mL{FEU}"),
    ("crp", "mmol/L"), ("weight", "cm"), ("haematocrit", "g/dL"), ("temperature", "kg"), ("afp", "k[IU]/L"),
]

SPELLINGS = {
    "mmHg": "mm[Hg]", "mm Hg": "mm[Hg]", "MMHG": "mm[Hg]", "mg/dl": "mg/dL", "MG/DL": "mg/dL",
    "mg / dL": "mg/dL", "mg/\u200bdL": "mg/dL", "µmol/L": "umol/L", "μmol/l": "umol/L", "mmol/l": "mmol/L",
    "10^9/L": "10*9/L", "x10^9/L": "10*9/L", "10⁹/L": "10*9/L", "×10⁹/L": "10*9/L", "10e9/L": "10*9/L",
    "K/uL": "10*3/uL", "10^3/µL": "10*3/uL", "M/uL": "10*6/uL", "10*12/l": "10*12/L", "lb": "[lb_av]",
    "lbs": "[lb_av]", "in": "[in_i]", "°C": "Cel", "℃": "Cel", "°F": "[degF]", "degF": "[degF]",
    "years": "a", "yr": "a", "(score)": "{score}", "{score}": "{score}", "IU/L": "[IU]/L", "mEq/L": "meq/L",
    "MEQ/L": "meq/L", "uIU/mL": "u[IU]/mL", "mIU/L": "m[IU]/L", "ng/mL FEU": "ng/mL{FEU}",
    "ug/mL FEU": "ug/mL{FEU}", "mL/min/1.73m2": "mL/min/{1.73_m2}", "mL/min/1.73 m²": "mL/min/{1.73_m2}",
    "mL/min": "mL/min", "kg/m²": "kg/m2", "kg/m^2": "kg/m2", "mm/hr": "mm/h", "bpm": "/min", "fl": "fL",
    "mg/g{creat}": "mg/g", "g/24h": "g/d", "/hpf": "/[HPF]", "cmH2O": "cm[H2O]", "mOsm/kg": "mosm/kg",
    "%": "%", "percent": "%",
    "C": "Cel", "F": "[degF]", "y": "a", "d": "d", "g": "g", "m": "m", "#": "{count}",
    "ug/dl": "ug/dL", "mcg/dL": "ug/dL", "U/l": "U/L",
}


@pytest.mark.parametrize(("name", "value", "unit", "expected", "tolerance"), KNOWN)
def test_known_pairs_convert(name: str, value: float, unit: str, expected: float, tolerance: float) -> None:
    assert convert(name, value, unit) == pytest.approx(expected, rel=tolerance)


@pytest.mark.parametrize(("name", "unit"), NEVER)
def test_what_deceives_is_refused(name: str, unit: str) -> None:
    with pytest.raises(NotConvertible) as caught:
        conversion(name, unit)
    assert name in str(caught.value) and caught.value.fields["accepted"]


@pytest.mark.parametrize(("text", "unit"), SPELLINGS.items())
def test_spellings_of_real_feeds_are_understood(text: str, unit: str) -> None:
    assert normalise_unit(text) == unit


@pytest.mark.parametrize("text", ["", "furlong", "mg/dLx", "{", "10*9", "M", "G", "D", "mmol"])
def test_a_spelling_in_no_table_is_none(text: str) -> None:
    assert normalise_unit(text) is None


def test_urea_nitrogen_and_urea_differ_by_2_14() -> None:
    nitrogen, urea = convert("urea", 10, "mg/dL"), convert("urea_as_mass", 10, "mg/dL")
    assert nitrogen / urea == pytest.approx(2.14, rel=2e-3)


def test_hba1c_is_affine_and_no_factor_alone() -> None:
    assert conversion("hba1c", "mmol/mol").offset == pytest.approx(2.152)


def test_a_missing_unit_is_refused_where_there_is_one() -> None:
    for unit in (None, "", " ", "\u200b"):
        with pytest.raises(UnitMissing):
            conversion("creatinine", unit)


def test_numbers_without_a_unit_need_none() -> None:
    assert convert("ph", 7.4, None) == 7.4
    assert convert("inr", 2.5, "{INR}") == 2.5
    assert convert("phq9_total", 9, "(score)") == 9
    with pytest.raises(NotConvertible):
        convert("ph", 7.4, "mmol/L")


def test_an_unknown_unit_names_what_is_accepted() -> None:
    with pytest.raises(UnknownUnit) as caught:
        conversion("creatinine", "mg/furlong")
    assert "umol/L" in str(caught.value.fields["accepted"])
    assert isinstance(caught.value, UnitError)


def test_an_unknown_variable_is_told_before_its_unit() -> None:
    with pytest.raises(UnknownVariable):
        conversion("creatinin", "mg/dL")


def test_troponins_and_d_dimers_have_factors_of_one_only() -> None:
    for name in ("troponin_t", "troponin_t_hs", "troponin_i", "troponin_i_hs", "d_dimer_feu", "d_dimer_ddu"):
        assert all(pair == [1.0, 0.0] for pair in table("units")["conversions"][name].values())


def test_labels_are_what_a_reader_expects() -> None:
    english, chinese = Words("en"), Words("zh_CN")
    assert unit_label("umol/L", english) == "µmol/L"
    assert unit_label("mm[Hg]", english) == "mmHg"
    assert unit_label("10*9/L", chinese) == "×10⁹/L"
    assert unit_label("a", english) == "years"
    assert unit_label(None, english) == ""
    assert unit_label("furlong", english) == "furlong"


def test_every_unit_has_a_spelling_that_leads_back_to_it() -> None:
    units = table("units")
    for unit in units["labels"]:
        assert units["spellings"][spelling_key(unit)] == unit


def test_conversion_needs_no_unit_library() -> None:
    code = (
        "import sys; from medapp.terminology.units import convert; convert('creatinine', 1, 'mg/dL')\n"
        "assert not {'pint', 'ucumvert', 'lark', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
