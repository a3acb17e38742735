"""The colour table of a mode, and Qt's palette made from it."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import tokens

_Role = QPalette.ColorRole

_ROLES: Final = {
    _Role.Window: "app",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "subtle",
    _Role.Text: "text",
    _Role.PlaceholderText: "text3",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "danger",
    _Role.ToolTipBase: "surface",
    _Role.ToolTipText: "text",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "onAccent",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.Light: "surface",
    _Role.Midlight: "subtle",
    _Role.Mid: "line",
    _Role.Dark: "control",
    _Role.Shadow: "rail",
    _Role.Accent: "accent",
}


def colours(mode: str, high_contrast: bool) -> dict[str, str]:
    """The tokens of a mode; with high contrast no tints, and lines as strong as controls."""
    table = dict(tokens()["colour"][mode])
    if high_contrast:
        for name in table:
            if name.endswith("Tint"):
                table[name] = table["surface"]
            elif name.endswith("Line"):
                table[name] = table[name.removesuffix("Line")]
        table["line"] = table["control"]
        table["text2"] = table["text3"] = table["text"]
    return table


def palette(table: dict[str, str]) -> QPalette:
    """Qt's palette; disabled text is the weakest readable one."""
    built = QPalette()
    for role, name in _ROLES.items():
        built.setColor(role, QColor(table[name]))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        built.setColor(QPalette.ColorGroup.Disabled, role, QColor(table["text3"]))
    return built
