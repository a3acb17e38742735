"""The answer of a score: what and for whom, the value or why there is none, bands, working, people."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.assess import score_words, wording
from medapp.assess.score_words import NOT_A_MODEL
from medapp.calculators.calculator import Calculator
from medapp.domain.assessment import Assessment, Status
from medapp.i18n import N_
from ui.charts.bands import BandScale
from ui.charts.risk_dots import RiskDots
from ui.context import Context
from ui.pages.assess.reading import Shown
from ui.pages.scores.words import Group, band_state, big, group_words, possible, risk_groups
from ui.widgets import Chip, Column, IconButton, Row, SectionHeader, Text
from ui.widgets.flow import flowing
from ui.widgets.layout import empty


class AnswerHead(QWidget):
    """Title, population, source; below, the answer in large type or the reason in its place."""

    pin_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        column = Column(context, 0, 4, self)
        row = Row(context, 0, 8)
        self.title = Text(context, "", "title", wrap=True)
        row.addWidget(self.title, 1)
        self.pin = IconButton(context, "flag", N_("Pin this score"), on_click=self.pin_wanted.emit)
        self.pin.setCheckable(True)
        self.copy = IconButton(context, "copy", N_("Copy for the note"), on_click=self.copy_wanted.emit)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.pin, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.kind, self.year, self.tried = (Chip(context) for _ in range(3))
        self.kind.set_message(NOT_A_MODEL)
        self.tried.set_message(N_("Not saved"))
        column.addWidget(flowing(context, self.kind, self.year, self.tried, gap=5))
        self.population = Text(context, "", "small", "text2", wrap=True)
        self.reference = Text(context, "", "small", "text2", wrap=True)
        column.addWidget(self.population)
        column.addWidget(self.reference)
        line = Row(context, (0, 6, 0, 0), 14)
        self.number = Text(context, "", "hero")
        beside = Column(context, 0, 0)
        self.beside, self.meaning = Text(context, "", "body", "text2", wrap=True), Text(
            context, "", "section", wrap=True)
        beside.addStretch(1)
        for text in (self.meaning, self.beside):
            beside.addWidget(text)
        beside.addStretch(1)
        line.addWidget(self.number)
        line.addLayout(beside, 1)
        column.addLayout(line)
        self.scale = BandScale(context)
        column.addWidget(self.scale)

    def show_answer(self, score: Calculator, shown: Shown, *, is_tried: bool, is_pinned: bool) -> None:
        answer, words = shown.assessment, self.context.words
        self.title.set_plain(words.pick(score.about.title))
        self.year.set_message(N_("Rule of {version}"), version=score.about.version)
        self.tried.setVisible(is_tried)
        self.pin.setChecked(is_pinned)
        self.population.set_plain(words.pick(score.about.population))
        self.reference.set_plain(score.about.reference)
        number, unit = big(answer, score, words)
        is_final = answer.status is Status.FINAL
        span = possible(answer, score, words)
        why = "" if is_final else wording.reason(answer, words)
        meaning = score_words.meaning(answer, words) if is_final else span or why
        self.number.set_plain(number)
        self.number.setAccessibleName(f"{number} {unit}".strip())
        _put(self.beside, unit or (why if span else ""))
        _put(self.meaning, meaning)
        state = band_state(answer, score)
        self.scale.show_state(state)
        self.scale.speak(words("Bands of the score"), "; ".join(
            words.pick(band.title) for band in score.bands))


def _put(text: Text, said: str) -> None:
    text.set_plain(said)
    text.setVisible(bool(said))


class Working(QWidget):
    """Every step: what it is, how it came about, what came out."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        column = Column(context, 0, 6, self)
        self.header = SectionHeader(context, N_("Working"))
        column.addWidget(self.header)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(0, 3)
        self.grid.setColumnStretch(1, 4)
        column.addLayout(self.grid)
        self.none = Text(context, N_("Nothing is worked out while an input is missing."), "small", "text2",
                         wrap=True)
        column.addWidget(self.none)

    def show_answer(self, answer: Assessment) -> None:
        context = self.context
        empty(self.grid)
        self.grid.setHorizontalSpacing(context.theme.px(10))
        self.grid.setVerticalSpacing(context.theme.px(4))
        steps = list(score_words.working(answer, context.words))
        self.none.setVisible(not steps)
        for row, (title, expression, result) in enumerate(steps):
            is_last = row == len(steps) - 1
            cells = (
                (title, "strong" if is_last else "body", "text"), (expression, "small", "text2"),
                (result, "strong", "text"),
            )
            for place, (said, role, tone) in enumerate(cells):
                text = Text(context, "", role, tone, wrap=place < 2)
                text.set_plain(said)
                self.grid.addWidget(text, row, place, Qt.AlignmentFlag.AlignTop)
            text.setAlignment(Qt.AlignmentFlag.AlignRight)
            text.setAccessibleName(f"{title}: {expression}, {result}")


class People(QWidget):
    """Of a hundred with this answer, beside a hundred in the score's lowest band."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        column = Column(context, (0, 6, 0, 0), 6, self)
        column.addWidget(SectionHeader(context, N_("By the source of the score")))
        self.outcome = Text(context, "", "small", "text2", wrap=True)
        column.addWidget(self.outcome)
        row = Row(context, 0, 16)
        self.dots = (RiskDots(context), RiskDots(context))
        self.texts = (Text(context, "", "small", wrap=True), Text(context, "", "small", wrap=True))
        for dots, text in zip(self.dots, self.texts, strict=True):
            half = Column(context, 0, 4)
            half.addWidget(dots)
            half.addWidget(text)
            half.addStretch(1)
            row.addLayout(half, 1)
        column.addLayout(row)

    def show_answer(self, answer: Assessment, score: Calculator) -> None:
        words = self.context.words
        groups = risk_groups(answer, score, words)
        self.setVisible(bool(groups))
        self.outcome.set_plain(words.pick(score.about.summary))
        padded: tuple[Group | None, ...] = (*groups, None, None)
        tokens = ("r3", "r1")
        for dots, text, group, token in zip(self.dots, self.texts, padded[:2], tokens, strict=True):
            dots.setVisible(group is not None)
            text.setVisible(group is not None)
            if group is not None:
                said = group_words(group, words)
                dots.show_count(group.count, token)
                dots.speak(said, said)
                text.set_plain(said)
