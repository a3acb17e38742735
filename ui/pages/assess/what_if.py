"""Input on the spot: values that are tried, and kept only when somebody says so by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputSpec
from medapp.domain.administrative import Patient
from medapp.domain.datatypes import Moment
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import entries
from ui.commit import commit_words
from ui.context import Context
from ui.forms import InputForm
from ui.pages.assess.reading import Shown
from ui.widgets import Card, Column, IconButton, LabelledField, Strip, Text, scrolling, set_property
from ui.widgets.commit_button import CommitButton

WAIT_MS = 250
SAVE = N_("Save to {name}’s record")


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
    """The form at the right; `tried` carries {name: Given} a moment after the last keystroke.

    `saved` when what was typed is in the record.
    """

    tried = Signal(object)
    saved = Signal()
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("What if"), icon="edit", tone="model", padding=14, parent=parent)
        self.context = context
        self._patient: Patient | None = None
        self._about: tuple[int, str] | None = None
        self._is_busy = False
        if self.header is not None:
            self.header.add(IconButton(context, "close", N_("Close"), on_click=self.closed.emit))
        inner = QWidget()
        self.column = Column(context, (0, 0, 4, 0), 10, inner)
        tried = N_("Tried, not saved, until you save it. Association, not effect of treatment.")
        strip = Strip(context, tried, "model", icon="info")
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # three lines if narrow
        self.column.addWidget(strip)
        self.form = InputForm(context)
        self.form.changed.connect(self._on_change)
        self.column.addWidget(self.form)
        self._build_foot()
        self.body.insertWidget(0, scrolling(inner), 1)
        self._later = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._later.timeout.connect(self._try)
        context.language_changed.connect(self._check)

    def _build_foot(self) -> None:
        context = self.context
        self.day = QLineEdit()
        self.day_field = LabelledField(context, N_("Measured on"), self.day)
        self.day.textChanged.connect(self._on_change)
        self.column.addWidget(self.day_field)
        self.problem = Strip(context, "", "warn", icon="caution")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.not_kept = Text(context, "", "small", "text2", wrap=True)
        self.column.addWidget(self.not_kept)
        self.column.addStretch(1)
        self.save = CommitButton(context, icon="save", on_click=self._save)
        self.body.addWidget(self.save)

    def open_for(self, shown: Shown, patient: Patient) -> None:
        """The fields of one assessor; what was typed for the same patient and not saved is still there."""
        about = (patient.id, shown.id)
        kept = self.form.given() if about == self._about else {}
        self._patient, self._about = patient, about
        specs = asked(shown)
        if not kept or [spec.name for spec in specs] != list(self.form.fields):
            self.form.set_specs(specs)
            for name, given in kept.items():
                if name in self.form.fields:
                    self.form.fields[name].show_given(given)
        self.problem.hide()
        self.save.set_dynamic(commit_words(self.context, SAVE, patient))
        if not kept:
            self.day.setText(Moment.of_datetime(self.context.clock()).date.isoformat())
        self._later.stop()
        self._check()
        if kept:
            self._later.start()

    def clear(self) -> None:
        """Forget the patient."""
        self._later.stop()
        self._patient, self._about = None, None
        self.form.set_specs([])
        self.save.set_plain("")
        self.problem.hide()
        self._set_busy(False)

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not in the record."""
        return self._patient is not None and bool(self.form.given())

    def given(self) -> dict[str, Given]:
        """What was typed, dated with the day when that is not today."""
        moment = self._moment()
        found = self.form.given()
        return found if moment is None else {n: replace(one, date=moment) for n, one in found.items()}

    def try_again(self) -> None:
        """The record has changed under what was typed."""
        self._later.start()

    def focus_first(self) -> None:
        self.form.focus_first()

    def _moment(self) -> Moment | None:
        """The day as typed, None for today. Raises ValueError."""
        today = Moment.of_datetime(self.context.clock()).date
        found = Moment.parse(self.day.text().strip())
        if found.date > today:
            raise ValueError("a day in the future")
        return None if found.date == today else found

    def _is_day_wrong(self) -> bool:
        try:
            self._moment()
        except ValueError:
            return True
        return False

    def _keepable(self) -> dict[str, Given]:
        return {name: one for name, one in self.given().items() if entries.can_enter(name)}

    def _on_change(self) -> None:
        self._check()
        self._later.start()

    def _check(self) -> None:
        """Why it cannot be saved yet, and what would not be kept."""
        words = self.context.words
        is_wrong = self._is_day_wrong()
        set_property(self.day, "state", "error" if is_wrong else "")
        self.day.setAccessibleName(words("Measured on"))
        note = words("Enter a day that is not in the future, such as 2026-03-14.") if is_wrong else ""
        self.day_field.note.set_plain(note)
        self.day_field.note.set_tone("danger")
        self.day_field.note.setVisible(is_wrong)
        typed = {} if is_wrong else self.given()
        kept = {name for name in typed if entries.can_enter(name)}
        lost = len(typed) - len(kept)
        self.not_kept.setVisible(lost > 0)
        self.not_kept.set_plain(words.plural(
            "{count} answer is asked by this model only and is not kept.",
            "{count} answers are asked by this model only and are not kept.", lost,
        ))
        can_save = bool(kept) and not self.form.has_errors and not self._is_busy
        self.save.setEnabled(can_save)
        why = "" if can_save else words("Enter a value first.")
        self.save.setToolTip(why)
        self.save.setAccessibleDescription(why)

    def _try(self) -> None:
        if not self.form.has_errors and not self._is_day_wrong():
            self.tried.emit(self.given())

    def _set_busy(self, is_busy: bool) -> None:
        """While it is being saved nothing is typed, and nothing is saved twice."""
        self._is_busy = is_busy
        for widget in (self.form, self.day):
            widget.setEnabled(not is_busy)
        self._check()

    def _save(self) -> None:
        session, patient, about = self.context.session, self._patient, self._about
        if session is None or patient is None or about is None or not self.save.isEnabled():
            return
        self.problem.hide()
        values: Mapping[str, Given] = self._keepable()
        self._set_busy(True)
        self.context.acts.write(
            partial(entries.save_values, session, patient.id, values),
            N_("Saved to the record; the assessment is calculated again"), undo_patient=patient.id,
            on_done=partial(self._take_saved, about), on_error=partial(self._fail, about),
        )

    def _take_saved(self, about: tuple[int, str], _entered: entries.Entered) -> None:
        if about == self._about:
            self._later.stop()
            self.form.set_specs([])
            self._about = None
            self._set_busy(False)
            self.saved.emit()

    def _fail(self, about: tuple[int, str], error: BaseException) -> None:
        is_here = about == self._about
        if is_here:
            self._set_busy(False)
        if is_here and isinstance(error, KnownError):
            self.problem.show_error(self.context, error)
        else:
            self.context.acts.tell(error)
