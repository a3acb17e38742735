"""One user's settings on this computer: how the window looks and which clinic was open last.

A small JSON file outside the store, because it is needed before the store is
unlocked; it therefore never holds anything about a patient.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

THEMES: Final = ("system", "light", "dark")
DENSITIES: Final = ("compact", "standard", "comfortable")
ZOOM_RANGE: Final = (80, 200)
"""Percent of the normal type size."""


class Settings(NamedTuple):
    """What is remembered between two starts; `last_store` is a folder.

    A tuple, as everything that the first paint waits for: a data class takes four times as long to make.
    """

    theme: str = "light"
    language: str = "en"
    zoom: int = 100
    density: str = "standard"
    last_store: str | None = None
    last_user: str | None = None
    are_models_on: bool = True
    left_open: str | None = None
    """The clinic that is open now; still there at a start, the program ended before it was closed."""


def settings_path() -> Path:
    """$MEDAPP_SETTINGS, else the platform's place for a user's settings.

    Not asked of platformdirs: this runs before the first paint, where that
    import costs more than these lines.
    """
    named = os.environ.get("MEDAPP_SETTINGS")
    if named:
        return Path(named)
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    return folder / "MedApp" / "settings.json"


def load(path: Path | None = None) -> Settings:
    """The settings; whatever is absent, unreadable or out of range is the default.

    A damaged file must not keep a doctor out, and nothing in it is worth an error.
    """
    try:
        document = json.loads((path or settings_path()).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(document, dict):
        return Settings()
    fitting = {name: value for name, value in document.items() if name in _FITS and _FITS[name](value)}
    return Settings(**fitting)


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings so that a crash leaves the old file or the new one. Raises OSError."""
    target = path or settings_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(settings._asdict(), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


_FITS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "theme": lambda value: value in THEMES,
    "language": lambda value: isinstance(value, str) and value in ("en", "zh_CN"),
    "zoom": lambda value: type(value) is int and ZOOM_RANGE[0] <= value <= ZOOM_RANGE[1],
    "density": lambda value: value in DENSITIES,
    "last_store": _is_text,
    "last_user": _is_text,
    "are_models_on": lambda value: isinstance(value, bool),
    "left_open": _is_text,
}
