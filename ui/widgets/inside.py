"""Which widgets lie inside another, and in which order Tab reaches them.

Not by `findChildren`, `nextInFocusChain` or `focusProxy`: PySide makes the widget that such a method
returns the Python child of the one that was asked. Where the two do not end together, the Python side of
whole pages is kept beyond the page's end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

Kind = TypeVar("Kind", bound=QWidget)
Placed = tuple[QRect, list[QWidget]]
"""A stop, or a card with its stops in order."""


def inside(widget: QWidget, kind: type[Kind]) -> list[Kind]:
    """Every widget of that kind in `widget`, however deep, in no order."""
    return [one for one in QApplication.allWidgets() if isinstance(one, kind) and _holds(widget, one)]


def shown_widgets() -> list[QWidget]:
    """Every widget of the program that is visible, in no order."""
    return [one for one in QApplication.allWidgets() if one.isVisible()]


def tab_stops(
    area: QWidget, besides: QWidget | None = None, among: Iterable[QWidget] | None = None
) -> list[QWidget]:
    """What Tab reaches in an area as one reads, the area itself first; `besides` counts as reached.

    A card is read as a whole, and so is what scrolls and is itself a stop. Rows come first, from the top,
    where a line can be drawn between them; else columns, from the left. Who asks for several areas finds
    the `shown_widgets` once.
    """
    every = shown_widgets() if among is None else among
    shown = [one for one in every if _holds(area, one)]
    stops = [one for one in shown if one is besides or _takes_tab(one)]
    if besides is not None and besides is not area and besides not in stops:
        stops.append(besides)
    cards = [one for one in shown if isinstance(one, QFrame) and one.property("surface") == "card"]
    cards += [one for one in stops if isinstance(one, QScrollArea)]
    own = [area] if area is besides or _takes_tab(area) else []
    return [*own, *_ordered(area, stops, cards)]


def _takes_tab(widget: QWidget) -> bool:
    takes = widget.isVisible() and widget.isEnabled()
    return takes and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _ordered(area: QWidget, stops: Iterable[QWidget], cards: Sequence[QWidget]) -> list[QWidget]:
    outer = [card for card in cards if not any(_holds(other, card) for other in cards)]
    of_card: dict[QWidget, list[QWidget]] = {}
    placed: list[Placed] = []
    for stop in stops:
        card = next((one for one in outer if one is stop or _holds(one, stop)), None)
        if card is None:
            placed.append((_place(area, stop), [stop]))
        else:
            of_card.setdefault(card, []).append(stop)
    for card, held in of_card.items():
        nested = [one for one in cards if _holds(card, one)]
        rest = [one for one in held if one is not card]
        first = [card] if card in held else []
        placed.append((_place(area, card), [*first, *_ordered(card, rest, nested)]))
    return _read(placed)


def _holds(outer: QWidget, widget: QWidget) -> bool:
    """Qt calls each widget its own ancestor."""
    return outer is not widget and outer.isAncestorOf(widget)


def _place(area: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(area, QPoint()), widget.size())


def _read(placed: list[Placed]) -> list[QWidget]:
    """Cut into rows, else into columns, until nothing can be cut."""
    for is_row in (True, False):
        groups = _cut(placed, is_row=is_row)
        if len(groups) > 1:
            return [widget for group in groups for widget in _read(group)]
    return [widget for _, held in sorted(placed, key=_corner) for widget in held]


def _corner(placed: Placed) -> tuple[int, int]:
    return placed[0].top(), placed[0].left()


def _cut(placed: list[Placed], *, is_row: bool) -> list[list[Placed]]:
    """The groups between which a straight line can be drawn."""
    spans = [
        (rect.top(), rect.bottom(), one) if is_row else (rect.left(), rect.right(), one)
        for one in placed for rect in (one[0],)
    ]
    groups: list[list[Placed]] = []
    end = 0
    for start, stop, one in sorted(spans, key=lambda span: span[:2]):
        if groups and start <= end:
            groups[-1].append(one)
        else:
            groups.append([one])
        end = max(end, stop) if len(groups[-1]) > 1 else stop
    return groups
