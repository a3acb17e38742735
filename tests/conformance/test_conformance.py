"""Every model folder of this checkout, and any dropped in beside it, holds to the one list of checks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from medapp import paths
from medapp.assess.conformance import Check, Subject, all_checks, check
from medapp.assess.index import main, model_folders
from medapp.i18n import Words
from medapp.inference.registry import check_folder, load_registry, open_folder
from tests.model_folders import FEATURES, card_of, linear_folder

FOLDERS = model_folders(paths.models_dir())
EN = Words("en")


@pytest.mark.parametrize("one", all_checks(), ids=lambda one: one.__name__)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_bundled_models_conform(folder: Path, one: Check) -> None:
    found = check(Subject(open_folder(folder), folder), (one,))
    assert [f"{f.where}: {f.text(EN)}" for f in found] == []


@pytest.mark.parametrize(
    ("classes", "method"), [(2, "in_graph"), (2, "shapley"), (3, "shapley"), (0, "in_graph")]
)
def test_a_second_folder_dropped_in_is_listed_checked_and_answers_with_no_other_file_touched_by_hand(
    tmp_path: Path, classes: int, method: str
) -> None:
    linear_folder(tmp_path, "first")
    second = linear_folder(tmp_path, "second", classes=classes, method=method)
    assert main([str(tmp_path)]) == 0  # what `make index` runs before test, run and package
    registry = load_registry(tmp_path)
    assert registry.ids() == ("first", "second")
    assert [e.as_document()["state"] for e in registry.entries()] == ["bundled", "bundled"]
    assert [f.text(EN) for f in check_folder(second)] == []


def test_a_check_says_what_is_wrong_in_both_languages(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path, "first")
    (folder / "README.md").unlink()
    (finding,) = check_folder(folder)
    assert (finding.check, finding.where) == ("check_folder", "README.md")
    assert finding.text(EN) == "the file is missing" and finding.text(Words("zh_CN")) == "缺少该文件"


def test_a_released_folder_with_other_bytes_is_found(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path, "first")
    assert main([str(tmp_path)]) == 0
    (folder / "README.md").write_text("other", encoding="utf-8")
    assert [(f.check, f.where) for f in check_folder(folder)] == [("check_release", "README.md")]


def rewrite(folder: Path, **changes: Any) -> None:
    import hashlib

    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    card = card_of(folder.name, FEATURES, digest, changes=changes)
    (folder / "card.toml").write_text(tomli_w.dumps(card), encoding="utf-8")


def golden(folder: Path, **expected: Any) -> None:
    lines = (folder / "golden.jsonl").read_text("utf-8").splitlines()
    case = json.loads(lines[0])
    case["expected"].update(expected)
    (folder / "golden.jsonl").write_text("\n".join([json.dumps(case), *lines[1:]]) + "\n", encoding="utf-8")


def break_metric(folder: Path) -> None:
    text = json.dumps({"internal": {"metrics": {"auroc": {"value": 0.8}}}, "external": {}})
    (folder / "metrics.json").write_text(text, encoding="utf-8")


BREACHES: list[tuple[str, Callable[[Path], object]]] = [
    ("check_hashes", lambda f: (f / "model.onnx").write_bytes(b"other")),
    ("check_graph", lambda f: rewrite(f, features=[dict(x) for x in reversed(FEATURES)])),
    ("check_graph", lambda f: rewrite(f, features=[dict(x) for x in FEATURES[:4]])),
    ("check_terms", lambda f: rewrite(f, features=[*FEATURES[:5], {**FEATURES[5], "name": "humours"}])),
    ("check_golden", lambda f: golden(f, probabilities={"yes": 0.5})),
    ("check_golden", lambda f: golden(f, status="refused")),
    ("check_golden", lambda f: (f / "golden.jsonl").write_text("", encoding="utf-8")),
    ("check_metrics", break_metric),
    ("check_metrics", lambda f: (f / "metrics.json").write_text("{", encoding="utf-8")),
    ("check_sources", lambda f: rewrite(f, data={"citation": "x"})),
    ("check_sources", lambda f: rewrite(f, attributes={})),
    ("check_languages", lambda f: rewrite(f, summary={"en": "only English", "zh_CN": " "})),
    ("check_advice", lambda f: rewrite(f, next_steps=[{"en": "one", "zh_CN": "一"}])),
]


@pytest.mark.parametrize(("name", "damage"), BREACHES)
def test_each_breach_is_found_by_its_check(
    tmp_path: Path, name: str, damage: Callable[[Path], object]
) -> None:
    folder = linear_folder(tmp_path, "first")
    damage(folder)
    assert name in {finding.check for finding in check_folder(folder)}


def test_a_background_of_too_many_rows_is_found(tmp_path: Path) -> None:
    import numpy as np

    from tests.model_folders import background

    folder = linear_folder(tmp_path, "first")
    arrays = background([str(f["name"]) for f in FEATURES])
    arrays["centers"], arrays["weights"] = np.zeros((101, 6)), np.full(101, 1 / 101)
    np.savez(folder / "background.npz", **arrays)
    assert {f.check for f in check_folder(folder)} == {"check_background"}
