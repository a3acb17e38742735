"""Documents: the list left, the document as it went out or was sent at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QStackedWidget, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.i18n import N_
from medapp.services import documents
from medapp.services.documents import Stored
from ui.context import Context
from ui.format import format_date
from ui.itemmodels.two_lines import TwoLineDelegate, TwoLineModel, TwoLines
from ui.jobs import Token
from ui.pages.patient_facts import Facts
from ui.pages.summary.cards import OpeningList
from ui.paper.view import PaperView
from ui.widgets import Column, EmptyState, ErrorState, Row, Skeleton, scrolling, surface

LEFT, LEAST, LOW = 320, 900, 120


class DocumentsPage(QWidget):
    """Reads the list when it is looked at, a document when it is chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._facts: Facts | None = None
        self._found: Sequence[Stored] = ()
        self._shown: tuple[bool, int, int] | None = None
        self._token = Token()
        self._pending = 0
        self._is_due = False
        self._width = 1366
        self._build()
        context.bus.changed.connect(self._on_changes)
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._render)

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = Row(context, (14, 12, 14, 12), 0, self)
        self.states = QStackedWidget()
        outer.addWidget(self.states)
        self.content = QWidget()
        self._row = row = Row(context, 0, 12, self.content)
        self.left = surface("card")
        column = Column(context, (1, 6, 1, 6), 0, self.left)
        self.rows = TwoLineModel(self)
        self.list = OpeningList()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(TwoLineDelegate(context, self.list))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        column.addWidget(self.list)
        row.addWidget(self.left)
        self.right = surface("card")
        column = Column(context, 1, 0, self.right)
        self.previews = QStackedWidget()
        column.addWidget(self.previews)
        self.paper = PaperView(context)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.previews.addWidget(self.paper)
        self.previews.addWidget(self.text)
        row.addWidget(self.right, 1)
        self.loading = Skeleton(context, 8)
        self.error = ErrorState(context, self._fetch)
        self.empty = EmptyState(
            context, N_("No documents yet"), icon="document",
            advice=N_("What is printed or saved (Ctrl P) is kept here, and texts in imported files."),
        )
        self.scroll = scrolling(self.content)
        for widget in (self.scroll, self.loading, self.error, self.empty):
            self.states.addWidget(widget)
        self._measure()

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and self.paper.is_ready

    def clear(self) -> None:
        """Forget the patient."""
        self._token.cancel()
        self._token, self._pending = Token(), 0
        self._facts, self._found, self._shown, self._is_due = None, (), None, False
        self.rows.set_rows(())
        self.paper.clear()
        self.text.clear()
        self.states.setCurrentWidget(self.loading)

    def show_loading(self) -> None:
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_facts(self, facts: Facts) -> None:
        is_new = self._facts is None
        self._facts = facts
        if is_new:
            self._fetch()
        else:
            self._show_state()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._fetch()

    def focus_first(self) -> None:
        """The list, its first row chosen."""
        if self.rows.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.rows.index(0, 0))

    def set_window(self, width: int, _is_short: bool) -> None:
        self._width = width
        self._measure()

    def _fetch(self) -> None:
        session, facts = self.context.session, self._facts
        if session is None or facts is None:
            return
        self._is_due = not self.isVisible()
        if self._is_due:
            return  # a page nobody looks at asks for nothing
        self._pending += 1
        self.context.jobs.store(
            partial(documents.listed, session, facts.patient.id), self._take, self._fail, self._token
        )

    def _take(self, found: Sequence[Stored]) -> None:
        self._pending -= 1
        self._found = found
        self._show_state()
        self._render()

    def _show_state(self) -> None:
        self.loading.stop()
        self.states.setCurrentWidget(self.scroll if self._found else self.empty)

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.error.show_error(error)
        self.states.setCurrentWidget(self.error)

    def _on_changes(self, changes: Changes) -> None:
        facts = self._facts
        if facts is not None and changes.touches(facts.patient.id, Kind.DOCUMENT, Kind.IMPORT):
            self._fetch()

    def _render(self) -> None:
        words = self.context.words
        self.list.setAccessibleName(words("Documents"))
        self.text.setAccessibleName(words("Text that was sent"))
        self.rows.set_rows([self._line(one) for one in self._found])
        self._choose()

    def _line(self, one: Stored) -> TwoLines:
        words = self.context.words
        state = words("sent by others") if one.is_sent else words("printed here")
        day = format_date(one.created, words, time=not one.is_sent)
        lower = words("{date} · {by}", date=day, by=one.by)
        icon = "import" if one.is_sent else "print"
        return TwoLines((one.is_sent, one.id, one.part), one.title, lower, state, "text2", icon)

    def _choose(self) -> None:
        row = self.rows.row_of(self._shown) if self._shown is not None else -1
        if self.rows.rowCount():
            self.list.setCurrentIndex(self.rows.index(max(row, 0), 0))

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        session, facts, row = self.context.session, self._facts, self.rows.at(index.row())
        if session is None or facts is None or row is None or not index.isValid():
            return
        is_sent, number, part = key = row.key  # type: ignore[misc]
        if key == self._shown and (self.paper.report is not None or self.text.toPlainText()):
            return
        self._shown = key
        work: Any = partial(documents.read, session, number)
        if is_sent:
            work = partial(documents.read_sent, session, facts.patient.id, number, part)
        self._pending += 1
        self.context.jobs.store(work, partial(self._show, key), self._fail_one, self._token)

    def _show(self, key: tuple[bool, int, int], found: Any) -> None:
        self._pending -= 1
        if key != self._shown:
            return
        if key[0]:
            self.paper.clear()
            self.text.setPlainText(found)
            self.previews.setCurrentWidget(self.text)
        else:
            self.text.clear()
            self.paper.show_report(found)
            self.previews.setCurrentWidget(self.paper)

    def _fail_one(self, error: BaseException) -> None:
        self._pending -= 1
        self.paper.show_error(error)
        self.previews.setCurrentWidget(self.paper)

    def _measure(self) -> None:
        px = self.context.theme.px
        is_single = self._width < px(LEAST)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_single else directions.LeftToRight)
        self.left.setMinimumWidth(0 if is_single else px(LEFT))
        self.left.setMaximumWidth(16_777_215 if is_single else px(LEFT))
        self.left.setMaximumHeight(px(LOW) if is_single else 16_777_215)
        self.left.setMinimumHeight(px(LOW))
        self.right.setMinimumHeight(px(2 * LOW))
