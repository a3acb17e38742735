"""A language that nobody speaks: English 40 % longer and in brackets.

What is not in brackets was not translated; what has brackets inside was put together from pieces; what is
cut off would be in a real language too. It is made here and never shipped:

    context.speak(PseudoWords())
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

from medapp.i18n import TwoLanguages, Words

TAG = "en_XA"


@cache
def _tool() -> ModuleType:
    """packaging/i18n.py, which is a script and in no package."""
    path = Path(__file__).resolve().parents[1] / "packaging" / "i18n.py"
    spec = importlib.util.spec_from_file_location("medapp_i18n_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module  # its data classes look themselves up
    spec.loader.exec_module(module)
    return module


@cache
def lengthened(text: str) -> str:
    """The text as the pseudo-language has it; placeholders stay."""
    made: str = _tool().lengthened(text)
    return made


class PseudoWords(Words):
    """Words of the pseudo-language; dates and names are written as in English."""

    def __init__(self) -> None:
        super().__init__("en")
        self.language = TAG

    def __call__(self, message: str, **fields: object) -> str:
        if not message:
            return ""
        text = lengthened(message)
        return text.format(**fields) if fields else text

    def plural(self, one: str, many: str, count: int, **fields: object) -> str:
        return lengthened(one if count == 1 else many).format(count=count, **fields)

    def pick(self, text: TwoLanguages) -> str:
        return f"[{text.en} {_tool().tail(len(text.en) * 2 // 5)}]"
