"""The form of one entry: checked while one types, kept as a draft until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from medapp.i18n import N_
from medapp.services import drafts
from ui.autosave import Autosave
from ui.context import Context
from ui.format import format_date, format_patient
from ui.forms.entry_form import EntryForm
from ui.jobs import Token
from ui.pages.lists.section import DRAFT, FormPlan
from ui.pages.lists.view import LEAST
from ui.pages.patient_facts import Facts
from ui.widgets import Button, Column, Line, Row, Strip, Text, scrolling
from ui.widgets.commit_button import CommitButton

if TYPE_CHECKING:
    from medapp.services.drafts import Draft


class FormView(QWidget):
    """`saved` carries what the service answered; `left` asks to be closed, what is typed being kept."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.plan: FormPlan | None = None
        self._patient = 0
        self._name = ""
        self._untouched: Mapping[str, Any] = {}
        self._has_draft = False
        self._token = Token()
        self._saves: dict[str, Autosave] = {}
        self._build()

    def _build(self) -> None:
        context = self.context
        column = Column(context, 0, 8, self)
        head = Column(context, (16, 0, 16, 0), 6)
        self.about = Text(context, "", "body", "text2", wrap=True)
        self.kept = Strip(
            context, "", "info", action=N_("Start afresh"), on_action=self.discard
        )
        self.kept.hide()
        for widget in (self.about, self.kept):
            head.addWidget(widget)
        column.addLayout(head)
        inside = QWidget()
        padded = Column(context, (16, 4, 16, 12), 0, inside)
        self.form = EntryForm(context)
        self.form.changed.connect(self._on_changed)
        padded.addWidget(self.form)
        padded.addStretch(1)
        area = scrolling(inside)
        area.setMinimumHeight(LEAST)
        column.addWidget(area, 1)
        strip = Row(context, (16, 0, 16, 0), 0)
        self.trouble = Strip(context, "", "danger")
        self.trouble.hide()
        strip.addWidget(self.trouble)
        column.addLayout(strip)
        column.addWidget(Line())
        column.addLayout(self._build_foot())

    def _build_foot(self) -> Row:
        foot = Row(self.context, (16, 4, 16, 12), 8)
        self.commit = CommitButton(self.context, on_click=self.save)
        self.close_form = Button(self.context, N_("Close"), "secondary", keys="Esc", on_click=self.left.emit)
        foot.addWidget(self.commit)
        foot.addWidget(self.close_form)
        foot.addStretch(1)
        return foot

    @property
    def is_touched(self) -> bool:
        """Whether something stands there that is not in the record."""
        return self.plan is not None and self.form.raw() != self._untouched

    def show_plan(self, plan: FormPlan, facts: Facts) -> None:
        """Fill the form, then with what was typed into it before and not saved."""
        self.clear()
        self.plan, self._patient = plan, facts.patient.id
        self._name = format_patient(facts.patient, self.context.words)[0]
        about = plan.about
        self.about.setVisible(about is not None)
        if about is not None:
            self.about.set_dynamic(lambda: about(self.context.words))
        self._fill(plan)
        self._autosave(plan).follow(self._patient, plan.item)
        session = self.context.session
        if session is not None:
            self._token = self.context.jobs.store(
                partial(drafts.read, session, self._patient, _kind(plan), plan.item),
                partial(self._take_draft, plan), None, Token(),
            )

    def clear(self) -> None:
        """Keep what is typed as a draft, then forget the patient."""
        self._token.cancel()
        if self.plan is not None:
            self._autosave(self.plan).leave()
        self.plan, self._patient, self._name, self._has_draft = None, 0, "", False
        self._untouched = {}
        self.form.clear()
        self.about.set_plain("")
        self.commit.set_plain("")
        for strip in (self.kept, self.trouble):
            strip.hide()

    def save(self) -> None:
        """Write it, unless something is wrong: then the focus goes there."""
        plan, session = self.plan, self.context.session
        if plan is None or session is None or not self.commit.isEnabled():
            return
        wrong = self.form.wrong_for_saving()
        if wrong:
            self.form.focus(wrong[0])
            return
        self.trouble.hide()
        self.commit.setEnabled(False)
        self.commit.set_message(N_("Saving…"))
        values: Mapping[str, Any] = self.form.values()
        self.context.acts.write(
            partial(plan.write, session, values), plan.done, undo_patient=self._patient,
            on_done=partial(self._finish, plan), on_error=partial(self._fail, plan),
        )

    def discard(self) -> None:
        """Throw away what was typed and begin with what is in the record."""
        if self.plan is not None:
            self._drop_draft(self.plan)
            self._fill(self.plan)
            self._autosave(self.plan).follow(self._patient, self.plan.item)
            self.form.focus()

    def _fill(self, plan: FormPlan) -> None:
        self.form.show_fields(plan.fields, plan.values, plan.rule)
        self._untouched = self.form.raw()
        self.kept.hide()
        self._ready()

    def _take_draft(self, plan: FormPlan, draft: Draft | None) -> None:
        if draft is None or self.plan is not plan or self.is_touched:
            return
        self._has_draft = True
        self.form.set_raw(draft.document)
        at = datetime.fromtimestamp(draft.updated, self.context.clock().tzinfo)
        self.kept.label.set_dynamic(lambda: self.context.words(
            "Typed {date} and not saved.", date=format_date(at, self.context.words, time=True)
        ))
        self.kept.show()

    def _autosave(self, plan: FormPlan) -> Autosave:
        if plan.key not in self._saves:
            self._saves[plan.key] = Autosave(self.context, self.form, _kind(plan), self._document)
        return self._saves[plan.key]

    def _document(self) -> Mapping[str, Any] | None:
        return self.form.raw() if self.is_touched else None

    def _drop_draft(self, plan: FormPlan) -> None:
        self._autosave(plan).forget()
        session = self.context.session
        if session is not None and self._has_draft:
            work = partial(drafts.discard, session, self._patient, _kind(plan), plan.item)
            self.context.acts.write(work, is_order=False)
        self._has_draft = False

    def _finish(self, plan: FormPlan, answer: Any) -> None:
        if self.plan is plan:
            self._drop_draft(plan)
            self._ready()
            self.saved.emit(answer)

    def _fail(self, plan: FormPlan, error: BaseException) -> None:
        if self.plan is plan:
            self._ready()
            self.trouble.show_error(self.context, error)

    def _ready(self) -> None:
        self.commit.setEnabled(True)
        if self.plan is not None:
            self.commit.set_message(self.plan.commit, name=self._name)

    def _on_changed(self) -> None:
        self.trouble.hide()
        if self.plan is not None:
            self._has_draft = True
            self._autosave(self.plan).touch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line saves, as the button does; Ctrl Enter does so from anywhere."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_forced = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_enter and (is_forced or isinstance(QApplication.focusWidget(), QLineEdit)):
            self.save()
        else:
            super().keyPressEvent(event)


def _kind(plan: FormPlan) -> str:
    return f"{DRAFT}{plan.key}"
