"""Opening a chart: one patient's 10,000 of the store's millions of observations, against a plain file.

The plain side is the same engine, table, clustering and columns without a key. Every round opens both
files anew, so that each page is read and decrypted once, as when a record is opened.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from medapp.store.connection import connect
from medapp.store.repositories import observations
from tests.benchmarks.clinic import HEAVY, Clinic
from tests.benchmarks.measure import Result, interleaved, median, milliseconds, seconds

ROUNDS = 21
_CACHE_KIB = 262_144


def measure(clinic: Clinic) -> list[Result]:
    """The ratio of the two reads, and the latest value per code."""
    session = clinic.open()
    try:
        plain = _plain_copy(session.store, clinic)
        path, key = session.store.directory / "clinic.db", session.store.key

        def encrypted_round(is_cold: bool) -> float:
            return _read(connect(path, key, _CACHE_KIB), clinic.heavy_patient, is_cold)

        def plain_round(is_cold: bool) -> float:
            return _read(_open_plain(plain), clinic.heavy_patient, is_cold)

        cold = interleaved((lambda: encrypted_round(True), lambda: plain_round(True)), ROUNDS)
        warm = interleaved((lambda: encrypted_round(False), lambda: plain_round(False)), ROUNDS)
        with session.store.reading() as db:
            observations.latest(db, clinic.heavy_patient)
            latest = [seconds(lambda: observations.latest(db, clinic.heavy_patient)) for _ in range(101)]
    finally:
        session.close()
    return _results(clinic, cold, warm, latest)


def _results(
    clinic: Clinic, cold: list[list[float]], warm: list[list[float]], latest: list[float]
) -> list[Result]:
    details = {
        "encrypted_cold": milliseconds(cold[0]),
        "plain_cold": milliseconds(cold[1]),
        "encrypted_warm": milliseconds(warm[0]),
        "plain_warm": milliseconds(warm[1]),
        "warm_ratio": round(median(warm[0]) / median(warm[1]), 3),
        "observations": clinic.observations,
    }
    what = f"chart, {HEAVY:,} of {clinic.observations:,} encrypted observations / plain clustered read"
    return [
        Result("chart", what, median(cold[0]) / median(cold[1]), 1.3, "x", details=details),
        Result(
            "latest", "latest value per code", median(latest) * 1e3, 2.0, "ms", details=milliseconds(latest)
        ),
    ]


def _read(connection: Any, patient: int, is_cold: bool) -> float:
    """The statement that opens a chart, on a connection whose caches are empty or not."""
    try:
        connection.execute("SELECT count(*) FROM code").fetchone()
        if not is_cold:
            observations.rows_of_patient(connection, patient)
        start = time.perf_counter()
        rows = observations.rows_of_patient(connection, patient)
        took = time.perf_counter() - start
    finally:
        connection.close()
    assert len(rows) == HEAVY
    return took


def _open_plain(path: Path) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    return connection


def _plain_copy(store: Any, clinic: Clinic) -> Path:
    """The same observation and code tables in a file without a key; made once."""
    path = clinic.directory.with_name(f"plain-{clinic.patients}.db")
    if path.is_file() and path.stat().st_mtime > (clinic.directory / "bench.json").stat().st_mtime:
        return path
    path.unlink(missing_ok=True)
    connection = connect(store.directory / "clinic.db", store.key)
    try:
        connection.execute(f"ATTACH DATABASE '{path}' AS plain KEY ''")
        connection.execute("PRAGMA plain.journal_mode=OFF")
        connection.execute("PRAGMA foreign_keys=OFF")
        for table in ("code", "observation"):
            sql = connection.execute("SELECT sql FROM sqlite_master WHERE name=?", (table,)).fetchone()[0]
            connection.execute(sql.replace(f"TABLE {table}", f"TABLE plain.{table}", 1))
            columns = "patient, code, ts, seq" if table == "observation" else "id"
            connection.execute(f"INSERT INTO plain.{table} SELECT * FROM main.{table} ORDER BY {columns}")
    finally:
        connection.close()
    return path
