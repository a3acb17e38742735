"""The record without what is too old for an assessor: what it would answer on fresh values alone."""

from __future__ import annotations

from dataclasses import replace

from medapp.assess.card import Card
from medapp.assess.derivations import DERIVATIONS
from medapp.assess.inputs import input_specs
from medapp.domain.clinical import Observation
from medapp.domain.record import PatientRecord


def without_old(record: PatientRecord, card: Card) -> PatientRecord:
    """The record less every observation older than the look-back of the feature it feeds.

    A component of a derived value is as old as the value may be, unless it is a feature of its own.
    """
    limits: dict[str, int] = {f.name: f.look_back_days for f in card.features if f.look_back_days is not None}
    for feature in card.features:
        rule = DERIVATIONS.get(feature.derive or "")
        if feature.look_back_days is not None:
            for name in (*(rule.components if rule else ()), *feature.map_from):
                limits.setdefault(name, feature.look_back_days)
    codes = {
        (code.system, code.code): limits[spec.name]
        for spec in input_specs(card)
        if spec.name in limits and not spec.has_variable
        for code in spec.codes
    }

    def is_fresh(one: Observation) -> bool:
        limit = limits.get(one.variable or "") or codes.get((one.code.system, one.code.code))
        return limit is None or (record.at.date - one.time.date).days <= limit

    return replace(record, observations=tuple(filter(is_fresh, record.observations)), _latest={})
