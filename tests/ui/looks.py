"""What a person would call cut off: texts without the room they need, and texts on top of each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from ui.widgets.text import Text

SLACK = 1
"""Pixels by which Qt's own hints are wider than the ink."""


TOUCH = 3
"""Pixels by which frames may reach into each other without a letter being covered."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One text that is cut or covered, with the pixels it needs and has."""

    kind: str
    where: str
    text: str
    needed: tuple[int, int]
    given: tuple[int, int]

    def __str__(self) -> str:
        need, have = "x".join(map(str, self.needed)), "x".join(map(str, self.given))
        return f"{self.kind}: {self.text!r} in {self.where} needs {need}, has {have}"


def faults(window: QWidget) -> list[Fault]:
    """Every fault on what the window shows now."""
    shown = [w for w in window.findChildren(QWidget) if _is_seen(w) and text_of(w)]
    found = [fault for widget in shown for fault in (*_cut(widget), *_outside(widget))]
    return [*found, *_overlaps(shown)]


def text_of(widget: QWidget) -> str:
    """The text that a label or button shows."""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else widget.text()
    return ""


def _is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and widget.width() > 0 and not widget.visibleRegion().isEmpty()


def _cut(widget: QWidget) -> Iterator[Fault]:
    needed = _needed(widget)
    given = (widget.width(), widget.height())
    if needed[0] > given[0] + SLACK or needed[1] > given[1] + SLACK:
        yield Fault("cut", _path(widget), text_of(widget), needed, given)


def _needed(widget: QWidget) -> tuple[int, int]:
    if isinstance(widget, Text) and widget.toolTip() == widget.text():  # shortened, and told in full
        return (0, widget.fontMetrics().height())
    if isinstance(widget, QLabel) and widget.wordWrap():
        words = _plain(widget).split()
        metrics = QFontMetrics(widget.font())
        has_spaces = widget.text().isascii()
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0) if has_spaces else 0
        return (longest, widget.heightForWidth(widget.width()))
    hint = widget.minimumSizeHint() if isinstance(widget, QAbstractButton) else widget.sizeHint()
    return (hint.width(), hint.height())


def _plain(label: QLabel) -> str:
    """Without the marks of rich text."""
    if "</" in label.text():
        document = QTextDocument()
        document.setHtml(label.text())
        return document.toPlainText()
    return label.text()


def _outside(widget: QWidget) -> Iterator[Fault]:
    """Cut by an ancestor that does not scroll."""
    clip = widget
    rect = widget.rect()
    while (parent := clip.parentWidget()) is not None:
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return
        corner = widget.mapTo(parent, QPoint(0, 0))
        placed = QRect(corner, rect.size())
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(placed):
            seen = placed.intersected(parent.rect())
            given = (seen.width(), seen.height())
            yield Fault("outside", _path(widget), text_of(widget), (rect.width(), rect.height()), given)
            return
        if parent.isWindow():
            return
        clip = parent


def _overlaps(shown: list[QWidget]) -> Iterator[Fault]:
    """Labels of one parent that stand on each other."""
    by_parent: dict[QWidget, list[QWidget]] = {}
    for widget in shown:
        parent = widget.parentWidget()
        if parent is not None and not widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            by_parent.setdefault(parent, []).append(widget)
    for siblings in by_parent.values():
        for index, one in enumerate(siblings):
            for other in siblings[index + 1 :]:
                common = one.geometry().intersected(other.geometry())
                if common.width() > TOUCH and common.height() > TOUCH:
                    texts = f"{text_of(one)} / {text_of(other)}"
                    yield Fault("overlap", _path(one), texts, (0, 0), (common.width(), common.height()))


def _path(widget: QWidget) -> str:
    names = []
    walked: QWidget | None = widget
    while walked is not None and len(names) < 5:
        names.append(type(walked).__name__)
        walked = walked.parentWidget()
    return " < ".join(names)
