"""The clinic's own table through the real command, and real tables with the traps they are known for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from medapp.training.own_table.inspect import inspect
from medapp.training.own_table.overview import CASES, Case, found
from medapp.training.own_table.run import train_table
from tests.features.command import medapp
from tests.unit.training.own_table.tables import illness, lines_of, write

PASSWORD = "long enough"
AFTERWARDS = ("too_good", "uneven_groups", "nothing_learned")
"""Findings that only the figures of a training show."""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "clinic"
    assert medapp("init", folder, "--user", "anna", cwd=folder.parent, password=PASSWORD).status == 0
    return folder


def train(clinic: Path, *more: object, lines: list[str] | None = None) -> object:
    path = write(clinic.parent / "t.csv", lines or lines_of(illness()))
    return medapp(
        "model",
        "train",
        "--csv",
        path,
        "--target",
        "ill",
        "--algorithm",
        "decision_tree",
        *more,
        "--store",
        clinic,
        "--json",
        cwd=clinic.parent,
        password=PASSWORD,
    )


def test_a_table_becomes_a_draft_that_is_listed_asked_by_name_and_approved(clinic: Path) -> None:
    made = train(clinic, "--id", "ours", "--unit", "age=a")
    assert made.status == 0, made.err  # type: ignore[attr-defined]
    document = made.document  # type: ignore[attr-defined]
    assert (document["id"], document["state"], document["conforms"]) == ("ours", "draft", True)
    assert all(set(one["text"]) == {"en", "zh_CN"} for one in document["findings"])

    def state() -> str:
        listed = medapp("model", "list", "--store", clinic, "--json", cwd=clinic.parent, password=None)
        return str(next(one["state"] for one in listed.document["models"] if one["id"] == "ours"))

    def asked() -> dict[str, object]:
        inputs = clinic.parent / "in.json"
        inputs.write_text(
            json.dumps({"age": 60, "sex": "male", "own_marker": 6.1, "own_smoking": "never"}), "utf-8"
        )
        answer = medapp(
            "assess",
            "--assessor",
            "ours",
            "--inputs",
            inputs,
            "--store",
            clinic,
            "--json",
            cwd=clinic.parent,
            password=PASSWORD,
        )
        assert answer.status == 0, answer.out
        return dict(answer.document)

    assert state() == "draft"
    assert asked()["warnings"][0]["code"] == "draft"  # type: ignore[index]
    refused = medapp(
        "model", "approve", "ours", "--store", clinic, "--json", cwd=clinic.parent, password=PASSWORD
    )
    assert (refused.status, refused.error) == (1, "approval_reason_needed")
    approved = medapp(
        "model",
        "approve",
        "ours",
        "--reason",
        "tried",
        "--store",
        clinic,
        "--json",
        cwd=clinic.parent,
        password=PASSWORD,
    )
    assert approved.document == {"id": "ours", "state": "local"}
    assert state() == "local"
    assert "draft" not in [one["code"] for one in asked()["warnings"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["ill,a", *("yes,1" for _ in range(60))], "target_one_class"),
        (["ill,a", *(f",{i}" for i in range(60))], "target_empty"),
        (["ill,a", *(f"{'yn'[i % 2]}," for i in range(60))], "nothing_to_learn_from"),
        (["ill,a", *(f"{'yn'[i % 2]},7" for i in range(60))], "nothing_to_learn_from"),
        (["yes,5", *(f"{('yes', 'no')[i % 2]},{i}" for i in range(60))], "header_missing"),
        (["x,a", *(f"{'yn'[i % 2]},{i}" for i in range(60))], "target_missing"),
        (["only", *("1" for _ in range(60))], "one_column"),
    ],
)
def test_a_broken_table_gets_a_sentence_and_no_traceback(clinic: Path, lines: list[str], code: str) -> None:
    answer = train(clinic, lines=lines)
    assert (answer.status, answer.error) == (1, code)  # type: ignore[attr-defined]
    assert "Traceback" not in answer.err  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.options.id))
def test_the_traps_that_a_description_names_are_found(case: Case, shared_file: Callable[[str], Path]) -> None:
    table = inspect(shared_file(f"data/tabular/{case.file}"), case.options)
    before = replace(case, traps=tuple(trap for trap in case.traps if trap.code not in AFTERWARDS))
    assert all(found(before, table.findings)), [
        trap.told
        for trap, is_found in zip(before.traps, found(before, table.findings), strict=True)
        if not is_found
    ]


@pytest.mark.parametrize("name", ["chronic_kidney_disease", "indian_liver"])
def test_what_only_the_figures_show_is_found_too(
    name: str, shared_file: Callable[[str], Path], tmp_path: Path
) -> None:
    case = next(case for case in CASES if case.options.id == name)
    options = replace(case.options, algorithms=("logistic_regression",))
    draft = train_table(shared_file(f"data/tabular/{case.file}"), options, tmp_path, "2026-01-01")
    assert all(found(case, draft.findings))
    assert draft.breaches == ()
