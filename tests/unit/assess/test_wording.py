"""The sentences of UI.md section 5."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from medapp.assess import wording
from medapp.assess.assessor import read_given
from medapp.assess.card import Card, read_card
from medapp.assess.inputs import input_specs
from medapp.domain.assessment import Assessment, ThresholdState
from medapp.domain.datatypes import LocalText, Moment
from medapp.domain.record import PatientRecord
from medapp.i18n import Words
from medapp.inference.registry import build
from tests.model_folders import given_inputs, linear_folder

EN, ZH = Words("en"), Words("zh_CN")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linear_folder(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def card(folder: Path) -> Card:
    return read_card(folder)


def answer(folder: Path, **changes: object) -> Assessment:
    inputs = {**given_inputs(["age", "sex", "bmi", "systolic_bp"]), **changes}
    return build(folder, read_card(folder)).assess(
        PatientRecord(Moment.parse("2026-01-15")), read_given(inputs)
    )


def with_probability(assessment: Assessment, p: float) -> Assessment:
    assert assessment.outcome is not None
    return replace(
        assessment, outcome=replace(assessment.outcome, value=p, probabilities={"yes": p, "no": 1 - p})
    )


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.34, "34%"), (0.0099, "<1%"), (0.01, "1%"), (0.991, ">99%"), (0.99, "99%"), (0.345, "35%")],
)
def test_percentages_are_whole(p: float, text: str) -> None:
    assert wording.percent(p) == text


@pytest.mark.parametrize(
    ("p", "term"),
    [(0.0, "Very unlikely"), (0.094, "Very unlikely"), (0.10, "Unlikely"), (0.294, "Unlikely"),
     (0.295, "Possible"),
     (0.30, "Possible"), (0.60, "Likely"), (0.79, "Likely"), (0.80, "Very likely"), (1.0, "Very likely")],
)  # fmt: skip
def test_the_term_fits_the_number_that_is_shown(p: float, term: str) -> None:
    assert wording.word(p, EN) == term


def test_a_prognosis_gets_no_term(folder: Path, card: Card) -> None:
    assert wording.word_of(answer(folder), card, EN) is not None
    assert wording.word_of(answer(folder), replace(card, temporality="prognosis"), EN) is None


def test_the_sentence_gives_both_sides_of_a_hundred(folder: Path, card: Card) -> None:
    said = with_probability(answer(folder), 0.34)
    assert wording.sentence(said, card, EN) == (
        "Of 100 patients like this one, about 34 have it and 66 do not."
    )
    assert "34" in wording.sentence(said, card, ZH) and "66" in wording.sentence(said, card, ZH)
    assert "fewer than 1" in wording.sentence(with_probability(said, 0.004), card, EN)
    assert "more than 99" in wording.sentence(with_probability(said, 0.996), card, EN)


def test_interval_similar_cases_thresholds_and_steps_are_said(folder: Path, card: Card) -> None:
    said = answer(folder)
    assert (wording.interval(said, card, EN) or "").startswith("80% interval ")
    assert said.similar is not None
    assert wording.similar(said, EN) == (
        f"In validation, {said.similar.events} of the 64 with the nearest estimate had it."
    )
    for relation, start in (
        ("above", "Whole interval is above"),
        ("crosses", "Interval crosses"),
        ("below", "Whole"),
    ):
        assert wording.threshold(ThresholdState("test", 0.12, relation), card, EN).startswith(start)
    assert set(wording.MARKS.values()) == {"●", "◆", "■"}
    assert wording.next_steps(card, EN) == "Next: consider HbA1c, or fasting glucose"
    assert "糖化血红蛋白" in wording.next_steps(card, ZH)


def test_a_single_next_step_is_not_said(card: Card) -> None:
    assert wording.next_steps(replace(card, next_steps=card.next_steps[:1]), EN) == ""


def test_no_number_is_said_as_its_reason(folder: Path, card: Card) -> None:
    specs = {s.name: s for s in input_specs(card)}
    out = answer(folder, age=90)
    assert wording.number(out, card, EN) == "—"
    assert wording.sentence(out, card, EN) == "Not calculated — out of scope: age 90 (model: 20–79)"
    assert wording.sentence(out, card, ZH) == "未计算 — 超出适用范围：年龄 90（模型：20–79）"
    assert wording.reason_short(out, specs, EN) == "Out of scope: age"
    lacking = answer(folder, bmi=None)
    assert wording.reason_short(lacking, specs, EN) == "Missing body mass index"
    assert wording.group(out) == "not_calculated"


def test_groups_follow_the_interval_against_the_threshold(folder: Path) -> None:
    said = answer(folder)
    assert wording.group(said) == "review"
    below = replace(said, thresholds=(ThresholdState("test", 0.99, "below"),))
    assert wording.group(below) == "below"


def test_titles_inside_a_sentence_lose_their_capital_but_not_their_name() -> None:
    assert wording.titles([LocalText("Age", "年龄"), LocalText("HbA1c", "糖化血红蛋白")]).en == "age, HbA1c"


def test_values_are_read_as_words_and_numbers(folder: Path, card: Card) -> None:
    specs = {s.name: s for s in input_specs(card)}
    said = {i.name: i for i in answer(folder, smoked_100=False, age=74.99).inputs}
    assert wording.value_text(said["age"], specs["age"], EN) == "74"
    assert wording.value_text(said["smoked_100"], specs["smoked_100"], EN) == "no"
    assert wording.value_text(said["sex"], specs["sex"], ZH) == "男"
    assert wording.value_text(said["bmi"], specs["bmi"], EN) == "31.0"


def test_a_quantity_is_said_with_its_unit(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path, "reg", classes=0)
    card, said = read_card(folder), answer(folder)
    assert wording.number(said, card, EN).endswith("\u00a0mmol/L")
    assert "interval" in (wording.interval(said, card, EN) or "")
    assert wording.sentence(said, card, EN).startswith("Estimate: ")
    assert wording.word_of(said, card, EN) is None


def test_beside_a_class_stand_its_own_term_and_the_lead_class_by_name(tmp_path: Path) -> None:
    three = linear_folder(tmp_path, "three", classes=3, method="none")
    card, found = read_card(three), answer(three)
    assert found.outcome is not None
    shares = {"yes": 0.02, "no": 0.9, "maybe": 0.08}
    found = replace(found, outcome=replace(found.outcome, value="no", category="no", probabilities=shares))
    assert wording.word_of(found, card, EN) == "Very likely"
    assert (wording.interval(found, card, EN) or "").startswith(f"{card.output.classes[0].title.en} 2%, 80% ")
    assert (wording.interval(found, card, ZH) or "").startswith("类别 2%，80% ")


def test_a_threshold_of_classes_together_names_them(tmp_path: Path) -> None:
    card = read_card(linear_folder(tmp_path, "three", classes=3, method="none"))
    point = replace(card.operating_points[0], classes=("no", "maybe"), value=0.27)
    no, maybe = (card.output.classes[i].title.en for i in (1, 2))
    said = wording.threshold_short(ThresholdState("test", 0.27, "above"), point, card, EN)
    assert said == f"{no} / {maybe} above 27%"
