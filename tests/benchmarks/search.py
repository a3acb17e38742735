"""Search while typing: each key of a sequence is one search of a million encrypted patients."""

from __future__ import annotations

import time
from collections.abc import Iterator

from medapp.services import search as service
from medapp.services.session import Session
from tests.benchmarks.clinic import Clinic
from tests.benchmarks.measure import Result, median, milliseconds, percentile

SEQUENCES = (
    "wang xiaoming", "smith john", "m", "1", "198", "wang 198", "li wei 1975-03-14", "王小明", "张伟",
    "zhang wei", "rodriguez maria", "1985-03-14", "14.03.1985", "5551", "20202020", "wxm", "ouyang",
    "o'brien", "garcía", "xyzzy",
)  # fmt: skip
ROUNDS = 9


def keystrokes() -> Iterator[str]:
    """What the field holds after each key."""
    for text in SEQUENCES:
        for end in range(1, len(text) + 1):
            yield text[:end]


def measure(clinic: Clinic) -> list[Result]:
    """p95 and worst over the keys, each the median of its rounds, after one pass that warms the page cache.

    The median of a key's rounds, because a core that another process takes for a time slice says nothing
    about the search; the raw figures of every single search stand in the details.
    """
    session = clinic.open()
    try:
        first = _pass(session)
        rounds = [_pass(session) for _ in range(ROUNDS)]
    finally:
        session.close()
    times = [median(of_key) for of_key in zip(*rounds, strict=True)]
    slowest = max(zip(times, keystrokes(), strict=True))
    details = {
        **milliseconds(times),
        "keys": len(times),
        "every_single_search": milliseconds([one for times in rounds for one in times]),
        "patients": clinic.patients,
        "slowest_key": slowest[1],
        "first_pass": milliseconds(first),
    }
    what = f"search per key (median of its {ROUNDS} rounds), {clinic.patients:,} encrypted patients"
    return [
        Result(
            "search_p95",
            f"{what}, 95th percentile",
            percentile(times, 0.95) * 1e3,
            4.0,
            "ms",
            details=details,
        ),
        Result("search_worst", f"{what}, worst", max(times) * 1e3, 8.0, "ms", details=details),
    ]


def _pass(session: Session) -> list[float]:
    times = []
    for text in keystrokes():
        start = time.perf_counter()
        service.search(session, text)
        times.append(time.perf_counter() - start)
    return times
