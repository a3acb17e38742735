"""What the Notes page writes: vital signs, a problem, the signature, a cancellation, and the end of a draft.

Each is bound to the patient and the visit it was asked for; when its answer comes, the page is touched
only if that visit is still open. What is written is on the disk as a draft before it is asked for, and
until it is answered the visit can be neither changed nor written once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from medapp.assess.assessor import Given
from medapp.domain.clinical import Condition
from medapp.domain.datatypes import CodeableConcept, Moment
from medapp.i18n import N_
from medapp.services import drafts, entries, problems, visits
from medapp.services.drafts import VISIT
from ui.context import Context
from ui.pages.patient_names import concept_name
from ui.widgets import describe

if TYPE_CHECKING:
    from medapp.services.session import Session
    from ui.pages.notes.page import NotesPage


class VisitWrites:
    """One per page."""

    def __init__(self, context: Context, page: NotesPage) -> None:
        self._context, self._page = context, page
        self._under_way: set[tuple[int, int]] = set()

    def is_under_way(self, patient: int, item: int) -> bool:
        """Whether that visit is being signed, or its vital signs saved."""
        return (patient, item) in self._under_way

    @property
    def _open(self) -> tuple[Session, int] | None:
        """The session and the patient; None while nothing can be written."""
        session, patient = self._context.session, self._page.patient
        return None if session is None or patient is None else (session, patient)

    def _begin(self, patient: int, item: int) -> bool:
        """Hold the open visit still; False when something of it is being written already."""
        if self.is_under_way(patient, item):
            return False
        self._under_way.add((patient, item))
        self._page.autosave.flush()
        self._page.editor.set_busy(True)
        return True

    def _fail(self, patient: int, item: int, error: BaseException) -> None:
        """Nothing was written: the draft goes on where it was."""
        self._under_way.discard((patient, item))
        title, _ = describe(error)
        self._context.window.toast.tell(title(self._context))
        if self._page.is_open(patient, item):
            self._page.autosave.follow(patient, item)
            self._page.autosave.touch()
            self._page.editor.set_busy(False)

    def save_vitals(self, given: Mapping[str, Given]) -> None:
        """Store what was measured; undone like any entry."""
        if self._open is None:
            return
        session, patient = self._open
        item = self._page.editor.item
        if self._begin(patient, item):
            self._context.acts.write(
                partial(_save_vitals, session, patient, item, given), N_("Vital signs saved"),
                undo_patient=patient, on_done=partial(self._take_saved, patient, item),
                on_error=partial(self._fail, patient, item),
            )

    def _take_saved(self, patient: int, item: int, entered: entries.Entered) -> None:
        self._under_way.discard((patient, item))
        if self._page.is_open(patient, item):
            self._page.editor.add_observations(tuple(entered.ids.values()))
            self._page.editor.set_busy(False)
            self._page.measure_again()
        elif self._page.patient == patient:
            self._page.forget_kept(item)

    def add_problem(self, concept: CodeableConcept) -> None:
        """Enter a problem in the record; its entry hangs on it."""
        if self._open is None:
            return
        session, patient = self._open
        now = Moment.of_datetime(self._context.clock())
        problem = Condition(0, patient, concept, "active", "confirmed", recorded=now)
        label, item = concept_name(concept, self._context.words), self._page.editor.item
        self._context.acts.write(
            partial(problems.add, session, problem), N_("Problem added"), undo_patient=patient,
            on_done=lambda added: self._take_problem(patient, item, added.id, label),
        )

    def _take_problem(self, patient: int, item: int, condition: int, label: str) -> None:
        if self._page.is_open(patient, item):
            self._page.editor.add_problem(condition, label)

    def sign(self, is_printing: bool = False) -> None:
        """Make what is written a part of the record; no save of the draft may come after it."""
        page, editor = self._page, self._page.editor
        if self._open is None or not page.is_writing or not editor.is_signable():
            return
        session, patient = self._open
        item = editor.item
        if not self._begin(patient, item):
            return
        work = partial(
            visits.sign, session, patient, editor.visit(), vitals=editor.given(), amends=item,
            why=editor.why_text(),
        )
        page.autosave.forget()
        self._context.acts.write(
            work, N_("Visit signed"), on_done=partial(self._take_signed, patient, item, is_printing),
            on_error=partial(self._fail, patient, item),
        )

    def _take_signed(self, patient: int, item: int, is_printing: bool, signed: visits.Signed) -> None:
        self._under_way.discard((patient, item))
        if self._page.patient != patient:
            return
        if self._page.is_open(patient, item):
            self._page.close_editor()
        else:
            self._page.forget_kept(item)
        if is_printing:
            self._page.print_wanted.emit(signed.note, True)

    def cancel(self, note: int, why: str) -> None:
        """A signed visit was entered in error."""
        if self._open is None:
            return
        session, patient = self._open
        self._context.acts.write(
            partial(visits.cancel, session, note, why), N_("Visit cancelled"), undo_patient=patient,
            on_done=partial(self._take_cancelled, note),
        )

    def _take_cancelled(self, note: int, _changes: object) -> None:
        shown = self._page.reader.note
        if shown is not None and shown.id == note:
            self._page.read_again()

    def discard(self) -> None:
        """Throw the draft away; Undo brings it back."""
        if self._open is None:
            return
        session, patient = self._open
        item, document = self._page.editor.item, self._page.editor.document()
        if self.is_under_way(patient, item):
            return
        acts = self._context.acts

        def bring_back() -> None:
            if document is not None:
                acts.write(partial(drafts.save, session, patient, VISIT, document, item))

        def told(_: object) -> None:
            self._context.window.toast.tell(N_("Draft discarded"), bring_back)

        self._page.autosave.forget()
        acts.write(partial(drafts.discard, session, patient, VISIT, item), is_order=False, on_done=told)
        self._page.close_editor()


def _save_vitals(
    session: Session, patient: int, item: int, given: Mapping[str, Given]
) -> entries.Entered:
    """The values; in the draft that they were typed in they are then measured, not typed."""
    entered = entries.save_values(session, patient, given)
    draft = drafts.read(session, patient, VISIT, item)
    if draft is not None:
        visit = visits.from_document(draft.document["visit"])
        visit = replace(visit, observations=(*visit.observations, *entered.ids.values()))
        document = {**draft.document, "visit": visits.as_document(visit), "vitals": {}}
        drafts.save(session, patient, VISIT, document, item)
    return entered
