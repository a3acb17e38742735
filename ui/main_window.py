"""The window: unlock, then the shell of rail, top bar, pages and footer."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from medapp.services import session as clinics
from ui.context import Context
from ui.pages import ENTRIES
from ui.shell.footer import Footer
from ui.shell.rail import Rail
from ui.shell.top_bar import TopBar
from ui.theme.dressing import undressed
from ui.widgets.inside import inside
from ui.widgets.layout import Column, Row, surface

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from medapp.services.search import PatientLine
    from medapp.services.session import Session
    from ui.pages.unlock import UnlockPage
    from ui.shell.finder import Finder
    from ui.shell.palette import Palette
    from ui.shell.second_window import SecondWindow
    from ui.widgets.sheet import Sheet
    from ui.widgets.toast import Toast

SIZE: Final = (1366, 768)
SMALLEST: Final = (960, 600)
PAINTED_AFTER_MS, UNPAINTED_AFTER_MS = 80, 400
"""After the first paint (or without one, where nothing is shown) shortcuts, cursors and the ring follow."""

WARM_AFTER_MS: Final = 700
"""Long enough that warming up never delays the first list."""


class MainWindow(QMainWindow):
    """One window, one clinic, one patient.

    Pages reach it as `context.window`: `open_patient`, `goto`, `toast.tell`, `show_error`.
    """

    unlocked = Signal()
    locked = Signal()
    demo_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        context.window = self
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._query = ""
        self.setWindowTitle("MedApp")
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)
        self._root = QStackedWidget()
        self.setCentralWidget(self._root)
        self._unlock_page: UnlockPage | None = None
        self._shell: QWidget | None = None
        self._toast: Toast | None = None
        self._second: SecondWindow | None = None
        self._finder: Finder | None = None
        context.hold()
        context.later(self._add_shortcuts)
        context.later(self._add_ring)
        context.later(context.look_at_contrast)
        context.later(context.collector.begin)
        context.later(self._watch_presence)
        self._painted = QTimer(self, singleShot=True)
        self._is_painted = False
        self._painted.timeout.connect(context.release)
        context.jobs.failed.connect(self.show_error)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._arrange)
        self._speak()

    # --- parts that are made when they are first needed: the start shows one of them only

    @property
    def unlock_page(self) -> UnlockPage:
        """The page before the clinic is open."""
        if self._unlock_page is None:
            from ui.pages.unlock import UnlockPage

            page = self._unlock_page = UnlockPage(self._context)
            page.opened.connect(self._on_opened)
            page.wants_help.connect(self.show_help)
            page.wants_label.connect(self.show_label)
            page.wants_demo.connect(self.demo_asked)
            self._root.addWidget(page)
        return self._unlock_page

    @property
    def toast(self) -> Toast:
        """What was done, with Undo: `toast.tell(message, undo, **fields)`."""
        if self._toast is None:
            from ui.widgets.toast import Toast

            self._toast = Toast(self._context, self)
        return self._toast

    @property
    def finder(self) -> Finder:
        """What the find field does; made with the first letter typed or the first record opened."""
        if self._finder is None:
            from ui.shell.finder import Finder

            self._finder = Finder(self._context, self, self.top_bar.find)
        return self._finder

    @property
    def palette_list(self) -> Palette:
        """Commands and recent patients under the find field."""
        return self.finder.palette_list

    @property
    def shell(self) -> QWidget:
        """Rail, top bar, pages and footer; there is one once a clinic was opened."""
        assert self._shell is not None
        return self._shell

    def _build_shell(self) -> QWidget:
        context = self._context
        shell = surface("app")
        column = Column(context, 0, 0, shell)
        self.top_bar = TopBar(context)
        self.top_bar.lock_asked.connect(self.lock)
        column.addWidget(self.top_bar)
        middle = Row(context, 0, 0)
        self.rail = Rail(context)
        self.rail.chosen.connect(self.goto)
        self.rail.set_enabled("patient", False)
        middle.addWidget(self.rail)
        self._stack = QStackedWidget()
        middle.addWidget(self._stack, 1)
        column.addLayout(middle, 1)
        self.footer = Footer(context)
        self.footer.help_asked.connect(self.show_help)
        column.addWidget(self.footer)
        return shell

    def _add_ring(self) -> None:
        from ui.widgets.focus_ring import FocusRing

        FocusRing(self._context, self).follow_focus()

    def _watch_presence(self) -> None:
        handle = self.windowHandle()
        if handle is not None:
            self._context.presence.watch(handle)

    def _add_shortcuts(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        from ui.shell import writing

        for keys, act in (
            ("Ctrl+K", self.find),
            ("Ctrl+L", self.lock),
            ("Ctrl+Shift+W", self.open_second),
            ("Ctrl+Shift+M", self.toggle_models),
            ("Ctrl+0", lambda: self._context.set_zoom(100)),
            ("Ctrl+-", lambda: self._zoom_by(-10)),
            ("Ctrl++", lambda: self._zoom_by(10)),
            ("Ctrl+=", lambda: self._zoom_by(10)),
            ("F1", self.show_help),
            ("?", self.show_keys),
            ("F6", lambda: self.regions_step(1)),
            ("Shift+F6", lambda: self.regions_step(-1)),
            ("Ctrl+Tab", self.show_recent),
            ("F8", self._toggle_side),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+N", self.write_visit),
            ("Ctrl+P", self.print_page),
            ("Ctrl+Shift+N", lambda: writing.new_patient(self)),
            ("Ctrl+E", lambda: writing.enter_values(self)),
            ("Ctrl+Shift+Z", self.redo),
            ("Escape", self.back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setAutoRepeat(keys != "Ctrl+P")  # a key that is held down signs and prints once

    # --- opening and locking

    def start(self, directory: Path, session: Session | None = None) -> None:
        """Show the unlock page of a clinic, or the clinic itself when a session is at hand."""
        self._painted.start(UNPAINTED_AFTER_MS)
        with undressed():
            if session is not None:
                self._on_opened(session)
                return
            self.unlock_page.load(directory)
            self._root.setCurrentWidget(self.unlock_page)
            self.unlock_page.focus_first()

    def _on_opened(self, session: Session) -> None:
        if self._shell is None:
            self._shell = self._build_shell()
            self._root.addWidget(self._shell)
            assert self.finder is not None  # it listens from here on
        self._context.session = session
        is_demo = clinics.clinic_face(session.directory).is_demo
        self.footer.set_demo(is_demo)
        if not is_demo:  # a demo clinic may be gone at the next start
            self._context.remember_store(str(session.directory), session.user.name)
        self._root.setCurrentWidget(self._shell)
        self._arrange()
        self.goto("worklist")
        self.find()
        self._context.later(lambda: self._after_crash(session))
        QTimer.singleShot(WARM_AFTER_MS, self._after_first_paint)
        self.unlocked.emit()

    def _after_crash(self, session: Session) -> None:
        """Where the program ended without closing this clinic, it opens at the draft."""
        if self._context.session is not session:
            return
        folder = str(session.directory)
        if self._context.settings.left_open == folder:
            from ui.shell import after_crash

            after_crash.open_draft(self._context, self)
        self._context.remember_open(folder)

    def _after_first_paint(self) -> None:
        self.footer.load_models()
        from ui.shell import warm

        self._context.jobs.compute(warm.warm_up)

    def lock(self) -> None:
        """Close the clinic and take everything about patients out of the widgets."""
        session = self._context.session
        if session is None:
            return
        if self._toast is not None:
            self._toast.dismiss()
        self._forget_sheets()
        self.close_second()
        self._context.session = None
        self._context.remember_open(None)
        directory = session.directory
        self._root.setCurrentWidget(self.unlock_page)
        for page in self._pages.values():
            page.deleteLater()  # not taken out of the stack: that would make it Python's, to die at any time
        self._pages.clear()
        self._current = self._query = ""
        self.finder.forget()
        self.rail.set_enabled("patient", False)
        self._context.jobs.store(session.close)
        self._context.collector.look_through_soon()
        self.unlock_page.load(directory)
        self.locked.emit()

    def _forget_sheets(self) -> None:
        """No record, code or passphrase stays over the locked window; what a page has goes with the page."""
        from ui.widgets.sheet import Sheet

        for sheet in inside(self, Sheet):
            if sheet.parentWidget() is self:
                sheet.forget()

    @property
    def is_unlocked(self) -> bool:
        return self._context.session is not None

    # --- pages

    @property
    def current_page(self) -> str:
        """The name of the page that is shown; empty when locked."""
        return self._current

    def page(self, name: str) -> Any:
        """The page of that name, made when first asked for. Raises KeyError."""
        if name not in self._pages:
            entry = {entry.name: entry for entry in ENTRIES}[name]
            page = entry.make(self._context)
            page.setAccessibleName(self._context.words(entry.title))
            self._pages[name] = page
            if name == "patient":
                page.shown.connect(self._on_shown)  # type: ignore[attr-defined]
                page.closed.connect(self._on_closed)  # type: ignore[attr-defined]
            self._stack.addWidget(page)
        return self._pages[name]

    @property
    def patient_page(self) -> Any:
        """The page of the patient; PAGES' PatientPage."""
        return self.page("patient")

    def goto(self, name: str) -> None:
        """Show a page and focus its first useful item."""
        if not self.is_unlocked:
            return
        page = self.page(name)
        self._keep_query(name)
        self._current = name
        self.rail.set_current(name)
        self.finder.hide()
        self._stack.setCurrentWidget(page)
        page.focus_first()

    def _keep_query(self, name: str) -> None:
        """The find field belongs to the worklist: elsewhere it is empty, there it is as it was left."""
        find = self.top_bar.find
        if self._current == "worklist" and name != "worklist":
            self._query = find.text()
            find.show_text("")
        elif name == "worklist" and self._current != "worklist":
            find.show_text(self._query)

    def open_patient(self, patient_id: int, tab: str = "summary", line: PatientLine | None = None) -> None:
        """Open a record; `line` is remembered for Ctrl Tab."""
        if not self.is_unlocked:
            return
        if line is not None:
            self.remember(line)
        self.rail.set_enabled("patient", True)
        if self._second is not None and self._second.patient != patient_id:
            self.close_second()
        self.patient_page.show_patient(patient_id, tab)
        self.goto("patient")

    @property
    def shown_page(self) -> QWidget | None:
        """The page that is shown; None while locked."""
        return self._pages.get(self._current)

    def can_go(self, name: str) -> bool:
        """Whether a page can be shown now: some need a patient, some a permission."""
        button = self.rail.button(name)
        return button.isEnabled() and not button.isHidden()

    @property
    def open_patient_id(self) -> int | None:
        """The patient whose record is open; None without one."""
        page = self._pages.get("patient")
        return None if page is None else page.current_patient  # type: ignore[attr-defined, no-any-return]

    def open_second(self) -> SecondWindow | None:
        """Ctrl Shift W: the open record in a second window, to read only; there is one at most."""
        patient = self.open_patient_id
        if patient is None or not self.is_unlocked:
            return None
        if self._second is None:
            from ui.shell.second_window import SecondWindow

            self._second = SecondWindow(self._context, patient)
            self._second.destroyed.connect(self._forget_second)
        self._second.show()
        self._second.activateWindow()
        return self._second

    def close_second(self) -> None:
        """Another patient, or nobody: the second window never shows somebody else than the first."""
        if self._second is not None:
            second, self._second = self._second, None
            second.destroyed.disconnect(self._forget_second)
            second.close()

    def _forget_second(self) -> None:
        self._second = None

    def undo(self) -> None:
        """Ctrl Z: what the toast offers, else the last thing written about the open patient."""
        if self.is_unlocked and not self.toast.undo():
            self._context.acts.undo(self.open_patient_id)

    def write_visit(self) -> None:
        """Ctrl N: start or continue the visit of the open patient."""
        if self.is_unlocked and self.open_patient_id is not None:
            self.goto("patient")
            self.patient_page.write_visit()

    def print_page(self) -> None:
        """Ctrl P: the report of the patient's page that is shown."""
        if self.is_unlocked and self._current == "patient":
            self.patient_page.print_page()

    def redo(self) -> None:
        """Ctrl Y: what was undone about the open patient, again."""
        if self.is_unlocked:
            self._context.acts.redo(self.open_patient_id)

    def _on_shown(self, patient: int) -> None:
        """Whoever opened the record, Ctrl Tab knows her."""
        session = self._context.session
        if session is not None and not self.finder.knows(patient):
            from medapp.services import search

            self._context.jobs.store(lambda: search.line(session, patient), self._remember_read)

    def _on_closed(self) -> None:
        """There is no such patient any more: adding her was undone."""
        self.rail.set_enabled("patient", False)
        self.goto("worklist")

    def _remember_read(self, line: PatientLine | None) -> None:
        if line is not None and line.id == self.open_patient_id:
            self.remember(line)

    def remember(self, line: PatientLine) -> None:
        """Put a patient on top of the recent ones."""
        self.finder.remember(line)

    @property
    def is_ready(self) -> bool:
        """Whether the shown page has loaded and no job is under way."""
        if not self._context.jobs.is_idle:
            return False
        return not self._current or bool(self._pages[self._current].is_ready)

    # --- find and commands

    def find(self) -> None:
        """Ctrl K."""
        if self.is_unlocked:
            self.top_bar.find.take_focus()
            self.top_bar.find.line.selectAll()

    def search_patients(self, text: str, *, quietly: bool = False) -> None:
        """Show whom `text` finds, on the worklist; `quietly` without going there."""
        if text and self._current != "worklist" and not quietly:
            self._show_quietly("worklist")
        if "worklist" in self._pages:
            self.page("worklist").search(text)

    def _show_quietly(self, name: str) -> None:
        self._stack.setCurrentWidget(self.page(name))
        self._current = name
        self.rail.set_current(name)

    def show_recent(self) -> None:
        """Ctrl Tab: recent patients with their birth dates; again or arrows to move."""
        if self.is_unlocked:
            self.finder.show_recent()

    def back(self) -> None:
        """Esc: one step back; never out of the clinic."""
        sheet = self._open_sheet()
        if sheet is not None:
            sheet.close_sheet()
            return
        if not self.is_unlocked:
            return
        find = self.top_bar.find
        if self.finder.is_open and self.palette_list.has_mark:
            self.finder.hide()
            find.show_text("")
        elif find.text():
            find.line.clear()
        elif find.line.hasFocus():
            self.page(self._current).focus_first()
        elif getattr(self.page(self._current), "back", bool)():
            return  # the page closed a layer of its own
        elif self._current != "worklist":
            self.goto("worklist")
            self.find()

    def regions_step(self, step: int) -> None:
        """F6 and Shift F6."""
        if self.is_unlocked:
            from ui.shell.regions import step_region

            step_region(self.region_widgets(), step)

    def region_widgets(self) -> list[QWidget]:
        """Search, rail, the page's own parts, footer: the order of F6."""
        parts = getattr(self.shown_page, "regions", None)
        return [self.top_bar, self.rail, *(parts() if parts else [self._stack]), self.footer]

    # --- sheets

    def show_help(self) -> None:
        """F1: what the shown page is for, its keys, the program's keys."""
        from ui.shell import help as helping

        self.open_sheet(helping.help_sheet(self._context, self))

    def show_keys(self) -> None:
        """The keys of the shown page alone."""
        from ui.shell import help as helping

        self.open_sheet(helping.help_sheet(self._context, self, only_keys=True))

    def show_label(self) -> None:
        """What the program is, and its versions."""
        from ui.shell import sheets

        self.open_sheet(sheets.label_sheet(self._context, self))

    def show_error(self, error: BaseException) -> None:
        """Tell an error inside the window; never a message box of the system."""
        from ui.shell import sheets

        open_now = self._open_sheet()
        if isinstance(open_now, sheets.CrashSheet):
            open_now.show_error(error)  # the last one is told; a storm of them makes no pile of sheets
        else:
            sheet = sheets.CrashSheet(self._context, self)
            sheet.closed.connect(sheet.deleteLater)
            sheet.show_error(error)
        self._log(error)

    def _log(self, error: BaseException) -> None:
        """Into the technical log, which names no patient; off the GUI thread."""
        session, clock, page = self._context.session, self._context.clock, self._current or "unlock"

        def note() -> None:
            from medapp.services import failures

            directory = session.directory if session is not None else Path()
            with suppress(OSError):  # a disk that refuses is said elsewhere
                failures.note_failure(failures.log_of(directory, clock), error, page)

        self._context.jobs.compute(note, None, lambda _error: None)

    def _open_sheet(self) -> Sheet | None:
        from ui.widgets.sheet import Sheet

        return next((sheet for sheet in inside(self, Sheet) if sheet.isVisible()), None)

    def open_sheet(self, sheet: Sheet) -> None:
        """Show a sheet unless one is open; it is gone when it closes."""
        if self._open_sheet() is not None:
            sheet.deleteLater()
            return
        from ui.widgets.buttons import Button

        sheet.closed.connect(sheet.deleteLater)
        sheet.open_at(sheet.findChild(Button))

    # --- small things

    def toggle_models(self) -> None:
        if self.is_unlocked:
            self._context.set_models_on(not self._context.are_models_on)

    def _toggle_side(self) -> None:
        """F8: the right panel of a page that has one."""
        toggle = getattr(self._pages.get(self._current), "toggle_side", None)
        if toggle is not None:
            toggle()

    def _zoom_by(self, percent: int) -> None:
        self._context.set_zoom(self._context.settings.zoom + percent)

    def _speak(self) -> None:
        for name, page in self._pages.items():
            entry = {entry.name: entry for entry in ENTRIES}[name]
            page.setAccessibleName(self._context.words(entry.title))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes search, rail, page, footer; by itself Qt would put the pages, made last, at the end."""
        if not self.is_unlocked:
            return super().focusNextPrevChild(forward)
        from ui.shell.regions import step_focus

        return step_focus(self.region_widgets(), forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self._painted.start(PAINTED_AFTER_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._shell is not None:
            for bar in (self.top_bar, self.footer):
                bar.set_room(self.width() / self._context.theme.zoom)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lock()
        self._context.jobs.close()
        self._context.flush()
        QApplication.processEvents()
        super().closeEvent(event)
