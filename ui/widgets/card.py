"""Cards: a white panel with a heading and a body."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.context import Context
from ui.widgets.layout import Column, Row
from ui.widgets.text import Text


class Icon(QLabel):
    """One of our icons as a picture; decoration, never alone."""

    def __init__(
        self, context: Context, name: str, tone: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._name, self._tone, self._size = context, name, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self._dress)
        self._dress()

    def set_icon(self, name: str, tone: str | None = None) -> None:
        self._name, self._tone = name, tone or self._tone
        self._dress()

    def _dress(self) -> None:
        theme = self._context.theme
        self.setPixmap(theme.pixmap(self._name, self._tone, self._size, self.devicePixelRatioF()))
        self.setFixedSize(theme.px(self._size), theme.px(self._size))


class SectionHeader(QWidget):
    """Icon, heading, a quiet remark, and room for links at the end."""

    def __init__(
        self,
        context: Context,
        message: str = "",
        *,
        icon: str = "",
        tone: str = "text2",
        role: str = "section",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row = Row(context, 0, 8, self)
        self._icon = Icon(context, icon, tone) if icon else None
        if self._icon is not None:
            self._row.addWidget(self._icon)
        self.title = Text(context, message, role)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.remark = Text(context, "", "small", "text2")
        self._row.addWidget(self.title)
        self._row.addWidget(self.remark)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Put something at the end of the heading's line."""
        self._row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # another text
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Without room for one line, heading and remark take two, and the icon leaves them its place."""
        policies = QSizePolicy.Policy
        items = [item for at in range(self._row.count()) if (item := self._row.itemAt(at)) is not None]
        shown = [one for item in items if (one := item.widget()) is not None and not one.isHidden()]
        texts = {one: one.fontMetrics().horizontalAdvance(one.text()) for one in (self.title, self.remark)}
        needed = sum(texts.get(one, one.sizeHint().width()) + self._row.spacing() for one in shown)
        if self._icon is not None and self._icon not in shown:
            needed += self._icon.width() + self._row.spacing()
        is_tight = needed > self.width()
        if self._icon is not None:
            self._icon.setHidden(is_tight)
        if is_tight != self.title.wordWrap():
            self.title.setSizePolicy(policies.Expanding if is_tight else policies.Maximum, policies.Preferred)
            for text in texts:
                text.setWordWrap(is_tight)


class Card(QFrame):
    """A panel; put content into `body`. `header` is None without a title."""

    def __init__(
        self,
        context: Context,
        title: str = "",
        *,
        icon: str = "",
        tone: str = "text2",
        padding: int = 16,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        column = Column(context, padding, gap, self)
        self.header: SectionHeader | None = None
        if title:
            self.header = SectionHeader(context, title, icon=icon, tone=tone)
            column.addWidget(self.header)
        self.body = Column(context, 0, gap)
        column.addLayout(self.body, 1)
