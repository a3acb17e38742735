"""The sentences of the patient pages, and the checks of what is typed; no window needed."""

from __future__ import annotations

import pytest

from medapp.assess.inputs import InputSpec
from medapp.domain.clinical import AllergyIntolerance, Observation
from medapp.domain.datatypes import CodeableConcept, Coding, LocalText, Moment
from medapp.i18n import Words
from medapp.terminology.codesystems import SNOMED
from ui.charts.scale import scale_top
from ui.charts.waterfall import Move, folded, signed_points
from ui.forms.check import check_number
from ui.itemmodels.series_table import Lazy
from ui.pages.patient.banner_words import allergy_words
from ui.pages.results.reading import duration, range_words, source_words

EN, ZH = Words("en"), Words("zh_CN")


def allergy(text: str, code: str = "", **more: str) -> AllergyIntolerance:
    codings = (Coding(SNOMED, code),) if code else ()
    return AllergyIntolerance(
        1, 1, CodeableConcept(codings, text), recorded=Moment.parse("2026-02-03"), **more  # type: ignore[arg-type]
    )


def test_none_known_is_not_the_same_as_not_asked() -> None:
    assert allergy_words((), EN).state == "not_asked"
    known = allergy_words((allergy("No known allergy", "716186003"),), EN)
    assert known.state == "none"
    assert known.lines[0].replace("\u2011", "-") == "No known allergies (confirmed 03-Feb-2026)"


def test_no_allergy_of_one_kind_is_said_as_it_is_and_the_others_are_not_asked() -> None:
    food = allergy("No known food allergy", "429625007")
    found = allergy_words((food,), EN)
    assert (found.state, found.lines) == ("not_asked", ("No known food allergy", "Other allergies not asked"))
    assert allergy_words((food, allergy("No known allergy", "716186003")), EN).state == "none"
    assert allergy_words((food, allergy("Latex")), EN).lines == ("Latex — 2026",)


def test_the_worst_allergy_comes_first_and_withdrawn_ones_do_not_count() -> None:
    found = allergy_words((
        allergy("Pollen", criticality="low"),
        allergy("Penicillin", criticality="high", reaction="anaphylaxis"),
        allergy("Latex", verification="entered-in-error"),
    ), EN)
    assert found.lines == ("Penicillin — anaphylaxis 2026", "Pollen — 2026")


def test_small_moves_are_summed_into_one_row() -> None:
    moves = [Move("a", 0.1), Move("b", -0.05), Move("c", 0.02), Move("d", 0.01)]
    rows = folded(moves, 3, "2 smaller")
    assert [row.label for row in rows] == ["a", "b", "2 smaller"]
    assert sum(row.value for row in rows) == pytest.approx(0.08)


@pytest.mark.parametrize(
    ("value", "text"), [(0.09, "+9"), (-0.061, "\u22126"), (0.004, "+0.4"), (-0.0002, "0")]
)
def test_points_are_signed_and_small_ones_keep_a_decimal(value: float, text: str) -> None:
    assert signed_points(value) == text


def test_the_scale_is_magnified_only_when_everything_is_low() -> None:
    assert scale_top(0.04, 0.07, 0.05) == 0.2
    assert scale_top(0.04, 0.07, 0.3) == 1.0


SPEC = InputSpec(
    name="weight", title=LocalText("Body weight", "体重"), kind="number", unit="kg", unit_label="kg",
    accepted_units=("kg", "[lb_av]"), required=True, plausible=(30, 250), possible=(0.3, 650), choices=(),
    codes=(), decimals=1, group="", role="feature", has_variable=True,
)


@pytest.mark.parametrize(
    ("text", "unit", "level", "taken"),
    [
        ("72", "kg", "", True), ("72,5", "kg", "", True), ("７２", "kg", "", True), ("", "kg", "", False),
        ("1,234", "kg", "error", False), ("abc", "kg", "error", False), ("inf", "kg", "error", False),
        ("9000", "kg", "error", False), ("20", "kg", "warn", True), ("150", "[lb_av]", "", True),
        ("2000", "[lb_av]", "error", False),
    ],
)
def test_what_is_typed_is_checked_in_the_unit_it_is_typed_in(
    text: str, unit: str, level: str, taken: bool
) -> None:
    checked = check_number(text, unit, SPEC, EN)
    assert checked.level == level
    assert (checked.given is not None) is taken


def test_complaints_are_said_in_the_reader_s_language() -> None:
    assert check_number("9000", "kg", SPEC, ZH).text.startswith("不可能的数值")


def test_a_converted_value_names_what_was_sent() -> None:
    sent = Observation(1, Coding("x", "y"), Moment.parse("2026-01-01"), value=97.2, unit="umol/L",
                       value_sent=1.1, unit_sent="mg/dL", source="Lab")
    assert source_words(sent, EN) == "Lab · converted from 1.1\u00a0mg/dL"


def test_ranges_and_durations_in_words() -> None:
    assert range_words(45, 84, 0) == "45–84"
    assert range_words(None, 5.2, 1) == "≤ 5.2"
    assert range_words(60, None, 0) == "≥ 60"
    assert duration(Moment.parse("2026-01-01"), Moment.parse("2026-01-02"), EN) == "1 day"
    assert duration(Moment.parse("2024-01-01"), Moment.parse("2025-03-01"), ZH) == "14 个月"


def test_lazy_rows_are_made_once_and_only_when_seen() -> None:
    made: list[int] = []
    rows = Lazy(10_000, lambda i: made.append(i) or i * 2)
    assert len(rows) == 10_000
    assert rows[-1] == 19_998
    assert rows[3:5] == [6, 8]
    assert rows[3] == 6
    assert made == [9_999, 3, 4]
    with pytest.raises(IndexError):
        rows[10_000]
