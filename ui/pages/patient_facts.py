"""What the patient pages read from the store, once per opening and again when it changed.

Runs on the store thread; holds nouns only, no words, so that a language can be
switched without reading again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from medapp.assess.pregnancy import told_of
from medapp.domain.administrative import Patient
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Pregnancy
from medapp.domain.record import PatientRecord
from medapp.services import records

if TYPE_CHECKING:
    from medapp.services.session import Session

SPARK_POINTS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """One patient's record as of `now`, with the last values of every variable for sparklines.

    `told` is what the record says about pregnancies: by it the range of each value is chosen.
    """

    patient: Patient
    record: PatientRecord
    trends: Mapping[str, tuple[Observation, ...]]
    now: Moment
    told: tuple[Pregnancy, ...] = ()


def read_facts(session: Session, patient: int, *, is_opening: bool) -> Facts:
    """Read the record (audited only when it is being opened) and the values of its sparklines."""
    now = Moment.of_datetime(session.clock())
    record = records.open_record(session, patient, at=now, latest_only=True, audit=is_opening)
    if record.patient is None:
        raise LookupError("the record has no patient")
    names = sorted({o.variable for o in record.observations if o.variable and o.value is not None})
    trends = records.trends(session, patient, names, n=SPARK_POINTS)
    found = {name: tuple(sorted(values, key=lambda o: o.time.seconds)) for name, values in trends.items()}
    return Facts(record.patient, record, found, now, told_of(record))
