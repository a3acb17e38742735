"""The Assess page with models of several kinds: classes, a prognosis, a tree, a quantity, a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from medapp.assess.inputs import input_specs
from medapp.assess.wording import reason_short
from medapp.domain.assessment import Assessment
from medapp.domain.datatypes import LocalText, Moment
from medapp.i18n import Words
from medapp.inference.registry import open_folder
from medapp.services import profile
from medapp.services.assessments import assess_inputs
from medapp.services.clinic_tests import ClinicTest, ClinicTests
from medapp.services.session import open_clinic
from tests.model_folders import FEATURES, given_inputs, linear_folder
from tests.ui.conftest import clock
from ui.context import Context
from ui.itemmodels.assess_list import AssessRow
from ui.pages.assess.hero import Hero, with_bold_numbers
from ui.pages.assess.reading import Shown
from ui.pages.assess.rows import grouped, row_of
from ui.pages.assess.side import ChangeCard
from ui.pages.assess.words import takes_words
from ui.pages.settings_profile import OfferedModels

NAMES = [str(feature["name"]) for feature in FEATURES]
EN = Words("en")


class _One:
    """A registry of one assessor, for `assess_inputs`."""

    def __init__(self, folder: Path) -> None:
        self.assessor = open_folder(folder)

    def get(self, _name: str) -> object:
        return self.assessor


def answered(folder: Path, **inputs: object) -> Shown:
    registry = _One(folder)
    given = {**given_inputs(NAMES), **inputs}
    at = Moment.parse("2026-11-20")
    answer: Assessment = assess_inputs(registry, folder.name, given, at)  # type: ignore[arg-type]
    card = registry.assessor.card
    return Shown(answer, card, specs={spec.name: spec for spec in input_specs(card)})


@pytest.fixture
def hero(qtbot: QtBot, qapp: QApplication) -> Iterator[Hero]:
    widget = Hero(Context())
    qtbot.addWidget(widget)
    widget.resize(600, 700)
    yield widget


def test_an_answer_of_three_classes_names_the_class_and_every_share(hero: Hero, tmp_path: Path) -> None:
    shown = answered(linear_folder(tmp_path, "three", classes=3, method="shapley"))
    hero.show_answer(shown)
    assert hero.number.text() in ("yes", "no", "maybe")
    said = hero.interval.text()
    assert all(f"{name} " in said for name in ("yes", "no", "maybe"))
    assert "80% interval" in said
    row = row_of(shown, EN)
    assert row.number.endswith("%")
    assert row.detail.startswith(hero.number.text())


def test_a_prognosis_has_no_word_beside_its_number(hero: Hero, tmp_path: Path) -> None:
    folder = linear_folder(tmp_path, "later", changes={"temporality": "prognosis", "task": "survival"})
    card = folder / "card.toml"
    card.write_text(card.read_text("utf-8").replace("[output]", "[output]\nhorizon_days = 90"), "utf-8")
    hero.show_answer(answered(folder))
    assert hero.number.text().endswith("%")
    assert hero.word.text() == "a test outcome"


def test_only_the_counts_of_a_sentence_are_bold() -> None:
    said = with_bold_numbers("Of 100, about 46 die within 90 days and 54 do not.", "die within 90 days")
    assert "<b>46</b> die within 90 days and <b>54</b>" in said
    assert "<b>90" not in said


def test_a_tree_says_that_the_points_lie_along_its_path(hero: Hero, tmp_path: Path) -> None:
    hero.show_answer(answered(linear_folder(tmp_path, "plain")))
    assert "path" not in hero.moved.remark.text()
    shown = answered(linear_folder(tmp_path, "tree", method="shapley"))
    tree = replace(shown.card, explain=replace(shown.card.explain, method="path"))
    hero.show_answer(replace(shown, card=tree))
    assert "along the tree’s path" in hero.moved.remark.text()


def test_a_quantity_is_shown_with_its_unit_and_no_dots(hero: Hero, tmp_path: Path) -> None:
    shown = answered(linear_folder(tmp_path, "amount", classes=0))
    hero.show_answer(shown)
    assert hero.number.text().endswith("mmol/L")
    assert not hero.dots.isVisibleTo(hero)


def test_somebody_unlike_the_training_patients_gets_no_number(hero: Hero, tmp_path: Path) -> None:
    folder = linear_folder(tmp_path, "near", changes={"refuse_below_typicality": 0.001})
    shown = answered(folder, bmi=90.0, systolic_bp=240.0, creatinine=900.0)
    hero.show_answer(shown)
    assert hero.reason.text() == "Unlike the patients this was built on. No estimate."
    assert hero.fit.text() == "Data fit: unusual"
    assert not hero.answer.isVisibleTo(hero)


def test_the_setting_of_a_model_stands_beside_its_scope(hero: Hero, tmp_path: Path) -> None:
    for setting, said in (("teaching", "Teaching"), ("research", "Research"), ("clinic", "Clinic")):
        hero.show_answer(answered(linear_folder(tmp_path, setting, changes={"setting": setting})))
        assert hero.setting.text() == said


def test_of_many_missing_inputs_the_first_are_named(tmp_path: Path) -> None:
    features = [{"name": name, "required": True} for name in NAMES]
    shown = answered(linear_folder(tmp_path, "many", features=features), **dict.fromkeys(NAMES))
    said = reason_short(shown.assessment, shown.specs, EN)
    assert said.startswith("Missing age, sex, ")
    assert said.endswith(" and 3 more")


def test_groups_hold_answers_of_every_kind(tmp_path: Path) -> None:
    found = [
        answered(linear_folder(tmp_path, "a")),
        answered(linear_folder(tmp_path, "b", classes=3, method="shapley")),
        answered(linear_folder(tmp_path, "c"), age=12),
    ]
    rows = grouped(found, EN)
    assert [row.id for row in rows if isinstance(row, AssessRow)][-1] == "c"


def test_what_would_change_it_most_says_what_that_takes(qtbot: QtBot, tmp_path: Path) -> None:
    shown = answered(linear_folder(tmp_path, "open"), creatinine=None)
    test = ClinicTest(LocalText("Kidney", "肾"), 40, 35, True, "¥")
    assert takes_words(test, EN) == "~40 min  ·  done here  ·  ¥35"
    assert takes_words(ClinicTest(test.title, 2880, None, False), Words("zh_CN")) == "约 2 天  ·  外送"
    card = ChangeCard(Context())
    qtbot.addWidget(card)
    card.show_answer(replace(shown, tests=ClinicTests({"creatinine": test})))
    assert card.title.text() == "Creatinine"
    assert card.takes.text() == "~40 min  ·  done here  ·  ¥35"


def test_an_administrator_takes_a_setting_off_the_pages(qtbot: QtBot, demo_clinic: Path) -> None:
    with open_clinic(demo_clinic, "demo", "demo", clock=clock) as session:
        context = Context(clock=clock)
        context.session = session
        card = OfferedModels(context)
        qtbot.addWidget(card)
        qtbot.waitUntil(lambda: context.jobs.is_idle)
        assert card.choices["teaching"].current == "on"
        card.choices["teaching"].button("off").click()
        qtbot.waitUntil(lambda: profile.enabled(session) == ("clinic", "hospital", "research"))
        qtbot.waitUntil(lambda: context.jobs.is_idle)
        context.jobs.close()
