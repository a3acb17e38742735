"""The part of the style sheet about things one presses, types into or scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme.theme import Theme


def build(theme: Theme) -> str:
    """Rules for buttons, fields, views, menus and scroll bars."""
    return "\n".join((_buttons(theme), _quiet_buttons(theme), _fields(theme), _views(theme), _rest(theme)))


def _weight(theme: Theme, wanted: int) -> int:
    if not theme.cjk:
        return wanted
    return 700 if wanted >= 600 else 400


def _buttons(theme: Theme) -> str:
    c, px = theme.hex, theme.px
    body, height = theme.text_px("body"), theme.control_height()
    box = (
        f"border-radius: {px(6)}px; padding: 0 {px(14)}px; min-height: {height - 2}px;"
        f" font-size: {body}px; font-weight: {_weight(theme, 500)};"
    )
    strong = f"font-weight: {_weight(theme, 600)};"
    return f"""
QPushButton {{ {box} color: {c("text")}; background: {c("surface")}; border: 1px solid {c("control")}; }}
QPushButton:hover {{ background: {c("hover")}; }}
QPushButton:pressed {{ background: {c("selected")}; }}
QPushButton:checked {{ background: {c("selected")}; border-color: {c("accent")}; color: {c("accent")}; }}
QPushButton:disabled {{ color: {c("text3")}; background: {c("subtle")}; border-color: {c("line")}; }}
QPushButton[kind="primary"] {{ {strong} color: {c("onAccent")}; background: {c("accent")};
  border-color: {c("accent")}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
  background: {c("accentHover")}; border-color: {c("accentHover")}; }}
QPushButton[kind="primary"]:disabled {{ color: {c("text3")}; background: {c("subtle")};
  border-color: {c("line")}; }}
QPushButton[kind="danger"] {{ {strong} color: {c("danger")}; border-color: {c("danger")}; }}
QPushButton[kind="danger"]:hover {{ background: {c("dangerTint")}; }}
QPushButton[scale="large"] {{ min-height: {px(40)}px; font-size: {theme.text_px("body") + px(1)}px; }}
"""


def _quiet_buttons(theme: Theme) -> str:
    c, px = theme.hex, theme.px
    small, body = theme.text_px("small"), theme.text_px("body")
    strong = f"font-weight: {_weight(theme, 600)};"
    return f"""
QPushButton[kind="quiet"], QPushButton[kind="link"], QPushButton[kind="icon"] {{
  background: transparent; border: 1px solid transparent; {strong} color: {c("accent")}; }}
QPushButton[kind="quiet"] {{ padding: 0 {px(8)}px; }}
QPushButton[kind="link"] {{ padding: 0 {px(2)}px; min-height: {px(24)}px;
  font-size: {body}px; text-align: left; }}
QPushButton[kind="link"][scale="small"] {{ font-size: {small}px; min-height: {px(22)}px; }}
QPushButton[kind="icon"] {{ padding: 0; min-width: {px(26)}px; min-height: {px(26)}px; }}
QPushButton[kind="link"][scale="caption"] {{ font-size: {theme.text_px("caption")}px; min-height: {px(18)}px;
  color: {c("text2")}; }}
QPushButton[kind="quiet"]:hover, QPushButton[kind="icon"]:hover {{ background: {c("hover")}; }}
QPushButton[kind="link"]:hover {{ color: {c("accentHover")}; text-decoration: underline; }}
QPushButton[kind="quiet"]:disabled, QPushButton[kind="link"]:disabled {{ color: {c("text3")}; }}
QPushButton[kind="tab"] {{ background: transparent; border: none; border-radius: 0;
  border-bottom: 2px solid transparent; padding: 0 {px(10)}px; color: {c("text2")};
  font-weight: {_weight(theme, 500)}; min-height: {px(34)}px; }}
QPushButton[kind="tab"]:hover {{ color: {c("text")}; background: transparent; }}
QPushButton[kind="tab"]:checked {{ color: {c("accent")}; border-bottom-color: {c("accent")}; {strong}
  background: transparent; }}
QPushButton[keyed="true"] {{ padding-right: {px(14) + px(40)}px; }}
QPushButton[kind="tab"][keyed="true"] {{ padding-right: {px(10) + px(14)}px; }}
QPushButton[kind="tab"][tight="true"] {{ padding-left: {px(3)}px; padding-right: {px(3) + px(14)}px; }}
QPushButton[kind="row"][keyed="true"] {{ padding-right: {px(96)}px; }}
QPushButton[kind="segment"] {{ background: transparent; border: 1px solid transparent;
  border-radius: {px(4)}px; padding: 0 {px(10)}px; min-height: {px(22)}px; font-size: {small}px;
  color: {c("text2")}; font-weight: {_weight(theme, 500)}; }}
QPushButton[kind="segment"][tight="true"] {{ padding: 0 {px(3)}px; }}
QPushButton[kind="segment"]:hover {{ color: {c("text")}; }}
QPushButton[kind="segment"]:checked {{ background: {c("surface")}; border-color: {c("control")};
  color: {c("text")}; {strong} }}
QPushButton[kind="row"] {{ background: transparent; border: none; border-radius: {px(6)}px;
  text-align: left; padding: 0 {px(8)}px; color: {c("text")}; }}
QPushButton[kind="row"]:hover {{ background: {c("hover")}; }}
QPushButton[kind="row"]:checked {{ background: {c("selected")}; color: {c("text")}; }}
QPushButton[kind="fold"], QPushButton[kind="fold"]:checked {{ background: transparent; border: none; {strong}
  text-align: left; padding: 0 {px(2)}px; min-height: {px(26)}px; color: {c("text")}; }}
QPushButton[kind="fold"]:hover {{ color: {c("accent")}; }}
QPushButton[kind="tile"] {{ background: {c("surface")}; border: 1px solid {c("line")};
  border-radius: {px(8)}px; padding: 0; text-align: left; min-height: {px(50)}px; max-height: {px(50)}px; }}
QPushButton[kind="tile"]:hover {{ background: {c("hover")}; }}
QPushButton[kind="tile"]:checked {{ background: {c("selected")}; border-color: {c("accent")}; }}
QPushButton[kind="toast"] {{ background: transparent; border: none; color: {c("focusRail")}; {strong}
  padding: 0 {px(8)}px; }}
QPushButton[kind="toast"]:hover {{ text-decoration: underline; }}
"""


def _fields(theme: Theme) -> str:
    c, px = theme.hex, theme.px
    body, height = theme.text_px("body"), theme.control_height()
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit"
    focused = ", ".join(f"{name}:focus" for name in fields.split(", "))
    return f"""
{fields} {{ background: {c("surface")}; color: {c("text")}; border: 1px solid {c("control")};
  border-radius: {px(6)}px; padding: 0 {px(9)}px; font-size: {body}px; min-height: {height - 2}px;
  selection-background-color: {c("accent")}; selection-color: {c("onAccent")}; }}
QPlainTextEdit, QTextEdit {{ padding: {px(6)}px {px(8)}px; }}
{focused} {{ border: 2px solid {c("focus")}; padding-left: {px(9) - 1}px; padding-right: {px(9) - 1}px;
  min-height: {height - 4}px; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {c("text3")}; background: {c("subtle")};
  border-color: {c("line")}; }}
QLineEdit[state="error"] {{ border: 1px solid {c("danger")}; }}
QLineEdit[state="error"]:focus {{ border: 2px solid {c("danger")}; }}
QLineEdit[scale="large"] {{ min-height: {px(38)}px; font-size: {theme.text_px("lead")}px; }}
QLineEdit[scale="large"]:focus {{ min-height: {px(36)}px; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{ border: none; background: transparent;
  padding: 0; min-height: {px(20)}px; }}
QFrame[field="frame"] {{ background: {c("surface")}; border: 1px solid {c("control")};
  border-radius: {px(6)}px; }}
QFrame[field="frame"][focused="true"] {{ border: 2px solid {c("focus")}; }}
QFrame[field="frame"][state="error"] {{ border: 2px solid {c("danger")}; }}
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox QAbstractItemView {{ background: {c("surface")}; color: {c("text")};
  border: 1px solid {c("control")}; selection-background-color: {c("selected")};
  selection-color: {c("text")}; outline: none; padding: {px(4)}px; }}
QCheckBox, QRadioButton {{ color: {c("text")}; spacing: {px(8)}px; min-height: {px(24)}px;
  background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(16)}px; height: {px(16)}px;
  border: 1px solid {c("control")}; background: {c("surface")}; }}
QCheckBox::indicator {{ border-radius: {px(4)}px; }}
QRadioButton::indicator {{ border-radius: {px(8)}px; }}
QCheckBox::indicator:checked {{ background: {c("accent")}; border-color: {c("accent")}; }}
QRadioButton::indicator:checked {{ border: {px(5)}px solid {c("accent")}; width: {px(8)}px;
  height: {px(8)}px; }}
"""


def _views(theme: Theme) -> str:
    c, px = theme.hex, theme.px
    return f"""
QAbstractItemView {{ background: {c("surface")}; color: {c("text")}; border: none; outline: none;
  selection-background-color: {c("selected")}; selection-color: {c("text")};
  font-size: {theme.text_px("body")}px; }}
QHeaderView {{ background: {c("surface")}; border: none; }}
QHeaderView::section {{ background: {c("surface")}; color: {c("text2")}; border: none;
  border-bottom: 1px solid {c("line")}; padding: 0 {px(8)}px; font-size: {theme.text_px("small")}px;
  font-weight: {_weight(theme, 600)}; }}
QHeaderView::section:first {{ padding-left: {px(16)}px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: {px(2)}px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: {px(2)}px; }}
QScrollBar::handle {{ background: {c("control")}; border-radius: {px(3)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::handle:hover {{ background: {c("text3")}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _rest(theme: Theme) -> str:
    c, px = theme.hex, theme.px
    return f"""
QToolTip {{ background: {c("surface")}; color: {c("text")}; border: 1px solid {c("control")};
  padding: {px(4)}px {px(6)}px; font-size: {theme.text_px("small")}px; }}
QMenu {{ background: {c("surface")}; color: {c("text")}; border: 1px solid {c("control")};
  border-radius: {px(6)}px; padding: {px(4)}px; font-size: {theme.text_px("body")}px; }}
QMenu::item {{ padding: {px(6)}px {px(16)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c("selected")}; }}
QMenu::separator {{ height: 1px; background: {c("line")}; margin: {px(4)}px {px(8)}px; }}
QProgressBar {{ background: {c("subtle")}; border: none; border-radius: {px(3)}px;
  min-height: {px(6)}px; max-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {c("accent")}; border-radius: {px(3)}px; }}
QSplitter::handle {{ background: transparent; }}
QLabel[keycap="true"] {{ color: {c("text2")}; background: {c("subtle")}; border: 1px solid {c("line")};
  border-radius: {px(4)}px; padding: 0 {px(6)}px; min-height: {px(18)}px;
  font-size: {theme.text_px("caption")}px; font-weight: {_weight(theme, 500)}; }}
"""
