"""A column of fields for some inputs of an assessor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputSpec
from ui.context import Context
from ui.forms.fields import InputField, field_for
from ui.widgets import Column


class InputForm(QWidget):
    """`changed` is sent after every keystroke that alters a value or a complaint."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.fields: dict[str, InputField] = {}
        self._column = Column(context, 0, 10, self)
        self._column.addStretch(1)

    def set_specs(self, specs: Sequence[InputSpec]) -> None:
        """Ask for these inputs, in this order; what was typed before is dropped."""
        for field in self.fields.values():
            self._column.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = {}
        for spec in specs:
            self.add_spec(spec)

    def add_spec(self, spec: InputSpec) -> InputField:
        """Ask for one more, at the end, unless it is asked already; what was typed stays."""
        if spec.name not in self.fields:
            field = field_for(self.context, spec)
            field.changed.connect(self.changed)
            self._column.insertWidget(len(self.fields), field)
            self.fields[spec.name] = field
        return self.fields[spec.name]

    def focus_on(self, name: str) -> None:
        """The editor of one field."""
        _focus(self.fields[name])

    def given(self) -> dict[str, Given]:
        """Every value that is entered and not wrong."""
        found = {name: field.given() for name, field in self.fields.items()}
        return {name: given for name, given in found.items() if given is not None}

    @property
    def has_errors(self) -> bool:
        return any(field.check().is_wrong for field in self.fields.values())

    def focus_first(self) -> None:
        """The first editor of the first field."""
        if self.fields:
            _focus(next(iter(self.fields.values())))


def _focus(field: InputField) -> None:
    """The first thing in a field that takes the focus."""
    inside = [one for one in field.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    if inside:
        inside[0].setFocus(Qt.FocusReason.OtherFocusReason)
