"""Run before the program: fontconfig, which Qt and the charts ask, also looks at the fonts brought along."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CONFIGURATION = Path(__file__).resolve().parent / "medapp/_bundled/resources/fonts/fonts.conf"
if sys.platform == "linux" and _CONFIGURATION.is_file():
    os.environ.setdefault("FONTCONFIG_FILE", str(_CONFIGURATION))
