"""Which letters of a row the typed words matched: beginnings of words, dates, numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

Span = tuple[int, int]


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An ideograph, and a word of letters; compiled with the first typed letter."""
    return re.compile(r"[\u3400-\u9fff]"), re.compile(r"[^\W\d_]+")


_DATE_MARKS: Final = str.maketrans("", "", "-./\u2011")


def typed_words(text: str) -> tuple[str, ...]:
    """The words of a query, folded; ideographs apart."""
    words: list[str] = []
    if not text:
        return ()
    han, _ = _patterns()
    for word in text.replace(",", " ").split():
        ideographs = han.findall(word)
        words += ideographs
        rest = _fold(han.sub("", word))
        if rest:
            words.append(rest)
    return tuple(words)


def name_spans(name: str, words: Sequence[str]) -> list[Span]:
    """Beginnings of the name's words that were typed."""
    spans: list[Span] = []
    if not words:
        return spans
    for found in _patterns()[1].finditer(name):
        folded = _fold(found.group())
        hits = [len(word) for word in words if word.isalpha() and folded.startswith(word)]
        if hits and len(folded) == len(found.group()):
            spans.append((found.start(), found.start() + max(hits)))
    return spans


def han_spans(name: str, words: Sequence[str]) -> list[Span]:
    """Ideographs that were typed."""
    return [(at, at + 1) for at, mark in enumerate(name) if mark in words]


def date_spans(shown: str, iso: str | None, words: Sequence[str]) -> list[Span]:
    """The year when the year was typed, the whole date when more was."""
    if not iso:
        return []
    digits = iso.replace("-", "")
    year, month, day = digits[:4], digits[4:6], digits[6:8]
    for word in words:
        plain = word.translate(_DATE_MARKS)
        if not plain.isdigit():
            continue
        if plain == year or (len(plain) in (2, 3) and year.startswith(plain)):
            at = shown.find(year)
            return [(at, at + len(plain))] if at >= 0 else []
        forms = (year + month + day, day + month + year, month + day + year)
        if len(plain) > 4 and any(form.startswith(plain) for form in forms):
            return [(0, len(shown.split(" ")[0].split("\u00a0")[0].split("（")[0]))]
    return []


def number_spans(number: str, words: Sequence[str]) -> list[Span]:
    """The beginning of a record number that was typed."""
    folded = number.casefold()
    hits = [len(word) for word in words if any(map(str.isdigit, word)) and folded.startswith(word)]
    return [(0, max(hits))] if hits else []


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))
