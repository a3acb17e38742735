"""A model folder as an Assessor: encode, infer, decode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medapp.assess.assessor import APP, Given, not_calculated, reference
from medapp.assess.card import Card
from medapp.assess.errors import ModelIncomplete
from medapp.assess.gathering.encode import Encoded, Encoder, Refusal
from medapp.assess.refused import refused_for
from medapp.assess.wording import in_both
from medapp.domain.assessment import Assessment, Caution, KnowledgeUsed, Provenance, ReasonCode, Status
from medapp.domain.record import PatientRecord
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.inference.background import Background, load_background
from medapp.inference.decode import Decoder
from medapp.inference.explain.contributions import contributions, is_in_graph
from medapp.inference.infer import Raw, Scorer
from medapp.inference.knowledge import knowledge_used
from medapp.inference.nearest import Nearest, nearest
from medapp.inference.table import Predictions, predict
from medapp.inference.typicality import distance, typicality
from medapp.inference.would_change import would_change
from medapp.runtime.errors import GraphDamaged, GraphFailed, GraphUnreadable
from medapp.runtime.session import PinnedGraph

Array = NDArray[np.float64]
UNUSUAL = 0.05
"""Typicality below which the reader is told."""


class ModelAssessor:
    """The assessor of one folder; its graph is opened when it is first asked.

    Raises ModelIncomplete when the card names no graph.
    """

    def __init__(self, folder: Path, card: Card) -> None:
        if card.graph is None:
            raise ModelIncomplete(model=card.id, file="model.onnx")
        self.folder = folder
        self.card = card
        self.graph = PinnedGraph(folder / card.graph.file, card.graph.sha256)
        self.scorer = Scorer(card, self.graph)

    @cached_property
    def encoder(self) -> Encoder:
        return Encoder(self.card)

    @cached_property
    def background(self) -> Background:
        return load_background(self.folder)

    @cached_property
    def decoder(self) -> Decoder:
        return Decoder(self.card, self.background.neighbours, self.background.neighbours_of_points)

    def assess(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Assessment:
        """The whole answer; what prevents a number becomes the answer's reason, not an error."""
        try:
            encoded = self.encoder.encode(record, inputs)
            if encoded.refusal is not None:
                return self._without_number(record, encoded, encoded.refusal)
            return self._with_number(record, encoded)
        except (GraphDamaged, GraphUnreadable, ModelIncomplete) as error:
            return refused_for(self.card, record, error)
        except GraphFailed as error:
            return self._failed(record, error)

    def _without_number(self, record: PatientRecord, encoded: Encoded, refusal: Refusal) -> Assessment:
        answer = not_calculated(
            self.card,
            record,
            refusal.status,
            refusal.code,
            refusal.text,
            names=refusal.names,
            inputs=encoded.inputs,
            missing=encoded.missing,
        )
        return replace(answer, warnings=encoded.warnings, provenance=self.provenance)

    def _failed(self, record: PatientRecord, error: KnownError) -> Assessment:
        text = in_both(N_("Not calculated — the model could not be run on these inputs"))
        answer = not_calculated(self.card, record, Status.REFUSED, ReasonCode.ERROR, text)
        return replace(answer, provenance=self.provenance)

    def _with_number(self, record: PatientRecord, encoded: Encoded) -> Assessment:
        x = np.array([encoded.x], dtype=np.float64)
        like = self._typicality(x)
        limit = self.card.refuse_below_typicality
        if like is not None and limit is not None and like < limit:
            return self._unlike(record, encoded, like)
        raw = self.scorer.run(x, explain=is_in_graph(self.card))
        return self._answer(record, encoded, x[0], raw, like)

    def _unlike(self, record: PatientRecord, encoded: Encoded, like: float) -> Assessment:
        text = in_both(N_("Unlike the patients this was built on. No estimate."))
        answer = not_calculated(
            self.card,
            record,
            Status.OUT_OF_SCOPE,
            ReasonCode.UNLIKE_TRAINING,
            text,
            inputs=encoded.inputs,
            missing=encoded.missing,
        )
        return replace(answer, typicality=like, warnings=encoded.warnings, provenance=self.provenance)

    def _answer(
        self, record: PatientRecord, encoded: Encoded, x: Array, raw: Raw, like: float | None
    ) -> Assessment:
        row = raw.probability[0]
        if not np.all(np.isfinite(row)):
            return self._failed(record, GraphFailed())
        outcome, lead = self.decoder.outcome(row), float(row[self.card.output.lead_index])
        stale = {item.name for item in encoded.inputs if "stale" in item.flags}
        unknown = {item.name for item in encoded.missing}
        scope = {e.input for e in self.card.exclusions}  # a yes to these gives no number to compare
        open_inputs = [f.name for f in self.card.features if f.name in (stale | unknown) - scope]
        return Assessment(
            assessor=reference(self.card),
            at=record.at.isoformat(),
            status=Status.FINAL,
            provenance=self.provenance,
            patient=record.patient.mrn if record.patient else None,
            outcome=outcome,
            inputs=encoded.inputs,
            missing=encoded.missing,
            contributions=contributions(self.scorer, self.background, x, raw),
            would_change=would_change(self.scorer, self.encoder, self.background, x, lead, open_inputs),
            similar=self.decoder.similar(lead),
            typicality=like,
            thresholds=self.decoder.thresholds(outcome, lead),
            warnings=(*encoded.warnings, *_unusual(like)),
        )

    def nearest(self, record: PatientRecord, inputs: Mapping[str, Given]) -> Nearest | None:
        """The groups of the training data that come nearest; None without a background or an answer."""
        known, encoded = self.background, self.encoder.encode(record, inputs)
        if known.centers is None or known.scale is None or encoded.refusal is not None:
            return None
        x = np.array(encoded.x, dtype=np.float64)
        return nearest(x, known.centers, known.scale, [feature.name for feature in self.card.features])

    def _typicality(self, x: Array) -> float | None:
        known = self.background
        if known.centers is None or known.scale is None or known.distances is None:
            return None
        away = distance(x, known.centers, known.scale)
        return None if np.isnan(away[0]) else float(typicality(away, known.distances)[0])

    @cached_property
    def provenance(self) -> Provenance:
        """The program, the graph's hash, and the dated tables the values were read by."""
        knowledge: tuple[KnowledgeUsed, ...] = knowledge_used()
        return Provenance(APP, self.graph.sha256, knowledge)

    def predict_table(self, columns: Mapping[str, Any], **options: Any) -> Predictions:
        """Score whole columns of canonical values at once; see `medapp.inference.table.predict`."""
        unlike = None if self.card.refuse_below_typicality is None else self._are_unlike
        return predict(self.scorer, self.encoder, self.decoder, columns, is_unlike=unlike, **options)

    def _are_unlike(self, x: Array) -> NDArray[np.bool_]:
        """Which rows `x` [n, k] are refused for being unlike the training data."""
        known, limit = self.background, self.card.refuse_below_typicality
        if known.centers is None or known.scale is None or known.distances is None or limit is None:
            return np.zeros(len(x), np.bool_)
        away = distance(x, known.centers, known.scale)
        return np.asarray(typicality(away, known.distances) < limit)


def _unusual(like: float | None) -> tuple[Caution, ...]:
    if like is None or like >= UNUSUAL:
        return ()
    return (
        Caution("unusual", None, in_both(N_("Few patients like this one were among those it was built on"))),
    )
