"""Settings: look, models, users, backups, versions. All take effect at once; a field on top finds them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.commands import Command
from ui.context import Context
from ui.pages.settings_backup import Backups
from ui.pages.settings_critical import CriticalValues
from ui.pages.settings_data import DataVersions
from ui.pages.settings_profile import OfferedModels
from ui.pages.settings_rows import SettingCard, fits
from ui.pages.settings_sample import Sample
from ui.pages.settings_users import Users
from ui.widgets import Card, Column, Row, SearchField, Segmented, Text, follow, scrolling

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

ZOOMS: Final = ((80, "80%"), (100, "100%"), (125, "125%"), (150, "150%"), (200, "200%"))
SIDE: Final = 300
SIDE_FROM: Final = 1080
"""Design pixels from which the preview stands beside the choices; below it is above them."""


class SettingsPage(QWidget):
    """One row for each setting: name and meaning left, choice right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        outer = Column(context, (16, 14, 16, 14), 12, self)
        self.find = SearchField(context, N_("Find a setting"))
        self.find.typed.connect(self._filter)
        self.find.escaped.connect(self.find.line.clear)
        self.find.accepted.connect(self._enter)
        self.find.moved.connect(lambda _step: self._enter())
        outer.addWidget(self.find)
        inner = QWidget()
        self._area = scrolling(inner)
        outer.addWidget(self._area, 1)
        self._row = Row(context, 0, 12, inner)
        column = Column(context, 0, 12)
        self._row.addLayout(column, 1)
        self._make_choices()
        self.sample = Sample(context)
        self.users, self.backups = Users(context), Backups(context)
        self.cards: list[Card] = [
            self._build_look(), self._build_work(), OfferedModels(context), CriticalValues(context),
            self.users, self.backups, DataVersions(context),
        ]
        self._column = column
        for card in self.cards:
            column.addWidget(card)
        self.nothing = Text(context, N_("No setting has these words."), "body", "text2")
        self.nothing.hide()
        column.addWidget(self.nothing)
        column.addStretch(1)
        self._is_beside: bool | None = None
        self._place_sample()
        context.language_changed.connect(self._follow)
        context.theme_changed.connect(self._follow)
        context.models_changed.connect(self._follow)
        follow(self.find, context.language_changed, lambda: self._filter(self.find.text()))
        context.theme_changed.connect(self._place_sample)

    def _make_choices(self) -> None:
        context, settings = self._context, self._context.settings
        languages = (("en", N_("English")), ("zh_CN", N_("中文")))
        self.language = Segmented(context, languages, settings.language, name=N_("Language"))
        self.language.chosen.connect(context.set_language)
        themes = (("light", N_("Light")), ("dark", N_("Dark")), ("system", N_("As the system")))
        self.theme = Segmented(context, themes, settings.theme, name=N_("Theme"))
        self.theme.chosen.connect(context.set_theme)
        zoom = next((str(at) for at, _ in ZOOMS if at == settings.zoom), "")
        zooms = [(str(at), text) for at, text in ZOOMS]
        self.zoom = Segmented(context, zooms, zoom, name=N_("Text size"))
        self.zoom.chosen.connect(lambda percent: context.set_zoom(int(percent)))
        heights = (
            ("compact", N_("Compact")),
            ("standard", N_("Standard")),
            ("comfortable", N_("Comfortable")),
        )
        self.density = Segmented(context, heights, settings.density, name=N_("Row height"))
        self.density.chosen.connect(context.set_density)
        state = "on" if settings.are_models_on else "off"
        self.models = Segmented(context, (("on", N_("On")), ("off", N_("Off"))), state, name=N_("Models"))
        self.models.chosen.connect(lambda chosen: context.set_models_on(chosen == "on"))

    def _build_look(self) -> Card:
        look = SettingCard(self._context, N_("How it looks"), icon="monitor")
        look.add(N_("Language"), N_("Takes effect at once, also in what is open."), self.language)
        look.add(N_("Theme"), N_("The system’s own choice can be followed."), self.theme)
        look.add(N_("Text size"), N_("Ctrl + and Ctrl − do the same; Ctrl 0 is 100%."), self.zoom)
        look.add(N_("Row height"), N_("How close lists and fields stand."), self.density)
        return look

    def _build_work(self) -> Card:
        work = SettingCard(self._context, N_("How it works"), icon="model")
        text = N_("Off: nothing is computed. Records, search and import work as before.")
        work.add(N_("Models"), text, self.models)
        return work

    @property
    def is_ready(self) -> bool:
        """What is read arrives by jobs, which the window waits for itself."""
        return True

    def commands(self) -> Sequence[Command]:
        """The parts of the page, and what is done here most."""
        users, backups = self.users, self.backups
        found = [
            Command(N_("Change my passphrase…"), users.ask_passphrase, "lock"),
            Command(N_("Back up now"), backups.back_up, "save"),
            Command(N_("Check a backup…"), backups.check_file, "ok"),
        ]
        if users.may_change:
            found += [
                Command(N_("Add a user…"), users.ask_new, "plus"),
                Command(N_("Renew the recovery code…"), users.ask_code, "key"),
            ]
        titles = [card.header.title for card in self.cards if card.header is not None]
        return [*found, *(
            Command(title.text(), partial(self.look_for, title.text()), "settings", is_plain=True)
            for title in titles
        )]

    def look_for(self, words: str) -> None:
        """Show what has these words."""
        self.find.line.setText(words)
        self.find.take_focus()

    def focus_first(self) -> None:
        """The field that finds a setting."""
        self.find.take_focus()

    def _filter(self, typed: str) -> None:
        shown = [fits(card, typed) for card in self.cards]
        self.nothing.setVisible(not any(shown))

    def _enter(self) -> None:
        """From the field to the first thing to press below it."""
        from ui.shell.regions import first_focusable

        first = first_focusable(self._area)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(first)

    def _follow(self) -> None:
        settings = self._context.settings
        self.language.set_current(settings.language)
        self.theme.set_current(settings.theme)
        self.density.set_current(settings.density)
        self.models.set_current("on" if settings.are_models_on else "off")
        if any(at == settings.zoom for at, _ in ZOOMS):
            self.zoom.set_current(str(settings.zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_sample()

    def _place_sample(self) -> None:
        px = self._context.theme.px
        is_beside = self.width() >= px(SIDE_FROM)
        self.sample.setFixedWidth(px(SIDE)) if is_beside else self.sample.setMaximumWidth(16_777_215)
        if not is_beside:
            self.sample.setMinimumWidth(0)
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        if is_beside:
            self._column.removeWidget(self.sample)
            self._row.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._row.removeWidget(self.sample)
            self._column.insertWidget(1, self.sample)
