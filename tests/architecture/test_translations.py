"""Both languages are complete, and the tool that says so can fail."""

from __future__ import annotations

import gettext
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("medapp_i18n_tool", ROOT / "packaging" / "i18n.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


i18n = _tool()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one message of each kind, fully translated."""
    (tmp_path / "medapp").mkdir()
    source = 'A = N_("Open {name}")\nwords.plural("{count} day", "{count} days", 3)\nself.words("Plain")\n'
    (tmp_path / "medapp" / "page.py").write_text(source, "utf-8")
    _write_part(tmp_path, '"Open {name}" = "打开 {name}"\n"{count} days" = "{count} 天"\n"Plain" = "朴素"\n')
    i18n.update(tmp_path)
    return tmp_path


def _write_part(root: Path, text: str) -> None:
    folder = root / "resources" / "translations" / "zh_CN" / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.toml").write_text(text, "utf-8")


def test_every_message_of_the_program_is_translated() -> None:
    assert i18n.problems("zh_CN") == []


def test_a_complete_project_has_no_problem(project: Path) -> None:
    assert i18n.problems("zh_CN", project) == []


def test_a_plural_is_found_by_gettext(project: Path) -> None:
    catalogue = gettext.translation("medapp", project / "resources" / "translations", languages=["zh_CN"])
    assert catalogue.ngettext("{count} day", "{count} days", 1) == "{count} 天"
    assert catalogue.gettext("Open {name}") == "打开 {name}"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ('"Open {name}" = "打开 {name}"\n"{count} days" = "{count} 天"\n', "missing 'Plain'"),
        ('"Open {name}" = "打开"\n"{count} days" = "{count} 天"\n"Plain" = "朴素"\n', "placeholders"),
        ('"Open {name}" = ""\n"{count} days" = "{count} 天"\n"Plain" = "朴素"\n', "no text for"),
        ('"Open {name}" = "{name}"\n"{count} days" = "{count}"\n"Plain" = "朴"\n"Old" = "旧"\n', "stale"),
    ],
)
def test_a_fault_in_the_parts_is_named(project: Path, part: str, expected: str) -> None:
    _write_part(project, part)
    i18n.update(project)
    assert any(expected in problem for problem in i18n.problems("zh_CN", project))


def test_an_old_catalogue_is_noticed(project: Path) -> None:
    _write_part(project, '"Open {name}" = "开 {name}"\n"{count} days" = "{count} 日"\n"Plain" = "朴"\n')
    assert any("is old" in problem for problem in i18n.problems("zh_CN", project))


def test_the_same_parts_give_the_same_bytes(project: Path) -> None:
    folder = project / "resources" / "translations" / "zh_CN" / "LC_MESSAGES"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    i18n.update(project)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
