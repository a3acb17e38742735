"""What it takes to learn an input in this clinic: minutes, cost, and whether it is done here.

The program brings a table to start from; a file `tests.toml` in the clinic's folder
replaces it. It holds no patient's data and is read anew each time, so that a clinic
edits it with any text editor.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from medapp import paths
from medapp.domain.datatypes import LocalText
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services.session import Session

FILE: Final = "tests.toml"
_KEYS: Final = frozenset({"title", "inputs", "minutes", "cost", "here"})


class TestsUnreadable(KnownError):
    """The clinic's own table cannot be used."""

    __test__ = False  # no test class of pytest's
    code = "tests_unreadable"
    message = N_("The clinic's own tests.toml cannot be used: {where}.")
    advice = N_("Correct the file in the clinic's folder, or remove it: then the program's table is used.")


@dataclass(frozen=True, slots=True)
class ClinicTest:
    """One order: how long until its answer, what it costs (None: not known), and where it is done."""

    title: LocalText
    minutes: int | None
    cost: float | None
    is_here: bool
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ClinicTests:
    """The test of each input; `problem` says why the clinic's own table was not used."""

    by_input: Mapping[str, ClinicTest]
    problem: KnownError | None = None


def clinic_tests_of(session: Session) -> ClinicTests:
    """The clinic's own table, else the program's, with the reason when the own one is broken."""
    own = session.directory / FILE
    try:
        if own.is_file():
            return ClinicTests(read_tests(own))
    except TestsUnreadable as error:
        return ClinicTests(read_tests(paths.knowledge_dir() / FILE), error)
    return ClinicTests(read_tests(paths.knowledge_dir() / FILE))


def read_tests(path: Path) -> dict[str, ClinicTest]:
    """Inputs and their tests. Raises TestsUnreadable, which names the line or the entry.

    An input may be any name: a model of the clinic's own has its own names.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # TOML and UTF-8 errors are ValueErrors
        raise TestsUnreadable(where=str(error)) from error
    currency, rows = table.get("currency", ""), table.get("tests")
    if table.get("schema") != 1 or not isinstance(currency, str) or not isinstance(rows, list):
        raise TestsUnreadable(where="schema, currency, tests")
    found: dict[str, ClinicTest] = {}
    for number, row in enumerate(rows, start=1):
        test, inputs = _row(row, f"tests {number}", currency)
        for name in inputs:
            found.setdefault(name, test)
    return found


def _row(row: Any, where: str, currency: str) -> tuple[ClinicTest, list[str]]:
    if not isinstance(row, dict) or not set(row) <= _KEYS:
        raise TestsUnreadable(where=where)
    title, inputs, here = _texts(row.get("title")), _texts(row.get("inputs")), row.get("here")
    minutes, cost = row.get("minutes"), row.get("cost")
    amounts = all(one is None or _is_amount(one) for one in (minutes, cost))
    if title is None or len(title) != 2 or inputs is None or not isinstance(here, bool) or not amounts:
        raise TestsUnreadable(where=where)
    whole = None if minutes is None else round(minutes)
    return ClinicTest(LocalText(title[0], title[1]), whole, cost, here, currency), inputs


def _texts(value: Any) -> list[str] | None:
    is_right = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    return value if is_right else None


def _is_amount(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9
