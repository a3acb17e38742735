"""One theme: a mode, a zoom, a density and a script, and what follows from them.

A theme is never changed; switching makes a new one, and everything that paints
asks the context for the current one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPalette, QPixmap

from ui.theme import icons, palette, stylesheet
from ui.theme.tokens import tokens

CJK_WEIGHTS: Final = (400, 700)
"""Chinese text uses these only: 500 and 600 fall back unevenly beside Latin."""

TNUM: Final = QFont.Tag("tnum")
_BOLD_FROM: Final = 550


class Mode(StrEnum):
    """What the user chose; `system` follows the desktop."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Density(StrEnum):
    """Heights of rows and controls."""

    COMPACT = "compact"
    STANDARD = "standard"
    COMFORTABLE = "comfortable"


class Contrast(StrEnum):
    """High drops the tints and draws every line in the colour of controls."""

    NORMAL = "normal"
    HIGH = "high"


class Theme:
    """Colours, fonts, icons and the style sheet of one look.

    `mode` is light or dark (system is resolved by the context), `zoom` 0.8 to 2.0,
    `cjk` whether the interface is Chinese (larger body, two weights).
    """

    def __init__(
        self,
        mode: Mode = Mode.LIGHT,
        zoom: float = 1.0,
        *,
        density: Density = Density.STANDARD,
        cjk: bool = False,
        contrast: Contrast = Contrast.NORMAL,
        motion: bool = True,
    ) -> None:
        bounds = tokens()["type"]["zoom"]
        self.mode = mode
        self.zoom = min(bounds["max"], max(bounds["min"], round(zoom, 2)))
        self.density = density
        self.cjk = cjk
        self.contrast = contrast
        self._motion = motion
        self._colours = palette.colours(str(mode), contrast is Contrast.HIGH)
        self._icons: dict[tuple[str, str, int, int], QIcon] = {}
        self._measured: dict[str, tuple[QFont, QFontMetrics]] = {}
        self._boxes: dict[tuple[int, int, float, str, str, float], QPixmap] = {}
        self._fonts: dict[tuple[str, bool], QFont] = {}

    @property
    def is_dark(self) -> bool:
        return self.mode is Mode.DARK

    @property
    def colours(self) -> Mapping[str, str]:
        """Every colour token as `#RRGGBB`, for charts."""
        return self._colours

    def hex(self, name: str) -> str:
        """A colour token as `#RRGGBB`. Raises KeyError for an unknown token."""
        return self._colours[name]

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """A colour token, if wanted translucent (0 to 1)."""
        colour = QColor(self._colours[name])
        if alpha < 1.0:
            colour.setAlphaF(alpha)
        return colour

    def px(self, length: float) -> int:
        """A length of the design at this zoom, in whole device-independent pixels."""
        return round(length * self.zoom)

    def row_height(self) -> int:
        """Height of a table row at this density and zoom."""
        return self.px(tokens()["density"][self.density]["row"])

    def control_height(self) -> int:
        """Height of buttons and fields at this density and zoom."""
        return self.px(tokens()["density"][self.density]["control"])

    def shell(self, part: str) -> int:
        """A fixed measure of the window: topBar, rail, banner, tabs, footer."""
        return self.px(tokens()["shell"][part])

    def duration(self, speed: str = "base") -> int:
        """Milliseconds of a movement (fast, base, slow); 0 when motion is not wanted."""
        return int(tokens()["motion"][speed]) if self._motion else 0

    def text_px(self, role: str, cjk: bool | None = None) -> int:
        """The size of a role of text at this zoom."""
        scale = tokens()["type"]["scale"][role]
        is_cjk = self.cjk if cjk is None else cjk
        return self.px(scale.get("cjkPx", scale["px"]) if is_cjk else scale["px"])

    def weight(self, role: str, cjk: bool | None = None) -> int:
        """The weight of a role; in Chinese only regular and bold."""
        wanted = int(tokens()["type"]["scale"][role]["weight"])
        if self.cjk if cjk is None else cjk:
            return CJK_WEIGHTS[wanted > _BOLD_FROM]
        return wanted

    def families(self) -> list[str]:
        """Latin first, then Chinese, so that digits look alike in both languages."""
        return [*tokens()["type"]["latin"], *tokens()["type"]["cjkSC"]]

    def font(self, role: str = "body", cjk: bool | None = None) -> QFont:
        """The font of a role, with tabular figures; a copy, free to change."""
        is_cjk = self.cjk if cjk is None else cjk
        found = self._fonts.get((role, is_cjk))
        if found is None:
            found = QFont()
            found.setFamilies(self.families())
            found.setPixelSize(self.text_px(role, is_cjk))
            found.setWeight(QFont.Weight(self.weight(role, is_cjk)))
            found.setFeature(TNUM, 1)
            found.setStyleHint(QFont.StyleHint.SansSerif)
            self._fonts[role, is_cjk] = found
        return QFont(found)

    def measured(self, role: str) -> tuple[QFont, QFontMetrics]:
        """The font of a role, not to be changed, and its measures: for what paints many texts."""
        found = self._measured.get(role)
        if found is None:
            font = self.font(role)
            found = self._measured[role] = (font, QFontMetrics(font))
        return found

    def icon(self, name: str, color: str = "text2", size: int = 16, gap: int = 0) -> QIcon:
        """One of our icons in a colour token; `size` is in design pixels.

        `gap` is empty room at its right, for buttons: Qt leaves 4 px before the word, we want 8.
        """
        key = (name, color, size, gap)
        found = self._icons.get(key)
        if found is None:
            found = icons.icon(name, self.hex(color), self.hex("text3"), self.px(size), self.px(gap))
            self._icons[key] = found
        return found

    def pixmap(self, name: str, color: str = "text2", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """The icon as a picture for painting, at a device pixel ratio."""
        length = self.px(size)
        return self.icon(name, color, size).pixmap(QSize(length, length), ratio)

    def box(
        self, width: int, height: int, radius: float, fill: str, edge: str = "", ratio: float = 1.0
    ) -> QPixmap:
        """A box with round corners in a colour token, with a line of 1 px in another one."""
        key = (width, height, radius, fill, edge, ratio)
        found = self._boxes.get(key)
        if found is None:
            if not radius and not edge:
                found = self._boxes[key] = QPixmap(width, height)
                found.fill(self.color(fill))
                return found
            inset, line = (0.5, f'stroke="{self.hex(edge)}"') if edge else (0, "")
            svg = (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
                f'<rect x="{inset}" y="{inset}" width="{width - 2 * inset}" height="{height - 2 * inset}" '
                f'rx="{radius}" fill="{self.hex(fill)}" {line}/></svg>'
            )
            found = self._boxes[key] = icons.drawn(svg, width, ratio, height=height)
        return found

    def palette(self) -> QPalette:
        """Fusion's palette, for what the style sheet does not reach."""
        return palette.palette(self._colours)

    def stylesheet(self) -> str:
        """The one style sheet of the program."""
        return stylesheet.build(self)
