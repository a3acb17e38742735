"""docs/architecture.md names every package of the house, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_and_the_house_name_the_same_packages() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    told = set(re.findall(r"^\| \d \| `([a-z.]+)` \|", page, re.MULTILINE))
    built = {"ui"} | {f"medapp.{p.parent.name}" for p in (ROOT / "medapp").glob("*/__init__.py")}
    assert told == built
