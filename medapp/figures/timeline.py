"""Ticks of a time axis in calendar steps, labelled the way each language writes a month."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

from medapp.figures.series import DAY

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)


def ticks(start: int, end: int, most: int, month_first: bool) -> tuple[list[int], list[str]]:
    """At most about `most` ticks between two UTC seconds, with labels "Jan 2026" or "2026-01".

    Spans under two months get days, longer ones months in steps that divide the year.
    """
    span = end - start
    if span < 62 * DAY:
        return _day_ticks(start, end, most, month_first)
    months = span / (30.44 * DAY)
    step = next((s for s in _STEPS if months / s <= most), _STEPS[-1])
    return _month_ticks(start, end, step, month_first)


def _at(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def _month_ticks(start: int, end: int, step: int, month_first: bool) -> tuple[list[int], list[str]]:
    first = _at(start)
    index = first.year * 12 + first.month - 1
    index += -index % step
    places: list[int] = []
    labels: list[str] = []
    while True:
        year, month = divmod(index, 12)
        moment = int(datetime(year, month + 1, 1, tzinfo=timezone.utc).timestamp())
        if moment > end:
            return places, labels
        if moment >= start:
            places.append(moment)
            if step >= 12:
                labels.append(str(year))
            else:
                labels.append(f"{MONTHS[month]} {year}" if month_first else f"{year}-{month + 1:02d}")
        index += step


def _day_ticks(start: int, end: int, most: int, month_first: bool) -> tuple[list[int], list[str]]:
    days = max(1, (end - start) // DAY)
    step = next((s for s in (1, 2, 5, 7, 10, 14, 21) if days / s <= most), 31)
    first = -(-start // DAY) * DAY
    places = list(range(first, end + 1, step * DAY))
    labels = [
        f"{_at(p).day} {MONTHS[_at(p).month - 1]}" if month_first else f"{_at(p).month:02d}-{_at(p).day:02d}"
        for p in places
    ]
    return places, labels
