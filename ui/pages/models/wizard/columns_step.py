"""Step 2: what is to be predicted, which columns may be inputs, and whose row it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHeaderView, QTableView, QWidget

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services.own_models import ColumnSeen
from ui.context import Context
from ui.format import format_number
from ui.itemmodels.cell_delegate import CellDelegate
from ui.pages.models.wizard.state import Decisions
from ui.pages.models.wizard.step import Step
from ui.pages.models.wizard.words import KINDS, NOTICES, UNUSED_KINDS, show_problem
from ui.widgets import Button, LabelledField, Line, Row, Text
from ui.widgets.drop_down import DropDown, fill

Index = QModelIndex | QPersistentModelIndex
HEADINGS = (
    N_("Column"), N_("Role"), N_("Kind"), N_("Known"), N_("Different"), N_("Examples"), N_("Note"),
)
WIDTHS = (190, 130, 150, 70, 80, 220)


class ColumnsModel(QAbstractTableModel):
    """The columns of the table in its order, with the role that each has now."""

    def __init__(self, context: Context, decisions: Decisions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.decisions = context, decisions

    @property
    def columns(self) -> tuple[ColumnSeen, ...]:
        preview = self.decisions.preview
        return () if preview is None else preview.columns

    def read(self) -> None:
        """Another table, or another language."""
        self.beginResetModel()
        self.endResetModel()

    def refresh(self) -> None:
        """The roles changed."""
        if self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(HEADINGS) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.context.words(HEADINGS[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, theme = self.columns[index.row()], self.context.theme
        is_away = self._role(column) in (N_("left out"), N_("cannot be an input"))
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(column)[index.column()]
        if role == Qt.ItemDataRole.FontRole:
            return theme.font("strong" if index.column() == 0 else "body")
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.color("text3" if is_away else "text" if index.column() < 2 else "text2")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, self._cells(column)))
        return None

    def _role(self, column: ColumnSeen) -> str:
        decisions = self.decisions
        if column.name == decisions.target:
            return N_("to be predicted")
        if column.name == decisions.group:
            return N_("whose row it is")
        if column.name in decisions.dropped:
            return N_("left out")
        if column.kind in UNUSED_KINDS or column.notice == "person":
            return N_("cannot be an input")
        return N_("input")

    def _cells(self, column: ColumnSeen) -> tuple[str, ...]:
        words = self.context.words
        return (
            column.name, words(self._role(column)), words(KINDS[column.kind]), format_number(column.known),
            format_number(column.distinct), "  ·  ".join(column.examples),
            words(NOTICES[column.notice]) if column.notice else "",
        )


class ColumnsTable(QTableView):
    """Space or Enter leaves the column out, or uses it again."""

    def __init__(self, step: ColumnsStep) -> None:
        super().__init__()
        self._step = step
        self.setModel(step.model)
        self.setItemDelegate(CellDelegate(step.context, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        step.context.theme_changed.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        theme = self._step.context.theme
        for place, width in enumerate(WIDTHS):
            self.setColumnWidth(place, theme.px(width))
        self.horizontalHeader().setFixedHeight(theme.row_height())
        self.verticalHeader().setDefaultSectionSize(theme.row_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step.toggle()
        else:
            super().keyPressEvent(event)


class ColumnsStep(Step):
    """The outcome is chosen by the reader; its case is proposed only where the table says which it is."""

    title = N_("Columns and outcome")

    def build(self) -> None:
        context = self.context
        self._shown: object = None
        grid = QGridLayout()
        self._grid = grid
        self.target, self.lead, self.group = (DropDown(context) for _ in range(3))
        self.target_field = LabelledField(
            context, N_("What is to be &predicted"), self.target,
            example=N_("A column with a few answers, or with a measured number"),
        )
        self.lead_field = LabelledField(
            context, N_("The &answer that is the case"), self.lead,
            example=N_("Its probability is what the model will say"),
        )
        self.group_field = LabelledField(
            context, N_("&Whose row it is"), self.group,
            example=N_("Rows of one person stay together in every comparison"),
        )
        for place, field in enumerate((self.target_field, self.lead_field, self.group_field)):
            field.label.setWordWrap(True)
            grid.addWidget(field, 0, place)
            grid.setColumnStretch(place, 1)
        self.column.addLayout(grid)
        self.column.addWidget(Line())
        head = Row(context, 0, 8)
        self.count = Text(context, "", "small", "text2", wrap=True)
        head.addWidget(self.count, 1)
        self.turn = Button(context, N_("&Leave out"), keys="", on_click=self.toggle)
        head.addWidget(self.turn)
        self.column.addLayout(head)
        self.model = ColumnsModel(context, self.decisions, self)
        self.table = ColumnsTable(self)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.doubleClicked.connect(lambda _index: self.toggle())
        self.column.addWidget(self.table, 1)
        self.target.activated.connect(self._on_target)
        self.lead.activated.connect(self._on_lead)
        self.group.activated.connect(self._on_group)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._grid.setHorizontalSpacing(self.context.theme.px(16))

    def enter(self) -> None:
        if self._shown is not self.decisions.preview:
            self._shown = self.decisions.preview
            self.model.read()
            if self.model.rowCount():
                self.table.setCurrentIndex(self.model.index(0, 0))
        self._speak()

    def first(self) -> QWidget | None:
        return self.target

    def why_not(self) -> str:
        decisions = self.decisions
        if not decisions.target:
            return N_("Choose what is to be predicted.")
        if decisions.outcome is None:
            return N_("This column cannot be predicted.")
        if not decisions.outcome.is_quantity and not decisions.lead:
            return N_("Choose the answer that is the case.")
        return "" if decisions.inputs else N_("Use at least one column as an input.")

    def toggle(self) -> None:
        """Leave the marked column out, or use it again."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.columns):
            self.decisions.toggle(self.model.columns[row].name)
            self._changed()

    def _on_row(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        at = index.row()
        name = self.model.columns[at].name if 0 <= at < len(self.model.columns) else ""
        self.turn.set_message(N_("&Use again") if name in self.decisions.dropped else N_("&Leave out"))
        self.turn.setEnabled(bool(name) and name not in (self.decisions.target, self.decisions.group))

    def _on_target(self, _at: int) -> None:
        self.decisions.set_target(str(self.target.currentData() or ""))
        if self.decisions.group == self.decisions.target:
            self.decisions.group = ""
        self._changed()

    def _on_lead(self, _at: int) -> None:
        self.decisions.lead = str(self.lead.currentData() or "")
        self._changed()

    def _on_group(self, _at: int) -> None:
        self.decisions.group = str(self.group.currentData() or "")
        self._changed()

    def _changed(self) -> None:
        self._speak()
        self.changed.emit()

    def _speak(self) -> None:
        """Fill the three lists and the sentence below from the decisions."""
        words, decisions, columns = self.context.words, self.decisions, self.model.columns
        names = [column.name for column in columns]
        fill(self.target, [(words("Choose a column…"), ""), *((n, n) for n in names)], decisions.target)
        others = [(name, name) for name in names if name != decisions.target]
        by_name = words("Found by name, else each row by itself")
        fill(self.group, [(by_name, ""), *others], decisions.group)
        outcome = decisions.outcome
        answers = () if outcome is None else outcome.answers
        shown = [(words("{answer} ({count} rows)", answer=a, count=format_number(n)), a) for a, n in answers]
        fill(self.lead, [(words("Choose an answer…"), ""), *shown], decisions.lead)
        self.lead_field.setVisible(bool(answers))
        self.target.setAccessibleName(words("What is to be predicted"))
        self.lead.setAccessibleName(words("The answer that is the case"))
        self.group.setAccessibleName(words("Whose row it is"))
        self._say_problem()
        self.count.set_message(
            N_("{count} of {all} columns may be inputs. Space leaves one out; step 4 says what the table "
               "itself gives away."),
            count=sum(self.model._role(column) == "input" for column in columns), all=len(columns),
        )
        self.table.setAccessibleName(words("Columns of the table"))
        self.model.refresh()
        self._on_row(self.table.currentIndex())

    def _say_problem(self) -> None:
        """Why the chosen column cannot be predicted, at once."""
        target, preview = self.decisions.target, self.decisions.preview
        found = preview.column(target).target if preview is not None and target else None
        if isinstance(found, KnownError):
            show_problem(self.problem, self.context, found)
        else:
            self.problem.hide()
