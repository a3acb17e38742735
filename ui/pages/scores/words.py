"""Sentences and positions of a score's answer that need more than one field of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from medapp.assess import score_words
from medapp.assess.score_words import POINTS
from medapp.calculators.calculator import Calculator
from medapp.calculators.worked import Band
from medapp.domain.assessment import Assessment, Status
from medapp.i18n import Words
from medapp.terminology.units import unit_label
from ui.charts.bands import BandState


@dataclass(frozen=True, slots=True)
class Group:
    """So many of a hundred, and who they are."""

    share: float
    who: str

    @property
    def count(self) -> int:
        return round(self.share * 100)


def big(answer: Assessment, score: Calculator, words: Words) -> tuple[str, str]:
    """The answer for the large type, and the words beside it: unit, or the least and most points."""
    outcome = answer.outcome
    if answer.status is not Status.FINAL or outcome is None or outcome.value is None:
        return "—", ""
    value = outcome.value
    if isinstance(value, str):
        return value, ""
    if not isinstance(value, (int, float)):
        return score_words.value_words(answer, score.card, words), ""
    shown = score_words.number(value, score.card)
    if outcome.unit != POINTS:
        return shown, unit_label(outcome.unit, words) if outcome.unit else ""
    if score.extremes is None:
        return shown, words("points")
    low, high = (score_words.number(one, score.card) for one in score.extremes({}))
    return shown, words("points; the score runs from {low} to {high}", low=low, high=high)


def possible(answer: Assessment, score: Calculator, words: Words) -> str:
    """`4 to 9 points possible` while items are unknown; empty otherwise."""
    if answer.status is Status.FINAL or answer.outcome is None:
        return ""
    return words("{value} possible", value=score_words.value_words(answer, score.card, words))


def band_state(answer: Assessment, score: Calculator) -> BandState | None:
    """Where the answer lies among the score's bands; None where it has none or they do not apply."""
    outcome, bands = answer.outcome, score.bands
    if outcome is None or len(bands) < 2:
        return None
    value = outcome.value
    limits = (value[0], value[-1]) if isinstance(value, list) else (value, value)
    if not all(isinstance(one, (int, float)) for one in limits):
        return None
    chosen = next((i for i, band in enumerate(bands) if band.id == outcome.category), -1)
    if chosen < 0 and not isinstance(value, list):
        return None  # bands that are not for this patient
    low, high = float(limits[0]), float(limits[1])
    edges = _edges(score, low, high)
    labels = ("", *(score_words.number(edge, score.card) for edge in edges[1:-1]), "")
    return BandState(edges, labels, low, high, chosen)


def _edges(score: Calculator, low: float, high: float) -> tuple[float, ...]:
    """The limits between the bands with both ends; an open end lies where the score, or the answer, ends."""
    bands = score.bands
    inner = [after.low if math.isfinite(after.low) else before.high for before, after in pairwise(bands)]
    room = (inner[-1] - inner[0] or abs(inner[0]) or 1.0) / 2
    floor = 0.0 if inner[0] >= 0 else -math.inf  # what is never negative has no scale below nought
    reach = max(inner[0] - room, floor), inner[-1] + room
    least, most = score.extremes({}) if score.extremes is not None else reach
    first, last = bands[0].low, bands[-1].high
    start = first if math.isfinite(first) else min(least, low, inner[0])
    end = last if math.isfinite(last) else max(most, high, inner[-1])
    return (min(start, low), *inner, max(end, high))


def risk_groups(answer: Assessment, score: Calculator, words: Words) -> tuple[Group, ...]:
    """This patient's share and, where the score's bands have shares, that of the lowest band.

    Only the source's own numbers: none is reckoned from points.
    """
    outcome = answer.outcome
    if answer.status is not Status.FINAL or outcome is None:
        return ()
    value = outcome.value
    is_share = outcome.unit == "%" and score.about.is_prognosis and isinstance(value, (int, float))
    if is_share and isinstance(value, (int, float)):
        return (Group(float(value) / 100, words("with these values")),)
    bands = [band for band in score.bands if band.risk is not None]
    mine = next((band for band in bands if band.id == outcome.category), None)
    if mine is None:
        return ()
    lowest = min(bands, key=_risk)
    own = Group(_risk(mine), words("with this score"))
    if lowest.id == mine.id:
        return (own,)
    return own, Group(_risk(lowest), words("in the lowest band: {band}", band=words.pick(lowest.title)))


def _risk(band: Band) -> float:
    return band.risk or 0.0


def group_words(group: Group, words: Words) -> str:
    """`about 12 of 100 with this score`; a share that rounds to none says so."""
    if group.count == 0 and group.share > 0:
        return words("fewer than 1 of 100 {who}", who=group.who)
    return words("about {n} of 100 {who}", n=group.count, who=group.who)
