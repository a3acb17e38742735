"""Vital signs on the visit's page: typed here, saved to the record at once or with the signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import variable_spec
from medapp.domain.administrative import Patient
from medapp.domain.clinical import Observation
from medapp.i18n import N_
from medapp.services.visits import VITALS
from medapp.terminology.variables import variables
from ui.commit import commit_words
from ui.context import Context
from ui.format import format_quantity, format_time
from ui.forms import InputField, field_for
from ui.widgets import Button, Column, Row, Text

LONGEST = 24
"""Letters of a title that fit above a field; a longer one gives way to its short form."""

SAVE_VITALS = N_("Save vital signs for {name}")

Typed = Mapping[str, Sequence[str | None]]


class Vitals(QWidget):
    """A grid of number fields; `changed` while one types, `save_wanted` with what is entered."""

    changed = Signal()
    save_wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        column = Column(context, 0, 6, self)
        column.addWidget(Text(context, N_("Vital signs"), "small", "text2"))
        self.taken = Text(context, "", "body", wrap=True)
        self.taken.hide()
        column.addWidget(self.taken)
        self._grid = QGridLayout()
        column.addLayout(self._grid)
        row = Row(context, 0, 8)
        self.save = Button(context, N_("Save vital signs"), "secondary", icon="save", on_click=self._save)
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)
        self.fields: dict[str, InputField] = {}
        self._observations: Sequence[Observation] = ()
        for name in VITALS:
            variable = variables()[name]
            title = variable.short if len(variable.title.en) > LONGEST else variable.title
            field = field_for(context, replace(variable_spec(variable), title=title))
            field.changed.connect(self._on_change)
            self.fields[name] = field
        self._columns = 0
        self.set_columns(4)
        context.language_changed.connect(self._say_taken)
        context.theme_changed.connect(self._measure)
        self._measure()
        self._on_type()

    def set_columns(self, columns: int) -> None:
        """How many fields stand beside each other."""
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for at, field in enumerate(self.fields.values()):
            self._grid.addWidget(field, at // columns, at % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def least(self) -> int:
        """The width that the widest field needs."""
        widest = max(field.minimumSizeHint().width() for field in self.fields.values())
        return widest + self._context.theme.px(12)

    def show_patient(self, patient: Patient) -> None:
        self.save.set_dynamic(commit_words(self._context, SAVE_VITALS, patient))

    def show_typed(self, typed: Typed) -> None:
        """What a draft held, not yet saved to the record."""
        for name, field in self.fields.items():
            text, unit = typed.get(name, ("", None))
            line, units = _editors(field)
            line.blockSignals(True)
            line.setText(text or "")
            line.blockSignals(False)
            if units is not None:
                units.setCurrentIndex(max(0, units.findData(unit)))
            field.check()
        self._on_type()

    def typed(self) -> dict[str, list[str | None]]:
        """What is typed, as a draft keeps it: also what is wrong."""
        found: dict[str, list[str | None]] = {}
        for name, field in self.fields.items():
            line, units = _editors(field)
            if line.text().strip():
                found[name] = [line.text(), units.currentData() if units is not None else None]
        return found

    def given(self) -> dict[str, Given]:
        """Every value that is entered and not wrong."""
        found = {name: field.given() for name, field in self.fields.items()}
        return {name: given for name, given in found.items() if given is not None}

    def first_wrong(self) -> QWidget | None:
        """The editor of the first value that cannot be saved."""
        wrong = (field for field in self.fields.values() if field.check().is_wrong)
        return next((_editors(field)[0] for field in wrong), None)

    def show_taken(self, observations: Sequence[Observation]) -> None:
        """What was measured at this visit and saved already."""
        self._observations = observations
        self._say_taken()

    def _say_taken(self) -> None:
        text = vitals_sentence(self._observations, self._context)
        self.taken.set_plain(text)
        self.taken.setVisible(bool(text))

    def _on_change(self) -> None:
        self._on_type()
        self.changed.emit()

    def _on_type(self) -> None:
        self.save.setVisible(bool(self.typed()))

    def _save(self) -> None:
        wrong = self.first_wrong()
        if wrong is not None:
            wrong.setFocus()
        elif given := self.given():
            self.save_wanted.emit(given)

    def _measure(self) -> None:
        px = self._context.theme.px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))


def _editors(field: InputField) -> tuple[QLineEdit, Any]:
    """A number's line and its units."""
    return field.line, getattr(field, "units", None)  # type: ignore[attr-defined]


def vitals_sentence(observations: Sequence[Observation], context: Context) -> str:
    """`Blood pressure 148/86 mmHg · Weight 71 kg (09:31)`; empty when nothing was measured."""
    words, found = context.words, {one.variable: one for one in observations if one.value is not None}
    parts = []
    upper, lower = found.pop("systolic_bp", None), found.pop("diastolic_bp", None)
    if upper is not None and lower is not None:
        pressure = f"{upper.value:.0f}/{lower.value:.0f}"
        parts.append(words("Blood pressure {value} mmHg ({time})", value=pressure,
                           time=format_time(upper.time)))
    else:
        found |= {one.variable: one for one in (upper, lower) if one is not None}
    for name, one in found.items():
        variable = variables().get(name or "")
        if variable is not None:
            value = format_quantity(one.value, one.unit, None)
            parts.append(words("{title} {value} ({time})", title=words.pick(variable.title), value=value,
                               time=format_time(one.time)))
    return " · ".join(parts)
