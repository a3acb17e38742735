"""What a chart looks like: colours by token name, type families, size of a pixel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font_names

POINTS_PER_PIXEL: Final = 0.75  # 72 points on 96 pixels
BODY: Final = 8.25  # points at 100 %, 11 px
LIGHT: Final[Mapping[str, str]] = {
    "surface": "#FFFFFF", "text": "#13212B", "text2": "#42525D", "text3": "#5A6974",
    "control": "#7A8894", "grid": "#E3E8EC", "band": "#DCEFE3", "ok": "#1B6638",
    "c1": "#0A7A8A", "c2": "#D0600F", "c3": "#7B52D3", "c4": "#5C3A00", "up": "#BF3F0A", "down": "#1F6FAE",
}
"""The light theme's colours, for paper; the window passes its own."""


@lru_cache(maxsize=1)
def installed_families() -> frozenset[str]:
    """Families matplotlib can draw; asking for another one is a logged warning each time."""
    return frozenset(get_font_names())


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Colours by token name, families in order of preference, device ratio x zoom."""

    colours: Mapping[str, str] = field(default_factory=lambda: dict(LIGHT))
    families: tuple[str, ...] = ("Inter", "Noto Sans SC", "Noto Sans CJK SC", "DejaVu Sans")
    zoom: float = 1.0
    ratio: float = 1.0

    @property
    def dpi(self) -> float:
        """Dots an inch: a figure point is then zoom x ratio larger."""
        return 96.0 * self.zoom * self.ratio

    def colour(self, name: str) -> str:
        return self.colours[name]

    def font(self, points: float = BODY, weight: str = "normal", text: str = "") -> FontProperties:
        """A font of the chart; families that are not installed are left out.

        With a `text` of ASCII alone the first family has all of it: matplotlib looks each family up, and
        lays the text out with them all, whenever it draws.
        """
        here = installed_families()
        families = [name for name in self.families if name in here] or ["DejaVu Sans"]
        is_plain = bool(text) and text.isascii()
        return FontProperties(family=families[:1] if is_plain else families, size=points, weight=weight)


def blank_figure(width: int, height: int, style: ChartStyle) -> Figure:
    """An empty figure of `width` x `height` device pixels on the surface colour."""
    figure = Figure(figsize=(width / style.dpi, height / style.dpi), dpi=style.dpi)
    figure.set_facecolor(style.colour("surface"))
    return figure


def dress(axes: Axes, style: ChartStyle) -> None:
    """No top, right or left spine; a y-grid only; small grey labels."""
    axes.set_facecolor(style.colour("surface"))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(style.colour("control"))
    axes.spines["bottom"].set_linewidth(0.8)
    axes.set_axisbelow(True)
    axes.grid(visible=True, axis="y", color=style.colour("grid"), linewidth=0.8)
    axes.tick_params(axis="x", length=3, width=0.8, color=style.colour("control"),
                     labelcolor=style.colour("text3"))
    axes.tick_params(axis="y", length=0, labelcolor=style.colour("text3"))


def write(axes: Axes, style: ChartStyle, x: float, y: float, text: str, **how: Any) -> Any:
    """Text with tabular figures in the chart's own font; `points`, `weight`, `colour` besides Text's."""
    font = style.font(how.pop("points", BODY), how.pop("weight", "normal"), text)
    colour = style.colour(how.pop("colour", "text2"))
    return axes.text(x, y, text, fontproperties=font, color=colour, **how)


def dress_ticks(axes: Axes, style: ChartStyle) -> None:
    """Put the chart's font on tick labels; call after the ticks are set."""
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(style.font())
