"""Try the finished program as a stranger would: another folder, an empty home, nothing of ours on its path.

python packaging/standalone/trial.py dist/medapp
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
TOLERANCE: Final = 1e-9


def main() -> int:
    """Selftest, a draft from a table, one golden case of each model against the checkout; the size."""
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as home:
        tested = _answer(folder, Path(home), "selftest")
        for step in tested["steps"]:
            print(f"{step['name']:<28} {step['state']:<8} {step['ms']:6.0f} ms  {step['why'] or ''}")
        draft = _answer(folder, Path(home), *_wizard(Path(home)))
        worst = max(_differences(folder, Path(home)))
    print(f"own table: {draft['error']['message'] if 'error' in draft else draft['algorithm']}")
    print(f"largest difference from the checkout: {worst:.1e}")
    print(_size(folder))
    return 0 if tested["works"] and worst <= TOLERANCE and "error" not in draft else 1


def _answer(folder: Path, home: Path, *arguments: str) -> dict[str, Any]:
    """What the program prints with --json. Raises ValueError when that is no document."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = _run([str(folder / "medapp"), *arguments, "--json"], home, environment)
    return _document(done)


def _run(
    command: list[str], place: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def _document(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise ValueError(f"exit {done.returncode}: {done.stderr[-2000:]}") from error
    return answer


def _differences(folder: Path, home: Path) -> list[float]:
    """For each model of the program, program against checkout on the first golden case with an answer.

    The checkout's code reads the program's models: its own may have been trained anew meanwhile.
    """
    found = []
    models = folder / "_internal/medapp/_bundled/models"
    environment = {**os.environ, "MEDAPP_MODELS": str(models)}
    for golden in sorted(models.glob("*/golden.jsonl")):
        given = home / "inputs.json"
        given.write_text(json.dumps(_first_case(golden)), "utf-8")
        call = ("assess", "--assessor", golden.parent.name, "--inputs", str(given))
        theirs = _answer(folder, home, *call)
        ours = _document(_run([sys.executable, "-m", "medapp.cli", *call, "--json"], ROOT, environment))
        found.append(_difference(theirs, ours))
    return found


def _wizard(home: Path) -> tuple[str, ...]:
    """A made-up table, and the command that trains a draft on it by two libraries."""
    chance = random.Random(1)
    lines = ["age,sbp,died"]
    for _row in range(120):
        age = chance.randint(30, 90)
        died = chance.random() < (age - 30) / 60
        lines.append(f"{age},{chance.gauss(130, 18):.0f},{'yes' if died else 'no'}")
    table = home / "table.csv"
    table.write_text("\n".join(lines), "utf-8")
    units = ("--unit", "age=a", "--unit", "sbp=mm[Hg]")
    algorithms = ("--algorithm", "logistic_regression", "--algorithm", "glass_box")
    given = ("--csv", str(table), "--target", "died", "--id", "trial", "--out", str(home / "draft"))
    return ("model", "train", *given, *units, *algorithms)


def _first_case(golden: Path) -> dict[str, Any]:
    cases = [json.loads(line) for line in golden.read_text("utf-8").splitlines()]
    inputs: dict[str, Any] = next(case["inputs"] for case in cases if case["expected"]["status"] == "final")
    return inputs


def _difference(one: dict[str, Any], other: dict[str, Any]) -> float:
    """The largest difference of a probability, infinite where only one of the two answered."""
    ours, theirs = ((answer.get("outcome") or {}).get("probabilities") or {} for answer in (one, other))
    if not ours or set(ours) != set(theirs):
        return math.inf
    return max(abs(ours[name] - theirs[name]) for name in ours)


def _size(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    megabytes = sum(path.stat().st_size for path in files) / 2**20
    return f"{megabytes:.0f} MiB in {len(files)} files: {folder}"


if __name__ == "__main__":
    sys.exit(main())
