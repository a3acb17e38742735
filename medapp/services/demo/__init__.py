"""A demo clinic: invented patients, all marked as such; its user and its password are `demo`.

Where real FHIR bundles are at hand they are imported beside the invented ones.
"""

from __future__ import annotations

import os
import tarfile
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from medapp.services.demo.desk import lay
from medapp.services.demo.fill import Filled, Plan, Progress, fill
from medapp.services.profile import TITLES, enable
from medapp.services.session import Session, create_clinic, open_clinic

USER: Final = "demo"
PASSWORD: Final = "demo"
PATIENTS: Final = 300
SEED: Final = 1

__all__ = ["Filled", "Plan", "create_demo", "open_demo", "shared_bundles"]


def create_demo(
    directory: Path, *, clock: Callable[[], datetime], patients: int = PATIENTS, seed: int = SEED,
    progress: Progress | None = None,
) -> Filled:  # fmt: skip
    """Make a demo clinic in a folder, in which the models of every setting are offered.

    Raises StoreExists and the store's errors.
    """
    create_clinic(directory, USER, PASSWORD, clock=clock, demo=True)
    session = open_clinic(directory, USER, PASSWORD, clock=clock)
    try:
        enable(session, TITLES)
        filled = fill(session.store, Plan(patients, seed, clock()), progress)
        lay(session, seed)
        return filled
    finally:
        session.close()


def open_demo(
    directory: Path, bundles: Path | None = None, *, clock: Callable[[], datetime], patients: int = PATIENTS,
    seed: int = SEED, progress: Progress | None = None,
) -> Session:  # fmt: skip
    """Open the demo clinic of a folder, made first when there is none.

    `bundles` is a folder of FHIR bundles or a tar archive of them; they are
    imported when the clinic is made.
    """
    if not (directory / "keys.json").exists():
        create_demo(directory, clock=clock, patients=patients, seed=seed, progress=progress)
        if bundles is not None:
            _import(directory, bundles, clock)
    return open_clinic(directory, USER, PASSWORD, clock=clock)


def shared_bundles() -> Path | None:
    """The Synthea bundles beside the data sets that $MEDAPP_DATA names, where they are."""
    data = os.environ.get("MEDAPP_DATA")
    if not data:
        return None
    archive = Path(data).resolve().parent / "corpora" / "fhir_synthea.tar.gz"
    return archive if archive.is_file() else None


def _import(directory: Path, bundles: Path, clock: Callable[[], datetime]) -> None:
    from medapp.services.imports import import_paths

    session = open_clinic(directory, USER, PASSWORD, clock=clock)
    try:
        with tempfile.TemporaryDirectory(prefix="medapp-demo-") as unpacked:
            if bundles.is_file():
                with tarfile.open(bundles) as archive:
                    archive.extractall(unpacked, filter="data")
            root = Path(unpacked) if bundles.is_file() else bundles
            import_paths(session, sorted(root.rglob("*.json")), is_demo=True)
    finally:
        session.close()
