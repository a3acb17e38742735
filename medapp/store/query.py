"""What was typed, as a MATCH expression.

A Latin word w is w*; digits n are (ɱn* OR ðn* OR ŧn*): record number, birth date,
telephone (the letters are those of `tokens`); an ideograph is itself; all joined with
AND. A date in any order becomes ð + YYYYMMDD; where day and month can be told apart in
two ways, both are asked for. Every term is quoted, for `or`, `not` and `near` are names too.
"""

from __future__ import annotations

import re
from calendar import monthrange
from itertools import product
from typing import Final

from medapp.store.tokens import (
    DAY,
    OTHER,
    RECORD,
    TELEPHONE,
    compact,
    fold,
    is_ideograph,
    spaced,
    spelled,
    words_of,
)

MAXIMUM_LENGTH, _MAXIMUM_PIECES = 120, 10
# Patterns are strings: `re` compiles and keeps them at the first search, not at the start of the program.
_CHINESE_DATE: Final = r"\d{4}年[0-9年月日]*"
_YEAR_FIRST: Final = r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{0,2})日?)?"
_YEAR_LAST: Final = r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = "(" + "|".join(_MONTHS) + r")[a-z]*\.?"
_NAMED: Final = (
    rf"\b(?P<day>\d{{1,2}})[\s./-]*{_MONTH}[\s,./-]*(?P<year>\d{{4}})\b",
    rf"\b{_MONTH}[\s./-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,./-]+(?P<year>\d{{4}})\b",
    rf"\b(?P<year>\d{{4}})[\s./-]*{_MONTH}[\s./-]*(?P<day>\d{{1,2}})\b",
)
_OTHER_LENGTH: Final = 6
"""Other identifiers are asked for from this many characters on: short prefixes would find everybody."""


def match_expression(text: str) -> str | None:
    """The FTS5 expression for what was typed; None when nothing in it can be searched for."""
    folded = fold(text[:MAXIMUM_LENGTH])
    readings = [_all_of(folded)]
    dated = _with_named_date(folded)
    if dated:
        readings.append(dated)
    digits = re.sub(r"\D", "", folded)
    if re.fullmatch(r"[+()\d\s./-]+", folded.strip()) and " " in folded.strip() and len(digits) >= 7:
        readings.append(_any_of([*_dates(folded.strip().replace(" ", "/")), *_numbers(digits)]))
    wanted = list(dict.fromkeys(reading for reading in readings if reading))
    return _any_of(wanted) if wanted else None


def _all_of(folded: str) -> str:
    dates = re.findall(_CHINESE_DATE, folded)
    rest = spaced(re.sub(_CHINESE_DATE, " ", folded) if dates else folded)
    pieces = dict.fromkeys([*dates, *re.findall(r"[^\s,;，；、]+", rest)])
    clauses = [clause for piece in list(pieces)[:_MAXIMUM_PIECES] if (clause := _clause(piece))]
    return " AND ".join(dict.fromkeys(clauses))


def _any_of(terms: list[str]) -> str:
    unique = list(dict.fromkeys(terms))
    if len(unique) == 1:
        return unique[0]
    return "(" + " OR ".join(f"({term})" if " AND " in term else term for term in unique) + ")"


def _clause(piece: str) -> str:
    words = words_of(piece)
    if not words:
        return ""
    if piece.isdigit() and piece.isascii():
        return _any_of([*_numbers(piece), *_joined_dates(piece)])
    if not any(mark in "0123456789" for mark in piece):
        return _of_words(words)
    joined = compact(piece)
    if joined.isdigit() or "年" in piece:
        found = [*_dates(piece), *(_numbers(joined) if joined.isdigit() else [])]
        return _any_of(found) if found else _of_words(words)
    return _any_of([_of_words(words), *_numbers(joined)])


def _of_words(words: list[str]) -> str:
    """All the words; a lone one may also begin a record number."""
    clauses = [
        _exact(word) if is_ideograph(word[0]) else _any_of([_prefix(word), _prefix(RECORD + word)])
        for word in words
    ]
    return " AND ".join(dict.fromkeys(clauses))


def _numbers(joined: str) -> list[str]:
    """A number as record number, birth date, telephone and, when long, any other identifier."""
    terms = [_prefix(RECORD + joined)]
    if joined.isdigit():
        terms += [_begun_date(joined), _prefix(TELEPHONE + joined)]
    return [*terms, _prefix(OTHER + joined)] if len(joined) >= _OTHER_LENGTH else terms


def _begun_date(digits: str) -> str:
    """Birth dates that begin with YYYYMMDD's first digits.

    A year and 0 is asked for as the year without its months from 10 on, and without births of
    which the year is all that is known: the index has prefixes of up to five characters, and
    beyond them merges a list for each day, of which the months to 9 have three times as many.
    """
    if len(digits) != 5 or digits[4] != "0":
        return _prefix(DAY + digits)
    year = DAY + digits[:4]
    return f"({_prefix(year)} NOT ({_prefix(year + '1')} OR {_exact(year)}))"


def _joined_dates(digits: str) -> list[str]:
    """12031968 as 12 March and as 3 December 1968."""
    if len(digits) != 8:
        return []
    return _days([digits[4:]], int(digits[:2]), int(digits[2:4]))


def _dates(piece: str) -> list[str]:
    """Terms of a date with separators, the year first or last, perhaps unfinished."""
    found = re.fullmatch(_YEAR_FIRST, piece)
    if found:
        year, month, day = found.groups()
        return _year_first(year, month, day)
    found = re.fullmatch(_YEAR_LAST, piece)
    if found:
        return _days(_years(found[3]), int(found[1]), int(found[2]))
    found = re.fullmatch(r"(\d{4})[-/.年]?", piece)
    return [_prefix(f"{DAY}{found[1]}")] if found else []


def _year_first(year: str, month: str, day: str | None) -> list[str]:
    if day is None:  # the month may still be growing: 1968-1 is January, or October on its way
        if month == "0":
            return [_begun_date(year + month)]
        return [
            _prefix(f"{DAY}{year}{month.zfill(2)}"),
            *([_prefix(f"{DAY}{year}1")] if month == "1" else []),
        ]
    start = f"{DAY}{year}{month.zfill(2)}"
    if len(day) == 2:
        return [_exact(start + day)]
    return [_exact(f"{start}0{day}"), _prefix(start + day)] if day else [_prefix(start)]


def _years(typed: str) -> list[str]:
    """Years that a typed year may mean: 68 is 1968 or 2068, 196 is on its way to 1960-1969."""
    if len(typed) == 2:
        return [f"19{typed}", f"20{typed}"]
    return [typed] if len(typed) == 4 else [f"{typed}{last}" for last in range(10)]


def _days(years: list[str], one: int, other: int) -> list[str]:
    """Exact days for both readings of two numbers as day and month, as far as they exist."""
    pairs = dict.fromkeys(((one, other), (other, one)))
    return [
        _exact(f"{DAY}{year}{month:02}{day:02}")
        for year, (day, month) in product(years, pairs)
        if 1 <= month <= 12 and int(year) > 0 and 1 <= day <= monthrange(int(year), month)[1]
    ]


def _with_named_date(folded: str) -> str:
    """The same text with `12 mar 1968` read as a date; empty when there is none."""
    for pattern in _NAMED:
        found = re.search(pattern, folded)
        if found is None:
            continue
        month = _MONTHS.index(found[1] if found[1] in _MONTHS else found[2]) + 1
        day = f"{DAY}{found['year']}{month:02}{int(found['day']):02}"
        rest = _all_of(folded[: found.start()] + " " + folded[found.end() :])
        return " AND ".join(part for part in (_exact(day), rest) if part)
    return ""


def _exact(word: str) -> str:
    return f'"{spelled(word)}"'


def _prefix(word: str) -> str:
    return f'"{spelled(word)}"*'
