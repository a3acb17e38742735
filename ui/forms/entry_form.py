"""The form of one entry of a list: fields from specifications, filled, checked one by one and together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.assess.inputs import InputSpec
from medapp.services.written import NotNamed
from ui.context import Context
from ui.forms.entry_fields import NOT_A_DAY, DayField, EntryField, Rule, entry_field
from ui.forms.term_field import TermField
from ui.widgets import Column


class EntryForm(QWidget):
    """`changed` after each keystroke; `rule` says what is wrong between fields, as one types."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.fields: dict[str, EntryField] = {}
        self._rule: Rule | None = None
        self._column = Column(context, 0, 12, self)
        self._column.addStretch(1)
        context.language_changed.connect(self.check)

    def show_fields(
        self, specs: Sequence[InputSpec], values: Mapping[str, Any], rule: Rule | None = None
    ) -> None:
        """Ask for these, filled with what is recorded; what was typed before is dropped."""
        self.clear()
        self._rule = rule
        for index, spec in enumerate(specs):
            field = entry_field(self.context, spec)
            field.need.set_tone("text2")
            field.set_value(values.get(spec.name))
            field.changed.connect(self._on_changed)
            self._column.insertWidget(index, field)
            self.fields[spec.name] = field

    def clear(self) -> None:
        """Forget everything at once."""
        for field in self.fields.values():
            self._column.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields, self._rule = {}, None

    def values(self) -> dict[str, Any]:
        """What is entered, by field; None for nothing."""
        return {name: field.value() for name, field in self.fields.items()}

    def raw(self) -> dict[str, Any]:
        """What stands in the editors, for a draft."""
        return {name: field.raw() for name, field in self.fields.items()}

    def set_raw(self, kept: Mapping[str, Any]) -> None:
        """Put back what a draft kept; fields that it does not know stay as they are."""
        for name, raw in kept.items():
            if name in self.fields:
                self.fields[name].set_raw(raw)

    def check(self) -> list[str]:
        """Show what is wrong; the names of the wrong fields in their order."""
        wrong = [name for name, field in self.fields.items() if field.check().is_wrong]
        told = {} if self._rule is None else self._rule(self.values(), self.context.words)
        for name, (level, text) in told.items():
            if name in self.fields and name not in wrong:
                self.fields[name].complain(text, level)
                wrong += [name] if level == "error" else []
        return wrong

    def wrong_for_saving(self) -> list[str]:
        """What keeps it from being saved: what is wrong, missing, or no day."""
        wrong = self.check()
        for name, field in self.fields.items():
            if isinstance(field, DayField) and field.is_unread and name not in wrong:
                field.complain(self.context.words(NOT_A_DAY))
                wrong.append(name)
            if field.spec.required and field.value() is None and name not in wrong:
                field.complain(self.context.words(NotNamed.advice))
                wrong.append(name)
        return [name for name in self.fields if name in wrong]

    def close_list(self) -> bool:
        """Esc: close an open list of names; False when none is open."""
        opened = [f for f in self.fields.values() if isinstance(f, TermField) and f.is_open]
        for field in opened:
            field.close_list()
        return bool(opened)

    def focus(self, name: str = "") -> None:
        """The editor of a field, else of the first one."""
        field = self.fields.get(name) or next(iter(self.fields.values()), None)
        editors = [] if field is None else field.findChildren(QWidget)
        editor = next((one for one in editors if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        self.check()
        self.changed.emit()
