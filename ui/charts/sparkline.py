"""A line of the last few values on the reference band, small enough for a list row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF


@dataclass(frozen=True, slots=True)
class Spark:
    """(UTC seconds, value) in time order, and the reference range; an open side is None."""

    points: tuple[tuple[int, float], ...] = ()
    low: float | None = None
    high: float | None = None


def _limits(values: Sequence[float], spark: Spark) -> tuple[float, float]:
    low, high = min(values), max(values)
    spread = max(high - low, abs(high) * 0.08, 1e-9)
    for edge in (spark.low, spark.high):
        if edge is not None:
            low, high = min(low, max(edge, low - 2 * spread)), max(high, min(edge, high + 2 * spread))
    pad = max(high - low, 1e-9) * 0.08
    return low - pad, high + pad


def paint_sparkline(painter: QPainter, rect: QRectF, spark: Spark, theme: object) -> None:
    """Draw into `rect`: band with edge lines, line, last point. Nothing when there is no value.

    `theme` gives `color(name)`; a list of 50 of these scrolls at 60 frames a second.
    """
    if not spark.points:
        return
    color = theme.color  # type: ignore[attr-defined]
    values = [value for _, value in spark.points]
    low, high = _limits(values, spark)

    def y(value: float) -> float:
        return rect.bottom() - (value - low) / (high - low) * rect.height()

    if spark.low is not None or spark.high is not None:
        top = max(rect.top(), y(spark.high)) if spark.high is not None else rect.top()
        bottom = min(rect.bottom(), y(spark.low)) if spark.low is not None else rect.bottom()
        if bottom > top:
            painter.fillRect(QRectF(rect.left(), top, rect.width(), bottom - top), color("band"))
    first, last = spark.points[0][0], spark.points[-1][0]
    inner = rect.adjusted(3, 0, -4, 0)
    places = [
        QPointF(inner.left() + ((t - first) / (last - first) if last > first else 1.0) * inner.width(), y(v))
        for t, v in spark.points
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("text2"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                        Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF(places))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("text2"))
    painter.drawEllipse(places[-1], 2.7, 2.7)
