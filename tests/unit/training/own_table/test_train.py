"""A draft is an ordinary model folder, its figures honest and its origin told."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from medapp.assess.card import read_card
from medapp.inference.registry import open_folder
from medapp.training.datasets.own_table import read as read_again
from medapp.training.design import read_design
from medapp.training.own_table import algorithms, errors
from medapp.training.own_table.compare import Compared, choose, of_folds
from medapp.training.own_table.options import TableOptions
from medapp.training.own_table.run import REPORT_FILE, Draft, train_table
from medapp.training.run import evaluate_model
from tests.unit.training.own_table.tables import illness, lines_of, write

FAST = ("logistic_regression", "decision_tree")


def trained(path: Path, columns: dict[str, list[str]], target: str = "ill", **options: object) -> Draft:
    chosen = TableOptions(target, **({"algorithms": FAST} | options))  # type: ignore[arg-type]
    aside = path.parent / "drafts"
    aside.mkdir()
    return train_table(write(path, lines_of(columns)), chosen, aside, "2026-03-01")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The draft of a plain table, its numbers written with decimal commas."""
    columns = illness(200)
    columns["marker"] = [v.replace(".", ",") for v in columns["marker"]]
    columns = {name: [f'"{v}"' for v in some] for name, some in columns.items()}
    return trained(tmp_path_factory.mktemp("plain") / "our table.csv", columns)


def test_a_draft_conforms_and_says_what_it_is(plain: Draft) -> None:
    draft = plain
    assert draft.id == "own_our_table"
    assert draft.breaches == ()
    card = read_card(draft.folder)
    assert card.setting == "research" and card.reviewed_by == ""
    assert "not reviewed" in card.cautions[0].en and "未经审核" in card.cautions[0].zh_CN
    assert [feature.name for feature in card.features] == ["own_age", "sex", "own_marker", "own_smoking"]
    assert [feature.required for feature in card.features] == [True, True, False, True]
    report = json.loads((draft.folder / REPORT_FILE).read_text("utf-8"))
    assert report["state"] == "draft" and report["conforms"]
    assert {one["algorithm"] for one in report["comparison"]} == set(FAST)
    assert sum(one["chosen"] for one in report["comparison"]) == 1


def test_every_figure_of_the_comparison_has_an_interval(plain: Draft) -> None:
    for one in plain.as_document()["comparison"]:
        assert {"auroc", "brier", "log_loss"} <= set(one["metrics"])
        for figure in one["metrics"].values():
            assert figure["low"] <= figure["value"] <= figure["high"]


def test_a_table_that_holds_nothing_is_not_flattered(tmp_path: Path) -> None:
    columns = illness(200)
    order = np.random.default_rng(4).permutation(200)
    columns["ill"] = [columns["ill"][i] for i in order]
    draft = trained(tmp_path / "t.csv", columns, algorithms=("logistic_regression",))
    assert draft.metrics["auroc"]["low"] <= 0.5
    assert "nothing_learned" in [finding.code for finding in draft.findings]
    assert any("not surely better than a guess" in text.en for text in read_card(draft.folder).cautions)
    assert draft.breaches == ()


def test_more_than_two_classes_are_trained_too(tmp_path: Path) -> None:
    columns = illness(240)
    columns["ill"] = [("mild", "hard", "none")[i % 3] for i in range(240)]
    noise = np.random.default_rng(1).normal(1.0, 0.8, 240)
    columns["marker"] = [f"{(i % 3) * 2 + v:.2f}" for i, v in enumerate(noise)]
    draft = trained(tmp_path / "t.csv", columns, algorithms=("decision_tree",))
    assert draft.breaches == ()
    assert read_card(draft.folder).output.classes[0].id == draft.table.outcome.classes[0].id


def test_a_number_is_estimated_with_an_interval_that_was_measured(tmp_path: Path) -> None:
    columns = illness(200)
    random = np.random.default_rng(3)
    columns["pressure {mmHg}"] = [
        f"{100 + 0.5 * float(age) + random.normal(0, 8):.1f}" for age in columns["age"]
    ]
    del columns["ill"]
    draft = trained(tmp_path / "t.csv", columns, "pressure {mmHg}", algorithms=("linear_regression",))
    assert draft.breaches == ()
    card = read_card(draft.folder)
    assert card.task == "regression" and card.output.type == "quantity"
    assert card.interval.measured_coverage is not None and 0.65 < card.interval.measured_coverage < 0.95
    assert 0.3 < draft.metrics["r2"]["value"] < 0.8
    assert set(draft.metrics) == {"mae", "rmse", "r2", "coverage"}


@pytest.mark.parametrize("name", algorithms.QUANTITIES)
def test_every_algorithm_for_numbers_conforms(tmp_path: Path, name: str) -> None:
    columns = illness(120)
    columns["level"] = [f"{float(age) / 10 + i % 7:.2f}" for i, age in enumerate(columns["age"])]
    del columns["ill"]
    assert trained(tmp_path / "t.csv", columns, "level", algorithms=(name,)).breaches == ()


def test_a_row_of_one_person_is_never_learned_from_and_tested_on(tmp_path: Path) -> None:
    """Each person has one row and a hidden number; copies of it would be recognised."""
    random = np.random.default_rng(8)
    people = random.normal(size=(60, 3)).repeat(4, axis=0)
    ill = (random.random(60) < 0.5).repeat(4)
    columns = {
        "patient_id": [f"P{i // 4}" for i in range(240)],
        **{f"m{k}": [f"{v:.3f}" for v in people[:, k] + random.normal(0, 0.001, 240)] for k in range(3)},
        "ill": ["yes" if v else "no" for v in ill],
    }
    draft = trained(tmp_path / "t.csv", columns, algorithms=("decision_tree",))
    assert draft.metrics["auroc"]["value"] < 0.7


def test_the_recipe_reads_the_same_file_again_and_the_folder_can_be_evaluated_on_it(plain: Draft) -> None:
    draft, path = plain, plain.table.raw.form.path
    design = read_design(draft.folder)
    frame, _ = read_again(path, design.data.options)
    assert set(frame["ill"]) == {"yes", "no"}
    found = evaluate_model(draft.id, models_dir=draft.folder.parent, data_file=path, draws=20)
    assert found["data"]["scored"] == 200
    assert found["metrics"]["auroc"]["value"] > draft.metrics["auroc"]["value"] - 0.1


def test_a_stated_unit_fills_the_input_from_the_record_and_others_stay_own(tmp_path: Path) -> None:
    columns = illness(200) | {"glucose": [str(80 + i * 7 % 60) for i in range(200)]}
    draft = trained(
        tmp_path / "t.csv", columns, units={"glucose": "mg/dL"}, algorithms=("logistic_regression",)
    )
    specs = {spec.name: spec for spec in open_folder(draft.folder).encoder.specs.values()}  # type: ignore[attr-defined]
    assert specs["glucose"].has_variable and specs["glucose"].unit == "mmol/L"
    assert not specs["own_age"].has_variable


def test_the_simplest_of_those_as_good_as_the_best_is_chosen() -> None:
    def one(name: str, loss: float, error: float) -> Compared:
        return Compared(name, name, loss, error, {}, 0.0)

    assert choose([one("simple", 0.52, 0.01), one("middle", 0.50, 0.03), one("best", 0.49, 0.03)]) == "simple"
    assert (
        choose([one("simple", 0.60, 0.01), one("middle", 0.505, 0.03), one("best", 0.49, 0.02)]) == "middle"
    )
    assert choose([one("simple", 0.60, 0.01), one("best", 0.49, 0.02)]) == "best"


def test_the_standard_error_is_that_of_the_folds_means() -> None:
    mean, error = of_folds(np.array([1.0, 1.0, 3.0, 3.0]), np.array([0, 0, 1, 1]))
    assert mean == 2.0
    assert error == pytest.approx(np.sqrt(2.0) / np.sqrt(2.0))


def test_training_can_be_stopped(tmp_path: Path) -> None:
    asked = iter([False] * 3)
    path = write(tmp_path / "t.csv", lines_of(illness(200)))
    with pytest.raises(errors.TrainingCancelled):
        train_table(
            path,
            TableOptions("ill", algorithms=FAST),
            tmp_path,
            "2026-03-01",
            cancelled=lambda: next(asked, True),
        )


@pytest.mark.parametrize(
    "options", [{"algorithms": ("magic",)}, {"algorithms": ("linear_regression",)}, {"id": "Bad id"}]
)
def test_what_cannot_be_done_gets_a_sentence(tmp_path: Path, options: dict[str, object]) -> None:
    with pytest.raises((errors.AlgorithmUnfit, errors.ModelIdUnfit)):
        trained(tmp_path / "t.csv", illness(), **options)


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    path = write(tmp_path / "t.csv", lines_of(illness()))
    train_table(
        path,
        TableOptions("ill", algorithms=("decision_tree",)),
        tmp_path,
        "2026-03-01",
        progress=lambda _, share: told.append(share),
    )
    assert told[-1] == 1.0 and max(b - a for a, b in pairwise(told)) < 0.5


def test_algorithms_are_known_by_their_usual_names_and_slow_ones_spare_long_tables() -> None:
    asked = algorithms.classifiers(("SVM", "logistic-regression", "boosting"), 2, 100)
    assert [c.name for c in asked] == ["logistic_regression", "glass_box", "support_vector_machine"]
    assert algorithms.quantities(("forest", "linear")) == ("linear_regression", "random_forest_regression")
    assert algorithms.quantities(("boosting",)) == ("glass_box_regression",)
    assert "support_vector_machine" not in [c.name for c in algorithms.classifiers((), 2, 10_000)]
    assert {c.name for c in algorithms.classifiers((), 3, 100)} == {
        "logistic_regression",
        "decision_tree",
        "random_forest",
    }
