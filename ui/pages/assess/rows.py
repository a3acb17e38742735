"""The rows of the list of assessments: for review, below threshold, not calculated with why."""

from __future__ import annotations

from collections.abc import Sequence

from medapp.assess import wording
from medapp.assess.card import Card
from medapp.domain.assessment import Assessment, ThresholdState
from medapp.i18n import N_, Words
from ui.charts.scale import ScaleState, scale_top
from ui.itemmodels.assess_list import AssessRow, GroupHead
from ui.pages.assess.reading import Shown

GROUPS = {
    "review": (N_("For review"), "flag", "up"),
    "below": (N_("Below threshold"), "check", "ok"),
    "not_calculated": (N_("Not calculated"), "close", "text2"),
}
_RANK = {"above": 0, "crosses": 1, "below": 2}


def main_threshold(shown: Shown) -> ThresholdState | None:
    """The threshold to show first: of those exceeded the highest, which asks for most; else the lowest."""

    def rank(state: ThresholdState) -> tuple[int, float]:
        return _RANK[state.relation], -state.value if state.relation == "above" else state.value

    return min(shown.assessment.thresholds, key=rank, default=None)


def relation_of(shown: Shown) -> str:
    state = main_threshold(shown)
    return state.relation if state is not None else "below"


def scale_state(shown: Shown, words: Words) -> ScaleState | None:
    """Where the lead class lies on 0..1, with every operating point's words."""
    probability = wording.lead_probability(shown.assessment, shown.card)
    if probability is None or shown.assessment.outcome is None:
        return None
    interval = shown.assessment.outcome.interval
    low, high = (interval.low, interval.high) if interval else (probability, probability)
    points = [point for point in shown.card.operating_points if not point.classes]  # others: another scale
    threshold = max((p.value for p in points), default=None)
    main = main_threshold(shown)
    first = sorted(points, key=lambda p: (main is None or p.id != main.id, p.value))
    marks = tuple((p.value, words.pick(p.title)) for p in first)
    return ScaleState(probability, low, high, relation_of(shown), marks,
                      scale_top(probability, high, threshold))


def row_of(shown: Shown, words: Words) -> AssessRow:
    """The row of one assessor."""
    assessment, card = shown.assessment, shown.card
    group = wording.group(assessment)
    if group == "not_calculated":
        detail, icon = wording.reason_short(assessment, shown.specs, words), "info"
    else:
        detail, icon = _detail(shown, words), ""
    number = _number(shown, words)
    title = words.pick(card.title)
    return AssessRow(
        card.id, group, title, number, detail, icon, scale_state(shown, words),
        f"{title}, {number}, {detail}",
    )


def _number(shown: Shown, words: Words) -> str:
    return _number_of(shown.assessment, shown.card, words)


def _number_of(assessment: Assessment, card: Card, words: Words) -> str:
    """The number of a row; of several classes the share of the one that is called."""
    outcome = assessment.outcome
    if outcome is not None and outcome.type == "class" and str(outcome.value) in outcome.probabilities:
        return wording.percent(outcome.probabilities[str(outcome.value)])
    return wording.number(assessment, card, words)


def _detail(shown: Shown, words: Words) -> str:
    parts = []
    outcome = shown.assessment.outcome
    if outcome is not None and outcome.interval is not None and outcome.type != "quantity":
        low, high = outcome.interval.low, outcome.interval.high
        share = f"{wording.whole_percent(low)}–{wording.whole_percent(high)}%"
        of = str(shown.card.output.lead_class)
        is_class = outcome.type == "class"
        if is_class and outcome.value != of:
            parts.append(wording.class_title(str(outcome.value), shown.card, words))
        parts.append(f"{wording.class_title(of, shown.card, words)} {share}" if is_class else share)
    state = main_threshold(shown)
    point = next((p for p in shown.card.operating_points if state and p.id == state.id), None)
    if state is not None and point is not None:
        parts.append(wording.threshold_short(state, point, shown.card, words))
    scale = scale_state(shown, words)
    if scale is not None and scale.top < 1:
        parts.append(words("scale 0–20%"))
    if shown.without_old is not None:
        number = _number_of(shown.without_old, shown.card, words)
        parts.append(words("without old values {number}", number=number))
    return "  ·  ".join(parts)


def grouped(shown: Sequence[Shown], words: Words) -> list[AssessRow | GroupHead]:
    """All three groups in order, each with its heading; an empty group is left out."""
    rows = [row_of(one, words) for one in shown]
    listed: list[AssessRow | GroupHead] = []
    for group, (title, icon, tone) in GROUPS.items():
        members = [row for row in rows if row.group == group]
        if members:
            members.sort(key=lambda r: -(r.scale.value if r.scale else 0.0))
            listed.append(GroupHead(group, words(title), icon, tone, len(members)))
            listed.extend(members)
    return listed
