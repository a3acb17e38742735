"""What the program loads is what the scripts give."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from medapp import paths

SCRIPTS = Path(__file__).resolve().parents[3] / "packaging" / "knowledge"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"knowledge_{name}", SCRIPTS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def written(name: str) -> str:
    return (paths.knowledge_dir() / name).read_text("utf-8")


def test_variables_json_is_what_the_script_gives() -> None:
    assert written("variables.json") == script("compile_variables").compiled()


def test_concepts_json_is_what_the_script_gives() -> None:
    assert written("concepts.json") == script("compile_concepts").compiled()


def test_units_json_is_what_pint_and_ucumvert_give() -> None:
    pytest.importorskip("ucumvert")
    assert written("units.json") == script("compile_units").compiled()


def test_pinyin_is_what_pypinyin_gives() -> None:
    pytest.importorskip("pypinyin")
    assert written("names/pinyin.txt") == script("compile_pinyin").compiled()


def test_unverified_codes_are_those_in_no_corpus(shared_file: Callable[[str], Path]) -> None:
    shared = shared_file("corpora/fhir_synthea.tar.gz").parents[1]
    shared_file("knowledge/loinc-common.tar.gz")
    shared_file("knowledge/icd10-zh.tar.gz")
    assert written("variables/unverified.toml") == script("mark_unverified").compiled(shared)


def test_a_range_that_is_not_one_is_refused_when_compiled() -> None:
    module = script("compile_variables")
    assert module.reference("female 20-60: 41..73") == ["female", 20.0, 60.0, 41.0, 73.0]
    assert module.reference("any 18+: -3..") == [None, 18.0, None, -3.0, None]
    with pytest.raises(ValueError, match="not a reference range"):
        module.reference("women: 41-73")


def test_no_table_is_longer_than_a_file_may_be() -> None:
    for path in paths.knowledge_dir().rglob("*.toml"):
        assert len(path.read_text("utf-8").splitlines()) < 600, path.name
