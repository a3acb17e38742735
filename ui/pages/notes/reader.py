"""A signed visit as it stands: read, copied from, amended, cancelled, printed; never edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.domain.clinical import Observation
from medapp.domain.notes import PASSAGES, Note, Passage
from medapp.i18n import N_, Words
from ui.context import Context
from ui.format import format_date
from ui.pages.notes.editor import TITLES
from ui.pages.notes.vitals import vitals_sentence
from ui.widgets import Button, Chip, Column, LabelledField, LinkButton, Row, Strip, Text, scrolling, surface
from ui.widgets.fields import FramedField
from ui.widgets.layout import empty
from ui.widgets.prose import origin_words

READABLE = 720

STATES = {
    "final": (N_("signed"), "ok"), "amended": (N_("amended"), "info"),
    "superseded": (N_("replaced"), "neutral"), "entered-in-error": (N_("cancelled"), "warn"),
}
"""A note's state as a chip: message id and tone."""


class NoteReader(QWidget):
    """`copy_wanted` carries (passage name, Passage, (condition, label) or None)."""

    copy_wanted = Signal(str, object, object)
    amend_wanted = Signal(int)
    print_wanted = Signal(int)
    cancel_wanted = Signal(int, str)

    def __init__(self, context: Context, *, is_beside: bool = False) -> None:
        """`is_beside` the editor it is only read and copied from."""
        super().__init__()
        self.context = context
        self._note: Note | None = None
        self._observations: Sequence[Observation] = ()
        column = Column(context, 0, 0, self)
        inside = self._inside = QWidget()
        side = 14 if is_beside else 20
        self._column = Column(context, (side, 12, side, 16), 10, inside)
        self.area = scrolling(inside)
        column.addWidget(self.area, 1)
        foot = self._build_foot()
        column.addWidget(foot)
        if is_beside:  # never show what has no parent yet: it would be a window for a moment
            foot.hide()
        self._is_beside = is_beside
        context.language_changed.connect(self._render)
        context.theme_changed.connect(self._measure)
        self._measure()

    def _build_foot(self) -> QWidget:
        context = self.context
        foot = surface("decision")
        column = Column(context, (16, 10, 16, 10), 8, foot)
        self._why = LabelledField(
            context, N_("Why is this visit cancelled?"), FramedField(context, name=N_("Reason")),
            example=N_("The values measured in this visit are withdrawn with it."),
        )
        self._why.hide()
        column.addWidget(self._why)
        row = Row(context, 0, 8)
        self.print = Button(context, N_("Print"), icon="print", keys="", on_click=self._print)
        self.amend = Button(context, N_("Amend"), icon="edit", on_click=self._amend)
        self.cancel = Button(context, N_("Cancel visit…"), icon="no-entry", on_click=self._cancel)
        self.keep = Button(context, N_("Keep it"), "quiet", on_click=self.close_layer)
        self.keep.hide()
        for button in (self.print, self.amend, self.cancel, self.keep):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return foot

    @property
    def note(self) -> Note | None:
        """The note that is shown."""
        return self._note

    def show_note(self, note: Note | None, observations: Sequence[Observation] = ()) -> None:
        """Show a version, with what was measured at it; None forgets."""
        self._note, self._observations = note, observations
        self.close_layer()
        self._render()
        self.area.verticalScrollBar().setValue(0)

    def show_observations(self, observations: Sequence[Observation]) -> None:
        """What was measured, read after the text."""
        self._observations = observations
        self._render()

    def close_layer(self) -> bool:
        """Esc: take the question for a reason back."""
        was_open = not self._why.isHidden()
        self._why.hide()
        self.keep.hide()
        self._why.field.line.clear()  # type: ignore[attr-defined]
        self._why.set_error()
        self.cancel.set_message(N_("Cancel visit…"))
        return was_open

    def focus_first(self) -> None:
        self.print.setFocus()

    def _render(self) -> None:
        empty(self._column)
        note = self._note
        if note is None:
            return
        words = self.context.words
        self._column.addWidget(self._head(note, words))
        for strip in self._strips(note, words):
            self._column.addWidget(strip)
        visit = note.visit
        for name in PASSAGES:
            if name == "examination" and self._observations:
                self._column.addWidget(self._vitals())
            if name == "plan":
                for entry in visit.problems:
                    self._column.addWidget(
                        self._passage(name, entry.label, entry.passage, (entry.condition, entry.label))
                    )
            passage: Passage = getattr(visit, name)
            if not passage.is_empty:
                self._column.addWidget(self._passage(name, words(TITLES[name]), passage, None))
        if visit.follow_up:
            text = words("Follow-up {date}", date=format_date(visit.follow_up, words))
            self._column.addWidget(_plain(self.context, text, "strong"))
        self._column.addStretch(1)
        self.amend.setVisible(note.is_standing)
        self.cancel.setVisible(note.is_standing)

    def _head(self, note: Note, words: Words) -> QWidget:
        head = QWidget()
        column = Column(self.context, 0, 2, head)
        row = Row(self.context, 0, 8)
        role = "section" if self._is_beside else "title"
        date = format_date(note.visit.started, words, time=True)
        row.addWidget(_plain(self.context, words("Visit of {date}", date=date), role), 1)
        message, tone = STATES[note.status]
        row.addWidget(Chip(self.context, message, tone), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        signed = words("Signed {date} by {user}", date=format_date(note.signed, words, time=True),
                       user=note.signed_by)
        column.addWidget(_plain(self.context, signed, "small", "text2"))
        return head

    def _strips(self, note: Note, words: Words) -> list[Strip]:
        found = []
        if note.correction is not None:
            found.append(Strip(self.context, N_("Amended: {reason}"), "info", reason=note.correction.reason))
        if note.cancellation is not None:
            message = N_("Cancelled, entered in error: {reason}")
            found.append(Strip(self.context, message, "warn", reason=note.cancellation.reason))
        if note.status == "superseded":
            message = N_("A later version of this visit stands. This one is kept to be read.")
            found.append(Strip(self.context, message, "warn"))
        return found

    def _vitals(self) -> QWidget:
        box = QWidget()
        column = Column(self.context, 0, 2, box)
        column.addWidget(Text(self.context, N_("Vital signs"), "small", "text2"))
        column.addWidget(_plain(self.context, vitals_sentence(self._observations, self.context), "body"))
        return box

    def _passage(
        self, name: str, title: str, passage: Passage, problem: tuple[int, str] | None
    ) -> QWidget:
        context = self.context
        box = QWidget()
        column = Column(context, 0, 2, box)
        row = Row(context, 0, 8)
        role, tone = ("strong", "text") if problem else ("small", "text2")
        row.addWidget(_plain(context, title, role, tone), 1)
        if not passage.is_empty:
            link = LinkButton(context, N_("Copy to today's visit"), icon="copy", small=True,
                              on_click=_bound(self.copy_wanted.emit, name, passage, problem))
            row.addWidget(link)
        column.addLayout(row)
        if not passage.is_empty:
            column.addWidget(_plain(context, passage.text, "body"))
        origin = origin_words(context, passage)
        if origin:
            column.addWidget(_plain(context, origin, "small", "text2"))
        return box

    def _measure(self) -> None:
        """A line is never longer than some eighty characters."""
        self._inside.setMaximumWidth(self.context.theme.px(READABLE))

    def _print(self) -> None:
        if self._note is not None:
            self.print_wanted.emit(self._note.id)

    def _amend(self) -> None:
        if self._note is not None:
            self.amend_wanted.emit(self._note.id)

    def _cancel(self) -> None:
        """First asks why; then, with a reason, says it."""
        if self._note is None:
            return
        line = self._why.field.line  # type: ignore[attr-defined]
        if self._why.isHidden():
            self._why.show()
            self.keep.show()
            self.cancel.set_message(N_("Cancel this visit"))
            line.setFocus()
        elif line.text().strip():
            self.cancel_wanted.emit(self._note.id, line.text().strip())
        else:
            self._why.set_error(N_("Write in a few words why it is amended or cancelled."))


def _plain(context: Context, text: str, role: str, tone: str = "text") -> Text:
    """Words of the record: the same in every language, to be selected and copied."""
    label = Text(context, "", role, tone, wrap=True)
    label.set_plain(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _bound(act: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: act(*arguments)
