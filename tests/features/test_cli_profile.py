"""The profile of a clinic from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.features.command import medapp


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("profile") / "clinic"
    assert medapp("demo", folder, "--patients", 3, cwd=folder.parent).status == 0
    return folder


def test_the_demo_clinic_offers_every_setting(clinic: Path) -> None:
    found = medapp("profile", "--store", clinic, "--json", cwd=clinic.parent).document
    assert [one["id"] for one in found["settings"]] == ["clinic", "hospital", "teaching", "research"]
    assert all(one["enabled"] for one in found["settings"])
    assert set(found["offered"]) == {model for one in found["settings"] for model in one["models"]}


def test_only_the_enabled_settings_models_answer_without_a_name(clinic: Path) -> None:
    setting = ("--settings", "clinic")
    chosen = medapp("profile", "--store", clinic, *setting, "--json", cwd=clinic.parent).document
    patients = medapp("search", "", "--store", clinic, "--json", cwd=clinic.parent).document["patients"]
    mrn = patients[0]["mrn"]
    told = medapp("assess", "--store", clinic, "--patient", mrn, "--json", cwd=clinic.parent).document
    assert [one["assessor"]["id"] for one in told["assessments"]] == chosen["offered"]
    named = ("--assessor", "breast_mass")
    one = medapp("assess", "--store", clinic, "--patient", mrn, *named, "--json", cwd=clinic.parent).document
    assert [answer["assessor"]["id"] for answer in one["assessments"]] == ["breast_mass"]


def test_an_unknown_setting_is_refused_in_words(clinic: Path) -> None:
    told = medapp("profile", "--store", clinic, "--settings", "bedroom", "--json", cwd=clinic.parent)
    assert (told.status, told.error) == (1, "unknown_setting")
