"""The decision strip: agree, disagree with a reason, not relevant. Nothing is chosen beforehand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLineEdit, QSizePolicy, QWidget

from medapp.domain.datatypes import Moment
from medapp.i18n import N_
from ui.commit import RECORD
from ui.context import Context
from ui.format import format_date
from ui.widgets import Button, Column, Icon, LinkButton, Row, Text, announce
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from medapp.services.assessments import Decision

CHOICES = {
    "agree": (N_("&Agree"), "check"),
    "disagree": (N_("&Disagree…"), "close"),
    "not_relevant": (N_("Not &relevant"), "eye-off"),
}
DONE = {
    "agree": N_("You agreed"), "disagree": N_("You disagreed"),
    "not_relevant": N_("You marked it as not relevant"),
}
OTHERS_DONE = {
    "agree": N_("A colleague agreed"), "disagree": N_("A colleague disagreed"),
    "not_relevant": N_("A colleague marked it as not relevant"),
}


class DecisionStrip(QFrame):
    """Sticky at the foot of the assessment. `recorded` carries (decision, reason)."""

    recorded = Signal(str, str)
    undone = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._patient = ""
        self._asked: object = None
        self._label = ("", "")
        self._is_tight = False
        self.setProperty("surface", "decision")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = Column(context, (18, 9, 18, 11), 8, self)
        self._build_heading(column)
        self._build_choices(column)
        self._build_result(column)
        context.language_changed.connect(self._describe)
        self.reset()

    def _build_heading(self, column: Column) -> None:
        context = self.context
        self._top = QWidget()
        row = Row(context, 0, 8, self._top)
        self.heading = Text(context, N_("Your assessment"), "strong")
        self.heading.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self.heading)
        self.hint = Text(context, N_("nothing is chosen for you"), "small", "text2", elide=True)
        row.addWidget(self.hint, 1)
        self.next = Text(context, "", "small", "text2")
        row.addWidget(self.next, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._top)
        self.next_below = Text(context, "", "small", "text2", wrap=True)
        column.addWidget(self.next_below)

    def _build_choices(self, column: Column) -> None:
        context = self.context
        self.form = QWidget()
        self._box = Row(context, 0, 8, self.form)
        self._pressed = Flow(context, 8)
        self._box.addLayout(self._pressed)
        self.buttons: dict[str, Button] = {}
        for key, (message, icon) in CHOICES.items():
            button = Button(context, message, icon=icon)
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=key: self._choose(key))
            self.buttons[key] = button
            self._pressed.addWidget(button)
        self._bottom = QWidget()
        row = Row(context, 0, 8, self._bottom)
        self._box.addWidget(self._bottom, 1)
        self.reason = QLineEdit()
        self.reason.setMaxLength(400)
        self.reason.textChanged.connect(self._check)
        self.reason.returnPressed.connect(self._record)
        row.addWidget(self.reason, 1)
        self.record = Button(context, N_("Record"), "primary", on_click=self._record)
        row.addWidget(self.record)
        column.addWidget(self.form)

    def _build_result(self, column: Column) -> None:
        context = self.context
        self.result = QWidget()
        row = Row(context, (0, 4, 0, 4), 8, self.result)
        row.addWidget(Icon(context, "ok", "ok", 18))
        self.result_text = Text(context, "", "body", wrap=True)
        row.addWidget(self.result_text, 1)
        self.undo = LinkButton(context, N_("Undo"), icon="undo", on_click=self.undone.emit)
        row.addWidget(self.undo)
        column.addWidget(self.result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room or large type the reason goes onto a line of its own."""
        super().resizeEvent(event)
        px = self.context.theme.px
        self._place_next()
        needed = self._least()
        self._name_record()
        directions = QBoxLayout.Direction
        is_wide = self.width() >= needed
        self._box.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        for key, button in self.buttons.items():
            if self.width() < px(420):
                button.setIcon(QIcon())
            else:
                button.set_icon(CHOICES[key][1])

    def _least(self) -> int:
        """The width from which everything stands in one line."""
        return self._pressed.sizeHint().width() + self.context.theme.px(80 + 96 + 48)

    def _name_record(self) -> None:
        """`Record for LIN, Meihua` where it fits; the accessible name says it always."""
        has_room = self.width() >= self._least() + self.context.theme.px(150)
        message, name = (RECORD, self._patient) if has_room and self._patient else (N_("Record"), "")
        if self._label != (message, name):
            self._label = (message, name)
            self.record.set_message(message, **({"name": name} if name else {}))
            self._describe()

    def set_tight(self, is_tight: bool) -> None:
        """Very little height: the buttons alone, the reason once something is chosen."""
        self._is_tight = is_tight
        self._top.setVisible(not is_tight)
        self._place_next()
        self._check()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.context.theme.px(300), super().minimumSizeHint().height())

    def set_busy(self, is_busy: bool) -> None:
        """While it is being recorded nothing can be chosen; the focus stays where it is."""
        self.reason.setReadOnly(is_busy)
        for button in (*self.buttons.values(), self.record):
            button.setEnabled(not is_busy)
        if not is_busy:
            self._check()

    @property
    def chosen(self) -> str:
        """The decision that is pressed, or empty."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def set_subject(self, patient: str, next_steps: str) -> None:
        """Whose decision it is, and what one might do next."""
        self._patient = patient
        self.next.set_plain(next_steps)
        self.next_below.set_plain(next_steps)
        self._place_next()
        self._name_record()
        self._describe()

    def _place_next(self) -> None:
        """Beside the heading where it fits whole, else below it in as many lines as it needs."""
        beside = self.heading.sizeHint().width() + self.context.theme.px(36 + 24)
        fits = self.next.sizeHint().width() + beside <= self.width()
        has_text = bool(self.next.text())
        self.next.setVisible(has_text and fits)
        self.next_below.setVisible(has_text and not fits and not self._is_tight)

    def ask(self, about: object) -> None:
        """Ask about one assessment; what was chosen and typed for the very same one stays."""
        if about != self._asked:
            self.reset()
            self._asked = about

    def reset(self) -> None:
        """Nothing chosen, nothing typed."""
        self._asked = None
        for button in self.buttons.values():
            button.setChecked(False)
        self.reason.clear()
        self.form.show()
        self.result.hide()
        self.hint.show()
        self.set_busy(False)

    def show_decision(self, decision: Decision, is_mine: bool) -> None:
        """A decision that is on record, one's own or a colleague's."""
        self._asked = None
        message = (DONE if is_mine else OTHERS_DONE)[decision.decision]
        at = Moment.of_datetime(datetime.fromtimestamp(decision.created).astimezone())

        def say() -> str:
            words = self.context.words
            what, when = words(message), format_date(at, words, time=True)
            if decision.reason:
                return words("{what}: {why} · {when}", what=what, why=decision.reason, when=when)
            return words("{what} · {when}", what=what, when=when)

        self.result_text.set_dynamic(say)
        had_focus = self.form.isAncestorOf(QApplication.focusWidget() or self)
        self.form.hide()
        self.hint.hide()
        self.result.show()
        if had_focus:
            self.undo.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, say())

    def _choose(self, key: str) -> None:
        for other, button in self.buttons.items():
            if other != key:
                button.setChecked(False)
        self._check()
        if self.buttons[key].isChecked():  # Enter records from there; only to disagree a reason is needed
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> None:
        self._bottom.setVisible(bool(self.chosen) or not self._is_tight)
        needs_reason = self.chosen == "disagree" and not self.reason.text().strip()
        self.record.setEnabled(bool(self.chosen) and not needs_reason)
        words = self.context.words
        if not self.chosen:
            why = words("Choose one of the three first.")
        else:
            why = words("Write a reason to disagree.") if needs_reason else ""
        self.record.setToolTip(why)
        self.record.setAccessibleDescription(why)

    def _record(self) -> None:
        if self.record.isEnabled():
            self.recorded.emit(self.chosen, self.reason.text().strip())

    def _describe(self) -> None:
        words = self.context.words
        self.reason.setPlaceholderText(words("Your reason"))
        self.reason.setAccessibleName(words("Reason to disagree"))
        if self._patient:
            self.record.setAccessibleName(words("Record for {name}", name=self._patient))
        self._check()
