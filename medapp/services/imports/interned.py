"""The store's numbers for codes and senders, asked once per import and forgotten with a roll-back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from medapp.interchange.batch import CodeEntry, CodeKey
from medapp.store.connection import Transaction
from medapp.store.repositories import codes, sources


@dataclass(slots=True)
class Interned:
    """`codes` and `sources` hold what is committed and what this transaction added."""

    codes: dict[CodeKey, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    _new_codes: list[CodeKey] = field(default_factory=list)
    _new_sources: list[str] = field(default_factory=list)

    def add_codes(self, tx: Transaction, entries: Mapping[CodeKey, CodeEntry]) -> None:
        """Make every code known."""
        known = self.codes
        new = [(*key, *entry) for key, entry in entries.items() if key not in known]
        if new:
            found = codes.intern(tx, new)
            self._new_codes += found
            known.update(found)

    def source(self, tx: Transaction, name: str) -> int:
        """The number of a sender."""
        number = self.sources.get(name)
        if number is None:
            number = self.sources[name] = sources.intern(tx, name)
            self._new_sources.append(name)
        return number

    def add_sources(self, tx: Transaction, names: Iterable[str]) -> None:
        for name in names:
            self.source(tx, name)

    def keep(self) -> None:
        """The transaction was committed."""
        self._new_codes.clear()
        self._new_sources.clear()

    def forget(self) -> None:
        """The transaction was rolled back: its numbers are not in the store."""
        for key in self._new_codes:
            self.codes.pop(key, None)
        for name in self._new_sources:
            self.sources.pop(name, None)
        self.keep()
