"""An invented survey in the format of the NHANES extract, and a recipe for it."""

from __future__ import annotations

import csv
import hashlib
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from medapp.paths import models_dir

COLUMNS = (
    "ID", "Sex", "Age", "Race1", "BMI", "BPSysAve", "BPDiaAve", "Pulse", "Diabetes", "DiabetesAge",
    "HealthGen", "DaysPhysHlthBad", "DaysMentHlthBad", "LittleInterest", "Depressed", "nPregnancies",
    "nBabies", "SleepHrsNight", "SleepTrouble", "PhysActive", "Alcohol12PlusYr", "AlcoholYear",
    "AlcoholDay", "SmokeNow", "Smoke100", "Education", "SDMVPSU", "SDMVSTRA",
)


def write_survey(path: Path, rows: int = 900, seed: int = 3) -> Path:
    """A CSV of invented people whose chance of diabetes rises with age and BMI."""
    random = np.random.default_rng(seed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, COLUMNS, restval="")
        out.writeheader()
        for number in range(rows):
            out.writerow(_person(number, random))
    return path


def _person(number: int, random: np.random.Generator) -> dict[str, Any]:
    age = int(random.integers(10, 81))
    bmi = round(float(random.normal(28, 6)), 2)
    chance = 1 / (1 + np.exp(-(0.06 * (age - 55) + 0.1 * (bmi - 28) - 1)))
    woman = random.random() < 0.5
    person: dict[str, Any] = {
        "ID": number, "Sex": "female" if woman else "male", "Age": age,
        "Race1": str(random.choice(["White", "Black", "Mexican", "Hispanic", "Other"])),
        "BMI": "" if number % 17 == 0 else bmi,
        "BPSysAve": int(random.normal(122, 15)), "BPDiaAve": 0 if number % 50 == 1 else 70,
        "Pulse": int(random.normal(72, 9)), "SDMVPSU": number % 2 + 1, "SDMVSTRA": 75 + number % 12,
        "Diabetes": "" if number % 101 == 0 else ("Yes" if random.random() < chance else "No"),
        "HealthGen": str(random.choice(["Good", "Fair", "Vgood", ""])),
        "Smoke100": "No" if number % 2 else "Yes", "Alcohol12PlusYr": "Yes", "AlcoholYear": 12,
        "AlcoholDay": 2, "Education": "High School", "SleepTrouble": "No", "PhysActive": "Yes",
        "SleepHrsNight": int(random.integers(5, 10)),
    }
    if woman and number % 3:
        person |= {"nPregnancies": 2, "nBabies": 2}
    return person


def make_folder(models: Path, data: Path, changes: dict[str, str]) -> Path:
    """A copy of the first model's recipe whose data set is the invented survey below `data`.

    `changes` are replacements in the text of the recipe.
    """
    source = models_dir() / "diabetes_screening"
    folder = models / "diabetes_screening"
    folder.mkdir(parents=True)
    shutil.copy(source / "texts.toml", folder)
    survey = data / "tabular" / "nhanes" / "survey.csv"
    survey.parent.mkdir(parents=True)
    write_survey(survey)
    text = (source / "design.toml").read_text(encoding="utf-8")
    digest = hashlib.sha256(survey.read_bytes()).hexdigest()
    lines = []
    for line in text.splitlines():
        if line.startswith("sha256"):
            line = f'sha256 = "{digest}"'
        if line.startswith("file"):
            line = 'file = "tabular/nhanes/survey.csv"'
        for old, new in changes.items():
            if line.startswith(old):
                line = new
        lines.append(line)
    (folder / "design.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


SMALL = {
    "folds": "folds = 3", "inner": "inner = 2", "repeats": "repeats = 1", "outer_bags": "outer_bags = 2",
    "max_rounds": "max_rounds = 40",
}
"""A recipe small enough for a test."""
