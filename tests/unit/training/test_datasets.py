"""Data sets in the layouts they come in: one reader, the same table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from medapp.paths import models_dir
from medapp.training.datasets import collect, locate, uci_heart_disease, wdbc
from medapp.training.design import DataSource, read_design
from medapp.training.errors import ColumnMissing, DataSetChanged, DataSetMissing
from medapp.training.table import tabulate

HEADER = "age,sex,cp,trestbps,chol,fbs,restecg,thalach,exang,oldpeak,slope,ca,thal,num\n"
LINES = (
    "63.0,1.0,1.0,145.0,233.0,1.0,2.0,150.0,0.0,2.3,3.0,0.0,6.0,0\n",
    "49,0,2,0,0,0,?,,1,-0.5,?,?,?,3\n",
    "49,0,2,0,0,0,?,,1,-0.5,?,?,?,3\n",
)


def table_of(path: Path, model: str) -> np.ndarray:
    design = read_design(models_dir() / model)
    return tabulate(design, collect(design.data, path)).x


@pytest.fixture(scope="module")
def nuclei() -> Path:
    """scikit-learn's own file."""
    return locate(read_design(models_dir() / "breast_mass").data)


def test_every_layout_of_the_aspirates_gives_the_same_table(nuclei: Path, tmp_path: Path) -> None:
    frame, _ = wdbc.read(nuclei, {})
    trained = table_of(nuclei, "breast_mass")
    before = {"mean": "mean {}", "se": "{} error", "worst": "worst {}"}
    layouts: dict[str, tuple[Callable[[str, str], str], str]] = {
        "sklearn.csv": (lambda m, k: before[k].format(m.replace("_", " ")), "target"),
        "kaggle.csv": (lambda m, k: f"{m.replace('_', ' ')}_{k}", "diagnosis"),
        "repo.csv": (lambda m, k: f"{m}{wdbc.KINDS.index(k) + 1}", "Diagnosis"),
    }
    written = {"target": ("0", "1"), "diagnosis": ("M", "B"), "Diagnosis": ("malignant", "Benign")}
    for file, (name, class_name) in layouts.items():
        other = frame.rename(columns={f"{m}_{k}": name(m, k) for m in wdbc.MEASURES for k in wdbc.KINDS})
        malignant, benign = written[class_name]
        other[class_name] = other.pop("diagnosis").map({"malignant": malignant, "benign": benign})
        other.to_csv(tmp_path / file)
        assert (table_of(tmp_path / file, "breast_mass") == trained).all(), file
    plain = frame.assign(diagnosis=frame["diagnosis"].str[0].str.upper())
    plain.insert(0, "id", range(len(plain)))
    plain[["id", "diagnosis", *wdbc.COLUMNS]].to_csv(tmp_path / "wdbc.data", index=False, header=False)
    assert (table_of(tmp_path / "wdbc.data", "breast_mass") == trained).all()
    with pytest.raises(ColumnMissing, match="radius_mean"):
        wdbc.read(_written(tmp_path / "short.csv", "target,mean texture\n0,1\n"), {})


def test_a_heart_file_with_or_without_header_reads_alike(tmp_path: Path) -> None:
    bare = _written(tmp_path / "processed.data", "".join(LINES))
    headed = _written(tmp_path / "processed.csv", HEADER + "".join(LINES))
    first, second = (uci_heart_disease.read(path, {})[0] for path in (bare, headed))
    assert first.equals(second)
    assert first.loc[0, "age"] == "63" and first.loc[1, "restecg"] == "" and first.loc[1, "oldpeak"] == "-0.5"
    assert set(first["centre"]) == {"processed"} and set(first["referred"]) == {"1"}


def test_a_pressure_or_cholesterol_of_nought_was_not_measured(tmp_path: Path) -> None:
    frame, repairs = uci_heart_disease.read(_written(tmp_path / "a.csv", HEADER + "".join(LINES)), {})
    assert list(frame["chol"]) == ["233", "", ""] and list(frame["trestbps"]) == ["145", "", ""]
    assert {(repair.column, repair.rows) for repair in repairs} == {("chol", 2), ("trestbps", 2)}


def test_repeated_rows_are_left_out_of_training_and_scored_when_asked_about(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.csv", HEADER + "".join(LINES))
    source = DataSource("uci_heart_disease", tmp_path.name, "", "", "", "", "", parts=("a.csv",))
    joined = collect(source, tmp_path)
    assert len(joined.frame) == 2 and ("*", 1) in {(r.column, r.rows) for r in joined.repairs}
    assert len(collect(source, path).frame) == 3


def test_parts_and_packages_are_found_or_named_as_missing(tmp_path: Path) -> None:
    _written(tmp_path / "set" / "a.csv", HEADER)
    source = DataSource("uci_heart_disease", "set", "0", "the archive", "", "", "", parts=("a.csv",))
    with pytest.raises(DataSetChanged):
        locate(source, tmp_path)
    absent = DataSource("uci_heart_disease", "set", "0", "", "", "", "", parts=("a.csv", "b.csv"))
    with pytest.raises(DataSetMissing):
        locate(absent, tmp_path)
    with pytest.raises(DataSetMissing):
        locate(DataSource("wdbc", "x.csv", "0", "", "", "", "", package="no_such_package.data"))


def test_the_three_centres_are_one_data_set(shared_file: Callable[[str], Path]) -> None:
    folder = shared_file("data/tabular/uci_heart_disease/SOURCE.md").parents[2]
    design = read_design(models_dir() / "coronary_disease")
    table = tabulate(design, collect(design.data, locate(design.data, folder)))
    assert len(table.y) == 719 and len(np.unique(table.groups)) == 3 and table.complete.all()
    assert sorted(set(table.subgroups["centre"])) == ["cleveland", "hungarian", "switzerland"]
    cholesterol = table.x[:, design.names.index("cholesterol_total")]
    assert np.isnan(cholesterol).sum() == 123 + 22 and np.nanmin(cholesterol) >= 3


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
