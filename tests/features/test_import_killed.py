"""A process killed in the middle of an import leaves whole files or nothing, and a second run completes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medapp.services.audit import verify
from medapp.services.imports import import_paths
from medapp.services.session import open_clinic
from tests.clinics import PASSWORD, USER, clock, make_clinic
from tests.unit.interchange.samples import bundle, identifier, observation, patient, quantity, write

ROOT = Path(__file__).resolve().parents[2]
FILES, VALUES, KILLS = 12, 400, 12
PROGRAM = """
import sys
from pathlib import Path
from tests.clinics import PASSWORD, USER, clock
from medapp.services.imports import import_paths
from medapp.services.session import open_clinic
with open_clinic(Path(sys.argv[1]), USER, PASSWORD, clock=clock) as session:
    print("begun", flush=True)
    import_paths(session, [Path(sys.argv[2])])
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen persons with four hundred heights each."""
    folder = tmp_path_factory.mktemp("mail")
    for n in range(FILES):
        subject = {"reference": f"Patient/p{n}"}
        values = [
            observation(f"o{n}-{k}", subject=subject, valueQuantity=quantity(100 + k / 10, "cm"))
            for k in range(VALUES)
        ]
        person = patient(f"p{n}", f"Family{n}", identifier=[identifier(f"n{n}")])
        write(folder, bundle(person, *values), f"{n:02}.json")
    return folder


def start(clinic: Path, mail: Path) -> subprocess.Popen[str]:
    """A process that has opened the clinic and begun to import."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(clinic), str(mail)],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def test_a_kill_at_any_moment_leaves_whole_files_or_nothing(mail: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    make_clinic(empty).close()
    begun = time.perf_counter()
    shutil.copytree(empty, tmp_path / "timed")
    with start(tmp_path / "timed", mail) as process:
        begun = time.perf_counter()
        assert process.wait() == 0
    whole = time.perf_counter() - begun
    chance = random.Random(7)
    left: set[int] = set()
    for number in range(KILLS):
        clinic = tmp_path / f"clinic-{number}"
        shutil.copytree(empty, clinic)
        with start(clinic, mail) as process:
            time.sleep(chance.random() * whole)
            process.send_signal(signal.SIGKILL)
        left.add(_check(clinic, mail))
        shutil.rmtree(clinic)
    assert len(left) > 1, "the kills hit no different moments"


def _check(clinic: Path, mail: Path) -> int:
    """How many files a killed import left; each is whole, and the rest can be imported."""
    with open_clinic(clinic, USER, PASSWORD, clock=clock) as session:
        with session.store.reading() as db:
            files = db.execute("SELECT count(*) FROM import_file").fetchone()
            people = db.execute("SELECT count(*) FROM patient").fetchone()
            sizes = db.execute("SELECT count(*) FROM observation GROUP BY patient").fetchall()
            blobs = db.execute("SELECT count(*) FROM blob").fetchone()
        assert files is not None
        assert files == people == blobs
        assert sizes == [(VALUES,)] * files[0]
        assert verify(session).is_intact
        report = import_paths(session, [mail])
        totals = report.as_document()["totals"]
        assert totals["added"] == (FILES - files[0]) * (VALUES + 1)
        assert totals["unchanged"] == files[0] * (VALUES + 1)
        json.dumps(report.as_document())
    count: int = files[0]
    return count
