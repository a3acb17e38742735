"""The context of a window that only shows: the look, words and jobs of the first, no way to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from medapp import config
from medapp.i18n import Words
from medapp.services.looking import looking
from ui.context import Context
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.bus import Bus
    from ui.garbage import Collector
    from ui.jobs import Jobs


class LookingContext(Context):
    """Everything is asked of the first context: a language or a theme is switched in both windows at once."""

    is_read_only = True

    def __init__(self, first: Context, window: QObject) -> None:
        """It lives as long as `window`."""
        QObject.__init__(self, window)
        self._first = first
        self._session = looking(first.session) if first.session is not None else None
        self._held = None
        self.window = window
        self.clock = first.clock
        first.language_changed.connect(self.language_changed)
        first.theme_changed.connect(self.theme_changed)
        first.models_changed.connect(self.models_changed)

    @property
    def settings(self) -> config.Settings:  # type: ignore[override]
        return self._first.settings

    @property
    def words(self) -> Words:  # type: ignore[override]
        return self._first.words

    @property
    def theme(self) -> Theme:  # type: ignore[override]
        return self._first.theme

    @property
    def bus(self) -> Bus:  # type: ignore[override]
        return self._first.bus

    @property
    def jobs(self) -> Jobs:  # type: ignore[override]
        return self._first.jobs

    @property
    def collector(self) -> Collector:  # type: ignore[override]
        return self._first.collector

    def close(self) -> None:
        """The window is closed: its session and its models are let go."""
        if self._session is not None:
            self._session.close()
        self.window = self._session = None

    def _remember(self, **changed: Any) -> None:
        """Settings are changed in the first window."""
