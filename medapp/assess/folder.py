"""The files of a model folder and their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SIGNATURE_FILE: Final = "signature.toml"
_BLOCK: Final = 1 << 20


def file_names(folder: Path) -> list[str]:
    """Names of all files below `folder`, with `/` between, sorted; hidden ones are not part of it."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(n for n in names if not any(p.startswith((".", "__pycache__")) for p in n.split("/")))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of the folder, by name."""
    return {name: sha256_of(folder / name) for name in file_names(folder)}


def digest_of(files: Mapping[str, str]) -> str:
    """One hash for a whole folder: of its sorted `hash  name` lines.

    The signature of a folder from outside is over this text's bytes, so that it
    covers every file but itself.
    """
    lines = "".join(f"{files[name]}  {name}\n" for name in sorted(files) if name != SIGNATURE_FILE)
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()
