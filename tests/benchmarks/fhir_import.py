"""Import of the Synthea bundles to committed, against what merely parses them.

Three sides: our import (read, map, validate, store, commit) into a fresh clinic, `orjson.loads` of the same
bytes, and `fhir.resources` (R4B), the usual library, parsing without storing anything. The garbage collector
is left on for all, and what lives already is frozen first: else each full collection walks our tables and
modules in the middle of a bare parse, which made orjson four times slower here than it is by itself.
"""

from __future__ import annotations

import gc
import itertools
import os
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from medapp.services.imports import import_paths
from medapp.services.session import create_clinic, open_clinic
from tests.benchmarks.clinic import clock
from tests.benchmarks.measure import Outcome, Result, Skipped, interleaved, median, milliseconds

ROUNDS = 7


def find_archive() -> Path | None:
    """The Synthea archive beside the data sets, where it is."""
    root = Path(__file__).resolve().parents[2]
    data = os.environ.get("MEDAPP_DATA")
    shared = Path(data).resolve().parent if data else root.parent / "shared"
    path = shared / "corpora" / "fhir_synthea.tar.gz"
    return path if path.is_file() else None


def measure() -> list[Outcome]:
    """Both ratios, or why they could not be had."""
    archive = find_archive()
    if archive is None:
        return [Skipped("fhir_import", "shared/corpora/fhir_synthea.tar.gz is not on this machine")]
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as file:
            file.extractall(folder, filter="data")
        paths = sorted(Path(folder).rglob("*.json"))
        return _measure(paths, Path(folder))


def _measure(paths: list[Path], folder: Path) -> list[Outcome]:
    clinics = (folder / f"clinic-{number}" for number in itertools.count())

    def ours() -> float:
        return _import(paths, next(clinics))

    ours()  # warms the imports of modules
    imported, parsed = _fairly((ours, lambda: _parse(paths)))
    count = sum(len(orjson.loads(path.read_bytes()).get("entry", ())) for path in paths)
    details = {
        "files": len(paths),
        "resources": count,
        "ours": milliseconds(imported),
        "orjson": milliseconds(parsed),
        "resources_per_second": round(count / median(imported)),
    }
    ratio = median(imported) / median(parsed)
    what = f"FHIR import of {count:,} resources to committed, full mapping / orjson parse"
    first = Result("fhir_import", what, ratio, 4.0, "x", details=details)
    library = _library(paths)
    if library is None:
        return [first, Skipped("fhir_import_vs_library", "fhir.resources is not installed")]
    return [first, _against_library(*_fairly((library, ours)))]


def _fairly(sides: Sequence[Callable[[], float]]) -> list[list[float]]:
    gc.collect()
    gc.freeze()
    try:
        return interleaved(sides, ROUNDS)
    finally:
        gc.unfreeze()


def _import(paths: list[Path], directory: Path) -> float:
    create_clinic(directory, "bench", "bench-password", clock=clock)
    session = open_clinic(directory, "bench", "bench-password", clock=clock)
    try:
        start = time.perf_counter()
        report = import_paths(session, paths)
        took = time.perf_counter() - start
    finally:
        session.close()
    assert report.as_document()["totals"]["refused"] == 0
    return took


def _parse(paths: list[Path]) -> float:
    start = time.perf_counter()
    for path in paths:
        orjson.loads(path.read_bytes())
    return time.perf_counter() - start


def _library(paths: list[Path]) -> Callable[[], float] | None:
    """The usual library, where it is installed."""
    try:
        from fhir.resources.R4B.bundle import Bundle
    except ImportError:
        return None
    Bundle.model_validate_json(paths[0].read_bytes())

    def parse() -> float:
        start = time.perf_counter()
        for path in paths:
            Bundle.model_validate_json(path.read_bytes())
        return time.perf_counter() - start

    return parse


def _against_library(theirs: list[float], ours: list[float]) -> Result:
    what = "FHIR import to committed, as fast as fhir.resources parses"
    details = {"fhir_resources": milliseconds(theirs), "ours": milliseconds(ours)}
    share = median(theirs) / median(ours)
    return Result("fhir_import_vs_library", what, share, 10.0, "x", at_least=True, details=details)
