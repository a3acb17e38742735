"""Loading what the first patient will need, after the first paint and off the GUI thread."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from medapp.i18n import Words

MODULES: Final = (
    "ui.pages.patient",
    "numpy",
    "onnxruntime",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
)


def warm_up() -> tuple[str, ...]:
    """Import the slow libraries; those that cannot be had are named when they are needed."""
    loaded = []
    for name in MODULES:
        try:
            import_module(name)
        except ImportError:
            continue
        loaded.append(name)
    from medapp.terminology import terms

    terms.named("", Words())  # its table is parsed once: not while a patient is being shown
    return tuple(loaded)
