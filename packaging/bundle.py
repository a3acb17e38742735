"""Which files of the checkout a wheel and the standalone program carry beside the code.

Both place them in `medapp/_bundled/`, where `medapp/paths.py` looks first. `setup.py`
and `packaging/medapp.spec` read this one list, so that neither can forget a folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

BUNDLED: Final = "medapp/_bundled"
_NOT_CARRIED: Final = ("__pycache__", "parts")


def bundled_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Each file and where it lies under `medapp/_bundled`, as a path with slashes.

    Of `models/` only what the index names is taken: a folder still being made is in no release.
    """
    for path in (*_models(root / "models"), *_resources(root / "resources")):
        yield path, path.relative_to(root).as_posix()


def _models(models: Path) -> Iterator[Path]:
    index = models / "INDEX.toml"
    yield index
    for item in tomllib.loads(index.read_text("utf-8"))["models"]:
        yield from (models / item["id"] / name for name in sorted(item["files"]))


def _resources(resources: Path) -> Iterator[Path]:
    """Everything but the parts of which the catalogues are compiled and the catalogues' sources."""
    for path in sorted(resources.rglob("*")):
        inner = path.relative_to(resources).parts
        if path.is_file() and not set(inner) & set(_NOT_CARRIED) and path.suffix != ".po":
            yield path
