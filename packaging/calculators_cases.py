"""The cases of medcalc-dev as the calculators take them, and how each answer compares with its label.

The benchmark names its own entities; here each becomes an input of ours. Only here is an absent item of a
rule score a no (the benchmark counts it so) and an absent value a normal one. Nothing of the notes is read.
"""

from __future__ import annotations

import ast
import csv
import io
import math
import os
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from medapp.assess.assessor import read_given  # noqa: E402
from medapp.calculators import calculators  # noqa: E402
from medapp.domain.assessment import Status  # noqa: E402
from medapp.domain.datatypes import Moment  # noqa: E402
from medapp.domain.record import PatientRecord  # noqa: E402

ARCHIVE = "medcalc-dev.tar.gz"
AT = Moment.of_date(date(2026, 11, 28))
Entities = Mapping[str, Any]
Given = dict[str, Any]

UNITS = {
    "years": "a", "months": "mo", "days": "d", "weeks": "wk", "msec": "ms", "beats per minute": "/min",
    "bpm": "/min", "breaths per minute": "/min", "mm hg": "mm[Hg]", "mm Hg": "mm[Hg]", "mmhg": "mm[Hg]",
    "s mm hg": "mm[Hg]", "µmol/L": "umol/L", "degrees celsius": "Cel", "degrees fahrenheit": "[degF]",
    "degrees fahreinheit": "[degF]", "lbs": "[lb_av]", "in": "[in_i]", "kg/m^2": "kg/m2", "mL/day": "mL",
    "µIU/mL": "u[IU]/mL", "µg": "ug",
}
CELLS = {"µL": "/uL", "mm^3": "/uL", "m^3": "/uL", "L": "/L"}
"""The benchmark writes the volume alone; its m^3 are mm3."""


@dataclass(frozen=True)
class Case:
    """One case: where it stands, the score asked, its inputs and the label."""

    file: str
    row: str
    number: int
    id: str | None
    inputs: Given
    label: float | str

    @property
    def key(self) -> tuple[str, str]:
        return self.file, self.row


@dataclass(frozen=True)
class Answered:
    """A case with our answer (None: refused, `why` says it)."""

    case: Case
    value: float | str | None
    agrees: bool
    why: str = ""


def archive() -> Path | None:
    """The benchmark where the clinic keeps it: MEDAPP_KNOWLEDGE, else beside MEDAPP_DATA or the checkout."""
    folders = [ROOT.parent / "shared" / "knowledge"]
    if os.environ.get("MEDAPP_DATA"):
        folders.insert(0, Path(os.environ["MEDAPP_DATA"]).parent / "knowledge")
    if os.environ.get("MEDAPP_KNOWLEDGE"):
        folders.insert(0, Path(os.environ["MEDAPP_KNOWLEDGE"]))
    return next((one / ARCHIVE for one in folders if (one / ARCHIVE).is_file()), None)


def read_cases(path: Path) -> Iterator[Case]:
    """Every case, those without a mapping with id None."""
    csv.field_size_limit(10**9)
    with tarfile.open(path) as packed:
        for file in ("dev", "one_shot"):
            member = next(m for m in packed.getmembers() if m.name.endswith(f"{file}_no_test_overlap.csv"))
            opened = packed.extractfile(member)
            assert opened is not None
            for line in csv.DictReader(io.TextIOWrapper(opened, "utf-8", newline="")):
                yield _case(file, line)


def _case(file: str, line: Mapping[str, str]) -> Case:
    number, entities = int(line["Calculator ID"]), ast.literal_eval(line["Relevant Entities"])
    name, build = MAPPED.get(number, (None, None))
    inputs = {} if build is None or name not in calculators() else build(entities)
    if name in calculators() and number in RULES:
        inputs = _no_where_absent(str(name), inputs)
    return Case(file, line["Row Number"], number, name, inputs, _label(line["Ground Truth Answer"]))


def _no_where_absent(name: str, inputs: Given) -> Given:
    yes_no = [n for n, spec in calculators()[name].encoder.specs.items() if spec.kind == "boolean"]
    return {**dict.fromkeys(yes_no, False), **{n: v for n, v in inputs.items() if v is not None}}


def _label(text: str) -> float | str:
    if text.startswith("("):  # ('34 weeks', '3 days')
        weeks, days = ast.literal_eval(text)
        return float(int(weeks.split()[0]) * 7 + int(days.split()[0]))
    if "/" in text:
        return datetime.strptime(text, "%m/%d/%Y").date().isoformat()
    return float(text)


def ask(case: Case) -> Answered:
    """Our answer to a case, held against its label."""
    if case.id not in calculators():
        return Answered(case, None, False, "not built")
    answer = calculators()[str(case.id)].assess(PatientRecord(AT), read_given(case.inputs))
    outcome = answer.outcome
    if outcome is None or answer.status is not Status.FINAL:
        return Answered(case, None, False, answer.reason.text["en"] if answer.reason else "")
    value: Any = outcome.value
    if case.number == GESTATION and isinstance(value, (int, float)):
        value = value * DAYS.get(str(outcome.unit), 1.0)
    return Answered(case, value, agrees(case, value))


def agrees(case: Case, value: float | str) -> bool:
    """Dates and integer scores exactly, decimal answers within 5 % of the label."""
    if isinstance(value, str) or isinstance(case.label, str):
        return value == case.label
    if case.number in EXACT:
        return math.isclose(value, case.label, abs_tol=1e-9)
    return abs(value - case.label) <= 0.05 * abs(case.label) + 1e-9


def q(entities: Entities, *names: str, units: Mapping[str, str] = UNITS) -> Given | None:
    """A measured entity as value and unit."""
    for name in names:
        if name in entities:
            value, unit = entities[name]
            return {"value": float(value), "unit": units.get(unit, unit)}
    return None


def b(entities: Entities, *names: str) -> bool:
    return any(entities.get(name) is True for name in names)


def sex(entities: Entities) -> str:
    return str(entities["sex"]).lower()


def present(inputs: Mapping[str, Any]) -> Given:
    """Without what the case does not say."""
    return {name: value for name, value in inputs.items() if value is not None}


def plain(**names: str) -> Callable[[Entities], Given]:
    """Inputs by the entity each one is taken from; `sex` comes along where the case has it."""

    def build(entities: Entities) -> Given:
        found = {ours: q(entities, *theirs.split("|")) for ours, theirs in names.items()}
        return present({**found, "sex": sex(entities) if "sex" in entities else None})

    return build


def with_choice(build: Callable[[Entities], Given], **chosen: str) -> Callable[[Entities], Given]:
    return lambda entities: {**build(entities), **chosen}


def cockcroft_gault(e: Entities) -> Given:
    """The weight by body mass index, as the benchmark does it."""
    given = plain(age="age", weight="weight", height="height", creatinine="creatinine")(e)
    height = given["height"]["value"] / (1.0 if given["height"]["unit"] == "m" else 100.0)
    bmi, weight = given["weight"]["value"] / height**2, given["weight"]["value"]
    ideal = (50.0 if given["sex"] == "male" else 45.5) + 2.3 * (height / 0.0254 - 60.0)
    if bmi < 18.5:
        basis = "actual"
    elif bmi < 25.0:
        basis = "ideal" if ideal < weight else "actual"
    else:
        basis = "adjusted"
    return {**given, "weight_basis": basis}


def mdrd(e: Entities) -> Given:
    black = str(e.get("Race", "")).lower() == "black"
    return {**plain(age="age", creatinine="creatinine")(e), "race": "black" if black else "other"}


def target_weight(e: Entities) -> Given:
    return plain(target_bmi="Body Mass Index (BMI)", height="height")(e)


def chads2_vasc(e: Entities) -> Given:
    return {
        "age": q(e, "age"), "sex": sex(e), "heart_failure": b(e, "Congestive Heart Faliure"),
        "hypertension_diagnosed": b(e, "Hypertension history"),
        "diabetes_diagnosed": b(e, "Diabetes history"),
        "stroke_tia_thromboembolism": b(
            e, "Stroke", "Transient Ischemic Attacks History", "Thromboembolism history"
        ),
        "vascular_disease": b(e, "Vascular disease history"),
    }


def wells_pe(e: Entities) -> Given:
    return present({
        "clinical_dvt": b(e, "Clinical signs and symptoms of Deep Vein Thrombosis"),
        "pe_most_likely": b(e, "Pulmonary Embolism is #1 diagnosis OR equally likely"),
        "heart_rate": q(e, "Heart Rate or Pulse"),
        "immobilisation_or_surgery": b(
            e, "Immobilization for at least 3 days", "Surgery in the previous 4 weeks"
        ),
        "previous_dvt_pe": b(
            e, "Previously documented Deep Vein Thrombosis", "Previously Documented Pulmonary Embolism"
        ),
        "haemoptysis": b(e, "Hemoptysis"),
        "malignancy": b(e, "Malignancy with treatment within 6 months or palliative"),
    })


def wells_dvt(e: Entities) -> Given:
    return {
        "active_cancer": b(e, "Active cancer"), "bedridden_3_days": b(e, "Bedridden recently >3 days"),
        "major_surgery_12_weeks": b(e, "Major surgery within 12 weeks"),
        "deep_vein_tenderness": b(e, "Localized tenderness along the deep venous system"),
        "paralysis_or_plaster": b(
            e, "Paralysis, paresis, or recent plaster immobilization of the lower extremity"
        ),
        "alternative_as_likely": b(
            e, "Alternative diagnosis to Deep Vein Thrombosis as likely or more likely"
        ),
        "collateral_veins": b(e, "Collateral (nonvaricose) superficial veins present"),
        "pitting_oedema": b(e, "Pitting edema, confined to symptomatic leg"), "age": 50,
    }


def rcri(e: Entities) -> Given:
    return {
        "high_risk_surgery": b(e, "Elevated-risk surgery"),
        "ischaemic_heart_disease": b(e, "History of ischemic heart disease"),
        "heart_failure": b(e, "Congestive Heart Failure criteria for the Cardiac Risk Index rule"),
        "cerebrovascular_disease": b(e, "History of cerebrovascular disease"),
        "insulin_treated": b(e, "Pre-operative treatment with insulin"),
        "creatinine": q(e, "Pre-operative creatinine"),
    }


def has_bled(e: Entities) -> Given:
    return {
        "age": q(e, "age"), "hypertension_uncontrolled": b(e, "Hypertension"),
        "renal_disease_severe": b(e, "Renal disease criteria for the HAS-BLED rule"),
        "liver_disease_severe": b(e, "Liver disease criteria for the HAS-BLED rule"),
        "stroke": b(e, "Stroke"),
        "major_bleeding": b(e, "Prior major bleeding or predisposition to bleeding"),
        "labile_inr": b(e, "Labile international normalized ratio"),
        "antiplatelet_or_nsaid": b(e, "Medication usage predisposing to bleeding"),
        "alcohol_drinks_per_week": e.get("Number of Alcoholic Drinks Per Week", 0),
    }


HISTORY = {
    "Slightly suspicious": "slight", "Moderately suspicious": "moderate", "Highly suspicious": "high",
}
ECG = {
    "Normal": "normal", "Non-specific repolarization disturbance": "nonspecific",
    "Significant ST deviation": "significant_st",
}
TROPONIN = {
    "less than or equal to normal limit": "normal",
    "between the normal limit or up to three times the normal limit": "up_to_3_times",
    "greater than three times normal limit": "above_3_times",
}


def heart_score(e: Entities) -> Given:
    """A TIA counts as atherosclerotic disease."""
    return {
        "age": q(e, "age"), "history": HISTORY[e.get("Suspicion History", "Slightly suspicious")],
        "ecg": ECG[e.get("Electrocardiogram Test", "Normal")],
        "troponin": TROPONIN[e.get("Initial troponin", "less than or equal to normal limit")],
        "hypertension_diagnosed": b(e, "Hypertension history"),
        "hypercholesterolaemia": b(e, "hypercholesterolemia"),
        "diabetes_diagnosed": b(e, "Diabetes mellitus criteria for CCI rule", "Diabetes mellitus"),
        "smoker_or_stopped_3_months": b(e, "smoking"), "obesity": b(e, "obesity"),
        "family_history_early_cvd": b(e, "parent or sibling with Cardiovascular disease before age 65"),
        "atherosclerotic_disease": b(e, "atherosclerotic disease", "Transient Ischemic Attacks History"),
    }


def framingham(e: Entities) -> Given:
    given = plain(
        age="age", systolic_bp="Systolic Blood Pressure", cholesterol_total="Total cholesterol",
        hdl="high-density lipoprotein cholesterol",
    )(e)
    return {
        **given, "smokes_now": b(e, "smoking", "Smoker"),
        "blood_pressure_treated": b(e, "Blood pressure being treated with medicines"),
    }


def fib4(e: Entities) -> Given:
    return present({
        "age": q(e, "age"), "alt": q(e, "Alanine aminotransferase"),
        "ast": q(e, "Aspartate aminotransferase"),
        "platelets": q(e, "Platelet count", units=CELLS),
    })


def centor(e: Entities) -> Given:
    """Where nothing is said of a cough there is none."""
    return present({
        "age": q(e, "age"), "temperature": q(e, "Temperature"), "cough": e.get("Cough Absent", True) is False,
        "tender_anterior_nodes": b(e, "Tender/swollen anterior cervical lymph nodes"),
        "tonsillar_exudate": b(e, "Exudate or swelling on tonsils"),
    })


def feverpain(e: Entities) -> Given:
    """Two cases hold PECARN entities beside their own; they are no part of this score."""
    return {
        "fever_24_hours": b(e, "Fever in past 24 hours"), "purulent_tonsils": b(e, "Purulent tonsils"),
        "onset_within_3_days": b(e, "Symptom onset ≤3 days", "Symptom onset <=3 days"),
        "severely_inflamed_tonsils": b(e, "Severe tonsil inflammation"),
        "cough_or_coryza": not b(e, "Absence of cough or coryza"), "age": 20,
    }


EYES = {"eyes open spontaneously": "spontaneous"}
VERBAL = {"no verbal response": "none"}
MOTOR = {"flexion to pain": "abnormal_flexion"}


def gcs(e: Entities) -> Given:
    return {
        "eye_opening": EYES[e["Best eye response"]], "verbal_response": VERBAL[e["Best verbal response"]],
        "motor_response": MOTOR[e["Best motor response"]],
    }


def blatchford(e: Entities) -> Given:
    return {
        **plain(urea="Blood Urea Nitrogen (BUN)", haemoglobin="Hemoglobin",
                systolic_bp="Systolic Blood Pressure", heart_rate="Heart Rate or Pulse")(e),
        "melaena": b(e, "Melena Present"), "syncope": b(e, "Recent Syncope"),
        "liver_disease": b(e, "Hepatic disease history"), "heart_failure": b(e, "Cardiac Failure Present"),
        "age": 50,
    }


def apache(e: Entities) -> Given:
    return {
        **plain(age="age", temperature="Temperature", systolic_bp="Systolic Blood Pressure",
                diastolic_bp="Diastolic Blood Pressure", heart_rate="Heart Rate or Pulse",
                respiratory_rate="respiratory rate", fio2="FiO2", pao2="PaO2", sodium="Sodium",
                potassium="Potassium", creatinine="creatinine", haematocrit="Hematocrit")(e),
        "white_cells": q(e, "White blood cell count", units=CELLS), "ph": e["pH"],
        "gcs": e["Glasgow Coma Score"], "acute_renal_failure": b(e, "Acute renal failure"),
        "chronic_health": "none",
    }


def psi(e: Entities) -> Given:
    return {
        **plain(age="age", temperature="Temperature", systolic_bp="Systolic Blood Pressure",
                heart_rate="Heart Rate or Pulse", respiratory_rate="respiratory rate", sodium="Sodium",
                urea="Blood Urea Nitrogen (BUN)", glucose="Glucose", haematocrit="Hematocrit",
                pao2="Partial pressure of oxygen")(e),
        "ph": e["pH"], "nursing_home": b(e, "Nursing home resident"),
        "neoplastic_disease": b(e, "Neoplastic disease"), "liver_disease": b(e, "Liver disease history"),
        "cerebrovascular_disease": b(e, "Cerebrovascular disease history"),
        "kidney_disease": b(e, "Renal disease history"), "altered_mentation": b(e, "Altered mental status"),
    }


def caprini(e: Entities) -> Given:
    """Pneumonia is its serious lung disease; male sex and no surgery are said."""
    return {
        "age": q(e, "age"), "sex": sex(e), "bmi": q(e, "Body Mass Index (BMI)"), "surgery": "none",
        "mobility": {"confined to bed >72 hours": "bed_above_72_h"}.get(str(e.get("Mobility")), "normal"),
        "serious_lung_disease_1_month": b(e, "Pneumonia in the last month"),
        "leg_fracture_1_month": b(e, "Hip, pelvis, or leg fracture in the last month"),
        "varicose_veins": b(e, "Varicose veins"), "swollen_legs": b(e, "Current swollen legs"),
        "central_line": b(e, "Current central venous access"),
        "previous_dvt_pe": b(
            e, "Previously documented Deep Vein Thrombosis", "Previously Documented Pulmonary Embolism"
        ),
        "family_thrombosis": b(e, "Family history of thrombosis"),
        "inflammatory_bowel_disease": b(e, "History of inflammatory bowel disease"),
        "acute_infarction": b(e, "Acute Myocardial infarction"),
        "copd": b(e, "Chronic Obstructive Pulmonary Disease"),
        "malignancy_ever": b(e, "Present or previous malignancy"),
    }


def sofa(e: Entities) -> Given:
    dopamine = e.get("DOPamine", [0.0])[0]
    steps = ((0.0, "none"), (5.0, "dopamine_to_5_or_dobutamine"),
             (15.0, "dopamine_above_5_or_adrenaline_to_0.1"))
    return {
        **plain(pao2="PaO2", fio2="FiO2", bilirubin_total="Bilirubin", creatinine="creatinine",
                systolic_bp="Systolic Blood Pressure", diastolic_bp="Diastolic Blood Pressure",
                urine_output_day="Urine Output")(e),
        "platelets": q(e, "Platelet count", units=CELLS), "gcs": e["Glasgow Coma Score"],
        "vasopressor": next(
            (name for most, name in steps if dopamine <= most), "dopamine_above_15_or_adrenaline_above_0.1"
        ),
        "respiratory_support": b(e, "On mechanical ventilation", "Continuous positive airway pressure"),
        "urine_collected": True, "age": 60,
    }


def curb65(e: Entities) -> Given:
    return {
        **plain(age="age", urea="Blood Urea Nitrogen (BUN)", respiratory_rate="respiratory rate",
                systolic_bp="Systolic Blood Pressure", diastolic_bp="Diastolic Blood Pressure")(e),
        "confusion": b(e, "Confusion"),
    }


def perc(e: Entities) -> Given:
    return {
        **plain(age="age", heart_rate="Heart Rate or Pulse", spo2="O₂ saturation percentage")(e),
        "unilateral_leg_swelling": b(e, "Unilateral Leg Swelling"), "haemoptysis": b(e, "Hemoptysis"),
        "recent_surgery_or_trauma": b(e, "Recent surgery or trauma"), "oestrogen_use": b(e, "Hormone use"),
        "previous_dvt_pe": b(
            e, "Previously documented Deep Vein Thrombosis", "Previously Documented Pulmonary Embolism"
        ),
    }


def sirs(e: Entities) -> Given:
    carbon = q(e, "PaCO₂", "PaCO2")
    return present({
        **plain(temperature="Temperature", heart_rate="Heart Rate or Pulse",
                respiratory_rate="respiratory rate")(e),
        "white_cells": q(e, "White blood cell count", units=CELLS), "paco2": carbon,
        "blood_gas_taken": carbon is not None, "bands_counted": False, "age": 50,
    })


def charlson(e: Entities) -> Given:
    return {
        "age": q(e, "age"), "connective_tissue_disease": b(e, "Connective tissue disease"),
        "peptic_ulcer": b(e, "Peptic ulcer disease"), "hemiplegia": b(e, "Hemiplegia"),
        "chronic_lung_disease": b(e, "Chronic Pulmonary Disease"),
        "renal_disease_moderate": b(e, "Moderate to severe Chronic Kidney Disease"),
        "cerebrovascular_disease": b(e, "Cerebrovascular Accident", "Transient Ischemic Attacks History"),
    }


def child_pugh(e: Entities) -> Given:
    return {
        "bilirubin_total": q(e, "Bilirubin"), "albumin": q(e, "Albumin"),
        "inr": e["international normalized ratio"], "ascites": "absent", "encephalopathy": "none",
    }


def usual_day(text: str) -> str:
    return datetime.strptime(text, "%m/%d/%Y").date().isoformat()


def due_date(e: Entities) -> Given:
    given = {"last_menstrual_period": usual_day(e["Last menstrual date"])}
    return {**given, "cycle_length": e.get("cycle length", 28)}


def conception(e: Entities) -> Given:
    """The benchmark adds two weeks whatever the cycle's length is."""
    return {"last_menstrual_period": usual_day(e["Last menstrual date"]), "cycle_length": 28}


def gestation(e: Entities) -> Given:
    return {
        "last_menstrual_period": usual_day(e["Last menstrual date"]), "on_date": usual_day(e["Current Date"]),
    }


def steroid(e: Entities) -> Given:
    name, dose, unit = e["input steroid"]
    return {
        "steroid": name.rsplit(" ", 1)[0].lower(), "dose": {"value": dose, "unit": unit},
        "target_steroid": e["target steroid"].rsplit(" ", 1)[0].lower(),
    }


def opioid(e: Entities) -> Given:
    """A dose a day of each: the benchmark's micrograms of fentanyl stay micrograms."""
    given: Given = {}
    for name, value in e.items():
        if name.endswith(" Dose"):
            drug = name.removesuffix(" Dose").lower().replace(" ", "_")
            given[drug] = value[0] * e[f"{name} Per Day"][0]
    return given


GAP = {"sodium": "Sodium", "chloride": "Chloride", "bicarbonate": "Bicarbonate"}
BODY = {"weight": "weight", "height": "height"}
QT = plain(qt_interval="QT interval|QT Interval", heart_rate="Heart Rate or Pulse")
GESTATION = 69
DAYS = {"wk": 7.0, "d": 1.0}
EXACT = frozenset({4, 8, 15, 16, 17, 18, 20, 21, 25, 27, 28, 29, 32, 33, 36, 43, 45, 48, 51, GESTATION})
"""Integer scores; and days."""

RULES = EXACT - {GESTATION} | {46}
"""Those of which an absent item is a no."""

MAPPED: dict[int, tuple[str, Callable[[Entities], Given]]] = {
    2: ("cockcroft_gault", cockcroft_gault),
    3: ("ckd_epi_2021", plain(age="age", creatinine="creatinine")),
    4: ("chads2_vasc", chads2_vasc),
    5: ("mean_arterial_pressure",
        plain(systolic_bp="Systolic Blood Pressure", diastolic_bp="Diastolic Blood Pressure")),
    6: ("bmi", plain(**BODY)),
    7: ("calcium_for_albumin", plain(calcium="Calcium", albumin="Albumin")),
    8: ("wells_pe", wells_pe),
    9: ("mdrd", mdrd),
    10: ("ideal_body_weight", plain(height="height")),
    11: ("qtc", with_choice(QT, formula="bazett")),
    13: ("due_date", due_date),
    15: ("child_pugh", child_pugh),
    16: ("wells_dvt", wells_dvt),
    17: ("rcri", rcri),
    18: ("heart_score", heart_score),
    19: ("fib4", fib4),
    20: ("centor_mcisaac", centor),
    21: ("gcs", gcs),
    22: ("maintenance_fluids", plain(weight="weight")),
    24: ("steroid_equivalents", steroid),
    25: ("has_bled", has_bled),
    26: ("sodium_for_glucose", plain(sodium="Sodium", glucose="Glucose")),
    27: ("glasgow_blatchford", blatchford),
    28: ("apache_ii", apache),
    29: ("psi_port", psi),
    30: ("serum_osmolality", plain(sodium="Sodium", glucose="Glucose", urea="Blood Urea Nitrogen (BUN)")),
    31: ("homa_ir", plain(glucose_fasting="Glucose", insulin="Insulin")),
    32: ("charlson", charlson),
    33: ("feverpain", feverpain),
    36: ("caprini_2005", caprini),
    38: ("free_water_deficit", plain(age="age", weight="weight", sodium="Sodium")),
    39: ("anion_gap", plain(**GAP)),
    40: ("fena", plain(sodium="Sodium", creatinine="creatinine", urine_sodium="Urine sodium",
                       urine_creatinine="Urine creatinine")),
    43: ("sofa", sofa),
    44: ("ldl", with_choice(
        plain(cholesterol_total="Total cholesterol", hdl="high-density lipoprotein cholesterol",
              triglycerides="Triglycerides"), formula="friedewald")),
    45: ("curb65", curb65),
    46: ("framingham_hard_chd", framingham),
    48: ("perc", perc),
    49: ("opioid_mme", opioid),
    51: ("sirs", sirs),
    56: ("qtc", with_choice(QT, formula="fridericia")),
    57: ("qtc", with_choice(QT, formula="framingham")),
    58: ("qtc", with_choice(QT, formula="hodges")),
    59: ("qtc", with_choice(QT, formula="rautaharju")),
    60: ("bsa", plain(**BODY)),
    61: ("target_weight", target_weight),
    62: ("adjusted_body_weight", plain(**BODY)),
    63: ("delta_gap", plain(**GAP)),
    64: ("delta_ratio", plain(**GAP)),
    65: ("albumin_corrected_anion_gap", plain(**GAP, albumin="Albumin")),
    66: ("albumin_corrected_delta_gap", plain(**GAP, albumin="Albumin")),
    67: ("albumin_corrected_delta_ratio", plain(**GAP, albumin="Albumin")),
    68: ("conception_date", conception),
    69: ("gestational_age", gestation),
}
"""The benchmark's calculator -> our id, and how its entities become inputs."""
