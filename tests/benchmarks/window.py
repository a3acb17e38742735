"""The window on the big clinic: how long one pass of its event loop is, how it scrolls, what it holds.

Each part runs in a process of its own (`tests.benchmarks.window_ours`), so that what is held in memory is
one window's. Measured is the GUI thread's own processor time: a busy machine does not count against it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.clinic import Clinic
from tests.benchmarks.measure import Outcome, Result, Skipped

ROOT = Path(__file__).resolve().parents[2]
PASS_MS, FRAME_MS, REDRAW_MS = 50.0, 1000 / 60, 50.0
BIG_MB, DEMO_MB = 700.0, 400.0
DEMO_PATIENTS = 300


def measure(clinic: Clinic, say: Callable[[str], None]) -> list[Outcome]:
    """The bounds of the window; skipped where there is no Qt."""
    try:
        import PySide6  # noqa: F401
    except ImportError:
        return [Skipped("window", "PySide6 is not installed")]
    big = _run(str(clinic.directory), str(clinic.heavy_patient))
    say("  the big clinic is measured; now the demo clinic")
    with tempfile.TemporaryDirectory(prefix="medapp-bench-") as folder:
        demo = _run(str(_demo(Path(folder) / "clinic")), "0")
    return _results(clinic.patients, big, demo)


def _demo(directory: Path) -> Path:
    from medapp.services.demo import create_demo
    from tests.benchmarks.clinic import clock

    create_demo(directory, clock=clock, patients=DEMO_PATIENTS, seed=7)
    return directory


def _run(*arguments: str) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.window_ours", *arguments],
        check=True, capture_output=True, text=True, cwd=ROOT, env=environment,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _results(patients: int, big: dict[str, Any], demo: dict[str, Any]) -> list[Outcome]:
    passes: dict[str, Sequence[float]] = big["passes"]
    longest = {name: round(max(times), 2) for name, times in passes.items()}
    who = f"{patients:,} patients"
    return [
        Result(
            "window", f"longest pass of the event loop, {who}: typing, arrows, opening, tabs",
            max(longest.values()), PASS_MS, "ms", details=longest,
        ),
        Result(
            "scroll", "scrolling the longest lists, slowest of 20 frames in 20",
            max(big["frames"].values()), FRAME_MS, "ms", details=big["frames"],
        ),
        Result("redraw", "redraw of a trend of 500 points", big["redraw_ms"], REDRAW_MS, "ms"),
        Result("memory", f"memory, {who}, a chart open", big["memory_mb"], BIG_MB, "MB"),
        Result(
            "memory_demo", f"memory, demo clinic of {DEMO_PATIENTS}, a chart open", demo["memory_mb"],
            DEMO_MB, "MB",
        ),
    ]
