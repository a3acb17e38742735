"""Move a value that came to the wrong patient: both are named, with a warning when they are alike."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medapp.domain.administrative import Patient
from medapp.domain.clinical import Observation
from medapp.i18n import N_
from medapp.services import identity, records
from medapp.services import search as finding
from medapp.services.identity import LookAlikes
from medapp.services.search import PatientLine
from medapp.services.session import Session
from ui.context import Context
from ui.format import format_born, format_date, format_name, format_patient
from ui.forms.find import FindList, Hit
from ui.pages.patient_facts import Facts
from ui.pages.person.warnings import line_words
from ui.pages.results.reading import dated_words
from ui.widgets import FormSheet, Strip, Text

Read = tuple[Observation, LookAlikes]


class MoveSheet(FormSheet):
    """From whom, to whom; nothing is chosen beforehand."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Move to another patient"))
        self._facts: Facts | None = None
        self._kept: Observation | None = None
        self._alike: frozenset[int] = frozenset()
        self._to: PatientLine | None = None
        self._pending = 0
        self.value = Text(context, "", "strong", wrap=True)
        self.form.addWidget(self.value)
        self.form.addWidget(Text(context, N_("It stands in the record of"), "small", "text2"))
        self.source = Text(context, "", "body", wrap=True)
        self.form.addWidget(self.source)
        self.form.addWidget(Text(context, N_("It belongs to"), "small", "text2"))
        self.finder = FindList(
            context, N_("Name, birth date, MRN, phone — any order"), self._find, N_("Nobody matches"),
            is_stored=True,
        )
        self.finder.found.connect(self._choose)
        self.form.addWidget(self.finder)
        self.target = Text(context, "", "strong", wrap=True)
        self.form.addWidget(self.target)
        trace = N_("Here it is marked as entered in error, there it is new; the audit log holds both.")
        self.form.addWidget(Text(context, trace, "small", "text2", wrap=True))
        self.form.addStretch(1)
        alike = N_("Both have a similar name. Compare birth date and record number.")
        self.alike = Strip(context, alike, "warn")
        self.nobody = Strip(context, N_("Choose the patient to whom it belongs."), "danger")
        self.foot.addWidget(self.alike)
        self.foot.addWidget(self.nobody)
        self.saving.connect(self._save)

    @property
    def is_ready(self) -> bool:
        return self._pending == 0 and self.finder.is_ready

    def open_for(self, facts: Facts, variable: str, value: int) -> None:
        """Read the value, and who could be taken for this patient."""
        session = self._context.session
        if session is None:
            return
        self._facts, self._kept = facts, None
        self._alike = frozenset()
        self.no_trouble()
        self.finder.show_text("")
        self._show_target(None)
        self._pending += 1
        self._context.jobs.store(
            partial(_read, session, facts, value), partial(self._take, facts.patient.id, variable), self._fail
        )

    def forget(self) -> None:
        """Another patient."""
        self._facts, self._kept = None, None
        self.finder.show_text("")
        for label in (self.value, self.source):
            label.set_plain("")
        self._show_target(None)
        self.close_sheet()

    def _take(self, patient: int, variable: str, read: Read) -> None:
        self._pending -= 1
        facts = self._facts
        if facts is None or facts.patient.id != patient:
            return
        self._kept, self._alike = read[0], frozenset(line.id for line in read[1].similar)
        self.value.set_dynamic(lambda: dated_words(read[0], variable, self._context.words))
        self.source.set_dynamic(partial(self._source_words, facts.patient))
        self.open_at(self.finder.field.line)

    def _source_words(self, patient: Patient) -> str:
        words = self._context.words
        name = " ".join(part for part in format_patient(patient, words) if part)
        return " · ".join((name, format_born(patient.birth_date, self._context.clock(), words), patient.mrn))

    def _find(self, text: str) -> list[Hit]:
        session, facts = self._context.session, self._facts
        if session is None or facts is None:
            return []
        found = finding.search(session, text, 8).patients
        return [self._hit(line) for line in found if line.id != facts.patient.id]

    def _hit(self, line: PatientLine) -> Hit:
        words = self._context.words
        name = " ".join(part for part in format_name(line.name, line.name_local, words) if part)
        return Hit(line, name, format_date(line.birth_date, words))

    def _choose(self, line: PatientLine) -> None:
        self._show_target(line)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_target(self, line: PatientLine | None) -> None:
        self._to = line
        self.target.set_dynamic(lambda: "" if line is None else line_words(line, self._context))
        self.target.setVisible(line is not None)
        self.alike.setVisible(line is not None and line.id in self._alike)
        self.nobody.hide()
        if line is None:
            self.save.set_message(N_("Move"))
        else:
            self.save.set_dynamic(partial(self._move_words, line))

    def _move_words(self, line: PatientLine) -> str:
        words = self._context.words
        return words("Move to {name}", name=format_name(line.name, line.name_local, words)[0])

    def _save(self) -> None:
        session, kept, to = self._context.session, self._kept, self._to
        if session is None or kept is None or to is None:
            self.nobody.show()
            self.finder.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        patient = None if self._facts is None else self._facts.patient.id
        name, _ = format_name(to.name, to.name_local, self._context.words)
        self.set_busy(True)
        self._context.acts.write(
            partial(records.move_observation, session, kept.id, to.id), N_("Moved to {name}"),
            undo_patient=patient, on_done=self._on_saved, on_error=self.show_trouble, name=name,
        )

    def _on_saved(self, _: object) -> None:
        self.set_busy(False)
        self.close_sheet()

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self._context.window.show_error(error)


def _read(session: Session, facts: Facts, value: int) -> Read:
    return records.observation(session, value), identity.look_alikes(session, facts.patient)
