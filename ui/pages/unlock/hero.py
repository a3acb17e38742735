"""The dark side of the unlock page: what the program is, and three facts one can check."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets import Column, Icon, Row, Text


class Brand(QWidget):
    """The mark: a pulse in a rounded square, with the name beside it."""

    def __init__(
        self, context: Context, size: int = 24, *, role: str = "section", tone: str = "text"
    ) -> None:
        super().__init__()
        row = Row(context, 0, 8 if size < 30 else 12, self)
        row.addWidget(_Mark(context, size, is_on_rail=tone != "text"))
        name = Text(context, role=role, tone=tone)
        name.set_plain("MedApp")
        row.addWidget(name)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


_PULSE: Final = (
    (0.18, 0.53), (0.32, 0.53), (0.42, 0.27), (0.57, 0.75), (0.67, 0.45),
    (0.72, 0.53), (0.83, 0.53),
)


class _Mark(QWidget):
    def __init__(self, context: Context, size: int, *, is_on_rail: bool) -> None:
        super().__init__()
        self._context, self._size, self._is_on_rail = context, size, is_on_rail
        context.theme_changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        length = self._context.theme.px(self._size)
        self.setFixedSize(length, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor("#56C4D1") if self._is_on_rail else theme.color("accent")
        painter.setBrush(fill)
        side = self.width()
        painter.drawRoundedRect(QRectF(self.rect()), side * 0.22, side * 0.22)
        ink = QColor("#04252A") if self._is_on_rail else theme.color("onAccent")
        painter.setPen(_round_pen(ink, side * 0.085))
        painter.drawPolyline(QPolygonF([QPointF(x * side, y * side) for x, y in _PULSE]))


def _round_pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(colour, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


class Hero(QWidget):
    """A measured line that becomes a forecast with its doubt: the picture of the program."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        column = Column(context, (48, 44, 48, 40), 16, self)
        column.addWidget(Brand(context, 40, role="page", tone="railActive"))
        title = Text(context, N_("Clinic decision support"), "display", "railActive", wrap=True)
        column.addWidget(title)
        column.addStretch(1)
        self.facts = Column(context, 0, 16)
        column.addLayout(self.facts)
        self._add(N_("Works offline"), N_("No network connection is opened"), "offline")
        self._add(N_("Encrypted on this computer"), N_("Records open only with your passphrase"), "lock")
        self._backup_title, self._backup_text = self._add("", "", "save")
        context.theme_changed.connect(self.update)

    def set_backup(self, say_title: object, say_text: object) -> None:
        """Both are called in each language and return a text."""
        self._backup_title.set_dynamic(say_title)  # type: ignore[arg-type]
        self._backup_text.set_dynamic(say_text)  # type: ignore[arg-type]

    def _add(self, title: str, text: str, icon: str) -> tuple[Text, Text]:
        row = Row(self._context, 0, 14)
        row.addWidget(Icon(self._context, icon, "focusRail", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        column = Column(self._context, 0, 0)
        heading = Text(self._context, title, "strong", "railActive")
        line = Text(self._context, text, "small", "railText", wrap=True)
        column.addWidget(heading)
        column.addWidget(line)
        row.addLayout(column, 1)
        self.facts.addLayout(row)
        return heading, line

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("rail"))
        painter.setPen(QPen(QColor(255, 255, 255, 10), 1))
        step = theme.px(48)
        for y in range(0, self.height(), step):
            painter.drawLine(0, y, self.width(), y)
        self._paint_line(painter)

    def _paint_line(self, painter: QPainter) -> None:
        width, height = float(self.width()), float(self.height())
        now = QPointF(width * 0.52, height * 0.561)
        painter.setPen(Qt.PenStyle.NoPen)
        for upper, lower, alpha in ((0.325, 0.715, 26), (0.40, 0.64, 34), (0.462, 0.577, 46)):
            painter.setBrush(QColor(86, 196, 209, alpha))
            path = QPainterPath(now)
            bend = now.x() + width * 0.13
            path.quadTo(bend, now.y() - height * (0.561 - upper) * 0.55, width, height * upper)
            path.lineTo(width, height * lower)
            path.quadTo(bend, now.y() + height * (lower - 0.561) * 0.55, now.x(), now.y())
            painter.drawPath(path)
        teal = QColor("#4FA9B5")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_round_pen(teal, 2))
        past = QPainterPath(QPointF(0, height * 0.62))
        past.cubicTo(width * 0.12, height * 0.53, width * 0.18, height * 0.53, width * 0.26, height * 0.552)
        past.cubicTo(width * 0.34, height * 0.572, width * 0.42, height * 0.575, now.x(), now.y())
        painter.drawPath(past)
        painter.setPen(_round_pen(teal, 2, Qt.PenStyle.DashLine))
        painter.drawLine(now, QPointF(width, height * 0.52))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawEllipse(now, 4.5, 4.5)
