"""A day, a month or a year as a doctor types it."""

from __future__ import annotations

import re
from typing import Final

from medapp.domain.datatypes import Moment

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_WHOLE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NAMED: Final = re.compile(r"(?:(\d{1,2})-)?([a-z]{3})[a-z]*-(\d{4})")
_UNFINISHED: Final = re.compile(
    r"\d{0,3}|\d{4}-|\d{4}-\d{1,2}-|\d{1,2}(-[a-z]*(-\d{0,3})?)?|[a-z]+(-\d{0,3})?"
)


def parse_day(text: str) -> Moment:
    """`2021`, `2021-2`, `2021/02/14`, `20210214`, `2021年2月14日`, `14-Feb-2021`, `Feb 2021`.

    Raises ValueError for anything else. Day before month in figures is never guessed.
    """
    plain = _plain(text)
    whole, named = _WHOLE.fullmatch(plain), _NAMED.fullmatch(plain)
    if named is not None and named[2] in _MONTHS:
        parts: tuple[str | None, ...] = (named[3], str(_MONTHS.index(named[2]) + 1), named[1])
    else:
        found = whole or _PARTS.fullmatch(plain)
        if found is None:
            raise ValueError("not a day, month or year")
        parts = found.groups()
    return Moment.parse("-".join(part.zfill(2) for part in parts if part))


def is_unfinished(text: str) -> bool:
    """Whether more keys could make a day of it: then nothing is said while one types."""
    return _UNFINISHED.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    ascii_ = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text.strip().lower())
    return re.sub(r"[年月]", "-", ascii_).replace("日", "").replace("\u2011", "-").translate(
        str.maketrans("/. ", "---")
    ).rstrip("-" if "年" in text or "月" in text else "")
