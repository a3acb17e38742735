"""Start to the first painted window, against a bare PySide6 window, from the start of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from medapp.services import demo
from tests.benchmarks.clinic import Clinic
from tests.benchmarks.measure import Outcome, Result, Skipped, interleaved, median, milliseconds

ROUNDS = 11
ROOT = Path(__file__).resolve().parents[2]


def measure(clinic: Clinic) -> list[Outcome]:
    """The ratio with 50 patients of the big clinic listed; the first paint in the details."""
    try:
        import PySide6  # noqa: F401
    except ImportError:
        return [Skipped("start", "PySide6 is not installed")]
    session = clinic.open()
    key = session.store.key.hex()
    session.close()
    first_paints: list[float] = []
    work: dict[str, list[float]] = {"ours": [], "bare": []}
    early: set[str] = set()

    def ours() -> float:
        start, (painted, listed, processor, modules) = _run(
            "tests.benchmarks.start_ours", [str(clinic.directory), demo.USER], f"{key}\n"
        )
        first_paints.append(float(painted) - start)
        work["ours"].append(float(processor))
        early.update(modules.split(","))
        return float(listed) - start

    def bare() -> float:
        start, (painted, processor) = _run("tests.benchmarks.start_bare", [], "")
        work["bare"].append(float(processor))
        return float(painted) - start

    ours(), bare()  # the files are in the system's cache from here on
    first_paints.clear()
    listed, plain = interleaved((ours, bare), ROUNDS)
    details = {
        "listed": milliseconds(listed),
        "first_paint": milliseconds(first_paints),
        "bare": milliseconds(plain),
        "first_paint_ratio": round(median(first_paints) / median(plain), 3),
        "processor_time_ratio": round(median(work["ours"]) / median(work["bare"]), 3),
        "imported_before_first_paint": sorted(early - {"-"}),
        "patients": clinic.patients,
    }
    what = (
        f"start to the window with 50 of {clinic.patients:,} encrypted patients listed / bare PySide6 window"
    )
    return [Result("start", what, median(listed) / median(plain), 1.5, "x", details=details)]


def _run(module: str, arguments: Sequence[str], typed: str) -> tuple[float, list[str]]:
    """When the process was started, and what it printed; with bytecode, as an installed program has it."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "bench" / "bytecode"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        input=typed, text=True, capture_output=True, check=True, cwd=ROOT, env=environment,
    )  # fmt: skip
    return start, done.stdout.split()
