"""Our own icons, recoloured when they are loaded."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from medapp import paths


@lru_cache(maxsize=128)
def source(name: str) -> str:
    """The SVG text of an icon. Raises FileNotFoundError for an unknown name."""
    return (paths.resources_dir() / "icons" / f"{name}.svg").read_text("utf-8")


def render(name: str, colour: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    """Draw an icon of `size` device-independent pixels, with an empty `gap` at its right."""
    return drawn(source(name).replace("currentColor", colour), size, ratio, gap)


def drawn(svg: str, size: int, ratio: float, gap: int = 0, height: int | None = None) -> QPixmap:
    """An SVG picture of `size` device-independent pixels, square unless a height is given."""
    length = max(1, round(size * ratio))
    high = length if height is None else max(1, round(height * ratio))
    picture = QPixmap(length + round(gap * ratio), high)
    picture.fill(QColor(0, 0, 0, 0))
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, length, high))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def sharpest() -> float:
    """The largest device pixel ratio of the screens: drawn once, scaled down for the others."""
    screens = QGuiApplication.screens()
    return max((screen.devicePixelRatio() for screen in screens), default=1.0)


def icon(name: str, colour: str, disabled: str, size: int, gap: int = 0) -> QIcon:
    """An icon with a disabled face that is drawn when it is first shown."""
    return QIcon(_Engine(name, colour, disabled, size, gap))


class _Engine(QIconEngine):
    """Draws on demand: most icons are never shown disabled, and a start draws only what is seen."""

    def __init__(self, name: str, colour: str, disabled: str, size: int, gap: int) -> None:
        super().__init__()
        self._what = (name, colour, disabled, size, gap)
        self._drawn: dict[bool, QPixmap] = {}

    def _picture(self, mode: QIcon.Mode) -> QPixmap:
        name, colour, disabled, size, gap = self._what
        is_off = mode == QIcon.Mode.Disabled
        found = self._drawn.get(is_off)
        if found is None:
            found = render(name, disabled if is_off else colour, size, sharpest(), gap)
            self._drawn[is_off] = found
        return found

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self._picture(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._picture(mode)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        return self._picture(mode)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        _, _, _, length, gap = self._what
        return QSize(length + gap, length)

    def clone(self) -> QIconEngine:
        return _Engine(*self._what)
