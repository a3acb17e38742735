"""A clinic's profile decides whose models reach a patient's page; a named model always answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medapp.assess.card import SETTINGS
from medapp.assess.index import write_index
from medapp.domain.changes import Kind
from medapp.security.errors import NotPermitted
from medapp.security.roles import Role
from medapp.services import accounts, profile, records
from medapp.services.assessments import assess_patient
from medapp.services.audit import entries
from medapp.services.demo import create_demo
from medapp.services.session import Session, create_clinic, open_clinic
from tests.clinics import CHEAP, PASSWORD, USER, clock, person
from tests.model_folders import linear_folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    for setting in SETTINGS:
        linear_folder(folder, f"for_{setting}", changes={"setting": setting})
    write_index(folder)
    return folder


@pytest.fixture
def session(tmp_path: Path, models: Path) -> Iterator[Session]:
    create_clinic(tmp_path / "clinic", USER, PASSWORD, clock=clock, cost=CHEAP)
    with open_clinic(tmp_path / "clinic", USER, PASSWORD, clock=clock, models_dir=models) as opened:
        yield opened


def asked(session: Session) -> list[str]:
    added = records.add_patient(session, person("Lin", "Mei"))
    return [answer.assessor.id for answer in assess_patient(session, added.id, store=False)]


def test_every_setting_of_a_card_has_a_title() -> None:
    assert set(profile.TITLES) == set(profile.MEANINGS) == set(SETTINGS)


def test_a_new_clinic_offers_the_models_of_clinic_and_hospital(session: Session) -> None:
    assert profile.enabled(session) == ("clinic", "hospital")
    assert asked(session) == ["for_clinic", "for_hospital"]


def test_a_named_model_answers_whatever_is_enabled(session: Session) -> None:
    added = records.add_patient(session, person("Lin", "Mei"))
    (answer,) = assess_patient(session, added.id, ["for_research"], store=False)
    assert answer.assessor.id == "for_research"


def test_an_administrator_enables_settings_for_the_whole_clinic(session: Session) -> None:
    changes = profile.enable(session, ["research", "clinic"])
    assert changes.touches(1, Kind.MODEL)
    assert profile.enabled(session) == ("clinic", "research")
    assert asked(session) == ["for_clinic", "for_research"]
    assert any(entry.action == "enable_settings" for entry in entries(session))
    profile.enable(session, [])
    assert asked(session) == []


def test_an_unknown_setting_is_refused(session: Session) -> None:
    with pytest.raises(profile.UnknownSetting):
        profile.enable(session, ["clinic", "bedroom"])
    assert profile.enabled(session) == profile.USUAL


def test_a_doctor_may_read_the_profile_but_not_change_it(session: Session, models: Path) -> None:
    accounts.add_user(session, "bo", PASSWORD, roles=(Role.DOCTOR,), cost=CHEAP)
    session.close()
    with open_clinic(session.directory, "bo", PASSWORD, clock=clock, models_dir=models) as doctor:
        assert profile.enabled(doctor) == profile.USUAL
        assert not profile.may_enable(doctor)
        with pytest.raises(NotPermitted):
            profile.enable(doctor, ["research"])


def test_a_draft_is_never_offered(tmp_path: Path, models: Path) -> None:
    create_clinic(tmp_path / "own", USER, PASSWORD, clock=clock, cost=CHEAP)
    linear_folder(tmp_path / "own" / "models", "drafted", changes={"setting": "clinic"})
    with open_clinic(tmp_path / "own", USER, PASSWORD, clock=clock, models_dir=models) as opened:
        profile.enable(opened, SETTINGS)
        assert opened.registry.entry("drafted").state == "draft"
        assert "drafted" not in profile.offered(opened)


def test_the_demo_clinic_offers_all_of_them(tmp_path: Path) -> None:
    create_demo(tmp_path / "demo", clock=clock, patients=1)
    with open_clinic(tmp_path / "demo", "demo", "demo", clock=clock) as opened:
        assert set(profile.enabled(opened)) == set(SETTINGS)
