"""The visit as it is written: everything on one page, the commit always in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from medapp.assess.assessor import Given
from medapp.domain.administrative import Patient
from medapp.domain.datatypes import Moment
from medapp.domain.notes import PASSAGES, Passage, Source, Visit
from medapp.i18n import N_
from medapp.services import visits
from ui.commit import SIGN, commit_words
from ui.context import Context
from ui.format import format_date
from ui.pages.notes.follow_up import FollowUp
from ui.pages.notes.new_problem import NewProblem
from ui.pages.notes.problems import Choice, Problems
from ui.pages.notes.vitals import Vitals
from ui.widgets import Button, Column, LabelledField, LinkButton, Row, Text, scrolling, surface
from ui.widgets.fields import FramedField
from ui.widgets.prose import PassageField

TITLES = {
    "reason": N_("Reason for the visit"), "history": N_("History"), "examination": N_("Examination"),
    "plan": N_("Plan"),
}
LINES = {"reason": 1, "history": 3, "examination": 3, "plan": 3}


class VisitEditor(QWidget):
    """Fields of one visit. It saves nothing itself: the page does, by `document` and the signals."""

    changed = Signal()
    sign_wanted = Signal(bool)
    """True: and print."""
    discard_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._visit = Visit(started=Moment(0))
        self._item = 0
        self._focused: QWidget | None = None
        column = Column(context, 0, 0, self)
        column.addWidget(self._build_head())
        inside = QWidget()
        self._column = body = Column(context, (20, 8, 20, 16), 14, inside)
        self.why = LabelledField(
            context, N_("Why is the signed text amended?"), FramedField(context, name=N_("Reason"))
        )
        self._why_line().textChanged.connect(self.changed)
        body.addWidget(self.why)
        self.fields = {name: PassageField(context, TITLES[name], LINES[name]) for name in PASSAGES}
        self.vitals, self.problems = Vitals(context), Problems(context)
        self.new_problem, self.follow_up = NewProblem(context), FollowUp(context)
        for widget in (
            self.fields["reason"], self.fields["history"], self.vitals, self.fields["examination"],
            self.problems, self.new_problem, self.fields["plan"], self.follow_up,
        ):
            body.addWidget(widget)
        body.addStretch(1)
        self.problems.new_wanted.connect(self.new_problem.open_row)
        self.new_problem.closed.connect(self.problems.box.setFocus)
        for part in (*self.fields.values(), self.vitals, self.problems, self.follow_up):
            part.changed.connect(self.changed)
        self.area = scrolling(inside)
        column.addWidget(self.area, 1)
        column.addWidget(self._build_foot())

    def _build_head(self) -> QWidget:
        head = QWidget()
        row = Row(self.context, (20, 14, 20, 6), 8, head)
        self.title = Text(self.context, "", "title")
        row.addWidget(self.title)
        row.addStretch(1)
        self.kept = Text(self.context, "", "small", "text2")
        row.addWidget(self.kept)
        return head

    def _build_foot(self) -> QWidget:
        context = self.context
        foot = surface("decision")
        row = Row(context, (16, 10, 16, 10), 8, foot)
        self.sign = Button(context, "", "primary", icon="check",
                           on_click=lambda: self.sign_wanted.emit(False))
        self.print = Button(context, N_("Sign and print"), icon="print",
                            on_click=lambda: self.sign_wanted.emit(True))
        row.addWidget(self.sign)
        row.addWidget(self.print)
        row.addStretch(1)
        self.discard = LinkButton(context, N_("Discard draft"), small=True,
                                  on_click=self.discard_wanted.emit)
        row.addWidget(self.discard)
        return foot

    @property
    def item(self) -> int:
        """The note that is amended; 0 for a new visit."""
        return self._item

    def open_visit(
        self, patient: Patient, document: Mapping[str, Any], item: int, signed: Visit | None = None
    ) -> None:
        """Show a draft's document; `item` is the note that it amends, `signed` what that says."""
        self._visit, self._item = visits.from_document(document["visit"]), item
        for name, field in self.fields.items():
            field.show_passage(getattr(self._visit, name))
        self.problems.show_entries(self._visit.problems)
        self.vitals.show_patient(patient)
        self.vitals.show_typed(document.get("vitals", {}))
        self.follow_up.show_day(self._visit.follow_up, signed.follow_up if signed is not None else "")
        line = self._why_line()
        line.blockSignals(True)
        line.setText(document.get("why", ""))
        line.blockSignals(False)
        self.why.setVisible(bool(item))
        self.why.set_error()
        self.sign.set_dynamic(commit_words(self.context, SIGN, patient))
        day = self._visit.started
        message = N_("Amending the visit of {date}") if item else N_("Visit of {date}")
        self.title.set_dynamic(
            lambda: self.context.words(message, date=format_date(day, self.context.words, time=True))
        )
        self._focused = None
        self.set_busy(False)
        self.area.verticalScrollBar().setValue(0)

    def document(self) -> dict[str, Any] | None:
        """What a draft keeps; None when nothing is written."""
        visit, vitals, why = self.visit(), self.vitals.typed(), self.why_text()
        if visit.is_empty and not vitals and not why:
            return None
        return {"visit": visits.as_document(visit), "vitals": vitals, "why": why}

    def visit(self) -> Visit:
        """What is written."""
        return replace(
            self._visit, **{name: field.passage() for name, field in self.fields.items()},
            problems=self.problems.entries(), follow_up=self.follow_up.day(),
        )

    def why_text(self) -> str:
        """Why a signed text is amended."""
        return str(self._why_line().text()).strip() if self._item else ""

    def given(self) -> dict[str, Given]:
        """Vital signs typed and not saved yet."""
        return self.vitals.given()

    def is_signable(self) -> bool:
        """Whether nothing is wrong; else the focus goes to what is."""
        wrong = self.vitals.first_wrong()
        if self.follow_up.is_wrong:
            wrong = self.follow_up.line
        if self._item and not self.why_text():
            self.why.set_error(N_("Write in a few words why it is amended or cancelled."))
            return False
        if wrong is not None:
            wrong.setFocus()
        return wrong is None

    def add_observations(self, numbers: Sequence[int]) -> None:
        """Vital signs of this visit were saved to the record."""
        self._visit = replace(self._visit, observations=(*self._visit.observations, *numbers))
        self.vitals.show_typed({})
        self.changed.emit()

    def add_problem(self, condition: int, label: str) -> None:
        """A problem that was just entered in the record."""
        self.problems.add(condition, label).setFocus()

    def copy(self, name: str, passage: Passage, note: int, day: str, problem: Choice | None = None) -> None:
        """Take over a passage of an earlier visit, marked as copied."""
        if problem is not None:
            self.problems.add(*problem).field.prose.append_copy(passage.text, note, day)
        else:
            self.fields[name].prose.append_copy(passage.text, note, day)

    def set_record(self, problems: Sequence[Choice], sources: Sequence[Source]) -> None:
        """The record's active problems, and the texts that a paste may come from."""
        self.problems.set_choices(problems)
        for field in self.fields.values():
            field.prose.set_sources(sources)
        self.problems.set_sources(sources)

    @property
    def is_busy(self) -> bool:
        """Whether it is being signed, or its vital signs saved."""
        return not self.area.isEnabled()

    def set_busy(self, is_busy: bool) -> None:
        """While it is being written nothing can be typed or pressed; then the focus is where it was."""
        if is_busy and not self.is_busy:
            self._focused = QApplication.focusWidget()
        was_busy = self.is_busy
        self.area.setEnabled(not is_busy)
        for button in (self.sign, self.print, self.discard):
            button.setEnabled(not is_busy)
        if was_busy and not is_busy:
            focused, self._focused = self._focused, None
            is_here = focused is not None and shiboken6.isValid(focused) and self.isAncestorOf(focused)
            if focused is not None and is_here:
                (focused if focused.isVisible() else self.fields["examination"]).setFocus()

    def set_width(self, width: int) -> None:
        """Fewer vital signs beside each other where there is little room."""
        self.vitals.set_columns(max(1, min(4, (width - self.context.theme.px(60)) // self.vitals.least())))

    def focus_first(self) -> None:
        """The first passage that is still empty."""
        if self._item and not self.why_text():
            self.why.field.setFocus()
            return
        empty = (field for field in self.fields.values() if field.passage().is_empty)
        next(empty, self.fields["plan"]).setFocus()

    def clear(self) -> None:
        """Forget the patient."""
        for field in self.fields.values():
            field.show_passage(Passage())
            field.prose.set_sources(())
        self.problems.show_entries(())
        self.problems.set_choices(())
        self.vitals.show_typed({})
        self.vitals.show_taken(())
        self.follow_up.show_day("")
        self.new_problem.hide()
        self.title.set_plain("")
        self.kept.set_plain("")
        self._visit, self._item = Visit(started=Moment(0)), 0

    def _why_line(self) -> Any:
        return self.why.field.line  # type: ignore[attr-defined]
