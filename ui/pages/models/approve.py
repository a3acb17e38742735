"""Approving a draft: what it means, who made it, a reason where the maker approves, and one button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import models
from medapp.services.models import ApprovalNeeds
from ui.context import Context
from ui.pages.models.facts import ModelFacts
from ui.pages.models.words import algorithm_name
from ui.widgets import Button, LabelledField, Sheet, Strip, Text

WHY_NOT = {
    ApprovalNeeds.PERMISSION: N_("Only an administrator approves a model."),
    ApprovalNeeds.ANOTHER: N_("You made this draft: another administrator must approve it."),
    ApprovalNeeds.TRAINING: N_("It was not trained in this clinic and cannot be approved here."),
}
"""Why the user of the session cannot approve, where he cannot."""


class ApproveSheet(Sheet):
    """`approved` when the draft is a model of this clinic; the model set has then changed."""

    approved = Signal()

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, "", width=560)
        self._facts: ModelFacts | None = None
        self.body.addWidget(Text(
            context,
            N_("It will be asked about every patient of a clinic that uses its setting. Its files are sealed "
               "as they are; one byte changed later and it is refused."),
            "body", wrap=True,
        ))
        self.figures = Text(context, "", "body", "text2", wrap=True)
        self.body.addWidget(self.figures)
        self.reason = QLineEdit()
        self.reason.setMaxLength(400)
        self.reason.textChanged.connect(self._check)
        self.reason.returnPressed.connect(self._approve)
        self.reason_field = LabelledField(
            context, N_("Why you approve your own draft"), self.reason,
            example=N_("You are the only user: say how it was checked"),
        )
        self.body.addWidget(self.reason_field)
        self.problem = Strip(context, "", "warn", icon="caution")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.cancel = Button(context, N_("Go back"), keys="Esc", on_click=self.close_sheet)
        self.commit = Button(context, "", "primary", icon="check", on_click=self._approve)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.commit)

    def open_for(self, facts: ModelFacts) -> None:
        """Ask about one draft; the focus is on the reason, or on the way back."""
        words = self._context.words
        self._facts = facts
        self.problem.hide()
        self.reason.clear()
        self.reason.setAccessibleName(words("Why you approve your own draft"))
        title = words.pick(facts.card.title)
        self.title.set_message(N_("Approve “{title}”?"), title=title)
        self.commit.set_message(N_("Approve “{title}”"), title=title)
        self.figures.set_message(
            N_("Made by {name}. {version} of {id}, {algorithm}."), name=facts.maker or words("unknown"),
            version=facts.card.version, id=facts.id, algorithm=algorithm_name(facts.card, words),
        )
        self.reason_field.setVisible(facts.needs is ApprovalNeeds.REASON)
        self._check()
        self.open_at(self.reason if facts.needs is ApprovalNeeds.REASON else self.cancel)

    def _check(self) -> None:
        facts = self._facts
        needs = facts is not None and facts.needs is ApprovalNeeds.REASON
        can = not needs or bool(self.reason.text().strip())
        self.commit.setEnabled(can)
        why = "" if can else self._context.words("A reason is needed.")
        self.commit.setToolTip(why)
        self.commit.setAccessibleDescription(why)

    def _approve(self) -> None:
        session, facts = self._context.session, self._facts
        if session is None or facts is None or not self.commit.isEnabled():
            return
        self.problem.hide()
        self.commit.setEnabled(False)
        self.commit.set_message(N_("Checking and sealing…"))
        self._context.acts.write(
            partial(models.approve, session, facts.id, self.reason.text()),
            N_("The model is approved and asked from now on"),
            on_done=self._done, on_error=self._show_problem, is_order=False,
        )

    def _done(self, _answer: object) -> None:
        self.close_sheet()
        self.approved.emit()

    def _show_problem(self, error: BaseException) -> None:
        if self._facts is not None:
            title = self._context.words.pick(self._facts.card.title)
            self.commit.set_message(N_("Approve “{title}”"), title=title)
        self._check()
        if isinstance(error, KnownError):
            self.problem.show_error(self._context, error)
        elif self._context.window is not None:
            self._context.window.show_error(error)
