"""Rows of the settings: what is set and what it means at the left, the choice at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import Context
from ui.widgets import Card, Column, Line, Row, Text
from ui.widgets.flow import flowing
from ui.widgets.inside import inside


class SettingRow(QWidget):
    """One setting; the choice goes under the words where the row is narrow for it."""

    def __init__(self, context: Context, title: str, meaning: str, *choices: QWidget) -> None:
        super().__init__()
        column = Column(context, 0, 10, self)
        self.line = Line()
        column.addWidget(self.line)
        row = Row(context, 0, 16)
        texts = Column(context, 0, 0)
        self.title = Text(context, title, "strong", wrap=True)
        self.meaning = Text(context, meaning, "small", "text2", wrap=True)
        texts.addWidget(self.title)
        texts.addWidget(self.meaning)
        if not meaning:
            self.meaning.hide()
        row.addLayout(texts, 1)
        for choice in choices:
            row.addWidget(choice)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


class SettingCard(Card):
    """A card of rows; `fit` leaves those whose words hold what is looked for."""

    def __init__(self, context: Context, title: str, *, icon: str) -> None:
        super().__init__(context, title, icon=icon, gap=10)
        self._context = context
        self.rows: list[SettingRow] = []

    def add(self, title: str, meaning: str, *choices: QWidget) -> SettingRow:
        """A row at the end, with a hairline above all but the first."""
        row = SettingRow(self._context, title, meaning, *choices)
        row.line.setVisible(bool(self.rows))
        self.rows.append(row)
        self.body.addWidget(row)
        return row

    def buttons(self, *buttons: QWidget) -> QWidget:
        """Buttons in a line that breaks."""
        line = flowing(self._context, *buttons, gap=8)
        self.body.addWidget(line)
        return line


def fits(card: Card, typed: str) -> bool:
    """Show of a card what holds the words; False when that is nothing.

    A card whose own title fits, or that has no rows, is shown whole.
    """
    words = typed.casefold().split()
    title = card.header.title.text().casefold() if card.header is not None else ""
    is_whole = all(word in title for word in words)
    rows = card.rows if isinstance(card, SettingCard) else []
    shown = 0
    for row in rows:
        fitting = is_whole or _holds(row, words)
        row.setVisible(fitting)
        row.line.setVisible(fitting and shown > 0)
        shown += fitting
    is_shown = is_whole or shown > 0 or _holds(card, words, besides=rows)
    card.setVisible(is_shown)
    return is_shown


def _holds(widget: QWidget, words: list[str], besides: list[SettingRow] | None = None) -> bool:
    inner = [text for row in besides or () for text in inside(row, Text)]
    said = " ".join(text.text() for text in inside(widget, Text) if text not in inner).casefold()
    return bool(said) and all(word in said for word in words)
