"""A signed visit of an earlier day, for the tests of the pages that show it."""

from __future__ import annotations

from datetime import timedelta

from medapp.domain.datatypes import Moment
from medapp.domain.notes import Passage, Visit
from medapp.services import visits
from medapp.services.session import Session

HISTORY = "Cough for ten days, productive, worse at night."
EXAMINATION = "Coarse crackles at the right base."


def sign_visit(session: Session, patient: int, days_ago: int = 40, reason: str = "Cough and fever") -> int:
    """The number of the note."""
    started = Moment.of_datetime(session.clock() - timedelta(days=days_ago))
    visit = Visit(started, Passage(reason), Passage(HISTORY), Passage(EXAMINATION), plan=Passage("Rest."))
    return visits.sign(session, patient, visit).note
