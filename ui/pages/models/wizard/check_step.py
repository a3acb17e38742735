"""Step 4: what was cleaned, what was left out and why, what may deceive; each with its one action."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from medapp.i18n import N_
from medapp.services import own_models
from medapp.services.own_models import Checked, Finding
from ui.format import format_number
from ui.jobs import Token
from ui.pages.models.wizard.step import OnClick, Step
from ui.pages.models.wizard.words import said, show_problem
from ui.widgets import Button, Column, Icon, Line, Row, Skeleton, Text, scrolling
from ui.widgets.layout import empty

GROUPS = {
    "pointed_out": (N_("Please check"), "caution", "warn"),
    "left_out": (N_("Left out"), "minus", "text2"),
    "cleaned": (N_("Cleaned"), "check", "ok"),
    "grouped": (N_("Kept together"), "group", "text2"),
    "noted": (N_("Noted"), "info", "text3"),
}
ORDER = tuple(GROUPS)
KEPT_ON_REQUEST = frozenset({
    "recorded_later", "another_estimate", "leak", "target_recoded", "constant", "mostly_missing",
})
"""What a check only suspects: the reader may know better."""

MOST_BUTTONS = 6


class CheckStep(Step):
    """The report on the table under the decisions of now; each fix checks it again."""

    title = N_("Check")

    def build(self) -> None:
        context = self.context
        self.summary = Text(context, "", "lead", wrap=True)
        self.column.addWidget(self.summary)
        self.states = QStackedWidget()
        holder = QWidget()
        self.list = Column(context, (0, 0, 8, 0), 6, holder)
        self.area = scrolling(holder)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.loading = Skeleton(context, 8)
        self.blank = QWidget()
        for state in (self.area, self.loading, self.blank):
            self.states.addWidget(state)
        self.column.addWidget(self.states, 1)
        self._shown: Checked | None = None
        context.language_changed.connect(self._speak)

    def enter(self) -> None:
        if self.decisions.is_checked:
            self._show()
        else:
            self.check()

    def why_not(self) -> str:
        if self.is_busy:
            return N_("The table is being checked.")
        return "" if self.decisions.is_checked else N_("The table cannot be used like this.")

    def first(self) -> QWidget | None:
        return self.area if self.states.currentWidget() is self.area else None

    def stop(self) -> bool:
        was_busy = super().stop()
        if was_busy:
            self.loading.stop()
            self.states.setCurrentWidget(self.blank)
        return False  # checking is short: Esc goes back

    def check(self) -> None:
        """Clean and search the table as it is decided now."""
        self.token.cancel()
        token = self.token = Token()
        path, options = self.decisions.path, self.decisions.options()
        self.problem.hide()
        self.is_busy = True
        self.summary.set_message(N_("Checking the table…"))
        self.loading.start()
        self.states.setCurrentWidget(self.loading)
        self.changed.emit()
        self.context.jobs.compute(
            lambda: own_models.check(path, options, cancelled=lambda: token.cancelled),
            self._take, self._fail, token,
        )

    def _take(self, checked: Checked) -> None:
        self.is_busy = False
        self.loading.stop()
        self.decisions.checked = checked
        self._show()
        self.changed.emit()
        self.done.emit()

    def _fail(self, error: BaseException) -> None:
        self.is_busy = False
        self.loading.stop()
        self.summary.set_message(N_("Nothing can be learned from it like this."))
        show_problem(self.problem, self.context, error)
        self.states.setCurrentWidget(self.blank)
        self.changed.emit()

    def _show(self) -> None:
        checked = self.decisions.checked
        assert checked is not None
        self.problem.hide()
        self.summary.set_message(
            N_("{used} of {rows} rows and {inputs} inputs are left."), used=format_number(checked.rows),
            rows=format_number(checked.total), inputs=len(checked.inputs),
        )
        if checked is not self._shown:
            self._shown = checked
            empty(self.list)
            for action in ORDER:
                self._add_group(action, [one for one in checked.findings if one.action == action])
            self.list.addStretch(1)
        self._speak()
        self.states.setCurrentWidget(self.area)

    def _speak(self) -> None:
        self.area.setAccessibleName(self.context.words("Report on the table"))

    def _add_group(self, action: str, findings: list[Finding]) -> None:
        if not findings:
            return
        context = self.context
        message, icon, tone = GROUPS[action]
        self.list.addWidget(Text(context, message, "section"))
        for finding in findings:
            row = Row(context, (0, 2, 0, 2), 10)
            row.addWidget(Icon(context, icon, tone), 0, Qt.AlignmentFlag.AlignTop)
            texts = Column(context, 0, 4)
            text = Text(context, "", "body", wrap=True)
            is_quantity = self._shown is not None and self._shown.is_quantity
            text.set_dynamic(partial(self._say, finding, is_quantity))
            texts.addWidget(text)
            actions = self._actions(finding)
            if actions:
                line = Row(context, 0, 6)
                for button in actions:
                    line.addWidget(button)
                line.addStretch(1)
                texts.addLayout(line)
            row.addLayout(texts, 1)
            self.list.addLayout(row)
        self.list.addWidget(Line())

    def _say(self, finding: Finding, is_quantity: bool) -> str:
        return said(finding, self.context.words, is_quantity=is_quantity)

    def _actions(self, finding: Finding) -> list[Button]:
        """The one action for each column that a finding names."""
        decisions = self.decisions
        columns = [name for name in finding.columns if name != decisions.target][:MOST_BUTTONS]
        if finding.code == "dropped":
            use = decisions.dropped.discard
            return [self._button(N_("Use {column}"), n, partial(use, n)) for n in columns]
        if finding.code == "zeros_as_missing":
            return [
                self._button(N_("Zeros of {column} are measurements"), n, partial(decisions.zeros.add, n))
                for n in columns
            ]
        if finding.code in KEPT_ON_REQUEST:
            keep = decisions.kept_all_the_same.add
            return [self._button(N_("Use {column} all the same"), n, partial(keep, n)) for n in columns]
        if finding.action == "pointed_out" and finding.code not in ("units_not_stated", "sex_not_told"):
            return [self._button(N_("Leave {column} out"), n, partial(self._drop, n)) for n in columns]
        return []

    def _drop(self, name: str) -> None:
        self.decisions.dropped.add(name)
        self.decisions.kept_all_the_same.discard(name)

    def _button(self, message: str, column: str, decide: OnClick) -> Button:
        def act() -> None:
            decide()
            self.check()

        return Button(self.context, message, "quiet", on_click=act, column=column)
