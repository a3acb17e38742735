"""Settings: backups made, checked, rehearsed and restored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtWidgets import QWidget

from medapp.i18n import N_
from medapp.services import backups
from ui.context import Context
from ui.format import format_date, format_number
from ui.pages.settings_rows import SettingCard
from ui.widgets import Button, LabelledField, PassphraseField, Strip, Text
from ui.widgets.form_sheet import FormSheet

if TYPE_CHECKING:
    from datetime import datetime

    from medapp.services.backups import BackupReport, KeptBackup
    from medapp.services.session import Session

MOST: Final = 6


class Known(NamedTuple):
    """What there is: when a backup was last verified and rehearsed, and those in the clinic's folder."""

    verified: datetime | None
    rehearsed: datetime | None
    kept: tuple[KeptBackup, ...]


def _read(session: Session) -> Known:
    return Known(backups.last_verified(session), backups.last_drill(session), backups.kept(session))


class Backups(SettingCard):
    """Every backup is opened again before it counts; a restore can be rehearsed without being done."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, N_("Backups"), icon="shield")
        self._is_busy = False
        self._state = Text(context, N_("Reading …"), "body", wrap=True)
        self.body.addWidget(self._state)
        self._unread = Strip(context, "", "danger")
        self._unread.hide()
        self.body.addWidget(self._unread)
        self.result = Strip(context, "", "ok")
        self.result.hide()
        self.body.addWidget(self.result)
        self.now = Button(context, N_("Back up now"), "primary", icon="save", on_click=self.back_up)
        self.other = Button(context, N_("Back up to another place…"), icon="folder",
                            on_click=self.back_up_elsewhere)
        self.check = Button(context, N_("Check a backup…"), icon="ok", on_click=self.check_file)
        self.restore = Button(context, N_("Restore from a file…"), "danger", icon="refresh",
                              on_click=self.restore_file)
        self.buttons(self.now, self.other, self.check, self.restore)
        note = N_("A copy on the same disk does not survive the disk: keep one elsewhere. "
                  "A backup opens with a passphrase of this clinic only.")
        self._note = Text(context, note, "small", "text2", wrap=True)
        self.body.addWidget(self._note)
        context.session_changed.connect(self._on_session)
        context.language_changed.connect(self._allow)
        self.load()

    def _on_session(self) -> None:
        self.result.hide()
        self._list(())
        self._state.set_message(N_("Reading …"))
        self.load()

    def load(self) -> None:
        """Read what backups there are."""
        session = self._context.session
        self._allow()
        if session is not None:
            self._context.jobs.store(partial(_read, session), self._show, self._show_unread)

    def _allow(self) -> None:
        """Without the right a button is off and says who has it."""
        session = self._context.session
        may_make = session is not None and backups.may_back_up(session)
        may_restore = session is not None and backups.may_restore(session)
        for button, is_allowed in (
            (self.now, may_make), (self.other, may_make), (self.check, may_make), (self.restore, may_restore),
        ):
            button.setEnabled(is_allowed and not self._is_busy)
            button.setToolTip("" if is_allowed else self._context.words("An administrator may."))

    def _show_unread(self, error: BaseException) -> None:
        """It is not known what backups there are: nothing is claimed of them."""
        self._list(())
        self._state.hide()
        self._unread.show_error(self._context, error)

    def _show(self, known: Known) -> None:
        self._unread.hide()
        self._state.show()
        self._state.set_dynamic(partial(self._known_words, known))
        self._list(known.kept[:MOST])

    def _list(self, kept: Sequence[KeptBackup]) -> None:
        for row in self.rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for one in kept:
            self._add_kept(one)

    def _known_words(self, known: Known) -> str:
        words = self._context.words
        made = format_date(known.verified, words, time=True)
        tried = format_date(known.rehearsed, words, time=True)
        if known.verified is None:
            return words("No backup was made yet: a broken disk would lose everything.")
        if known.rehearsed is None:
            return words("Last verified backup {made}. A restore was never rehearsed.", made=made)
        return words("Last verified backup {made}. Restore rehearsed {tried}.", made=made, tried=tried)

    def _add_kept(self, one: KeptBackup) -> None:
        context = self._context

        def named(message: str) -> str:
            return context.words(message, copy=self.name_of(one.made))

        def ask() -> None:
            self.ask_restore(one.path, self.name_of(one.made))

        drill = Button(context, N_("Rehearse a restore"), on_click=partial(self.rehearse, one.path))
        drill.set_name(lambda: named(N_("Rehearse a restore of the {copy} copy")))
        again = Button(context, N_("Restore…"), "danger", on_click=ask)
        again.set_name(lambda: named(N_("Restore {copy} copy")))
        drill.setEnabled(self.now.isEnabled())
        again.setEnabled(self.restore.isEnabled())
        size = N_("{size} MB in the clinic’s folder")
        row = self.add("", size, drill, again)
        row.title.set_dynamic(lambda: self.name_of(one.made))
        row.meaning.set_message(size, size=format_number(one.bytes / 1e6, 1))

    def name_of(self, made: datetime) -> str:
        """What a backup is called: when it was made."""
        return format_date(made, self._context.words, time=True)

    def back_up(self) -> None:
        """Into the clinic's own folder."""
        session = self._context.session
        if session is not None:
            self._make(session, backups.default_path(session))

    def back_up_elsewhere(self) -> None:
        """Where the user says: a stick, another disk."""
        from PySide6.QtWidgets import QFileDialog

        session = self._context.session
        if session is None:
            return
        title = self._context.words("Back up to another place")
        chosen, _ = QFileDialog.getSaveFileName(self, title, backups.default_path(session).name)
        if chosen:
            path = Path(chosen)
            self._make(session, path if path.suffix else path.with_suffix(backups.SUFFIX))

    def check_file(self) -> None:
        """Open every part of a backup and compare it with its manifest."""
        path = self._choose(N_("Check a backup"))
        session = self._context.session
        if path is not None and session is not None:
            said = N_("This backup is whole: {patients} patients, {results} results, made {made}.")
            self._work(partial(backups.check, session, path), said)

    def restore_file(self) -> None:
        """Another backup than those in the clinic's folder."""
        path = self._choose(N_("Restore from a file"))
        if path is not None:
            self.ask_restore(path, path.stem)

    def rehearse(self, path: Path) -> None:
        """Unpack and open it aside; the clinic stays as it is."""
        session = self._context.session
        if session is not None:
            said = N_("The restore works: {patients} patients and {results} results of {made} were read.")
            self._work(partial(backups.drill, session, path), said)

    def ask_restore(self, path: Path, name: str) -> None:
        """What is there now is put aside; the button repeats which copy comes."""
        RestoreSheet(self._context, self._context.window, path, name).open()

    def _make(self, session: Session, path: Path) -> None:
        said = N_("Backup verified: {patients} patients, {results} results, {size} MB.")
        self._work(partial(backups.backup, session, path), said)

    def _work(self, work: Callable[[], BackupReport], said: str) -> None:
        self.result.hide()
        self._set_busy(True)
        self._context.acts.write(work, on_done=partial(self._done, said), on_error=self._fail, is_order=False)

    def _done(self, said: str, report: BackupReport) -> None:
        def say() -> str:
            words = self._context.words
            return words(
                said, patients=format_number(report.counts["patient"]),
                results=format_number(report.counts["observation"]),
                size=format_number(report.bytes / 1e6, 1), made=format_date(report.created[:10], words),
            )

        self.result.label.set_dynamic(say)
        self.result.advice.hide()
        self.result.set_tone("ok")
        self.result.show()
        self._set_busy(False)
        self.load()

    def _fail(self, error: BaseException) -> None:
        self.result.set_tone("danger")
        self.result.show_error(self._context, error)
        self._set_busy(False)
        self.load()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.now.set_message(N_("Working …") if is_busy else N_("Back up now"))
        self._allow()

    def _choose(self, title: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(self, self._context.words(title), "", f"*{backups.SUFFIX}")
        return Path(chosen) if chosen else None


class RestoreSheet(FormSheet):
    """Restoring has no undo here: the button names the copy, the passphrase proves the right."""

    def __init__(self, context: Context, host: QWidget, path: Path, name: str) -> None:
        super().__init__(context, host, N_("Restore a backup"))
        self._path, self._copy = path, name
        text = N_("The clinic is closed and the copy of {copy} takes its place. What is there now is put "
                  "aside in the folder “backups”. Entries made after the copy are then not in the clinic.")
        self.form.addWidget(Text(context, text, "body", wrap=True, copy=name))
        self.secret = LabelledField(
            context, N_("Passphrase that you had in the copy"),
            PassphraseField(context, name=N_("Passphrase that you had in the copy"), height=34),
        )
        self.form.addWidget(self.secret)
        self.form.addStretch(1)
        self.save.set_kind("danger")
        self.save.set_message(N_("Restore {copy} copy"), copy=name)
        self.cancel.set_message(N_("Go back"))
        self.saving.connect(self._restore)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show it with the focus on going back."""
        self.open_at(self.cancel)

    def _restore(self) -> None:
        session = self._context.session
        password = self.secret.field.line.text()  # type: ignore[attr-defined]
        if not password:
            self.secret.set_error(N_("Type the passphrase."))
        elif session is not None:
            directory, user, clock = session.directory, session.user.name, self._context.clock
            window, path, copy = self._context.window, self._path, self._copy
            self.close_sheet()
            window.lock()  # closes the store, on the store thread, before what follows there

            def done(_report: Any) -> None:
                window.start(directory)
                window.toast.tell(N_("The copy of {copy} was restored. Open the clinic."), None, copy=copy)

            self._context.jobs.store(
                lambda: backups.restore(directory, path, user, password, clock=clock), done, window.show_error
            )


