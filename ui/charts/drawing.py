"""Drawing a trend in the pool: the only place of the window where matplotlib is loaded.

matplotlib is imported inside the functions, so that opening the window does not wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medapp.figures.series import Panel, Trend
from ui.theme.theme import Theme

TOKENS = ("surface", "text", "text2", "text3", "control", "grid", "band", "ok", "c1", "c2", "c3", "c4",
          "up", "down")


@dataclass(frozen=True, slots=True)
class Look:
    """What of a theme a figure needs, readable from any thread."""

    colours: dict[str, str]
    families: tuple[str, ...]
    zoom: float
    ratio: float


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """RGBA pixels, the shown points' places and the plot's box, all in device pixels."""

    width: int
    height: int
    pixels: bytes
    places: tuple[tuple[float, float], ...]
    plot: tuple[float, float, float, float]


def look_of(theme: Theme, ratio: float) -> Look:
    """The theme's colours, families and zoom at a device pixel ratio."""
    families = (*theme.families(), "DejaVu Sans")
    return Look({name: theme.hex(name) for name in TOKENS}, families, theme.zoom, ratio)


def draw_panel_pixels(panels: Sequence[Panel], look: Look, width: int, height: int) -> DrawnPicture:
    """Draw stacked panels for the screen; the points of all panels one after the other."""
    from medapp.figures.image import rasterise
    from medapp.figures.panels import draw_panels
    from medapp.figures.style import ChartStyle

    style = ChartStyle(look.colours, look.families, look.zoom, look.ratio)
    drawn = draw_panels(panels, style, width, height)
    picture = rasterise(drawn.figure)
    return DrawnPicture(picture.width, picture.height, picture.pixels, drawn.places, drawn.plot)


def draw_pixels(trend: Trend, look: Look, width: int, height: int) -> DrawnPicture:
    """Draw for the screen; called in the pool."""
    from medapp.figures.image import rasterise
    from medapp.figures.style import ChartStyle
    from medapp.figures.trend import draw_trend

    style = ChartStyle(look.colours, look.families, look.zoom, look.ratio)
    drawn = draw_trend(trend, style, width, height)
    picture = rasterise(drawn.figure)
    return DrawnPicture(picture.width, picture.height, picture.pixels, drawn.places, drawn.plot)
