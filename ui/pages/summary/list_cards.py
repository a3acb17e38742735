"""Allergies and family history on the Summary: what stands in a few lines, or that nobody asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_, Words
from ui.context import Context
from ui.itemmodels.entry_list import EntryLine
from ui.pages.lists import SECTIONS
from ui.pages.patient_facts import Facts
from ui.widgets import Card, Column, Icon, LinkButton, Row, Text, follow
from ui.widgets.layout import empty

MOST = 3
"""Entries shown; the others are counted and open with the list."""


def list_links(context: Context, card: Card, name: str, wanted: Callable[[str], object]) -> None:
    """ "Add" and "Open" at the end of a card's heading."""
    if card.header is None:
        return
    add = LinkButton(context, N_("Add"), small=True, on_click=lambda: wanted(f"add:{name}"))
    show = LinkButton(context, N_("Open"), small=True, on_click=lambda: wanted(name))
    section = SECTIONS[name]

    def say() -> None:
        words = context.words
        add.setAccessibleName(words(section.add))
        show.setAccessibleName(words("Open {list}", list=words(section.title)))

    for link in (add, show):
        card.header.add(link)
    follow(show, context.language_changed, say)
    say()


def nothing_words(name: str, facts: Facts, words: Words) -> str:
    """What a list says when none stands: none known with its day, or not asked; nothing while some do."""
    if SECTIONS[name].has_current(facts):
        return ""
    return " · ".join(part for part in SECTIONS[name].denial_words(facts, words) if part)


class ListCard(Card):
    """The entries of one list that stand, as short lines."""

    wanted = Signal(str)

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        section = SECTIONS[name]
        super().__init__(context, section.title, icon=section.icon, padding=16, gap=4, parent=parent)
        self.context, self._name = context, name
        list_links(context, self, name, self.wanted.emit)
        inside = QWidget()
        self.rows = Column(context, 0, 2, inside)
        self.body.addWidget(inside)

    def clear(self) -> None:
        """Forget the patient."""
        empty(self.rows)
        self._count(0)

    def show_facts(self, facts: Facts) -> None:
        """The first entries that stand; else what is known instead."""
        words, section = self.context.words, SECTIONS[self._name]
        empty(self.rows)
        standing = [line for line in section.lines(facts, words) if not line.is_past]
        if not section.has_current(facts):
            standing = []
            self.rows.addWidget(self._nothing(facts, words))
        self._show_lines(standing)
        self._count(len(standing))

    def _show_lines(self, lines: Sequence[EntryLine]) -> None:
        for line in lines[:MOST]:
            self.rows.addWidget(self._row(line))
        if len(lines) > MOST:
            self.rows.addWidget(
                LinkButton(self.context, N_("{n} more"), small=True, n=len(lines) - MOST,
                           on_click=lambda: self.wanted.emit(self._name))
            )

    def _count(self, count: int) -> None:
        if self.header is not None:
            self.header.remark.set_plain(str(count) if count else "")

    def _row(self, line: EntryLine) -> QWidget:
        text = Text(self.context, "", "body", wrap=True)
        after = line.detail or (line.facts[0] if self._name == "family" else "")
        text.set_plain(f"{line.title} — {after}" if after else line.title)
        return text

    def _nothing(self, facts: Facts, words: Words) -> QWidget:
        is_denied = SECTIONS[self._name].is_denied(facts)
        widget = QWidget()
        row = Row(self.context, 0, 8, widget)
        tone = "ok" if is_denied else "warn"
        row.addWidget(Icon(self.context, "ok" if is_denied else "caution", tone, 14), 0,
                      Qt.AlignmentFlag.AlignTop)
        text = Text(self.context, "", "body", "text2", wrap=True)
        text.set_plain(nothing_words(self._name, facts, words))
        row.addWidget(text, 1)
        return widget
