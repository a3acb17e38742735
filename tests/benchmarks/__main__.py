"""`python -m tests.benchmarks`: measure every bound; exit status 1 when one is missed.

--patients N   size of the big clinic (default 1,000,000; smaller for a smoke run)
--rows N       rows of the batch (default 1,000,000)
--only NAME    start, search, chart, window, import or models; may be repeated
--no-page      leave docs/performance.md alone (always so for a smoke run or --only)
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

from tests.benchmarks import report
from tests.benchmarks.measure import Outcome, Result

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
PATIENTS = ROWS = 1_000_000
GROUPS = ("start", "search", "chart", "window", "import", "models")


def main(arguments: Sequence[str]) -> int:
    options = _parse(arguments)
    wanted = options.only or list(GROUPS)
    outcomes: list[Outcome] = []
    for name, work in _works(options.patients, options.rows).items():
        if name in wanted:
            say(f"measuring {name} ...")
            for outcome in work():
                outcomes.append(outcome)
                say(_line(outcome))
    document = report.as_document(outcomes, datetime.now(timezone.utc))
    is_whole = not options.only and options.patients >= PATIENTS and not options.no_page
    page = ROOT / "docs" / "performance.md" if is_whole else FOLDER / "performance.md"
    report.write(document, FOLDER / "results.json", page)
    missed = [one.name for one in outcomes if isinstance(one, Result) and not one.is_met]
    say(f"missed: {', '.join(missed)}" if missed else "every measured bound is met")
    return 1 if missed else 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--patients", type=int, default=PATIENTS)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--only", action="append", choices=GROUPS)
    parser.add_argument("--no-page", action="store_true")
    return parser.parse_args(arguments)


def _works(patients: int, rows: int) -> dict[str, Callable[[], Sequence[Outcome]]]:
    """What each group measures; the packages are imported by the group that needs them."""

    def start() -> Sequence[Outcome]:
        from tests.benchmarks import clinic, start

        return start.measure(clinic.big_clinic(FOLDER, patients, say))

    def search() -> Sequence[Outcome]:
        from tests.benchmarks import clinic, search

        return search.measure(clinic.big_clinic(FOLDER, patients, say))

    def chart() -> Sequence[Outcome]:
        from tests.benchmarks import chart, clinic

        return chart.measure(clinic.big_clinic(FOLDER, patients, say))

    def window() -> Sequence[Outcome]:
        from tests.benchmarks import clinic, window

        return window.measure(clinic.big_clinic(FOLDER, patients, say), say)

    def imports() -> Sequence[Outcome]:
        from tests.benchmarks import fhir_import

        return fhir_import.measure()

    def models() -> Sequence[Outcome]:
        from tests.benchmarks import models

        return models.measure(rows)

    return {
        "start": start, "search": search, "chart": chart, "window": window, "import": imports,
        "models": models,
    }  # fmt: skip


def _line(outcome: Outcome) -> str:
    if not isinstance(outcome, Result):
        return f"  {outcome.name}: not measured ({outcome.why})"
    sign, state = (">=" if outcome.at_least else "<="), ("met" if outcome.is_met else "MISSED")
    return f"  {outcome.what}: {outcome.value:.2f} {outcome.unit} ({sign} {outcome.limit:g}) {state}"


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
