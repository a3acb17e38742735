"""Calibration and decision curves: what they show, and that the same curve is the same file."""

from __future__ import annotations

from medapp.figures.calibration import CalibrationPart, CalibrationWords, draw_calibration
from medapp.figures.decision import DecisionPoint, DecisionWords, draw_decision
from medapp.figures.image import png, svg
from medapp.figures.style import ChartStyle

STYLE = ChartStyle(families=("DejaVu Sans",))
PARTS = [CalibrationPart(p, p * 0.9, p * 0.7, min(1.0, p * 1.1)) for p in (0.01, 0.05, 0.2, 0.4)]
POINTS = [DecisionPoint(i / 100, 0.2 - i / 300, 0.22 - i / 100) for i in range(1, 51)]
WORDS = DecisionWords("Threshold", "Net benefit", "by the model", "everybody", "nobody")


def test_both_axes_of_a_calibration_curve_end_alike_and_hold_every_part() -> None:
    figure = draw_calibration(PARTS, CalibrationWords("Estimated", "Observed"), STYLE, 420, 330)
    (axes,) = figure.axes
    assert axes.get_xlim() == axes.get_ylim() and axes.get_xlim()[1] == 0.5
    assert draw_calibration([], CalibrationWords("a", "b"), STYLE, 420, 330).axes[0].get_xlim()[1] == 1.0


def test_a_decision_curve_names_its_lines_and_marks_thresholds_inside() -> None:
    figure = draw_decision(POINTS, [(0.1, "test"), (0.9, "outside")], WORDS, STYLE, 420, 330)
    (axes,) = figure.axes
    written = {text.get_text().strip() for text in axes.texts}
    assert {"by the model", "everybody", "nobody", "Threshold", "Net benefit", "test"} <= written
    assert "outside" not in written
    assert axes.get_ylim()[0] < 0 < axes.get_ylim()[1]


def test_the_same_curve_is_the_same_file_with_texts_as_text() -> None:
    def drawn() -> bytes:
        return svg(draw_decision(POINTS, [(0.1, "test")], WORDS, STYLE, 420, 330), "Net benefit")

    assert drawn() == drawn()
    assert b"by the model" in drawn() and b"<title>Net benefit</title>" in drawn()
    assert b"<dc:date>" not in drawn()


def test_an_empty_curve_is_drawn_too() -> None:
    assert png(draw_decision([], [], WORDS, STYLE, 300, 200))[:4] == b"\x89PNG"
