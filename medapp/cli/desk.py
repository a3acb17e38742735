"""What every command is given: the clinic asked for, the user, and how to answer.

`with_desk` adds the common options after a command's own, so that each command
module says only what is its own.
"""

from __future__ import annotations

import copy
import functools
import getpass
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from medapp import paths
from medapp.cli import output
from medapp.cli.errors import FileUnreadable, PasswordNeeded, PasswordsDiffer
from medapp.i18n import N_, Words
from medapp.services.session import Session, open_clinic


class Language(StrEnum):
    """Languages of the command line."""

    EN = "en"
    ZH_CN = "zh_CN"


def clock() -> datetime:
    """Now, with its zone: the one place where the command line asks the time."""
    return datetime.now(timezone.utc).astimezone()


def models_dir() -> Path:
    """$MEDAPP_MODELS, else the folder that came with the program."""
    named = os.environ.get("MEDAPP_MODELS")
    return Path(named) if named else paths.models_dir()


@dataclass(frozen=True, slots=True)
class Desk:
    """The common options of one call."""

    store: Path | None
    user: str | None
    password_file: Path | None
    as_json: bool
    words: Words

    @property
    def directory(self) -> Path:
        """--store, else $MEDAPP_STORE, else the user's own clinic."""
        named = os.environ.get("MEDAPP_STORE")
        return self.store or (Path(named) if named else paths.default_store())

    @property
    def user_name(self) -> str | None:
        """--user, else $MEDAPP_USER, else None: the only user."""
        return self.user or os.environ.get("MEDAPP_USER") or None

    def password(self, prompt: str, *, is_new: bool = False) -> str:
        """From --password-file, $MEDAPP_PASSWORD or the keyboard, which does not show it.

        A new one is typed twice. Raises PasswordNeeded where nobody can type,
        PasswordsDiffer, FileUnreadable.
        """
        return _password(
            self.password_file, "MEDAPP_PASSWORD", prompt, self.words("Once more:") if is_new else None
        )

    def new_password(self, file: Path | None) -> str:
        """A second password, beside the one that opens the clinic; errors as in `password`."""
        words = self.words
        return _password(file, "MEDAPP_NEW_PASSWORD", words("New password:"), words("Once more:"))

    @contextmanager
    def session(self, password: str | None = None) -> Iterator[Session]:
        """The clinic, unlocked (with a password at hand, or asked for); closed again whatever happens."""
        given = self.password(self.words("Password:")) if password is None else password
        session = open_clinic(self.directory, self.user_name, given, clock=clock, models_dir=models_dir())
        try:
            yield session
        finally:
            session.close()

    def answer(self, document: Mapping[str, Any], show: Callable[[], None]) -> None:
        """The document with --json, else what `show` prints for a reader."""
        if self.as_json:
            output.write_document(document)
        else:
            show()


def _password(file: Path | None, variable: str, prompt: str, again: str | None) -> str:
    if file is not None:
        return _first_line(file)
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise PasswordNeeded()
    typed = getpass.getpass(f"{prompt} ")
    if again is not None and getpass.getpass(f"{again} ") != typed:
        raise PasswordsDiffer()
    return typed


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(path=path.name, why=type(error).__name__) from error
    return lines[0] if lines else ""


def _common(
    store: Annotated[
        Path | None, typer.Option("--store", help=N_("Folder of the clinic (or $MEDAPP_STORE)."))
    ] = None,
    user: Annotated[str | None, typer.Option("--user", help=N_("User name (or $MEDAPP_USER)."))] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file", help=N_("File whose first line is the password (or $MEDAPP_PASSWORD).")
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Answer with a JSON document."))] = False,
    lang: Annotated[
        Language, typer.Option("--lang", help=N_("Language of the answer."), show_default=False)
    ] = Language.EN,
) -> None:
    """The options that every command takes; read for their signature only."""


def with_desk(function: Callable[..., int | None], words: Words) -> Callable[..., None]:
    """A typer command: `function(desk, ...)` with the common options after its own.

    Its help texts are translated; its number is the exit status.
    """
    own = inspect.signature(function, eval_str=True).parameters
    common = inspect.signature(_common, eval_str=True).parameters

    @functools.wraps(function)
    def command(**given: Any) -> None:
        asked = {name: given.pop(name) for name in common}
        asked.pop("lang")
        raise typer.Exit(function(Desk(**asked, words=words), **given) or 0)

    parameters = [*list(own.values())[1:], *common.values()]
    command.__signature__ = inspect.Signature([_translated(item, words) for item in parameters])  # type: ignore[attr-defined]
    command.__annotations__ = {}
    command.__doc__ = None
    del command.__wrapped__
    return command


def _translated(parameter: inspect.Parameter, words: Words) -> inspect.Parameter:
    kind, *notes = get_args(parameter.annotation)
    told = [copy.copy(note) for note in notes]
    for note in told:
        if note.help:
            note.help = words(note.help)
    keyword_only = inspect.Parameter.KEYWORD_ONLY
    return parameter.replace(annotation=Annotated[(kind, *told)], kind=keyword_only)
