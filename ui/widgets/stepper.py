"""A stepper: where one is among a few steps, which are done, which are to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import Context

DISC, GAP, LINE, HEIGHT = 22, 8, 24, 36
"""Design pixels: the disc of a number, the gap to its word, the least line between two, the whole height."""


class Stepper(QWidget):
    """Numbers and words in a line; only the present step has its word where there is no room for all."""

    def __init__(self, context: Context, titles: Sequence[str], parent: QWidget | None = None) -> None:
        """`titles` are message ids."""
        super().__init__(parent)
        self._context, self._titles, self._current = context, tuple(titles), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._dress)
        self._speak()

    @property
    def current(self) -> int:
        return self._current

    def set_current(self, step: int) -> None:
        self._current = step
        self._speak()

    def sizeHint(self) -> QSize:
        return QSize(240, self._context.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._context.theme.px(HEIGHT))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()

    def _speak(self) -> None:
        words = self._context.words
        self.setAccessibleName(words(
            "Step {number} of {count}: {title}", number=self._current + 1, count=len(self._titles),
            title=words(self._titles[self._current]),
        ))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, words = self._context.theme, self._context.words
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain, strong = theme.font("small"), theme.font("strong")
        names = [words(title) for title in self._titles]
        widths = [
            QFontMetricsF(strong if at == self._current else plain).horizontalAdvance(name) + theme.px(GAP)
            for at, name in enumerate(names)
        ]
        disc, gap, least, last = theme.px(DISC), theme.px(GAP), theme.px(LINE), len(names) - 1
        has_room = sum(widths) + len(names) * disc + last * (least + 2 * gap) <= self.width()
        shown = [width if has_room or at == self._current else 0 for at, width in enumerate(widths)]
        free = self.width() - sum(shown) - len(names) * disc - last * 2 * gap
        line = max(4.0, min(free / max(last, 1), 3.0 * least))
        left, middle = 0.0, self.height() / 2
        for at, name in enumerate(names):
            self._disc(painter, QRectF(left, middle - disc / 2, disc, disc), at)
            left += disc
            if shown[at]:
                painter.setFont(strong if at == self._current else plain)
                painter.setPen(theme.color("text" if at == self._current else "text2"))
                area = QRectF(left + gap, 0, shown[at], self.height())
                painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
                left += shown[at]
            if at < last:
                painter.setPen(QPen(theme.color("accent" if at < self._current else "control"), 1))
                painter.drawLine(QPointF(left + gap, middle), QPointF(left + gap + line, middle))
                left += line + 2 * gap

    def _disc(self, painter: QPainter, area: QRectF, at: int) -> None:
        """Filled where one is, a tick where one was, a ring where one will be."""
        theme = self._context.theme
        is_now, is_past = at == self._current, at < self._current
        painter.setPen(QPen(theme.color("accent" if is_now or is_past else "control"), 1.2))
        painter.setBrush(theme.color("accent") if is_now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area.adjusted(1, 1, -1, -1))
        if is_past:
            mark = theme.pixmap("check", "accent", 14, self.devicePixelRatioF())
            side = theme.px(14)
            painter.drawPixmap(QPointF(area.center().x() - side / 2, area.center().y() - side / 2), mark)
            return
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("onAccent" if is_now else "text2"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), str(at + 1))
