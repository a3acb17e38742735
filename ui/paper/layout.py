"""A report laid out on A4: who it is about heads every page, page n of N and the version end it.

Lengths are CSS pixels, 96 to the inch, so that the same layout serves a picture, a PDF file and a printer.
Everything here may run in the pool; a document is laid out and thrown away on one thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from medapp.errors import KnownError
from medapp.i18n import N_

if TYPE_CHECKING:
    from medapp.services.documents import Report

WIDTH, HEIGHT = 794.0, 1123.0
MARGIN, HEAD, FOOT = 57.0, 34.0, 30.0
BODY: Final = QRectF(MARGIN, MARGIN + HEAD, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - HEAD - FOOT)
DPI: Final = 96

CSS: Final = """
body { color: black; font-size: 14px; }
h1 { font-size: 20px; margin: 0; }
h2 { font-size: 15px; margin-top: 12px; margin-bottom: 3px; }
h3 { font-size: 14px; margin-top: 9px; margin-bottom: 1px; }
p { margin-top: 0; margin-bottom: 3px; }
p.line { margin-bottom: 1px; }
p.issued { margin-bottom: 4px; }
p.lead { font-size: 16px; margin-top: 14px; margin-bottom: 6px; }
p.signature { margin-top: 22px; }
.small { font-size: 12px; }
table { border-collapse: collapse; margin-top: 2px; border-color: black; }
th, td { font-size: 13px; }
"""


class NotPrinted(KnownError):
    code = "not_printed"
    message = N_("The printer did not take the document.")
    advice = N_("It is kept in Documents. Choose another printer, or save it as PDF.")


class NotWritten(KnownError):
    code = "pdf_not_written"
    message = N_("The file could not be written.")
    advice = N_("Choose another folder or name. The document is kept in Documents.")


@dataclass(frozen=True, slots=True)
class Look:
    """What of the window the paper takes over: the font families, and how a page is numbered."""

    families: tuple[str, ...]
    page: str
    """`{n} / {count}` in the report's language."""


class Sheets:
    """The laid-out report; `count` pages to be painted."""

    def __init__(self, report: Report, look: Look) -> None:
        self._report, self._look = report, look
        QEventLoop()  # makes a thread ready for timers: a long text is laid out in steps by one
        self._document = document = QTextDocument()
        document.setUseDesignMetrics(True)
        document.setDefaultFont(self._font(14))
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(CSS)
        document.setHtml(report.html)
        document.setPageSize(QSizeF(BODY.width(), BODY.height()))
        self.count = document.pageCount()

    @property
    def text(self) -> str:
        """All words of the report: what a screen reader says."""
        return self._document.toPlainText()

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one page in CSS pixels, the first is 0."""
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setPen(QPen(QColor("black"), 1))
        self._paint_edges(painter, page)
        painter.translate(BODY.left(), BODY.top() - page * BODY.height())
        area = QRectF(0, page * BODY.height(), BODY.width(), BODY.height())
        painter.setClipRect(area)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = area  # type: ignore[attr-defined]
        ink = QPalette()
        ink.setColor(QPalette.ColorRole.Text, QColor("black"))
        context.palette = ink  # type: ignore[attr-defined]
        self._document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_edges(self, painter: QPainter, page: int) -> None:
        head, foot = self._font(12, bold=True), self._font(10)
        width = BODY.width()
        painter.setFont(head)
        upper = QRectF(MARGIN, MARGIN, width, HEAD - 12)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, left, _cut(self._report.identity, head, width))
        painter.drawLine(upper.bottomLeft(), upper.bottomRight())
        painter.setFont(foot)
        lower = QRectF(MARGIN, HEIGHT - MARGIN - FOOT + 12, width, FOOT - 12)
        painter.drawLine(lower.topLeft(), lower.topRight())
        number = self._look.page.format(n=page + 1, count=self.count)
        painter.drawText(lower, right, number)
        room = width - QFontMetricsF(foot).horizontalAdvance(number) - 12
        painter.drawText(lower, left, _cut(self._report.footer, foot, room))

    def _font(self, pixels: int, *, bold: bool = False) -> QFont:
        font = QFont()
        font.setFamilies(list(self._look.families))
        font.setPixelSize(pixels)
        font.setBold(bold)
        return font


def _cut(text: str, font: QFont, width: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Every page as a picture, and all words."""

    pages: tuple[QImage, ...]
    text: str


def draw_pages(report: Report, look: Look, width: int, ratio: float) -> Pictures:
    """Pages `width` logical pixels wide; runs in the pool."""
    sheets = Sheets(report, look)
    scale = width * ratio / WIDTH
    pages = []
    for number in range(sheets.count):
        page = QImage(round(WIDTH * scale), round(HEIGHT * scale), QImage.Format.Format_RGB32)
        page.fill(QColor("white"))
        painter = QPainter(page)
        painter.scale(scale, scale)
        sheets.paint(painter, number)
        painter.end()
        page.setDevicePixelRatio(ratio)
        pages.append(page)
    return Pictures(tuple(pages), sheets.text)


def write_pdf(report: Report, look: Look, path: Path) -> None:
    """Write a new PDF file; one that exists is never replaced. Raises NotWritten."""
    try:
        with path.open("xb"):
            pass
    except OSError as error:
        raise NotWritten from error
    writer = QPdfWriter(str(path))
    writer.setTitle(report.title)
    writer.setCreator("MedApp")
    writer.setResolution(DPI * 6)
    _page(writer)
    if not _paint_all(writer, report, look, writer.resolution()):
        path.unlink(missing_ok=True)
        raise NotWritten


def printer_names() -> tuple[str, ...]:
    """The printers of this computer, its default one first; asking may take a while."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != default, name.casefold())))


def print_on(printer: str, report: Report, look: Look) -> None:
    """Send a report to a printer. Raises NotPrinted."""
    from PySide6.QtPrintSupport import QPrinter

    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setPrinterName(printer)
    device.setDocName(report.title)
    device.setFullPage(True)
    _page(device)
    if not device.isValid() or not _paint_all(device, report, look, device.resolution()):
        raise NotPrinted


def _page(device: QPagedPaintDevice) -> None:
    size = QPageSize(QPageSize.PageSizeId.A4)
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def _paint_all(device: QPagedPaintDevice, report: Report, look: Look, resolution: int) -> bool:
    """Paint every page; False when the device gave up."""
    sheets = Sheets(report, look)
    painter = QPainter()
    if not painter.begin(device):
        return False
    painter.scale(resolution / DPI, resolution / DPI)
    is_well = True
    for number in range(sheets.count):
        if number:
            is_well = is_well and device.newPage()
        sheets.paint(painter, number)
    return bool(painter.end()) and is_well
