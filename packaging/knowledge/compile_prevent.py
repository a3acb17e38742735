"""Compile prevent/coefficients.json: the coefficients of the PREVENT equations, from shared/knowledge.

    python packaging/knowledge/compile_prevent.py FOLDER [--check]

FOLDER holds the ten tables of prevent-equations.tar.gz, unpacked (preventr 0.12.0, MIT; SOURCE.md there).
Each row of a table is a term, each column a sex and an outcome. Here: variant -> years -> term -> the ten
numbers, the columns' names once. A term that is not expected, or one that is missing, stops the compiler.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "resources" / "knowledge" / "prevent" / "coefficients.json"
VARIANTS = ("base", "hba1c", "uacr", "sdi", "full")
YEARS = ("10", "30")
TERMS = {
    "Age, per 10 years": "age", "Age, 10 years": "age", "Age squared": "age_squared",
    "non-HDL-C per 1 mmol/L": "non_hdl", "HDL-C per 0.3 mmol/L": "hdl",
    "SBP <110 per 20 mmHg": "sbp_low", "SBP ≥110 per 20 mmHg": "sbp_high", "Diabetes": "diabetes",
    "Current smoking": "smoker", "BMI <30, per 5 kg/m2": "bmi_low", "BMI 30+, per 5 kg/m2": "bmi_high",
    "eGFR <60, per -15 ml": "egfr_low", "eGFR 60+, per -15 ml": "egfr_high",
    "Anti-hypertensive use": "treated", "Statin use": "statin",
    "Treated SBP ≥110 mm Hg per 20 mm Hg": "treated_sbp_high", "Treated non-HDL-C": "statin_non_hdl",
    "Age per 10yr * non-HDL-C per 1 mmol/L": "age_non_hdl", "Age per 10yr * HDL-C per 0.3 mmol/L": "age_hdl",
    "Age per 10yr * SBP ≥110 mm Hg per 20 mmHg": "age_sbp_high", "Age per 10yr * diabetes": "age_diabetes",
    "Age per 10yr * current smoking": "age_smoker", "Age per 10yr * BMI 30+ per 5 kg/m2": "age_bmi_high",
    "Age per 10yr * eGFR <60, per -15 ml": "age_egfr_low",
    "SDI decile categories 4-6 vs. 1-3": "sdi_middle", "SDI decile categories 7-10 vs. 1-3": "sdi_high",
    "Missing SDI": "sdi_missing", "ln-ACR, mg/g, per 1 ln unit": "ln_uacr",
    "Missing ACR/PCR/Dipstick": "uacr_missing", "HbA1c in DM, per 1%": "hba1c_diabetes",
    "HbA1c no DM, per 1%": "hba1c_no_diabetes", "Missing HbA1c": "hba1c_missing", "Constant": "constant",
}
EXTRA = {
    "base": set(), "hba1c": {"hba1c_diabetes", "hba1c_no_diabetes", "hba1c_missing"},
    "uacr": {"ln_uacr", "uacr_missing"}, "sdi": {"sdi_middle", "sdi_high", "sdi_missing"},
}
EXTRA["full"] = EXTRA["hba1c"] | EXTRA["uacr"] | EXTRA["sdi"]


def table(path: Path) -> tuple[list[str], dict[str, list[float]]]:
    """The columns, and the numbers by term."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0][1:], {TERMS[row[0]]: [float(cell) for cell in row[1:]] for row in rows[1:] if row}


def compiled(folder: Path) -> str:
    """The text of coefficients.json, a line per term."""
    lines, columns = [], None
    for variant in VARIANTS:
        for years in YEARS:
            found, terms = table(folder / f"prevent_coefs_{variant}_{years}yr.csv")
            expected = set(TERMS.values()) - EXTRA["full"] | EXTRA[variant]
            expected -= {"age_squared"} if years == "10" else set()
            if set(terms) != expected or columns not in (None, found):
                raise SystemExit(f"{variant}, {years} years: not the expected terms or columns")
            columns = found
            held = ",\n".join(f'    "{term}": {json.dumps(numbers)}' for term, numbers in terms.items())
            lines.append(f'  "{variant}_{years}": {{\n{held}\n  }}')
    return f'{{\n  "columns": {json.dumps(columns)},\n' + ",\n".join(lines) + "\n}\n"


def main() -> int:
    text = compiled(Path(sys.argv[1]))
    if "--check" in sys.argv:
        return 0 if TARGET.read_text("utf-8") == text else 1
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
