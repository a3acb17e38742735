"""Input on the spot: values that are tried, never saved, and the answer they would give."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputSpec
from medapp.i18n import N_
from ui.context import Context
from ui.forms import InputForm
from ui.pages.assess.reading import Shown
from ui.pages.patient_scroll import scrolled
from ui.widgets import Card, IconButton, Strip

WAIT_MS = 250


def asked(shown: Shown) -> list[InputSpec]:
    """What the form asks: required and missing first, then old values, then the rest that is missing.

    A value that is recent is asked again only when the card calls it changeable:
    trying others would read as the effect of a treatment.
    """
    missing = {m.name: m.required for m in shown.assessment.missing}
    again = {f.name for f in shown.card.features if f.changeable}
    again |= {i.name for i in shown.assessment.inputs if i.flags}
    specs = [s for s in shown.specs.values() if s.role == "feature" or s.name in missing]
    required = [s for s in specs if missing.get(s.name)]
    optional = [s for s in specs if s.name in missing and not missing[s.name]]
    known = [s for s in specs if s.name in again and s.name not in missing]
    return [*required, *known, *optional]


class WhatIfPanel(Card):
    """The form at the right; `tried` carries {name: Given} a moment after the last keystroke."""

    tried = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("What if"), icon="edit", tone="model", padding=14, parent=parent)
        if self.header is not None:
            self.header.add(IconButton(context, "close", N_("Close"), on_click=self.closed.emit))
        self.body.addWidget(
            Strip(context, N_("Tried values are not saved. Association, not effect of treatment."), "model",
                  icon="info")
        )
        self.form = InputForm(context)
        self.form.changed.connect(self._on_change)
        self.body.addWidget(scrolled(self.form), 1)
        self._later = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._later.timeout.connect(self._try)

    def open_for(self, shown: Shown) -> None:
        """Fresh fields for one assessor."""
        self._later.stop()
        self.form.set_specs(asked(shown))

    def given(self) -> dict[str, Given]:
        return self.form.given()

    def focus_first(self) -> None:
        self.form.focus_first()

    def _on_change(self) -> None:
        self._later.start()

    def _try(self) -> None:
        if not self.form.has_errors:
            self.tried.emit(self.form.given())


