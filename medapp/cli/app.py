"""The commands, and what happens when one fails."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import Final

import typer

from medapp import __version__
from medapp.cli.errors import ProgramFault, UsageWrong
from medapp.cli.journal import note_failure
from medapp.cli.language import language_of
from medapp.cli.output import write_failure
from medapp.errors import KnownError
from medapp.i18n import N_, Words

COMMANDS: Final = {
    "init": "init",
    "demo": "demo",
    "import": "import_",
    "search": "search",
    "assess": "assess",
    "calc": "calc",
    "model": "model",
    "profile": "profile",
    "user": "user",
    "audit": "audit",
    "backup": "backup",
    "restore": "restore",
    "selftest": "selftest",
}
"""Command -> module of this package; only the one asked for is imported."""

INTERRUPTED: Final = 130
"""Exit status of a command that was stopped by Ctrl C: 128 and the signal's number."""


def build(command: str | None, words: Words) -> typer.Typer:
    """The typer application with one command, or with all of them for the help."""
    app = typer.Typer(
        name="medapp",
        help=words(N_("Decision support for doctors, offline. Without a command the window opens.")),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_version_option)
    for name in [command] if command else COMMANDS:
        importlib.import_module(f"medapp.cli.{COMMANDS[name]}").add_to(app, words)
    return app


def _print_version(is_asked: bool) -> None:
    if is_asked:
        print(__version__)
        raise typer.Exit()


def _version_option(
    version: bool = typer.Option(False, "--version", is_eager=True, callback=_print_version),
    lang: str = typer.Option("en", "--lang", hidden=True),  # read beforehand; here for `medapp --help`
) -> None:
    """Options that stand before a command; all others stand after it."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; a known error becomes a sentence or a failure document, exit status 1.

    Usage errors exit with 2. A mistake of the program is logged without patient data.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    words = Words(language_of(arguments))
    as_json = "--json" in arguments or any(word.endswith(".jsonl") for word in arguments)
    command = arguments[0] if arguments and arguments[0] in COMMANDS else None
    try:
        build(command, words)(list(arguments), prog_name="medapp")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if status == 2 and as_json:
            write_failure(UsageWrong(), words, as_json)
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the outermost door: told, logged, never shown raw
        note_failure(arguments, command or "", error, words)
        known = error if isinstance(error, KnownError) else ProgramFault(kind=type(error).__name__)
        write_failure(known, words, as_json)
        return 1
    return 0
