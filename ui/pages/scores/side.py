"""The right column of the Scores view: what must be said, the inputs used, earlier answers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.assess import score_words
from medapp.domain.datatypes import Moment
from medapp.i18n import N_
from ui.charts.answers import AnswerChart
from ui.context import Context
from ui.format import format_date
from ui.pages.assess.history import point_of
from ui.pages.assess.reading import Shown
from ui.pages.assess.side import InputsCard, WarningsCard
from ui.widgets import Card, Column, Text
from ui.widgets.layout import empty, height_at_width

LISTED = 8


class EarlierCard(Card):
    """The kept answers of one score: a trend, and the newest in words."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Earlier answers"), icon="clock", padding=14, gap=6, parent=parent)
        self.context = context
        self.chart = AnswerChart(context)
        self.body.addWidget(self.chart)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(1, 1)
        self.body.addLayout(self.grid)
        self.none = Text(context, N_("None is kept yet."), "small", "text2", wrap=True)
        self.body.addWidget(self.none)

    def show_history(self, found: tuple[Shown, ...]) -> None:
        """Newest first, as `read_history` gives them."""
        words = self.context.words
        points = [point_of(one) for one in reversed(found)]
        is_drawn = len([one for one in points if one.value is not None]) > 1
        self.chart.setVisible(is_drawn)
        self.none.setVisible(not found)
        empty(self.grid)
        said = []
        for row, one in enumerate(found[:LISTED]):
            when = format_date(one.assessment.at, words)
            value = score_words.value_words(one.assessment, one.card, words)
            said.append(words("{when}: {number}", when=when, number=value))
            self._add(row, when, value, score_words.meaning(one.assessment, words))
        if is_drawn:
            ends = (format_date(found[-1].assessment.at, words), format_date(found[0].assessment.at, words))
            self.chart.show_points(points, ends, is_share=False)
            self.chart.speak(words("Earlier answers"), "; ".join(said))

    def _add(self, row: int, when: str, value: str, told: str) -> None:
        for column, (said, role, tone) in enumerate((
            (when, "small", "text2"), (told, "small", "text2"), (value, "strong", "text"),
        )):
            text = Text(self.context, "", role, tone, wrap=column == 1)
            text.set_plain(said)
            self.grid.addWidget(text, row, column)


class ScoreSide(QWidget):
    """The cards one below the other."""

    input_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(context, 0, 12, self)
        self.warnings, self.inputs = WarningsCard(context), InputsCard(context)
        self.earlier = EarlierCard(context)
        for card in (self.warnings, self.inputs, self.earlier):
            column.addWidget(card)
        column.addStretch(1)
        self.inputs.input_wanted.connect(self.input_wanted)
        self.clear()

    def minimumSizeHint(self) -> QSize:
        return height_at_width(self)

    def show_answer(self, shown: Shown, now: Moment) -> None:
        """The meaning of the band stands at the value itself, not among the notes."""
        notes = tuple(one for one in shown.assessment.warnings if one.code != "meaning")
        self.warnings.show_answer(replace(shown, assessment=replace(shown.assessment, warnings=notes)))
        self.inputs.show_answer(shown, now)

    def show_history(self, found: tuple[Shown, ...]) -> None:
        self.earlier.show_history(found)
        self.earlier.show()

    def clear(self) -> None:
        for card in (self.warnings, self.inputs, self.earlier):
            card.hide()
