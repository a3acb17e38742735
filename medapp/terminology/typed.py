"""Names that are found as one types: by the beginnings of words, by Chinese, by pinyin or its initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from medapp.terminology.names import fold, is_han, readings

_WORD: Final = re.compile(r"[^\W_]+")
NOT: Final = 9
"""Score of what does not fit."""


@dataclass(frozen=True, slots=True)
class Hay:
    """What a thing is found by: whole names without blanks, single words, Chinese names."""

    wholes: frozenset[str]
    words: frozenset[str]
    chinese: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def hay_of(names: Iterable[str]) -> Hay:
    """The names of one thing, in either language."""
    listed = list(dict.fromkeys(names))
    words = {word for name in listed for word in words_of(name)}
    words.update(part for name in listed for part in _pinyin(name))
    wholes = frozenset("".join(words_of(name)) for name in listed)
    return Hay(wholes, frozenset(words), tuple(name for name in listed if is_han(name)))


def score(hay: Hay, typed: Sequence[str]) -> int:
    """How near the typed words are: 0 is the whole name, `NOT` none of it.

    Every word must begin a word of a name; of a Chinese name any ideographs do, in their order (乙脑
    is 乙型脑炎).
    """
    joined = "".join(typed)
    if joined in hay.wholes:
        return 0
    if not typed or not all(_fits(hay, word) for word in typed):
        return NOT
    if any(whole.startswith(joined) for whole in hay.wholes):
        return 1
    return 2 if all(word in hay.words for word in typed) else 3


def _fits(hay: Hay, word: str) -> bool:
    if is_han(word):
        return any(_is_within(word, name) for name in hay.chinese)
    return any(known.startswith(word) for known in hay.words)


def _is_within(word: str, name: str) -> bool:
    rest = iter(name)
    return all(mark in rest for mark in word)


def _pinyin(name: str) -> Iterator[str]:
    """The usual reading of the ideographs and their initials: "jigan" and "jg" for 肌酐."""
    read = [found[0] for mark in name if is_han(mark) and (found := readings(mark))]
    if read:
        yield "".join(read)
        yield "".join(word[0] for word in read)
