"""The window's own sheets: the label, and the crash report."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from medapp import __version__
from medapp.errors import KnownError
from medapp.i18n import N_
from ui.context import Context
from ui.shell.fitting import fit
from ui.widgets import Button, Column, Sheet, Text, describe, details, scrolling

CRASH_WIDTH = 620


def label_sheet(context: Context, host: QWidget) -> Sheet:
    """What the program is and is not, and its versions."""
    sheet = Sheet(context, host, N_("Label and versions"), width=560)
    purpose = N_(
        "MedApp helps a doctor to find and read a record and shows what its models compute from it. "
        "It is no medical device, has not been tested in a clinic, and decides nothing."
    )
    sheet.body.addWidget(Text(context, purpose, "body", wrap=True))
    versions = N_("MedApp {version} · Python {python} · Qt {qt} · licence Apache-2.0")
    line = Text(
        context, versions, "small", "text2", wrap=True,
        version=__version__, python=platform.python_version(), qt=qVersion(),
    )
    sheet.body.addWidget(line)
    close_button(context, sheet)
    return sheet


class CrashSheet(Sheet):
    """Something went wrong that nobody foresaw: what happened, what is safe, what to do, a report to copy."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Something in the program went wrong."), width=CRASH_WIDTH)
        inner = QWidget()
        self._column = Column(context, (0, 0, 8, 0), 8, inner)
        self._area = scrolling(inner)
        self.body.addWidget(self._area)
        self._sentence = Text(context, role="body", wrap=True)
        self._column.addWidget(self._sentence)
        self.parts = self._build_parts()
        self._report = QPlainTextEdit()
        self._report.setReadOnly(True)
        self._report.setAccessibleName(context.words("Report"))
        self._report.setFixedHeight(context.theme.px(120))
        self._report.setTabChangesFocus(True)
        self._column.addWidget(self._report)
        note = N_("The report names places in the program only: no patient, no value.")
        self._note = Text(context, note, "small", "text2", wrap=True)
        self._column.addWidget(self._note)
        self._copied = Button(context, N_("Copy report"), icon="copy", on_click=self._copy)
        self.buttons.addWidget(self._copied)
        self._close = close_button(context, self)

    def _build_parts(self) -> list[Text]:
        parts = []
        for title, text in (
            (N_("What is safe"), N_("Everything saved before is safe. What you typed into a visit is kept as "
                                    "a draft, encrypted, within two seconds.")),
            (N_("What to do"), N_("Close this and try again. If it returns, copy the report for support; the "
                                  "next start opens at your draft.")),
        ):
            for message, role in ((title, "strong"), (text, "body")):
                label = Text(self._context, message, role, wrap=True)
                self._column.addWidget(label)
                parts.append(label)
        return parts

    def show_error(self, error: BaseException) -> None:
        """Open the sheet about an error; a known one is told in its own words."""
        title, advice = describe(error)
        is_known = isinstance(error, KnownError)
        self.title.set_dynamic(lambda: title(self._context))
        if is_known:
            self._sentence.set_dynamic(lambda: advice(self._context))
        else:
            self._sentence.set_message(N_("What you asked for last was not done."))
        for widget in (*self.parts, self._report, self._note, self._copied):
            widget.setVisible(not is_known)
        self._report.setPlainText(self._text(error))
        fit(self._context, self._host, self._area, CRASH_WIDTH)
        self.open_at(self._close)

    def _text(self, error: BaseException) -> str:
        """Versions, when, where in the program: nothing of what was on the screen."""
        at = f"{self._context.clock():%Y-%m-%d %H:%M}"
        header = f"MedApp {__version__} · Python {platform.python_version()} · Qt {qVersion()}"
        settings = self._context.settings
        look = f"{platform.system()} · {self._context.words.language} · {settings.theme} · {settings.zoom}%"
        return f"{header}\n{look} · {at}\n{details(error)}"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
        self._copied.set_message(N_("Copied"))


def close_button(context: Context, sheet: Sheet) -> Button:
    """The button that every sheet ends with."""
    button = Button(context, N_("Close"), "primary", keys="Esc", on_click=sheet.close_sheet)
    sheet.buttons.addWidget(button)
    return button
