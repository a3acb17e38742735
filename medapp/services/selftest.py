"""Does this installation work? Store, search, backup, audit, every model's golden cases, one page drawn.

Everything happens in a temporary folder with invented patients; no clinic is touched.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from medapp import paths
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import audit, backups, demo, records, search
from medapp.services.session import Session

PATIENTS: Final = 20

Draw = Callable[[Session, Path], None]
"""Paints one page of a clinic to a PNG file."""

Clock = Callable[[], datetime]


class WrongAnswer(KnownError):
    """A step ran, and its answer was not the expected one."""

    code = "selftest_failed"
    message = N_("The answer was not the expected one ({what}).")
    advice = N_("Install the program again; if it stays, report this line.")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing tried. `state` is ok, failed or skipped; `why` is the known error or the kind of mistake."""

    name: str
    state: str
    ms: float
    why: KnownError | str | None = None

    def as_document(self) -> dict[str, Any]:
        why = str(self.why) if self.why is not None else None
        return {"name": self.name, "state": self.state, "ms": self.ms, "why": why}


def run(clock: Clock, draw: Draw | None, models_dir: Path | None = None) -> list[Step]:
    """Try everything; a failed step does not keep the others from being tried, where they can be."""
    with tempfile.TemporaryDirectory(prefix="medapp-selftest-", ignore_cleanup_errors=True) as folder:
        directory = Path(folder) / "clinic"
        steps = [_step("store", lambda: _make(directory, clock))]
        if steps[0].state == "ok":
            steps.extend(_in_clinic(directory, Path(folder), clock, draw))
    return [*steps, *_models(models_dir or paths.models_dir())]


def _step(name: str, work: Callable[[], object]) -> Step:
    start = time.perf_counter()
    why: KnownError | str | None = None
    try:
        work()
    except KnownError as error:
        why = error
    except Exception as error:  # noqa: BLE001 - a self-test reports every failure and goes on
        why = type(error).__name__
    return Step(name, "ok" if why is None else "failed", (time.perf_counter() - start) * 1e3, why)


def _make(directory: Path, clock: Clock) -> None:
    made = demo.create_demo(directory, clock=clock, patients=PATIENTS)
    _expect(made.patients == PATIENTS and made.observations > 0, "store")


def _in_clinic(directory: Path, folder: Path, clock: Clock, draw: Draw | None) -> list[Step]:
    session = demo.open_demo(directory, clock=clock)
    try:
        steps = [
            _step("search", lambda: _search(session)),
            _step("record", lambda: _record(session)),
            _step("backup", lambda: backups.backup(session, folder / "copy.medapp")),
            _step("audit", lambda: _expect(audit.verify(session).is_intact, "audit")),
        ]
        steps.append(Step("screen", "skipped", 0.0) if draw is None else _screen(session, folder, draw))
    finally:
        session.close()
    return steps


def _search(session: Session) -> None:
    first = search.search(session, "").patients[0]
    found = search.search(session, first.mrn)
    _expect(first.id in {patient.id for patient in found.patients}, "search")


def _record(session: Session) -> None:
    first = search.search(session, "").patients[0]
    record = records.open_record(session, first.id)
    _expect(len(record.observations) > 0, "record")


def _screen(session: Session, folder: Path, draw: Draw) -> Step:
    picture = folder / "page.png"

    def work() -> None:
        draw(session, picture)
        _expect(picture.read_bytes().startswith(b"\x89PNG"), "screen")

    return _step("screen", work)


def _models(models_dir: Path) -> list[Step]:
    from medapp.assess.index import model_folders

    return [_step(f"model {folder.name}", partial(_conforms, folder)) for folder in model_folders(models_dir)]


def _conforms(folder: Path) -> None:
    from medapp.inference.registry import check_folder

    findings = check_folder(folder)
    _expect(not findings, ", ".join(sorted({finding.check for finding in findings})))


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise WrongAnswer(what=what)
