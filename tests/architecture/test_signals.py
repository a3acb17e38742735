"""What outlives a widget never calls a function that holds it: such connections go through `follow`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTLIVING = ("context", "bus", "acts", "jobs", "styleHints", "instance")


def _loose(path: Path) -> Iterator[str]:
    """Connections of a long-lived object's signal to a lambda, a partial or a plain function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        signal = node.func.value
        if node.func.attr != "connect" or not isinstance(signal, ast.Attribute):
            continue
        names = {n.id if isinstance(n, ast.Name) else getattr(n, "attr", "") for n in ast.walk(signal.value)}
        is_own = ast.unparse(signal.value) == "self.acts"  # a widget's own list of acts
        outlives = not is_own and any(name.strip("_") in OUTLIVING for name in names)
        if outlives and not isinstance(node.args[0], ast.Attribute):
            yield f"{path.name}:{node.lineno}"


def test_the_context_calls_no_loose_function() -> None:
    found = [place for path in sorted((ROOT / "ui").rglob("*.py")) for place in _loose(path)]
    assert not found, "use ui.widgets.follow"


def test_a_loose_connection_is_found(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(
        "def make(context, label):\n"
        "    context.theme_changed.connect(label.update)\n"
        "    context.language_changed.connect(lambda: label.hide())\n", "utf-8",
    )
    assert list(_loose(sample)) == ["sample.py:3"]
