"""The one style sheet, generated from the theme and selected by dynamic properties.

    QLabel      role = caption … hero, tone = any colour token
    QPushButton kind = primary | secondary | quiet | link | danger | tab | segment | row | rail
    QWidget     surface = app | card | subtle | bar | footer | rail | sheet | strip-<tint>
    chip        tone = neutral | ok | model | warn | danger | info | accent
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.theme import stylesheet_controls
from ui.theme.tokens import ROLES

if TYPE_CHECKING:
    from ui.theme.theme import Theme

TONES: Final = (
    "text", "text2", "text3", "accent", "onAccent", "model", "danger", "warn", "ok", "info", "up", "down",
    "railText", "railActive", "focusRail",
)
"""Colours that text may have."""

TINTED: Final = ("model", "danger", "warn", "ok", "info")
"""Colours that come with a tint and a line of their own."""


def build(theme: Theme) -> str:
    """The whole sheet for one theme."""
    parts = (_text(theme), _surfaces(theme), _chips(theme), stylesheet_controls.build(theme))
    return "\n".join(parts)


def _text(theme: Theme) -> str:
    lines = [f'QLabel {{ background: transparent; color: {theme.hex("text")}; }}']
    lines += [
        f'QLabel[role="{role}"] {{ font-size: {theme.text_px(role)}px;'
        f" font-weight: {theme.weight(role)}; }}"
        for role in ROLES
    ]
    lines += [f'QLabel[tone="{tone}"] {{ color: {theme.hex(tone)}; }}' for tone in TONES]
    return "\n".join(lines)


def _surfaces(theme: Theme) -> str:
    c, radius = theme.hex, theme.px(8)
    lines = [
        f'QWidget[surface="app"] {{ background: {c("app")}; }}',
        f'QWidget[surface="plain"] {{ background: {c("surface")}; }}',
        f'QFrame[surface="card"] {{ background: {c("surface")}; border: 1px solid {c("line")};'
        f" border-radius: {radius}px; }}",
        f'QFrame[surface="subtle"] {{ background: {c("subtle")}; border: none; }}',
        f'QFrame[surface="well"] {{ background: {c("subtle")}; border: 1px solid {c("line")};'
        f" border-radius: {theme.px(6)}px; }}",
        f'QFrame[surface="bar"] {{ background: {c("surface")}; border: none;'
        f' border-bottom: 1px solid {c("line")}; }}',
        f'QFrame[surface="footer"] {{ background: {c("surface")}; border: none;'
        f' border-top: 1px solid {c("line")}; }}',
        f'QFrame[surface="decision"] {{ background: {c("subtle")}; border: none;'
        f' border-top: 1px solid {c("line")}; border-bottom-left-radius: {radius}px;'
        f" border-bottom-right-radius: {radius}px; }}",
        f'QWidget[surface="rail"] {{ background: {c("rail")}; }}',
        f'QFrame[surface="sheet"] {{ background: {c("surface")}; border: 1px solid {c("control")};'
        f" border-radius: {theme.px(12)}px; }}",
        f'QFrame[surface="side"] {{ background: {c("surface")}; border: none;'
        f' border-left: 1px solid {c("control")}; }}',
        f'QFrame[surface="popup"] {{ background: {c("surface")}; border: 1px solid {c("control")};'
        f" border-radius: {radius}px; }}",
        f'QFrame[surface="toast"] {{ background: {c("rail")}; border: 1px solid {c("railSel")};'
        f" border-radius: {radius}px; }}",
        f'QFrame[surface="line"] {{ background: {c("line")}; border: none; }}',
    ]
    lines += [
        f'QFrame[surface="strip-{name}"] {{ background: {c(name + "Tint")};'
        f' border: 1px solid {c(name + "Line")}; border-radius: {theme.px(6)}px; }}'
        for name in TINTED
    ]
    return "\n".join(lines)


def _chips(theme: Theme) -> str:
    c = theme.hex
    size, weight = theme.text_px("small"), 400 if theme.cjk else 500
    radius = (theme.px(20) + 2) // 2  # more than half the height would square it
    faces = {name: (c(name), c(name + "Tint"), c(name + "Line")) for name in TINTED}
    faces["neutral"] = (c("text2"), c("surface"), c("line"))
    faces["quiet"] = (c("text2"), c("subtle"), c("line"))
    faces["accent"] = (c("accent"), c("selected"), c("selected"))
    lines = []
    for tone, (ink, fill, edge) in faces.items():
        lines.append(
            f'*[chip="{tone}"] {{ color: {ink}; background: {fill}; border: 1px solid {edge};'
            f" border-radius: {radius}px; padding: 0 {theme.px(7)}px; min-height: {theme.px(20)}px;"
            f" font-size: {size}px; font-weight: {weight}; }}"
        )
        lines.append(f'QPushButton[chip="{tone}"]:hover {{ border-color: {ink}; }}')
    return "\n".join(lines)
