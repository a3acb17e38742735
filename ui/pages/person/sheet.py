"""The form of a person: a new patient, or the details of the open one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from medapp.domain.administrative import Patient
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from medapp.services import identity, records
from medapp.services.drafts import NEW_PATIENT
from medapp.services.identity import LookAlikes
from ui.commit import ADD, SAVE, commit_words
from ui.context import Context
from ui.format import format_date, format_sex
from ui.forms.drafted import DraftedSheet
from ui.forms.entry_form import EntryForm
from ui.jobs import Token
from ui.pages.person import candidate
from ui.pages.person.fields import CONTACT, LIFE, NAMES, NUMBER, RELATED, TITLES, specs
from ui.pages.person.warnings import LookAlikeStrips
from ui.widgets import Box, Column, SectionHeader, Strip

if TYPE_CHECKING:
    from medapp.services.records import Added

LOOK_AFTER_MS: Final = 300
ANYWAY: Final = N_("Save anyway: {name}")
TWO_COLUMNS: Final = 560
"""Design pixels from which the parts stand in two columns."""
DRAFT: Final = "details"
"""The kind of draft that this sheet keeps."""


class PersonSheet(DraftedSheet):
    """Names in both scripts, numbers, contact. `added` carries the new patient's id."""

    added = Signal(int)

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("New patient"), DRAFT, is_side=False)
        self._patient = Patient()
        self._seen: frozenset[int] = frozenset()
        self._is_saving = False
        self._pending = 0
        self._look_token = Token()
        self.parts = {name: EntryForm(context) for name in (NAMES, LIFE, NUMBER, CONTACT, RELATED)}
        self.columns = Box(context, QBoxLayout.Direction.LeftToRight, 0, 24)
        self.columns.addLayout(self._column(NAMES, LIFE), 1)
        self.columns.addLayout(self._column(NUMBER, CONTACT), 1)
        self.form.addLayout(self.columns)
        self.form.addLayout(self._column(RELATED))
        self.pinyin = Strip(context, "", "info", action=N_("Use it"), on_action=self._use_pinyin)
        self.proposed = Strip(context, "", "info", action=N_("Use them"), on_action=self._use_proposal)
        self.nameless = Strip(context, candidate.NO_NAME, "danger")
        self.look_alikes = LookAlikeStrips(context)
        self.look_alikes.opened.connect(self._open_other)
        for widget in (self.pinyin, self.proposed, self.nameless, self.look_alikes):
            self.foot.addWidget(widget)
            widget.hide()
        for part in self.parts.values():
            part.changed.connect(self._on_change)
        self._latin = ("", "")
        self._later = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._later.timeout.connect(self._look)
        self.saving.connect(self._check_and_save)

    def _column(self, *parts: str) -> Column:
        column = Column(self._context, 0, 10)
        for name in parts:
            column.addWidget(SectionHeader(self._context, TITLES[name]))
            column.addWidget(self.parts[name])
        column.addStretch(1)
        return column

    @property
    def is_ready(self) -> bool:
        return super().is_ready and self._pending == 0 and not self._later.isActive()

    def open_for(self, patient: Patient) -> None:
        """Show what is recorded; a patient without an id is a new one."""
        self._patient = patient
        self._seen = frozenset()
        self.title.set_message(N_("Patient details") if patient.id else N_("New patient"))
        self._latin = ("", "")
        for strip in (self.pinyin, self.proposed, self.nameless):
            strip.hide()
        self.look_alikes.show_found(LookAlikes())
        self.begin(patient.id)
        self._name_button()
        self.open_at(None)
        is_latin = bool(self.values()["family"]) or self._context.words.language == "en"
        self.parts[NAMES].focus("family" if is_latin else "han")

    def fill(self) -> None:
        shown = candidate.values_of(self._patient)
        for name, part in self.parts.items():
            part.show_fields(specs(name, self._context.words.language), shown, self._wrong)

    def raw(self) -> dict[str, Any]:
        return {name: one for part in self.parts.values() for name, one in part.raw().items()}

    def put(self, kept: Mapping[str, Any]) -> None:
        for part in self.parts.values():
            part.set_raw(kept)

    def wipe(self) -> None:
        self._later.stop()
        self._look_token.cancel()
        self._pending, self._is_saving = 0, False
        self._patient = Patient()
        for part in self.parts.values():
            part.clear()
        self.look_alikes.show_found(LookAlikes())

    def values(self) -> dict[str, Any]:
        """What is typed, by field."""
        return {name: value for part in self.parts.values() for name, value in part.values().items()}

    def candidate(self) -> Patient:
        """The patient as the form describes her."""
        return candidate.patient_of(self.values(), self._patient)

    @property
    def _today(self) -> Any:
        return Moment.of_datetime(self._context.clock()).date

    def _wrong(self, _values: Mapping[str, Any], words: Words) -> dict[str, tuple[str, str]]:
        return candidate.wrong(self.values(), self._today, words)

    def _on_change(self) -> None:
        values = self.values()
        self.touch()
        self.nameless.hide()
        self._name_button()
        self._propose(values)
        self._ask_pinyin(values)
        self._later.start()

    def _name_button(self) -> None:
        is_warned = bool(self._seen) and self._seen >= self.look_alikes.ids and bool(self.look_alikes.ids)
        message = ANYWAY if is_warned else SAVE if self._patient.id else ADD
        self.save.set_dynamic(commit_words(self._context, message, self.candidate()))

    # --- proposals: shown, never written by themselves

    def _propose(self, values: dict[str, Any]) -> None:
        found = candidate.proposal(values, self._today)
        self.proposed.setVisible(found is not None)
        if found is not None:
            words = self._context.words
            self.proposed.label.set_plain(words(
                "The identity number says: born {date}, {sex}.", date=format_date(found[0], words),
                sex=format_sex(found[1], words),
            ))

    def _use_proposal(self) -> None:
        found = candidate.proposal(self.values(), self._today)
        if found is not None:
            self.parts[LIFE].fields["born"].set_value(found[0])
            self.parts[LIFE].fields["sex"].set_value(found[1])

    def _ask_pinyin(self, values: dict[str, Any]) -> None:
        """The tables of readings are loaded off the GUI thread."""
        han = str(values.get("han") or "").strip()
        if not han or values.get("family") or values.get("given"):
            self.pinyin.hide()
            return
        self._context.jobs.compute(partial(candidate.latin_of, han), self._show_pinyin)

    def _show_pinyin(self, latin: tuple[str, str]) -> None:
        self._latin = latin
        is_wanted = bool(latin[0]) and bool(self.parts[NAMES].fields) and not self.values().get("family")
        self.pinyin.setVisible(is_wanted)
        if is_wanted:
            self.pinyin.label.set_message(N_("In pinyin: {family} {given}"), family=latin[0], given=latin[1])

    def _use_pinyin(self) -> None:
        for field, text in zip(("family", "given"), self._latin, strict=True):
            self.parts[NAMES].fields[field].set_value(text)

    # --- who could it be taken for

    def _look(self) -> None:
        session = self._context.session
        if session is None or not self.isVisible():
            return
        self._look_token.cancel()
        self._look_token = Token()
        self._pending = 1
        self._context.jobs.store(
            partial(identity.look_alikes, session, self.candidate()), self._take_look_alikes,
            self._fail, self._look_token,
        )

    def _take_look_alikes(self, found: LookAlikes) -> None:
        self._pending = 0
        self.look_alikes.show_found(found)
        if self._is_saving:
            self._is_saving = False
            if found.ids <= self._seen:
                self._write()
                return
            self._seen = found.ids
            self.set_busy(False)
        elif found.ids:
            self._seen = self._seen | found.ids
        self._name_button()

    def _fail(self, error: BaseException) -> None:
        self._pending, self._is_saving = 0, False
        self.show_trouble(error)

    def _open_other(self, patient: int) -> None:
        self.close_sheet()
        self._context.window.open_patient(patient)

    # --- saving

    def _check_and_save(self) -> None:
        """Look once more who she could be taken for: the clinic may have changed while one typed."""
        if candidate.lacks_name(self.values()):
            self.nameless.show()
            self.parts[NAMES].focus("family")
            return
        for part in self.parts.values():
            wrong = part.wrong_for_saving()
            if wrong:
                part.focus(wrong[0])
                return
        self._is_saving = True
        self.set_busy(True)
        self._later.stop()
        self._look()

    def _write(self) -> None:
        session, person = self._context.session, self.candidate()
        if session is None:
            return
        if person.id:
            self.write(partial(records.update_patient, session, person), N_("Details saved"))
            return
        work = self.autosave.ending(partial(records.add_patient, session, person))
        self.autosave.leave()
        self.set_busy(True)
        subject = (NEW_PATIENT, 0)
        self._context.acts.write(
            work, is_order=False, on_done=self._on_added, on_error=partial(self._on_failed, subject)
        )

    def _on_added(self, added: Added) -> None:
        self.forget()
        undo = partial(self._context.acts.undo, added.id)
        self._context.window.toast.tell(N_("Patient added"), undo)
        self.added.emit(added.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.panel.width() >= self._context.theme.px(TWO_COLUMNS)
        directions = QBoxLayout.Direction
        self.columns.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def _place(self) -> None:
        super()._place()
        self._arrange()
