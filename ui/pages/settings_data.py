"""Settings: which program, models and tables of knowledge this computer has, with their versions."""

from __future__ import annotations

import platform
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import qVersion

from medapp import __version__, paths
from medapp.i18n import N_
from medapp.terminology.sources import KnowledgeSource, knowledge_sources
from ui.context import Context
from ui.pages.settings_rows import SettingCard
from ui.shell.footer import model_set
from ui.widgets import Button, Text

if TYPE_CHECKING:
    from medapp.services.session import Session


class Held(NamedTuple):
    """Fingerprint of the released models, their count, and the tables of knowledge."""

    digits: str
    models: int
    tables: tuple[KnowledgeSource, ...]


def _read(session: Session) -> Held:
    tables = tuple(knowledge_sources().values())
    return Held(model_set(paths.models_dir()), len(session.registry.ids()), tables)


class DataVersions(SettingCard):
    """What stands behind the numbers; read once for each clinic opened."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, N_("Data and versions"), icon="info")
        versions = N_("MedApp {version} · Python {python} · Qt {qt}")
        self.body.addWidget(Text(
            context, versions, "body", wrap=True, version=__version__, python=platform.python_version(),
            qt=qVersion(),
        ))
        self.models = Text(context, N_("Reading …"), "body", wrap=True)
        self.body.addWidget(self.models)
        self.tables = Text(context, "", "small", "text2", wrap=True)
        self.body.addWidget(self.tables)
        keys = Button(context, N_("Keys"), icon="keyboard", on_click=lambda: context.window.show_help())
        label = Button(context, N_("Label and versions"), icon="info",
                       on_click=lambda: context.window.show_label())
        self.buttons(keys, label)
        context.session_changed.connect(self.load)
        self.load()

    def load(self) -> None:
        """Read the fingerprints on the store thread: the registry belongs to the session."""
        session = self._context.session
        if session is not None:
            self._context.jobs.store(partial(_read, session), self._show, self._fail)

    def _show(self, held: Held) -> None:
        digits = f"{held.digits[:4]} {held.digits[4:]}" if held.digits else self._context.words("none")
        self.models.set_message(N_("Model set {digits}: {n} models and scores"), digits=digits, n=held.models)
        lines = [f"{one.title} · {one.version} · {one.date}" for one in held.tables]
        self.tables.set_plain("\n".join(lines))

    def _fail(self, error: BaseException) -> None:
        self.models.set_message(N_("The models could not be read."))
        self.tables.set_plain("")
