"""The Results page: tests at the left, one large chart, every value below it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QListView,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTableView,
    QWidget,
)

from medapp.domain.clinical import Observation
from medapp.i18n import N_
from medapp.services import records
from ui.charts.trend_view import TrendView
from ui.commands import Command
from ui.context import Context
from ui.itemmodels.cell_delegate import CellDelegate
from ui.itemmodels.series_table import SeriesTableModel
from ui.itemmodels.test_delegate import TestDelegate
from ui.itemmodels.test_list import TestListModel
from ui.jobs import Token
from ui.pages.patient_facts import Facts
from ui.pages.results.changes import ValueChanges
from ui.pages.results.compare import MOST, Compared, compare_words, read_several
from ui.pages.results.reading import ChartWords, chart_words, test_rows
from ui.pages.results.test_view import TestView
from ui.widgets import (
    Button,
    Column,
    EmptyState,
    ErrorState,
    Icon,
    LinkButton,
    Row,
    SearchField,
    Segmented,
    Skeleton,
    Text,
    scrolling,
    surface,
)

if TYPE_CHECKING:
    from medapp.services.session import Session

SPANS = (("6m", N_("6 mo")), ("1y", N_("1 y")), ("3y", N_("3 y")), ("all", N_("All")))

LEAST = 900
"""Below this width of the window the tests stand above the chart."""


def read_series(session: Session, patient: int, variable: str) -> list[Observation]:
    """Every value of one variable; runs on the store thread."""
    return records.series(session, patient, variable)


class ResultsPage(QWidget):
    """Shows what `PatientPage` reads, and fetches the full series of the test that is chosen."""

    form_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._selected = ""
        self._wanted: tuple[str, ...] = ("", "")
        self._compared: list[str] = []
        self._several: Mapping[str, Sequence[Observation]] | None = None
        self._is_due = False
        self._width = 1366
        self._series: Sequence[Observation] | None = None
        self._chart: ChartWords | None = None
        self._token = Token()
        self._pending = 0
        self._build()
        context.language_changed.connect(self.table.reset)
        context.language_changed.connect(self._say_compare)

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = Row(context, (14, 12, 14, 12), 12, self)
        self.states = QStackedWidget()
        row.addWidget(self.states)
        self.content = QWidget()
        self._row = inner = Row(context, 0, 12, self.content)
        self.left = self._build_left()
        inner.addWidget(self.left)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._build_chart())
        split.addWidget(self._build_table())
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 2)
        split.setHandleWidth(context.theme.px(12))
        self.split = split
        inner.addWidget(split, 1)
        self.setTabOrder(self.enter, self.changes.button)  # it stands beside it
        self.loading = Skeleton(context, 10)
        self.empty = EmptyState(
            context, N_("No results yet"), icon="chart",
            advice=N_("Results appear here once they are imported or entered."),
        )
        self.error = ErrorState(context, self._fetch)
        self.area = scrolling(self.content)
        for page in (self.area, self.loading, self.empty, self.error):
            self.states.addWidget(page)
        context.theme_changed.connect(self._measure)
        self._measure()

    def _build_left(self) -> QWidget:
        context = self.context
        card = surface("card")
        column = Column(context, (1, 12, 1, 6), 6, card)
        line = Row(context, (12, 0, 12, 0), 0)
        self.filter = SearchField(context, N_("Filter tests"))
        self.filter.typed.connect(self._on_filter)
        self.filter.moved.connect(self._move)
        self.filter.accepted.connect(lambda: self.view.setFocus())
        self.filter.escaped.connect(self.filter.line.clear)
        line.addWidget(self.filter)
        column.addLayout(line)
        self.tests = TestListModel(self)
        self.list = TestView()
        self.list.setModel(self.tests)
        self.list.setItemDelegate(TestDelegate(context, self.list))
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.clicked.connect(self._on_clicked)
        self.list.space.connect(self.toggle_compared)
        column.addWidget(self.list, 1)
        return card

    def _build_chart(self) -> QWidget:
        context = self.context
        card = surface("card")
        column = Column(context, (16, 12, 16, 8), 6, card)
        head = Row(context, 0, 8)
        self.title = Text(context, "", "title", elide=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit = Text(context, "", "body", "text2")
        head.addWidget(self.title)
        head.addWidget(self.unit)
        head.addStretch(1)
        self.span = Segmented(context, SPANS, "3y", name=N_("Period"))
        self.span.chosen.connect(self._render)
        head.addWidget(self.span)
        self.compare = Button(context, N_("Compare"), icon="plus")
        self.compare.setCheckable(True)
        self.compare.toggled.connect(self._on_compare)
        head.addWidget(self.compare)
        column.addLayout(head)
        line = Row(context, 0, 8)
        self._trend_icon = Icon(context, "chart", "text2", 14)
        self.headline = Text(context, "", "strong")
        line.addWidget(self._trend_icon)
        line.addWidget(self.headline, 1)
        self.copy_picture = LinkButton(context, N_("Copy picture"), icon="copy", small=True,
                                       on_click=self.copy_png)
        self.copy_table = LinkButton(context, N_("Copy CSV"), icon="table", small=True,
                                     on_click=self.copy_csv)
        self.enter = LinkButton(context, N_("Enter values"), icon="edit", small=True,
                                on_click=lambda: self.form_wanted.emit("values"))
        line.addWidget(self.enter)
        self._change_place = line
        line.addWidget(self.copy_picture)
        line.addWidget(self.copy_table)
        column.addLayout(line)
        self.standing = Text(context, "", "small", "text2", wrap=True)
        self.standing.hide()
        column.addWidget(self.standing)
        self.compare_hint = Text(context, "", "small", "text2", wrap=True)
        self.compare_hint.hide()
        column.addWidget(self.compare_hint)
        self.view = TrendView(context)
        self.view.pointed.connect(self._on_point)
        self.view.table_wanted.connect(self.focus_table)
        self.view.copy_wanted.connect(self.copy_png)
        column.addWidget(self.view, 1)
        return card

    def _build_table(self) -> QWidget:
        context = self.context
        card = surface("card")
        column = Column(context, (1, 2, 1, 4), 0, card)
        self.series = SeriesTableModel(context, self)
        self.table = QTableView()
        self.table.setModel(self.series)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setItemDelegate(CellDelegate(context, self.table))
        self.table.setMouseTracking(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        back = QShortcut(QKeySequence(Qt.Key.Key_F), self.table)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self.view.setFocus)
        self.changes = ValueChanges(
            context, self, self.table, lambda: self._facts, self._chosen_value, lambda: self._selected
        )
        self._change_place.insertWidget(self._change_place.indexOf(self.enter) + 1, self.changes.button)
        if context.is_read_only:
            self.enter.hide()
            self.changes.button.hide()
            self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        column.addWidget(self.table)
        return card

    def _chosen_value(self) -> int:
        """The id of the value whose row is chosen; 0 for none, and while several tests are compared."""
        is_fixed = bool(self._compared) or self.context.is_read_only
        row = None if is_fixed else self.series.row(self.table.currentIndex().row())
        return 0 if row is None else row.observation

    def commands(self) -> Sequence[Command]:
        """The chart, the comparison, and what can be done to the chosen value."""
        found = [
            Command(N_("Copy the chart as a picture"), self.copy_png, "copy", "Ctrl C"),
            Command(N_("Copy the values as CSV"), self.copy_csv, "table"),
            Command(N_("Values as a table"), self.focus_table, "table", "F"),
            Command(N_("Compare tests"), self.compare.toggle, "plus"),
        ]
        return (*(found if self._chart is not None else ()), *self.changes.commands())

    @property
    def is_ready(self) -> bool:
        waits = self._pending > 0 or not self.changes.is_ready
        is_shown = self.isVisible() and self.view.trend is not None and self.view.isVisible()
        return not waits and (not is_shown or self.view.is_drawn)

    @property
    def chart(self) -> ChartWords | None:
        """What is on the chart and in the table."""
        return self._chart

    def clear(self) -> None:
        """Forget the patient."""
        self._token.cancel()
        self.changes.forget()
        self._token, self._pending = Token(), 0
        self._facts, self._series, self._chart, self._selected = None, None, None, ""
        self._wanted, self._compared, self._several = ("", ""), [], None
        self.compare.setChecked(False)
        self.filter.show_text("")
        self.tests.filter("")
        self.tests.compare(())
        self.tests.set_rows([])
        self.series.set_rows([])
        self.view.clear()
        for label in (self.title, self.unit, self.headline):
            label.set_plain("")
        self._say_standing("")
        self.states.setCurrentWidget(self.loading)

    def show_loading(self) -> None:
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_facts(self, facts: Facts) -> None:
        """The patient's tests; the chosen one stays chosen and is fetched again."""
        self._facts = facts
        self.list.setAccessibleName(self.context.words("Tests"))
        self.table.setAccessibleName(self.context.words("Values as a table"))
        self.loading.stop()
        rows = test_rows(facts, self.context.words)
        self.tests.set_rows(rows)
        self.states.setCurrentWidget(self.area if rows else self.empty)
        if rows:
            self._series = self._several = None
            self.select(self._selected)

    def select(self, variable: str) -> None:
        """Choose a test; the first one when it is not listed."""
        row = self.tests.row_of(variable)
        if row < 0 and variable and self._facts is not None:
            self.filter.line.clear()
            row = self.tests.row_of(variable)
        row = row if row >= 0 else self.tests.first_test()
        if row < 0:
            self._selected = variable
            return
        index = self.tests.index(row, 0)
        if self.list.currentIndex() == index:
            self._on_current(index)
        else:
            self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._fetch()

    def focus_first(self) -> None:
        """The chart when there is one, else the filter."""
        (self.view if self._selected else self.filter).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_table(self) -> None:
        """F: the same values as a table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.series.rowCount():
            self.table.selectRow(0)

    def _on_filter(self, text: str) -> None:
        chosen = self._selected
        self.tests.filter(text)
        row = self.tests.row_of(chosen)
        if row >= 0:
            self.list.setCurrentIndex(self.tests.index(row, 0))

    def _move(self, step: int) -> None:
        row = self.list.currentIndex().row() + step
        while 0 <= row < self.tests.rowCount() and self.tests.test_at(row) is None:
            row += 1 if step > 0 else -1
        if self.tests.test_at(row) is not None:
            self.list.setCurrentIndex(self.tests.index(row, 0))

    def _on_current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        test = self.tests.test_at(index.row())
        if test is None or (test.variable == self._selected and self._series is not None):
            return
        if self._compared and self._several is not None:
            return  # arrows only look for the next test; Space adds it
        self._selected = test.variable
        self._fetch()

    def _fetch(self) -> None:
        session, facts, variable = self.context.session, self._facts, self._selected
        if session is None or facts is None or not variable:
            return
        self._is_due = not self.isVisible()
        if self._is_due:
            return  # a page nobody looks at asks for nothing
        self._pending += 1
        if self._compared:
            names = tuple(self._compared)
            self.context.jobs.store(
                partial(read_several, session, facts.patient.id, names),
                partial(self._take_several, names), self._fail, self._token,
            )
            return
        self.context.jobs.store(
            partial(read_series, session, facts.patient.id, variable),
            partial(self._take_series, variable), self._fail, self._token,
        )

    def _take_several(self, names: tuple[str, ...], found: Mapping[str, Sequence[Observation]]) -> None:
        self._pending -= 1
        if names == tuple(self._compared):
            self._several = found
            self.states.setCurrentWidget(self.area)
            self._render()

    def _on_compare(self, is_on: bool) -> None:
        """The chosen test becomes the first panel; off, the one that is current is shown alone."""
        self.compare.set_icon("check" if is_on else "plus")
        current = self.tests.test_at(self.list.currentIndex().row())
        if current is not None:
            self._selected = current.variable
        self._compared = [self._selected] if is_on and self._selected else []
        self._several = self._series = None
        self.changes.button.setHidden(is_on or self.context.is_read_only)
        self.tests.compare(self._compared)
        self._say_compare()
        self._measure()
        if self._facts is not None and self._selected:
            self._fetch()
        if is_on:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_compared(self) -> None:
        """Space in the list: the chosen test joins the comparison or leaves it; four at most."""
        test = self.tests.test_at(self.list.currentIndex().row())
        if test is None:
            return
        if not self.compare.isChecked():
            self.compare.setChecked(True)
        elif test.variable in self._compared:
            if len(self._compared) == 1:
                self.compare.setChecked(False)
                return
            self._compared.remove(test.variable)
            self._compare_again()
        elif len(self._compared) < MOST:
            self._compared.append(test.variable)
            self._compare_again()
        else:
            self._tell(N_("Four tests are compared at most: take one out first"))

    def _compare_again(self) -> None:
        self.tests.compare(self._compared)
        self._say_compare()
        self._fetch()

    def _on_clicked(self, _index: QModelIndex) -> None:
        if self.compare.isChecked():
            self.toggle_compared()

    def _say_compare(self) -> None:
        is_on = self.compare.isChecked()
        self.compare_hint.setVisible(is_on)
        self.compare_hint.set_message(
            N_("{n} of 4 tests. In the list at the left, a click or Space adds a test or leaves it out."),
            n=len(self._compared),
        )

    def _take_series(self, variable: str, series: Sequence[Observation]) -> None:
        self._pending -= 1
        if variable == self._selected:
            self._series = series
            self.states.setCurrentWidget(self.area)
            self._render()

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.error.show_error(error)
        self.states.setCurrentWidget(self.error)

    def _render(self, *_: object) -> None:
        facts, series = self._facts, self._series
        span, words = self.span.current or "3y", self.context.words
        if self._compared:
            self._render_several(span)
            return
        if facts is None or series is None:
            return
        self._wanted = (self._selected, span)
        self._pending += 1
        self.context.jobs.compute(
            partial(chart_words, self._selected, series, facts, span, words),
            partial(self._take_chart, self._wanted), self._fail, self._token,
        )

    def _render_several(self, span: str) -> None:
        facts, several = self._facts, self._several
        if facts is None or several is None:
            return
        self._wanted = (*self._compared, span)
        self._pending += 1
        self.context.jobs.compute(
            partial(compare_words, several, facts, span, self.context.words),
            partial(self._take_compared, self._wanted), self._fail, self._token,
        )

    def _take_compared(self, wanted: tuple[str, ...], compared: Compared) -> None:
        self._pending -= 1
        if wanted != self._wanted:
            return
        self.title.set_plain(compared.title)
        for label in (self.unit, self.headline):
            label.set_plain("")
        self._say_standing("")
        self._trend_icon.hide()
        self.view.show_panels(compared.panels, compared.bubbles, compared.title, compared.sentence)
        self.series.set_rows(compared.rows, is_compared=True)
        self._measure_table()

    def _take_chart(self, wanted: tuple[str, ...], chart: ChartWords) -> None:
        self._pending -= 1
        if wanted != self._wanted:
            return
        self._chart = chart
        self.title.set_plain(chart.title)
        self.unit.set_plain(chart.unit)
        self.headline.set_plain(chart.headline)
        self._trend_icon.setVisible(bool(chart.headline))
        self._say_standing(chart.standing)
        self.view.show_trend(chart.trend, chart.bubbles, chart.title, chart.sentence)
        self.series.set_rows(chart.rows)
        self._measure_table()

    def _say_standing(self, text: str) -> None:
        self.standing.set_plain(text)
        self.standing.setVisible(bool(text))

    def _on_point(self, point: int) -> None:
        row = self.series.row_of_point(point)
        if row >= 0 and self.table.currentIndex().row() != row:
            self.table.selectRow(row)

    def _on_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self.series.row(index.row())
        if row is not None:
            self.view.point_at(row.point)

    def copy_png(self) -> None:
        """The chart as a picture on the clipboard."""
        if self.view.pixmap is not None:
            QGuiApplication.clipboard().setPixmap(self.view.pixmap)
            self._tell(N_("Picture copied"))

    def copy_csv(self) -> None:
        """The table as CSV text on the clipboard."""
        text = io.StringIO()
        csv.writer(text).writerows(self.series.as_csv_rows())
        QGuiApplication.clipboard().setText(text.getvalue())
        self._tell(N_("Table copied as CSV"))

    def _tell(self, message: str) -> None:
        if self.context.window is not None:
            self.context.window.toast.tell(message)

    def set_window(self, width: int, _is_short: bool) -> None:
        self._width = width
        self._measure()

    def _measure(self) -> None:
        theme = self.context.theme
        is_single = self._width < theme.px(LEAST)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_single else directions.LeftToRight)
        self.left.setMinimumWidth(0 if is_single else theme.px(250))
        self.left.setMaximumWidth(16_777_215 if is_single else theme.px(250))
        self.left.setMinimumHeight(theme.px(160))
        self.left.setMaximumHeight(theme.px(190) if is_single else 16_777_215)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(31))
        self.table.horizontalHeader().setFixedHeight(theme.px(29))
        self.table.setMinimumHeight(theme.px(29 + 31 * 2))
        self.split.setSizes([theme.px(540 if self.compare.isChecked() else 400), theme.px(158)])
        self._measure_table()

    def _measure_table(self) -> None:
        px = self.context.theme.px
        compared, alone = (165, 170, 90, 135, 110, 150), (165, 90, 135, 110, 215, 150)
        for column, width in enumerate(compared if self._compared else alone):
            self.table.setColumnWidth(column, px(width))
