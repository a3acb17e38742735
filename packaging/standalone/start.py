"""The standalone program's first module: the command `medapp`."""

from __future__ import annotations

import sys

from medapp.cli import main

sys.exit(main())
