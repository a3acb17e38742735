"""One rule of paths for a checkout, a wheel and the standalone program."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from medapp import paths

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder `medapp` with nothing but the real module in it."""
    package = tmp_path / "medapp"
    package.mkdir()
    shutil.copyfile(paths.__file__, package / "paths.py")
    return package


def found(package: Path) -> dict[str, Any]:
    return runpy.run_path(str(package / "paths.py"))


def test_a_checkout_uses_its_own_root(package: Path) -> None:
    assert found(package)["models_dir"]() == package.parent / "models"


def test_a_wheel_uses_what_it_carries(package: Path) -> None:
    (package / "_bundled").mkdir()
    assert found(package)["models_dir"]() == package / "_bundled" / "models"
    assert found(package)["knowledge_dir"]() == package / "_bundled" / "resources" / "knowledge"


def test_this_checkout_has_its_files() -> None:
    assert (paths.models_dir() / "INDEX.toml").is_file()
    assert (paths.knowledge_dir() / "SOURCE.toml").is_file()


def test_a_wheel_and_the_program_carry_every_released_model_and_resource() -> None:
    bundle = runpy.run_path(str(ROOT / "packaging" / "bundle.py"))
    placed = {inner: source for source, inner in bundle["bundled_files"](ROOT)}
    assert {"models/INDEX.toml", "resources/knowledge/SOURCE.toml"} <= set(placed)
    assert {"models/diabetes_screening/card.toml", "models/diabetes_screening/model.onnx"} <= set(placed)
    assert any(inner.endswith("zh_CN/LC_MESSAGES/medapp.mo") for inner in placed)
    assert all(source == ROOT / inner for inner, source in placed.items())
    assert not any("__pycache__" in inner or "/parts/" in inner for inner in placed)
