"""The rail: the pages, each an icon with its word."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.pages import ENTRIES, Entry
from ui.theme.ink import write
from ui.widgets.flags import CENTER, elided, pressable
from ui.widgets.layout import Column

NOBODY = N_("Open a patient first")


class RailButton(QAbstractButton):
    """Painted, because an icon over a word with two states is not a style sheet's work."""

    def __init__(self, context: Context, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._entry = context, entry
        self.setCheckable(True)
        pressable(context, self)
        self.setProperty("ringTone", "focusRail")
        self.setProperty("ring", "inner")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.language_changed.connect(self.speak)
        context.theme_changed.connect(self.updateGeometry)
        self.speak()

    def speak(self) -> None:
        """Its word; dimmed, it says why under the mouse."""
        self.setText(self._context.words(self._entry.title))
        self.setAccessibleName(self.text())
        self.setToolTip("" if self.isEnabled() else self._context.words(NOBODY))
        self.update()

    def sizeHint(self) -> QSize:
        px = self._context.theme.px
        return QSize(px(60), px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_lit = self.isChecked() or (self.underMouse() and self.isEnabled())
        if is_lit:
            painter.setOpacity(1.0 if self.isChecked() else 0.6)
            ratio = self.devicePixelRatioF()
            lit = theme.box(self.width(), self.height(), theme.px(6), "railSel", ratio=ratio)
            painter.drawPixmap(self.rect(), lit)
        ink = "railActive" if is_lit else "railText"
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        side = theme.px(20)
        mark = theme.pixmap(self._entry.icon, ink, 20, self.devicePixelRatioF())
        line = theme.px(18)
        spare = max(0, self.height() - side - line)  # little where the window is low for its type size
        top = min(theme.px(8), spare // 2)
        painter.drawPixmap(QRect((self.width() - side) // 2, top, side, side), mark)
        font = theme.font("caption")
        font.setWeight(theme.font("strong").weight() if self.isChecked() else font.weight())
        area = QRect(0, top + side + min(theme.px(2), spare - top), self.width(), line)
        face = (font, QFontMetrics(font))
        text = elided(face[1], self.text(), self.width())
        write(painter, area, text, face, theme.hex(ink), CENTER)

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()


class Rail(QFrame):
    """All entries; `chosen` carries the name of a page."""

    chosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("surface", "rail")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        column = Column(context, (6, 8, 6, 8), 4, self)
        for entry in (entry for entry in ENTRIES if not entry.is_at_foot):
            column.addWidget(self._add(entry))
        column.addStretch(1)
        for entry in (entry for entry in ENTRIES if entry.is_at_foot):
            column.addWidget(self._add(entry))
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._speak)
        context.session_changed.connect(self._show_mine)
        self._measure()
        self._speak()
        self._show_mine()

    def _show_mine(self) -> None:
        """The pages that this user has."""
        session = self._context.session
        for entry in ENTRIES:
            if session is not None and entry.may:
                self._buttons[entry.name].setVisible(entry.is_for(session))

    def _add(self, entry: Entry) -> RailButton:
        button = RailButton(self._context, entry, self)
        button.clicked.connect(lambda: self.chosen.emit(entry.name))
        self._group.addButton(button)
        self._buttons[entry.name] = button
        return button

    def button(self, name: str) -> RailButton:
        """The entry of a page. Raises KeyError."""
        return self._buttons[name]

    def set_current(self, name: str) -> None:
        """Light an entry without going there."""
        self._buttons[name].setChecked(True)

    def set_enabled(self, name: str, is_enabled: bool) -> None:
        """A page that needs a patient first is dimmed and says so."""
        self._buttons[name].setEnabled(is_enabled)
        self._buttons[name].speak()

    def _speak(self) -> None:
        self.setAccessibleName(self._context.words("Pages"))

    def _measure(self) -> None:
        self.setFixedWidth(self._context.theme.shell("rail"))
