"""What the Models page and the card read about an assessor, on the store thread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medapp.assess.card import Card
from medapp.assess.refused import blank_card
from medapp.assess.registry import Entry
from medapp.services import accounts, models, outcomes, profile
from medapp.services.models import ApprovalNeeds, DraftRecord

if TYPE_CHECKING:
    from medapp.services.local_validity import Tally
    from medapp.services.session import Session

METRICS_FILE = "metrics.json"


@dataclass(frozen=True, slots=True)
class Curve:
    """The curves of one outcome: of the lead class, or of `classes` taken together."""

    classes: tuple[str, ...]
    calibration: tuple[Mapping[str, Any], ...]
    decision: tuple[Mapping[str, Any], ...]
    marks: tuple[tuple[float, str], ...]
    """Operating points on this scale: value and id."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One assessor: its entry, card, figures, and how it fared here. A refused one has a blank card."""

    entry: Entry
    card: Card
    metrics: Mapping[str, Any] = field(default_factory=dict)
    tally: Tally | None = None
    is_offered: bool = False
    made: DraftRecord | None = None
    maker: str = ""
    approver: str = ""
    needs: ApprovalNeeds | None = None

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def is_draft(self) -> bool:
        return self.entry.state == "draft"

    def part(self, name: str) -> Mapping[str, Any]:
        """`internal` or `external` figures; empty when there are none."""
        found = self.metrics.get(name)
        return found if isinstance(found, Mapping) else {}

    def curves(self) -> tuple[Curve, ...]:
        """The lead class first, then classes taken together; what has no curve is left out."""
        lead = Curve((), *_pair(self.metrics), _marks(self.card, ()))
        found = [lead]
        for union in (self.metrics.get("unions") or {}).values():
            classes = tuple(union.get("classes", ()))
            found.append(Curve(classes, *_pair(union), _marks(self.card, classes)))
        return tuple(one for one in found if one.calibration or one.decision)


Rows = tuple[Mapping[str, Any], ...]


def _pair(found: Mapping[str, Any]) -> tuple[Rows, Rows]:
    return tuple(found.get("calibration_curve") or ()), tuple(found.get("decision_curve") or ())


def _marks(card: Card, classes: tuple[str, ...]) -> tuple[tuple[float, str], ...]:
    return tuple((p.value, p.id) for p in card.operating_points if p.classes == classes)


def read_models(session: Session) -> tuple[ModelFacts, ...]:
    """Every assessor found: those in use first, then drafts, then what is refused."""
    rank = {"bundled": 0, "local": 0, "draft": 1, "refused": 2}
    entries = sorted(session.registry.entries(), key=lambda one: rank.get(one.state, 3))
    enabled, names = profile.enabled(session), _names(session)
    return tuple(_facts(session, entry, enabled, names) for entry in entries)


def read_model(session: Session, assessor: str) -> ModelFacts:
    """One of them. Raises UnknownAssessor."""
    return _facts(session, session.registry.entry(assessor), profile.enabled(session), _names(session))


def _names(session: Session) -> dict[int, str]:
    return {user.id: user.full_name or user.name for user in accounts.listed(session)}


def _facts(session: Session, entry: Entry, enabled: tuple[str, ...], names: Mapping[int, str]) -> ModelFacts:
    card = entry.card or blank_card(entry.id)
    made = models.draft_record(session, entry.id)
    return ModelFacts(
        entry, card, read_metrics(entry.folder),
        tally=outcomes.tally(session, entry.id) if entry.is_usable else None,
        is_offered=entry.is_usable and card.setting in enabled,
        made=made,
        maker="" if made is None else names.get(made.maker, ""),
        approver="" if made is None or made.approved_by is None else names.get(made.approved_by, ""),
        needs=models.approval_needs(session, entry.id) if entry.state == "draft" else None,
    )


def read_metrics(folder: Path | None) -> Mapping[str, Any]:
    """The folder's figures; empty when it has none, or none that can be read."""
    if folder is None:
        return {}
    try:
        found = json.loads((folder / METRICS_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, Mapping) else {}


def measured(part: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, float]]]:
    """(name, {value, low, high}) of every figure of a part that was measured."""
    for name, found in (part.get("metrics") or {}).items():
        if isinstance(found, Mapping) and found.get("value") is not None:
            yield name, found


MAIN = ("auroc", "macro_f1", "r2", "mae", "accuracy")


def main_figure(facts: ModelFacts) -> tuple[str, str, Mapping[str, float]] | None:
    """(part, name, figure) that a list shows: outside data before the model's own, AUROC before others.

    Where an operating point takes classes together, the figure of those.
    """
    unions = facts.metrics.get("unions") or {}
    wanted = [f"auroc_{name}" for name in unions]
    wanted += [*MAIN[:1], f"auroc_{facts.card.output.lead_class}", *MAIN[1:]]
    for part in ("external", "internal"):
        found = dict(measured(facts.part(part)))
        for name in wanted:
            if name in found:
                return part, name, found[name]
    return None
