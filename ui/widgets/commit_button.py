"""A button that writes, with a name on it: without room for one line its words take two, and none is cut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.context import Context
from ui.widgets.buttons import Button


class CommitButton(Button):
    """`words` is what it says, whatever its lines; screen readers and `text` on one line have the same."""

    def __init__(
        self,
        context: Context,
        message: str = "",
        kind: str = "primary",
        *,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._said = ""
        super().__init__(context, message, kind, icon=icon, on_click=on_click, parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        return self._said

    def setText(self, text: str) -> None:
        self._said = text
        self._break()
        self.updateGeometry()

    def _describe(self) -> None:
        super()._describe()
        if not self._name and self._spoken is None:
            self.setAccessibleName(self._said.replace("&", ""))

    def sizeHint(self) -> QSize:
        """On one line."""
        return self._size_of(self._said)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longest word, as tall as the lines it has now."""
        longest = max(self._said.split(), key=self.fontMetrics().horizontalAdvance, default="")
        return QSize(self._size_of(longest).width(), self._size_of(self.text()).height())

    def heightForWidth(self, width: int) -> int:
        return self._size_of(self._lines(width)).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        lines = self._lines(self.width())
        if lines != self.text():
            super().setText(lines)
            self.updateGeometry()

    def _lines(self, width: int) -> str:
        """What it says with a line break wherever the room ends."""
        room = width - self._size_of("").width()
        if not self._said or room <= 0 or self._size_of(self._said).width() <= width:
            return self._said
        layout = QTextLayout(self._said, self.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignHCenter))
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            lines.append(self._said[line.textStart() : line.textStart() + line.textLength()].strip())
        layout.endLayout()
        return "\n".join(lines)

    def _size_of(self, text: str) -> QSize:
        """The button with this text, by the style sheet."""
        self.ensurePolished()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = text
        inner = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text)
        if not self.icon().isNull():
            inner += QSize(self.iconSize().width() + 4, 0)
            inner.setHeight(max(inner.height(), self.iconSize().height()))
        return self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, inner, self)
