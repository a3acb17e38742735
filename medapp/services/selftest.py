"""Does this installation work? Its files, store, import, search, backup, audit, models, one page drawn.

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
from medapp.i18n import LANGUAGES, N_, Words
from medapp.services import audit, backups, demo, records, search
from medapp.services.session import Session

PATIENTS: Final = 20
BUNDLE: Final = """{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {
    "resourceType": "Patient", "id": "selftest", "gender": "female", "birthDate": "1970-01-01",
    "name": [{"family": "Selftest", "given": ["Ada"]}],
    "identifier": [{"type": {"coding": [{"code": "MR"}]}, "system": "urn:medapp:selftest", "value": "ST-1"}]
    }}]}"""

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
        steps = [_step("files", _files), _step("store", lambda: _make(directory, clock))]
        if steps[-1].state == "ok":
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


def _files() -> None:
    """Both languages, the tables of facts, and every model folder that was released."""
    from medapp.assess.index import model_folders, read_index
    from medapp.terminology.sources import knowledge_sources

    for language in LANGUAGES[1:]:
        _expect(Words(language)(WrongAnswer.message) != WrongAnswer.message, language)
    _expect(len(knowledge_sources()) > 0, "knowledge")
    here = {folder.name for folder in model_folders(paths.models_dir())}
    released = set(read_index(paths.models_dir()))
    _expect(len(released) > 0 and released <= here, ", ".join(["models", *sorted(released - here)]))


def _make(directory: Path, clock: Clock) -> None:
    made = demo.create_demo(directory, clock=clock, patients=PATIENTS)
    _expect(made.patients == PATIENTS and made.observations > 0, "store")


def _in_clinic(directory: Path, folder: Path, clock: Clock, draw: Draw | None) -> list[Step]:
    session = demo.open_demo(directory, clock=clock)
    try:
        steps = [
            _step("search", lambda: _search(session)),
            _step("record", lambda: _record(session)),
            _step("import", lambda: _import(session, folder)),
            _step("chart", _chart),
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
    """A demo clinic has some who were never measured; one with results is opened as well."""
    for patient in search.search(session, "").patients:
        if records.open_record(session, patient.id).observations:
            return
    raise WrongAnswer(what="record")


def _import(session: Session, folder: Path) -> None:
    from medapp.services.imports import import_paths

    path = folder / "bundle.json"
    path.write_text(BUNDLE, "utf-8")
    (report,) = import_paths(session, [path]).files
    _expect(report.counts.added == 1 and search.count(session, "ST-1") == 1, "import")


def _chart() -> None:
    from medapp.figures.image import png
    from medapp.figures.series import DAY, Trend, TrendPoint
    from medapp.figures.style import ChartStyle
    from medapp.figures.trend import draw_trend

    points = tuple(TrendPoint(day * DAY, 80.0 + day, f"{80 + day}") for day in range(8))
    picture = png(draw_trend(Trend(points, 0, 8 * DAY), ChartStyle(), 640, 240).figure)
    _expect(picture.startswith(b"\x89PNG"), "chart")


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
