"""The pages of a report as pictures, one under the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.jobs import Token
from ui.paper.layout import Look, Pictures, draw_pages
from ui.widgets import Column, EmptyState, ErrorState, Skeleton, follow, scrolling
from ui.widgets.layout import empty

if TYPE_CHECKING:
    from medapp.services.documents import Report

PAGE_WIDTH, LEAST_WIDTH = 620, 200
REDRAW_MS = 120


def look_of(context: Context) -> Look:
    """The families of the window's fonts; the number of a page is digits only."""
    return Look(tuple(context.theme.families()), "{n} / {count}")


class PagePicture(QWidget):
    """One page with a hairline around it."""

    def __init__(self, context: Context, image: QImage, name: str, text: str) -> None:
        super().__init__()
        self._context, self._image = context, image
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        ratio = self._image.devicePixelRatio()
        return QSize(round(self._image.width() / ratio), round(self._image.height() / ratio))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        painter.setPen(QPen(self._context.theme.color("control"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PaperView(QWidget):
    """Shows a report's pages; they are drawn in the pool."""

    def __init__(self, context: Context, nothing: str = N_("Choose what to read")) -> None:
        super().__init__()
        self._context = context
        self._report: Report | None = None
        self._token = Token()
        self._pending = 0
        self._drawn_width = 0
        self._later = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._later.timeout.connect(self._draw)
        column = Column(context, 0, 0, self)
        self.states = QStackedWidget()
        column.addWidget(self.states)
        inside = QWidget()
        self._pages = Column(context, 12, 12, inside)
        self._pages.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = scrolling(inside, context.words("Preview"))
        self.nothing = EmptyState(context, nothing, icon="document")
        self.loading, self.error = Skeleton(context, 10), ErrorState(context, self._draw)
        for widget in (self.nothing, self.area, self.loading, self.error):
            self.states.addWidget(widget)
        context.theme_changed.connect(self._draw)
        follow(self.area, context.language_changed, self._name_area)

    def _name_area(self) -> None:
        self.area.setAccessibleName(self._context.words("Preview"))

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and not self._later.isActive()

    @property
    def report(self) -> Report | None:
        """What is shown, or being drawn."""
        return self._report

    @property
    def page_count(self) -> int:
        """Pages on screen."""
        return self._pages.count()

    def clear(self) -> None:
        """Forget whose it was."""
        self._token.cancel()
        self._token, self._pending, self._report = Token(), 0, None
        self._later.stop()
        empty(self._pages)
        self.states.setCurrentWidget(self.nothing)

    def show_loading(self) -> None:
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_error(self, error: BaseException) -> None:
        self.error.show_error(error)
        self.states.setCurrentWidget(self.error)

    def show_report(self, report: Report) -> None:
        """Draw the pages; what was shown stays until they are there."""
        self._report = report
        self._draw()

    def _draw(self) -> None:
        report = self._report
        if report is None:
            return
        self._token.cancel()
        self._token, self._pending = Token(), 1
        width = self._drawn_width = self._page_width()
        work = partial(draw_pages, report, look_of(self._context), width, self.devicePixelRatioF())
        self._context.jobs.compute(work, self._take, self._fail, self._token)

    def _page_width(self) -> int:
        """As wide as a page is read, or as there is room."""
        px = self._context.theme.px
        return max(px(LEAST_WIDTH), min(px(PAGE_WIDTH), self.width() - px(48)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._report is not None and self._page_width() != self._drawn_width:
            self._later.start()

    def _take(self, pictures: Pictures) -> None:
        self._pending = 0
        self.loading.stop()
        at = self.area.verticalScrollBar().value()
        empty(self._pages)
        count = len(pictures.pages)
        for number, page in enumerate(pictures.pages, 1):
            name = self._context.words("Page {n} of {count}", n=number, count=count)
            text = pictures.text if number == 1 else ""
            self._pages.addWidget(PagePicture(self._context, page, name, text))
        self.states.setCurrentWidget(self.area)
        self.area.verticalScrollBar().setValue(at)

    def _fail(self, error: BaseException) -> None:
        self._pending = 0
        self.show_error(error)


