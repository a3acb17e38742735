"""One window, driven and measured: `python -m tests.benchmarks.window_ours CLINIC PATIENT`.

What was found is JSON on the last line. PATIENT 0 is whoever comes first in the list.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

from medapp import config
from medapp.services import demo
from medapp.services.session import open_clinic
from tests.benchmarks.clinic import clock
from tests.benchmarks.measure import percentile
from ui import screens
from ui.app import make_application
from ui.context import Context
from ui.main_window import MainWindow

TYPED = ("l", "li", "lin", "li", "l", "", "19", "195", "1958", "zzzz", "")
FRAMES = 120
TABS = ("summary", "assess", "results", "medicines", "summary", "results")


@contextmanager
def watched(passes: list[float]) -> Iterator[None]:
    """Milliseconds of the GUI thread's processor time in each pass of the event loop."""
    last = [time.thread_time()]

    def tick() -> None:
        now = time.thread_time()
        passes.append((now - last[0]) * 1000)
        last[0] = now

    timer = QTimer(interval=0)
    timer.timeout.connect(tick)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


def drive(window: MainWindow, patient: int) -> dict[str, list[float]]:
    """What a doctor does all day; everything was made and painted once before."""

    def typing() -> None:
        window.goto("worklist")
        for text in TYPED:
            window.top_bar.find.line.setText(text)
            settle(window)

    def arrowing() -> None:
        for _ in range(30):
            window.page("worklist").move_by(1)
            QApplication.processEvents()
        settle(window)

    def opening() -> None:
        lines = window.page("worklist").model.lines[:5]
        for number in (*(line.id for line in lines), patient):
            window.open_patient(number, "summary")
            settle(window)

    def tabs() -> None:
        for tab in TABS:
            window.patient_page.show_tab(tab)
            settle(window)

    def pages() -> None:
        for name in ("settings", "worklist", "patient"):
            window.goto(name)
            settle(window)

    acts: dict[str, Callable[[], None]] = {
        "typing": typing, "arrowing": arrowing, "opening": opening, "tabs": tabs, "pages": pages,
    }
    found = {}
    for act in acts.values():
        act()  # warm: widgets made, fonts loaded
    for name, act in acts.items():
        passes: list[float] = []
        with watched(passes):
            act()
        found[name] = passes
    return found


def scroll(window: MainWindow, patient: int) -> dict[str, float]:
    """Milliseconds that 95 of 100 frames do not exceed, for each long list."""
    window.goto("worklist")
    window.top_bar.find.line.setText("")
    settle(window)
    found = {"worklist": _scrolled(window.page("worklist").table)}
    window.open_patient(patient, "results")
    settle(window)
    results = window.patient_page.results
    results.span.button("all").click()
    settle(window)
    found["tests"] = _scrolled(results.list)
    found["values"] = _scrolled(results.table)
    return found


def _scrolled(view: QAbstractItemView) -> float:
    bar = view.verticalScrollBar()
    times = []
    for frame in range(FRAMES):
        span = max(1, bar.maximum())
        start = time.thread_time()
        bar.setValue(frame * 37 % span)
        view.viewport().repaint()
        times.append((time.thread_time() - start) * 1000)
        QApplication.processEvents()
    return round(percentile(times, 0.95), 3)


def redraw_ms(context: Context) -> float:
    """Processor time of one redraw of 500 points on 900 x 360, the fastest of seven."""
    from medapp.figures.series import DAY, Band, Trend, TrendPoint
    from ui.charts.drawing import draw_pixels, look_of

    points = tuple(TrendPoint(i * 2 * DAY, 80.0 + i % 40, str(80 + i % 40)) for i in range(500))
    trend = Trend(points, 0, 1000 * DAY, Band(45, 84, "Reference\n45–84"))
    look = look_of(context.theme, 1.0)
    times = []
    for _ in range(8):
        start = time.thread_time()
        draw_pixels(trend, look, 900, 360)
        times.append((time.thread_time() - start) * 1000)
    return round(min(times[1:]), 2)


def memory_mb() -> float:
    """What the process holds now; where the system does not tell, the most it ever held."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(one for one in status.read_text("utf-8").splitlines() if one.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)
    import resource

    unit = 1_048_576 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


def settle(window: MainWindow) -> None:
    """Until nothing is under way."""
    screens.wait(lambda: window.is_ready)


def main(arguments: list[str]) -> None:
    directory, patient = Path(arguments[0]), int(arguments[1])
    make_application()
    context = Context(config.Settings(), clock=clock)
    context.apply_theme()
    window = MainWindow(context)
    window.resize(1366, 768)
    window.start(directory, open_clinic(directory, demo.USER, demo.PASSWORD, clock=clock))
    window.show()
    settle(window)
    patient = patient or window.page("worklist").model.lines[0].id
    found: dict[str, Any] = {"passes": drive(window, patient), "frames": scroll(window, patient)}
    window.open_patient(patient, "results")
    settle(window)
    found |= {"redraw_ms": redraw_ms(context), "memory_mb": memory_mb()}
    window.close()
    QApplication.processEvents()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
