"""The other side of the start: a bare PySide6 window. Prints the moment of its first paint."""

from __future__ import annotations

import sys
import time

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("MedApp"))
window.resize(1366, 768)
window.show()
application.processEvents()
assert window.windowHandle().isExposed()
print(time.time(), time.process_time(), flush=True)
