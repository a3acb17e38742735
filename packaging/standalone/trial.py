"""Try the finished program as a stranger would: another folder, an empty home, nothing of ours on its path.

python packaging/standalone/trial.py dist/medapp
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
TOLERANCE: Final = 1e-9


def main() -> int:
    """Selftest, then one golden case of each model against the checkout; reports the size."""
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as home:
        tested = _answer(folder, Path(home), "selftest")
        for step in tested["steps"]:
            print(f"{step['name']:<28} {step['state']:<8} {step['ms']:6.0f} ms  {step['why'] or ''}")
        worst = max(_differences(folder, Path(home)), default=0.0)
    print(f"largest difference from the checkout: {worst:.1e}")
    print(_size(folder))
    return 0 if tested["works"] and worst <= TOLERANCE else 1


def _answer(folder: Path, home: Path, *arguments: str) -> dict[str, Any]:
    """What the program prints with --json. Raises ValueError when that is no document."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = _run([str(folder / "medapp"), *arguments, "--json"], home, environment)
    return _document(done)


def _run(
    command: list[str], place: Path, environment: dict[str, str] | None
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
    """For each bundled model, program against checkout on the first golden case with an answer."""
    found = []
    for golden in sorted((ROOT / "models").glob("*/golden.jsonl")):
        given = home / "inputs.json"
        given.write_text(json.dumps(_first_case(golden)), "utf-8")
        call = ("assess", "--assessor", golden.parent.name, "--inputs", str(given))
        theirs = _answer(folder, home, *call)
        ours = _document(_run([sys.executable, "-m", "medapp.cli", *call, "--json"], ROOT, None))
        found.append(_difference(theirs["outcome"], ours["outcome"]))
    return found


def _first_case(golden: Path) -> dict[str, Any]:
    cases = [json.loads(line) for line in golden.read_text("utf-8").splitlines()]
    inputs: dict[str, Any] = next(case["inputs"] for case in cases if case["expected"]["status"] == "final")
    return inputs


def _difference(one: dict[str, Any], other: dict[str, Any]) -> float:
    """The largest difference of a probability, and of the value itself where that is a number."""
    pairs = [(one["probabilities"][name], p) for name, p in other["probabilities"].items()]
    if isinstance(other["value"], float):
        pairs.append((one["value"], other["value"]))
    return max(abs(a - b) for a, b in pairs)


def _size(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    megabytes = sum(path.stat().st_size for path in files) / 2**20
    return f"{megabytes:.0f} MiB in {len(files)} files: {folder}"


if __name__ == "__main__":
    sys.exit(main())
