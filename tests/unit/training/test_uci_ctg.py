"""Cardiotocograms: the experts' other labels never reach a model; what serves subgroups is worked out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from medapp.paths import models_dir
from medapp.training.datasets import collect
from medapp.training.datasets.uci_ctg import LABELS, read
from medapp.training.design import read_design
from medapp.training.errors import ColumnMissing
from medapp.training.table import tabulate

HEAD = "FileName,Date,b,e,LB,NSP,CLASS,SUSP\n"


def test_other_labels_are_taken_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "ctg.csv"
    path.write_text(HEAD + "a.txt,1996-05-03,60,690,134,3,8,0\n", encoding="utf-8")
    frame, repairs = read(path, {})
    assert not set(LABELS) & set(frame.columns)
    assert {repair.column for repair in repairs} == {"CLASS", "SUSP"}
    assert (frame["Minutes"][0], frame["Year"][0]) == ("10.5", "1996")


def test_a_file_without_the_outcome_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ctg.csv"
    path.write_text("LB,AC\n120,3\n", encoding="utf-8")
    with pytest.raises(ColumnMissing):
        read(path, {})


def test_recordings_are_the_groups_and_every_row_is_scored(shared_file: Callable[[str], Path]) -> None:
    design = read_design(models_dir() / "fetal_state")
    table = tabulate(design, collect(design.data, shared_file(f"data/{design.data.file}")))
    assert (len(table.y), len(set(table.groups.tolist())), bool(table.complete.all())) == (1461, 251, True)
    assert not {"FileName", *LABELS, "NSP"} & {feature.column for feature in design.features}
