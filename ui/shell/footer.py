"""The footer: which program, which models, saved when, demonstration or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from medapp import __version__, paths
from medapp.i18n import N_
from ui.context import Context
from ui.format import format_time
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Icon
from ui.widgets.following import follow
from ui.widgets.layout import Row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from medapp.domain.changes import Changes

TIGHT = 900


def model_set(folder: Path) -> str:
    """The first eight digits of the fingerprint of the released models; empty when there are none."""
    import hashlib  # brings OpenSSL: not for the start

    index = folder / "INDEX.toml"
    return hashlib.sha256(index.read_bytes()).hexdigest()[:8] if index.is_file() else ""


class Footer(QFrame):
    """One quiet line at the foot of the window."""

    help_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("surface", "footer")
        row = self._row = Row(context, (16, 0, 12, 0), 12, self)
        row.addWidget(Text(context, N_("MedApp {version}"), "caption", "text2", version=__version__))
        self._models = Text(context, role="caption", tone="text2")
        row.addWidget(self._models)
        row.addStretch(1)
        self._tick = Icon(context, "check", "ok", 14)
        self._saved = Text(context, role="caption", tone="text")
        self._demo = Text(context, N_("Demonstration data"), "caption", "text")
        for widget in (self._tick, self._saved, self._demo):
            widget.hide()
            row.addWidget(widget)
        link = LinkButton(context, N_("Help (F1)"), small=True, on_click=self.help_asked.emit)
        link.setProperty("scale", "caption")
        row.addWidget(link)
        context.bus.changed.connect(self._on_changed)
        context.later(self._follow_acts)
        context.session_changed.connect(self._on_session)
        context.theme_changed.connect(self._measure)
        self._measure()

    def load_models(self) -> None:
        """Fingerprint the model set off the GUI thread, after the first paint."""
        self._context.jobs.compute(lambda: model_set(paths.models_dir()), self._show_models)

    def set_room(self, width: float) -> None:
        """`width` in design pixels: a narrow line stands closer."""
        is_tight = width < TIGHT
        self._row.set_measures((8, 0, 6, 0) if is_tight else (16, 0, 12, 0), 5 if is_tight else 12)

    def set_demo(self, is_demo: bool) -> None:
        """Say that nobody here is real."""
        self._demo.setVisible(is_demo)

    def _show_models(self, fingerprint: str) -> None:
        if fingerprint:
            digits = f"{fingerprint[:4]} {fingerprint[4:]}"
            self._models.set_message(N_("Model set {digits}"), digits=digits)

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds:
            self._show_saved(self._context.clock())

    def _follow_acts(self) -> None:
        """After the first paint: nothing is written before."""
        acts = self._context.acts
        follow(self, acts.started, lambda: self._tell("save", "text2", N_("Saving…")))
        acts.saved.connect(self._show_saved)
        follow(self, acts.failed, lambda: self._tell("caution", "danger", N_("Not saved")))

    def _show_saved(self, at: datetime) -> None:
        self._tell("check", "ok", N_("Saved {time}"), time=format_time(at))

    def _tell(self, icon: str, tone: str, message: str, **fields: object) -> None:
        self._tick.set_icon(icon, tone)
        self._saved.set_message(message, **fields)
        self._tick.show()
        self._saved.show()

    def _on_session(self) -> None:
        for widget in (self._tick, self._saved):
            widget.hide()

    def _measure(self) -> None:
        self.setFixedHeight(self._context.theme.shell("footer"))
