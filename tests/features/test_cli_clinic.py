"""A clinic from the command line: made, searched, audited, backed up, restored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from medapp.cli import opens_window
from tests.features.command import ROOT, medapp


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo clinic of 30 patients."""
    folder = tmp_path_factory.mktemp("cli") / "clinic"
    made = medapp("demo", folder, "--patients", 30, "--seed", 5, "--json", cwd=folder.parent)
    assert made.status == 0, made.err
    assert made.document["patients"] == 30
    return folder


def test_init_prints_the_recovery_code_once(tmp_path: Path) -> None:
    made = medapp("init", tmp_path / "c", "--user", "anna", "--json", cwd=tmp_path, password="long enough")
    assert made.status == 0, made.err
    assert set(made.document) == {"store", "user", "recovery_code"}
    again = medapp("init", tmp_path / "c", "--user", "anna", "--json", cwd=tmp_path, password="long enough")
    assert (again.status, again.error) == (1, "store_exists")


def test_search_answers_with_every_key(clinic: Path) -> None:
    found = medapp("search", "", "--store", clinic, "--json", cwd=clinic.parent)
    assert found.status == 0, found.err
    assert set(found.document) == {"query", "count", "capped", "ms", "patients"}
    assert found.document["count"] == 30
    keys = {"id", "mrn", "name", "name_local", "birth_date", "sex", "deceased", "demo"}
    assert all(set(patient) == keys for patient in found.document["patients"])
    assert all(patient["demo"] for patient in found.document["patients"])


def test_a_reader_is_shown_the_stores_id_that_tells_two_of_one_number_apart(clinic: Path) -> None:
    found = medapp("search", "", "--store", clinic, "--json", cwd=clinic.parent).document["patients"]
    told = medapp("search", "", "--store", clinic, cwd=clinic.parent).out
    assert all(f"  #{patient['id']}" in told for patient in found)


def test_the_same_seed_gives_the_same_patients(clinic: Path, tmp_path: Path) -> None:
    medapp("demo", tmp_path / "twin", "--patients", 30, "--seed", 5, cwd=tmp_path)
    twins = [
        medapp("search", "", "--store", folder, "--json", cwd=tmp_path).document["patients"]
        for folder in (clinic, tmp_path / "twin")
    ]
    assert [one["name"] for one in twins[0]] == [one["name"] for one in twins[1]]


def test_a_reader_gets_chinese(clinic: Path) -> None:
    found = medapp("search", "wang", "--store", clinic, "--lang", "zh_CN", cwd=clinic.parent)
    assert found.status == 0
    assert "找到" in found.out


def test_the_environment_names_store_and_user(clinic: Path) -> None:
    listed = medapp(
        "user", "list", "--json", cwd=clinic.parent, MEDAPP_STORE=str(clinic), MEDAPP_USER="demo"
    )
    assert [user["name"] for user in listed.document["users"]] == ["demo"]


def test_the_password_may_come_from_a_file(clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("demo\n", "utf-8")
    found = medapp(
        "audit", "--store", clinic, "--password-file", tmp_path / "password", "--json",
        cwd=tmp_path, password=None,
    )  # fmt: skip
    assert found.status == 0, found.err
    assert found.document["intact"] is True
    assert found.document["entries"][-1]["action"] == "create_clinic" or len(found.document["entries"]) == 50


def test_a_second_user_may_read_and_not_administer(clinic: Path, tmp_path: Path) -> None:
    new = {"MEDAPP_NEW_PASSWORD": "eight-plus"}
    added = medapp("user", "add", "bo", "--store", clinic, "--json", cwd=tmp_path, **new)
    assert added.status == 0, added.err
    own = {"cwd": tmp_path, "password": "eight-plus", "MEDAPP_STORE": str(clinic), "MEDAPP_USER": "bo"}
    assert medapp("search", "li", "--json", **own).status == 0  # type: ignore[arg-type]
    refused = medapp("audit", "--json", **own)  # type: ignore[arg-type]
    assert (refused.status, refused.error) == (1, "not_permitted")
    unnamed = medapp("search", "li", "--json", cwd=tmp_path, MEDAPP_STORE=str(clinic))
    assert (unnamed.status, unnamed.error) == (1, "ambiguous_user")
    medapp("user", "deactivate", "bo", "--store", clinic, "--user", "demo", cwd=tmp_path)
    assert medapp("search", "li", "--json", **own).status == 1  # type: ignore[arg-type]


def test_a_backup_is_restored_elsewhere(clinic: Path, tmp_path: Path) -> None:
    made = medapp("backup", tmp_path / "copy", "--store", clinic, "--user", "demo", "--json", cwd=tmp_path)
    assert made.status == 0, made.err
    restored = medapp(
        "restore", tmp_path / "copy", "--store", tmp_path / "new", "--user", "demo", "--json", cwd=tmp_path
    )
    assert restored.status == 0, restored.err
    assert {**restored.document, "store": ""} == {**made.document, "store": ""}
    found = medapp("search", "", "--store", tmp_path / "new", "--user", "demo", "--json", cwd=tmp_path)
    assert found.document["count"] == 30


def test_the_self_test_passes(tmp_path: Path) -> None:
    tried = medapp("selftest", "--json", cwd=tmp_path, MEDAPP_MODELS=str(tmp_path))
    assert tried.status == 0, tried.out
    names = {step["name"] for step in tried.document["steps"]}
    assert {"store", "search", "record", "backup", "audit", "screen"} <= names


@pytest.mark.parametrize(
    ("arguments", "is_window"),
    [
        ([], True),
        (["--demo"], True),
        (["--store", "search"], True),
        (["--store=x", "--user", "a", "--lang", "zh_CN"], True),
        (["search"], False),
        (["--help"], False),
        (["--version"], False),
        (["--json"], False),
    ],
)
def test_only_options_of_the_window_open_it(arguments: list[str], is_window: bool) -> None:
    assert opens_window(arguments) is is_window


def test_the_way_to_the_window_imports_no_typer() -> None:
    code = (
        "import sys; sys.modules['ui'] = None\n"
        "import medapp.cli; status = medapp.cli.main([])\n"
        "slow = {'typer', 'structlog', 'pint', 'sqlite_utils', 'pandas', 'numpy'} & set(sys.modules)\n"
        "print(status, sorted(slow))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(ROOT), "MEDAPP_LANG": "en"},
    )  # fmt: skip
    assert done.stdout.strip() == "1 []"
    assert "The window is not installed." in done.stderr


def test_help_and_version(tmp_path: Path) -> None:
    helped = medapp("--help", "--lang", "zh_CN", cwd=tmp_path)
    assert "加密" in helped.out
    assert medapp("--version", cwd=tmp_path).out.strip()
    commands = medapp("--help", cwd=tmp_path)
    assert commands.status == 0
    assert all(name in commands.out for name in ("init", "import", "assess", "selftest"))
