"""Settings: the clinic's critical values over the published ones; an administrator's choice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import critical_values, incoming
from medapp.services.critical_values import CriticalValue, Limits
from medapp.terminology.variables import variables
from ui.context import Context
from ui.format import EN_DASH, format_number
from ui.widgets import Card, Column, LinkButton, Row, Text, set_property

if TYPE_CHECKING:
    from medapp.domain.changes import Changes
    from medapp.services.session import Session


@dataclass(frozen=True, slots=True)
class _Written:
    """What a write changed, and the rows after it."""

    changes: Changes
    listed: tuple[CriticalValue, ...]


class LimitRow(QWidget):
    """One variable: this or lower, this or higher; whose limits they are, the way back to the published."""

    def __init__(self, context: Context, card: CriticalValues, value: CriticalValue) -> None:
        super().__init__()
        self._context, self._card, self.value = context, card, value
        row = Row(context, 0, 10, self)
        texts = Column(context, 0, 0)
        self.title = Text(context, "", "strong", wrap=True)
        self.title.set_dynamic(self._title)
        self.source = Text(context, "", "small", "text2", wrap=True)
        self.source.set_dynamic(self._source)
        texts.addWidget(self.title)
        texts.addWidget(self.source)
        row.addLayout(texts, 1)
        self.reset = LinkButton(context, N_("As published"), small=True, on_click=self._reset)
        self.reset.setVisible(value.is_own)
        row.addWidget(self.reset)
        self.low, self.high = self._line(value.low), self._line(value.high)
        for line, sign in ((self.low, "≤"), (self.high, "≥")):
            mark = Text(context, "", "body", "text2")
            mark.set_plain(sign)
            row.addWidget(mark)
            row.addWidget(line)
        unit = Text(context, "", "small", "text2")
        unit.set_plain(variables()[value.variable].unit_label)
        unit.setMinimumWidth(context.theme.px(64))
        row.addWidget(unit)
        context.language_changed.connect(self._name)
        context.theme_changed.connect(self._measure)
        self._name()
        self._measure()

    def _line(self, limit: float | None) -> QLineEdit:
        decimals = variables()[self.value.variable].decimals
        line = QLineEdit("" if limit is None else f"{limit:.{decimals}f}")
        line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.editingFinished.connect(self._edited)
        return line

    def limits(self) -> Limits | None:
        """What is typed; None where a field holds no number (it is then marked)."""
        found: list[float | None] = []
        is_right = True
        for line in (self.low, self.high):
            text = line.text().strip().replace(",", ".")
            try:
                found.append(float(text) if text else None)
                set_property(line, "state", "")
            except ValueError:
                set_property(line, "state", "error")
                is_right = False
        return (found[0], found[1]) if is_right else None

    def mark_wrong(self) -> None:
        """The service refused both."""
        for line in (self.low, self.high):
            set_property(line, "state", "error")

    def _edited(self) -> None:
        limits = self.limits()
        if limits is not None and limits != (self.value.low, self.value.high):
            self._card.change(self, limits)

    def _reset(self) -> None:
        self._card.take_back(self)

    def _title(self) -> str:
        words, value = self._context.words, self.value
        name = words.pick(variables()[value.variable].title)
        if value.age_from:
            return words("{name}, from {n} years", name=name, n=format_number(value.age_from))
        if value.age_to is None:
            return name
        return words("{name}, under {n} years", name=name, n=format_number(value.age_to))

    def _source(self) -> str:
        words, value = self._context.words, self.value
        if not value.is_own:
            return words("{stated} — {source}", stated=value.stated, source=value.short)
        published = critical_values.published_limits(value.key)
        if published is None:
            return words("Set by this clinic")
        low, high = (format_number(limit) for limit in published)
        return words("Set by this clinic; published: {range}", range=f"{low} {EN_DASH} {high}")

    def _name(self) -> None:
        words, name = self._context.words, self._title()
        self.low.setAccessibleName(words("{name}, critical from below", name=name))
        self.high.setAccessibleName(words("{name}, critical from above", name=name))

    def _measure(self) -> None:
        for line in (self.low, self.high):
            line.setFixedWidth(self._context.theme.px(84))


class CriticalValues(Card):
    """Every row of the clinic; a change is saved when its field is left, and what waits is judged anew."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Critical values"), icon="flask", gap=10, parent=parent)
        self._context = context
        self.rows: dict[str, LimitRow] = {}
        note = N_(
            "A result at or beyond a limit comes first among the results to sign. Your laboratory’s own "
            "values go before the published ones: enter them here. An empty field is no limit."
        )
        self.body.addWidget(Text(context, note, "small", "text2", wrap=True))
        self.toggle = LinkButton(context, N_("Show the values"), on_click=self._toggle)
        self.body.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside = QWidget()
        self.inside.hide()
        self.body.addWidget(self.inside)
        inner = Column(context, 0, 10, self.inside)
        self.column = Column(context, 0, 8)
        inner.addLayout(self.column)
        self.problem = Text(context, "", "small", "danger", wrap=True)
        self.problem.hide()
        inner.addWidget(self.problem)
        inner.addLayout(self._build_adding())
        for citation in critical_values.citations():
            source = Text(context, "", "small", "text2", wrap=True)
            source.set_plain(citation)
            inner.addWidget(source)
        note = N_("Only an administrator changes this.")
        self.body.addWidget(Text(context, note, "small", "text2", wrap=True))
        context.session_changed.connect(self.load)
        context.language_changed.connect(self._offer)
        self.load()

    def _build_adding(self) -> QGridLayout:
        """A test that has no row yet."""
        grid = QGridLayout()
        self.other = QComboBox()
        self.other.activated.connect(self._add)
        grid.addWidget(self.other, 0, 0)
        grid.setColumnStretch(1, 1)
        return grid

    def open_values(self) -> None:
        """Show the rows; they are made when they are first asked for."""
        self.inside.show()
        self.toggle.set_message(N_("Hide the values"))
        self.load()

    def _toggle(self) -> None:
        if self.inside.isHidden():
            self.open_values()
        else:
            self.inside.hide()
            self.toggle.set_message(N_("Show the values"))

    def load(self) -> None:
        """Read what holds in the clinic that is open."""
        session = self._context.session
        self.inside.setEnabled(session is not None and critical_values.may_change(session))
        if session is not None and not self.inside.isHidden():
            self._context.jobs.store(partial(critical_values.listed, session), self._show)

    def change(self, row: LimitRow, limits: Limits) -> None:
        """Save a row's limits."""
        session = self._context.session
        if session is not None:
            work = partial(_set, session, row.value.key, limits)
            self._context.acts.write(work, on_done=self._changed, on_error=partial(self._failed, row))

    def take_back(self, row: LimitRow) -> None:
        """Let the published limits hold again."""
        session = self._context.session
        if session is not None:
            work = partial(_reset, session, row.value.key)
            self._context.acts.write(work, on_done=self._changed, on_error=partial(self._failed, row))

    def _add(self, at: int) -> None:
        """A row for another test: empty until a limit is typed."""
        name = self.other.itemData(at)
        if name and name not in self.rows:
            self._append(CriticalValue(name, None, None))
            self.rows[name].low.setFocus()
        self._offer()

    def _changed(self, answer: _Written) -> None:
        self.problem.hide()
        self._show(answer.listed)

    def _failed(self, row: LimitRow, error: BaseException) -> None:
        row.mark_wrong()
        if isinstance(error, KnownError):
            self.problem.set_message(error.message, **error.fields)
            self.problem.show()
        else:
            self._context.window.show_error(error)

    def _show(self, listed: tuple[CriticalValue, ...]) -> None:
        """Rows that changed are made anew; the others keep what is being typed."""
        wanted = {value.key: value for value in listed}
        for key in [key for key, row in self.rows.items() if wanted.get(key) != row.value]:
            row = self.rows.pop(key)
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, (key, value) in enumerate(wanted.items()):
            if key not in self.rows:
                self._append(value, place)
        self._offer()

    def _append(self, value: CriticalValue, place: int = -1) -> None:
        row = LimitRow(self._context, self, value)
        self.rows[value.key] = row
        self.column.insertWidget(place, row)

    def _offer(self) -> None:
        words = self._context.words
        self.other.clear()
        self.other.addItem(words("Add a test…"), "")
        named = [(words.pick(variables()[name].title), name) for name in incoming.reported()
                 if name not in self.rows and variables()[name].kind in ("number", "integer")]  # fmt: skip
        for title, name in sorted(named):
            self.other.addItem(title, name)
        self.other.setAccessibleName(words("Add a test…"))


def _set(session: Session, key: str, limits: Limits) -> _Written:
    changes = critical_values.set_limits(session, key, limits)
    return _Written(changes, critical_values.listed(session))


def _reset(session: Session, key: str) -> _Written:
    changes = critical_values.reset(session, key)
    return _Written(changes, critical_values.listed(session))
