"""What the look of the moment does to a list, a value and a button: the preview beside the choices."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from medapp.i18n import N_
from ui.charts.painted import embolden, width_of, write
from ui.context import Context
from ui.format import format_date, format_name
from ui.widgets import Card, Chip, Text
from ui.widgets.flow import flowing

PEOPLE = (("LIN, Meihua", "林美华", "1958-03-14"), ("OKORO, Daniel", "", "1990-07-02"),
          ("CHEN, Wei", "陈伟", "1971-11-30"))
"""Nobody: the names of the design's pictures."""


class SampleRows(QWidget):
    """Three rows of a list as high as lists are now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self.updateGeometry)
        context.language_changed.connect(self._speak)
        self._speak()

    def _speak(self) -> None:
        self.setAccessibleName(self._context.words("Sample of a list"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._context.theme.px(240), self._context.theme.row_height() * len(PEOPLE))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, words = self._context.theme, self._context.words
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = theme.row_height()
        strong, body = embolden(theme.font("body"), theme.cjk), theme.font("body")
        for at, (name, local, born) in enumerate(PEOPLE):
            area = QRectF(0, at * high, self.width(), high)
            if at == 0:
                painter.fillRect(area, theme.color("selected"))
                painter.fillRect(QRectF(0, area.top(), theme.px(3), high), theme.color("accent"))
            painter.fillRect(QRectF(0, area.bottom() - 1, self.width(), 1), theme.color("line"))
            first, _ = format_name(name, local or None, words)
            day = format_date(born, words)
            write(painter, area.adjusted(theme.px(12), 0, 0, 0), first, strong, theme.color("text"))
            left = self.width() - width_of(day, body) - theme.px(10)
            if left > width_of(first, strong) + theme.px(24):
                write(painter, QRectF(left, area.top(), self.width() - left, high), day, body,
                      theme.color("text2"))


class Sample(Card):
    """A list, a value above its range, and the marks of the program, in the look of the moment."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("How it looks now"), icon="eye", gap=10, parent=parent)
        self.body.addWidget(SampleRows(context))
        high = N_("Creatinine {value} ▲ High")
        self.body.addWidget(Text(context, high, "lead", "up", wrap=True, value="118\u00a0µmol/L"))
        note = N_("Reference 45–84 · 14 days ago")
        self.body.addWidget(Text(context, note, "small", "text2", wrap=True))
        chips = flowing(
            context, Chip(context, N_("Computed"), "model", icon="model"),
            Chip(context, N_("Allergy"), "danger", icon="stop"),
            Chip(context, N_("Confirmed"), "ok", icon="ok"),
        )
        self.body.addWidget(chips)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
