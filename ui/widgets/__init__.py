"""The common widgets; pages import them from here, and each module is loaded when first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ui.widgets.buttons import Button, IconButton, LinkButton, Segmented, Tabs
    from ui.widgets.card import Card, Icon, SectionHeader
    from ui.widgets.chip import Chip
    from ui.widgets.fields import FramedField, LabelledField, PassphraseField, SearchField
    from ui.widgets.focus_ring import FocusRing
    from ui.widgets.following import follow
    from ui.widgets.form_sheet import FormSheet
    from ui.widgets.layout import Box, Column, Line, Row, restyle, scrolling, set_property, surface
    from ui.widgets.marks import Avatar, StatusDot, paint_state
    from ui.widgets.sheet import Sheet
    from ui.widgets.speech import announce
    from ui.widgets.states import EmptyState, ErrorState, Skeleton, Strip, describe, details
    from ui.widgets.text import KeyCap, Text
    from ui.widgets.toast import Toast

_WHERE: Final = {
    "announce": "speech",
    "Button": "buttons",
    "IconButton": "buttons",
    "LinkButton": "buttons",
    "Segmented": "buttons",
    "Tabs": "buttons",
    "Card": "card",
    "Icon": "card",
    "SectionHeader": "card",
    "Chip": "chip",
    "FramedField": "fields",
    "LabelledField": "fields",
    "PassphraseField": "fields",
    "SearchField": "fields",
    "FocusRing": "focus_ring",
    "follow": "following",
    "FormSheet": "form_sheet",
    "Box": "layout",
    "Column": "layout",
    "Line": "layout",
    "Row": "layout",
    "restyle": "layout",
    "scrolling": "layout",
    "set_property": "layout",
    "surface": "layout",
    "Avatar": "marks",
    "StatusDot": "marks",
    "paint_state": "marks",
    "Sheet": "sheet",
    "EmptyState": "states",
    "ErrorState": "states",
    "Skeleton": "states",
    "Strip": "states",
    "describe": "states",
    "details": "states",
    "KeyCap": "text",
    "Text": "text",
    "Toast": "toast",
}

__all__ = [
    "Avatar", "Box", "Button", "Card", "Chip", "Column", "EmptyState", "ErrorState", "FocusRing",
    "FormSheet", "FramedField", "Icon", "IconButton", "KeyCap", "LabelledField", "Line", "LinkButton",
    "PassphraseField", "Row", "SearchField", "SectionHeader", "Segmented", "Sheet", "Skeleton",
    "StatusDot", "Strip", "Tabs", "Text", "Toast", "announce", "describe", "details", "follow",
    "paint_state", "restyle", "scrolling", "set_property", "surface",
]


def __getattr__(name: str) -> Any:
    """Load the module of a widget (PEP 562): a start needs few of them."""
    if name not in _WHERE:
        raise AttributeError(name)
    found = getattr(import_module(f"ui.widgets.{_WHERE[name]}"), name)
    globals()[name] = found
    return found
