"""The log: who, what, when; by patient and by act; whether it is whole; what was said then."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QWidget

from medapp.i18n import N_
from medapp.services import audit
from medapp.services.audit_words import GROUPS
from ui.commands import Command
from ui.context import Context
from ui.itemmodels.cell_delegate import CellDelegate
from ui.jobs import Token
from ui.pages.audit.chain import ChainCheck
from ui.pages.audit.replay import Replayed, read, replay_sheet
from ui.pages.audit.table_model import AuditTableModel
from ui.widgets import (
    Button,
    Card,
    Column,
    EmptyState,
    ErrorState,
    LinkButton,
    Row,
    SearchField,
    SectionHeader,
    Skeleton,
    Strip,
)
from ui.widgets.drop_down import DropDown

if TYPE_CHECKING:
    from medapp.services.audit import AuditLine
    from medapp.services.session import Session

PAGE: Final = 100
WIDTHS: Final = (178, 150, 250, 190)
ALL: Final = ""
LOW: Final = 420
"""Design pixels of height under which the cards stand closer."""


def _read(
    session: Session, reference: str, actions: Collection[str], before: int | None
) -> tuple[list[AuditLine], bool]:
    patient = audit.patient_of(session, reference) if reference else None
    found = audit.page(session, before=before, patient=patient, actions=actions, limit=PAGE + 1)
    return found[:PAGE], len(found) > PAGE


class AuditPage(QWidget):
    """For whom the log may be read; others are told who may."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._token = Token()
        self._pending = 0
        self._is_reading_more = False
        self.setProperty("surface", "app")
        column = self._column = Column(context, (16, 14, 16, 14), 12, self)
        column.addWidget(self._build_chain())
        column.addWidget(self._build_list(), 1)
        context.session_changed.connect(self._on_session)
        context.language_changed.connect(self._fill_acts)
        context.theme_changed.connect(self._measure)
        self._fill_acts()
        self._measure()
        self.load()

    def _build_chain(self) -> Card:
        card = Card(self._context, padding=14, gap=4)
        self.chain = ChainCheck(self._context)
        card.body.addWidget(self.chain)
        return card

    def _build_list(self) -> Card:
        context = self._context
        card = Card(context, padding=0, gap=0)
        head = Column(context, (16, 10, 16, 8), 8)
        self._header = SectionHeader(context, N_("Who did what"))
        self.replay = Button(context, N_("Show the assessment"), icon="clock", keys="Enter",
                             on_click=self.show_assessment)
        self.replay.setEnabled(False)
        self._header.add(self.replay)
        head.addWidget(self._header)
        line = Row(context, 0, 12)
        self.acts = DropDown(context)
        self.acts.currentIndexChanged.connect(lambda _index: self.load())
        line.addWidget(self.acts, 1)
        self.patient = SearchField(context, N_("Record number of a patient"), name=N_("Patient"))
        self.patient.accepted.connect(self.load)
        self.patient.escaped.connect(self._forget_patient)
        self.patient.moved.connect(lambda _step: self.table.setFocus())
        line.addWidget(self.patient, 1)
        self.mine = LinkButton(context, N_("The open record"), icon="person", small=True,
                               on_click=self.show_open_record)
        line.addWidget(self.mine)
        line.addStretch(1)
        head.addLayout(line)
        self.wrong = Strip(context, "", "warn")
        self.wrong.hide()
        head.addWidget(self.wrong)
        card.body.addLayout(head)
        card.body.addWidget(self._build_states(), 1)
        return card

    def _build_states(self) -> QStackedWidget:
        context = self._context
        self.states = QStackedWidget()
        self.model = AuditTableModel(context, self)
        self.model.more_wanted.connect(self._load_more)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(CellDelegate(context, self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setMouseTracking(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.activated.connect(lambda _index: self.show_assessment())
        self.empty = EmptyState(
            context, N_("No entries fit"), icon="shield", advice=N_("Choose all acts, or clear the patient."),
            action=N_("Show everything"), on_action=self.show_everything,
        )
        self.refused = EmptyState(
            context, N_("You may not read the log"), icon="lock", advice=N_("An administrator may."),
        )
        self.error = ErrorState(context, self.load)
        self.skeleton = Skeleton(context)
        for state in (self.table, self.skeleton, self.empty, self.refused, self.error):
            self.states.addWidget(state)
        return self.states

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and not self.chain.is_running

    def focus_first(self) -> None:
        """The newest entry."""
        (self.table if self.model.lines else self.acts).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """What can be done here."""
        found = [
            Command(N_("Check the chain of the log"), self.chain.run, "shield"),
            Command(N_("Read the log again"), self.load, "refresh", "F5"),
        ]
        if self.replay.isEnabled():
            found.append(Command(N_("Show the assessment"), self.show_assessment, "clock", "Enter"))
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a window that is low for its type size the gaps give way, not the words."""
        super().resizeEvent(event)
        is_low = event.size().height() < self._context.theme.px(LOW)
        self._column.set_measures((16, 6, 16, 6) if is_low else (16, 14, 16, 14), 6 if is_low else 12)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.load()
        else:
            super().keyPressEvent(event)

    def load(self) -> None:
        """The newest entries that fit what is chosen."""
        session = self._context.session
        self._token.cancel()
        self._token, self._pending, self._is_reading_more = Token(), 0, False
        self.wrong.hide()
        if session is None or not audit.may_read(session):
            self.model.start((), has_more=False)
            self.states.setCurrentWidget(self.refused)
            self.chain.setEnabled(False)
            return
        self.chain.setEnabled(True)
        self.skeleton.start()
        if not self.model.lines:
            self.states.setCurrentWidget(self.skeleton)
        self._ask(None, self._take)

    def show_everything(self) -> None:
        """No filter at all."""
        with QSignalBlocker(self.acts):
            self.acts.setCurrentIndex(0)
        self.patient.line.clear()
        self.load()

    def show_open_record(self) -> None:
        """What was done about the patient whose record is open."""
        patient = self._context.window.open_patient_id
        if patient is not None:
            self.patient.show_text(f"#{patient}")
            self.load()

    def show_assessment(self) -> None:
        """Replay the chosen entry's assessment."""
        session, number = self._context.session, self._assessment()
        if session is None or number is None:
            return
        self._pending += 1
        self._context.jobs.store(
            partial(read, session, number), self._show_replay, self._fail_replay, self._token
        )

    def _ask(self, before: int | None, take: Any) -> None:
        self._pending += 1
        work = partial(_read, self._context.session, self.patient.text().strip(), self._actions(), before)
        self._context.jobs.store(work, take, self._fail, self._token)

    def _take(self, found: tuple[list[AuditLine], bool]) -> None:
        self._pending -= 1
        lines, has_more = found
        self.skeleton.stop()
        self.model.start(lines, has_more)
        self.states.setCurrentWidget(self.table if lines else self.empty)
        if lines:
            self.table.selectRow(0)

    def _load_more(self) -> None:
        if not self._is_reading_more and self.model.lines:
            self._is_reading_more = True
            self._ask(self.model.lines[-1].entry.n, self._take_more)

    def _take_more(self, found: tuple[list[AuditLine], bool]) -> None:
        self._pending -= 1
        self._is_reading_more = False
        self.model.extend(*found)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self._is_reading_more = False
        self.skeleton.stop()
        if getattr(error, "code", "") in ("unknown_patient", "ambiguous_patient"):
            self.wrong.show_error(self._context, error)
            self.model.start((), has_more=False)
            self.states.setCurrentWidget(self.empty)
            return
        self.error.show_error(error)
        self.states.setCurrentWidget(self.error)

    def _show_replay(self, replayed: Replayed) -> None:
        self._pending -= 1
        window = self._context.window
        window.open_sheet(replay_sheet(self._context, window, replayed))

    def _fail_replay(self, error: BaseException) -> None:
        self._pending -= 1
        self._context.window.show_error(error)

    def _on_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.replay.setEnabled(self._assessment() is not None)

    def _assessment(self) -> int | None:
        line = self.model.line(self.table.currentIndex().row())
        number = None if line is None else line.entry.detail.get("assessment")
        return number if isinstance(number, int) else None

    def _forget_patient(self) -> None:
        self.patient.line.clear()
        self.load()

    def _on_session(self) -> None:
        self.model.start((), has_more=False)
        self.chain.clear()
        self.patient.show_text("")
        if self._context.session is not None:
            self.load()

    def _actions(self) -> Collection[str]:
        chosen = self.acts.currentData()
        return tuple(chosen) if chosen else ()

    def _fill_acts(self) -> None:
        """All acts, each group as a whole, then its acts."""
        words, at = self._context.words, max(0, self.acts.currentIndex())
        with QSignalBlocker(self.acts):
            self.acts.clear()
            self.acts.addItem(words("All acts"), ())
            for title, acts in GROUPS.values():
                self.acts.addItem(words("{group}: all", group=words(title)), tuple(acts))
                for action, name in acts.items():
                    self.acts.addItem(f"    {words(name)}", (action,))
            self.acts.setCurrentIndex(at)
        self.acts.setAccessibleName(words("Acts shown"))
        self.table.setAccessibleName(words("Entries of the log"))

    def _measure(self) -> None:
        theme = self._context.theme
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.table.horizontalHeader().setFixedHeight(theme.px(30))
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, theme.px(width))
        self.acts.setMinimumWidth(theme.px(220))
