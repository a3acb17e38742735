"""Where the program's own files lie, in a checkout, a wheel and a frozen program alike.

`models/` and `resources/` are placed in `medapp/_bundled/` by the wheel and the
spec; that folder is used if it exists, else the checkout's root.
"""

from __future__ import annotations

from pathlib import Path


def bundled_root() -> Path:
    """The folder that holds `models/` and `resources/`."""
    package = Path(__file__).resolve().parent
    bundled = package / "_bundled"
    return bundled if bundled.is_dir() else package.parent


def models_dir() -> Path:
    """The bundled model folders and their `INDEX.toml`."""
    return bundled_root() / "models"


def resources_dir() -> Path:
    """Icons, fonts, translations and dated knowledge tables."""
    return bundled_root() / "resources"


def knowledge_dir() -> Path:
    """The dated tables of facts, each with its SOURCE.toml."""
    return resources_dir() / "knowledge"


def default_store() -> Path:
    """Where a clinic lies when no `--store` and no $MEDAPP_STORE is given."""
    import platformdirs  # 3 ms; not needed when a store is named

    return Path(platformdirs.user_data_dir("MedApp", appauthor=False)) / "clinic"
