"""The steps of "Train from table" as scenes of `ui.screens`, on a small table made up for the pictures."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SCENES: Final = {
    "models-wizard-file": 0, "models-wizard-columns": 1, "models-wizard-units": 2, "models-wizard-check": 3,
    "models-wizard-train": 4, "models-wizard-draft": 5,
}
ROWS: Final = 200


def made_up(folder: Path) -> Path:
    """200 invented rows: age, sex, glucose, a column known only afterwards, and the outcome."""
    chance = random.Random(4)
    lines = ["age,sex,glucose,days_to_death,ill"]
    for _ in range(ROWS):
        age, glucose = chance.randint(20, 89), round(chance.gauss(6.0, 1.5), 1)
        is_ill = chance.gauss(0.06 * (age - 55) + 0.7 * (glucose - 6.0), 1.5) > 0.0
        days = chance.randint(1, 40) if is_ill else chance.randint(400, 900)
        sex = chance.choice(("female", "male"))
        lines.append(f"{age},{sex},{glucose},{days},{'yes' if is_ill else 'no'}")
    path = folder / "ward.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def show(window: MainWindow, _patient: int, scene: str) -> None:
    """Take the wizard to one step."""
    from ui.screens import wait

    window.goto("models")
    wait(lambda: window.is_ready)
    page = window.page("models")
    page.show_wizard()
    wizard, wanted = page.wizard, SCENES[scene]
    if wizard.decisions.preview is None:
        folder = tempfile.mkdtemp(prefix="medapp-table-")
        wizard.steps[0].read(made_up(Path(folder)))
        wait(lambda: window.is_ready)
        wizard.decisions.set_target("ill")
    if wanted == 5 and wizard.decisions.kept is None:
        for step in (3, 4):
            wizard.show_step(step)
            wait(lambda: window.is_ready)
        for name, box in wizard.steps[4].boxes.items():
            box.setChecked(name in ("decision_tree", "logistic_regression"))
        wizard.next()
        wait(lambda: window.is_ready, 120.0)
    wizard.show_step(wanted)
    wizard.focus_first()
