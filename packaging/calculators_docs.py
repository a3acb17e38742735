"""Write docs/calculators.md: every score, how it agrees with the medcalc-dev cases, and what is left out.

    python packaging/calculators_docs.py [--check]

The cases are read from the archive (see calculators_cases.py); nothing of the notes reaches the page.
`--check` writes nothing and fails where the page is another.
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from calculators_cases import Answered, archive, ask, read_cases  # noqa: E402

from medapp.calculators import calculators  # noqa: E402
from medapp.calculators.calculator import Calculator  # noqa: E402
from medapp.calculators.declare import SPECIALTIES, T  # noqa: E402

PAGE = HERE.parent / "docs" / "calculators.md"
LEFT_OUT = HERE.parent / "medapp" / "calculators" / "left_out.toml"
SET_ASIDE = HERE / "calculators_set_aside.toml"
MOST_SET_ASIDE = 0.05

_ASKED = """
cockcroft_gault ckd_epi_2021 ckd_epi_2021_cystatin mdrd schwartz_2009 fena feurea free_water_deficit
maintenance_fluids anion_gap delta_gap delta_ratio albumin_corrected_anion_gap albumin_corrected_delta_gap
albumin_corrected_delta_ratio serum_osmolality sodium_for_glucose calcium_for_albumin winters aa_gradient
pf_ratio bmi bsa ideal_body_weight adjusted_body_weight target_weight mean_arterial_pressure qtc ldl
framingham_hard_chd pooled_cohort_ascvd prevent_2023 score2 score2_op score2_diabetes chads2_vasc has_bled
heart_score timi_nstemi grace_2003 rcri wells_pe wells_dvt perc caprini_2005 revised_geneva fib4 apri meld
meld_na meld_3 child_pugh albi glasgow_blatchford apache_ii sofa qsofa sirs news2 pews gcs curb65 psi_port
centor_mcisaac feverpain homa_ir steroid_equivalents opioid_mme due_date gestational_age conception_date
bishop apgar charlson kdigo_aki kdigo_ckd_stage nihss abcd2 phq9 gad7 audit_c amts who_growth gina_control
gold_copd kfre crb65 cha2ds2_va ckd_epi_2009 findrisc marburg_heart who_cvd_2019 china_par ottawa_ankle
canadian_ct_head nexus pecarn
"""
ASKED = frozenset(_ASKED.split())
"""The ids that were asked for; each is built or left out."""

OFFERS = {
    "always": "by itself for everybody it can be worked for", "on_problem": "by itself for its problems",
    "on_request": "on request only",
}
TOLD = (
    "medcalc-dev: clinical cases of MedCalc-Bench (Khandekar et al. 2024, arXiv:2406.12036, CC BY-SA 4.0),",
    "the slice without notes of the test set, and its worked examples. Formulas within 5 % of the label,",
    "scores by points and dates exactly. The benchmark counts an absent item of a rule score as a no; the",
    "script, and only it, passes it so. The benchmark chooses the weight in Cockcroft-Gault by body mass",
    "index, takes any race but Black as other, and puts conception two weeks after the last period whatever",
    "the cycle; so does the script.",
)
Left = Mapping[str, Mapping[str, str]]


def left_out() -> dict[str, Left]:
    """What is not built: id -> title and reason in both languages."""
    return {row["id"]: row for row in tomllib.loads(LEFT_OUT.read_text("utf-8")).get("left_out", [])}


def set_aside() -> dict[tuple[str, str], str]:
    """(file, row) -> the arithmetic for which the case is not counted."""
    rows = tomllib.loads(SET_ASIDE.read_text("utf-8"))["case"]
    return {tuple(key.split()): row["why"] for row in rows for key in row["keys"]}


def agreement() -> list[Answered]:
    """Our answer to every case of the archive; none where the archive is not here."""
    path = archive()
    return [] if path is None else [ask(case) for case in read_cases(path)]


def page(answers: Sequence[Answered]) -> str:
    """The text of docs/calculators.md."""
    scores, left = calculators(), left_out()
    lines = [
        "# Bedside scores", "",
        "Written by `python packaging/calculators_docs.py`. To change it, change the modules in "
        "`medapp/calculators/` and run it again.", "",
        f"{len(scores)} scores are offered ({', '.join(f'`{one}`' for one in scores)}).", "",
        f"{len(left)} that were asked for are left out; the reasons stand at the end.", "",
        *_agreement(answers), *_left_out(left), "", "## Each score", "",
    ]
    for one in scores.values():
        lines += _score(one)
    return "\n".join(lines).rstrip() + "\n"


def _agreement(answers: Sequence[Answered]) -> list[str]:
    aside, by_id = set_aside(), defaultdict(list)
    for one in answers:
        by_id[one.case.id].append(one)
    counted = [one for one in answers if one.case.key not in aside]
    agree = sum(one.agrees for one in counted)
    lines = [
        "## Agreement with published cases", "",
        *TOLD, "",
        f"Of {len(answers)} cases {len(answers) - len(counted)} are set aside, each with its arithmetic "
        f"below; of the other {len(counted)} agree {agree} ({_percent(agree, len(counted))}).", "",
        "| score | cases | agree | set aside | disagree |", "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name in sorted(by_id, key=str):
        taken = [one for one in by_id[name] if one.case.key not in aside]
        good = sum(one.agrees for one in taken)
        total = len(by_id[name])
        lines.append(f"| `{name}` | {total} | {good} | {total - len(taken)} | {len(taken) - good} |")
    lines += ["", "### Set aside", ""]
    grouped: dict[str, list[Answered]] = defaultdict(list)
    for one in answers:
        if one.case.key in aside:
            grouped[aside[one.case.key]].append(one)
    for why, cases in grouped.items():
        lines.append(f"- {', '.join(_row(one) for one in cases)}: {why}")
    wrong = [one for one in counted if not one.agrees]
    lines += ["", "### Disagree", ""]
    lines += [f"- {_row(one)}" for one in wrong] or ["None."]
    return [*lines, ""]


def _percent(part: int, whole: int) -> str:
    return f"{100.0 * part / whole:.1f} %" if whole else "–"


def _row(one: Answered) -> str:
    case = one.case
    return f"`{case.id}` {case.file} {case.row} (label {case.label}, ours {_shown(one)})"


def _shown(one: Answered) -> str:
    if one.value is None:
        return "none"
    return f"{one.value:g}" if isinstance(one.value, float) else one.value


def _left_out(left: Mapping[str, Left]) -> list[str]:
    lines = ["## Left out", "", "| id | what | why |", "| --- | --- | --- |"]
    for name, row in sorted(left.items()):
        title, reason = row["title"], row["reason"]
        lines.append(
            f"| `{name}` | {title['en']} / {title['zh_CN']} | {reason['en']} / {reason['zh_CN']} |"
        )
    return lines


def _score(one: Calculator) -> list[str]:
    about = one.about
    areas = ", ".join(SPECIALTIES[area].en for area in about.specialties)
    lines = [
        f"### `{one.id}`", "",
        f"**{about.title.en} / {about.title.zh_CN}** (version {about.version}; {areas}). "
        f"{about.summary.en}", "",
        f"- Population: {about.population.en}",
        f"- Comes {OFFERS[about.offer]}",
        f"- Answers: {', '.join(_output(o.title, o.unit) for o in one.outputs)}",
        f"- Inputs: {'; '.join(_inputs(one))}",
        f"- Reference: {about.reference}",
    ]
    lines += [f"- Not for: {text.en}" for text in about.out_of_scope]
    lines += [f"- Caution: {text.en}" for text in about.cautions]
    sources = list(dict.fromkeys(example.source for example in one.examples))
    return [*lines, *(f"- Confirmed by: {source}" for source in sources), ""]


def _output(title: T, unit: str | None) -> str:
    return f"{title.en} [{unit}]" if unit else title.en


def _inputs(one: Calculator) -> list[str]:
    told, specs = [], one.encoder.specs
    for feature in one.inputs:
        spec = specs[feature.name]
        kind = spec.unit or {"boolean": "yes/no", "date": "date", "choice": "choice"}.get(spec.kind, "number")
        if spec.kind == "choice":
            taken = feature.choices or tuple(choice.id for choice in spec.choices)
            kind = " | ".join(taken)
        need = "required" if feature.required else f"default {feature.default}" if feature.default else ""
        told.append(f"`{feature.name}` ({', '.join(part for part in (kind, need) if part)})")
    return told


def main(arguments: Sequence[str]) -> int:
    answers = agreement()
    if not answers:
        sys.exit("medcalc-dev.tar.gz is not here: set MEDAPP_KNOWLEDGE to its folder")
    text = page(answers)
    if "--check" in arguments:
        return 0 if PAGE.is_file() and PAGE.read_text("utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
