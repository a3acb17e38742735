"""One still figure: drawn in the pool, blitted here, with its table one key away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableWidget, QTableWidgetItem, QWidget

from medapp.i18n import N_
from ui.charts.curves import Make, draw_figure
from ui.charts.picture import Picture
from ui.context import Context

HINT = N_("F: picture or table · Ctrl C: copy")


class Still(Picture):
    """The picture of a figure."""

    table_wanted = Signal()

    def __init__(self, context: Context, height: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._height = height

    @property
    def is_drawn(self) -> bool:
        """Without a figure there is nothing to be drawn."""
        return self._do is None or super().is_drawn

    def show_figure(self, make: Make) -> None:
        self.draw(partial(draw_figure, make))

    def sizeHint(self) -> QSize:
        return QSize(int(self.px(290)), int(self.px(self._height)))

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self.px(200)), int(self.px(self._height)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.table_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) and self._pixmap is not None:
            QGuiApplication.clipboard().setPixmap(self._pixmap)
        else:
            super().keyPressEvent(event)


class NumberTable(QTableWidget):
    """The numbers of a figure; F goes back to the picture, Ctrl C copies them as CSV.

    `is_wide`: its columns are as wide as their words, and it is scrolled sideways where they do not fit.
    """

    picture_wanted = Signal()

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, is_wide: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        policies, modes = Qt.ScrollBarPolicy, QHeaderView.ResizeMode
        self.setHorizontalScrollBarPolicy(
            policies.ScrollBarAsNeeded if is_wide else policies.ScrollBarAlwaysOff
        )
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(modes.ResizeToContents if is_wide else modes.Stretch)
        self.horizontalHeader().setStretchLastSection(is_wide)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)

    def show_rows(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.clear()
        self.setColumnCount(len(head))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(head))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        self.verticalHeader().setDefaultSectionSize(self._context.theme.row_height())

    def csv(self) -> str:
        """The table as comma-separated lines."""
        head = [self._text(self.horizontalHeaderItem(c)) for c in range(self.columnCount())]
        rows = [
            [self._text(self.item(r, c)) for c in range(self.columnCount())] for r in range(self.rowCount())
        ]
        return "".join(",".join(cells) + "\n" for cells in (head, *rows))

    @staticmethod
    def _text(item: QTableWidgetItem | None) -> str:
        text = "" if item is None else item.text().replace("\u2212", "-")
        return f'"{text}"' if "," in text else text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.picture_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.csv())
        else:
            super().keyPressEvent(event)


class FigureView(QStackedWidget):
    """The picture and its table; F turns from one to the other."""

    def __init__(
        self, context: Context, height: int = 236, parent: QWidget | None = None, *, is_wide: bool = False
    ) -> None:
        super().__init__(parent)
        self.context, self._is_wide = context, is_wide
        self.still = Still(context, height)
        self._table: NumberTable | None = None
        self._head: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self.still.table_wanted.connect(lambda: self._turn(self.table))
        self.addWidget(self.still)

    @property
    def table(self) -> NumberTable:
        """The numbers, made when they are first asked for."""
        if self._table is None:
            self._table = NumberTable(self.context, is_wide=self._is_wide)
            self._table.picture_wanted.connect(lambda: self._turn(self.still))
            self.addWidget(self._table)
            self._fill()
        return self._table

    @property
    def is_drawn(self) -> bool:
        return self.still.is_drawn

    def show_figure(
        self, make: Make, name: str, sentence: str, head: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        """`sentence` is what a screen reader says; `head` and `rows` are the table."""
        self.still.show_figure(make)
        self.still.speak(name, sentence)
        self.still.setToolTip(self.context.words(HINT))
        self._head, self._rows = head, rows
        if self._table is not None:
            self._fill()

    def clear(self) -> None:
        """Forget the figure, its picture and its numbers."""
        self.still.clear()
        self._head, self._rows = (), ()
        self._fill()
        self.setCurrentWidget(self.still)

    def _fill(self) -> None:
        if self._table is not None:
            self._table.show_rows(self._head, self._rows)
            self._table.setAccessibleName(self.still.accessibleName())
            self._table.setToolTip(self.still.toolTip())

    def _turn(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
