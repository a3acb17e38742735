"""Our own icons, recoloured when they are loaded."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from medapp import paths

RATIOS: Final = (1.0, 2.0)
"""Device pixel ratios that are drawn; others are scaled down from the larger one."""


@lru_cache(maxsize=128)
def source(name: str) -> str:
    """The SVG text of an icon. Raises FileNotFoundError for an unknown name."""
    return (paths.resources_dir() / "icons" / f"{name}.svg").read_text("utf-8")


def render(name: str, colour: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    """Draw an icon of `size` device-independent pixels, with an empty `gap` at its right."""
    length = max(1, round(size * ratio))
    picture = QPixmap(length + round(gap * ratio), length)
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(source(name).replace("currentColor", colour).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, length, length))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, disabled: str, size: int, gap: int = 0) -> QIcon:
    """An icon in two resolutions with a disabled face."""
    built = QIcon()
    for ratio in RATIOS:
        built.addPixmap(render(name, colour, size, ratio, gap), QIcon.Mode.Normal)
        if disabled != colour:
            built.addPixmap(render(name, disabled, size, ratio, gap), QIcon.Mode.Disabled)
    return built
