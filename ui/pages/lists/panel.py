"""The right panel over a patient's page: one list, or the form of one entry.

F8 or Esc closes it and the focus goes back. What is typed into a form and not saved is kept as a draft
and stands in the form when it is opened again.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from medapp.domain.changes import Changes
from medapp.i18n import N_
from ui.context import Context
from ui.format import format_patient
from ui.pages.lists import SECTIONS
from ui.pages.lists.form_view import FormView
from ui.pages.lists.section import FormPlan, Section
from ui.pages.lists.view import ListView
from ui.pages.patient_facts import Facts
from ui.widgets import Column, Icon, IconButton, Row, Text

WIDTH: Final = 440


class ListPanel(QFrame):
    """Lies over the right side of `host`, the part of the page below banner and tabs."""

    closed = Signal()

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self.context, self._host = context, host
        self._facts: Facts | None = None
        self._before: QWidget | None = None
        self._is_form_alone = False
        self._views: dict[str, ListView] = {}
        self._name = ""
        self.setProperty("surface", "side")
        self._build()
        host.installEventFilter(self)
        context.theme_changed.connect(self._place)
        self.hide()

    def _build(self) -> None:
        context = self.context
        column = Column(context, 0, 10, self)
        head = Row(context, (16, 12, 8, 0), 8)
        self._icon = Icon(context, "list", "text2")
        head.addWidget(self._icon)
        titles = Column(context, 0, 0)
        self.title = Text(context, "", "section", wrap=True)
        self.who = Text(context, "", "small", "text2", wrap=True)
        titles.addWidget(self.title)
        titles.addWidget(self.who)
        head.addLayout(titles, 1)
        self._adds = Row(context, 0, 0)
        head.addLayout(self._adds)
        self.close_button = IconButton(context, "close", N_("Close panel"), on_click=self.close_panel)
        head.addWidget(self.close_button)
        column.addLayout(head)
        self.stack = QStackedWidget()
        self.form = FormView(context)
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self.leave_form)
        self.stack.addWidget(self.form)
        column.addWidget(self.stack, 1)
        self.stack.currentChanged.connect(self._show_add)

    @property
    def section(self) -> Section | None:
        """The list that is open."""
        return SECTIONS.get(self._name) if self.isVisible() else None

    @property
    def is_form_open(self) -> bool:
        return self.isVisible() and self.stack.currentWidget() is self.form

    def view(self, name: str) -> ListView:
        """The list of a section, made when first asked for."""
        if name not in self._views:
            made = self._views[name] = ListView(self.context, SECTIONS[name])
            made.plan_wanted.connect(self.show_plan)
            made.withdrawn.connect(partial(self.withdraw, name))
            made.denied.connect(partial(self.deny, name))
            if self._facts is not None:
                made.show_facts(self._facts)
            self.stack.addWidget(made)
            self._adds.addWidget(made.add)
        return self._views[name]

    def open_list(self, name: str) -> None:
        """Show a section's list."""
        if self._facts is None:
            return
        self._open(name)
        self._is_form_alone = False
        self.stack.setCurrentWidget(self.view(name))
        self.view(name).focus_first()

    def open_form(self, name: str, plan: FormPlan | None = None) -> None:
        """Show a form alone, a new entry's by default: it closes when it is saved or left."""
        if self._facts is None:
            return
        self._open(name)
        self._is_form_alone = True
        self.show_plan(plan or SECTIONS[name].add_plan(self._facts))

    def show_plan(self, plan: FormPlan) -> None:
        if self._facts is not None:
            self.form.show_plan(plan, self._facts)
            self.title.set_message(plan.title)
            self.stack.setCurrentWidget(self.form)
            self.form.form.focus()

    def show_facts(self, facts: Facts) -> None:
        """The record as it is now; a form keeps what is typed."""
        self._facts = facts
        for view in self._views.values():
            view.show_facts(facts)
        self._say()

    def clear(self) -> None:
        """Forget the patient at once."""
        self._facts, self._before, self._name = None, None, ""
        self.hide()
        self.form.clear()
        for view in self._views.values():
            view.clear()
        self.who.set_plain("")

    def close_panel(self) -> None:
        """Hide it and give the focus back."""
        if not self.isVisible():
            return
        self.form.clear()
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def back(self) -> bool:
        """Esc: the list of names, then the form, then the panel; False when it is closed."""
        if not self.isVisible():
            return False
        if self.is_form_open:
            if not self.form.form.close_list():
                self.leave_form()
        else:
            self.close_panel()
        return True

    def leave_form(self) -> None:
        """Back to the list, or away where the form stood alone."""
        if self._is_form_alone:
            self.close_panel()
            return
        self.form.clear()
        self.title.set_message(SECTIONS[self._name].title)
        self.stack.setCurrentWidget(self.view(self._name))
        self.view(self._name).focus_first()

    def withdraw(self, name: str, item: int) -> None:
        """Mark an entry as entered in error; the toast offers the way back."""
        session, facts, section = self.context.session, self._facts, SECTIONS[name]
        if session is not None and facts is not None:
            work = partial(section.withdraw, session, item)
            self.context.acts.write(work, section.withdrawn, undo_patient=facts.patient.id)

    def deny(self, name: str) -> None:
        """Enter that none are known."""
        session, facts, section = self.context.session, self._facts, SECTIONS[name]
        if session is not None and facts is not None:
            work = partial(section.confirm_none, session, facts)
            self.context.acts.write(work, section.denied, undo_patient=facts.patient.id)

    def _show_add(self) -> None:
        """The way to add belongs to the list that is shown, not to a form."""
        for view in self._views.values():
            view.add.setVisible(self.stack.currentWidget() is view)

    def _open(self, name: str) -> None:
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._name = name
        self._icon.set_icon(SECTIONS[name].icon)
        self.title.set_message(SECTIONS[name].title)
        self._say()
        self._place()
        self.show()
        self.raise_()

    def _on_saved(self, answer: Any) -> None:
        item = None if isinstance(answer, Changes) else getattr(answer, "id", None)
        plan = self.form.plan
        item = item or (plan.item if plan is not None else None)
        name = self._name
        self.leave_form()
        if item:
            self.view(name).choose(item)

    def _say(self) -> None:
        facts = self._facts
        if facts is not None:
            self.who.set_plain(" ".join(filter(None, format_patient(facts.patient, self.context.words))))
        self.setAccessibleName(self.context.words(SECTIONS[self._name].title) if self._name else "")

    def _place(self) -> None:
        host = self._host
        width = min(self.context.theme.px(WIDTH), host.width())
        self.setGeometry(host.width() - width, 0, width, host.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
