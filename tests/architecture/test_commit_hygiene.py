"""Nothing committed names an index, a mirror or a machine, and nothing private is copied in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Written apart so that this file does not find itself.
PARTS = ("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", r"[\"' =]/(?:work|root|farm)" + "/")
FORBIDDEN = re.compile("|".join(PARTS))
TEXT = {".py", ".toml", ".txt", ".md", ".cfg", ".in", ".yml", ".yaml", ".json", ".sh", ".po", ""}


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_tracked_file_names_an_index_a_mirror_or_a_path_of_one_machine() -> None:
    named = []
    for path in tracked():
        if path.suffix in TEXT and path.is_file():
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if FORBIDDEN.search(line):
                    named.append(f"{path.relative_to(ROOT)}:{number}")
    assert not named


def test_the_lock_pins_and_hashes_everything_without_addresses() -> None:
    lock = (ROOT / "packaging/lock/requirements.txt").read_text("utf-8")
    pins = re.findall(r"^[A-Za-z0-9._-]+(?:\[[^\]]+\])?==\S+", lock, re.MULTILINE)
    assert len(pins) > 40
    assert "://" not in lock
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]
