"""The floors of the house: who may import whom, and the core without Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

IMPORT_ALL = """
import sys, pkgutil, importlib
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in ('PySide6', 'shiboken6', 'ui'):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, NoQt())
import medapp
names = [m.name for m in pkgutil.walk_packages(medapp.__path__, 'medapp.') if not m.name.endswith('__main__')]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_package_imports_only_from_the_floors_below() -> None:
    command = "from importlinter.cli import lint_imports_command as main; main()"
    done = run(sys.executable, "-c", command, "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_of_the_core_loads_where_qt_is_not_installed() -> None:
    done = run(sys.executable, "-c", IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40
