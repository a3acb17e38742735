"""Which language the command line speaks, known before anything is parsed."""

from __future__ import annotations

import os
from collections.abc import Sequence

from medapp.i18n import LANGUAGES


def language_of(arguments: Sequence[str]) -> str:
    """`--lang`, else $MEDAPP_LANG, else Chinese where the terminal is Chinese, else English."""
    asked = _option(arguments) or os.environ.get("MEDAPP_LANG", "")
    if asked in LANGUAGES:
        return asked
    terminal = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh_CN" if terminal.startswith(("zh_CN", "zh_SG", "zh_Hans")) else "en"


def _option(arguments: Sequence[str]) -> str:
    for index, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == "--lang":
            return value if equals else "".join(arguments[index + 1 : index + 2])
    return ""
