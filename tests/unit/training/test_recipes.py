"""Every recipe, trained small on a part of its own data: its graph is the estimator, the folder conforms.

The figures in the cards come from the whole of it (`make models`, minutes); this is the same way, seconds.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from medapp import paths
from medapp.assess.card import read_card
from medapp.assess.index import model_folders
from medapp.i18n import Words
from medapp.inference.registry import check_folder
from medapp.runtime.session import open_graph
from medapp.training import background, calibration, golden, measured
from medapp.training.bars import judge, read_bars
from medapp.training.datasets import collect, data_dir, locate
from medapp.training.design import DESIGN_FILE, Design, read_design
from medapp.training.errors import DataSetMissing
from medapp.training.estimators import Fitted, estimator
from medapp.training.fit import train
from medapp.training.metrics import auroc
from medapp.training.operating_points import event_of
from medapp.training.table import Table, tabulate

FOLDERS = [folder for folder in model_folders(paths.models_dir()) if (folder / DESIGN_FILE).is_file()]
SMALL = {"n_estimators": 20, "max_iter": 8, "max_rounds": 30, "outer_bags": 1}
"""What an estimator may spend at most, by the name of its parameter, where the recipe has it."""
OF_EACH_CLASS = 120
EN = Words("en")
every_recipe = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def small(design: Design) -> Design:
    """The recipe with one point of its grid and little effort."""
    point = {**design.estimator.parameters, **design.estimator.grid[0]}
    cut = {name: min(value, SMALL[name]) if name in SMALL else value for name, value in point.items()}
    return replace(design, estimator=replace(design.estimator, parameters=cut, grid=({},), recalibrate=False))


def part(design: Design, table: Table) -> Table:
    """At most so many rows of each class, drawn by the recipe's seed."""
    random = np.random.default_rng(design.seed)
    kept = [
        random.permutation(np.flatnonzero(table.y == value))[:OF_EACH_CLASS] for value in np.unique(table.y)
    ]
    return table.take(np.sort(np.concatenate(kept)))


def trained(folder: Path, shared: Path | None) -> tuple[Design, Table, Fitted]:
    design = small(read_design(folder))
    try:
        found = locate(design.data, shared)
    except DataSetMissing as error:
        pytest.skip(f"{error} {error.advice.format(**error.fields)}")
    table = part(design, tabulate(design, collect(design.data, found)).scored())
    _, fitted = train(design, estimator(design.estimator.algorithm), table, design.seed)
    return design, table, fitted


@pytest.fixture(scope="module")
def fits() -> Callable[[Path], tuple[Design, Table, Fitted]]:
    """The small fit of a folder, made once for all tests."""
    made: dict[str, Any] = {}
    beside = Path(paths.models_dir()).parent.parent / "shared" / "data"
    shared = data_dir() or (beside if beside.is_dir() else None)

    def fit(folder: Path) -> tuple[Design, Table, Fitted]:
        if folder.name not in made:
            made[folder.name] = trained(folder, shared)
        design, table, fitted = made[folder.name]
        return design, table, fitted

    return fit


@every_recipe
def test_the_graph_of_a_recipe_is_its_estimator(folder: Path, fits: Callable[[Path], Any]) -> None:
    design, table, fitted = fits(folder)
    graph = open_graph(fitted.export(design))
    (p,) = graph.run(["probability"], {"x": table.x})
    assert np.abs(p - fitted.probabilities(table.x)).max() < 1e-5
    assert np.abs(p.sum(axis=1) - 1.0).max() < 1e-5


@every_recipe
def test_the_same_seed_gives_the_same_graph(folder: Path, fits: Callable[[Path], Any]) -> None:
    design, table, fitted = fits(folder)
    _, again = train(design, estimator(design.estimator.algorithm), table, design.seed)
    assert again.export(design) == fitted.export(design)


@every_recipe
def test_the_small_fit_tells_the_classes_apart(folder: Path, fits: Callable[[Path], Any]) -> None:
    design, table, fitted = fits(folder)
    event, lead = event_of(design, table.y, fitted.probabilities(table.x))
    assert auroc(event, lead) > 0.75


@every_recipe
def test_a_folder_with_the_small_fit_conforms(
    folder: Path, fits: Callable[[Path], Any], tmp_path: Path
) -> None:
    design, table, fitted = fits(folder)
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    graph = fitted.export(design)
    put_graph(copy, graph)
    summary = background.summarise(table.x, design.seed)
    event, lead = event_of(design, table.y, fitted.probabilities(table.x))
    background.write(copy, summary, calibration.logit(lead), event)
    golden.write(copy, design, graph, fitted, summary["low"], summary["high"])
    assert [f"{f.check} {f.where}: {f.text(EN)}" for f in check_folder(copy)] == []


def put_graph(folder: Path, graph: bytes) -> None:
    """Write the graph and its hash in the card."""
    card = folder / "card.toml"
    old = read_card(folder).graph
    assert old is not None
    (folder / old.file).write_bytes(graph)
    text = card.read_text(encoding="utf-8").replace(old.sha256, hashlib.sha256(graph).hexdigest())
    card.write_text(text, encoding="utf-8")


@every_recipe
def test_what_a_model_had_to_reach_is_measured(folder: Path) -> None:
    judged = judge(read_bars(folder), measured.read(folder)["internal"]["metrics"])
    assert all(one.is_met is not None for one in judged)


@every_recipe
def test_the_figures_are_those_of_the_graph_that_is_shipped(folder: Path) -> None:
    graph = read_card(folder).graph
    assert graph is not None and measured.read(folder)["model"]["sha256"] == graph.sha256
