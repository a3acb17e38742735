"""Settings: language, look, text size, density, models. All take effect at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.pages.settings_profile import OfferedModels
from ui.widgets import Button, Card, Column, Line, Row, Segmented, Text, scrolling

ZOOMS = ((80, "80%"), (100, "100%"), (125, "125%"), (150, "150%"), (200, "200%"))


class SettingsPage(QWidget):
    """One row for each setting: name and meaning left, choice right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        outer = Column(context, (16, 14, 16, 14), 12, self)
        inner = QWidget()
        outer.addWidget(scrolling(inner))
        row = Row(context, 0, 0, inner)
        column = Column(context, 0, 12)
        row.addLayout(column, 4)
        row.addStretch(1)
        self._make_choices()
        column.addWidget(self._build_look())
        column.addWidget(self._build_work())
        column.addWidget(OfferedModels(context))
        column.addWidget(self._build_about())
        column.addStretch(1)
        context.language_changed.connect(self._follow)
        context.theme_changed.connect(self._follow)
        context.models_changed.connect(self._follow)

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
        look = Card(self._context, N_("How it looks"), icon="monitor", gap=12)
        self._add(look, N_("Language"), N_("Takes effect at once, also in what is open."), self.language)
        self._add(look, N_("Theme"), N_("The system’s own choice can be followed."), self.theme)
        self._add(look, N_("Text size"), N_("Ctrl + and Ctrl − do the same; Ctrl 0 is 100%."), self.zoom)
        self._add(look, N_("Row height"), N_("How close lists and fields stand."), self.density)
        return look

    def _build_work(self) -> Card:
        work = Card(self._context, N_("How it works"), icon="model", gap=12)
        text = N_("Off: nothing is computed. Records, search and import work as before.")
        self._add(work, N_("Models"), text, self.models)
        return work

    def _build_about(self) -> Card:
        context = self._context
        about = Card(context, N_("About"), icon="info", gap=12)
        buttons = Row(context, 0, 8)
        keys = Button(context, N_("Keys"), icon="keyboard")
        keys.clicked.connect(lambda: context.window.show_help())
        label = Button(context, N_("Label and versions"), icon="info")
        label.clicked.connect(lambda: context.window.show_label())
        for button in (keys, label):
            buttons.addWidget(button)
        buttons.addStretch(1)
        about.body.addLayout(buttons)
        return about

    def _add(self, card: Card, title: str, meaning: str, choice: Segmented) -> None:
        if card.body.count():
            card.body.addWidget(Line())
        row = Row(self._context, 0, 16)
        texts = Column(self._context, 0, 0)
        texts.addWidget(Text(self._context, title, "strong"))
        texts.addWidget(Text(self._context, meaning, "small", "text2", wrap=True))
        row.addLayout(texts, 1)
        row.addWidget(choice)
        card.body.addLayout(row)

    @property
    def is_ready(self) -> bool:
        """Always: nothing is loaded."""
        return True

    def focus_first(self) -> None:
        """The first choice."""
        self.language.button(self._context.words.language).setFocus()

    def _follow(self) -> None:
        settings = self._context.settings
        self.language.set_current(settings.language)
        self.theme.set_current(settings.theme)
        self.density.set_current(settings.density)
        self.models.set_current("on" if settings.are_models_on else "off")
        if any(at == settings.zoom for at, _ in ZOOMS):
            self.zoom.set_current(str(settings.zoom))
