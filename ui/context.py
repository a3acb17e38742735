"""What every page is given: the session, the words, the look, the settings, the way to work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from medapp import config
from medapp.i18n import Words
from ui.bus import Bus
from ui.garbage import Collector
from ui.jobs import Jobs
from ui.theme import Contrast, Density, Mode, Theme
from ui.theme.dressing import dress

if TYPE_CHECKING:
    from medapp.services.session import Session
    from ui.acts import Acts
    from ui.presence import Presence

SAVE_AFTER_MS: Final = 400


def now() -> datetime:
    """The wall clock, aware."""
    return datetime.now().astimezone()


class Context(QObject):
    """The one object handed down the window.

    Signals are sent after the attribute has its new value. Widgets read
    `context.theme` and `context.words` when they need them and keep neither.
    """

    language_changed = Signal()
    theme_changed = Signal()
    session_changed = Signal()
    models_changed = Signal(bool)

    is_read_only = False
    """Whether the window only shows: what would write is then absent (`ui.looking`)."""

    def __init__(
        self,
        settings: config.Settings | None = None,
        *,
        clock: Callable[[], datetime] = now,
        save: Callable[[config.Settings], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings or config.Settings()
        self.clock = clock
        self.words = Words(self.settings.language)
        self.bus = Bus(self)
        self.collector = Collector(self)
        self.jobs = Jobs(self)
        self._contrast = Contrast.NORMAL
        self._held: list[Callable[[], object]] | None = None
        self.theme = self._make_theme()
        self.window: Any = None  # the MainWindow, once there is one
        self._session: Session | None = None
        self._save = save
        self._save_later = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_later.timeout.connect(self.flush)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @cached_property
    def acts(self) -> Acts:
        """Writing; loaded with the first thing written."""
        from ui.acts import Acts

        return Acts(self)

    @cached_property
    def presence(self) -> Presence:
        """Whether somebody is there, and knows whose record is open."""
        from ui.presence import Presence

        return Presence(self)

    @property
    def session(self) -> Session | None:
        return self._session

    @session.setter
    def session(self, session: Session | None) -> None:
        self._session = session
        self.session_changed.emit()

    def hold(self) -> None:
        """From here on `later` waits for `release`: a window is about to be painted first."""
        if self._held is None:
            self._held = []

    def later(self, act: Callable[[], object]) -> None:
        """Do what the first paint need not wait for: after it, or at once when it is past."""
        if self._held is None:
            act()
        else:
            self._held.append(act)

    def release(self) -> None:
        """The first paint is done: everything that waited for it."""
        held, self._held = self._held or [], None
        for act in held:
            act()

    def look_at_contrast(self) -> None:
        """Follow the desktop's wish; not before the first paint, for it comes as an enum of `Qt`."""
        contrast = _contrast()
        if contrast is not self._contrast:
            self._contrast = contrast
            self._apply_theme()

    @property
    def are_models_on(self) -> bool:
        return self.settings.are_models_on

    def set_language(self, language: str) -> None:
        """Switch every text without a restart."""
        if language == self.words.language:
            return
        self._remember(language=language)
        self.speak(Words(language))

    def speak(self, words: Words) -> None:
        """Show every text in other words, without remembering it; the tests' pseudo-language comes here."""
        self.words = words
        self._apply_theme()
        self.language_changed.emit()

    def set_theme(self, mode: str) -> None:
        """light, dark or system."""
        self._remember(theme=mode)
        self._apply_theme()

    def set_zoom(self, percent: int) -> None:
        """Text size in percent, kept within 80 to 200."""
        low, high = config.ZOOM_RANGE
        self._remember(zoom=max(low, min(high, percent)))
        self._apply_theme()

    def set_density(self, density: str) -> None:
        """compact, standard or comfortable."""
        self._remember(density=density)
        self._apply_theme()

    def set_models_on(self, are_on: bool) -> None:
        """Models on or off; the program is whole without them."""
        if are_on == self.are_models_on:
            return
        self._remember(are_models_on=are_on)
        self.models_changed.emit(are_on)

    def remember_open(self, folder: str | None) -> None:
        """Which clinic is open, on the disk at once: nobody says it after a crash."""
        self._remember(left_open=folder)
        self.flush()

    def remember_store(self, folder: str, user: str) -> None:
        """What to offer at the next start."""
        self._remember(last_store=folder, last_user=user)

    def apply_theme(self) -> None:
        """Put the current theme on the application, as at the start."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme = self.theme
            dress(application, theme.palette(), theme.font(), theme.stylesheet())

    def flush(self) -> None:
        """Write the settings now; a disk that refuses is no reason to stop a doctor."""
        self._save_later.stop()
        if self._save is not None:
            try:
                self._save(self.settings)
            except OSError:
                self._save = None

    def _remember(self, **changed: Any) -> None:
        self.settings = self.settings._replace(**changed)
        if self._save is not None:
            self._save_later.start()

    def _make_theme(self) -> Theme:
        hints = QGuiApplication.styleHints()
        mode = Mode(self.settings.theme)
        if mode is Mode.SYSTEM:
            from PySide6.QtCore import Qt

            dark = hints.colorScheme() is Qt.ColorScheme.Dark
            mode = Mode.DARK if dark else Mode.LIGHT
        return Theme(
            mode,
            self.settings.zoom / 100,
            density=Density(self.settings.density),
            cjk=self.words.language == "zh_CN",
            contrast=self._contrast,
        )

    def _apply_theme(self) -> None:
        self.theme = self._make_theme()
        self.apply_theme()
        self.theme_changed.emit()

    def _follow_system(self) -> None:
        if self.settings.theme == Mode.SYSTEM:
            self._apply_theme()


def _contrast() -> Contrast:
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and newer
    if accessibility is None:
        return Contrast.NORMAL
    from PySide6.QtCore import Qt

    preference = accessibility().contrastPreference()
    return Contrast.HIGH if preference is Qt.ContrastPreference.HighContrast else Contrast.NORMAL
