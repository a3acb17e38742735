"""The top bar: find, offline, models, who works, lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets.brand import Brand
from ui.widgets.buttons import Button
from ui.widgets.card import Icon
from ui.widgets.chip import Chip
from ui.widgets.fields import SearchField
from ui.widgets.layout import Row
from ui.widgets.text import Text

NARROW, TIGHT = 1240, 900


class TopBar(QFrame):
    """One row of 48 px; the find field is the program's only one."""

    lock_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("surface", "bar")
        row = self._row = Row(context, (16, 0, 12, 0), 16, self)
        row.addWidget(Brand(context, 24))
        self.find = SearchField(
            context, N_("Find a patient, or > for a command"), keys="Ctrl K", name=N_("Find")
        )
        row.addWidget(self.find, 3)
        row.addStretch(2)
        self.offline = Chip(context, N_("Offline — nothing leaves this computer"), "ok", icon="offline")
        row.addWidget(self.offline)
        self.models = Chip(context, "", "model", icon="model", on_click=self._toggle_models)
        row.addWidget(self.models)
        row.addWidget(self._build_user())
        self.lock = Button(context, N_("Lock"), "quiet", icon="lock", on_click=self.lock_asked.emit)
        self.lock.setToolTip("Ctrl+L")
        row.addWidget(self.lock)
        context.theme_changed.connect(self._measure)
        context.models_changed.connect(self._show_models)
        context.session_changed.connect(self._show_user)
        self._measure()
        self._show_models()

    def _build_user(self) -> QWidget:
        holder = QWidget()
        row = Row(self._context, 0, 6, holder)
        row.addWidget(Icon(self._context, "person", "accent", 16))
        self._user = Text(self._context, role="strong", tone="accent")
        row.addWidget(self._user)
        return holder

    def _show_user(self) -> None:
        session = self._context.session
        if session is not None:
            self._user.set_plain(session.user.full_name or session.user.name)

    def _toggle_models(self) -> None:
        self._context.set_models_on(not self._context.are_models_on)

    def _show_models(self) -> None:
        are_on = self._context.are_models_on
        self.models.set_tone("model" if are_on else "neutral", "model" if are_on else "no-entry")
        context = self._context
        self.models.set_dynamic(
            lambda: context.words("Models on") if context.are_models_on else context.words("Models off")
        )

    def set_room(self, width: float) -> None:
        """`width` in design pixels: a narrow bar says less, so that the find field keeps its room."""
        is_narrow = width < NARROW
        is_tight = width < TIGHT
        self._row.set_measures((8, 0, 6, 0) if is_tight else (16, 0, 12, 0), 6 if is_tight else 16)
        self.find.keys.setHidden(is_tight)
        self.offline.set_message(
            N_("Offline") if is_narrow else N_("Offline — nothing leaves this computer")
        )

    def _measure(self) -> None:
        self.setFixedHeight(self._context.theme.shell("topBar"))
        self.find.setMaximumWidth(self._context.theme.px(440))
