"""The algorithms as they compared: the chosen one marked, the figure with interval, the time of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.i18n import N_, Words
from medapp.services.own_models import Kept
from ui.context import Context
from ui.format import format_number
from ui.pages.models.wizard.words import algorithm_title, main_metric, span_text
from ui.pages.models.words import METRICS, figure_text, limits_text
from ui.widgets import Chip, Column, Text
from ui.widgets.layout import empty

HEADINGS = (N_("Algorithm"), "", N_("Loss ± standard error"), N_("95 % interval"), N_("Time"), "")


class Comparison(QWidget):
    """A small table, read from top to bottom: the simplest first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        column = Column(context, 0, 10, self)
        self.took = Text(context, "", "lead", wrap=True)
        column.addWidget(self.took)
        self.grid = QGridLayout()
        column.addLayout(self.grid)
        self.rule = Text(
            context,
            N_("Chosen by the least loss on rows that were not learned from, or simpler and as good within "
               "one standard error. Chosen among several on the same rows, it looks a little "
               "better than it is."),
            "small", "text2", wrap=True,
        )
        column.addWidget(self.rule)
        column.addStretch(1)
        context.theme_changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.grid.setHorizontalSpacing(self.context.theme.px(20))
        self.grid.setVerticalSpacing(self.context.theme.px(8))

    def show_draft(self, kept: Kept) -> None:
        """The comparison of one training."""
        context = self.context
        empty(self.grid)
        self.took.set_dynamic(lambda: context.words(
            "Compared and kept as a draft in {span}.", span=span_text(kept.seconds, context.words)
        ))
        rows = kept.report["comparison"]
        for place, heading in enumerate(HEADINGS):
            if heading:
                self.grid.addWidget(Text(context, heading, "small", "text2"), 0, place)
        metric = next((found[0] for one in rows if (found := main_metric(one))), "")
        if metric in METRICS:
            self.grid.addWidget(Text(context, METRICS[metric], "small", "text2"), 0, 1)
        for row, one in enumerate(rows, 1):
            self._add(row, one)
        self.grid.setColumnStretch(len(HEADINGS) - 1, 1)

    def _add(self, row: int, one: Mapping[str, Any]) -> None:
        context, role = self.context, "strong" if one["chosen"] else "body"
        name, seconds = one["algorithm"], float(one["seconds"])

        def cell(place: int, tone: str = "text") -> Text:
            text = Text(context, "", role, tone)
            self.grid.addWidget(text, row, place)
            return text

        cell(0).set_dynamic(lambda: algorithm_title(name, context.words))
        found = main_metric(one)
        cell(1).set_plain(figure_text(found[1]["value"]) if found else "—")
        cell(2, "text2").set_plain(
            f"{format_number(one['loss'], 3)} ± {format_number(one['standard_error'], 3)}"
        )
        cell(3, "text2").set_plain(limits_text(found[1]) if found else "—")
        cell(4, "text2").set_dynamic(lambda: span_text(seconds, context.words))
        if one["chosen"]:
            chip = Chip(context, N_("chosen"), "accent", icon="check")
            self.grid.addWidget(chip, row, 5, Qt.AlignmentFlag.AlignLeft)


def sentence(kept: Kept, words: Words) -> str:
    """What was made, in one sentence."""
    return words(
        "{algorithm}, from {rows} rows and {inputs} inputs.",
        algorithm=algorithm_title(kept.report["algorithm"], words),
        rows=format_number(kept.report["table"]["used"]), inputs=len(kept.report["table"]["columns"]),
    )
