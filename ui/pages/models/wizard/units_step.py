"""Step 3: what each input is, and the units that nobody may guess."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.i18n import N_
from medapp.services.own_models import ColumnSeen
from medapp.terminology.units import unit_label
from ui.pages.models.wizard.step import Step, in_order
from ui.pages.models.wizard.words import KINDS, UNUSED_KINDS
from ui.widgets import Text, scrolling
from ui.widgets.drop_down import DropDown
from ui.widgets.layout import empty

MOST_SHOWN = 200


class UnitsStep(Step):
    """A row for each input; a list of units where it looks like a variable of the record."""

    title = N_("Units and types")

    def build(self) -> None:
        self.note(N_(
            "A unit is stated, never guessed. With its unit a column is filled from the record; without one "
            "it stays the clinic's own input and is typed in."
        ))
        holder = QWidget()
        self.grid = QGridLayout(holder)
        self.grid.setContentsMargins(0, 0, 8, 0)
        self.grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.grid.setColumnStretch(0, 3)
        self.grid.setColumnStretch(1, 2)
        self.grid.setColumnStretch(2, 3)
        self.grid.setColumnStretch(3, 3)
        self.area = scrolling(holder)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addWidget(self.area, 1)
        self.fields: dict[str, DropDown] = {}
        self._made: object = None
        self.context.language_changed.connect(self._speak)
        self.context.theme_changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.grid.setHorizontalSpacing(self.context.theme.px(16))
        self.grid.setVerticalSpacing(self.context.theme.px(6))

    def enter(self) -> None:
        columns = tuple(column for column in self.decisions.inputs if column.kind not in UNUSED_KINDS)
        if columns == self._made:
            return
        self._made = columns
        empty(self.grid)
        self.fields = {}
        for place, heading in enumerate((N_("Input"), N_("Kind"), N_("In the record"), N_("Unit"))):
            self.grid.addWidget(Text(self.context, heading, "small", "text2"), 0, place)
        asked = sorted(columns, key=lambda column: not column.units)
        for row, column in enumerate(asked[:MOST_SHOWN], 1):
            self._add(row, column)
        if len(asked) > MOST_SHOWN:
            more = Text(self.context, N_("{count} more without a unit"), "small", "text2",
                        count=len(asked) - MOST_SHOWN)
            self.grid.addWidget(more, MOST_SHOWN + 1, 0)
        in_order(self.fields.values())
        self._speak()

    def _add(self, row: int, column: ColumnSeen) -> None:
        context = self.context
        name = Text(context, "", "strong", elide=True)
        name.set_plain(column.name)
        name.setMinimumHeight(context.theme.px(34))
        self.grid.addWidget(name, row, 0)
        self.grid.addWidget(Text(context, KINDS[column.kind], "body", "text2"), row, 1)
        title = column.variable
        shown = Text(context, "", "body", "text" if title is not None else "text3", wrap=True)
        if title is not None:
            shown.set_dynamic(lambda: context.words.pick(title))
        else:
            shown.set_message(N_("the clinic's own"))
        self.grid.addWidget(shown, row, 2)
        if column.units:
            field = self.fields[column.name] = DropDown(context)
            field.activated.connect(partial(self._on_unit, column.name))
            self.grid.addWidget(field, row, 3)
        elif column.unit_named:
            unit = Text(context, "", "body", "text2")
            unit.set_plain(column.unit_named)
            self.grid.addWidget(unit, row, 3)

    def first(self) -> QWidget | None:
        return next(iter(self.fields.values()), None)

    def _on_unit(self, column: str, _at: int) -> None:
        self.decisions.units[column] = str(self.fields[column].currentData() or "")
        self.changed.emit()

    def _speak(self) -> None:
        words, preview = self.context.words, self.decisions.preview
        if preview is None:
            return
        self.area.setAccessibleName(words("Units and types"))
        for name, field in self.fields.items():
            column = preview.column(name)
            field.blockSignals(True)
            field.clear()
            named = column.unit_named
            field.addItem(
                words("Not stated; the name says {unit}", unit=named) if named else words("Not stated"), ""
            )
            for unit in column.units:
                field.addItem(unit_label(unit, words), unit)
            chosen = self.decisions.units.get(name, "")
            field.setCurrentIndex(max(0, field.findData(chosen)) if chosen else 0)
            field.setAccessibleName(words("Unit of {column}", column=name))
            field.blockSignals(False)
