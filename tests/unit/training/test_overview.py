"""The page of all models is what the folders give, and says what missed its bar."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from medapp import paths
from medapp.assess.card import read_card
from medapp.assess.index import model_folders
from medapp.training.bars import judge, read_bars, table_of
from medapp.training.errors import DesignInvalid
from medapp.training.measured import show
from medapp.training.overview import PAGE, judge_folder, main, render

DOCS = Path(paths.models_dir()).parent / "docs"
BAR = """
[[bars]]
metric = "auroc"
at_least = {least}
on = {{ en = "the next survey", zh_CN = "下一调查" }}
"""


@pytest.mark.skipif(not DOCS.is_dir(), reason="a wheel carries no docs")
def test_the_committed_page_and_figures_are_what_the_committed_folders_give() -> None:
    assert main(["--check"]) == 0, "run: python -m medapp.training.overview"


def test_every_model_is_on_the_page_with_its_curves() -> None:
    files = render(paths.models_dir())
    page = files[PAGE].decode("utf-8")
    for folder in model_folders(paths.models_dir()):
        assert f'<a id="{folder.name}"></a>' in page
        for kind in ("calibration", "decision"):
            name = f"figures/{folder.name}-{kind}.svg"
            assert name in page and files[name].startswith(b"<?xml")


def copied(tmp_path: Path, bar: str) -> Path:
    folder = tmp_path / "diabetes_screening"
    shutil.copytree(paths.models_dir() / "diabetes_screening", folder)
    recipe = folder / "design.toml"
    text = recipe.read_text(encoding="utf-8").partition("[[bars]]")[0]
    recipe.write_text(text + bar, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("least", "said"), [(0.5, "met"), (0.999, "MISSED"), (0.82, "met")])
def test_a_missed_bar_stays_missed_and_is_said_so(tmp_path: Path, least: float, said: str) -> None:
    folder = copied(tmp_path, BAR.format(least=least))
    page = render(folder.parent)[PAGE].decode("utf-8")
    assert f"AUROC >= {least:g}: {said}, 0.8" in page
    found = page.partition("## What missed its bar")[2].partition("<a id")[0]
    assert ("Nothing" in found) is (least == 0.5)
    assert ("the interval reaches beyond" in found) is (least == 0.82)


@pytest.mark.parametrize("folder", model_folders(paths.models_dir()), ids=lambda folder: folder.name)
def test_the_card_itself_says_which_bar_is_missed(folder: Path) -> None:
    judged = judge_folder(folder)
    assert judged
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert table_of(judged) in readme
    for one in judged:
        limit = one.bar.at_least if one.bar.at_least is not None else one.bar.at_most
        said = [c for c in read_card(folder).cautions if f"{limit:g}" in c.en and f"{limit:g}" in c.zh_CN]
        measured = show(one.figure or {})
        assert one.is_met or any(measured in c.en and measured in c.zh_CN for c in said)


def test_a_figure_that_was_not_measured_meets_no_bar(tmp_path: Path) -> None:
    folder = copied(tmp_path, BAR.format(least=0.5).replace('"auroc"', '"luck"'))
    found = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    (one,) = judge(read_bars(folder), found["internal"]["metrics"])
    assert one.is_met is None and one.figure is None


def test_a_bar_without_a_limit_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path, BAR.format(least=0.5).replace("at_least = 0.5\n", ""))
    with pytest.raises(DesignInvalid):
        read_bars(folder)


def test_figures_of_models_that_are_gone_are_taken_away(tmp_path: Path) -> None:
    gone = tmp_path / "figures" / "gone-decision.svg"
    gone.parent.mkdir()
    gone.write_text("old", encoding="utf-8")
    assert main(["--check", str(tmp_path)]) == 1
    assert main([str(tmp_path)]) == 0 and not gone.exists()
    assert main(["--check", str(tmp_path)]) == 0
