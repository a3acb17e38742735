"""What questionnaires share: items of whole numbers whose sum has bands. Unanswered items give a range."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from medapp.assess.card import Feature
from medapp.calculators.declare import DAY, T, number
from medapp.domain.datatypes import LocalText

TWO_WEEKS: Final = T(
    "In the last 2 weeks: 0 not at all, 1 on several days, 2 on more than half of the days, 3 nearly daily",
    "最近两周：0 完全没有，1 有几天，2 一半以上天数，3 几乎每天",
)


def item(name: str, label: LocalText, highest: int, note: LocalText) -> Feature:
    """An answer of 0 to `highest`; `note` says what the numbers mean."""
    asked = number(
        name, T(f"{label.en} (0 to {highest})", f"{label.zh_CN}（0–{highest}）"), required=False,
        possible=(0.0, float(highest)), look_back=DAY, whole=True,
    )
    return replace(asked, note=note)


def items(prefix: str, labels: tuple[LocalText, ...], highest: int, note: LocalText) -> tuple[Feature, ...]:
    """Numbered items: prefix_1, prefix_2 ..."""
    return tuple(
        item(f"{prefix}_{position}", label, highest, note) for position, label in enumerate(labels, start=1)
    )
