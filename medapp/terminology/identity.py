"""The national identity number of China (GB 11643-1999): its checksum, and what it proposes.

The number proposes a birth date and a sex; a form shows them for confirmation and never overwrites
what is recorded. The old 15-digit form (issued before 1999: two-digit year, no check character)
proves nothing and is accepted as a proposal only. Residence permits of Hong Kong, Macau and Taiwan
(81 to 83) and the permanent residence card (9) use the same 18 characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from medapp.terminology.errors import (
    NationalIdChecksum,
    NationalIdDate,
    NationalIdLength,
    NationalIdRegion,
)

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"  # by remainder modulo 11
_PROVINCES: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d")
"""Provinces of GB/T 2260; 81 to 83 residence permits, 9 the permanent residence card."""
_FORM = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_BLANK = re.compile(r"[\s\u200b\ufeff-]+")


@dataclass(frozen=True, slots=True)
class NationalId:
    """A number that keeps the rule. `sex` is female or male; `is_proposal` marks the old form."""

    number: str
    birth_date: date
    sex: str
    region: str
    is_proposal: bool = False


def parse_national_id(text: str, *, today: date | None = None) -> NationalId:
    """Read a number as typed: blanks and hyphens ignored, x as X, full-width digits as digits.

    With `today` a birth date after it is refused. Raises NationalIdLength, NationalIdRegion,
    NationalIdDate or NationalIdChecksum; no error carries the number.
    """
    number = _BLANK.sub("", text.translate(_NARROW)).upper()
    if not _FORM.fullmatch(number):
        raise NationalIdLength()
    if not _PROVINCES.match(number):
        raise NationalIdRegion()
    is_old = len(number) == 15
    birth = _date("19" + number[6:12] if is_old else number[6:14], today)
    if not is_old and check_character(number[:17]) != number[17]:
        raise NationalIdChecksum()
    sequence = number[12:15] if is_old else number[14:17]
    return NationalId(number, birth, "male" if int(sequence) % 2 else "female", number[:6], is_old)


def check_character(first_17: str) -> str:
    """The 18th character to 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True))
    return _CHECKS[total % 11]


_NARROW: Final = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "x"}


def _date(digits: str, today: date | None) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as error:
        raise NationalIdDate() from error
    if birth.year < 1850 or (today is not None and birth > today):
        raise NationalIdDate()
    return birth
