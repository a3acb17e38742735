"""Fields of what a doctor writes into a list: words, a choice, a day; each can be filled beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputChoice, InputSpec
from medapp.domain.datatypes import LocalText, Moment
from medapp.i18n import LANGUAGES, N_, Words, both
from ui.context import Context
from ui.forms.check import Checked
from ui.forms.days import is_unfinished, parse_day
from ui.forms.fields import InputField, NumberField
from ui.widgets import set_property
from ui.widgets.drop_down import DropDown, fill

TEXT, PICK, DAY, TERM, NUMBER = "text", "pick", "day", "term", "number"
NOT_A_DAY: Final = N_("Enter a year, a month or a day, such as 2026, 2026-03 or 2026-03-14.")


def local(message: str) -> LocalText:
    """A message in both languages, for a specification."""
    return LocalText(*(both(message)[language] for language in LANGUAGES))


def entry_spec(
    name: str,
    title: str,
    kind: str = TEXT,
    *,
    required: bool = False,
    choices: tuple[tuple[str, str], ...] = (),
    unit: str | None = None,
    possible: tuple[float, float] | None = None,
    group: str = "",
) -> InputSpec:
    """One field: `title` and the choices' words are message ids; `group` is the table of a `term`."""
    listed = tuple(InputChoice(key, local(message)) for key, message in choices)
    return InputSpec(
        name, local(title), kind, unit, unit or "", (), required, None, possible, listed, (), 0, group,
        "feature", False,
    )


class EntryField(InputField):
    """An input field that can hold what is recorded already, and be told what is wrong beside others."""

    def set_value(self, value: Any) -> None:
        """Show what is recorded."""
        raise NotImplementedError

    def value(self) -> Any:
        """What is entered; None when nothing, or nothing right."""
        given = self.given()
        return None if given is None else given.value

    def raw(self) -> Any:
        """What stands in the editor, for a draft; "" when nothing does."""
        raise NotImplementedError

    def set_raw(self, raw: Any) -> None:
        """Put back what a draft kept."""
        raise NotImplementedError

    def complain(self, text: str, level: str = "error") -> None:
        """Say what is wrong or unusual with it beside the other fields."""
        self._show(Checked(level=level, text=text))


class TextField(EntryField):
    """A line of words."""

    def _editor(self) -> QWidget:
        self.line = QLineEdit()
        self.line.textChanged.connect(self._on_change)
        self._name(self.line)
        return self.line

    def set_value(self, value: Any) -> None:
        self.line.setText(str(value or ""))

    def raw(self) -> Any:
        return self.line.text()

    def set_raw(self, raw: Any) -> None:
        self.line.setText(str(raw))

    def _read(self) -> Checked:
        text = self.line.text().strip()
        return Checked(Given(text)) if text else Checked()

    def _show(self, checked: Checked) -> None:
        super()._show(checked)
        set_property(self.line, "state", "error" if checked.is_wrong else "")


class DayField(TextField):
    """A day, or only its month or year. What is unfinished is told when the focus leaves."""

    def _editor(self) -> QWidget:
        editor = super()._editor()
        self.line.setPlaceholderText("2026-03-14")
        self.line.editingFinished.connect(self._on_change)
        return editor

    def set_value(self, value: Any) -> None:
        self.line.setText(value.isoformat()[:10] if isinstance(value, Moment) else "")

    def value(self) -> Moment | None:
        try:
            return parse_day(self.line.text())
        except ValueError:
            return None

    def _read(self) -> Checked:
        text = self.line.text()
        if not text.strip():
            return Checked()
        found = self.value()
        if found is not None:
            return Checked(Given(found.isoformat()))
        if self.line.hasFocus() and is_unfinished(text):
            return Checked()
        return Checked(level="error", text=self.context.words(NOT_A_DAY))

    @property
    def is_unread(self) -> bool:
        """Whether something is typed that is no day."""
        return bool(self.line.text().strip()) and self.value() is None


class PickBox(DropDown):
    """The wheel scrolls the form, never the answer."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class PickField(EntryField):
    """One of some answers; without a required answer the first means that it was not said."""

    def _editor(self) -> QWidget:
        self.box = PickBox(self.context)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill()
        self.box.currentIndexChanged.connect(self._on_change)
        self.context.language_changed.connect(self._fill)
        self._name(self.box)
        return self.box

    def _fill(self) -> None:
        words, chosen = self.context.words, self.raw()
        answers = [] if self.spec.required else [(words("Not recorded"), "")]
        answers += [(words.pick(choice.title), choice.id) for choice in self.spec.choices]
        if chosen and chosen not in {answer for _, answer in answers}:
            answers.append((chosen, chosen))  # what an import brought stays as it was sent
        fill(self.box, answers, chosen)

    def set_value(self, value: Any) -> None:
        at = self.box.findData(str(value or ""))
        if at < 0 and value:  # what an import brought stays as it was sent
            self.box.addItem(str(value), str(value))
            at = self.box.count() - 1
        self.box.setCurrentIndex(max(at, 0))

    def raw(self) -> Any:
        return self.box.currentData()

    def set_raw(self, raw: Any) -> None:
        self.set_value(raw)

    def _read(self) -> Checked:
        chosen = self.box.currentData()
        return Checked(Given(chosen)) if chosen else Checked()


class AmountField(EntryField, NumberField):
    """A number that can be filled."""

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else f"{value:g}")

    def raw(self) -> Any:
        return self.line.text()

    def set_raw(self, raw: Any) -> None:
        self.line.setText(str(raw))


Rule = Callable[[Mapping[str, Any], Words], dict[str, tuple[str, str]]]
"""From the values to what is wrong or unusual, by field: (warn or error, words)."""


def entry_field(context: Context, spec: InputSpec) -> EntryField:
    """The field of a specification's kind."""
    if spec.kind == TERM:
        from ui.forms.term_field import TermField

        return TermField(context, spec)
    return _KINDS[spec.kind](context, spec)


_KINDS: Final[dict[str, type[EntryField]]] = {
    TEXT: TextField, DAY: DayField, PICK: PickField, NUMBER: AmountField,
}
