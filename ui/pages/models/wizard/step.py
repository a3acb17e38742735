"""What every step of the wizard is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.jobs import Token
from ui.pages.models.wizard.state import Decisions
from ui.widgets import Column, Strip, Text


class Step(QWidget):
    """One page between Back and Next.

    `changed` when what `why_not` says may have changed, `done` when its work is.
    """

    changed = Signal()
    done = Signal()
    title = ""
    next_label = N_("&Next")

    def __init__(self, context: Context, decisions: Decisions) -> None:
        super().__init__()
        self.context, self.decisions = context, decisions
        self.token = Token()
        self.is_busy = False
        self.column = Column(context, (16, 12, 16, 12), 10, self)
        self.problem = Strip(context, "", "danger")
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.build()

    def minimumSizeHint(self) -> QSize:
        """Any width, and the least height that its texts need at the width it has: below that it scrolls."""
        return QSize(0, self.column.totalMinimumHeightForWidth(max(self.width(), 200)))

    def build(self) -> None:
        """Make the widgets, once."""

    def enter(self) -> None:
        """The step is shown: read the decisions again."""

    def why_not(self) -> str:
        """The message id of what must be done before the next step; "" when nothing must."""
        return ""

    def go_on(self) -> bool:
        """Next was pressed: whether to show the next step now."""
        return True

    def first(self) -> QWidget | None:
        """What the focus goes to."""
        return None

    def stop(self) -> bool:
        """Stop what runs; whether anything ran."""
        was_busy, self.is_busy = self.is_busy, False
        self.token.cancel()
        if was_busy:
            self.changed.emit()
        return was_busy

    def focus_first(self) -> None:
        first = self.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def note(self, message: str) -> Text:
        """A paragraph of help."""
        text = Text(self.context, message, "body", "text2", wrap=True)
        self.column.addWidget(text)
        return text


def in_order(widgets: Iterable[QWidget]) -> None:
    """Tab goes through them in this order."""
    before: QWidget | None = None
    for widget in widgets:
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget


OnClick = Callable[[], object]
