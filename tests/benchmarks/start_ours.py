"""Our side of the start: the real window on the big clinic. Prints the moments of its paints.

    start_ours.py DIR USER     the data key in hexadecimal is read from standard input

The unlock itself (Argon2id takes its time on purpose, after a person has typed) is not part of the
start, so the clinic is opened by its data key. Printed: the first painted window, and the window with 50
patients listed.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path

from medapp.cli.door import find_door, hurry

hurry()  # as `medapp` does before anything else

from medapp import config  # noqa: E402
from medapp.services.session import Session  # noqa: E402
from medapp.store.connection import Store  # noqa: E402
from medapp.store.repositories import users  # noqa: E402
from ui.app import QtWords, make_application  # noqa: E402
from ui.context import Context  # noqa: E402

FORBIDDEN = ("typer", "structlog", "pint", "sqlite_utils", "pandas", "onnxruntime", "matplotlib", "numpy")


def main(directory: Path, user_name: str) -> None:
    assert find_door("desktop") is not None  # the way that `medapp` takes
    store = Store(directory, bytes.fromhex(sys.stdin.readline().strip()))
    with store.reading() as db:
        user = users.by_name(db, user_name)
    assert user is not None
    session = Session(store, user, lambda: datetime.now().astimezone())
    application = make_application()
    context = Context(config.Settings())
    context.apply_theme()
    translator = QtWords(context)
    from ui.main_window import MainWindow

    window = MainWindow(context)
    window.start(directory, session)
    window.show()
    application.processEvents()
    assert window.windowHandle().isExposed()
    painted = time.time()
    early = sorted(set(FORBIDDEN) & set(sys.modules))
    while not window.page("worklist").is_listed:
        application.processEvents()
    application.processEvents()
    listed = time.time()
    print(painted, listed, time.process_time(), ",".join(early) or "-", flush=True)
    del translator
    os._exit(0)  # the measurement is over: no tidy end is timed or awaited


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
