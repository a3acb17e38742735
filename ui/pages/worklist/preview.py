"""Who is this: enough to be sure of the person before the record is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from medapp.i18n import N_, Words
from ui.context import Context
from ui.format import (
    format_born,
    format_concept,
    format_date,
    format_name,
    format_patient,
    format_sex,
    format_substance,
)
from ui.widgets import Avatar, Button, Column, EmptyState, ErrorState, Line, Row, Strip, Text, scrolling
from ui.widgets.layout import height_at_width

if TYPE_CHECKING:
    from medapp.domain.administrative import Address, Patient
    from medapp.services.search import PatientLine
    from medapp.services.worklist import Preview


class PreviewPanel(QFrame):
    """The right panel of the worklist."""

    open_asked = Signal(str)
    book_asked = Signal()
    retry_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: Preview | None = None
        column = Column(context, 0, 0, self)
        self._empty = EmptyState(context, N_("No patient chosen"), icon="person")
        self._empty.title.set_role("body")
        self._empty.title.set_tone("text2")
        column.addWidget(self._empty)
        self._filled = QWidget()
        column.addWidget(self._filled)
        inner = Column(context, (0, 0, 0, 16), 8, self._filled)
        inner.addWidget(scrolling(self._build_content()), 1)
        inner.addLayout(self._build_buttons())
        self._filled.hide()
        self.error = ErrorState(context, self.retry_asked.emit)
        self.error.hide()
        column.addWidget(self.error)
        context.theme_changed.connect(self._measure)
        context.language_changed.connect(self._fill)
        context.models_changed.connect(self.assess.setEnabled)
        self._measure()

    def _build_content(self) -> QWidget:
        context = self._context
        content = _Content()
        column = Column(context, (18, 18, 18, 8), 10, content)
        head = Row(context, 0, 14)
        self._avatar = Avatar(context, "", 56)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        names = Column(context, (0, 4, 0, 0), 0)
        self._name = Text(context, role="title", wrap=True)
        self._second = Text(context, role="lead", tone="text2", wrap=True)
        names.addWidget(self._name)
        names.addWidget(self._second)
        names.addStretch(1)
        head.addLayout(names, 1)
        column.addLayout(head)
        self._similar = Strip(context, "", "warn")
        column.addWidget(self._similar)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._values = [self._add_row(at, title) for at, title in enumerate(_TITLES)]
        column.addLayout(self._grid)
        self._allergies = self._add_part(column, N_("Allergies"), "danger")
        self._problems = self._add_part(column, N_("Problems"), "text2")
        self._seen = self._add_part(column, N_("Last seen"), "text2")
        column.addStretch(1)
        return content

    def _add_row(self, at: int, title: str) -> Text:
        label = Text(self._context, title, "small", "text2")
        value = Text(self._context, role="body", wrap=True)
        label.setBuddy(value)
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(value, at, 1)
        return value

    def _add_part(self, column: Column, title: str, tone: str) -> Text:
        column.addWidget(Line())
        part = Column(self._context, 0, 4)
        heading = Text(self._context, title, "small", tone)
        heading.setProperty("role", "strong")
        text = Text(self._context, role="body", wrap=True)
        part.addWidget(heading)
        part.addWidget(text)
        column.addLayout(part)
        return text

    def _build_buttons(self) -> Column:
        column = Column(self._context, (18, 4, 18, 0), 10)
        self.open = Button(
            self._context, N_("Open record"), "primary", keys="Enter",
            on_click=lambda: self.open_asked.emit("summary"),
        )
        self.assess = Button(
            self._context, N_("Assess"), icon="model", on_click=lambda: self.open_asked.emit("assess")
        )
        self.assess.setEnabled(self._context.are_models_on)
        self.book = Button(
            self._context, N_("Book…"), icon="calendar", on_click=lambda: self.book_asked.emit()
        )
        row = Row(self._context, 0, 8)
        for button in (self.open, self.book, self.assess):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.open)
        row.addWidget(self.book)
        row.addWidget(self.assess)
        column.addLayout(row)
        return column

    def clear(self) -> None:
        """Nobody is chosen."""
        self._shown = None
        self._show_only(self._empty)

    def show_error(self, error: BaseException) -> None:
        """Who is chosen cannot be read: nobody else stands here meanwhile."""
        self._shown = None
        self.error.show_error(error)
        self._show_only(self.error)

    def show_preview(self, preview: Preview) -> None:
        """Show a person."""
        self._shown = preview
        self._fill()
        self._show_only(self._filled)

    def _show_only(self, wanted: QWidget) -> None:
        for state in (self._empty, self._filled, self.error):
            state.setVisible(state is wanted)

    def _fill(self) -> None:
        preview, words = self._shown, self._context.words
        if preview is None:
            return
        patient = preview.patient
        first, second = format_patient(patient, words)
        self._name.set_plain(first)
        self._second.set_plain(second)
        self._second.setVisible(bool(second))
        self._avatar.set_text(avatar_text(patient))
        now = self._context.clock()
        phone = next((point.value for point in patient.telecom if point.system in ("phone", "sms")), "")
        values = (
            format_born(patient.birth_date, now, words),
            format_sex(patient.sex, words),
            patient.mrn,
            phone or words("not recorded"),
            address_text(patient.addresses, words) or words("not recorded"),
        )
        for label, value in zip(self._values, values, strict=True):
            label.set_plain(value)
        self._allergies.set_plain(allergy_text(preview, words))
        problems = list(dict.fromkeys(format_concept(problem.code, words) for problem in preview.problems))
        self._problems.set_plain(_few(problems, 5, words) or words("No active problems recorded"))
        seen = preview.last_seen
        self._seen.set_plain(format_date(seen, words) if seen else words("No visit recorded"))
        self._warn(preview.similar)

    def _warn(self, similar: Sequence[PatientLine]) -> None:
        words = self._context.words
        self._similar.setVisible(bool(similar))
        if not similar:
            return
        other = similar[0]
        name = " ".join(part for part in format_name(other.name, other.name_local, words) if part)
        born = format_date(other.birth_date, words)
        if len(similar) == 1:
            text = words("Another {name}, born {date}. Check the birth date.", name=name, date=born)
        else:
            text = words(
                "{n} others have a similar name, as {name}, born {date}. Check the birth date.",
                n=len(similar), name=name, date=born,
            )
        self._similar.label.set_plain(text)

    def _measure(self) -> None:
        px = self._context.theme.px
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(4))


class _Content(QWidget):
    """As tall as its texts need at the width it has."""

    def minimumSizeHint(self) -> QSize:
        return height_at_width(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:  # the rows share the height anew, at the width that the texts have now
            layout.update()


_TITLES = (N_("Born"), N_("Sex"), N_("MRN"), N_("Phone"), N_("Address"))


def avatar_text(patient: Patient) -> str:
    """The Chinese family name's first character, else two initials."""
    local = patient.name_local
    if local:
        return local[0]
    return "".join(word[0] for word in patient.name.replace(",", " ").split()[:2] if word).upper()


def address_text(addresses: Sequence[Address], words: Words) -> str:
    """The first address in one line, in the order of its language."""
    if not addresses:
        return ""
    first = addresses[0]
    parts = [*first.lines, first.district, first.city, first.state, first.postal_code]
    return ", ".join(part for part in parts if part)


def allergy_text(preview: Preview, words: Words) -> str:
    """Substances with reactions; none known is different from not asked."""
    if not preview.allergies:
        if preview.has_no_known_allergy:
            return words("No known allergies")
        if preview.denied:
            from medapp.terminology.said import partial_denials  # no part of the start

            return "\n".join(partial_denials(preview.denied, words))
        return words("Allergies not asked")
    lines = []
    for allergy in preview.allergies:
        text = format_substance(allergy.code, words)
        if allergy.reaction:
            from ui.pages.patient_said import reaction_words  # no part of the start

            reaction = reaction_words(allergy.reaction, words)
            text = words("{substance} — {reaction}", substance=text, reaction=reaction)
        if text not in lines:
            lines.append(text)
    return _few(lines, 4, words, "\n")


def _few(items: Sequence[str], most: int, words: Words, between: str = " · ") -> str:
    """The first few, and how many more; never cut inside one."""
    shown = list(items[:most])
    if len(items) > most:
        shown.append(words("{n} more", n=len(items) - most))
    return between.join(shown)
