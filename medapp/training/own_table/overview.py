"""docs/own-table.md: what the program makes of tables that nobody prepared for it.

    MEDAPP_DATA=... python -m medapp.training.own_table.overview docs/own-table.md

Every number in the page comes from these runs. The traps are those that the tables'
own descriptions name; each is found by the report, or the page says that it is not.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from medapp.i18n import Words
from medapp.training.datasets import data_dir
from medapp.training.measured import show
from medapp.training.own_table.inspect import Inspected
from medapp.training.own_table.options import TableOptions
from medapp.training.own_table.run import Draft, train_table

DAY: Final = "2026-01-01"
_HEAD: Final = """# The clinic's own table, on tables that no bundled model uses

Written by `python -m medapp.training.own_table.overview`; no number is typed by hand. Each section is
one call of `medapp model train --csv FILE --target COLUMN` with nothing prepared. A trap is what the
table's own description warns of; beside it stands the code of the finding that tells it. Chosen is the
algorithm with the least log loss on held-out rows, or a simpler one whose mean loss is within one standard
error of it; brackets are 95 % intervals.
"""


@dataclass(frozen=True, slots=True)
class Trap:
    """What a description warns of, the finding that tells it, and what that must name or count."""

    told: str
    code: str
    columns: tuple[str, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One table, what is asked of it, and its traps."""

    file: str
    options: TableOptions
    traps: tuple[Trap, ...]


CASES: Final = (
    Case(
        "pima_diabetes/pima_raw.csv.gz",
        TableOptions("target", id="pima"),
        (
            Trap("zeros stand for missing: glucose 5", "zeros_as_missing", ("glucose",), {"count": 5}),
            Trap("blood pressure 35", "zeros_as_missing", ("blood_pressure",), {"count": 35}),
            Trap("skin thickness 227", "zeros_as_missing", ("skin_thickness",), {"count": 227}),
            Trap("insulin 374", "zeros_as_missing", ("insulin",), {"count": 374}),
            Trap("BMI 11", "zeros_as_missing", ("bmi",), {"count": 11}),
            Trap("insulin 49 % missing", "often_missing", ("insulin",)),
            Trap("women only: no claim for men", "sex_not_told"),
        ),
    ),
    Case(
        "early_diabetes_sylhet/early_diabetes.csv.gz",
        TableOptions("class", id="early_diabetes"),
        (
            Trap("269 of 520 rows are exact duplicates", "duplicated_rows", (), {"count": 269, "left": 251}),
            Trap("hospital questionnaire, spectrum bias", "sorted_by_outcome"),
        ),
    ),
    Case(
        "uci_chronic_kidney_disease/ckd.csv.gz",
        TableOptions("class", id="chronic_kidney_disease"),
        (
            Trap("trivially separable", "too_good"),
            Trap("what is missing alone predicts", "blanks_predict"),
            Trap("the defining tests are inputs", "strong_alone", ("sc", "al", "hemo")),
            Trap("potassium 39 and 47 are outliers", "values_far_apart", ("pot",)),
            Trap("cases and controls recorded apart", "sorted_by_outcome"),
        ),
    ),
    Case(
        "uci_ilpd/ilpd.csv.gz",
        TableOptions("selector", lead="1", id="indian_liver"),
        (
            Trap("13 duplicate rows", "duplicated_rows", (), {"count": 13}),
            Trap("women with the disease are under-detected", "uneven_groups"),
        ),
    ),
    Case(
        "uci_hcv/hcv.csv.gz",
        TableOptions("Category", id="hepatitis_c"),
        (
            Trap("healthy donors against patients: spectrum bias", "sorted_by_outcome"),
            Trap("only 75 patients", "few_events"),
            Trap("7 suspect donors are too few", "class_too_small", (), {"count": 7}),
        ),
    ),
    Case(
        "uci_dermatology/dermatology.csv.gz",
        TableOptions("Classification", id="dermatology"),
        (
            Trap("near-separable", "too_good"),
            Trap(
                "because half of the inputs are of the biopsy",
                "strong_alone",
                ("fibrosis_of_the_papillary_dermis",),
            ),
        ),
    ),
    Case(
        "uci_breast_cancer_coimbra/coimbra.csv.gz",
        TableOptions("target", id="coimbra"),
        (Trap("116 rows", "few_rows", (), {"count": 116}),),
    ),
    Case(
        "support2/support2.csv.gz",
        TableOptions("hospdead", id="hospital_death"),
        (
            Trap(
                "later facts: death, slos, charges, totcst, dnr, dnrday",
                "recorded_later",
                ("death", "d.time", "slos", "charges", "totcst", "dnr", "dnrday"),
            ),
            Trap(
                "output of other models: surv2m, surv6m, prg2m, prg6m, sps, aps",
                "another_estimate",
                ("surv2m", "surv6m", "prg2m", "prg6m", "sps", "aps"),
            ),
            Trap("and sfdm2, the state two months later", "strong_alone", ("sfdm2",)),
            Trap("bun 48 %, urine 53 %, adlp 62 % missing", "often_missing", ("bun", "urine", "adlp")),
        ),
    ),
    Case(
        "ckd_uae_progression/ckd_uae.csv.gz",
        TableOptions("EventCKD35", id="kidney_progression"),
        (
            Trap(
                "TimeToEventMonths and TIME_YEAR are no features",
                "recorded_later",
                ("TimeToEventMonths", "TIME_YEAR"),
            ),
            Trap("small number of events", "few_events_per_input", (), {"events": 56}),
        ),
    ),
    Case(
        "uci_parkinsons_telemonitoring/parkinsons_updrs.csv.gz",
        TableOptions("motor_UPDRS", drop=frozenset({"total_UPDRS"}), id="parkinsons_motor"),
        (
            Trap("rows of one person must stay together", "grouped_rows", ("subject#",)),
            Trap("then no model beats the mean", "nothing_learned"),
        ),
    ),
)


def found(case: Case, findings: Sequence[Any]) -> list[bool]:
    """For each trap whether a finding of its code names its columns and numbers."""
    return [any(_tells(finding, trap) for finding in findings) for trap in case.traps]


def _tells(finding: Any, trap: Trap) -> bool:
    is_same = finding.code == trap.code and set(trap.columns) <= set(finding.columns)
    return is_same and all(finding.fields.get(name) == value for name, value in trap.numbers.items())


def main(arguments: list[str]) -> int:
    """Write the page named, or print it; 1 when a trap was not found."""
    folder = data_dir()
    if folder is None:
        sys.stderr.write("MEDAPP_DATA names no folder\n")
        return 1
    parts, is_whole = [_HEAD], True
    for case in CASES:
        with tempfile.TemporaryDirectory() as aside:
            draft = train_table(
                folder / "tabular" / case.file, case.options, Path(aside), DAY, progress=_tell
            )
        parts.append(section(case, draft))
        is_whole = is_whole and all(found(case, draft.findings))
    text = "\n".join(parts)
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0 if is_whole else 1


def section(case: Case, draft: Draft) -> str:
    """One table's part of the page."""
    words, table = Words("en"), draft.table
    lines = [f"## {case.file}\n", _asked(case, table), "### Traps that its description names\n"]
    lines += [
        f"- {trap.told}: {'found' if is_found else '**not found**'} (`{trap.code}`)"
        for trap, is_found in zip(case.traps, found(case, draft.findings), strict=True)
    ]
    lines += ["\n### What the report says\n"]
    lines += [f"- {finding.action.replace('_', ' ')}: {finding.text(words)}" for finding in draft.findings]
    lines += ["\n### Algorithms compared\n", _compared(draft), _result(draft)]
    return "\n".join(lines) + "\n"


def _asked(case: Case, table: Inspected) -> str:
    shown = " / ".join(f"{c.written} {c.rows}" for c in table.outcome.classes)
    what = f"({shown}), lead class {table.outcome.classes[0].written}" if shown else "(a number)"
    return (
        f"{table.raw.total} rows, {len(table.rows)} used, {len(table.inputs)} inputs; predicts "
        f"`{case.options.target}` {what}.\n"
    )


def _compared(draft: Draft) -> str:
    names = {0: ("mae", "rmse", "r2"), 2: ("auroc", "brier", "log_loss")}.get(
        len(draft.table.outcome.classes), ("accuracy", "macro_f1", "log_loss")
    )
    lines = [
        "| | " + " | ".join(["algorithm", "loss ± standard error", *names]) + " |",
        "|" + " --- |" * (len(names) + 3),
    ]
    for one in draft.compared:
        shown = [show(one.figures[name].as_document()) for name in names]
        mark = "chosen" if one.name == draft.chosen else ""
        lines.append(f"| {mark} | {one.name} | {one.loss:.3f} ± {one.error:.3f} | {' | '.join(shown)} |")
    return "\n".join(lines) + "\n"


def _result(draft: Draft) -> str:
    conforms = "it conforms" if not draft.breaches else f"{len(draft.breaches)} breaches of conformance"
    figures = ", ".join(
        f"{name} {show(figure)}"
        for name, figure in draft.metrics.items()
        if name
        in (
            "auroc",
            "calibration_slope",
            "mae",
            "r2",
            "coverage",
            "recall",
            "specificity",
            "accuracy",
            "macro_f1",
        )
    )
    return f"The draft {draft.id} ({draft.chosen}; {conforms}), on held-out rows: {figures}."


def _tell(step: str, share: float) -> None:
    sys.stderr.write(f"\r{step:<24}{share:5.0%}")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
