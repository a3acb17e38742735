"""The wizard's frame: a stepper above, the step, Back and Next below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.pages.models.wizard.card_step import CardStep
from ui.pages.models.wizard.check_step import CheckStep
from ui.pages.models.wizard.columns_step import ColumnsStep
from ui.pages.models.wizard.file_step import FileStep
from ui.pages.models.wizard.state import Decisions
from ui.pages.models.wizard.step import Step
from ui.pages.models.wizard.train_step import TrainStep
from ui.pages.models.wizard.units_step import UnitsStep
from ui.widgets import (
    Button,
    Column,
    IconButton,
    Line,
    Row,
    SectionHeader,
    Text,
    announce,
    scrolling,
    surface,
)
from ui.widgets.stepper import Stepper

STEPS: tuple[type[Step], ...] = (FileStep, ColumnsStep, UnitsStep, CheckStep, TrainStep, CardStep)


class Wizard(QWidget):
    """`closed` when it is left, with the draft to be shown or ""; what was decided stays."""

    closed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.decisions = Decisions()
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = Column(context, 0, 10, self)
        column.addWidget(self._build_head())
        card = surface("card")
        inside = Column(context, 1, 0, card)
        bar = Row(context, (16, 8, 16, 8), 0)
        self.stepper = Stepper(context, [step.title for step in STEPS])
        bar.addWidget(self.stepper)
        inside.addLayout(bar)
        inside.addWidget(Line())
        self.stack = QStackedWidget()
        self.steps = [step(context, self.decisions) for step in STEPS]
        for step in self.steps:
            self.stack.addWidget(scrolling(step))
            step.changed.connect(self._show_next)
            step.done.connect(self.focus_first)
        inside.addWidget(self.stack, 1)
        inside.addWidget(Line())
        inside.addLayout(self._build_foot())
        column.addWidget(card, 1)
        for keys, act in (("Alt+Left", self.back), ("Alt+Right", self.next)):
            scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, activated=act, context=scope)
        self.show_step(0)

    def _build_head(self) -> SectionHeader:
        context = self.context
        head = SectionHeader(context, N_("Train from table"), role="title")
        head.remark.set_message(N_("The result is a draft until it is approved"))
        head.remark.set_tone("info")
        self.leave = IconButton(context, "close", N_("Back to the models"), on_click=self.close_wizard)
        head.add(self.leave)
        return head

    def _build_foot(self) -> Row:
        context = self.context
        row = Row(context, (16, 10, 16, 10), 8)
        self.back_button = Button(context, N_("Go &back"), icon="arrow-left", on_click=self.back)
        row.addWidget(self.back_button)
        self.why = Text(context, "", "small", "text2", wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.why, 1)
        self.next_button = Button(context, "", "primary", on_click=self.next)
        row.addWidget(self.next_button)
        return row

    @property
    def current(self) -> Step:
        return self.steps[self.stepper.current]

    @property
    def is_ready(self) -> bool:
        return not self.current.is_busy

    def focus_first(self) -> None:
        """The step's first useful item, or the way on."""
        if self.current.first() is not None:
            self.current.focus_first()
        else:
            (self.next_button if self.next_button.isEnabled() else self.back_button).setFocus()

    def show_step(self, number: int) -> None:
        """Show one step; it reads what was decided before."""
        self.stepper.set_current(number)
        self.stack.setCurrentIndex(number)
        self.current.enter()
        self._show_next()
        announce(self, self.stepper.accessibleName())

    def next(self) -> None:
        """On, where nothing is missing and nothing runs."""
        if self.current.why_not() or self.current.is_busy or not self.current.go_on():
            self._show_next()
            return
        at = self.stepper.current
        if at == len(self.steps) - 1:
            self.close_wizard()
            return
        self.show_step(at + 1)
        self.focus_first()

    def back(self) -> bool:
        """Esc: stop what runs, else one step back, from the first one to the list; nothing is asked."""
        if self.current.stop():
            self.focus_first()
        elif self.stepper.current in (0, len(self.steps) - 1):
            self.close_wizard()
        else:
            self.show_step(self.stepper.current - 1)
            self.focus_first()
        return True

    def forget(self) -> None:
        """Stop whatever runs; nothing of it arrives."""
        for step in self.steps:
            step.stop()

    def close_wizard(self) -> None:
        """To the list of models; a draft that was made is shown there, and the next time begins anew."""
        self.current.stop()
        kept = self.decisions.kept
        if kept is not None:
            self.decisions.__init__()  # type: ignore[misc]
            self.show_step(0)
        self.closed.emit(kept.id if kept is not None else "")

    def _show_next(self) -> None:
        step, is_last = self.current, self.stepper.current == len(self.steps) - 1
        why = step.why_not()
        self.next_button.set_message(step.next_label)
        self.next_button.setEnabled(not why)
        self.next_button.setAccessibleDescription(self.context.words(why) if why else "")
        self.why.set_message(why) if why else self.why.set_plain("")
        self.back_button.setVisible(not is_last)
        self.leave.setVisible(not is_last)
