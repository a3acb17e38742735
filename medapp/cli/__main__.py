"""`python -m medapp.cli` is the command `medapp`."""

from __future__ import annotations

import sys

from medapp.cli import main

if __name__ == "__main__":
    sys.exit(main())
