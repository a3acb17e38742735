"""The desktop program: everything that needs Qt.

PySide puts an import of its own in place of Python's, which reads the source of every module that is
imported afterwards and looks for its `__feature__` switches: 0.3 ms a module. We use none of them, so
Python's own import is put back.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - it is this that replaces the import

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
