"""Words for the search index: the same folding for what is stored and for what is typed.

The tokenizer (unicode61) knows the letters of Unicode 6.1; a character that the
3.2 tables do not call a letter or digit is spelled `u` + hex on both sides, so that no
token ever falls apart inside the index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

DAY, RECORD, TELEPHONE, OTHER = "ð", "ɱ", "ŧ", "ŋ"
"""What stands before a birth date, a record number, a telephone, any other number in the index.

Letters that folding never leaves in a name or in what is typed: with plain d, m and t the first
letter of a name would find every birth date, record number and telephone there is.
"""

_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ŧ": "t",
        "Ŧ": "t",
        "ɱ": "m",
        "ı": "i",
        "ħ": "h",
        "Ħ": "h",
        "ŋ": "n",
        "Ŋ": "n",
    }
)
_APOSTROPHES: Final = str.maketrans("", "", "'’‘ʼʻ`´′")
_ONE_DIGIT: Final = ("1", "7")
# Two-digit country codes of ITU-T E.164; all others have three.
_TWO_DIGITS: Final = frozenset(
    [
        "20",
        "27",
        "30",
        "31",
        "32",
        "33",
        "34",
        "36",
        "39",
        "40",
        "41",
        "43",
        "44",
        "45",
        "46",
        "47",
        "48",
        "49",
        "51",
        "52",
        "53",
        "54",
        "55",
        "56",
        "57",
        "58",
        "60",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "81",
        "82",
        "84",
        "86",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "98",
    ]
)


def fold(text: str) -> str:
    """Lower case without marks: `Çelik` celik, `Løvås` lovas, `Groß` gross, full width to half."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    return _folded(_folded(text))  # twice: a mathematical capital is a capital only after the first


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).translate(_LETTERS).casefold())
    kept = "".join(mark for mark in plain if unicodedata.category(mark)[0] != "M")
    return unicodedata.normalize("NFC", kept)


def words_of(text: str) -> list[str]:
    """Index words of a folded text: each ideograph alone, each run of letters and digits."""
    return [spelled(word) for word in re.findall(r"[^\W_]+", spaced(text))]


def is_ideograph(mark: str) -> bool:
    """Whether a character is a Chinese one (compared by number: a class of them costs 10 ms to compile)."""
    return (
        "一" <= mark <= "\u9fff"
        or "\u3400" <= mark <= "\u4dbf"
        or "\uf900" <= mark <= "\ufaff"
        or "\U00020000" <= mark <= "\U000323af"
        or mark == "〇"
    )


def spaced(text: str) -> str:
    """The text with every ideograph set apart."""
    if text.isascii():
        return text
    return "".join(f" {mark} " if is_ideograph(mark) else mark for mark in text)


def spelled(word: str) -> str:
    """A word as the index can hold it."""
    if word.isascii():
        return word
    old = unicodedata.ucd_3_2_0.category
    return "".join(mark if old(mark)[0] in "LN" and mark <= "\uffff" else f"u{ord(mark):x}" for mark in word)


def compact(number: str) -> str:
    """A number's letters and digits only, folded."""
    return spelled("".join(mark for mark in fold(number) if mark.isalnum()))


def telephone_tokens(numbers: Iterable[str]) -> set[str]:
    """The digits, the digits without the country's code, and the last four."""
    found: set[str] = set()
    for number in numbers:
        digits = "".join(mark for mark in fold(number) if mark in "0123456789")
        if not digits:
            continue
        found.update((digits, digits[-4:]))
        if number.strip().startswith(("+", "00", "＋")):
            digits = digits.removeprefix("00")
            found.update((digits, digits[_country_digits(digits) :]))
    return {TELEPHONE + digits for digits in found if digits}


def _country_digits(digits: str) -> int:
    if digits[:1] in _ONE_DIGIT:
        return 1
    return 2 if digits[:2] in _TWO_DIGITS else 3
