"""The big clinic that the bounds are measured on: built once under build/bench, then reused.

Besides the generated patients it holds one patient with 10,000 observations.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np

from medapp.domain.administrative import ContactPoint, HumanName, Identifier, IdentifierType, Patient, Sex
from medapp.domain.datatypes import Moment
from medapp.services import demo
from medapp.services.demo.names import draw_names
from medapp.services.session import Session, open_clinic
from medapp.store import search
from medapp.store.repositories import codes, observations, patients
from medapp.terminology.variables import variable

_SHAPED_BY = ("medapp/store/migrations/m*.py", "resources/demo/*.toml")
"""What decides tables and names; the index is told by what it holds about a few people (`_entries`).

When one of them changes, the old clinic is not reused. Not the sources of the search: they change
without changing the index, and a million patients take ten minutes.
"""

GENERATOR = 1
"""Raised when the generator changes what a bound could feel."""


def recipe() -> str:
    """A fingerprint of the sources that shape the clinic."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256(str(GENERATOR).encode())
    for pattern in _SHAPED_BY:
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    digest.update(repr(_entries()).encode())
    return digest.hexdigest()


def _entries() -> list[tuple[int, str]]:
    """What the index holds about some people with the names of the generator."""
    rng = np.random.default_rng(11)
    found = []
    for script in ("han", "latin"):
        for number, names in enumerate(draw_names(rng, script, Sex.FEMALE, 200)):
            telecom = (ContactPoint("phone", f"139{number * 104_729 % 10**8:08}"),)
            born = Moment.parse(f"19{number % 100:02}-{1 + number % 12:02}-{1 + number % 28:02}")
            person = Patient(mrn=f"{number:08}", names=names, birth_date=born, telecom=telecom)
            entry = search.entry_of(person)
            found.append((entry.bucket, entry.document))
    return found


HEAVY = 10_000
_HEAVY_VARIABLES = (
    "systolic_bp", "diastolic_bp", "heart_rate", "weight", "glucose", "hba1c", "creatinine", "urea",
    "sodium", "potassium", "chloride", "bicarbonate", "haemoglobin", "white_cells", "platelets",
    "alt", "ast", "crp", "spo2", "temperature",
)  # fmt: skip


def clock() -> datetime:
    """A fixed moment: the same clinic on every day."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Clinic:
    """Where the big clinic lies and what it holds."""

    directory: Path
    patients: int
    observations: int
    heavy_patient: int
    build_seconds: float

    def open(self) -> Session:
        return open_clinic(self.directory, demo.USER, demo.PASSWORD, clock=clock)


def big_clinic(folder: Path, count: int, say: Callable[[str], None]) -> Clinic:
    """The clinic of `count` generated patients, built unless it is there."""
    directory = folder / f"clinic-{count}"
    note = directory / "bench.json"
    if note.is_file():
        known: dict[str, Any] = json.loads(note.read_text("utf-8"))
        if known.pop("recipe") == recipe():
            return Clinic(directory, **known)
    shutil.rmtree(directory, ignore_errors=True)
    return _build(directory, count, note, say)


def _build(directory: Path, count: int, note: Path, say: Callable[[str], None]) -> Clinic:
    start, made_by = time.perf_counter(), recipe()

    def progress(done: int, total: int) -> None:
        if done % 100_000 == 0:
            say(f"{done:,} of {total:,} patients after {time.perf_counter() - start:.0f} s")

    made = demo.create_demo(directory, clock=clock, patients=count, seed=1, progress=progress)
    clinic = Clinic(directory, count, made.observations + HEAVY, 0, 0.0)
    session = clinic.open()
    try:
        heavy = add_heavy_patient(session)
    finally:
        session.close()
    facts = {
        "patients": count + 1,
        "observations": made.observations + HEAVY,
        "heavy_patient": heavy,
        "build_seconds": round(time.perf_counter() - start, 1),
    }
    note.write_text(json.dumps({"recipe": made_by, **facts}), "utf-8")
    say(f"built in {facts['build_seconds']} s: {facts['observations']:,} observations")
    return Clinic(directory, **facts)


def add_heavy_patient(session: Session) -> int:
    """One patient with 10,000 observations of 20 codes over twenty years; her id."""
    number = Identifier("99999999", IdentifierType.RECORD_NUMBER, "urn:medapp:demo")
    person = Patient(
        mrn=number.value,
        identifiers=(number,),
        names=(HumanName("Hevia", ("Carmen",)),),
        sex=Sex.FEMALE,
        birth_date=Moment.parse("1951-04-02"),
        is_demo=True,
    )
    rng = np.random.default_rng(7)
    each = HEAVY // len(_HEAVY_VARIABLES)
    start, end = Moment.parse("2006-01-01").seconds, Moment.parse("2026-11-01").seconds
    with session.store.transaction() as tx:
        patient = patients.insert(tx, person)
        rows = []
        for name in _HEAVY_VARIABLES:
            meaning = variable(name)
            first = meaning.codes[0]
            key = (first.system, first.code)
            code = codes.intern(tx, [(*key, first.display, meaning.id)])[key]
            times = np.sort(rng.integers(start, end, each)).tolist()
            low, high = meaning.plausible or (1.0, 100.0)
            values = np.round(
                rng.uniform(low + 0.3 * (high - low), low + 0.5 * (high - low), each), 1
            ).tolist()
            rows.extend(
                (patient, code, when, Moment(0).packed, value, meaning.unit, None, None, None, None,
                 None, None, None, None, None, "final", None, None, None, None)
                for when, value in zip(times, values, strict=True)
            )  # fmt: skip
        observations.insert_many(tx, rows)
    return patient
