"""Notes: today's visit is written beside the earlier ones.

What is typed is saved as a draft by itself. Nothing of it waits for a job that a switch of patients would
cancel: a save is bound to the patient it was typed for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Moment
from medapp.domain.notes import Note, Passage, Visit
from medapp.i18n import N_
from medapp.services import drafts, visits
from medapp.services.drafts import VISIT, Draft
from ui.autosave import Autosave
from ui.commands import Command
from ui.context import Context
from ui.format import format_time
from ui.itemmodels.two_lines import TwoLineDelegate, TwoLineModel
from ui.jobs import Token
from ui.pages.notes.editor import VisitEditor
from ui.pages.notes.listing import visit_rows
from ui.pages.notes.problems import Choice
from ui.pages.notes.reader import NoteReader
from ui.pages.notes.writes import VisitWrites
from ui.pages.patient_facts import Facts
from ui.pages.patient_names import concept_name
from ui.pages.summary.cards import OpeningList
from ui.widgets import Button, Column, EmptyState, ErrorState, Row, Skeleton, scrolling, surface

if TYPE_CHECKING:
    from medapp.services.session import Session

LEFT, RIGHT, LEAST, DRAWER_BELOW, LOW = 250, 330, 900, 1240, 200


@dataclass(frozen=True, slots=True)
class Written:
    """What was signed and what is being written about one patient."""

    notes: tuple[Note, ...]
    drafts: tuple[Draft, ...]


def read_written(session: Session, patient: int) -> Written:
    """Runs on the store thread."""
    found = drafts.of_patient(session, patient, VISIT)
    return Written(tuple(visits.listed(session, patient)), tuple(found))


class NotesPage(QWidget):
    """The list left, the text in the middle, an earlier visit at the right while one writes.

    `print_wanted` carries a note, and whether it was just signed to be printed at once.
    """

    print_wanted = Signal(int, bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._written: Written | None = None
        self._token = Token()
        self._pending = 0
        self._is_due = self._is_asked = False
        self._kept: dict[int, dict[str, Any] | None] = {}
        self._width = 1366
        self._is_side_open = False
        self._build()
        self.autosave = Autosave(context, self.editor, VISIT, self.editor.document)
        self.autosave.kept.connect(self._say_kept)
        self.editor.changed.connect(self.autosave.touch)
        context.bus.changed.connect(self._on_changes)
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._render)
        self.clear()

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = Row(context, (14, 12, 14, 12), 0, self)
        self.states = QStackedWidget()
        outer.addWidget(self.states)
        self.content = QWidget()
        self._row = row = Row(context, 0, 12, self.content)
        row.addWidget(self._build_left())
        self.middle = surface("card")
        column = Column(context, 1, 0, self.middle)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.editor, self.reader = VisitEditor(context), NoteReader(context)
        self.nothing = EmptyState(
            context, N_("No visit is written yet"), icon="edit",
            advice=N_("What you type is kept by itself until you sign it."),
            action=N_("Start a visit (Ctrl N)"), on_action=self.write,
        )
        for widget in (self.nothing, self.editor, self.reader):
            self.stack.addWidget(widget)
        row.addWidget(self.middle, 1)
        self.right = surface("card")
        column = Column(context, 1, 0, self.right)
        self.beside = NoteReader(context, is_beside=True)
        column.addWidget(self.beside)
        row.addWidget(self.right)
        self.loading, self.error = Skeleton(context, 8), ErrorState(context, self._fetch)
        self.area = scrolling(self.content)
        for widget in (self.area, self.loading, self.error):
            self.states.addWidget(widget)
        self._connect()

    def _build_left(self) -> QWidget:
        context = self.context
        self.left = surface("card")
        column = Column(context, (1, 12, 1, 6), 8, self.left)
        line = Row(context, (12, 0, 12, 0), 0)
        self.start = Button(context, N_("Start a visit"), "secondary", icon="plus", on_click=self.write)
        line.addWidget(self.start)
        column.addLayout(line)
        self.rows = TwoLineModel(self)
        self.list = OpeningList()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(TwoLineDelegate(context, self.list))
        self.list.opened.connect(self._open_row)
        column.addWidget(self.list, 1)
        return self.left

    def _connect(self) -> None:
        self.writes = VisitWrites(self.context, self)
        self.editor.sign_wanted.connect(self.writes.sign)
        self.editor.discard_wanted.connect(self.writes.discard)
        self.editor.vitals.save_wanted.connect(self.writes.save_vitals)
        self.editor.new_problem.chosen.connect(self.writes.add_problem)
        for reader in (self.reader, self.beside):
            reader.copy_wanted.connect(self._copy)
        self.reader.amend_wanted.connect(self.write)
        self.reader.cancel_wanted.connect(self.writes.cancel)
        self.reader.print_wanted.connect(lambda note: self.print_wanted.emit(note, False))
        for keys, is_printing in (
            ("Ctrl+Return", False), ("Ctrl+Enter", False), ("Ctrl+Shift+Return", True),
            ("Ctrl+Shift+Enter", True),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.writes.sign, is_printing))

    # --- what the patient's page asks of a tab

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and self.editor.new_problem.is_ready

    @property
    def has_unsaved(self) -> bool:
        """Whether something is typed that is not on its way to the disk."""
        return self.autosave.is_dirty

    @property
    def is_writing(self) -> bool:
        """Whether a visit is open to be written."""
        return self.stack.currentWidget() is self.editor

    @property
    def note(self) -> int | None:
        """The signed visit that is read; None while one is written."""
        shown = None if self.is_writing else self.reader.note
        return None if shown is None else shown.id

    def clear(self) -> None:
        """Keep what is typed, then forget the patient."""
        self.autosave.leave()
        self._kept.clear()
        self._token.cancel()
        self._token, self._pending = Token(), 0
        self._facts, self._written = None, None
        self._is_due = self._is_asked = False
        self.rows.set_rows([])
        self.editor.clear()
        self.reader.show_note(None)
        self.beside.show_note(None)
        self.stack.setCurrentWidget(self.nothing)
        self.states.setCurrentWidget(self.loading)

    def show_loading(self) -> None:
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_facts(self, facts: Facts) -> None:
        """The record's problems; the visits are read when the page is looked at."""
        is_new = self._facts is None
        self._facts = facts
        self._show_record()
        if is_new:
            self._fetch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._fetch()

    def focus_first(self) -> None:
        """Where one goes on writing, else the list."""
        if self.is_writing:
            self.editor.focus_first()
        elif self.rows.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        """Esc: a question or a search is closed before the page is left."""
        if not self.editor.new_problem.isHidden() and self.is_writing:
            self.editor.new_problem.close_row()
            return True
        return self.reader.close_layer()

    def toggle_side(self) -> None:
        """F8: the earlier visit, where there is no room for it all the time."""
        self._is_side_open = not self._is_side_open
        self._measure()

    def commands(self) -> Sequence[Command]:
        """What can be done with the visit that is written."""
        if not self.is_writing:
            return ()
        return (
            Command(N_("Sign the visit"), self.writes.sign, "check", "Ctrl Enter"),
            Command(N_("Sign and print"), partial(self.writes.sign, True), "print", "Ctrl Shift Enter"),
            Command(N_("Discard draft"), self.writes.discard, "close"),
        )

    def set_window(self, width: int, _is_short: bool) -> None:
        self._width = width
        self._measure()

    # --- reading

    def _fetch(self) -> None:
        session, facts = self.context.session, self._facts
        if session is None or facts is None:
            return
        self._is_due = not self.isVisible()
        if self._is_due:
            return  # a page nobody looks at asks for nothing
        self._pending += 1
        self.context.jobs.store(
            partial(read_written, session, facts.patient.id), self._take, self._fail, self._token
        )

    def _take(self, written: Written) -> None:
        self._pending -= 1
        is_first = self._written is None
        self._written = written
        self.loading.stop()
        self.states.setCurrentWidget(self.area)
        self._render()
        self._show_record()
        if self._is_asked:
            self._is_asked = False
            self.write()
        elif is_first:
            self._show_first()
        elif self.note is not None and self._find(self.note) not in (None, self.reader.note):
            self._read(self.note)  # it was cancelled, or that was undone

    def _show_first(self) -> None:
        """What is being written, else the visit that was signed last."""
        written = self._written
        if written is None or self.is_writing:
            return
        if written.drafts:
            self._edit(written.drafts[0].item)
        elif written.notes:
            self._read(written.notes[0].id)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.error.show_error(error)
        self.states.setCurrentWidget(self.error)

    def _on_changes(self, changes: Changes) -> None:
        facts = self._facts
        if facts is not None and changes.touches(facts.patient.id, Kind.NOTE, Kind.DRAFT):
            self._fetch()
        if facts is not None and changes.touches(facts.patient.id, Kind.OBSERVATION):
            self.measure_again()

    def _render(self) -> None:
        written = self._written
        if written is None:
            return
        self.rows.set_rows(visit_rows(written.drafts, written.notes, self.context.words))
        self.list.setAccessibleName(self.context.words("Visits"))
        has_new = any(draft.item == 0 for draft in written.drafts)
        self.start.set_message(N_("Continue the visit") if has_new else N_("Start a visit"))
        self._mark_current()

    def _mark_current(self) -> None:
        shown = self.beside.note if self.is_writing else self.reader.note
        row = -1
        if self.is_writing:
            row = self.rows.row_of((self.editor.item, True))
        elif shown is not None:
            row = self.rows.row_of((shown.id, False))
        if row >= 0:
            self.list.setCurrentIndex(self.rows.index(row, 0))

    def _show_record(self) -> None:
        """The problems to hang entries on, and the texts that may be copied."""
        facts, written = self._facts, self._written
        if facts is None:
            return
        words = self.context.words
        names = {c.id: concept_name(c.code, words) for c in facts.record.conditions if c.is_active}
        unique = {name: condition for condition, name in sorted(names.items(), reverse=True)}
        choices: list[Choice] = sorted((condition, name) for name, condition in unique.items())
        notes = written.notes if written is not None else ()
        self.editor.set_record(choices, visits.sources_of(notes))

    # --- showing

    def _open_row(self, at: int) -> None:
        row = self.rows.at(at)
        if row is None:
            return
        note, is_draft = row.key  # type: ignore[misc]
        if is_draft:
            self._edit(note)
        elif self.is_writing:
            self._show_beside(note)
        else:
            self._read(note)

    def _find(self, note: int) -> Note | None:
        notes = self._written.notes if self._written is not None else ()
        return next((one for one in notes if one.id == note), None)

    def _read(self, note: int) -> None:
        found = self._find(note)
        if found is not None:
            self.reader.show_note(found)
            self.stack.setCurrentWidget(self.reader)
            self._measure()
            self._ask_measured(found, self.reader)
            self._mark_current()

    def _show_beside(self, note: int) -> None:
        found = self._find(note)
        if found is not None:
            self._is_side_open = True
            self.beside.show_note(found)
            self._measure()
            self._ask_measured(found, self.beside)

    def _ask_measured(self, note: Note, reader: NoteReader) -> None:
        self._ask(note.visit.observations, partial(self._take_measured, note.id, reader))

    def _take_measured(self, note: int, reader: NoteReader, found: list[Observation]) -> None:
        self._pending -= 1
        if reader.note is not None and reader.note.id == note:
            reader.show_observations(found)

    def _ask(self, numbers: Sequence[int], done: Any) -> None:
        session = self.context.session
        if session is not None and numbers:
            self._pending += 1
            self.context.jobs.store(
                partial(visits.measured, session, numbers), done, self._fail, self._token
            )

    def _take_taken(self, found: list[Observation]) -> None:
        self._pending -= 1
        self.editor.vitals.show_taken(found)

    # --- writing

    def write(self, note: int = 0) -> None:
        """Start or continue today's visit, or the amendment of a signed one."""
        if self._written is None:
            self._is_asked = not note
            return
        self._edit(note)

    def _edit(self, item: int) -> None:
        facts, written = self._facts, self._written
        if facts is None or written is None:
            return
        if not (self.is_writing and self.editor.item == item):
            self._put_aside()
            amended = self._find(item)
            signed = None if amended is None else amended.visit
            self.editor.open_visit(facts.patient, self._document(item, written), item, signed)
            if self.writes.is_under_way(facts.patient.id, item):
                self.editor.set_busy(True)
            else:
                self.autosave.follow(facts.patient.id, item)
            self._show_record()
            self.stack.setCurrentWidget(self.editor)
            last = next((one for one in written.notes if one.is_standing and one.id != item), None)
            self.beside.show_note(last)
            if last is not None:
                self._ask_measured(last, self.beside)
            self.measure_again()
            self._measure()
            self._mark_current()
        QTimer.singleShot(0, self.editor, self.editor.focus_first)

    def sign(self, is_printing: bool = False) -> None:
        """Sign what is written, and print it."""
        self.writes.sign(is_printing)

    def _put_aside(self) -> None:
        """Keep what is written while another visit is: it is shown again before its save can be read."""
        if self.is_writing:
            self._kept[self.editor.item] = self.editor.document()
        self.autosave.leave()

    def _document(self, item: int, written: Written) -> dict[str, Any]:
        kept = self._kept.get(item)
        if kept is not None:
            return kept
        draft = next((one for one in written.drafts if one.item == item), None)
        if draft is not None:
            return dict(draft.document)
        note = self._find(item)
        begun = Moment.of_datetime(self.context.clock())
        return {"visit": visits.as_document(note.visit if note is not None else Visit(started=begun))}

    def _say_kept(self) -> None:
        at = format_time(self.context.clock())
        self.editor.kept.set_message(N_("Draft kept {time}"), time=at)

    def _copy(self, name: str, passage: Passage, problem: Choice | None) -> None:
        sender = self.beside if self.is_writing else self.reader
        note = sender.note
        if note is None:
            return
        if not self.is_writing:
            self._edit(0)
        if not self.editor.is_busy:
            self.editor.copy(name, passage, note.id, note.visit.started.date.isoformat(), problem)

    @property
    def patient(self) -> int | None:
        """Whose page it is; None while none is loaded."""
        return None if self._facts is None else self._facts.patient.id

    def is_open(self, patient: int, item: int) -> bool:
        """Whether that very visit is still being written here."""
        return self.patient == patient and self.is_writing and self.editor.item == item

    def forget_kept(self, item: int) -> None:
        """A visit that is not open was written: what is on the disk counts, not what was put aside."""
        self._kept.pop(item, None)
        self._fetch()

    def close_editor(self) -> None:
        """What was written is signed or thrown away: show what stands then."""
        self._kept.pop(self.editor.item, None)
        self.editor.clear()
        self.stack.setCurrentWidget(self.nothing)
        if self.isVisible() and QApplication.focusWidget() is None:  # it was in the editor
            self.focus_first()
        self.read_again()
        self._measure()

    def read_again(self) -> None:
        """Read everything and show the latest of it."""
        self._written = None
        self._fetch()

    def measure_again(self) -> None:
        """Vital signs of the open visit: some were saved, or one was taken back."""
        if self.is_writing:
            numbers = self.editor.visit().observations
            if numbers:
                self._ask(numbers, self._take_taken)
            else:
                self.editor.vitals.show_taken(())

    # --- room

    def _measure(self) -> None:
        px = self.context.theme.px
        is_single, is_narrow = self._width < px(LEAST), self._width < px(DRAWER_BELOW)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_single else directions.LeftToRight)
        self.left.setMinimumWidth(0 if is_single else px(LEFT))
        self.left.setMaximumWidth(16_777_215 if is_single else px(LEFT))
        self.left.setMaximumHeight(px(150) if is_single else 16_777_215)
        is_written = self.is_writing and self.beside.note is not None
        shows = is_written and (self._is_side_open or not is_narrow)
        self.right.setVisible(shows)
        self.left.setHidden(self.is_writing and is_narrow and shows != is_single)
        self.right.setMinimumWidth(0 if is_single else px(RIGHT))
        self.right.setMaximumWidth(16_777_215 if is_single else px(RIGHT))
        self.right.setMinimumHeight(px(LOW) if is_single else 0)
        self.middle.setMinimumHeight(px(LOW))
        taken = 0 if is_single else px(RIGHT) * shows + px(LEFT) * (not self.left.isHidden())
        self.editor.set_width(self._width - px(72 + 28 + 24) - taken)
