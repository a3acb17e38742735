"""The window: unlock, then the shell of rail, top bar, pages and footer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from medapp.i18n import N_
from medapp.services import session as clinics
from ui.context import Context
from ui.format import format_date, format_name
from ui.pages import ENTRIES
from ui.shell.footer import Footer
from ui.shell.rail import Rail
from ui.shell.top_bar import TopBar
from ui.widgets.layout import Column, Row, surface

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from medapp.services.search import PatientLine
    from medapp.services.session import Session
    from ui.pages.unlock import UnlockPage
    from ui.shell.palette import Command, Palette
    from ui.widgets.sheet import Sheet
    from ui.widgets.toast import Toast

SIZE: Final = (1366, 768)
SMALLEST: Final = (960, 600)
RECENT: Final = 9
PAINTED_AFTER_MS, UNPAINTED_AFTER_MS = 80, 400
"""After the first paint (or without one, where nothing is shown) shortcuts, cursors and the ring follow."""

WARM_AFTER_MS: Final = 700
"""Long enough that warming up never delays the first list."""


@contextmanager
def undressed() -> Iterator[None]:
    """Build widgets without the style sheet and put it on them once: each would read it many times."""
    application = QApplication.instance()
    is_shown = any(widget.isVisible() for widget in QApplication.topLevelWidgets())
    if is_shown or not isinstance(application, QApplication):
        yield
        return
    sheet = application.styleSheet()
    application.setStyleSheet("")
    try:
        yield
    finally:
        application.setStyleSheet(sheet)


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
        self._recent: list[PatientLine] = []
        self.setWindowTitle("MedApp")
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)
        self._root = QStackedWidget()
        self.setCentralWidget(self._root)
        self._unlock_page: UnlockPage | None = None
        self._shell: QWidget | None = None
        self._toast: Toast | None = None
        self._palette: Palette | None = None
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
    def palette_list(self) -> Palette:
        """Commands and recent patients under the find field."""
        if self._palette is None:
            from ui.shell.palette import Palette

            assert self._shell is not None
            self._palette = Palette(self._context, self._shell, self.top_bar.find)
        return self._palette

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
        find = self.top_bar.find
        find.typed.connect(self._on_typed)
        find.moved.connect(self._on_moved)
        find.accepted.connect(self._on_accepted)
        find.escaped.connect(self.back)
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

        for keys, act in (
            ("Ctrl+K", self.find),
            ("Ctrl+L", self.lock),
            ("Ctrl+Shift+M", self._toggle_models),
            ("Ctrl+0", lambda: self._context.set_zoom(100)),
            ("Ctrl+-", lambda: self._zoom_by(-10)),
            ("Ctrl++", lambda: self._zoom_by(10)),
            ("Ctrl+=", lambda: self._zoom_by(10)),
            ("F1", self.show_help),
            ("F6", lambda: self.regions_step(1)),
            ("Shift+F6", lambda: self.regions_step(-1)),
            ("Ctrl+Tab", self.show_recent),
            ("F8", self._toggle_side),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", lambda: self._context.acts.redo(self.open_patient_id)),
            ("Ctrl+Shift+Z", lambda: self._context.acts.redo(self.open_patient_id)),
            ("Escape", self.back),
        ):
            QShortcut(QKeySequence(keys), self, act)

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
        self._context.session = session
        is_demo = clinics.clinic_face(session.directory).is_demo
        self.footer.set_demo(is_demo)
        if not is_demo:  # a demo clinic may be gone at the next start
            self._context.remember_store(str(session.directory), session.user.name)
        self._root.setCurrentWidget(self._shell)
        self._arrange()
        self.goto("worklist")
        self.find()
        QTimer.singleShot(WARM_AFTER_MS, self._after_first_paint)
        self.unlocked.emit()

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
        self._context.session = None
        directory = session.directory
        self._root.setCurrentWidget(self.unlock_page)
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._recent.clear()
        self._current = self._query = ""
        self.top_bar.find.line.clear()
        self.rail.set_enabled("patient", False)
        self._context.jobs.store(session.close)
        self.unlock_page.load(directory)
        self.locked.emit()

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
        self._hide_palette()
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
        self.patient_page.show_patient(patient_id, tab)
        self.goto("patient")

    @property
    def open_patient_id(self) -> int | None:
        """The patient whose record is open; None without one."""
        page = self._pages.get("patient")
        return None if page is None else page.current_patient  # type: ignore[attr-defined, no-any-return]

    def undo(self) -> None:
        """Ctrl Z: what the toast offers, else the last thing written about the open patient."""
        if self.is_unlocked and not self.toast.undo():
            self._context.acts.undo(self.open_patient_id)

    def remember(self, line: PatientLine) -> None:
        """Put a patient on top of the recent ones."""
        self._recent = [line, *(other for other in self._recent if other.id != line.id)][:RECENT]

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

    def _on_typed(self, text: str) -> None:
        if not self.is_unlocked:
            return
        if text.startswith(">"):
            self.palette_list.show_commands(self._commands(), text[1:])
            return
        self._hide_palette()
        if text and self._current != "worklist":
            self._show_quietly("worklist")
        if "worklist" in self._pages:
            self.page("worklist").search(text)

    def _show_quietly(self, name: str) -> None:
        self._stack.setCurrentWidget(self.page(name))
        self._current = name
        self.rail.set_current(name)

    def _on_moved(self, step: int) -> None:
        if self._is_palette_open:
            self.palette_list.move_by(step)
        elif self._current == "worklist":
            self.page("worklist").move_by(step)

    def _on_accepted(self) -> None:
        if self._is_palette_open:
            self.top_bar.find.show_text("")
            self.palette_list.accept()
        elif self._current == "worklist":
            self.page("worklist").open_current()

    @property
    def _is_palette_open(self) -> bool:
        return self._palette is not None and self._palette.isVisible()

    def _hide_palette(self) -> None:
        if self._palette is not None:
            self._palette.hide()

    def _commands(self) -> list[Command]:
        from ui.shell.palette import Command

        context = self._context
        pages = [
            Command(entry.title, lambda name=entry.name: self.goto(name), entry.icon)
            for entry in ENTRIES
            if entry.name != "patient" or self.rail.button("patient").isEnabled()
        ]
        return [
            *pages,
            Command(N_("Models on or off"), self._toggle_models, "model", "Ctrl Shift M"),
            Command(N_("Light theme"), lambda: context.set_theme("light"), "sun"),
            Command(N_("Dark theme"), lambda: context.set_theme("dark"), "moon"),
            Command(N_("English"), lambda: context.set_language("en"), "globe"),
            Command(N_("中文"), lambda: context.set_language("zh_CN"), "globe"),
            Command(N_("Larger text"), lambda: self._zoom_by(10), "plus", "Ctrl +"),
            Command(N_("Smaller text"), lambda: self._zoom_by(-10), "minus", "Ctrl −"),
            Command(N_("Label and versions"), self.show_label, "info"),
            Command(N_("Keys"), self.show_help, "keyboard", "F1"),
            Command(N_("Lock"), self.lock, "lock", "Ctrl L"),
        ]

    def show_recent(self) -> None:
        """Ctrl Tab: recent patients with their birth dates; again or arrows to move."""
        if not self.is_unlocked or not self._recent:
            return
        if self._is_palette_open:
            self.palette_list.move_by(1)
            return
        from ui.shell.palette import Command

        words = self._context.words
        rows = []
        for line in self._recent:
            names = " ".join(part for part in format_name(line.name, line.name_local, words) if part)
            title = f"{names}   {format_date(line.birth_date, words)}"
            rows.append(Command(title, self._opener(line), "person", is_plain=True))
        self.find()
        self.palette_list.show_commands(rows, "")

    def _opener(self, line: PatientLine) -> Callable[[], None]:
        return lambda: self.open_patient(line.id, line=line)

    def back(self) -> None:
        """Esc: one step back; never out of the clinic."""
        sheet = self._open_sheet()
        if sheet is not None:
            sheet.close_sheet()
            return
        if not self.is_unlocked:
            return
        find = self.top_bar.find
        if self._is_palette_open:
            self._hide_palette()
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
        """Search, rail, page, footer: the order of F6."""
        return [self.top_bar, self.rail, self._stack, self.footer]

    # --- sheets

    def show_help(self) -> None:
        """F1."""
        from ui.shell import sheets

        self._open(sheets.help_sheet(self._context, self))

    def show_label(self) -> None:
        """What the program is, and its versions."""
        from ui.shell import sheets

        self._open(sheets.label_sheet(self._context, self))

    def show_error(self, error: BaseException) -> None:
        """Tell an error inside the window; never a message box of the system."""
        from ui.shell import sheets

        sheet = sheets.CrashSheet(self._context, self)
        sheet.closed.connect(sheet.deleteLater)
        sheet.show_error(error)

    def _open_sheet(self) -> Sheet | None:
        from ui.widgets.sheet import Sheet

        return next((sheet for sheet in self.findChildren(Sheet) if sheet.isVisible()), None)

    def _open(self, sheet: Sheet) -> None:
        if self._open_sheet() is not None:
            sheet.deleteLater()
            return
        from ui.widgets.buttons import Button

        sheet.closed.connect(sheet.deleteLater)
        sheet.open_at(sheet.findChild(Button))

    # --- small things

    def _toggle_models(self) -> None:
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
            self.top_bar.set_room(self.width() / self._context.theme.zoom)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lock()
        self._context.jobs.close()
        self._context.flush()
        QApplication.processEvents()
        super().closeEvent(event)
