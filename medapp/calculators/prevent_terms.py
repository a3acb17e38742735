"""The terms of the PREVENT equations: centred values by name, and the table of coefficients.

Age (a - 55) / 10 and, over 30 years, its square; non-HDL cholesterol - 3.5 and (HDL - 1.3) / 0.3 mmol/L;
pressure (min(s, 110) - 110) / 20 and (max(s, 110) - 130) / 20 mmHg; BMI (min(b, 30) - 25) / 5 and (max(b,
30) - 30) / 5; eGFR (min(e, 60) - 60) / -15 and (max(e, 60) - 90) / -15; ln of the albumin ratio [mg/g];
HbA1c [%] - 5.3; deprivation in three groups, deciles 1-3, 4-6, 7-10. Cholesterol in mmol/L is mg/dL x
0.02586, as in the paper. The centre of HbA1c, 5.3 %, is not in the table's note; it is recalled, and the
constants agree with it (that of the HbA1c equation differs from the base one by less than 0.01 in women).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from medapp import paths
from medapp.calculators import vascular as v
from medapp.calculators.calculator import Values
from medapp.calculators.declare import T

PER_MG: Final = 0.02586
HBA1C_CENTRE: Final = 5.3
OUTCOMES: Final = {
    "total_cvd": T("Total cardiovascular disease", "总心血管病"),
    "ascvd": T("Atherosclerotic disease", "动脉粥样硬化性心血管病"),
    "heart_failure": T("Heart failure", "心力衰竭"), "chd": T("Coronary disease", "冠心病"),
    "stroke": T("Stroke", "卒中"),
}
TITLES: Final = {
    "age": T("Age", "年龄"), "age_squared": T("Age squared", "年龄平方"),
    "non_hdl": T("Non-HDL cholesterol", "非 HDL 胆固醇"), "hdl": T("HDL cholesterol", "HDL 胆固醇"),
    "sbp_low": T("Systolic pressure below 110", "收缩压（<110 部分）"),
    "sbp_high": T("Systolic pressure from 110", "收缩压（≥110 部分）"), "diabetes": T("Diabetes", "糖尿病"),
    "smoker": T("Smoker", "吸烟"), "bmi_low": T("BMI below 30", "BMI（<30 部分）"),
    "bmi_high": T("BMI from 30", "BMI（≥30 部分）"), "egfr_low": T("eGFR below 60", "eGFR（<60 部分）"),
    "egfr_high": T("eGFR from 60", "eGFR（≥60 部分）"), "treated": T("Treated pressure", "降压治疗"),
    "statin": T("Statin", "他汀"), "treated_sbp_high": T("Treated × pressure", "降压治疗 × 收缩压"),
    "statin_non_hdl": T("Statin × non-HDL", "他汀 × 非 HDL"),
    "age_non_hdl": T("Age × non-HDL", "年龄 × 非 HDL"),
    "age_hdl": T("Age × HDL", "年龄 × HDL"), "age_sbp_high": T("Age × pressure", "年龄 × 收缩压"),
    "age_diabetes": T("Age × diabetes", "年龄 × 糖尿病"), "age_smoker": T("Age × smoker", "年龄 × 吸烟"),
    "age_bmi_high": T("Age × BMI", "年龄 × BMI"), "age_egfr_low": T("Age × eGFR", "年龄 × eGFR"),
    "sdi_middle": T("Deprivation, deciles 4 to 6", "社会剥夺指数 4–6 分位"),
    "sdi_high": T("Deprivation, deciles 7 to 10", "社会剥夺指数 7–10 分位"),
    "sdi_missing": T("Deprivation unknown", "社会剥夺指数未知"),
    "ln_uacr": T("ln albumin ratio", "ln 尿白蛋白/肌酐"),
    "uacr_missing": T("Albumin unknown", "尿白蛋白未知"),
    "hba1c_diabetes": T("HbA1c with diabetes", "HbA1c（糖尿病）"),
    "hba1c_no_diabetes": T("HbA1c without diabetes", "HbA1c（无糖尿病）"),
    "hba1c_missing": T("HbA1c unknown", "HbA1c 未知"), "constant": T("Constant", "常数"),
}


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    path = paths.knowledge_dir() / "prevent" / "coefficients.json"
    return dict(json.loads(path.read_bytes()))


@lru_cache(maxsize=128)
def coefficients(variant: str, years: int, sex: str, outcome: str) -> Mapping[str, float]:
    """The coefficients of one equation by term."""
    table = _table()
    column = table["columns"].index(f"{sex}_{outcome}")
    return {term: numbers[column] for term, numbers in table[f"{variant}_{years}"].items()}


def centred(values: Values) -> dict[str, float]:
    """Every term's value; what is unknown of HbA1c, albumin and deprivation sets its term of the missing."""
    age = (values["age"] - 55.0) / 10.0
    hdl_mmol = v.mg(values, "hdl") * PER_MG
    non_hdl = (v.mg(values, "cholesterol_total") * PER_MG - hdl_mmol) - 3.5
    hdl = (hdl_mmol - 1.3) / 0.3
    pressure, bmi, egfr = values["systolic_bp"], values["bmi"], values["egfr"]
    sbp_high, egfr_low = (max(pressure, 110.0) - 130.0) / 20.0, (min(egfr, 60.0) - 60.0) / -15.0
    bmi_high, diabetes = (max(bmi, 30.0) - 30.0) / 5.0, float(values["diabetes_diagnosed"])
    smoker, treated = float(values["smokes_now"]), float(values["blood_pressure_treated"])
    statin = float(values["statin_treated"])
    return {
        "constant": 1.0, "age": age, "age_squared": age**2, "non_hdl": non_hdl, "hdl": hdl,
        "sbp_low": (min(pressure, 110.0) - 110.0) / 20.0, "sbp_high": sbp_high, "diabetes": diabetes,
        "smoker": smoker, "bmi_low": (min(bmi, 30.0) - 25.0) / 5.0, "bmi_high": bmi_high,
        "egfr_low": egfr_low, "egfr_high": (max(egfr, 60.0) - 90.0) / -15.0, "treated": treated,
        "statin": statin, "treated_sbp_high": treated * sbp_high, "statin_non_hdl": statin * non_hdl,
        "age_non_hdl": age * non_hdl, "age_hdl": age * hdl, "age_sbp_high": age * sbp_high,
        "age_diabetes": age * diabetes, "age_smoker": age * smoker, "age_bmi_high": age * bmi_high,
        "age_egfr_low": age * egfr_low, **_added(values),
    }


def _added(values: Values) -> dict[str, float]:
    decile, ratio = values.get("sdi_decile"), values.get("uacr")
    excess = values.get("hba1c", HBA1C_CENTRE) - HBA1C_CENTRE
    diabetes = float(values["diabetes_diagnosed"])
    return {
        "sdi_middle": float(decile is not None and 4 <= decile <= 6),
        "sdi_high": float(decile is not None and decile >= 7), "sdi_missing": float(decile is None),
        "ln_uacr": 0.0 if ratio is None else math.log(ratio), "uacr_missing": float(ratio is None),
        "hba1c_diabetes": excess * diabetes, "hba1c_no_diabetes": excess * (1.0 - diabetes),
        "hba1c_missing": float("hba1c" not in values),
    }
