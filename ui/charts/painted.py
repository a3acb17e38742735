"""What every painted widget shares: the theme's colours, type and zoom, and a spoken sentence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from ui.context import Context
from ui.theme import Theme

RELATION_COLOURS = {"below": "r1", "crosses": "r3", "above": "r4"}
"""Colour follows the position relative to the action threshold, never the raw percentage."""


class Painted(QWidget):
    """A widget that draws itself from tokens and repaints when theme, zoom or language change."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self._restyle)
        context.language_changed.connect(self._restyle)

    def _restyle(self, *_: object) -> None:
        self.updateGeometry()
        self.update()

    def color(self, name: str) -> QColor:
        return self.context.theme.color(name)

    def px(self, n: float) -> float:
        return n * self.context.theme.zoom

    def type(self, role: str, bold: bool = False) -> QFont:
        """The theme's font of a role, or its bold face."""
        theme = self.context.theme
        return embolden(theme.font(role), theme.cjk) if bold else theme.font(role)

    def speak(self, name: str, sentence: str) -> None:
        """The accessible name and the full sentence; also shown on hover."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(sentence)
        self.setToolTip(sentence)

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self.px(120)), self.sizeHint().height())


def embolden(font: QFont, cjk: bool) -> QFont:
    """A heavier copy: 600, or 700 in Chinese, which has no face between."""
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.Bold if cjk else QFont.Weight.DemiBold)
    return heavy


def begin(widget: QWidget) -> QPainter:
    """An antialiasing painter on the widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def write(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor,
    flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """Text in a rectangle, elided rather than clipped."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    painter.drawText(rect, int(flags), shown)


def width_of(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def lines_of(text: str, font: QFont, room: float) -> int:
    """How many lines a text takes, wrapped to `room` pixels."""
    metrics = QFontMetricsF(font)
    box = metrics.boundingRect(QRectF(0, 0, max(room, 20.0), 1e6), int(Qt.TextFlag.TextWordWrap), text)
    return max(1, round(box.height() / metrics.height()))


def mix(colour: QColor, alpha: float) -> QColor:
    """The colour at an opacity of 0..1."""
    faded = QColor(colour)
    faded.setAlphaF(alpha)
    return faded


def draw_marker(painter: QPainter, centre: QPointF, radius: float, relation: str, fill: QColor,
                edge: QColor) -> None:
    """● above, ◆ crosses, ■ below: shape as well as colour."""
    painter.setPen(QPen(edge, max(1.5, radius * 0.28)))
    painter.setBrush(fill)
    if relation == "crosses":
        r = radius * 1.15
        painter.drawPolygon(QPolygonF([
            centre + QPointF(0, -r), centre + QPointF(r, 0), centre + QPointF(0, r), centre + QPointF(-r, 0),
        ]))
    elif relation == "below":
        r = radius * 0.86
        painter.drawRect(QRectF(centre.x() - r, centre.y() - r, 2 * r, 2 * r))
    else:
        painter.drawEllipse(centre, radius, radius)


def paint_ground(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    """Under a row of a list: chosen with an edge at its left, or under the mouse."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.color("selected"))
        painter.fillRect(QRectF(rect.left(), rect.top(), theme.px(3), rect.height()), theme.color("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.color("hover"))


def paint_focus(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    """Around the row that the keys act on."""
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(2, 1, -1, -1))
