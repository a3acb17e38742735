"""A tile one chooses a user by."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.context import Context
from ui.widgets import Avatar, Column, Row, Text


def initials(name: str) -> str:
    """The first Chinese character, else up to two initials, else a plus."""
    if name and ord(name[0]) > 0x2E80:
        return name[0]
    letters = [word[0] for word in name.replace(".", " ").replace("_", " ").split() if word[0].isalnum()]
    return "".join(letters[:2]).upper() or "+"


class UserTile(QPushButton):
    """Checkable; the ticked one works."""

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.user = context, name
        self.setProperty("kind", "tile")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = Row(context, (12, 8, 16, 8), 12, self)
        self._avatar = Avatar(context, initials(name), 32)
        row.addWidget(self._avatar)
        column = Column(context, 0, 0)
        column.addStretch(1)
        self.title = Text(context, role="strong", elide=True)
        self.title.set_plain(name)
        self.note = Text(context, role="small", tone="text2", elide=True)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addStretch(1)
        row.addLayout(column, 1)
        self.setAccessibleName(name)
        self.toggled.connect(self._dress)
        self._dress()

    def set_texts(self, title: str, note: str) -> None:
        """Both message ids; an empty one keeps what is there."""
        if title:
            self.title.set_message(title)
            self.setAccessibleName(self.title.text())
        self.note.set_message(note)
        self.note.setVisible(bool(note))

    def _dress(self) -> None:
        on = self.isChecked()
        self._avatar.set_tokens("accent" if on else "hover", "onAccent" if on else "text2")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            theme = self._context.theme
            mark = theme.pixmap("check", "accent", 18, self.devicePixelRatioF())
            side = theme.px(18)
            QPainter(self).drawPixmap(self.width() - side - theme.px(14), (self.height() - side) // 2, mark)
