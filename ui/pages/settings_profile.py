"""Settings: which settings' models are offered on a patient's page; an administrator's choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from medapp.services import profile
from ui.context import Context
from ui.widgets import Card, Column, Line, Row, Segmented, Text

if TYPE_CHECKING:
    from medapp.domain.changes import Changes
    from medapp.services.session import Session


class OfferedModels(Card):
    """One row for each setting: offered on a patient's page, or asked only by name."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Models offered in this clinic"), icon="model", gap=12, parent=parent)
        self._context = context
        self._chosen: tuple[str, ...] = ()
        self.choices: dict[str, Segmented] = {}
        for name, title in profile.TITLES.items():
            self._add(name, title)
        note = N_("Only an administrator changes this. A draft is never offered.")
        self.body.addWidget(Text(context, note, "small", "text2", wrap=True))
        context.session_changed.connect(self.load)
        self.load()

    def _add(self, name: str, title: str) -> None:
        context = self._context
        options = (("on", N_("Offered")), ("off", N_("By name only")))
        choice = Segmented(context, options, "off", name=title)
        choice.chosen.connect(partial(self._choose, name))
        self.choices[name] = choice
        if self.body.count():
            self.body.addWidget(Line())
        row = Row(context, 0, 16)
        texts = Column(context, 0, 0)
        texts.addWidget(Text(context, title, "strong"))
        texts.addWidget(Text(context, profile.MEANINGS[name], "small", "text2", wrap=True))
        row.addLayout(texts, 1)
        row.addWidget(choice)
        self.body.addLayout(row)

    def load(self) -> None:
        """Read what is enabled in the clinic that is open."""
        session = self._context.session
        self.setEnabled(session is not None and profile.may_enable(session))
        if session is not None:
            self._context.jobs.store(partial(profile.enabled, session), self._show)

    def _show(self, chosen: tuple[str, ...]) -> None:
        self._chosen = chosen
        for name, choice in self.choices.items():
            choice.set_current("on" if name in chosen else "off")

    def _choose(self, name: str, state: str) -> None:
        session = self._context.session
        if session is None or (name in self._chosen) == (state == "on"):
            return
        wanted = {*self._chosen, name} if state == "on" else {*self._chosen} - {name}
        self._context.jobs.store(partial(_enable, session, wanted), self._changed, self._failed)

    def _changed(self, answer: tuple[Changes, tuple[str, ...]]) -> None:
        changes, chosen = answer
        self._show(chosen)
        self._context.bus.changed.emit(changes)

    def _failed(self, error: BaseException) -> None:
        self._show(self._chosen)
        if self._context.window is not None:
            self._context.window.show_error(error)


def _enable(session: Session, wanted: set[str]) -> tuple[Changes, tuple[str, ...]]:
    return profile.enable(session, wanted), profile.enabled(session)
