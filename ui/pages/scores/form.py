"""The form of a score: every input with its value from the record, where that comes from and how old it is.

A value from the record stays the record's until somebody types another: only what was typed is given to
the score as entered. An emptied field falls back to the record, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputSpec
from medapp.domain.assessment import InputUsed, Source
from medapp.domain.datatypes import Moment
from medapp.i18n import Words
from ui.context import Context
from ui.forms import InputForm
from ui.forms.fields import InputField
from ui.pages.assess.reading import Shown
from ui.pages.assess.words import InputLine, input_lines


class ScoreForm(InputForm):
    """`typed` are the values that differ from the record's; `fill` leaves what was typed alone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._filled: dict[str, Given | None] = {}
        self._required: set[str] = set()
        self._used: dict[str, InputUsed] = {}
        self._lines: dict[str, InputLine] = {}

    def ask(self, specs: Mapping[str, InputSpec]) -> None:
        """Fresh fields for one score."""
        self._filled, self._used, self._lines = {}, {}, {}
        self._required = {name for name, spec in specs.items() if spec.required}
        self.set_specs(tuple(specs.values()))
        for name, field in self.fields.items():
            field.set_hint(partial(self._hint, name, field))

    def fill(self, shown: Shown, now: Moment) -> None:
        """The record's values into every field that nobody typed in."""
        own = {one.name: one for one in shown.assessment.inputs if one.source is not Source.GIVEN}
        lines = {line.name: line for line in input_lines(shown, now, self.context.words)}
        for name, field in self.fields.items():
            used = own.get(name)
            if name in self.typed() or used is None or used.value is None:
                continue
            self._used[name], self._lines[name] = used, lines[name]
            if self._is_free(name, field):
                field.blockSignals(True)  # filling is not typing
                field.show_given(_as_typed(used, field.spec))
                field.blockSignals(False)
                self._filled[name] = field.given()
        self.say_sources()

    def say_sources(self) -> None:
        """The remark at each field again."""
        for name, field in self.fields.items():
            field.set_hint(partial(self._hint, name, field))
            line = self._lines.get(name)
            is_old = line is not None and bool(line.flag) and name not in self.typed()
            is_lacking = name in self._required and field.given() is None and line is None
            field.need.set_tone("warn" if is_old else "model" if is_lacking else "text2")

    def typed(self) -> dict[str, Given]:
        """What was entered here, as the score is given it."""
        return {name: one for name, one in self.given().items() if one != self._filled.get(name)}

    def first_missing(self) -> str:
        """The first required field without a value, else the first without one; empty when all have one."""
        empty = [name for name, field in self.fields.items() if field.given() is None]
        return next((name for name in empty if name in self._required), empty[0] if empty else "")

    def _is_free(self, name: str, field: InputField) -> bool:
        given = field.given()
        return given is None or given == self._filled.get(name)

    def _hint(self, name: str, field: InputField) -> str:
        if self.fields.get(name) is not field:  # of the score before, on its way out
            return ""
        words = self.context.words
        line, given = self._lines.get(name), field.given()
        if given is not None and given != self._filled.get(name):
            return words("entered")
        if line is None:
            return words("required") if name in self._required else ""
        return _source_words(line, self._used[name], words, is_empty=given is None)


def _source_words(line: InputLine, used: InputUsed, words: Words, *, is_empty: bool) -> str:
    """`record · 14 mo · old`."""
    if used.source is Source.DERIVED and used.date is None:
        return words("taken unless you choose")
    parts = [line.source, line.age]
    if line.flag == "stale":
        parts.append(words("old"))
    elif line.flag:
        parts.append(words("unusual"))
    if is_empty:
        parts.append(words("{value} is used", value=f"{line.value} {line.unit}".strip()))
    return " · ".join(part for part in parts if part)


def _as_typed(used: InputUsed, spec: InputSpec) -> Given:
    """The value as it would be typed: in the unit it was sent in where the field has that unit."""
    value, sent = used.value, used.value_sent
    if spec.kind == "boolean":
        return Given(bool(value))
    if not isinstance(value, (int, float)):
        return Given(value)
    if used.name == "age":
        return Given(float(int(value)), spec.unit)  # completed years, as in the banner
    is_number = isinstance(sent, (int, float)) and not isinstance(sent, bool)
    if is_number and used.unit_sent in spec.accepted_units:
        return Given(sent, used.unit_sent)
    return Given(round(float(value), max(spec.decimals, 1)), spec.unit)


def documents(given: Mapping[str, Given]) -> dict[str, dict[str, object]]:
    """As an input file has them."""
    return {name: {"value": one.value, "unit": one.unit} for name, one in given.items()}
