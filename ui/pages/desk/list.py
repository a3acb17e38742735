"""One list for all of the desk: a row is painted in five columns that give way in the right order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.charts.painted import embolden, width_of, write
from ui.context import Context
from ui.pages.desk.rows import Chip, DeskRow
from ui.theme.ink import chip_tokens

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
WIDTHS = {"time": 62, "first": 96, "born": 148, "chip": 138, "note": 150}
"""Design pixels; the name and what share the rest. `time` is a first column of times alone."""

GIVING_WAY = (("note", 860), ("first", 770), ("born", 600))
"""Columns that a row loses below these widths (design pixels), the first one first."""


class DeskModel(QAbstractListModel):
    """Rows as they are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DeskRow] = []

    @property
    def rows(self) -> Sequence[DeskRow]:
        return self._rows

    def set_rows(self, rows: Sequence[DeskRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def at(self, row: int) -> DeskRow | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.at(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None


class DeskDelegate(QStyledItemDelegate):
    """Paints from the theme of the moment."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.absent: frozenset[str] = frozenset()
        """Columns that the shown list has no use for."""
        self._born: tuple[tuple[str, str], float] = (("", ""), 0.0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._context.theme.row_height() + self._context.theme.px(2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, option.state)
        self._cells(painter, rect, row)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        theme = self._context.theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("subtle"))

    def _cells(self, painter: QPainter, rect: QRectF, row: DeskRow) -> None:
        theme = self._context.theme
        body, quiet = theme.font("body"), theme.color("text3" if row.is_quiet else "text2")
        areas = columns(rect, theme.zoom, self.absent, self._born_width())
        when = areas.get("first", areas.get("time"))
        if when is not None:
            write(painter, when, row.first, body, quiet)
        first, second = row.names
        strong = embolden(body, theme.cjk)
        ink = theme.color("text3" if row.is_quiet else "text")
        area = areas["name"]
        write(painter, area, first, strong, ink)
        if second:
            used = width_of(first, strong) + theme.px(9)
            if used < area.width() - theme.px(30):
                write(painter, area.adjusted(used, 0, 0, 0), second, body, quiet)
        if "born" in areas:
            write(painter, areas["born"], row.born, body, quiet)
        write(painter, areas["what"], row.what, body, ink)
        self._chip(painter, areas["chip"], row.chip)
        if "note" in areas:
            write(painter, areas["note"], row.note, theme.font("small"), quiet)

    def _born_width(self) -> float:
        """Room for the longest birth date with an age, in the language and type of the moment."""
        words, font = self._context.words, self._context.theme.font("body")
        key = (words.language, font.key())
        if self._born[0] != key:
            longest = words("{date} ({age})", date="00-MMM-0000", age=words("{n} mo", n=23))
            self._born = (key, width_of(longest, font) + self._context.theme.px(14))
        return self._born[1]

    def _chip(self, painter: QPainter, area: QRectF, chip: Chip) -> None:
        text, tone, icon = chip
        if not text:
            return
        theme = self._context.theme
        font, height = theme.font("caption"), theme.px(22)
        mark = theme.px(17) if icon else 0
        width = min(area.width(), width_of(text, font) + 2 * theme.px(9) + mark)
        pill = QRectF(area.left(), area.center().y() - height / 2, width, height)
        tint, edge, ink = chip_tokens(tone)
        painter.setPen(QPen(theme.color(edge), 1))
        painter.setBrush(theme.color(tint))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        inner = pill.adjusted(theme.px(9), 0, -theme.px(8), 0)
        if icon:
            side = theme.px(13)
            picture = theme.pixmap(icon, ink, 13, painter.device().devicePixelRatio())
            painter.drawPixmap(int(inner.left()), int(inner.center().y() - side / 2), side, side, picture)
            inner = inner.adjusted(mark, 0, 0, 0)
        write(painter, inner, text, font, theme.color(ink))


def columns(rect: QRectF, zoom: float, absent: frozenset[str], born: float) -> dict[str, QRectF]:
    """Where each column lies in a row of that width; `born` is what a birth date needs."""
    gone = {name for name, least in GIVING_WAY if rect.width() < least * zoom} | absent
    if "first" in gone and "first" not in absent:
        gone.add("time")
    widths = {name: width * zoom for name, width in WIDTHS.items() if name not in gone}
    inner = rect.adjusted(16 * zoom, 0, -12 * zoom, 0)
    if "born" in widths:
        widths["born"] = max(born, widths["born"])
    rest = max(0.0, inner.width() - sum(widths.values()))
    widths |= {"name": rest * 0.5, "what": rest * 0.5}
    areas: dict[str, QRectF] = {}
    left = inner.left()
    for name in ("time", "first", "name", "born", "what", "chip", "note"):
        if name in widths:
            areas[name] = QRectF(left, rect.top(), widths[name] - 8 * zoom, rect.height())
            left += widths[name]
    return areas


class DeskList(QListView):
    """Arrows choose; `keys` maps other keys to what they do while the list has the focus."""

    current_changed = Signal()

    def __init__(self, context: Context, model: DeskModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys: dict[Qt.Key, Callable[[], object]] = {}
        self.setModel(model)
        self._delegate = DeskDelegate(context, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.doubleClicked.connect(lambda _index: self._act(Qt.Key.Key_Return))
        context.theme_changed.connect(self.scheduleDelayedItemsLayout)

    def leave_out(self, absent: frozenset[str]) -> None:
        """Columns that the shown list has no use for."""
        self._delegate.absent = absent
        self.viewport().update()

    def choose(self, row: int) -> None:
        """Make a row current and bring it into view."""
        count = self.model().rowCount()
        if count:
            self.setCurrentIndex(self.model().index(max(0, min(count - 1, row)), 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else event.key()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (is_plain and self._act(Qt.Key(key))):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key) -> bool:
        act = self.keys.get(key)
        if act is None:
            return False
        act()
        return True
