"""Print: what, with which words, where to; the pages beside it as they will come out.

Nothing goes out before the record knows of it: the service stores and seals first, then the printer or the
file gets exactly what was stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from medapp.i18n import LANGUAGES, N_, Words
from medapp.services import documents, drafts, visits
from medapp.services.documents import PRINTED, SAVED, TITLES, Issued, Letter, Report, ReportKind
from medapp.services.drafts import LETTER, Draft
from ui.autosave import Autosave
from ui.commit import commit_words
from ui.context import Context
from ui.jobs import Token
from ui.pages.patient_facts import Facts
from ui.paper import layout
from ui.paper.letter_form import LetterForm
from ui.paper.view import PaperView, look_of
from ui.widgets import (
    Button,
    Column,
    IconButton,
    LabelledField,
    Row,
    Segmented,
    Strip,
    Text,
    describe,
    scrolling,
    surface,
)
from ui.widgets.commit_button import CommitButton
from ui.widgets.drop_down import DropDown
from ui.widgets.fields import FramedField

if TYPE_CHECKING:
    from medapp.services.session import Session

PRINT = N_("Print for {name}")
SAVE_PDF = N_("Save PDF for {name}")
LOW: Final = 420
"""Design pixels of its height under which the buttons do not stay in place."""

AGAIN_MS: Final = 350
"""After the last keystroke the preview is made again."""
_LANGUAGE_TITLES: Final = {"en": N_("English"), "zh_CN": N_("中文")}


class PrintPanel(QWidget):
    """One per patient page; `closed` when it was left."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._facts: Facts | None = None
        self._note: int | None = None
        self._kind = ReportKind.VISIT
        self._token = Token()
        self._pending = 0
        self._printers: tuple[str, ...] | None = None
        self._is_at_once = False
        self._width = 1266
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._make)
        self._build()
        self.autosave = Autosave(context, self.form, LETTER, self.form.document)
        self.form.changed.connect(self.autosave.touch)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._measure)
        self._speak()
        self._measure()

    def _build(self) -> None:
        context = self._context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = Row(context, (14, 12, 14, 12), 12, self)
        self.left = surface("card")
        column = Column(context, (1, 12, 1, 1), 0, self.left)
        inside = QWidget()
        body = Column(context, (15, 0, 15, 12), 10, inside)
        head = Row(context, 0, 8)
        head.addWidget(Text(context, N_("Print"), "title"), 1)
        head.addWidget(IconButton(context, "close", N_("Back to the record"), on_click=self._close))
        body.addLayout(head)
        body.addLayout(self._build_kinds())
        self.language = Segmented(
            context, [(one, _LANGUAGE_TITLES[one]) for one in LANGUAGES], "en", name=N_("Language on paper")
        )
        self.language.chosen.connect(lambda _: self._make())
        body.addWidget(self.language)
        self.form = LetterForm(context)
        self.form.changed.connect(self._again.start)
        self.form.take_over_wanted.connect(self._take_over)
        body.addWidget(self.form)
        self._build_ways(body)
        body.addStretch(1)
        column.addWidget(scrolling(inside), 1)
        self.foot = self._build_foot()
        column.addWidget(self.foot)
        self._column, self._body, self._is_low = column, body, False
        row.addWidget(self.left)
        right = surface("card")
        paper = Column(context, 1, 0, right)
        self.view = PaperView(context)
        paper.addWidget(self.view)
        row.addWidget(right, 1)

    def _build_kinds(self) -> Column:
        column = Column(self._context, 0, 2)
        self.kinds: dict[ReportKind, Button] = {}
        for kind in ReportKind:
            button = Button(self._context, TITLES[kind], "row", icon="document")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self._choose, kind))
            column.addWidget(button)
            self.kinds[kind] = button
        return column

    def _build_ways(self, column: Column) -> None:
        """Which printer, which file."""
        context = self._context
        self.no_printer = Text(context, N_("Looking for printers…"), "small", "text2", wrap=True)
        column.addWidget(self.no_printer)
        self.printers = DropDown(context)
        self.printers.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.printers.hide()
        column.addWidget(self.printers)
        self.path = LabelledField(context, N_("File"), FramedField(context, name=N_("File")))
        column.addWidget(self.path)

    def _build_foot(self) -> QWidget:
        context = self._context
        foot = surface("decision")
        column = Column(context, (15, 10, 15, 12), 8, foot)
        self.problem = Strip(context, tone="warn")
        self.problem.hide()
        column.addWidget(self.problem)
        self.print = CommitButton(context, icon="print", on_click=self.print_now)
        self.print.setEnabled(False)
        column.addWidget(self.print)
        self.save = CommitButton(context, "", "secondary", icon="save", on_click=self.save_pdf)
        column.addWidget(self.save)
        return foot

    # --- opening and leaving

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and self.view.is_ready and not self._again.isActive()

    @property
    def report(self) -> Report | None:
        """The report in the preview."""
        return self.view.report

    def open_for(self, facts: Facts, kind: ReportKind, note: int | None, *, at_once: bool = False) -> None:
        """Show what would be printed; `at_once` it goes to the default printer, where there is one."""
        self._facts, self._note, self._is_at_once = facts, note, at_once
        self.problem.hide()
        self.language.set_current(self._context.words.language)
        self.print.set_dynamic(commit_words(self._context, PRINT, facts.patient))
        self.save.set_dynamic(commit_words(self._context, SAVE_PDF, facts.patient))
        self.view.show_loading()
        self._choose(kind)
        self._ask_printers()
        self._ask_draft(facts.patient.id)

    def _ask_draft(self, patient: int) -> None:
        """Go on with the letter that was begun; what is typed now has its place before it is read."""
        session = self._context.session
        if session is not None and not self.autosave.is_following(patient):
            self._pending += 1
            self._context.jobs.store(
                partial(drafts.read, session, patient, LETTER), self._take_draft, self._fail, self._token
            )
            self.autosave.follow(patient)

    def _take_draft(self, draft: Draft | None) -> None:
        self._pending -= 1
        if draft is not None and self.form.document() is None:
            self.form.fill(draft.document)
            self._make()

    def show_facts(self, facts: Facts) -> None:
        """The record changed while the panel is open."""
        if self._facts is not None and self.isVisible():
            self._facts = facts
            self._make()

    def clear(self) -> None:
        """Keep what is typed, then forget the patient."""
        self.autosave.leave()
        self._again.stop()
        self._token.cancel()
        self._token, self._pending = Token(), 0
        self._facts, self._note, self._is_at_once = None, None, False
        self.form.clear()
        self.view.clear()
        self.problem.hide()

    def back(self) -> bool:
        """Esc: back to the record."""
        self._close()
        return True

    def focus_first(self) -> None:
        """The first empty field, else the button that prints or saves."""
        field = self.form.first_editor()
        target = field or (self.print if self.print.isEnabled() else self.save)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_window(self, width: int) -> None:
        """The left side takes no more than the half of a narrow window."""
        self._width = width - self._context.theme.px(100)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack_foot()

    def _stack_foot(self) -> None:
        """Where the window is low for its type size, the buttons scroll with what is above them."""
        is_low = self.height() < self._context.theme.px(LOW)
        if is_low != self._is_low:
            self._is_low = is_low
            (self._column if is_low else self._body).removeWidget(self.foot)
            (self._body if is_low else self._column).addWidget(self.foot)

    def _close(self) -> None:
        self.autosave.flush()
        self._again.stop()
        self.closed.emit()

    # --- making the preview

    def _choose(self, kind: ReportKind) -> None:
        self._kind = kind
        self.kinds[kind].setChecked(True)
        self.form.set_kind(kind)
        self._propose_file()
        self._make()
        self.focus_first()

    def letter(self) -> Letter:
        """What is to be printed."""
        return self.form.letter(self._note)

    @property
    def _words(self) -> Words:
        return Words(self.language.current or self._context.words.language)

    def _make(self) -> None:
        self._again.stop()
        session, facts = self._context.session, self._facts
        if session is None or facts is None:
            return
        self._pending += 1
        work = partial(documents.make, session, facts.patient.id, self.letter(), self._words)
        self._context.jobs.store(work, self._take, self._fail, self._token)

    def _take(self, report: Report) -> None:
        self._pending -= 1
        self.view.show_report(report)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.view.show_error(error)

    def _take_over(self) -> None:
        """The text of the latest visit that stands, for a referral."""
        session, facts = self._context.session, self._facts
        if session is not None and facts is not None:
            self._pending += 1
            self._context.jobs.store(
                partial(_last_text, session, facts.patient.id), self._put_text, self._fail, self._token
            )

    def _put_text(self, text: str) -> None:
        self._pending -= 1
        if text:
            self.form.put_text(text)

    # --- printers

    def _ask_printers(self) -> None:
        self._pending += 1
        self._context.jobs.compute(layout.printer_names, self._take_printers, self._no_printers, self._token)

    def _no_printers(self, _error: BaseException) -> None:
        self._take_printers(())

    def _take_printers(self, names: Sequence[str]) -> None:
        self._pending -= 1
        self._printers = tuple(names)
        self.printers.clear()
        self.printers.addItems(list(names))
        self.printers.setVisible(bool(names))
        self.no_printer.set_message(N_("No printer is set up on this computer. Save a PDF instead."))
        self.no_printer.setVisible(not names)
        self.print.setEnabled(bool(names))
        if self._is_at_once and names:
            self.print_now()
        elif self.form.first_editor() is None:
            self.focus_first()
        self._is_at_once = False

    # --- out

    def print_now(self) -> None:
        """Store, seal, then print."""
        printer = self.printers.currentText()
        if printer:
            self._issue(PRINTED, partial(self._send, printer))
        else:
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_pdf(self) -> None:
        """Store, seal, then write a new file."""
        path = Path(self._path_line().text().strip()).expanduser()
        self.path.set_error()
        if not path.is_absolute() or not path.parent.is_dir():
            self.path.set_error(N_("Enter a file in a folder that exists."))
        elif path.exists():
            self.path.set_error(N_("A file of this name exists. It is not replaced."))
        else:
            self._issue(SAVED, partial(self._write, path))

    def _issue(self, how: str, go: Callable[[Report], None]) -> None:
        session, facts = self._context.session, self._facts
        if session is None or facts is None:
            return
        patient = facts.patient.id
        self._set_busy(True)
        self.problem.hide()

        def done(issued: Issued) -> None:
            go(issued.report)
            self._set_busy(False)
            if letter.is_written:
                self._drop_draft(session, patient)

        letter = self.letter()
        self._context.acts.write(
            partial(documents.issue, session, patient, letter, self._words, how),
            on_done=done, on_error=self._say_problem,
        )

    def _drop_draft(self, session: Session, patient: int) -> None:
        """The letter went out: there is nothing left to go on with."""
        if self._facts is not None and self._facts.patient.id == patient:
            self.autosave.forget()
            self.form.clear()
        self._context.acts.write(partial(drafts.discard, session, patient, LETTER), is_order=False)

    def _send(self, printer: str, report: Report) -> None:
        work = partial(layout.print_on, printer, report, look_of(self._context))
        self._context.jobs.compute(work, lambda _: self._tell(N_("Sent to the printer")), self._say_problem)

    def _write(self, path: Path, report: Report) -> None:
        work = partial(layout.write_pdf, report, look_of(self._context), path)
        told = partial(self._tell, N_("Saved as {file}"), file=path.name)
        self._context.jobs.compute(work, lambda _: told(), self._say_problem)

    def _tell(self, message: str, **fields: object) -> None:
        self._context.window.toast.tell(message, None, **fields)
        self._propose_file()
        if self.isVisible():
            self._close()

    def _say_problem(self, error: BaseException) -> None:
        self._set_busy(False)
        if self.isVisible():
            self.problem.show_error(self._context, error)
            field = self.form.first_editor()
            if field is not None:
                field.setFocus()
        else:
            title, _ = describe(error)
            self._context.window.toast.tell(title(self._context))

    def _set_busy(self, is_busy: bool) -> None:
        self.print.setEnabled(not is_busy and bool(self._printers))
        self.save.setEnabled(not is_busy)
        self.form.setEnabled(not is_busy)

    def _propose_file(self) -> None:
        """A name that says what it is and when, never who it is about."""
        now = self._context.clock()
        folder = Path.home() / "Documents"
        folder = folder if folder.is_dir() else Path.home()
        self._path_line().setText(str(folder / f"{self._kind.value}-{now:%Y-%m-%d-%H%M%S}.pdf"))
        self.path.set_error()

    def _path_line(self) -> QLineEdit:
        return self.path.field.line  # type: ignore[attr-defined, no-any-return]

    def _speak(self) -> None:
        self.printers.setAccessibleName(self._context.words("Printer"))

    def _measure(self) -> None:
        px = self._context.theme.px
        self.left.setFixedWidth(min(px(330), max(px(200), self._width * 45 // 100)))
        self._stack_foot()


def _last_text(session: Session, patient: int) -> str:
    note = next((one for one in visits.listed(session, patient) if one.is_standing), None)
    if note is None:
        return ""
    visit = note.visit
    passages = (visit.reason, visit.history, visit.examination, *(one.passage for one in visit.problems),
                visit.plan)
    return "\n\n".join(one.text.strip() for one in passages if not one.is_empty)
