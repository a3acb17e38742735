"""The Summary: who is this patient today, and what needs a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QStackedWidget, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.format import format_date
from ui.itemmodels.assess_list import AssessDelegate, AssessListModel, AssessRow
from ui.itemmodels.result_delegate import ResultDelegate
from ui.itemmodels.test_list import TestListModel, TestRow
from ui.pages.assess.reading import Shown
from ui.pages.assess.rows import row_of
from ui.pages.immunisations.card import ImmunisationsCard
from ui.pages.patient_facts import Facts
from ui.pages.pregnancy.card import PregnancyCard
from ui.pages.results.reading import LEVEL_WORDS, test_rows
from ui.pages.summary.cards import MedicinesCard, OpeningList, ProblemsCard, VitalTile
from ui.pages.summary.due_card import DueCard
from ui.pages.summary.list_cards import ListCard, list_links, nothing_words
from ui.pages.summary.rows import medicine_lines, problem_lines, result_names, vital_lines, vitals_date
from ui.widgets import (
    Card,
    Column,
    ErrorState,
    LinkButton,
    Row,
    SectionHeader,
    Skeleton,
    Text,
    describe,
    scrolling,
)

LEFT, RIGHT = 352, 330
LEFT_NARROW, RIGHT_NARROW, DRAWER_BELOW, LEAST = 310, 300, 1240, 900
TILES = 5
LEVEL_ORDER = {"high": 0, "low": 0}


class SummaryPage(QWidget):
    """Problems, medicines; results, vital signs; for review. Every number opens its trend."""

    trend_wanted = Signal(str)
    tab_wanted = Signal(str)
    assessment_wanted = Signal(str)
    form_wanted = Signal(str)
    immunisation_wanted = Signal(object)
    list_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._build()
        context.theme_changed.connect(self._measure)
        self._width = 1366
        self.clear()

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = Row(context, (14, 12, 14, 12), 0, self)
        self.states = QStackedWidget()
        outer.addWidget(self.states)
        self.content = QWidget()
        self._row = row = Row(context, 0, 12, self.content)
        self.left = self._build_left()
        self.right = self._build_right()
        row.addWidget(self.left)
        self.centre = self._build_centre()
        row.addWidget(self.centre, 1)
        row.addWidget(self.right)
        self.loading = Skeleton(context, 12)
        self.error = ErrorState(context)
        self.area = scrolling(self.content)
        for page in (self.area, self.loading, self.error):
            self.states.addWidget(page)

    def _build_left(self) -> QWidget:
        side = QWidget()
        column = Column(self.context, 0, 12, side)
        self.problems = ProblemsCard(self.context)
        self.medicines = MedicinesCard(self.context)
        self.lists = [ListCard(self.context, name) for name in ("allergies", "family")]
        list_links(self.context, self.problems, "problems", self.list_wanted.emit)
        list_links(self.context, self.medicines, "medicines", self._want_medicines)
        allergies, family = self.lists
        column.addWidget(self.problems, 1)
        column.addWidget(allergies)
        column.addWidget(self.medicines, 1)
        column.addWidget(family)
        for card in self.lists:
            card.wanted.connect(self.list_wanted)
        return side

    def _want_medicines(self, name: str) -> None:
        """All medicines have a tab of their own; a new one has its form."""
        if name == "medicines":
            self.tab_wanted.emit(name)
        else:
            self.list_wanted.emit(name)

    def _build_centre(self) -> QWidget:
        context = self.context
        middle = QWidget()
        column = Column(context, 0, 12, middle)
        self.results = Card(context, N_("Recent results"), icon="flask", padding=0, gap=4)
        if self.results.header is not None:
            inset(self.results.header)
            self.results.header.add(Text(context, N_("shaded = reference range"), "small", "text2"))
            self.results.header.add(
                LinkButton(context, N_("Enter values"), icon="edit", small=True,
                           on_click=lambda: self.form_wanted.emit("values"))
            )
            self.results.header.add(
                LinkButton(context, N_("All results"), small=True,
                           on_click=lambda: self.tab_wanted.emit("results"))
            )
        self.tests = TestListModel(self)
        self.list = OpeningList()
        self.list.setModel(self.tests)
        self.list.setItemDelegate(ResultDelegate(context, self.list))
        self.list.opened.connect(self._open_result)
        nothing = N_("No results yet — import a file or enter a value")
        self.no_results = Text(context, nothing, "body", "text2", wrap=True)
        self.no_results.setContentsMargins(16, 4, 16, 16)
        self.results.body.addWidget(self.list, 1)
        self.results.body.addWidget(self.no_results)
        column.addWidget(self.results, 1)
        self.vitals = Card(context, N_("Vital signs"), icon="pulse", padding=16, gap=6)
        self.vitals.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.grid = QGridLayout()
        self.tiles = [VitalTile(context) for _ in range(TILES)]
        for tile in self.tiles:
            tile.pressed.connect(self.trend_wanted)
        self.vitals.body.addLayout(self.grid)
        self._place_tiles(TILES)
        column.addWidget(self.vitals)
        context.language_changed.connect(self._name_lists)
        self._name_lists()
        return middle

    def _name_lists(self) -> None:
        words = self.context.words
        self.list.setAccessibleName(words("Recent results"))
        self.assessed.setAccessibleName(words("For review"))

    def _place_tiles(self, columns: int) -> None:
        self.grid.setHorizontalSpacing(self.context.theme.px(12))
        for index, tile in enumerate(self.tiles):
            self.grid.addWidget(tile, index // columns, index % columns)
        for column in range(TILES):
            self.grid.setColumnStretch(column, 1 if column < columns else 0)

    def _build_right(self) -> QWidget:
        context = self.context
        side = QWidget()
        column = Column(context, 0, 12, side)
        self.review = Card(context, N_("For review"), icon="model", tone="model", padding=0, gap=4)
        if self.review.header is not None:
            inset(self.review.header)
            self.review.header.add(
                LinkButton(context, N_("Assess"), small=True, on_click=lambda: self.tab_wanted.emit("assess"))
            )
        self.models = AssessListModel(self)
        self.assessed = OpeningList()
        self.assessed.setModel(self.models)
        self.assessed.setItemDelegate(AssessDelegate(context, self.assessed, inset=16))
        self.assessed.opened.connect(self._open_assessment)
        self.review_note = Text(context, "", "body", "text2", wrap=True)
        self.review_note.setContentsMargins(16, 4, 16, 16)
        self.review.body.addWidget(self.assessed, 1)
        self.review.body.addWidget(self.review_note)
        column.addWidget(self.review)
        column.addWidget(self._build_more())
        column.addStretch(1)
        return side

    def _build_more(self) -> QWidget:
        """What is due, and what is recorded besides: pregnancy where it is asked, vaccines given."""
        context = self.context
        self.more = QWidget()
        column = Column(context, 0, 12, self.more)
        self.due = DueCard(context)
        column.addWidget(self.due)
        self.pregnancy = PregnancyCard(context)
        self.pregnancy.wanted.connect(lambda: self.form_wanted.emit("pregnancy"))
        self.immunisations = ImmunisationsCard(context)
        self.immunisations.wanted.connect(self.immunisation_wanted)
        column.addWidget(self.pregnancy)
        column.addWidget(self.immunisations)
        return self.more

    @property
    def is_ready(self) -> bool:
        """What is due is the only thing that it reads by itself."""
        return self.due.is_ready

    def clear(self) -> None:
        """Forget the patient."""
        self._facts = None
        self.tests.set_rows([])
        self.models.set_rows([])
        self.problems.fill([])
        self.medicines.fill([])
        for card in self.lists:
            card.clear()
        self.review_note.set_plain("")
        self.due.clear()
        self.pregnancy.clear()
        self.immunisations.clear()
        self.states.setCurrentWidget(self.loading)

    def show_loading(self) -> None:
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_facts(self, facts: Facts) -> None:
        """Everything that is read from the record."""
        self._facts = facts
        words = self.context.words
        self.loading.stop()
        self.problems.show_lines(problem_lines(facts, words), nothing_words("problems", facts, words))
        self.medicines.show_lines(medicine_lines(facts, words), nothing_words("medicines", facts, words))
        for card in self.lists:
            card.show_facts(facts)
        rows = test_rows(facts, words, result_names(facts))
        rows.sort(key=lambda row: (-row.spark.points[-1][0] // 86_400, LEVEL_ORDER.get(row.level, 1)))
        self.tests.set_rows([_ungrouped(row) for row in rows])
        self.list.setVisible(bool(rows))
        self.no_results.setVisible(not rows)
        for tile, line in zip(self.tiles, vital_lines(facts, words), strict=True):
            tile.show_line(line, words(LEVEL_WORDS.get(line.level, "")))
        self.due.show_facts(facts)
        self.pregnancy.show_facts(facts)
        self.immunisations.show_facts(facts)
        taken = vitals_date(facts)
        if self.vitals.header is not None:
            self.vitals.header.remark.set_plain(format_date(taken, words, time=True) if taken else "")
        self.states.setCurrentWidget(self.area)

    def show_assessments(self, found: Sequence[Shown]) -> None:
        """What the models found that a doctor should look at."""
        words = self.context.words
        rows = [row_of(one, words) for one in found]
        review = [row for row in rows if row.group == "review"]
        self.models.set_rows(review)
        self.assessed.setVisible(bool(review))
        if not rows:
            self.review_note.set_message(N_("No models are installed"))
        elif all(one.is_off for one in found):
            self.review_note.set_message(N_("Models are off"))
        elif not review:
            rest = sum(row.group == "not_calculated" for row in rows)
            self.review_note.set_message(
                N_("Nothing above a threshold. Below: {below}. Not calculated: {rest}."),
                below=len(rows) - rest, rest=rest,
            )
        self.review_note.setVisible(not review)
        self._fit_review()

    def show_assess_error(self, error: BaseException) -> None:
        title, _ = describe(error)
        self.models.set_rows([])
        self.assessed.hide()
        self.review_note.set_dynamic(lambda: title(self.context))
        self.review_note.show()

    def focus_first(self) -> None:
        """The first result, where there is one."""
        if self.tests.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.tests.index(self.tests.first_test(), 0))

    def set_window(self, width: int, _is_short: bool) -> None:
        self._width = width
        self._measure()

    def _measure(self) -> None:
        theme = self.context.theme
        narrow = self._width < theme.px(1300)
        is_single = self._width < theme.px(LEAST)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_single else directions.LeftToRight)
        left = theme.px(LEFT_NARROW if narrow else LEFT)
        self.left.setMinimumWidth(0 if is_single else left)
        self.left.setMaximumWidth(16_777_215 if is_single else left)
        for card in (self.problems, self.medicines):
            card.setMinimumHeight(theme.px(96))
        self.list.setMinimumHeight(theme.px(39 * 3))
        self.right.setFixedWidth(theme.px(RIGHT_NARROW if narrow else RIGHT))
        self._place_review(self._width < theme.px(DRAWER_BELOW))
        self.problems.fit()
        self._fit_review()

    def _place_review(self, is_left: bool) -> None:
        """Without room for three columns the review stands on top of the left one."""
        if self.right.isHidden() != is_left:
            side = (self.left if is_left else self.right).layout()
            side.insertWidget(0, self.review)  # type: ignore[union-attr]
            side.insertWidget(side.count() if is_left else 1, self.more)  # type: ignore[union-attr]
            self.right.setHidden(is_left)
            self._place_tiles(3 if is_left else TILES)

    def _fit_review(self) -> None:
        """The list is as tall as its rows, up to the card's room."""
        width = (self.left if self.right.isHidden() else self.right).width() - 2
        heights = sum(self.assessed.row_height(i, width) for i in range(self.models.rowCount()))
        self.assessed.setFixedHeight(min(heights + self.context.theme.px(8), self.context.theme.px(420)))

    def _open_result(self, row: int) -> None:
        test = self.tests.test_at(row)
        if test is not None:
            self.trend_wanted.emit(test.variable)

    def _open_assessment(self, row: int) -> None:
        found = self.models.at(row)
        if isinstance(found, AssessRow):
            self.assessment_wanted.emit(found.id)


def inset(header: SectionHeader) -> None:
    """A heading above a list that reaches to the card's edges."""
    layout = header.layout()
    if isinstance(layout, Row):
        layout.set_measures((16, 12, 16, 0))


def _ungrouped(row: TestRow) -> TestRow:
    """The same row without its organ group: here the newest come first."""
    return replace(row, group="")
