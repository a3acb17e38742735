"""Who a person could be taken for, said before she is stored: like names, and the same number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from medapp.domain.administrative import IdentifierType
from medapp.i18n import N_, Words
from medapp.services.identity import LookAlikes
from medapp.services.search import PatientLine
from ui.context import Context
from ui.format import format_born, format_name
from ui.widgets import Column, Strip, follow
from ui.widgets.layout import empty

MOST: Final = 2
"""As many of each kind are named; the rest is counted."""

KINDS: Final = {
    IdentifierType.RECORD_NUMBER: N_("record number"), IdentifierType.NATIONAL: N_("identity number"),
    IdentifierType.INSURANCE: N_("insurance number"), IdentifierType.PASSPORT: N_("passport"),
}


class LookAlikeStrips(QWidget):
    """One strip a person; `opened` asks for her record instead."""

    opened = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._found = LookAlikes()
        self._column = Column(context, 0, 6, self)
        follow(self, context.language_changed, lambda: self.show_found(self._found))

    @property
    def ids(self) -> frozenset[int]:
        """Everybody who is named or counted."""
        return self._found.ids

    def show_found(self, found: LookAlikes) -> None:
        """Same numbers first: they are rarely two people."""
        self._found = found
        words = self._context.words
        empty(self._column)
        for identifier, line in found.same_number[:MOST]:
            kind = words(KINDS.get(identifier.type, N_("number")))
            text = words("The same {kind} belongs to {who}.", kind=kind, who=line_words(line, self._context))
            self._add(text, "danger", line)
        for line in found.similar[:MOST]:
            text = words("Similar name: {who}.", who=line_words(line, self._context))
            self._add(text, "warn", line)
        rest = _rest(found.similar, words)
        if rest:
            strip = Strip(self._context, "", "warn")
            strip.label.set_plain(rest)
            self._column.addWidget(strip)
        self.setVisible(bool(found.ids))

    def _add(self, text: str, tone: str, line: PatientLine) -> None:
        strip = Strip(
            self._context, "", tone, action=N_("Open that record"),
            on_action=partial(self.opened.emit, line.id),
        )
        strip.label.set_plain(text)
        self._column.addWidget(strip)


def line_words(line: PatientLine, context: Context) -> str:
    """`LIN, Meihua 林美华, born 14-Mar-1958 (68 y), 0048 2217`: enough to tell two people apart."""
    words = context.words
    name = " ".join(part for part in format_name(line.name, line.name_local, words) if part)
    name = name or words("No name recorded")
    if line.birth_date is None:
        return words("{name}, birth date unknown, {mrn}", name=name, mrn=line.mrn)
    born = format_born(line.birth_date, context.clock(), words)
    return words("{name}, born {born}, {mrn}", name=name, born=born, mrn=line.mrn)


def _rest(similar: Sequence[PatientLine], words: Words) -> str:
    count = len(similar) - MOST
    return words("{n} more have a similar name.", n=count) if count > 0 else ""
