"""The right column: what would change this most, inputs used, similar past patients."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.assess import wording
from medapp.domain.assessment import Status, WouldChange
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from ui.charts.dots import CountDots
from ui.charts.scale import ChangeScale
from ui.context import Context
from ui.pages.assess.reading import Shown
from ui.pages.assess.rows import main_threshold
from ui.pages.assess.words import (
    InputLine,
    input_lines,
    input_title,
    missing_titles,
    takes_words,
    without_old_words,
)
from ui.widgets import Card, Column, Icon, LinkButton, Row, Text
from ui.widgets.layout import empty, height_at_width

SHOWN_CHANGES = 3
NAMED = 2
SAID_ELSEWHERE = frozenset({"stale"})
"""Flagged at the input itself."""


class ChangeCard(Card):
    """The missing or old inputs that would move the estimate furthest."""

    input_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Would change this most"), icon="flask", tone="model", padding=14,
                         gap=4, parent=parent)
        self.context = context
        self.scale = ChangeScale(context)
        self._first = Row(context, 0, 6)
        self.title = Text(context, "", "strong", elide=True)
        self.remark = Text(context, N_("not known"), "small", "text2")
        self._first.addWidget(self.title, 1)
        self._first.addWidget(self.remark)
        self.body.addLayout(self._first)
        self.takes = Text(context, "", "small", "text2", wrap=True)
        self.body.addWidget(self.takes)
        self.body.addWidget(self.scale)
        self._rest = Column(context, 0, 2)
        self.body.addLayout(self._rest)
        self.problem = Text(context, "", "small", "warn", wrap=True)
        self.body.addWidget(self.problem)
        self.enter = LinkButton(context, N_("Try…"), small=True, on_click=self.input_wanted.emit)
        if self.header is not None:
            self.header.add(self.enter)

    def show_answer(self, shown: Shown) -> None:
        assessment, card, words = shown.assessment, shown.card, self.context.words
        changes = assessment.would_change  # the greatest expected change first
        now = wording.lead_probability(assessment, card)
        self.setVisible(bool(changes) and now is not None)
        if not changes or now is None:
            return
        specs = shown.specs
        titles = [input_title(c.input, specs.get(c.input), words, 26) for c in changes]
        known = {i.name for i in assessment.inputs if i.value is not None}
        self.remark.set_message(N_("old value") if changes[0].input in known else N_("not known"))
        self.title.set_plain(titles[0])
        takes = self._takes(shown, changes[0])
        self.takes.set_plain(takes)
        self.takes.setVisible(bool(takes))
        self._show_problem(shown)
        threshold = main_threshold(shown)
        low, high = sorted((changes[0].low, changes[0].high))
        labels = (words("lowest"), words("now"), words("highest"))
        self.scale.show_change(low, now, high, threshold.value if threshold else None, labels)
        self.scale.speak(titles[0], words(
            "If {input} were known, the estimate would lie between {low} and {high}; it is {now} now.",
            input=titles[0], low=wording.percent(low), high=wording.percent(high), now=wording.percent(now),
        ))
        empty(self._rest)
        further = [pair for pair in zip(titles, changes, strict=True) if _moves(pair[1])][1:SHOWN_CHANGES]
        for rank, (title, change) in enumerate(further, start=2):
            line = self._line(rank, title, change.low, change.high)
            line.setToolTip(self._takes(shown, change))
            self._rest.addWidget(line)

    def _takes(self, shown: Shown, change: WouldChange) -> str:
        test = shown.tests.by_input.get(change.input) if shown.tests is not None else None
        return "" if test is None else takes_words(test, self.context.words)

    def _show_problem(self, shown: Shown) -> None:
        problem = shown.tests.problem if shown.tests is not None else None
        self.problem.setVisible(problem is not None)
        if problem is not None:
            self.problem.set_message(problem.message, **problem.fields)

    def _line(self, rank: int, title: str, low: float, high: float) -> QWidget:
        line = QWidget()
        row = Row(self.context, (0, 2, 0, 0), 8, line)
        number = Text(self.context, "", "small", "text2")
        number.set_plain(str(rank))
        row.addWidget(number)
        name = Text(self.context, "", "body", elide=True)
        name.set_plain(title)
        row.addWidget(name, 1)
        span = Text(self.context, "", "strong")
        low, high = sorted((low, high))
        span.set_plain(f"{wording.whole_percent(low)}–{wording.whole_percent(high)}%")
        row.addWidget(span)
        return line


def _moves(change: WouldChange) -> bool:
    """Whether the shown percentage would differ at all."""
    return wording.whole_percent(change.low) != wording.whole_percent(change.high)


class InputsCard(Card):
    """Every input with its value, unit, age and source; old and odd ones are named so."""

    input_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Inputs used"), padding=14, gap=6, parent=parent)
        self.context = context
        self.without_old = Text(context, "", "small", "warn", wrap=True)
        self.body.addWidget(self.without_old)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(0, 1)
        self._rows: list[tuple[QWidget, ...]] = []
        self._is_tight = False
        self.body.addLayout(self.grid)
        self.missing = Text(context, "", "small", "text2", wrap=True)
        self.body.addWidget(self.missing)
        self.enter = LinkButton(context, N_("Enter…"), small=True, on_click=self.input_wanted.emit)
        if self.header is not None:
            self.header.add(self.enter)

    def show_answer(self, shown: Shown, now: Moment) -> None:
        words = self.context.words
        lines = input_lines(shown, now, words)
        missing = missing_titles(shown, words)
        old = sum(line.flag == "stale" for line in lines)
        if self.header is not None:
            total = len(lines) + len(missing)
            remark = words("{n} of {total}", n=len(lines), total=total)
            if old:
                remark = words("{known} · {old} old", known=remark, old=old)
            self.header.remark.set_plain(remark)
            self.header.remark.set_tone("warn" if old else "text2")
        empty(self.grid)
        px = self.context.theme.px
        self.grid.setHorizontalSpacing(px(8))
        self.grid.setVerticalSpacing(px(4))
        self._rows = [self._cells(line) for line in lines]
        self._lay()
        self._fit()
        self.without_old.setVisible(shown.without_old is not None)
        if shown.without_old is not None:
            self.without_old.set_plain(without_old_words(shown, words))
        self.missing.setVisible(bool(missing))
        if missing:
            self.missing.set_plain(_missing_words(missing, words))
        can_try = shown.assessment.status in (Status.FINAL, Status.INSUFFICIENT_DATA)
        self.enter.setVisible(bool(missing) and can_try)
        self.setVisible(bool(lines or missing))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Without room for four columns, age and source stand below title and value."""
        columns = zip(*self._rows, strict=True)
        widest = [max(cell.minimumSizeHint().width() for cell in column) for column in columns]
        margins = self.layout().contentsMargins()
        room = self.width() - margins.left() - margins.right()
        is_tight = sum(widest) + self.grid.horizontalSpacing() * (len(widest) - 1) > room
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self._lay()

    def _lay(self) -> None:
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        for row, (title, value, age, source) in enumerate(self._rows):
            for cell in (title, value, age, source):
                self.grid.removeWidget(cell)
            if self._is_tight:
                self.grid.addWidget(title, 2 * row, 0)
                self.grid.addWidget(value, 2 * row, 1)
                self.grid.addWidget(age, 2 * row + 1, 0, left)
                self.grid.addWidget(source, 2 * row + 1, 1)
            else:
                for column, cell in enumerate((title, value, age, source)):
                    self.grid.addWidget(cell, row, column, middle)

    def _cells(self, line: InputLine) -> tuple[QWidget, ...]:
        """Title, value with unit, age and source."""
        context = self.context
        title = Text(context, "", "body", wrap=True)
        title.set_plain(line.title)
        value = QWidget()
        inner = Row(context, 0, 4, value)
        number = Text(context, "", "strong", wrap=not line.unit)  # an answer in words may be long
        number.set_plain(line.value)
        unit = Text(context, "", "small", "text2")
        unit.set_plain(line.unit)
        inner.addWidget(number)
        inner.addWidget(unit)
        inner.addStretch(1)
        age = QWidget()
        when = Row(context, 0, 3, age)
        when.addStretch(1)
        if line.flag:
            when.addWidget(Icon(context, "clock" if line.flag == "stale" else "caution", "warn", 13))
        text = Text(context, "", "small", "warn" if line.flag else "text2")
        text.set_plain(line.age)
        when.addWidget(text)
        source = Text(context, "", "small", "text2")
        source.set_plain(line.source)
        for cell in (title, value, age, source):
            cell.setToolTip(line.note)
        source.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title.setAccessibleName(" ".join((line.title, line.value, line.unit, line.age, line.source)))
        title.setAccessibleDescription(line.note)
        return title, value, age, source


def _missing_words(missing: list[str], words: Words) -> str:
    """The first few by name, the rest by count: the form lists them all."""
    named = wording.listed(missing[:NAMED], words)
    rest = len(missing) - NAMED
    if rest <= 0:
        return words("Not known: {inputs}", inputs=named)
    return words("Not known: {inputs} and {n} more", inputs=named, n=rest)


class SimilarCard(Card):
    """Among the nearest validation estimates, how many had it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Similar past patients"), padding=14, gap=6, parent=parent)
        self.context = context
        self.dots = CountDots(context)
        self.body.addWidget(self.dots)
        self.text = Text(context, "", "small", "text2", wrap=True)
        self.body.addWidget(self.text)

    def show_answer(self, shown: Shown) -> None:
        words, similar = self.context.words, shown.assessment.similar
        self.setVisible(similar is not None)
        if similar is None:
            return
        sentence = wording.similar(shown.assessment, words) or ""
        self.dots.show_counts(similar.events, similar.n)
        self.dots.speak(words("Similar past patients"), sentence)
        self.text.set_plain(sentence)


class WarningsCard(Card):
    """What the reader must know beside the number."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Note"), icon="caution", tone="warn", padding=14, gap=4, parent=parent)
        self.context = context
        self._lines = Column(context, 0, 4)
        self.body.addLayout(self._lines)

    def show_answer(self, shown: Shown) -> None:
        warnings = [w for w in shown.assessment.warnings if w.code not in SAID_ELSEWHERE]
        self.setVisible(bool(warnings))
        empty(self._lines)
        language = self.context.words.language
        for caution in warnings:
            text = Text(self.context, "", "small", "text", wrap=True)
            text.set_plain(caution.text.get(language) or caution.text.get("en", ""))
            self._lines.addWidget(text)


class SideColumn(QWidget):
    """The cards one below the other."""

    input_wanted = Signal()

    def minimumSizeHint(self) -> QSize:
        return height_at_width(self)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column = Column(context, 0, 12, self)
        self.change, self.inputs = ChangeCard(context), InputsCard(context)
        self.similar, self.warnings = SimilarCard(context), WarningsCard(context)
        for card in (self.warnings, self.change, self.inputs, self.similar):
            column.addWidget(card)
        column.addStretch(1)
        self.change.input_wanted.connect(self.input_wanted)
        self.inputs.input_wanted.connect(self.input_wanted)

    def show_answer(self, shown: Shown, now: Moment) -> None:
        self.warnings.show_answer(shown)
        self.change.show_answer(shown)
        self.inputs.show_answer(shown, now)
        self.similar.show_answer(shown)

    def set_short(self, is_short: bool) -> None:
        self._column.set_measures(0, 9 if is_short else 12)

    def clear(self) -> None:
        for card in (self.warnings, self.change, self.inputs, self.similar):
            card.hide()
