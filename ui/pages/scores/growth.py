"""The growth chart beside the score `who_growth`: the child's own measurements on WHO's centile lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtWidgets import QWidget

from medapp.calculators.growth_terms import VARIANTS
from medapp.domain.assessment import Assessment
from medapp.i18n import N_, Words
from medapp.services.growth import Growth, GrowthCurves
from ui.charts import curves as drawn
from ui.charts.figure_view import FigureView
from ui.context import Context
from ui.format import format_date, format_number, format_quantity, unit_label
from ui.widgets import Column, SectionHeader, Text

SCORE: Final = "who_growth"
MONTH: Final = 30.4375
NONE: Final = N_("No measurement of this kind in the record")
OUT_OF_TABLES: Final = N_("No measurement within the standard's tables")
REACHES: Final = (12.0, 24.0)
"""Months an axis of age ends at while no point lies beyond; else at the end of the tables."""


class Wanted(NamedTuple):
    """Which chart: the answer's own inputs say it."""

    variant: str
    sex: str
    gestation_weeks: float | None


class GrowthSlot(QWidget):
    """Shown for its score alone; `read` is asked for the curves whenever another chart is wanted."""

    def __init__(
        self, context: Context, read: Callable[[Wanted], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context, self._read = context, read
        self._wanted: Wanted | None = None
        self.curves: GrowthCurves | None = None
        column = Column(context, (0, 6, 0, 0), 6, self)
        self.header = SectionHeader(context, N_("Growth chart"))
        self.header.remark.set_message(N_("measurements of the record"))
        self.figure = FigureView(context, 290, is_wide=True)
        self.said, self.marks, self.outside = (Text(context, "", "small", "text2", wrap=True)
                                               for _ in range(3))
        for widget in (self.header, self.figure, self.said, self.marks, self.outside):
            column.addWidget(widget)
        self.clear()

    @property
    def is_drawn(self) -> bool:
        return not self.figure.isVisible() or self.figure.is_drawn

    def clear(self) -> None:
        """Forget the child."""
        self._wanted, self.curves = None, None
        self.figure.clear()
        self._say_lacking("")
        self.hide()

    def forget(self) -> None:
        """The record may have changed: the next answer reads it again."""
        self._wanted = None

    def show_answer(self, answer: Assessment) -> None:
        """The chart of what the answer is about, or what is lacking for it."""
        self.setVisible(answer.assessor.id == SCORE)
        if answer.assessor.id != SCORE:
            return
        values = {one.name: one.value for one in answer.inputs}
        variant, sex, weeks = (values.get(name) for name in ("variant", "sex", "gestation_at_birth"))
        if variant not in VARIANTS or sex not in ("male", "female"):
            self._wanted, self.curves = None, None
            self._say_lacking(N_("Choose a measure above to see its chart.") if variant not in VARIANTS
                              else N_("The chart needs the child's sex."))
            return
        wanted = Wanted(str(variant), str(sex), float(weeks) if isinstance(weeks, (int, float)) else None)
        if wanted != self._wanted:
            self._wanted = wanted
            self._read(wanted)
        elif self.curves is not None:
            self._render(self.curves)

    def take(self, wanted: Wanted, curves: GrowthCurves) -> None:
        """The curves as they were read; those of another chart come too late."""
        if wanted == self._wanted:
            self.curves = curves
            self._render(curves)

    def _say_lacking(self, message: str) -> None:
        self.figure.hide()
        self.said.set_message(message)
        self.marks.hide()
        self.outside.hide()

    def _render(self, curves: GrowthCurves) -> None:
        words = self.context.words
        if curves.needs_birth:
            self._say_lacking(N_("The chart needs the date of birth to the day."))
            return
        said = sentence(curves, words)
        self.said.set_plain(said)
        self.marks.set_message(N_("Full mark: corrected age. Hollow mark: age since birth."))
        self.marks.setVisible(any(map(is_corrected, curves.points)) and not curves.by_length)
        self.outside.set_message(N_("Outside the standard's tables and not drawn: {n}"), n=curves.outside)
        self.outside.setVisible(curves.outside > 0)
        self.figure.show_figure(
            drawn.growth(
                _lines(curves), [_mark(curves, one) for one in curves.points],
                (words("Length or height, cm") if curves.by_length else words("Age, months"),
                 _measure(curves, words)),
                words(OUT_OF_TABLES if curves.outside else NONE), by_length=curves.by_length,
            ),
            words("Growth chart"), said, head(curves, words), rows(curves, words),
        )
        self.figure.show()


def is_corrected(point: Growth) -> bool:
    return point.days != point.counted


def centile_words(centile: float) -> str:
    """A whole centile; the ends are named as limits, for no child is below or above all."""
    if centile < 1.0:
        return "<1"
    return ">99" if centile > 99.0 else f"{centile:.0f}"


def sentence(curves: GrowthCurves, words: Words) -> str:
    """What the chart shows, in one sentence: how many, and where the last one lies."""
    title = words.pick(VARIANTS[curves.variant])
    if not curves.points and curves.outside:
        return words("{title}: no measurement within the standard's tables.", title=title)
    if not curves.points:
        return words("{title}: no measurement in the record.", title=title)
    last = curves.points[-1]
    told = {
        "title": title, "n": len(curves.points), "value": _value(curves, last),
        "date": format_date(last.taken, words), "centile": centile_words(last.centile),
        "z": format_number(last.z, 2),
    }
    return words("{title}, measurements: {n}. The last, {value} on {date}: centile {centile}, "
                 "z-score {z}.", **told)


def head(curves: GrowthCurves, words: Words) -> list[str]:
    """The columns of the table: short, it stands in half a page; the corrected age where there is one."""
    ages = ["cm"] if curves.by_length else [words("Age, mo")]
    if not curves.by_length and any(map(is_corrected, curves.points)):
        ages.append(words("Corrected, mo"))
    return [words("Date"), unit_label(curves.unit), words("Centile"), "z", *ages]


def rows(curves: GrowthCurves, words: Words) -> list[list[str]]:
    """One line a measurement, the last one first."""
    return [
        [
            format_date(one.taken, words), format_number(one.value, _decimals(one)),
            centile_words(one.centile), format_number(one.z, 2), *_ages(curves, one),
        ]
        for one in reversed(curves.points)
    ]


def _ages(curves: GrowthCurves, one: Growth) -> list[str]:
    if curves.by_length:
        return [format_number(one.place, 1)]
    days = [one.days, one.counted] if any(map(is_corrected, curves.points)) else [one.days]
    return [format_number((age or 0) / MONTH, 1) for age in days]


def _measure(curves: GrowthCurves, words: Words) -> str:
    """The measure with its unit, as the axis names it."""
    title = words.pick(VARIANTS[curves.variant])
    return words("{title}, {unit}", title=title, unit=unit_label(curves.unit))


def _decimals(one: Growth) -> int:
    return 2 if one.value < 10.0 else 1


def _value(curves: GrowthCurves, one: Growth) -> str:
    return format_quantity(one.value, curves.unit, _decimals(one))


def _lines(curves: GrowthCurves) -> list[drawn.GrowthLine]:
    """The lines in the chart's unit, as far as the child's points need."""
    scale = 1.0 if curves.by_length else MONTH
    ages = [max(one.days or 0, one.counted or 0) / MONTH for one in curves.points]
    reach = next((end for end in REACHES if ages and max(ages) <= end), float("inf"))
    end = float("inf") if curves.by_length else reach + 0.3
    return [
        (f"{percent:g}", [(x / scale, y) for x, y in line if x / scale <= end], percent == 50.0)
        for percent, line in curves.lines
    ]


def _mark(curves: GrowthCurves, one: Growth) -> drawn.GrowthMark:
    if curves.by_length:
        return one.place, one.value, _value(curves, one), None
    since_birth = (one.days or 0) / MONTH if is_corrected(one) else None
    return one.place / MONTH, one.value, _value(curves, one), since_birth

