"""Signing a result: what was done about it, and whether the patient was told; nothing is chosen before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from medapp.i18n import N_
from medapp.services import reviews
from medapp.terminology.variables import variables
from ui.context import Context
from ui.format import EN_DASH, format_date, format_number
from ui.pages.desk.rows import DeskRow, level_chip, result_words
from ui.pages.desk.sheets import DeskSheet, line_field, text_of
from ui.widgets import Chip, LabelledField, Row, Text
from ui.widgets.drop_down import fill

if TYPE_CHECKING:
    from medapp.services.reviews import Batch, ResultLine

ACTION, TOLD = N_("Action taken"), N_("Patient told")


class SignSheet(DeskSheet):
    """One result. Both answers are required; "No action needed" and "Not yet" are answers."""

    def __init__(self, context: Context, row: DeskRow) -> None:
        super().__init__(context, N_("Sign a result"), row.line, width=560)
        self._result: ResultLine = row.item
        self._add_result()
        self.action = QComboBox()
        self.told = QComboBox()
        self.action_text = line_field(context, N_("In words"), "", N_("What exactly; may stay empty"))
        self.told_text = line_field(context, N_("When and by whom"), "", N_("May stay empty"))
        self._actions = self._add_choice(ACTION, self.action, self.action_text)
        self._tolds = self._add_choice(TOLD, self.told, self.told_text)
        self.finish_with(N_("Sign for {name}"), self.commit)
        context.language_changed.connect(self._speak)
        self._speak()

    def start(self) -> None:
        """Open at the first question."""
        self.open_at(self.action)

    def _add_choice(self, label: str, box: QComboBox, text: LabelledField) -> LabelledField:
        row = Row(self._context, 0, 12)
        field = LabelledField(self._context, label, box)
        for part in (field, text):
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(row)
        return field

    def _speak(self) -> None:
        """The answers in the language of the moment; what was chosen stays."""
        words = self._context.words
        for box, label, choices in (
            (self.action, ACTION, reviews.ACTIONS), (self.told, TOLD, reviews.TOLD),
        ):  # fmt: skip
            answers = [(words(title), key) for key, title in choices.items()]
            fill(box, [(words("Choose…"), ""), *answers], box.currentData())
            box.setAccessibleName(words(label))

    def _add_result(self) -> None:
        context, one = self._context, self._result
        _, tone, icon = level_chip(one, context.words)
        row = Row(context, 0, 8)
        value = Text(context, "", "lead", wrap=True)
        value.set_dynamic(lambda: result_words(one, context.words))
        row.addWidget(value, 1)
        chip = Chip(context, "", tone, icon=icon)
        chip.set_dynamic(lambda: level_chip(one, context.words)[0])
        row.addWidget(chip)
        self.form.addLayout(row)
        details = Text(context, "", "small", "text2", wrap=True)
        details.set_dynamic(self._details)
        self.form.addWidget(details)

    def _details(self) -> str:
        """When it was taken, by whom it was sent, and the laboratory's own range."""
        one, words = self._result.observation, self._context.words
        taken = words("Taken {date}", date=format_date(one.time, words, time=True))
        parts = [taken, one.source]
        known = variables().get(one.variable or "")
        if one.reference_low is not None or one.reference_high is not None:
            decimals = known.decimals if known else None
            limits = (one.reference_low, one.reference_high)
            low, high = (format_number(limit, decimals) for limit in limits)
            parts.append(words("laboratory’s range {range}", range=f"{low}{EN_DASH}{high}"))
        return " · ".join(part for part in parts if part)

    def commit(self) -> None:
        """Sign, or say what is missing."""
        session, action, told = self._context.session, self.action.currentData(), self.told.currentData()
        needs_words = action == "other" and not text_of(self.action_text)
        self._tolds.set_error("" if told else N_("Say whether the patient was told."))
        self.action_text.set_error(N_("Write what was done.") if needs_words else "")
        self._actions.set_error("" if action else N_("Say what was done about the result."))
        if session is None or not action or not told or needs_words:
            return
        self.begin()
        work = partial(
            reviews.sign, session, self._result.id, action, told,
            action_text=text_of(self.action_text), told_text=text_of(self.told_text),
        )
        self._context.acts.write(
            work, N_("Result signed"), undo_patient=self.line.id,
            on_done=self.finish, on_error=self.fail,
        )


def sign_normals(context: Context, lines: Sequence[ResultLine]) -> None:
    """Sign every normal result of the list; one Undo takes all of them back."""
    session = context.session
    if session is None:
        return

    def tell(batch: Batch) -> None:
        def undo() -> None:
            context.acts.write(partial(reviews.unsign_normals, session, batch), N_("Undone"))

        context.window.toast.tell(N_("{n} normal results signed"), undo, n=batch.count)

    context.acts.write(partial(reviews.sign_normals, session, list(lines)), on_done=tell)
