""" "None known", by whom and when."""

from __future__ import annotations

from medapp.domain.clinical import Denial, Subject
from medapp.domain.datatypes import Moment
from medapp.store.connection import Reader


def of_patient(db: Reader, patient: int) -> list[Denial]:
    """All that was ever denied, the oldest first; ended ones too."""
    found = db.execute(
        "SELECT d.id, d.patient, d.subject, d.recorded_ts, d.recorded_when, u.full_name, d.status "
        "FROM denial d LEFT JOIN user u ON u.id=d.user WHERE d.patient=? ORDER BY d.recorded_ts, d.id",
        (patient,),
    )
    return [
        Denial(row[0], row[1], Subject(row[2]), Moment.unpack(row[3], row[4]), row[5] or "", row[6])
        for row in found
    ]


def standing(db: Reader, patient: int, subject: Subject) -> list[int]:
    """Ids of the denials of a subject that nothing has ended."""
    found = db.execute(
        "SELECT id FROM denial WHERE patient=? AND subject=? AND status='active'", (patient, subject.value)
    )
    return [row[0] for row in found]
