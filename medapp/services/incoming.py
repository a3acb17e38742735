"""Which results wait for a doctor's signature: laboratory and imaging that came in lately.

A result waits when it was received, by an import or an entry, within 14 days of its collection. What an
import brings of earlier years is history: its reader has long acted on it, and it would bury what is new.
Results of a code that we know no variable for wait only with the laboratory's own limits, by which they
can be judged; other unknown codes are questionnaires and measurements as often as laboratory.

The critical values of calcium are those of adjusted calcium: an adult's is judged as it was sent and
adjusted for the albumin nearest to it within a day, and the worse of both counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from medapp.assess.pregnancy import gestation_on, told_by
from medapp.calculators.calcium_for_albumin import corrected_molar
from medapp.domain.administrative import Patient, age_at
from medapp.domain.clinical import WITHDRAWN, Observation
from medapp.domain.datatypes import Moment
from medapp.domain.pregnancy import Pregnancy
from medapp.store import settings
from medapp.store.connection import Reader, Transaction
from medapp.store.repositories import conditions, observations, patients, pregnancies
from medapp.terminology import critical, ranges
from medapp.terminology.critical import CriticalValue, Limits
from medapp.terminology.variables import variables

BESIDE: Final = 86_400
"""Seconds between a calcium and the albumin that it is adjusted for."""

if TYPE_CHECKING:
    from medapp.services.journal import Act

RECENT: Final = 14 * 86_400
"""Seconds between collection and receipt up to which a result is news."""

SETTING: Final = "critical_values"
"""The clinic's own limits: row key to [low, high]."""

_GROUPS: Final = frozenset({
    "heart", "blood_gas", "electrolytes", "kidney", "metabolic", "liver", "blood", "coagulation", "endocrine",
    "immunology", "drug_levels", "serology", "imaging",
})  # fmt: skip
_SETTINGS_OF_A_VENTILATOR: Final = frozenset({"fio2", "peep", "tidal_volume", "etco2"})
_CALCIUM, _ALBUMIN = "calcium", "albumin"
_ADULT: Final = 18.0
"""The age from which calcium is adjusted: the equation was made in adults."""

_ASKED: Final = frozenset({"nyha_class", "urine_volume"})
_HIDDEN: Final = ", ".join(f"'{status}'" for status in sorted(WITHDRAWN))

# The patient's rows only, by their clustered key: no index is needed, and few patients have news.
_NEW: Final = f"""
SELECT o.seq, c.variable, o.value, o.comparator, o.ref_low, o.ref_high, o.ts, o."when"
FROM observation o JOIN code c ON c.id=o.code
WHERE o.patient=? AND o.ts BETWEEN ? AND ? AND (?4 IS NULL OR o.import_id=?4) AND o.status NOT IN ({_HIDDEN})
AND (o.value IS NOT NULL OR o.text IS NOT NULL OR o.coded IS NOT NULL)"""

_NEAREST: Final = f"""
SELECT o.value FROM observation o JOIN code c ON c.id=o.code
WHERE o.patient=? AND o.ts BETWEEN ?2-{BESIDE} AND ?2+{BESIDE} AND c.variable='{_ALBUMIN}'
AND o.value IS NOT NULL AND o.status NOT IN ({_HIDDEN}) ORDER BY abs(o.ts-?2), o.seq DESC LIMIT 1"""


_UNSIGNED: Final = f"""
SELECT r.observation, r.level FROM review r JOIN observation o ON o.seq=r.observation
WHERE r.signed IS NULL AND o.status NOT IN ({_HIDDEN})"""


@lru_cache(maxsize=1)
def reported() -> frozenset[str]:
    """Variables of laboratory and imaging, whose results are signed."""
    return frozenset(
        name
        for name, one in variables().items()
        if one.group in _GROUPS and one.kind not in ("boolean", "date")
    ) - (_SETTINGS_OF_A_VENTILATOR | _ASKED)


def own_limits(db: Reader) -> dict[str, Limits]:
    """The clinic's own critical values."""
    kept: dict[str, Sequence[float | None]] = settings.get(db, SETTING, {})
    return {key: (pair[0], pair[1]) for key, pair in kept.items()}


def critical_rows(db: Reader) -> tuple[CriticalValue, ...]:
    """The critical values of this clinic."""
    return critical.with_own(own_limits(db))


def level(
    rows: Sequence[CriticalValue], patient: Patient, variable: str | None, value: float | None,
    comparator: str | None, sent: tuple[float | None, float | None], at: Moment,
    told: Sequence[Pregnancy] = (), albumin: float | None = None,
) -> str:  # fmt: skip
    """critical, abnormal, normal, or unknown where nothing tells: the laboratory's own range wins.

    `told` is what is recorded about her pregnancies: in one, few of our ranges hold. `albumin`, g/L,
    is that beside a calcium.
    """
    if value is None:
        return critical.UNKNOWN
    age = age_at(patient.birth_date, at)
    if variable is None or variable not in variables():
        low, high = sent
        usual = None if low is None and high is None else ranges.Range(low, high, "laboratory")
        return critical.grade(value, comparator, None, usual)
    pregnant = gestation_on(told, at.date)
    usual = ranges.reference_range(variable, patient.sex.value, age, sent, pregnant=pregnant)
    limits = critical.limits_for(rows, variable, age)
    found = critical.grade(value, comparator, limits, usual)
    if variable != _CALCIUM or albumin is None or (age is not None and age < _ADULT):
        return found
    adjusted = critical.grade(corrected_molar(value, albumin), comparator, limits, None)
    return critical.CRITICAL if adjusted == critical.CRITICAL else found


def judged(db: Reader, rows: Sequence[CriticalValue], patient: Patient, one: Observation) -> str:
    """The level of a stored result, with all that the record says beside it."""
    sent, told = (one.reference_low, one.reference_high), _told(db, patient.id)
    albumin = _albumin_beside(db, patient.id, one.variable, one.time.seconds)
    return level(rows, patient, one.variable, one.value, one.comparator, sent, one.time, told, albumin)


def regrade(tx: Transaction, patient: int | None = None) -> int:
    """Judge anew what waits, of everybody or of one patient; how many changed.

    The clinic's critical values changed, or what a result is judged by: who she is, a pregnancy, another
    result beside it.
    """
    waits = (
        tx.execute(_UNSIGNED).fetchall()
        if patient is None
        else tx.execute(f"{_UNSIGNED} AND r.patient=?", (patient,)).fetchall()
    )
    rows = critical_rows(tx) if waits else ()
    changed = 0
    for number, before in waits:
        stored = observations.get(tx, number)
        if stored is None:
            continue
        after = judged(tx, rows, patients.get(tx, stored.patient), stored.observation)
        if after != before:
            tx.execute("UPDATE review SET level=? WHERE observation=?", (after, number))
            changed += 1
    return changed


def regrade_of(tx: Transaction, people: Iterable[int]) -> int:
    """The same for some patients."""
    return sum(regrade(tx, patient) for patient in people)


def _albumin_beside(db: Reader, patient: int, variable: str | None, at: int) -> float | None:
    """The albumin, g/L, to which a calcium of that moment (UTC seconds) is adjusted; None for all else."""
    found = db.execute(_NEAREST, (patient, at)).fetchone() if variable == _CALCIUM else None
    return None if found is None else float(found[0])


def collect(tx: Transaction, people: Iterable[int], now: int, import_id: int | None = None) -> int:
    """Let the recent results of some patients wait for a signature; how many were new.

    With `import_id` those of that import only: once for each file, after its rows were written.
    """
    wanted = sorted(people)
    if not wanted:
        return 0
    rows = critical_rows(tx)
    return sum(_collect_one(tx, patient, rows, now, import_id) for patient in wanted)


def note_entered(act: Act, number: int, observation: Observation, whose: int | None = None) -> None:
    """The same for a result that was entered here, as a part of the act; `whose` where not its patient's."""
    if not _waits(observation.variable, (observation.reference_low, observation.reference_high)):
        return
    if not observation.is_usable or not 0 <= act.now - observation.time.seconds + 86_400 <= RECENT + 86_400:
        return
    patient = patients.get(act.tx, act.patient if whose is None else whose)
    row = (number, observation.variable, observation.value, observation.comparator, observation.reference_low,
           observation.reference_high, observation.time.seconds, observation.time.packed)  # fmt: skip
    act.added("review", number)
    told = _told(act.tx, patient.id)
    act.tx.execute(_INSERT, _review(act.tx, row, patient, critical_rows(act.tx), act.now, told))


_INSERT: Final = (
    "INSERT INTO review(observation, patient, received, level, action, told) VALUES(?,?,?,?,'','') "
    "ON CONFLICT DO NOTHING"
)


def _collect_one(
    tx: Transaction, patient: int, rows: Sequence[CriticalValue], now: int, import_id: int | None
) -> int:
    found = tx.execute(_NEW, (patient, now - RECENT, now + 86_400, import_id)).fetchall()
    found = [row for row in found if _waits(row[1], (row[4], row[5]))]
    if not found:
        return 0
    whole = patients.get(tx, patient)
    told = _told(tx, patient)
    count = tx.executemany(_INSERT, [_review(tx, row, whole, rows, now, told) for row in found])
    if any(row[1] == _ALBUMIN for row in found):
        regrade(tx, patient)  # a calcium may wait beside it
    return count


def _told(db: Reader, patient: int) -> tuple[Pregnancy, ...]:
    """What her episodes and her problems say about pregnancy."""
    return told_by(pregnancies.of_patient(db, patient), conditions.of_patient(db, patient))


def _waits(variable: str | None, sent: tuple[float | None, float | None]) -> bool:
    if variable is not None:
        return variable in reported()
    return sent != (None, None)


def _review(
    db: Reader, row: Sequence[Any], patient: Patient, rows: Sequence[CriticalValue], now: int,
    told: Sequence[Pregnancy],
) -> tuple[object, ...]:  # fmt: skip
    return row[0], patient.id, now, _level_of_row(db, row, patient, rows, told)


def _level_of_row(
    db: Reader, row: Sequence[Any], patient: Patient, rows: Sequence[CriticalValue], told: Sequence[Pregnancy]
) -> str:
    _, variable, value, comparator, low, high, ts, when = row
    albumin = _albumin_beside(db, patient.id, variable, ts)
    at = Moment.unpack(ts, when)
    return level(rows, patient, variable, value, comparator, (low, high), at, told, albumin)
