"""How numbers, answers and blanks are written in tables that people type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final

MISSING: Final = frozenset(
    {
        "",
        "na",
        "n/a",
        "n.a.",
        "n.a",
        "nan",
        "null",
        "nil",
        "?",
        "??",
        "-",
        "--",
        "---",
        ".",
        "..",
        "/",
        "missing",
        "unknown",
        "unk",
        "not known",
        "not available",
        "not done",
        "not recorded",
        "nd",
        "#n/a",
        "#na",
        "#null!",
        "#value!",
        "#div/0!",
        "#ref!",
        "#name?",
        "<na>",
        "未知",
        "不详",
        "缺失",
        "无数据",
        "未测",
        "未查",
        "未记录",
        "空",
    }
)
"""Written for "no value", compared without case. "none" is an answer and stands not here."""
YES: Final = frozenset(
    {
        "yes",
        "y",
        "true",
        "t",
        "positive",
        "pos",
        "+",
        "present",
        "是",
        "有",
        "阳性",
        "患病",
        "对",
        "真",
    }
)
NO: Final = frozenset(
    {
        "no",
        "n",
        "false",
        "f",
        "negative",
        "neg",
        "-",
        "absent",
        "notpresent",
        "not present",
        "否",
        "无",
        "没有",
        "阴性",
        "未患病",
        "健康",
        "错",
        "假",
    }
)
_PLAIN: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
_COMMA: Final = re.compile(r"[+-]?(\d+,\d+|,\d+)$")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_EUROPEAN: Final = re.compile(r"[+-]?\d{1,3}([. ]\d{3})+(,\d+)?$")
_LIMIT: Final = re.compile(r"[<>≤≥＜＞]=?\s*")
_DATES: Final = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?([T ].*)?$"),
    re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})([T ].*)?$"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})([T ].*)?$"),
)


def fold(text: str) -> str:
    """What answers are compared by: full-width forms, case and blanks made alike."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def is_missing(text: str) -> bool:
    """Whether the cell says that there is no value."""
    return fold(text) in MISSING


def number(text: str, comma: str = "decimal") -> float | None:
    """The number a cell writes, or None. `comma` is decimal or thousands.

    "5.6", "5,6", "1.234,5", "1,234.5", "45%" and full-width digits are numbers;
    "<5" is the limit. What could be read in two ways is read as `comma` says.
    """
    bare = unicodedata.normalize("NFKC", text).replace("\u00a0", " ").replace("\u2212", "-").strip()
    bare = _LIMIT.sub("", bare, count=1) if bare[:1] in "<>≤≥" and bare else bare
    bare = bare.removesuffix("%").strip()
    if _PLAIN.match(bare):
        return _finite(bare)
    if _GROUPED.match(bare) and (comma == "thousands" or bare.count(",") > 1 or "." in bare):
        return _finite(bare.replace(",", ""))
    if _COMMA.match(bare):
        return _finite(bare.replace(",", "."))
    if _EUROPEAN.match(bare):
        return _finite(bare.replace(".", "").replace(" ", "").replace(",", "."))
    return None


def _finite(text: str) -> float | None:
    value = float(text)
    return value if abs(value) < 1e300 else None


def is_limit(text: str) -> bool:
    """Whether a number was written as "below" or "above"."""
    return text.strip()[:1] in "<>≤≥＜＞" and bool(text.strip())


def comma_use(counts: Mapping[str, int]) -> str | None:
    """How a column uses the comma: none, decimal, thousands, or None where both would fit.

    "1,234" is 1.234 or 1234; another cell of the column ("5,6" or "1,234.5") decides.
    """
    decimal = thousands = doubtful = 0
    for text in counts:
        bare = text.strip()
        if "," not in bare:
            continue
        if _GROUPED.match(bare):
            sure = bare.count(",") > 1 or "." in bare
            thousands, doubtful = thousands + sure, doubtful + (not sure)
        elif _COMMA.match(bare):
            decimal += 1
    if decimal:
        return "decimal"
    if thousands:
        return "thousands"
    return None if doubtful else "none"


def day(text: str) -> date | None:
    """The day a cell writes, or None; of day and month the order that exists."""
    bare = unicodedata.normalize("NFKC", text).strip()
    for pattern in _DATES:
        found = pattern.match(bare)
        if found:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                continue
    return None


def answer(text: str) -> str | None:
    """ "yes" or "no", or None for any other text."""
    folded = fold(text)
    return "yes" if folded in YES else "no" if folded in NO else None
