"""The dark side of the unlock page: what the program is, and three facts one can check."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets import Column, Icon, Row, Text
from ui.widgets.brand import Brand, round_pen


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
        painter.setPen(round_pen(teal, 2))
        past = QPainterPath(QPointF(0, height * 0.62))
        past.cubicTo(width * 0.12, height * 0.53, width * 0.18, height * 0.53, width * 0.26, height * 0.552)
        past.cubicTo(width * 0.34, height * 0.572, width * 0.42, height * 0.575, now.x(), now.y())
        painter.drawPath(past)
        painter.setPen(round_pen(teal, 2, Qt.PenStyle.DashLine))
        painter.drawLine(now, QPointF(width, height * 0.52))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawEllipse(now, 4.5, 4.5)
