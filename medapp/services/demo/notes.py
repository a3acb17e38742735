"""Rows of problems, medicines, allergies and visits for a block of invented people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from medapp.domain.datatypes import CodeableConcept, Moment, Precision
from medapp.services.demo.course import YEAR, Health, Visits
from medapp.services.demo.facts import ALLERGIES, NO_KNOWN_ALLERGY, PROBLEMS, RXNORM, SNOMED, VISITS, concept
from medapp.services.demo.work_ups import Noted
from medapp.store.connection import Row, Transaction
from medapp.store.repositories import codes, concepts

DAY: Final = 86_400
_DAY_PACKED: Final = Moment(0, 0, Precision.DAY).packed
_TIME_PACKED: Final = Moment(0).packed


class Coder:
    """The store's integers of codes, asked for once per block."""

    def __init__(self, tx: Transaction, source: int) -> None:
        self._tx = tx
        self._known: dict[str, int] = {}
        self.source = source

    def code(self, meaning: CodeableConcept) -> int:
        """The integer of a concept's first coding."""
        first = meaning.codings[0]
        if first.code not in self._known:
            key = (first.system, first.code)
            self._known[first.code] = codes.intern(self._tx, [(*key, first.display, None)])[key]
        return self._known[first.code]


def problem_rows(
    coder: Coder, rng: np.random.Generator, health: Health, first_id: int, now: int
) -> tuple[list[Row], list[Row]]:
    """Rows of conditions and of the medicines usual for them, in their repositories' `COLUMNS` order."""
    problems: list[Row] = []
    medicines: list[Row] = []
    for problem in PROBLEMS:
        who = np.flatnonzero(health.has(problem.id))
        ago = np.minimum(rng.gamma(2.0, 3.0, len(who)), health.age[who] * 0.8) * YEAR
        onset = ((now - ago) // DAY * DAY).astype(np.int64).tolist()
        people = (who + first_id).tolist()
        code = coder.code(problem.concept)
        problems.extend(
            (person, code, None, "active", "confirmed", day, _DAY_PACKED, None, None, day, _DAY_PACKED,
             None, coder.source, None, None)
            for person, day in zip(people, onset, strict=True)
        )  # fmt: skip
        reason = concepts.pack_whole(problem.concept)
        for rank, (rxnorm, name, dosage) in enumerate(problem.medicines):
            drug = coder.code(concept(RXNORM, rxnorm, name))
            is_given = (rng.random(len(who)) < (0.85, 0.4, 0.2)[rank]).tolist()
            medicines.extend(
                (person, "request", drug, None, "active", day, _DAY_PACKED, day, _DAY_PACKED, None, None,
                 dosage, reason, None, coder.source, None, None)
                for person, day, given in zip(people, onset, is_given, strict=True)
                if given
            )  # fmt: skip
    return problems, medicines


def allergy_rows(coder: Coder, rng: np.random.Generator, visits: Visits, ids: range) -> list[Row]:
    """One in five has an allergy, two in five a dated "no known allergy", the others were not asked."""
    draw = rng.random(len(ids)).tolist()
    which = rng.integers(0, len(ALLERGIES), len(ids)).tolist()
    is_severe = (rng.random(len(ids)) < 0.15).tolist()
    days = (visits.time[visits.is_first] // DAY * DAY).tolist()
    none_known = coder.code(NO_KNOWN_ALLERGY)
    rows: list[Row] = []
    for person, chance, place, severe, day in zip(ids, draw, which, is_severe, days, strict=True):
        dated = (day, _DAY_PACKED, day, _DAY_PACKED, coder.source, None, None)
        if chance < 0.2:
            snomed, name, category, reaction = ALLERGIES[place]
            number = coder.code(concept(SNOMED, snomed, name))
            grade = ("high", reaction, "severe") if severe else ("low", reaction, "mild")
            rows.append((person, number, None, "active", "confirmed", category, *grade, *dated))
        elif chance < 0.6:
            rows.append((person, none_known, None, "active", "confirmed", "", "", "", "", *dated))
    return rows


def noted_rows(coder: Coder, notes: Sequence[Noted], first_id: int) -> tuple[list[Row], list[Row]]:
    """Rows of the conditions and of the medicines that come with the special cohorts."""
    problems: list[Row] = []
    medicines: list[Row] = []
    for one in notes:
        dated = list(zip((one.place + first_id).tolist(), one.time.tolist(), strict=True))
        if one.problem is not None:
            code = coder.code(concept(SNOMED, one.problem.code, one.problem.display))
            problems.extend(
                (person, code, None, "active", "confirmed", day, _DAY_PACKED, None, None, day, _DAY_PACKED,
                 None, coder.source, None, None)
                for person, day in dated
            )  # fmt: skip
        if one.medicine is not None:
            rxnorm, name, dosage = one.medicine
            drug = coder.code(concept(RXNORM, rxnorm, name))
            medicines.extend(
                (person, "request", drug, None, "active", day, _DAY_PACKED, day, _DAY_PACKED, None, None,
                 dosage, None, None, coder.source, None, None)
                for person, day in dated
            )  # fmt: skip
    return problems, medicines


def visit_rows(
    coder: Coder,
    rng: np.random.Generator,
    visits: Visits,
    first_id: int,
    usual: Sequence[CodeableConcept] = VISITS,
) -> list[Row]:
    """Rows of encounters, one per visit, in the order of `visits`; the first kind is the most frequent."""
    kinds = [coder.code(kind) for kind in usual]
    often = np.array((0.5, 0.3, 0.2)[: len(kinds)])
    which = rng.choice(len(kinds), visits.count, p=often / often.sum()).tolist()
    minutes = (rng.integers(2, 8, visits.count) * 300).tolist()
    people, times = (visits.patient + first_id).tolist(), visits.time.tolist()
    return [
        (person, "finished", "AMB", kinds[kind], None, start, _TIME_PACKED, start + length, _TIME_PACKED,
         None, coder.source, None, None)
        for person, kind, start, length in zip(people, which, times, minutes, strict=True)
    ]  # fmt: skip
