"""Run the real `medapp` command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What the command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out, parse_constant=_no_constant)

    @property
    def lines(self) -> list[Any]:
        """JSON Lines."""
        return [json.loads(line, parse_constant=_no_constant) for line in self.out.splitlines()]

    @property
    def error(self) -> str:
        """The code of the failure document; its three keys are checked on the way."""
        document = self.document
        assert set(document) == {"error"}
        assert set(document["error"]) == {"code", "message", "advice"}
        assert document["error"]["message"]
        code: str = document["error"]["code"]
        return code


def _no_constant(name: str) -> float:
    raise AssertionError(f"{name} in a JSON document")


def medapp(*arguments: object, cwd: Path, password: str | None = "demo", **environment: str) -> Answer:
    """Call `medapp` with settings and language of its own; `cwd` holds what it writes besides a store."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("MEDAPP_")}
    variables |= {
        "PYTHONPATH": str(ROOT),
        "MEDAPP_SETTINGS": str(cwd / "settings.json"),
        "MEDAPP_LANG": "en",
        "XDG_DATA_HOME": str(cwd),
        "PYTHONUTF8": "0",
        **environment,
    }
    if password is not None:
        variables["MEDAPP_PASSWORD"] = password
    done = subprocess.run(
        [sys.executable, "-m", "medapp.cli", *map(str, arguments)],
        cwd=cwd, env=variables, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=120,
        check=False,
    )  # fmt: skip
    return Answer(done.returncode, done.stdout, done.stderr)
