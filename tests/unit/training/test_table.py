"""Check, clean and transform: what is done to a file, and what is told about it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medapp.paths import models_dir
from medapp.training import datasets
from medapp.training.datasets import collect, locate, nhanes
from medapp.training.design import Design, parse_design, read_design
from medapp.training.errors import (
    CohortEmpty,
    ColumnMissing,
    DataFileUnreadable,
    DataSetChanged,
    DataSetMissing,
    DesignInvalid,
    EstimatorUnknown,
)
from medapp.training.estimators import estimator
from medapp.training.table import tabulate
from tests.unit.training.survey import write_survey


@pytest.fixture(scope="module")
def design() -> Design:
    return read_design(models_dir() / "diabetes_screening")


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_survey(tmp_path_factory.mktemp("survey") / "next.csv")


def test_every_row_of_the_cohort_is_counted(design: Design, survey: Path) -> None:
    table = tabulate(design, collect(design.data, survey))
    assert table.total == 900
    assert len(table.y) + sum(table.excluded.values()) == 900
    assert set(table.excluded) == {"under_20", "diabetes_not_answered"}
    assert 0 < (~table.complete).sum() < 100  # rows without BMI


def test_nothing_is_put_right_in_silence(design: Design, survey: Path) -> None:
    table = tabulate(design, collect(design.data, survey))
    told = {repair.column: repair for repair in table.repairs}
    assert told["BPDiaAve"].what == "below 30: raised to it"
    diastolic = table.x[:, design.names.index("diastolic_bp")]
    assert np.nanmin(diastolic) == 30
    assert "SmokeNow" in told and told["SmokeNow"].rows == 450


def test_age_is_in_completed_years_and_80_at_most(design: Design, survey: Path) -> None:
    x = tabulate(design, collect(design.data, survey)).x
    assert x[:, 0].min() == 20 and x[:, 0].max() == 80


def test_the_answer_none_is_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "mood.csv"
    path.write_text(
        "HealthGen,Sex,Smoke100,Alcohol12PlusYr,Depressed\n"
        "Good,male,No,No,None\nGood,male,No,No,\n,male,No,No,\nFair,male,No,No,Most\n",
        encoding="utf-8",
    )
    frame, repairs = nhanes.read(path, {})
    assert list(frame["Depressed"]) == ["None", "None", "", "Most"]
    assert next(r for r in repairs if r.column == "Depressed").rows == 1


def test_an_optional_column_may_be_absent_and_a_required_one_may_not(
    design: Design, survey: Path, tmp_path: Path
) -> None:
    frame = nhanes.read(survey, {})[0]
    frame.drop(columns=["Pulse"]).to_csv(tmp_path / "a.csv", index=False)
    table = tabulate(design, collect(design.data, tmp_path / "a.csv"))
    assert np.isnan(table.x[:, design.names.index("heart_rate")]).all()
    frame.drop(columns=["BMI"]).to_csv(tmp_path / "b.csv", index=False)
    with pytest.raises(ColumnMissing):
        tabulate(design, collect(design.data, tmp_path / "b.csv"))


def test_one_class_only_is_refused(design: Design, survey: Path, tmp_path: Path) -> None:
    frame = nhanes.read(survey, {})[0]
    frame["Diabetes"] = "No"
    frame.to_csv(tmp_path / "one.csv", index=False)
    with pytest.raises(CohortEmpty):
        tabulate(design, collect(design.data, tmp_path / "one.csv"))


def test_a_file_that_is_no_table_gets_a_sentence(design: Design, tmp_path: Path) -> None:
    torn = tmp_path / "torn.csv.gz"
    torn.write_bytes(b"\x1f\x8b\x08\x00 not a gzip file")
    with pytest.raises(DataFileUnreadable):
        collect(design.data, torn)
    with pytest.raises(DataFileUnreadable):
        collect(design.data, tmp_path / "absent.csv")


def test_an_absent_data_set_names_its_origin_and_hash(
    design: Design, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MEDAPP_DATA", raising=False)
    for folder in (tmp_path, None):
        with pytest.raises(DataSetMissing) as found:
            locate(design.data, folder)
        assert found.value.fields["origin"] == design.data.origin
        assert found.value.fields["sha256"] == design.data.sha256


def test_another_file_under_the_name_is_refused(design: Design, tmp_path: Path) -> None:
    path = tmp_path / design.data.file
    path.parent.mkdir(parents=True)
    path.write_bytes(b"other")
    with pytest.raises(DataSetChanged):
        locate(design.data, tmp_path)


def test_unknown_readers_and_algorithms_name_the_known_ones() -> None:
    with pytest.raises(EstimatorUnknown) as found:
        datasets.reader("nowhere")
    assert "nhanes" in str(found.value.fields["known"])
    with pytest.raises(EstimatorUnknown):
        estimator("crystal_ball")


def test_a_wrong_recipe_names_the_key() -> None:
    with pytest.raises(DesignInvalid) as found:
        parse_design({"id": "x"}, "x")
    assert found.value.fields["key"] in {"outcome", "version"}


def test_race_and_the_age_at_diagnosis_are_no_inputs(design: Design) -> None:
    columns = {feature.column for feature in design.features}
    assert not columns & {"Race1", "Race3", "DiabetesAge", "TotChol", "DirectChol", "Testosterone"}
    assert {f.name for f in design.features if f.required} == {
        "age", "sex", "bmi", "systolic_bp", "diastolic_bp",
    }
