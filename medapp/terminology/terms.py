"""What a doctor types and chooses from: problems, substances and allergens with their codes.

Found by the beginnings of words in either language, by code, and by pinyin or its initials ("xfcd" is
心房颤动). The tables are compiled by packaging/knowledge/compile_terms.py; free text is always
allowed beside them and has no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from medapp.domain.datatypes import CodeableConcept, Coding, LocalText
from medapp.i18n import Words
from medapp.terminology.names import fold, is_han
from medapp.terminology.systems import SHORT_NAMES
from medapp.terminology.tables import table

PROBLEMS: Final = "problems"
SUBSTANCES: Final = "substances"
ALLERGENS: Final = "allergens"
"""Single substances, and before them groups of medicines, foods and what is in the air."""

MOST: Final = 8
_SYLLABLES: Final = 8
"""From how many syllables of a name pinyin may begin."""

_WORD: Final = re.compile(r"[^\W_]+(?:\.\d+)?")
_SPELLINGS: Final = (("ae", "e"), ("oe", "e"), ("our", "or"), ("ise", "ize"))
"""British and American spelling are found by each other."""

_WHERE: Final = {PROBLEMS: "problem_terms", SUBSTANCES: "substance_terms", ALLERGENS: "substance_terms"}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to choose. `title.zh_CN` is the English name where no Chinese one may be shown."""

    title: LocalText
    codings: tuple[Coding, ...]
    category: str
    is_own: bool
    """Whether it is of our own wording: an everyday name goes before a category or a rare substance."""
    hay: str
    """Every word that it is found by, each after a space; the title's first word first."""
    sounds: str
    """Pinyin from each of its syllables, as words; that of the whole name first."""

    @property
    def concept(self) -> CodeableConcept:
        """As it is stored: named in English, so that both languages can show it."""
        return CodeableConcept(self.codings, self.title.en)

    @property
    def code(self) -> str:
        """The code to show beside the name: of a classification, not an opaque number."""
        shown = (c.code for c in self.codings if not c.code.isdigit())
        return next(shown, "")


def search(kind: str, text: str, limit: int = MOST) -> list[Term]:
    """The terms of a kind that fit what is typed: the closest first, then the best known and the shortest."""
    wanted = _words(text)
    if not wanted:
        return []
    plain, joined = text.strip().lower(), "".join(wanted)
    found = [
        (rank + (not term.is_own), not term.is_own, term.title.en == term.title.zh_CN, len(term.title.en), at)
        for at, term in enumerate(terms(kind))
        if (rank := _rank(term, plain, wanted, joined)) is not None
    ]
    return [terms(kind)[at] for *_, at in sorted(found)[:limit]]


def exactly(kind: str, text: str) -> Term | None:
    """The term of exactly this name, in either language, small or capital."""
    return _by_name(kind).get(text.strip().casefold())


def named(label: str, words: Words) -> str | None:
    """A name that stands word for word in a table, in the reader's language."""
    found = _names().get(label.strip().casefold())
    return None if found is None else words.pick(found)


@lru_cache(maxsize=3)
def terms(kind: str) -> tuple[Term, ...]:
    """Every term of a kind; allergens are followed by the substances."""
    rows = table(_WHERE[kind])[kind]
    own = tuple(_term(row, kind == ALLERGENS or row[-1] == "own") for row in rows)
    return (*own, *terms(SUBSTANCES)) if kind == ALLERGENS else own


@lru_cache(maxsize=3)
def _by_name(kind: str) -> dict[str, Term]:
    named: dict[str, Term] = {}
    for term in terms(kind):
        for name in (term.title.en, term.title.zh_CN):
            named.setdefault(name.casefold(), term)
    return named


@lru_cache(maxsize=1)
def _names() -> dict[str, LocalText]:
    """Both names of every term; made without the words it is found by, for pages need it at once."""
    names: dict[str, LocalText] = {}
    for kind, where in _WHERE.items():
        for english, chinese, *_ in table(where)[kind]:
            both = LocalText(english, chinese or english)
            names.setdefault(english.casefold(), both)
            names.setdefault(both.zh_CN.casefold(), both)
    return names


def _term(row: Sequence[str], is_own: bool) -> Term:
    english, chinese, pinyin, more, codes, category = row
    codings = tuple(_codings(codes, english))
    words = [*_words(english), *_words(chinese), chinese.replace(" ", ""), *_words(more)]
    words += [coding.code.lower() for coding in codings]
    hay = " ".join(("", *words, *_han_parts(f"{chinese} {more}"), ""))
    sounds = " ".join(("", *_readings(pinyin), ""))
    return Term(LocalText(english, chinese or english), codings, category, is_own, hay, sounds)


def _codings(codes: str, display: str) -> Iterator[Coding]:
    for one in codes.split():
        system, _, code = one.partition(":")
        yield Coding(SHORT_NAMES[system], code, display)


def _words(text: str) -> list[str]:
    return [_respelled(word) for word in _WORD.findall(fold(text))]


def _respelled(word: str) -> str:
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word


def _han_parts(text: str) -> Iterator[str]:
    """The rest of a Chinese name from each of its characters: 颤动 finds 心房颤动."""
    for word in text.split():
        if is_han(word):
            yield from (word[at:].lower() for at in range(1, len(word)))


def _readings(pinyin: str) -> Iterator[str]:
    syllables = pinyin.split()
    for at in range(min(len(syllables), _SYLLABLES)):
        yield "".join(syllables[at:])
        yield "".join(syllable[0] for syllable in syllables[at:])


def _rank(term: Term, plain: str, wanted: Sequence[str], joined: str) -> int | None:
    """0 when the name begins so or a word is just so, 1 when words begin so, 2 and 3 by its sounds."""
    hay, sounds = term.hay, term.sounds
    if all(f" {word}" in hay for word in wanted):
        begins = hay.startswith(f" {' '.join(wanted)}") or term.title.zh_CN.startswith(plain)
        return 0 if begins or all(f" {word} " in hay for word in wanted) else 1
    if f" {joined}" in sounds:
        return 2 if f" {joined} " in sounds or sounds.startswith(f" {joined}") else 3
    return None
