"""Retrain models from the command line of `make models`.

    python -m medapp.training [models/diabetes_screening ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

from medapp.errors import KnownError
from medapp.paths import models_dir
from medapp.training.design import DESIGN_FILE
from medapp.training.run import train_model


def main(arguments: list[str]) -> int:
    """Train each named folder, or every bundled one; 1 when one could not be."""
    failed = 0
    named = [Path(argument) for argument in arguments]
    for folder in named or sorted(path.parent for path in models_dir().glob(f"*/{DESIGN_FILE}")):
        try:
            report = train_model(folder.name, models_dir=folder.parent, progress=_tell)
        except KnownError as error:
            failed = 1
            advice = error.advice.format(**error.fields)
            sys.stderr.write(f"\n{folder.name}: {error} {advice}\n")
            continue
        auroc = report.found["internal"]["metrics"].get("auroc")
        sys.stderr.write(f"\n{report.id} {report.version}: {report.sha256[:12]} auroc {auroc}\n")
    return failed


def _tell(step: str, share: float) -> None:
    sys.stderr.write(f"\r{step:<20}{share:5.0%}")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
