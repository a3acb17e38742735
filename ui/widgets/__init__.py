"""The common widgets; pages import them from here."""

from __future__ import annotations

from ui.widgets.announce import announce
from ui.widgets.buttons import Button, IconButton, LinkButton, Segmented, Tabs
from ui.widgets.card import Card, Icon, SectionHeader
from ui.widgets.chip import Chip
from ui.widgets.fields import FramedField, LabelledField, PassphraseField, SearchField
from ui.widgets.focus_ring import FocusRing
from ui.widgets.layout import Box, Column, Line, Row, restyle, scrolling, set_property, surface
from ui.widgets.marks import Avatar, StatusDot, paint_state
from ui.widgets.sheet import Sheet
from ui.widgets.states import EmptyState, ErrorState, Skeleton, Strip, describe, details
from ui.widgets.text import KeyCap, Text
from ui.widgets.toast import Toast

__all__ = [
    "Avatar", "Box", "Button", "Card", "Chip", "Column", "EmptyState", "ErrorState", "FocusRing",
    "FramedField", "Icon", "IconButton", "KeyCap", "LabelledField", "Line", "LinkButton",
    "PassphraseField", "Row", "SearchField", "SectionHeader", "Segmented", "Sheet", "Skeleton",
    "StatusDot", "Strip", "Tabs", "Text", "Toast", "announce", "describe", "details", "paint_state",
    "restyle", "scrolling", "set_property", "surface",
]
