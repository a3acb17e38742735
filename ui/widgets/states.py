"""The states every list, chart and row has: empty, loading, failed, and strips of warning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from medapp.errors import KnownError
from medapp.i18n import N_
from ui.context import Context
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Icon
from ui.widgets.layout import Column, Row, scrolling, set_property
from ui.widgets.text import Text

SKELETON_AFTER_MS: Final = 150
_ICONS = {"danger": "stop", "warn": "caution", "info": "info", "ok": "ok", "model": "model"}


def _scrolling_column(context: Context, host: QWidget) -> Column:
    """A column that fills `host`, and scrolls where large type leaves it too little room."""
    inside = QWidget()
    Column(context, 0, 0, host).addWidget(scrolling(inside))
    return Column(context, 24, 8, inside)


class EmptyState(QWidget):
    """One sentence and at most two actions, in the middle of the empty place."""

    def __init__(
        self,
        context: Context,
        message: str,
        *,
        icon: str = "",
        advice: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = _scrolling_column(context, self)
        column.addStretch(1)
        if icon:
            column.addWidget(Icon(context, icon, "text3", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = Text(context, message, "lead", "text", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        self.advice = Text(context, advice, "body", "text2", wrap=True)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if not advice:
            self.advice.hide()
        column.addWidget(self.advice)
        self.actions = Row(context, (0, 8, 0, 0), 8)
        self.actions.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self.actions)
        if action and on_action is not None:
            self.actions.addWidget(Button(context, action, "primary", on_click=on_action))
        column.addStretch(1)


class ErrorState(QWidget):
    """What happened, what to do, Retry, and the details to copy (never a patient's data)."""

    def __init__(
        self, context: Context, on_retry: Callable[[], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._details = ""
        column = _scrolling_column(context, self)
        column.addStretch(1)
        column.addWidget(Icon(context, "caution", "warn", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = Text(context, "", "lead", "text", wrap=True)
        self.advice = Text(context, "", "body", "text2", wrap=True)
        for label in (self.title, self.advice):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        row = Row(context, (0, 8, 0, 0), 8)
        row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if on_retry is not None:
            row.addWidget(Button(context, N_("Try again"), icon="refresh", on_click=on_retry))
        row.addWidget(Button(context, N_("Copy details"), icon="copy", on_click=self._copy))
        column.addLayout(row)
        column.addStretch(1)

    def show_error(self, error: BaseException) -> None:
        """Say it in the reader's language."""
        title, advice = describe(error)
        self.title.set_dynamic(lambda: title(self._context))
        self.advice.set_dynamic(lambda: advice(self._context))
        self._details = details(error)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class Strip(QFrame):
    """A tinted line with an icon: tones danger, warn, info, ok, model."""

    def __init__(
        self,
        context: Context,
        message: str = "",
        tone: str = "warn",
        *,
        icon: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        **fields: object,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", f"strip-{tone}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = Row(context, (12, 8, 12, 8), 10, self)
        self._icon = Icon(context, icon or _ICONS[tone], tone)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        column = Column(context, 0, 2)
        self.label = Text(context, message, "body", "text", wrap=True, **fields)
        self.advice = Text(context, "", "small", "text2", wrap=True)
        self.advice.hide()
        column.addWidget(self.label)
        column.addWidget(self.advice)
        row.addLayout(column, 1)
        self.action: LinkButton | None = None
        if action and on_action is not None:
            self.action = LinkButton(context, action, on_click=on_action)
            row.addWidget(self.action)

    def set_tone(self, tone: str) -> None:
        """Another tint with its own icon."""
        set_property(self, "surface", f"strip-{tone}")
        self._icon.set_icon(_ICONS[tone], tone)

    def show_error(self, context: Context, error: BaseException) -> None:
        """The error's sentence with its advice under it."""
        title, advice = describe(error)
        self.label.set_dynamic(lambda: title(context))
        self.advice.set_dynamic(lambda: advice(context))
        self.advice.setVisible(bool(self.advice.text()))
        self.show()


class Skeleton(QWidget):
    """Grey rows where rows will be; appears only when loading takes longer than 150 ms."""

    def __init__(self, context: Context, rows: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._rows, self._is_drawn = context, rows, False
        self._later = QTimer(self, singleShot=True, interval=SKELETON_AFTER_MS)
        self._later.timeout.connect(self._draw)
        context.theme_changed.connect(self.update)

    def start(self) -> None:
        self._is_drawn = False
        self._later.start()

    def stop(self) -> None:
        self._later.stop()
        self._is_drawn = False
        self.update()

    def _draw(self) -> None:
        self._is_drawn = True
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._rows * self._context.theme.row_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_drawn:
            return
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hover"))
        height, bar = theme.row_height(), theme.px(10)
        for row in range(self._rows):
            top = row * height + (height - bar) / 2
            for left, share in ((0.02, 0.22 + 0.05 * (row % 3)), (0.40, 0.12), (0.60, 0.10), (0.76, 0.14)):
                area = QRectF(self.width() * left, top, self.width() * share, bar)
                painter.drawRoundedRect(area, bar / 2, bar / 2)


Sentence = Callable[[Context], str]


def describe(error: BaseException) -> tuple[Sentence, Sentence]:
    """An error as (what happened, what to do), each to be said in any language."""
    if isinstance(error, KnownError):
        message, advice, fields = error.message, error.advice, dict(error.fields)
        return (lambda c: c.words(message, **fields)), (lambda c: c.words(advice, **fields) if advice else "")
    return (
        lambda c: c.words("Something in the program went wrong."),
        lambda c: c.words("Nothing was written. Try again; if it returns, copy the details for support."),
    )


def details(error: BaseException) -> str:
    """Class, code and places of an error: no values, so no patient's data."""
    lines = [type(error).__name__, str(getattr(error, "code", ""))]
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return "\n".join(line for line in lines if line)
