"""A sheet inside the window: what other programs do with a message box."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget

from ui.context import Context
from ui.widgets.inside import inside, tab_stops
from ui.widgets.layout import Column, Row
from ui.widgets.speech import announce
from ui.widgets.text import Text


class Sheet(QWidget):
    """Dims its host and shows one panel; Esc closes it, Tab stays inside, focus returns.

    Put content into `body` and buttons into `buttons`; then `open_at(first)`.
    """

    closed = Signal()

    def __init__(self, context: Context, host: QWidget, title: str, *, width: int = 560) -> None:
        super().__init__(host)
        self._context, self._host, self._width = context, host, width
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.panel = QFrame(self)
        self.panel.setProperty("surface", "sheet")
        column = Column(context, 24, 12, self.panel)
        self.title = Text(context, title, "title", wrap=True)
        column.addWidget(self.title)
        self.body = Column(context, 0, 8)
        column.addLayout(self.body)
        self.buttons = Row(context, (0, 8, 0, 0), 8)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        host.installEventFilter(self)
        context.theme_changed.connect(self._place)
        self.hide()

    def open_at(self, first: QWidget | None = None) -> None:
        """Show the sheet with the focus on `first`."""
        self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.title.text(), urgent=True)

    def close_sheet(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def forget(self) -> None:
        """Close it for good: what it shows, and what was typed into it, goes with it."""
        self.close_sheet()
        for line in inside(self, QLineEdit):
            line.blockSignals(True)
            line.setText("")
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Round and round inside, as one reads: fields that came later stand where they are seen."""
        focused = QApplication.focusWidget()
        is_here = focused is not None and self.isAncestorOf(focused)
        stops = tab_stops(self, focused if is_here else None)
        if not stops:
            return super().focusNextPrevChild(forward)
        at = stops.index(focused) if focused is not None and is_here else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._context.theme.color("rail", 0.55))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        theme = self._context.theme
        self.setGeometry(self._host.rect())
        margin = theme.px(24)
        width = min(theme.px(self._width), self.width() - 2 * margin)
        self.panel.setFixedWidth(width)
        self.panel.adjustSize()
        height = min(self.panel.sizeHint().height(), self.height() - 2 * margin)
        if self.panel.hasHeightForWidth():
            height = min(self.panel.heightForWidth(width), self.height() - 2 * margin)
        left, top = (self.width() - width) // 2, max(margin, (self.height() - height) // 3)
        self.panel.setGeometry(left, top, width, height)
