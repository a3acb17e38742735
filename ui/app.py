"""The desktop door: `medapp` without a command, or `medapp --demo`.

Before the first paint only PySide6, sqlcipher3, json and our own modules are
imported; everything slower is warmed up afterwards.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from medapp import config
from ui.context import Context

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Options(NamedTuple):
    """What the bare command takes."""

    store: Path | None = None
    user: str | None = None
    is_demo: bool = False
    language: str | None = None
    theme: str | None = None


def read_options(arguments: list[str]) -> Options:
    """Read the few options by hand: an argument parser costs more than the window's own modules.

    Raises SystemExit(2) for what is not known.
    """
    found: dict[str, object] = {}
    names = {"--store": "store", "--user": "user", "--lang": "language", "--theme": "theme"}
    rest = list(arguments)
    while rest:
        name, has_value, value = rest.pop(0).partition("=")
        if name == "--demo" and not has_value:
            found["is_demo"] = True
        elif name in names and (has_value or rest):
            found[names[name]] = value if has_value else rest.pop(0)
        else:
            print(f"medapp: unknown option {name}", file=sys.stderr)  # noqa: T201
            raise SystemExit(2)
    if "store" in found:
        found["store"] = Path(str(found["store"]))
    return Options(**found)  # type: ignore[arg-type]


def make_application() -> QApplication:
    """The one QApplication, in Fusion, at the screen's own scale."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Asked for by its option: `setStyle` would hand us the style, whose enums take 4 ms to make.
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("MedApp")
    return application


class QtWords:
    """Qt's own few texts (a menu of a text field) in the language of the window."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._translator = QTranslator()
        context.language_changed.connect(self.load)
        self.load()

    def load(self) -> None:
        """Take the catalogue of the language of the moment."""
        language = self._context.words.language
        QLocale.setDefault(QLocale(language))
        QApplication.removeTranslator(self._translator)
        if language == "en":
            return
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            QApplication.installTranslator(self._translator)


def catch_errors(window: MainWindow) -> None:
    """Show an error that nobody caught inside the window, and log it without patient data."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        window.show_error(error)

    sys.excepthook = show


def store_folder(options: Options, settings: config.Settings) -> Path:
    """The clinic to open: asked for, from the environment, the last one, else the default."""
    named = options.store or os.environ.get("MEDAPP_STORE") or settings.last_store
    if named:
        return Path(named)
    from medapp import paths

    return paths.default_store()


def main(arguments: list[str]) -> int:
    """Open the window; returns the exit code of the program."""
    options = read_options(arguments)
    settings = config.load()
    chosen = {"language": options.language, "theme": options.theme, "last_user": options.user}
    settings = settings._replace(**{name: value for name, value in chosen.items() if value})
    application = make_application()
    context = Context(settings, save=config.save)
    context.apply_theme()
    translator = QtWords(context)
    from ui.main_window import MainWindow

    window = MainWindow(context)
    catch_errors(window)
    window.start(store_folder(options, settings))
    if options.is_demo:
        _demo(window, context)
    window.demo_asked.connect(lambda: _demo(window, context))
    window.show()
    code = application.exec()
    del translator
    return code


def _demo(window: MainWindow, context: Context) -> None:
    from ui.shell.demo import open_demo_in

    open_demo_in(window, context)
