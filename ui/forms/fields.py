"""One field an input: number with unit, yes or no, a choice, a date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputSpec
from medapp.i18n import N_
from ui.context import Context
from ui.format import unit_label
from ui.forms.check import Checked, check_date, check_number
from ui.widgets import Column, Icon, Row, Segmented, Text, follow, set_property
from ui.widgets.drop_down import fill

NOT_KNOWN = ""


class InputField(QWidget):
    """Label above, editor, and what is wrong or unusual below, said as one types."""

    changed = Signal()

    def __init__(self, context: Context, spec: InputSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.spec = context, spec
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # its texts wrap
        column = Column(context, 0, 3, self)
        head = Row(context, 0, 4)
        self.label = Text(context, "", "small", "text2", wrap=True)
        self.label.set_dynamic(lambda: context.words.pick(spec.title))
        head.addWidget(self.label, 1)
        self.need = Text(context, N_("required"), "caption", "model")
        head.addWidget(self.need, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.need.setVisible(spec.required)  # not before it has a parent: it would be a window for a moment
        column.addWidget(self._editor())
        row = Row(context, 0, 4)
        self._icon = Icon(context, "caution", "warn", 13)
        self.note = Text(context, "", "small", "text2", wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.note, 1)
        column.addLayout(row)
        self._show(Checked())
        context.language_changed.connect(self.check)

    def _editor(self) -> QWidget:
        raise NotImplementedError

    def _name(self, editor: QWidget) -> None:
        """The editor is named by the title in the language of the moment."""
        def name() -> None:
            editor.setAccessibleName(self.context.words.pick(self.spec.title))

        name()
        follow(editor, self.context.language_changed, name)

    def check(self) -> Checked:
        """Read what is entered, and show what is wrong with it."""
        checked = self._read()
        self._show(checked)
        return checked

    def given(self) -> Given | None:
        """The value entered; None when empty or wrong."""
        return self._read().given

    def show_given(self, given: Given) -> None:
        """Put a value in, as it was typed before."""
        raise NotImplementedError

    def set_hint(self, say: Callable[[], str]) -> None:
        """A quiet remark at the end of the label's line: the last value and its age."""
        self.need.set_tone("text2")
        self.need.set_dynamic(say)
        self.need.setVisible(bool(self.need.text()))

    def _read(self) -> Checked:
        raise NotImplementedError

    def _on_change(self, *_: object) -> None:
        self.check()
        self.changed.emit()

    def _show(self, checked: Checked) -> None:
        tone = {"error": "danger", "warn": "warn"}.get(checked.level, "text2")
        self.note.set_plain(checked.text)
        self.note.set_tone(tone)
        self.note.setVisible(bool(checked.text))
        self._icon.setVisible(bool(checked.text))
        if checked.text:
            self._icon.set_icon("caution", tone)


class NumberField(InputField):
    """A line for the number; the unit beside it, to be chosen where several are accepted."""

    def _editor(self) -> QWidget:
        box = QWidget()
        row = Row(self.context, 0, 6, box)
        self.line = QLineEdit()
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.textChanged.connect(self._on_change)
        row.addWidget(self.line, 1)
        self.units = QComboBox()
        units = [] if self.spec.unit is None else list(
            dict.fromkeys(u for u in (self.spec.unit, *self.spec.accepted_units) if u)
        )  # a count has none to choose
        for unit in units:
            self.units.addItem(unit_label(unit) or unit, unit)
        if len(units) > 1:
            self.units.currentIndexChanged.connect(self._on_change)
            row.addWidget(self.units)
        elif units:
            label = Text(self.context, "", "body", "text2")
            label.set_plain(self.spec.unit_label)
            row.addWidget(label)
        self._name_editor()
        self.context.language_changed.connect(self._name_editor)
        return box

    def _name_editor(self) -> None:
        words = self.context.words
        title = words.pick(self.spec.title)
        self.line.setAccessibleName(f"{title} {self.spec.unit_label}".strip())
        self.units.setAccessibleName(words("Unit of {title}", title=title))

    def show_given(self, given: Given) -> None:
        at = self.units.findData(given.unit)
        if at >= 0:
            self.units.setCurrentIndex(at)
        self.line.setText(f"{given.value:.12g}" if isinstance(given.value, (int, float)) else "")

    def _read(self) -> Checked:
        return check_number(self.line.text(), self.units.currentData(), self.spec, self.context.words)

    def _show(self, checked: Checked) -> None:
        super()._show(checked)
        set_property(self.line, "state", "error" if checked.is_wrong else "")


class YesNoField(InputField):
    """Yes, no, or not known."""

    def _editor(self) -> QWidget:
        options = (("yes", N_("Yes")), ("no", N_("No")), (NOT_KNOWN, N_("Not known")))
        self.choice = Segmented(self.context, options, NOT_KNOWN)
        self.choice.chosen.connect(self._on_change)
        self._name(self.choice)
        return self.choice

    def show_given(self, given: Given) -> None:
        self.choice.set_current("yes" if given.value else "no")

    def _read(self) -> Checked:
        chosen = self.choice.current
        return Checked(Given(chosen == "yes")) if chosen else Checked()


class ChoiceField(InputField):
    """One of the input's answers, or not known."""

    def _editor(self) -> QWidget:
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill()
        self.box.currentIndexChanged.connect(self._on_change)
        self.context.language_changed.connect(self._fill)
        self._name(self.box)
        return self.box

    def _fill(self) -> None:
        words = self.context.words
        answers = [(words.pick(choice.title), choice.id) for choice in self.spec.choices]
        fill(self.box, [(words("Not known"), NOT_KNOWN), *answers], self.box.currentData())

    def show_given(self, given: Given) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(given.value)))

    def _read(self) -> Checked:
        chosen = self.box.currentData()
        return Checked(Given(chosen)) if chosen else Checked()


class DateField(InputField):
    """A date as year-month-day."""

    def _editor(self) -> QWidget:
        self.line = QLineEdit()
        self._name(self.line)
        self.line.setPlaceholderText("2026-03-14")
        self.line.textChanged.connect(self._on_change)
        return self.line

    def show_given(self, given: Given) -> None:
        self.line.setText(str(given.value))

    def _read(self) -> Checked:
        return check_date(self.line.text(), self.context.words)


FIELDS = {"boolean": YesNoField, "choice": ChoiceField, "date": DateField}


def field_for(context: Context, spec: InputSpec) -> InputField:
    """The field of an input's kind."""
    return FIELDS.get(spec.kind, NumberField)(context, spec)
