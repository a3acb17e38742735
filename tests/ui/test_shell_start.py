"""The start: what may be imported before the first paint, the options, and the pictures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from medapp import config
from ui.app import Options, read_options, store_folder

ROOT = Path(__file__).parents[2]
SLOW = (
    "numpy", "pandas", "matplotlib", "onnxruntime", "typer", "structlog", "pint",
    "sqlite_utils", "msgspec",
)

_START = """
import sys
from pathlib import Path
from medapp import config
from ui.app import QtWords, make_application
from ui.context import Context
application = make_application()
context = Context(config.Settings(last_user="demo"))
context.apply_theme()
words = QtWords(context)
from ui.main_window import MainWindow
window = MainWindow(context)
window.start(Path(sys.argv[1]))
window.show()
application.processEvents()
assert window.unlock_page.state == "sign_in"
print(sorted({name.partition(".")[0] for name in sys.modules}))
context.jobs.close()
"""


def test_nothing_slow_is_imported_before_the_first_paint(demo_clinic: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _START, str(demo_clinic)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(done.stdout.strip("[]\n").replace("'", "").split(", "))
    assert "PySide6" in loaded
    assert not loaded & set(SLOW)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], Options()),
        (["--demo"], Options(is_demo=True)),
        (["--store", "a", "--lang=zh_CN"], Options(store=Path("a"), language="zh_CN")),
        (["--theme", "dark", "--user", "lin"], Options(theme="dark", user="lin")),
    ],
)
def test_the_options_of_the_bare_command(arguments: list[str], options: Options) -> None:
    assert read_options(arguments) == options


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--store"], ["name"]])
def test_an_unknown_option_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_options(arguments)
    assert ended.value.code == 2
    assert "medapp:" in capsys.readouterr().err


def test_the_store_is_the_one_asked_for_then_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEDAPP_STORE", raising=False)
    settings = config.Settings(last_store="last")
    assert store_folder(Options(store=Path("asked")), settings) == Path("asked")
    assert store_folder(Options(), settings) == Path("last")
    monkeypatch.setenv("MEDAPP_STORE", "named")
    assert store_folder(Options(), settings) == Path("named")


def test_the_pictures_are_drawn_in_both_languages_and_themes(demo_clinic: Path, tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    command = [sys.executable, "-m", "ui.screens", str(out), "--store", str(demo_clinic)]
    done = subprocess.run(
        [*command, "--only", "worklist,settings,unlock"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "not ready" not in done.stderr
    names = {path.stem for path in out.glob("*.png")}
    assert {"worklist-light-en", "worklist-dark-zh_CN", "settings-dark-en", "unlock-light-zh_CN"} <= names
    assert done.stdout.strip().splitlines()[-1].startswith(f"{len(names)} pictures")


def test_the_self_test_can_draw_one_page(demo_clinic: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ui.context import now; from ui.screens import draw_page;"
        "from medapp.services.session import open_clinic;"
        "draw_page(open_clinic(Path(sys.argv[1]), 'demo', 'demo', clock=now), Path(sys.argv[2]))"
    )
    picture = tmp_path / "page.png"
    subprocess.run([sys.executable, "-c", code, str(demo_clinic), str(picture)], check=True, cwd=ROOT)
    assert picture.stat().st_size > 10_000
