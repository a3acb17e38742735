"""Every page of the real window as a picture: `python -m ui.screens OUT`.

The window is opened off screen on a demo clinic (or `--store DIR`, a demo clinic
too), taken to each scene, waited for until the page says that it is ready, and
painted into PNG files. Used where there is no display, by the self test and to
look at what was built.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from medapp.services.session import Session
    from ui.context import Context
    from ui.main_window import MainWindow

PATIENCE_S: Final = 60.0
SIZE: Final = (1366, 768)
LOOKED_AT: Final = 300
"""Patients among whom the one with the fullest record is taken."""

ASSESSED: Final = 25
"""Of those, how many are tried for an assessment that asks for review."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window worth a picture."""

    name: str
    show: Callable[[MainWindow, int], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture."""

    path: Path
    seconds: float


def scenes() -> tuple[Scene, ...]:
    """All pages of the rail, the tabs of the patient, a search, and the sheets."""
    from ui import screens_visit, screens_wizard

    return (
        Scene("worklist", lambda window, _patient: _search(window, "")),
        Scene("worklist-search", lambda window, _patient: _search(window, "l 19")),
        Scene("worklist-nobody", lambda window, _patient: _search(window, "zzzz")),
        Scene("worklist-results", lambda window, _patient: _desk(window, "results")),
        Scene("worklist-due", lambda window, _patient: _desk(window, "due")),
        Scene("worklist-sign", lambda window, _patient: _desk(window, "results", is_acting=True)),
        Scene("worklist-settle", lambda window, _patient: _desk(window, "due", is_acting=True)),
        Scene("patient-summary", lambda window, patient: _patient(window, patient, "summary")),
        Scene("patient-assess", lambda window, patient: _assess(window, patient, "focus_first")),
        Scene("patient-assess-earlier", lambda window, patient: _assess(window, patient, "show_history")),
        Scene("patient-assess-outcome", lambda window, patient: _assess(window, patient, "show_outcome")),
        Scene("patient-assess-what-if", lambda window, patient: _assess(window, patient, "show_what_if")),
        Scene("patient-assess-card", lambda window, patient: _assess(window, patient, "show_card")),
        Scene("patient-scores", lambda window, patient: _score(window, patient, "")),
        Scene("patient-score", lambda window, patient: _score(window, patient, "ckd_epi_2021")),
        Scene("patient-score-range", lambda window, patient: _score(window, patient, "wells_pe")),
        Scene("patient-results", lambda window, patient: _patient(window, patient, "results")),
        Scene("patient-medicines", lambda window, patient: _patient(window, patient, "medicines")),
        Scene("patient-problems", lambda window, patient: _list(window, patient, "problems")),
        Scene("patient-allergies", lambda window, patient: _list(window, patient, "allergies")),
        Scene("patient-add-problem", lambda window, patient: _list(window, patient, "add:problems", "dia")),
        Scene("patient-enter-values", lambda window, patient: _form(window, patient, "values")),
        Scene("patient-questions", lambda window, patient: _form(window, patient, "questions")),
        Scene("patient-pregnancy", lambda window, patient: _form(window, patient, "pregnancy")),
        Scene("patient-immunisation", lambda window, patient: _form(window, patient, "immunisation")),
        Scene("patient-details", lambda window, patient: _form(window, patient, "details")),
        Scene("patient-new", lambda window, _patient: _new(window)),
        *(Scene(name, partial(screens_visit.show, scene=name)) for name in screens_visit.SCENES),
        Scene("results-compare", _compare),
        Scene("import", lambda window, _patient: window.goto("import")),
        Scene("models", lambda window, _patient: window.goto("models")),
        *(Scene(name, partial(screens_wizard.show, scene=name)) for name in screens_wizard.SCENES),
        Scene("audit", lambda window, _patient: window.goto("audit")),
        Scene("settings", lambda window, _patient: window.goto("settings")),
        Scene("settings-critical", lambda window, _patient: _critical_values(window)),
    )


def _compare(window: MainWindow, patient: int) -> None:
    """Three tests under one another, over all of their time."""
    _patient(window, patient, "results")
    wait(lambda: window.is_ready)
    results = window.patient_page.results
    results.span.button("all").click()
    if not results.compare.isChecked():
        rows = [row for row in range(results.tests.rowCount()) if results.tests.test_at(row) is not None]
        for row in rows[:3]:
            results.list.setCurrentIndex(results.tests.index(row, 0))
            results.toggle_compared()


def _search(window: MainWindow, text: str) -> None:
    window.goto("worklist")
    window.top_bar.find.line.setText(text)
    window.find()


def _desk(window: MainWindow, which: str, *, is_acting: bool = False) -> None:
    """A list of the desk, or the sheet of its first row."""
    _search(window, "")
    wait(lambda: window.is_ready)
    desk = window.page("worklist").desk
    desk.choose(which)
    wait(lambda: window.is_ready)
    if is_acting and desk.current is not None:
        from PySide6.QtCore import Qt

        desk.list.keys[Qt.Key.Key_Return if which == "results" else Qt.Key.Key_Space]()


def _patient(window: MainWindow, patient: int, tab: str) -> None:
    window.top_bar.find.line.clear()
    window.open_patient(patient, tab)
    window.patient_page.lists.clear_panel()


def _critical_values(window: MainWindow) -> None:
    """The settings that are found by "critical", with their rows."""
    window.goto("settings")
    from ui.pages.settings_critical import CriticalValues

    window.page("settings").look_for(window._context.words("Critical values"))
    window.page("settings").findChild(CriticalValues).open_values()


def _list(window: MainWindow, patient: int, name: str, typed: str = "") -> None:
    """A list of the record in its panel, or its form with something typed."""
    _patient(window, patient, "summary")
    wait(lambda: window.is_ready)
    window.patient_page.lists.open(name)
    if typed:
        field = next(iter(window.patient_page.lists.panel.form.form.fields.values()))
        field.line.setText(typed)
        field.line.textEdited.emit(typed)


def _form(window: MainWindow, patient: int, name: str) -> None:
    """A form over the Summary."""
    _patient(window, patient, "summary")
    window.patient_page.forms.open_when_read(name)
    if name == "values" and wait(lambda: window.is_ready):
        window.patient_page.forms.values.ask_set(("systolic_bp", "diastolic_bp", "heart_rate", "temperature"))


def _new(window: MainWindow) -> None:
    from ui.shell.writing import new_patient

    new_patient(window)


def close_sheets(window: MainWindow) -> None:
    """Take away the sheets that the scene before has opened."""
    from ui.widgets import Sheet
    from ui.widgets.inside import inside

    for sheet in inside(window, Sheet):
        sheet.close_sheet()


def _assess(window: MainWindow, patient: int, panel: str) -> None:
    """The Assess page with one of its panels at the right."""
    _patient(window, patient, "assess")
    wait(lambda: window.is_ready)
    page = window.patient_page.assess
    page.show_view("models")
    page.back()
    getattr(page, panel)()


def _score(window: MainWindow, patient: int, name: str) -> None:
    """The scores of Assess with one open, or none; the scene after it finds the models again."""
    _patient(window, patient, "assess")
    wait(lambda: window.is_ready)
    page = window.patient_page.assess
    page.show_view("scores")
    page.back()
    wait(lambda: window.is_ready)
    if name:
        page.scores.open_score(name)


def off_screen() -> None:
    """Have Qt draw into memory unless somebody chose otherwise; call before the application is made."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def wait(until: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
    """Run the event loop until a condition holds; False when patience ends."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + seconds
    quiet = 0
    while time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        quiet = quiet + 1 if until() else 0
        if quiet >= 3:
            return True
        time.sleep(0.005)
    return False


def fullest_patient(session: Session) -> int:
    """The patient with most in the record, preferably one whom a model would review: no card is empty."""
    from medapp.assess.wording import group
    from medapp.services import records, search
    from medapp.services.assessments import assess_patient

    full: list[tuple[int, int]] = []
    for line in search.page(session, None, LOOKED_AT):
        if not line.deceased:
            found = records.open_record(session, line.id, audit=False)
            problems = sum(one.is_active for one in found.conditions)
            medicines = sum(one.is_current for one in found.medications)
            many = 8 * min(problems, 5) + 8 * min(medicines, 5) + min(len(found.observations), 40)
            full.append((many + 5 * bool(found.allergies) + 5 * bool(line.name_local), line.id))
    full.sort(reverse=True)
    for _, patient in full[:ASSESSED]:
        answers = assess_patient(session, patient, store=False)
        if any(group(answer) == "review" for answer in answers):
            return patient
    return full[0][1]


def draw(
    session: Session,
    folder: Path,
    *,
    size: tuple[int, int] = SIZE,
    themes: Sequence[str] = ("light", "dark"),
    languages: Sequence[str] = ("en",),
    zoom: int = 100,
    only: Sequence[str] = (),
) -> Iterator[Drawn]:
    """Draw every scene in every theme and language; closes the session."""
    from medapp import config
    from ui.app import make_application
    from ui.context import Context
    from ui.main_window import MainWindow

    off_screen()
    application = make_application()
    directory, user = session.directory, session.user.name
    context = Context(config.Settings(zoom=zoom, last_user=user))
    context.apply_theme()
    window = MainWindow(context)
    window.resize(*size)
    patient = fullest_patient(session)
    window.start(directory, session)
    window.show()
    for language in languages:
        for theme in themes:
            context.set_language(language)
            context.set_theme(theme)
            for scene in scenes():
                if only and scene.name not in only:
                    continue
                yield _draw_scene(window, scene, patient, folder / f"{scene.name}-{theme}-{language}.png")
    window.lock()
    if not only or "unlock" in only:
        yield from _draw_unlock(window, context, folder, themes, languages)
    window.close()
    application.processEvents()


def _draw_scene(window: MainWindow, scene: Scene, patient: int, path: Path) -> Drawn:
    start = time.monotonic()
    close_sheets(window)
    scene.show(window, patient)
    if not wait(lambda: window.is_ready):
        print(f"  not ready in time: {scene.name}", file=sys.stderr)  # noqa: T201
    return _save(window, path, start)


def _draw_unlock(
    window: MainWindow, context: Context, folder: Path, themes: Sequence[str], languages: Sequence[str]
) -> Iterator[Drawn]:
    directory = window.unlock_page.directory
    with tempfile.TemporaryDirectory(prefix="medapp-empty-") as empty:
        for language in languages:
            for theme in themes:
                context.set_language(language)
                context.set_theme(theme)
                for name, place in (("unlock", directory), ("unlock-create", Path(empty))):
                    start = time.monotonic()
                    window.unlock_page.load(place)
                    wait(lambda: context.jobs.is_idle)
                    yield _save(window, folder / f"{name}-{theme}-{language}.png", start)


def _save(window: MainWindow, path: Path, start: float) -> Drawn:
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path), "PNG", 0)  # 0: as small as it goes
    return Drawn(path, time.monotonic() - start)


def draw_page(session: Session, path: Path) -> None:
    """Draw the worklist of a clinic: the drawing step of the self test."""
    folder = path.parent
    for drawn in draw(session, folder, themes=("light",), only=("worklist",)):
        drawn.path.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw all scenes into a folder and print what was drawn."""
    parser = argparse.ArgumentParser(prog="python -m ui.screens", description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--store", type=Path, help="a demo clinic (user and password demo)")
    parser.add_argument("--size", default="x".join(map(str, SIZE)))
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--langs", default="en,zh_CN")
    parser.add_argument("--zoom", type=int, default=100)
    parser.add_argument("--only", default="", help="names of scenes, with commas")
    chosen = parser.parse_args(arguments)
    off_screen()
    from medapp.services.demo import open_demo, shared_bundles
    from ui.context import now

    width, height = (int(part) for part in chosen.size.split("x"))
    with tempfile.TemporaryDirectory(prefix="medapp-screens-") as temporary:
        store = chosen.store or Path(temporary) / "clinic"
        session = open_demo(store, None if chosen.store else shared_bundles(), clock=now)
        count = 0
        for drawn in draw(
            session, chosen.out, size=(width, height), themes=chosen.themes.split(","),
            languages=chosen.langs.split(","), zoom=chosen.zoom,
            only=tuple(filter(None, chosen.only.split(","))),
        ):
            count += 1
            print(f"{drawn.seconds:6.2f} s  {drawn.path}")  # noqa: T201
    print(f"{count} pictures at {width}x{height} in {chosen.out}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
