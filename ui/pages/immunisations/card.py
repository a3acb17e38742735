"""What was given, the newest first, each with its lot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from medapp.domain.clinical import Immunisation
from medapp.i18n import N_
from ui.context import Context
from ui.format import format_concept, format_date
from ui.pages.patient_facts import Facts
from ui.widgets import Card, Column, IconButton, LinkButton, Row, Text
from ui.widgets.layout import empty

FEW = 3


class ImmunisationsCard(Card):
    """Three rows, or all on request; `wanted` carries the one to correct, None for a new one."""

    wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Immunisations"), icon="shield", gap=4, parent=parent)
        self.context = context
        self._given: tuple[Immunisation, ...] = ()
        self._is_whole = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if self.header is not None:
            add = LinkButton(context, N_("Add"), icon="plus", small=True,
                             on_click=lambda: self.wanted.emit(None))
            self.header.add(add)
        self.rows = Column(context, 0, 2)
        self.body.addLayout(self.rows)
        self.nothing = Text(context, N_("None recorded"), "body", "text2", wrap=True)
        self.body.addWidget(self.nothing)
        self.more = LinkButton(context, "", small=True, on_click=self._toggle)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_facts(self, facts: Facts) -> None:
        """Everything that stands."""
        self._given = facts.record.immunisations
        self._fill()

    def clear(self) -> None:
        """Forget the patient."""
        self._given, self._is_whole = (), False
        self._fill()

    def _toggle(self) -> None:
        self._is_whole = not self._is_whole
        self._fill()

    def _fill(self) -> None:
        shown = self._given if self._is_whole else self._given[:FEW]
        empty(self.rows)
        for one in shown:
            self.rows.addWidget(self._row(one))
        rest = len(self._given) - len(shown)
        self.nothing.setVisible(not self._given)
        self.more.setVisible(len(self._given) > FEW)
        self.more.set_message(N_("{n} more") if rest else N_("Show fewer"), n=rest)
        if self.header is not None:
            self.header.remark.set_plain(str(len(self._given)) if self._given else "")

    def _row(self, one: Immunisation) -> QWidget:
        words = self.context.words
        widget = QWidget()
        row = Row(self.context, (0, 2, 0, 2), 8, widget)
        texts = Column(self.context, 0, 0)
        name = format_concept(one.vaccine, words)
        title = Text(self.context, "", "strong", wrap=True)
        title.set_plain(name)
        texts.addWidget(title)
        said = Text(self.context, "", "small", "text2", wrap=True)
        said.set_plain(given_words(one, self.context))
        texts.addWidget(said)
        row.addLayout(texts, 1)
        edit = IconButton(self.context, "edit", N_("Correct"), on_click=lambda: self.wanted.emit(one))
        edit.setAccessibleName(words("Correct {name}", name=name))
        row.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        return widget


def given_words(one: Immunisation, context: Context) -> str:
    """`27-Feb-2026 · dose 2 · lot AC37B`; what was not recorded is said of the lot only."""
    words = context.words
    parts = [format_date(one.given, words)]
    if one.dose:
        parts.append(words("dose {n}", n=one.dose))
    parts.append(words("lot {lot}", lot=one.lot) if one.lot else words("lot not recorded"))
    return " · ".join(parts)
