"""The size limits of the house (hard limits; most files are far smaller)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_FILE, MAX_FUNCTION = 600, 60


def sources() -> Iterator[Path]:
    for top in ("medapp", "ui", "tests", "packaging"):
        yield from (ROOT / top).rglob("*.py")


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, text: list[str]) -> int:
    first = function.body[0]
    end = function.end_lineno or function.lineno
    skipped: set[int] = set()
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if is_docstring and isinstance(first.value.value, str):
        skipped = set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return sum(
        1 for n in range(function.lineno, end + 1) if n not in skipped and text[n - 1].strip()
    )


def test_no_file_is_longer_than_600_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in sources()
        if (count := len(path.read_text("utf-8").splitlines())) > MAX_FILE
    }
    assert not long


def test_no_function_is_longer_than_60_lines() -> None:
    long = []
    for path in sources():
        text = path.read_text("utf-8")
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = code_lines(node, lines)
                if count > MAX_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.name} {count}")
    assert not long


def test_no_package_is_empty() -> None:
    empty = [
        str(init.parent.relative_to(ROOT))
        for top in ("medapp", "ui")
        for init in (ROOT / top).rglob("__init__.py")
        if not any(p != init for p in init.parent.rglob("*.py")) and len(init.read_text("utf-8")) < 400
    ]
    assert not empty
