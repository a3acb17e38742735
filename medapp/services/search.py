"""Find patients by what is typed: name, pinyin, initials, birth date, record number, telephone."""

from __future__ import annotations

import time

from medapp.security.roles import Permission
from medapp.services.session import Session
from medapp.store import search as index
from medapp.store.search import PatientLine

__all__ = ["PatientLine", "SearchResult", "count", "line", "page", "search"]


class SearchResult:
    """The first hits in name order. `capped`: there are more, `count` is what is shown."""

    __slots__ = ("capped", "count", "ms", "patients", "query")

    def __init__(
        self, query: str, count: int, capped: bool, ms: float, patients: tuple[PatientLine, ...]
    ) -> None:
        self.query = query
        self.count = count
        self.capped = capped
        self.ms = ms
        self.patients = patients


def search(session: Session, text: str, limit: int = index.LIMIT) -> SearchResult:
    """Answer one keystroke; logged with the number of hits, without the text.

    An empty text lists patients in name order. Needs READ_RECORD.
    """
    session.require(Permission.READ_RECORD)
    start = time.perf_counter()
    with session.store.reading() as db:
        found = index.find(db, text, limit + 1) if text.strip() else index.page(db, None, limit + 1)
    ms = (time.perf_counter() - start) * 1000
    shown = tuple(found[:limit])
    session.note("search", hits=len(shown))
    return SearchResult(text, len(shown), len(found) > limit, ms, shown)


def count(session: Session, text: str) -> int:
    """The exact number of hits (all patients for an empty text); may take longer than a keystroke."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return index.count(db, text) if text.strip() else index.count_all(db)


def page(session: Session, after: int | None = None, limit: int = index.LIMIT) -> tuple[PatientLine, ...]:
    """Patients in name order after patient `after`: paging by key."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        found = index.page(db, after, limit)
    session.note("list", hits=len(found))
    return tuple(found)


def line(session: Session, patient: int) -> PatientLine | None:
    """One patient as a list shows her; None when she is gone."""
    session.require(Permission.READ_RECORD)
    with session.store.reading() as db:
        return index.line(db, patient)
