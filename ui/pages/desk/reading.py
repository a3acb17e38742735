"""What the desk reads from the store, on the store thread: all counts, and the lines of the shown list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from medapp.domain.changes import Kind
from medapp.i18n import N_, Words
from medapp.services import appointments, drafts, due, reviews, worklist
from medapp.terminology.variables import variables
from ui.pages.desk import rows as shown
from ui.pages.desk.rows import DeskRow

if TYPE_CHECKING:
    from medapp.services.session import Session

TODAY, RESULTS, DUE, DRAFTS, RECENT = "today", "results", "due", "drafts", "recent"
TITLES: Final = {
    TODAY: N_("Today"),
    RESULTS: N_("Results to sign"),
    DUE: N_("Follow-up due"),
    DRAFTS: N_("Drafts"),
    RECENT: N_("Recently opened"),
}
EMPTY: Final = {
    TODAY: (N_("Nobody is booked today"), N_("Choose a patient above and press “Book”.")),
    RESULTS: (
        N_("No results wait for a signature"),
        N_("Laboratory and imaging results come here when they arrive."),
    ),
    DUE: (
        N_("Nothing is known to be due"),
        N_("It is worked out when a record is opened. “Check all records” does it for everybody."),
    ),
    DRAFTS: (N_("No drafts"), N_("What you begin to write and do not sign is kept here.")),
    RECENT: (N_("Nothing was opened yet"), N_("The records you open are listed here.")),
}  # fmt: skip
KINDS: Final = frozenset({
    Kind.APPOINTMENT, Kind.REVIEW, Kind.TASK, Kind.DRAFT, Kind.PATIENT, Kind.IMPORT, Kind.OBSERVATION,
    Kind.SETTING, Kind.NOTE, Kind.ENCOUNTER,
})  # fmt: skip
MOST_COUNTED: Final = {RESULTS: reviews.MOST, DUE: 1000}
RECENT_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Read:
    """Counts of all lists, and the lines of one."""

    which: str
    counts: dict[str, int]
    lines: Sequence[Any]

    def rows(self, now: datetime, words: Words) -> list[DeskRow]:
        """The lines in the language of the moment."""
        return _ROWS[self.which](self.lines, now, words)


def read(session: Session, which: str) -> Read:
    """One reading of the desk."""
    today = appointments.of_day(session)
    begun = drafts.listed(session)
    lines: dict[str, Callable[[], Sequence[Any]]] = {
        TODAY: lambda: today,
        RESULTS: lambda: reviews.waiting(session),
        DUE: lambda: due.open_tasks(session),
        DRAFTS: lambda: begun,
        RECENT: lambda: worklist.recently_opened(session, RECENT_SHOWN),
    }
    counts = {
        TODAY: sum(not one.is_over for one in today),
        RESULTS: reviews.count(session),
        DUE: due.count(session),
        DRAFTS: len(begun),
    }
    if which == RESULTS:
        variables()  # their table is read here, not when the rows are put into words
    return Read(which, counts, lines[which]())


_ROWS: Final[dict[str, Callable[[Any, datetime, Words], list[DeskRow]]]] = {
    TODAY: shown.today_rows,
    RESULTS: shown.result_rows,
    DUE: shown.due_rows,
    DRAFTS: shown.draft_rows,
    RECENT: shown.recent_rows,
}
