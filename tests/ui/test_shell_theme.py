"""Tokens, fonts, icons and the style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from medapp import paths
from ui.theme import Contrast, Density, Mode, Theme
from ui.theme.tokens import ROLES, tokens

TEXT_PAIRS = [
    *((ink, ground) for ink in ("text", "text2", "text3") for ground in ("app", "surface", "subtle")),
    *((ink, "surface") for ink in ("accent", "model", "danger", "warn", "ok", "info", "up", "down")),
    *((ink, ink + "Tint") for ink in ("model", "danger", "warn", "ok", "info")),
    ("text3", "hover"), ("text", "selected"), ("text2", "selected"), ("accent", "selected"),
    ("onAccent", "accent"), ("onAccent", "accentHover"), ("railText", "rail"), ("railActive", "railSel"),
]  # fmt: skip
GRAPHIC_PAIRS = [
    ("control", "surface"), ("control", "app"), ("focus", "surface"), ("focus", "app"), ("focusRail", "rail"),
    ("warnMark", "surface"), ("warnMark", "warnTint"),
    *((step, "surface") for step in ("r1", "r2", "r3", "r4", "r5", "c1", "c2", "c3", "c4", "c5")),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_of_colours_has_its_contrast(mode: str) -> None:
    table = tokens()["colour"][mode]
    weak = [(a, b) for a, b in TEXT_PAIRS if contrast(table[a], table[b]) < 4.5]
    weak += [(a, b) for a, b in GRAPHIC_PAIRS if contrast(table[a], table[b]) < 3.0]
    assert not weak


def test_both_modes_have_the_same_tokens() -> None:
    assert tokens()["colour"]["light"].keys() == tokens()["colour"]["dark"].keys()


def test_zoom_is_kept_between_80_and_200_percent(qtbot: QtBot) -> None:
    assert Theme(zoom=0.1).zoom == 0.8
    assert Theme(zoom=9).zoom == 2.0
    assert Theme(zoom=2.0).px(16) == 32


def test_chinese_uses_two_weights_and_larger_body(qtbot: QtBot) -> None:
    theme = Theme(cjk=True)
    assert {theme.weight(role) for role in ROLES} <= {400, 700}
    assert theme.text_px("body") == 14
    assert min(theme.text_px(role) for role in ROLES) >= 12


def test_nothing_is_smaller_than_11_pixels(qtbot: QtBot) -> None:
    assert min(Theme().text_px(role) for role in ROLES) >= 11


def test_figures_are_tabular(qtbot: QtBot) -> None:
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(Theme().font("body"))
    assert len({metrics.horizontalAdvance(str(digit) * 8) for digit in range(10)}) == 1


def test_a_font_may_be_changed_without_changing_the_theme(qtbot: QtBot) -> None:
    theme = Theme()
    theme.font("strong").setPixelSize(99)
    assert theme.font("strong").pixelSize() == 13


def test_every_icon_is_drawn_on_the_same_grid_with_the_same_stroke(qtbot: QtBot) -> None:
    theme = Theme()
    drawings = sorted((paths.resources_dir() / "icons").glob("*.svg"))
    assert len(drawings) > 40
    for drawing in drawings:
        source = drawing.read_text("utf-8")
        assert 'viewBox="0 0 24 24"' in source
        assert 'stroke-width="1.7"' in source
        image = theme.pixmap(drawing.stem, "text").toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), drawing.stem


def test_every_icon_that_is_named_exists() -> None:
    known = {drawing.stem for drawing in (paths.resources_dir() / "icons").glob("*.svg")}
    named = set()
    for source in Path(__file__).parents[2].joinpath("ui").rglob("*.py"):
        pattern = r'(?:icon=|set_icon\(|Icon\(context, )"([a-z-]+)"'
        named |= set(re.findall(pattern, source.read_text("utf-8")))
    assert named
    assert named <= known, named - known


@pytest.mark.parametrize("mode", list(Mode)[:2])
@pytest.mark.parametrize("density", list(Density))
def test_the_style_sheet_is_complete(mode: Mode, density: Density, qtbot: QtBot) -> None:
    sheet = Theme(mode, 1.3, density=density).stylesheet()
    assert sheet.count("{") == sheet.count("}")
    assert "None" not in sheet


def test_high_contrast_drops_tints_and_strengthens_lines() -> None:
    theme = Theme(contrast=Contrast.HIGH)
    assert theme.hex("dangerTint") == theme.hex("surface")
    assert theme.hex("line") == theme.hex("control")
