"""Step 6: the draft, its figures with intervals, and what it cannot say."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from medapp.i18n import N_
from medapp.services import models
from medapp.services.models import ApprovalNeeds
from medapp.services.own_models import Finding, Kept
from ui.pages.models.approve import WHY_NOT
from ui.pages.models.wizard.comparison import sentence
from ui.pages.models.wizard.step import Step
from ui.pages.models.wizard.words import said
from ui.pages.models.words import METRICS, figure_text, limits_text
from ui.widgets import Chip, Column, Icon, Line, Row, Strip, Text, scrolling
from ui.widgets.layout import empty

FIGURES = (
    "auroc", "calibration_slope", "brier", "recall", "specificity", "macro_f1", "accuracy", "mae", "rmse",
    "r2",
)
NEEDS = {
    **WHY_NOT,
    ApprovalNeeds.REASON: N_("You are the only user: you approve it on the Models page, with a reason."),
    ApprovalNeeds.NOTHING: N_("It can be approved on the Models page."),
}
LIMITS = (
    N_("It was tested on rows of the same table only: how it does on patients seen later is not known."),
    N_("An association in a table is no cause: it does not say what a treatment would do."),
)


class CardStep(Step):
    """Open it on the Models page for the curves, the subgroups and all attributes of its card."""

    title = N_("Draft")
    next_label = N_("&Open on the Models page")

    def build(self) -> None:
        context = self.context
        head = Row(context, 0, 10)
        self.name = Text(context, "", "title", elide=True)
        head.addWidget(Chip(context, N_("draft"), "warn"))
        head.addWidget(self.name, 1)
        self.column.addLayout(head)
        self.made = Text(context, "", "body", "text2", wrap=True)
        self.column.addWidget(self.made)
        self.needs = Strip(context, N_("It is asked about no patient until it is approved."), "info")
        self.needs.advice.show()
        self.column.addWidget(self.needs)
        self.broken = Strip(context, "", "danger")
        self.broken.hide()
        self.column.addWidget(self.broken)
        holder = QWidget()
        body = Column(context, (0, 0, 8, 0), 8, holder)
        body.addWidget(Text(context, N_("Figures on rows that were not learned from"), "section"))
        self.grid = QGridLayout()
        body.addLayout(self.grid)
        body.addWidget(Line())
        body.addWidget(Text(context, N_("What it cannot say, and what may deceive"), "section"))
        self.list = Column(context, 0, 6)
        body.addLayout(self.list)
        body.addStretch(1)
        self.area = scrolling(holder)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column.addWidget(self.area, 1)
        context.theme_changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.grid.setHorizontalSpacing(self.context.theme.px(20))
        self.grid.setVerticalSpacing(self.context.theme.px(6))

    def enter(self) -> None:
        kept, context = self.decisions.kept, self.context
        if kept is None:
            return
        self.area.setAccessibleName(context.words("Card of the draft"))
        self.name.set_plain(kept.id)
        self.made.set_dynamic(lambda: sentence(kept, context.words))
        breaches = len(kept.report["breaches"])
        self.broken.setVisible(bool(breaches))
        self.broken.label.set_message(
            N_("It breaks {count} rules that every model keeps and cannot be approved."), count=breaches
        )
        self._ask_needs(kept)
        self._show_figures(kept)
        self._show_limits(kept)

    def _ask_needs(self, kept: Kept) -> None:
        """Who may approve it, by the rules of the service."""
        session = self.context.session
        self.needs.advice.set_plain("")
        if session is not None:
            self.context.jobs.store(
                partial(models.approval_needs, session, kept.id),
                lambda needs: self.needs.advice.set_message(NEEDS[needs]),
            )

    def _show_figures(self, kept: Kept) -> None:
        context, metrics = self.context, kept.report["metrics"]
        empty(self.grid)
        for place, heading in enumerate((N_("Figure"), N_("Value"), N_("95 % interval"))):
            self.grid.addWidget(Text(context, heading, "small", "text2"), 0, place)
        names = [name for name in FIGURES if metrics.get(name, {}).get("value") is not None]
        for row, name in enumerate(names, 1):
            self.grid.addWidget(Text(context, METRICS[name]), row, 0)
            for place, text in ((1, figure_text(metrics[name]["value"])), (2, limits_text(metrics[name]))):
                role, tone = ("strong", "text") if place == 1 else ("body", "text2")
                cell = Text(context, "", role, tone)
                cell.set_plain(text)
                self.grid.addWidget(cell, row, place)
        self.grid.setColumnStretch(3, 1)

    def _show_limits(self, kept: Kept) -> None:
        context = self.context
        empty(self.list)
        is_quantity = kept.report["table"]["task"] == "regression"
        for message in LIMITS:
            self._line(Text(context, message, "body", wrap=True), "info", "text3")
        for finding in kept.findings:
            if finding.severity == "warning" and finding.action == "pointed_out":
                text = Text(context, "", "body", wrap=True)
                text.set_dynamic(partial(self._say, finding, is_quantity))
                self._line(text, "caution", "warn")

    def _line(self, text: Text, icon: str, tone: str) -> None:
        row = Row(self.context, 0, 10)
        row.addWidget(Icon(self.context, icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        self.list.addLayout(row)

    def _say(self, finding: Finding, is_quantity: bool) -> str:
        return said(finding, self.context.words, is_quantity=is_quantity)
