"""Names as they are searched and sorted: folded Latin letters, ideographs, pinyin readings, initials.

Readings come from resources/knowledge/names: pinyin.txt (compiled from pypinyin) and surnames.toml,
whose readings go first where a character opens a name: 曾 is zeng, 单 is shan, 尉迟 is yu chi.
Tones are dropped. u-umlaut is v in the sort key and found as v, u and yu (吕: lv, lu, lyu).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, product

from medapp import paths
from medapp.domain.administrative import HumanName

_MOST_COMBINATIONS = 24
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ŋ": "n", "ŧ": "t", "ƒ": "f", "ə": "e", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
    "'": "", "\u2019": "", "\u2018": "", "\u02bc": "", "\u00b4": "", "`": "",
})
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['\u2019\u2018\u02bc`]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class NameTerms:
    """What one person's names are found by; every term is folded.

    `words`: folded Latin words and single ideographs. `syllables`: every reading of every
    ideograph. `joined`: readings without a space (whole name, given name; Latin names of several
    words). `initials`: first letters. The sort key is family name first.
    """

    sort_key: str
    words: tuple[str, ...]
    syllables: tuple[str, ...]
    joined: tuple[str, ...]
    initials: tuple[str, ...]


def fold(text: str) -> str:
    """Small letters without accents: "Łukasz Ångström" -> "lukasz angstrom"; apostrophes vanish."""
    if text.isascii():
        return text.lower().translate(_LETTERS)
    return _folded(_folded(text))  # twice: a mathematical capital is a capital only after the first


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).translate(_LETTERS)


def is_han(text: str) -> bool:
    """Whether any character is an ideograph."""
    return _HAN.search(text) is not None


def search_terms(names: Sequence[HumanName]) -> NameTerms:
    """The terms of all of a person's names; the sort key is of the first Latin name, else of the first."""
    parts = [_han_terms(name) if _is_han_name(name) else _latin_terms(name) for name in names]
    latin = [part.sort_key for part, name in zip(parts, names, strict=True) if not _is_han_name(name)]
    keys = [key for key in (*latin, *(part.sort_key for part in parts)) if key]
    return NameTerms(
        sort_key=keys[0] if keys else "",
        words=_unique(word for part in parts for word in part.words),
        syllables=_unique(word for part in parts for word in part.syllables),
        joined=_unique(word for part in parts for word in part.joined),
        initials=_unique(word for part in parts for word in part.initials),
    )


def pinyin(name: HumanName) -> str:
    """The usual reading of a Chinese name, family first: "wang xiaoming"; "" for a Latin one."""
    return _han_terms(name).sort_key if _is_han_name(name) else ""


def split_han(text: str) -> tuple[str, str]:
    """A Chinese name as (family, given); two-character surnames are known."""
    if len(text) > 2 and text[:2] in _surnames():
        return text[:2], text[2:]
    return text[:1], text[1:]


def readings(character: str) -> tuple[str, ...]:
    """Every reading of one ideograph, the commonest first; () when unknown."""
    return _table().get(character, ())


def _is_han_name(name: HumanName) -> bool:
    return is_han(name.family) or is_han("".join(name.given)) or (not name.family and is_han(name.text))


def _latin_terms(name: HumanName) -> NameTerms:
    family = _WORD.findall(fold(name.family))
    given = _WORD.findall(fold(" ".join(name.given)))
    if not family and not given:
        family = _WORD.findall(fold(name.text))
    joined = ["".join(words) for words in (family, given) if len(words) > 1]
    after = _APOSTROPHE.split(name.family)[-1]  # O'Keefe is found by "keefe" too
    joined += _WORD.findall(fold(after)) if after != name.family else []
    first, last = "".join(word[0] for word in given), "".join(word[0] for word in family)
    initials = (first + last, last + first) if first and last else ()
    return NameTerms(" ".join((*family, *given)), (*family, *given), (), tuple(joined), initials)


def _han_terms(name: HumanName) -> NameTerms:
    if name.family:
        family, given = name.family, "".join(name.given)
    else:
        family, given = split_han("".join(name.given) or name.text)
    surname = _surname_readings(family)
    rest = [_spelled(readings(mark)) for mark in given if readings(mark)]
    whole = [tuple(_spelled((word,)) for word in reading) for reading in surname]
    every = chain.from_iterable(product(*reading, *rest) for reading in whole)
    combinations = list(islice(every, _MOST_COMBINATIONS))
    given_only = islice(product(*rest), _MOST_COMBINATIONS) if rest else ()
    key = "".join(surname[0]) if surname else "", "".join(options[0] for options in rest if options)
    return NameTerms(
        sort_key=" ".join(word for word in key if word),
        words=tuple(mark for mark in family + given if is_han(mark)),
        syllables=_unique(chain.from_iterable(chain(*whole, rest))),
        joined=_unique("".join(syllables) for syllables in (*combinations, *given_only)),
        initials=_unique("".join(word[0] for word in syllables) for syllables in combinations),
    )


def _surname_readings(family: str) -> list[tuple[str, ...]]:
    """Readings of a surname as syllables, the usual one first, then every other of its characters."""
    special = _surnames().get(family)
    if special is not None and len(family) > 1:
        return [special]
    if len(family) == 1:
        usual = [(word,) for word in special or ()]
        return list(dict.fromkeys([*usual, *((word,) for word in readings(family))]))
    options = [readings(mark) for mark in family if readings(mark)]
    return list(islice(product(*options), _MOST_COMBINATIONS)) if options else []


def _spelled(words: Iterable[str]) -> tuple[str, ...]:
    """The words and, for u-umlaut, the spellings that people type."""
    return _unique(
        spelling
        for word in words
        for spelling in ((word, word.replace("v", "u"), word.replace("v", "yu")) if "v" in word else (word,))
    )


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


@lru_cache(maxsize=1)
def _surnames() -> dict[str, tuple[str, ...]]:
    """Surname -> its readings (one character) or its syllables (several)."""
    data = tomllib.loads((paths.knowledge_dir() / "names" / "surnames.toml").read_text("utf-8"))
    return {name: tuple(text.split()) for part in data.values() for name, text in part.items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    text = (paths.knowledge_dir() / "names" / "pinyin.txt").read_text("utf-8")
    first, _, more = text.partition("\n+\n")
    table: dict[str, tuple[str, ...]] = {}
    for line in first.splitlines():
        reading, _, characters = line.partition(" ")
        table.update(dict.fromkeys(characters, (reading,)))
    for line in more.splitlines():
        reading, _, characters = line.partition(" ")
        for character in characters:
            table[character] = (*table[character], reading)
    return table
