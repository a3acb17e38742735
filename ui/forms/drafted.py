"""A sheet about one patient whose typing is a draft until it is saved or begun afresh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from medapp.services import drafts
from ui.autosave import Autosave
from ui.context import Context
from ui.format import format_date
from ui.widgets import Button, FormSheet, Strip

if TYPE_CHECKING:
    from medapp.services.drafts import Draft
    from medapp.services.session import Session

Subject = tuple[int, int]
"""A patient and what of theirs is corrected, 0 for something new; a patient who is not stored yet is 0."""


class DraftedSheet(FormSheet):
    """A form says `fill`, `raw`, `put` and `wipe`, and calls `touch` when something was typed.

    A draft keeps only what differs from the record: what it does not know is shown as it is stored now.
    """

    def __init__(
        self, context: Context, host: QWidget, title: str, kind: str, *, is_side: bool = True,
        withdraw: Callable[[Session, int], Any] | None = None,
    ) -> None:
        """`kind` is the draft's; `withdraw` marks what is corrected as entered in error."""
        super().__init__(context, host, title, is_side=is_side)
        self._kind, self._withdraw_it = kind, withdraw
        self._subject: Subject | None = None
        self._untouched: Mapping[str, Any] = {}
        self._typed_at: datetime = context.clock()
        self.kept = Strip(context, "", "info", action=N_("Start afresh"), on_action=self.start_afresh)
        self.kept.hide()
        self.top.addWidget(self.kept)
        self.withdraw = Button(context, N_("Entered in error"), "quiet", on_click=self._withdraw)
        self.withdraw.hide()
        self.buttons.insertWidget(0, self.withdraw)
        self.autosave = Autosave(context, self, kind, self._document)
        self.closed.connect(self.autosave.flush)

    # --- what a form says

    def fill(self) -> None:
        """Show what is recorded, or nothing."""
        raise NotImplementedError

    def raw(self) -> dict[str, Any]:
        """What stands in the editors, as JSON can keep it."""
        raise NotImplementedError

    def put(self, kept: Mapping[str, Any]) -> None:
        """Put back what a draft kept of `raw`, over what `fill` has shown."""
        raise NotImplementedError

    def wipe(self) -> None:
        """Leave nothing of the patient in the editors."""
        raise NotImplementedError

    # --- what it does with it

    @property
    def is_ready(self) -> bool:
        return not self.autosave.is_reading

    @property
    def is_touched(self) -> bool:
        """Whether something stands there that is not in the record."""
        return self._subject is not None and self.raw() != self._untouched

    def begin(self, patient: int, item: int = 0) -> None:
        """Fill the form; what was typed about the very same and not saved is there again."""
        subject = (patient, item)
        kept = self._document() if self._subject == subject else None
        self.autosave.leave()
        self._subject = subject
        self.no_trouble()
        self.withdraw.setVisible(bool(item) and self._withdraw_it is not None)
        self._renew()
        if kept is not None:
            self._put_back(kept, self._typed_at)
        self._follow()
        if kept is None:
            self.autosave.bring_back(self._take_draft)

    def touch(self) -> None:
        """Something was typed."""
        self.no_trouble()
        self._typed_at = self._context.clock()
        self.autosave.touch()

    def start_afresh(self) -> None:
        """Throw away what is typed and show what is recorded."""
        session, subject = self._context.session, self._subject
        self.autosave.forget()
        if session is not None and subject is not None:
            work = partial(drafts.discard, session, subject[0], self._kind, subject[1])
            self._context.acts.write(work, is_order=False)
        self._renew()
        self._follow()

    def forget(self) -> None:
        """Another patient, or the clinic is locked: what is typed is in the draft, nothing stays here."""
        self.autosave.leave()
        self._subject = None
        self.wipe()
        self.kept.hide()
        self.close_sheet()
        self.set_busy(False)

    def write(self, work: Callable[[], Any], message: str, **fields: object) -> None:
        """Have it stored, and its draft ended with it; the sheet then closes.

        The draft is on the disk before, so that nothing is lost where it is not stored, and no save of it
        comes after.
        """
        subject = self._subject
        if self._context.session is None or subject is None:
            return
        work = self.autosave.ending(work)
        self.autosave.leave()
        self.set_busy(True)
        self._context.acts.write(
            work, message, undo_patient=subject[0], on_done=partial(self._on_written, subject),
            on_error=partial(self._on_failed, subject), **fields,
        )

    def _withdraw(self) -> None:
        session, subject, withdraw = self._context.session, self._subject, self._withdraw_it
        if session is not None and subject is not None and withdraw is not None:
            self.write(partial(withdraw, session, subject[1]), N_("Marked as entered in error"))

    def _on_written(self, subject: Subject, _answer: object) -> None:
        if self._subject == subject:
            self.forget()

    def _on_failed(self, subject: Subject, error: BaseException) -> None:
        """Nothing was stored: the draft goes on."""
        if self._subject == subject:
            self.set_busy(False)
            self._follow()
            self.autosave.touch()
        if self._subject == subject and self.isVisible():
            self.show_trouble(error)
        else:
            self._context.acts.tell(error)

    # --- the draft

    def _renew(self) -> None:
        self.fill()
        self._untouched = self.raw()
        self.kept.hide()

    def _document(self) -> dict[str, Any] | None:
        known = self._untouched
        changed = {name: one for name, one in self.raw().items() if name not in known or one != known[name]}
        return changed or None

    def _follow(self) -> None:
        if self._subject is not None:
            self.autosave.follow(*self._subject)

    def _take_draft(self, draft: Draft) -> None:
        if not self.is_touched:
            self._put_back(draft.document, datetime.fromtimestamp(draft.updated, self._typed_at.tzinfo))

    def _put_back(self, kept: Mapping[str, Any], at: datetime) -> None:
        self.put(kept)
        self._typed_at = at
        self.kept.label.set_dynamic(lambda: self._context.words(
            "Typed {date} and not saved.", date=format_date(at, self._context.words, time=True)
        ))
        self.kept.show()
