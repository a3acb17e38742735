"""Choosing who works and typing the passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from medapp.services import session as clinics
from ui.context import Context
from ui.pages.unlock.attempts import Attempts
from ui.pages.unlock.tiles import UserTile
from ui.widgets import (
    Button,
    Column,
    FramedField,
    Icon,
    LinkButton,
    PassphraseField,
    Row,
    Strip,
    Text,
    announce,
)

if TYPE_CHECKING:
    from medapp.services.session import Session

TILES: Final = 4
"""More users than this are reached by typing the name."""


class SignInForm(QWidget):
    """Tiles, passphrase, Unlock. `opened` carries the session."""

    opened = Signal(object)
    wants_recovery = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._directory = Path()
        self._attempts = Attempts(context.clock)
        self._tiles: list[UserTile] = []
        column = Column(context, 0, 8, self)
        column.addWidget(Text(context, N_("Unlock"), "display"))
        self._place = Text(context, role="body", tone="text2", elide=True)
        column.addWidget(self._place)
        column.addSpacing(12)
        column.addWidget(Text(context, N_("Who is working?"), "small", "text2"))
        self._tile_column = Column(context, 0, 8)
        column.addLayout(self._tile_column)
        self._name = FramedField(context, icon="person", name=N_("User name"), height=42)
        self._name.line.textChanged.connect(self._forget_error)
        self._name.line.returnPressed.connect(self._to_passphrase)
        self._name.hide()
        column.addWidget(self._name)
        column.addSpacing(8)
        column.addWidget(Text(context, N_("Passphrase"), "small", "text2"))
        self.passphrase = PassphraseField(context)
        self.passphrase.submitted.connect(self.submit)
        self.passphrase.line.textEdited.connect(self._forget_error)
        self.passphrase.line.installEventFilter(self)
        column.addWidget(self.passphrase)
        column.addLayout(self._build_notes())
        self.error = Strip(context, "", "danger")
        self.error.hide()
        column.addWidget(self.error)
        column.addSpacing(4)
        self.button = Button(context, N_("Unlock"), "primary", keys="Enter", on_click=self.submit)
        self.button.setProperty("scale", "large")
        column.addWidget(self.button)
        column.addLayout(self._build_links())
        self._tick = QTimer(self, interval=500)
        self._tick.timeout.connect(self._show_pause)

    def _build_notes(self) -> Row:
        row = Row(self._context, 0, 6)
        self._caps_icon = Icon(self._context, "caution", "warn", 14)
        self._caps_text = Text(self._context, N_("Caps Lock is on"), "small", "warn")
        for widget in (self._caps_icon, self._caps_text):
            widget.hide()
            row.addWidget(widget)
        row.addStretch(1)
        rule = N_("5 attempts, then a pause of 30 seconds that doubles")
        row.addWidget(Text(self._context, rule, "small", "text3"))
        return row

    def _build_links(self) -> Row:
        row = Row(self._context, (0, 4, 0, 0), 8)
        link = LinkButton(self._context, N_("Forgotten? Use the printed recovery code"))
        link.clicked.connect(self.wants_recovery)
        row.addWidget(link)
        row.addStretch(1)
        return row

    def load(self, directory: Path, users: Sequence[str], last: str | None, is_demo: bool) -> None:
        """Show the users of a clinic; the one who worked last comes first and is chosen."""
        self._directory = directory
        self._place.set_plain(str(directory))
        if is_demo:
            self._place.set_message(N_("Demo clinic: user and passphrase are both “demo”"))
        ordered = sorted(users, key=lambda name: name != last)
        for tile in self._tiles:
            self._tile_column.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [UserTile(self._context, name, self) for name in ordered[:TILES]]
        for tile in self._tiles:
            tile.set_texts("", N_("Worked here last") if tile.user == last else "")
        if len(ordered) > TILES:
            other = UserTile(self._context, "", self)
            other.set_texts(N_("Someone else"), N_("Type a user name"))
            self._tiles.append(other)
        for tile in self._tiles:
            tile.toggled.connect(self._on_tile)
            self._tile_column.addWidget(tile)
        if self._tiles:
            self._tiles[0].setChecked(True)
        self._set_busy(False)
        self._order_focus()

    @property
    def user(self) -> str:
        """The chosen or typed name."""
        chosen = next((tile.user for tile in self._tiles if tile.isChecked()), "")
        return chosen or self._name.text().strip()

    def focus_first(self) -> None:
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Try to open the clinic."""
        if not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.error.label.set_message(N_("Type your passphrase."))
            self.error.advice.hide()
            self.error.show()
            self.focus_first()
            return
        directory, user, password = self._directory, self.user, self.passphrase.text()
        clock = self._context.clock
        self._set_busy(True)
        self._context.jobs.store(
            lambda: clinics.open_clinic(directory, user, password, clock=clock),
            self._on_open,
            self._on_error,
        )

    def _on_open(self, session: Session) -> None:
        self._attempts.succeed(self.user)
        self.passphrase.clear()
        self._set_busy(False)
        self.error.hide()
        self.opened.emit(session)

    def _on_error(self, error: BaseException) -> None:
        self._set_busy(False)
        is_wrong = getattr(error, "code", "") == "wrong_password"
        if is_wrong:
            self._attempts.fail(self.user)
        self.error.show_error(self._context, error)
        self.passphrase.set_error(is_wrong)
        self.passphrase.line.selectAll()
        self.focus_first()
        announce(self, self.error.label.text(), urgent=True)
        self._show_pause()

    def _show_pause(self) -> None:
        wait = self._attempts.wait(self.user)
        if wait:
            self.button.setEnabled(False)
            self.button.set_message(N_("Wait {n} s"), n=wait)
            self._tick.start()
        elif self._tick.isActive():
            self._tick.stop()
            self._set_busy(False)

    def _set_busy(self, is_busy: bool) -> None:
        self.button.setEnabled(not is_busy)
        self.button.set_message(N_("Opening…") if is_busy else N_("Unlock"))
        for widget in (self.passphrase, *self._tiles):
            widget.setEnabled(not is_busy)

    def _on_tile(self) -> None:
        is_typed = any(tile.isChecked() and not tile.user for tile in self._tiles)
        self._name.setVisible(is_typed)
        self._forget_error()
        self._tick.stop()
        self._set_busy(False)
        self._show_pause()
        if self.isVisible():
            (self._name.line if is_typed else self.passphrase.line).setFocus()

    def _to_passphrase(self) -> None:
        self.focus_first()

    def _forget_error(self) -> None:
        self.error.hide()
        self.passphrase.set_error(False)

    def _order_focus(self) -> None:
        chain: list[QWidget] = [*self._tiles, self._name.line, self.passphrase.line, self.button]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._watch_caps(event)
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        """Qt does not tell the state of Caps Lock: a letter whose case Shift does not explain does."""
        is_on = self._caps_text.isVisible()
        if event.key() == Qt.Key.Key_CapsLock:
            is_on = not is_on
        elif len(event.text()) == 1 and event.text().isascii() and event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            is_on = event.text().isupper() != shifted
        else:
            return
        self._caps_icon.setVisible(is_on)
        self._caps_text.setVisible(is_on)
