"""Due: recalls by rule and what was planned for this patient, with the way to settle each.

It works the recalls out from the record that the page has read, which also brings the clinic's list up
to date. The oldest come first; what was never recorded says so.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.i18n import N_
from medapp.services import due
from ui.charts.painted import width_of
from ui.context import Context
from ui.jobs import Token
from ui.pages.desk.rows import due_chip, reason_words, task_words
from ui.widgets import Card, Column, LinkButton, Text, describe

if TYPE_CHECKING:
    from medapp.services.due import Task
    from medapp.services.search import PatientLine
    from ui.pages.patient_facts import Facts

SHOWN: Final = 6
AHEAD: Final = 92
"""Days ahead that are shown; what falls due later is counted."""

_INK: Final = {"neutral": "text2", "quiet": "text2"}
_ICONS: Final = {"test": "flask", "exam": "eye", "vaccine": "shield"}


class DueRow(QPushButton):
    """Icon, what is due, and when; pressed it asks what became of it."""

    def __init__(self, context: Context, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.task = context, task
        self.setProperty("kind", "row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._speak)
        self._measure()
        self._speak()

    def _texts(self) -> tuple[str, str, str]:
        words, today = self._context.words, self._context.clock().date()
        text, tone, _ = due_chip(self.task, today, words)
        return task_words(self.task, words), text, _INK.get(tone, tone)

    def _speak(self) -> None:
        title, when, _ = self._texts()
        why = reason_words(self.task, self._context.words)
        spoken = ", ".join(part for part in (title, when, why) if part)
        self.setAccessibleName(spoken)
        source = "" if self.task.rule is None else self.task.rule.citation
        self.setToolTip("\n".join(part for part in (spoken, source) if part))
        self.update()

    def _measure(self) -> None:
        theme = self._context.theme
        self.setFixedHeight(max(theme.px(27), theme.text_px("body") + theme.px(12)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._context.theme
        painter = QPainter(self)
        title, when, tone = self._texts()
        small, px = theme.font("small"), theme.px
        icon = "flag" if self.task.rule is None else _ICONS.get(self.task.rule.kind, "clock")
        ink = tone if tone in ("warn", "danger") else "text2"
        picture = theme.pixmap(icon, ink, 16, self.devicePixelRatioF())
        painter.drawPixmap(px(4), (self.height() - px(16)) // 2, px(16), px(16), picture)
        wide = min(int(width_of(when, small)) + 2, self.width() // 2)
        painter.setFont(small)
        painter.setPen(theme.color(tone))
        area = QRect(self.width() - wide - px(4), 0, wide, self.height())
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(area, flags, self._cut(painter, when, wide))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        room = area.left() - px(28) - px(8)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(px(28), 0, room, self.height()), left, self._cut(painter, title, room))

    @staticmethod
    def _cut(painter: QPainter, text: str, room: int) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)


class DueCard(Card):
    """The patient's own list; it reads by itself, under the token of its patient."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Due"), icon="clock", padding=12, gap=2, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        assert self.header is not None
        self.header.setContentsMargins(4, 0, 4, 4)
        self.header.add(LinkButton(context, N_("New task"), small=True, on_click=self._add))
        self._context = context
        self._token = Token()
        self._facts: Facts | None = None
        self._tasks: tuple[Task, ...] = ()
        self._shows_all = False
        self._pending = 0
        self.rows: list[DueRow] = []
        self.column = Column(context, 0, 0)
        self.body.addLayout(self.column)
        self.note = Text(context, "", "body", "text2", wrap=True)
        self.note.setContentsMargins(4, 0, 4, 2)
        self.body.addWidget(self.note)
        self.more = LinkButton(context, N_("Show all"), small=True, on_click=self._show_all)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        context.bus.changed.connect(self._on_changed)
        self.clear()

    @property
    def is_ready(self) -> bool:
        return self._pending == 0

    def clear(self) -> None:
        """Forget the patient at once."""
        self._token.cancel()
        self._facts, self._tasks, self._pending, self._shows_all = None, (), 0, False
        self._fill()
        self.note.set_plain("")

    def show_facts(self, facts: Facts) -> None:
        """Work out what is due from the record that was read; said again in each language."""
        is_same = self._facts is facts
        self._facts = facts
        if is_same:
            self._say()
        else:
            self._load()

    def _load(self) -> None:
        session, facts = self._context.session, self._facts
        if session is None or facts is None:
            return
        self._token.cancel()
        self._token = Token()
        self._pending = 1
        work = partial(due.of_patient, session, facts.record)
        self._context.jobs.store(work, self._show, self._fail, self._token)

    def _show(self, tasks: tuple[Task, ...]) -> None:
        self._pending = 0
        self._tasks = tasks
        self._say()

    def _fail(self, error: BaseException) -> None:
        self._pending = 0
        self._tasks = ()
        self._fill()
        title, _ = describe(error)
        self.note.set_dynamic(lambda: title(self._context))
        self.note.show()

    def _say(self) -> None:
        self._fill()
        self.note.setVisible(not self.rows)
        if self.rows:
            return
        if self._tasks:
            self.note.set_message(N_("Nothing within 3 months"))
        else:
            self.note.set_message(N_("Nothing is due by the rules for this record"))

    def _near(self) -> list[Task]:
        today = self._context.clock().date()
        return [one for one in self._tasks if one.due is None or (one.due - today).days <= AHEAD]

    def _fill(self) -> None:
        for row in self.rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = list(self._tasks) if self._shows_all else self._near()[:SHOWN]
        self.rows = [DueRow(self._context, task, self) for task in shown]
        for row in self.rows:
            row.clicked.connect(partial(self._settle, row.task))
            self.column.addWidget(row)
        rest = len(self._tasks) - len(shown)
        self.more.setVisible(rest > 0)
        self.more.set_message(N_("{n} more"), n=rest)

    def _show_all(self) -> None:
        self._shows_all = True
        self._say()
        if self.rows:
            self.rows[-1].setFocus()

    def _line(self) -> PatientLine | None:
        if self._facts is None:
            return None
        from medapp.services.search import PatientLine

        who = self._facts.patient
        born = None if who.birth_date is None else who.birth_date.isoformat()
        died = bool(who.deceased or who.deceased_at)
        return PatientLine(who.id, who.mrn, who.name, who.name_local, born, who.sex.value, died, who.is_demo)

    def _settle(self, task: Task, _checked: bool = False) -> None:
        from ui.pages.desk.settling import SettleSheet

        line = self._line()
        if line is not None:
            SettleSheet(self._context, line, task).start()

    def _add(self) -> None:
        from ui.pages.desk.settling import TaskSheet

        line = self._line()
        if line is not None:
            TaskSheet(self._context, line).start()

    def _on_changed(self, changes: Changes) -> None:
        facts = self._facts
        if facts is not None and changes.touches(facts.patient.id, Kind.TASK, Kind.REVIEW):
            self._load()
