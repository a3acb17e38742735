"""Settings: who works here, in which role; one's own passphrase; the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from medapp.domain.changes import Kind
from medapp.i18n import N_
from medapp.services import accounts
from ui.context import Context
from ui.pages.settings_rows import SettingCard
from ui.pages.unlock.create import MINIMUM, RecoveryCodeForm
from ui.widgets import Button, FramedField, LabelledField, PassphraseField, Segmented, Sheet, Strip, Text
from ui.widgets.form_sheet import FormSheet

if TYPE_CHECKING:
    from medapp.domain.changes import Changes
    from medapp.services.accounts import User

BOTH: Final = "both"
ROLES: Final = (
    (accounts.DOCTOR, N_("Doctor")), (accounts.ADMINISTRATOR, N_("Administrator")), (BOTH, N_("Both")),
)


def role_of(user: User) -> str:
    """The choice that shows the roles of a user."""
    roles = accounts.roles_of(user)
    return BOTH if len(roles) > 1 else roles[0] if roles else accounts.DOCTOR


def roles_for(choice: str) -> tuple[str, ...]:
    """The roles that a choice means."""
    return (accounts.DOCTOR, accounts.ADMINISTRATOR) if choice == BOTH else (choice,)


class Users(SettingCard):
    """A row for each user. Without the right to change them it says who may."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, N_("Users"), icon="group")
        self._foot = [self._build_note(), self._build_buttons()]
        self.choices: dict[str, Segmented] = {}
        context.session_changed.connect(self.load)
        context.bus.changed.connect(self._on_changed)
        context.language_changed.connect(self._allow)
        self.load()

    def _build_note(self) -> QWidget:
        note = N_("A user who leaves is disabled: the name stays in the log, the passphrase opens nothing.")
        text = Text(self._context, note, "small", "text2", wrap=True)
        self.body.addWidget(text)
        return text

    def _build_buttons(self) -> QWidget:
        self.add_button = Button(self._context, N_("Add a user…"), icon="plus", on_click=self.ask_new)
        own = Button(self._context, N_("Change my passphrase…"), icon="lock", on_click=self.ask_passphrase)
        self.code_button = Button(self._context, N_("Renew the recovery code…"), icon="key",
                                  on_click=self.ask_code)
        return self.buttons(self.add_button, own, self.code_button)

    @property
    def may_change(self) -> bool:
        session = self._context.session
        return session is not None and accounts.may_administer(session)

    def load(self) -> None:
        """Read who there is."""
        session = self._context.session
        self._allow()
        if session is not None:
            self._context.jobs.store(partial(accounts.listed, session), self._show)

    def _allow(self) -> None:
        """Without the right a button is off and says who has it."""
        for button in (self.add_button, self.code_button):
            button.setEnabled(self.may_change)
            button.setToolTip("" if self.may_change else self._context.words("An administrator may."))

    def _on_changed(self, changes: Changes) -> None:
        if Kind.USER in changes.kinds:
            self.load()

    def _show(self, users: tuple[User, ...]) -> None:
        for row in self.rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self.rows, self.choices = [], {}
        for widget in self._foot:
            self.body.removeWidget(widget)
        for user in users:
            self._add_user(user)
        for widget in self._foot:
            self.body.addWidget(widget)

    def _add_user(self, user: User) -> None:
        context = self._context
        if not user.is_active:
            row = self.add("", N_("Disabled"))
            row.title.set_plain(user.full_name or user.name)
            return
        choice = Segmented(context, ROLES, role_of(user), name=N_("Roles"))
        choice.chosen.connect(partial(self._set_roles, user))
        choice.setEnabled(self.may_change)
        is_me = context.session is not None and context.session.user.id == user.id
        off = Button(context, N_("Disable…"), "danger", on_click=partial(self.ask_disable, user))
        off.setEnabled(self.may_change and not is_me)
        off.set_name(lambda: context.words("Disable {name}", name=user.full_name or user.name))
        row = self.add("", N_("This is you") if is_me else N_("User name {user}"), choice, off)
        row.title.set_plain(user.full_name or user.name)
        if not is_me:
            row.meaning.set_message(N_("User name {user}"), user=user.name)
        self.choices[user.name] = choice

    def _set_roles(self, user: User, choice: str) -> None:
        session = self._context.session
        if session is None or choice == role_of(user):
            return
        self._write(
            partial(accounts.set_roles, session, user.name, roles_for(choice)), N_("Roles of {name} changed"),
            self._failed, name=user.full_name or user.name,
        )

    def _write(self, work: Callable[[], Any], message: str, on_error: Any, **fields: object) -> None:
        self._context.acts.write(work, message, on_error=on_error, is_order=False, **fields)

    def _failed(self, error: BaseException) -> None:
        self.load()
        self._context.window.show_error(error)

    def ask_new(self) -> None:
        """A form for a new user."""
        NewUser(self._context, self._context.window).open()

    def ask_passphrase(self) -> None:
        """A form for one's own passphrase."""
        OwnPassphrase(self._context, self._context.window).open()

    def ask_disable(self, user: User) -> None:
        """The key is destroyed: the one thing here that has no undo, so the button repeats the name."""
        context, name = self._context, user.full_name or user.name
        sheet = Sheet(context, context.window, N_("Disable a user"), width=460)
        sheet.closed.connect(sheet.deleteLater)
        text = N_("{name} can then no longer open the clinic. The key is destroyed; this cannot be undone.")
        sheet.body.addWidget(Text(context, text, "body", wrap=True, name=name))
        back = Button(context, N_("Go back"), keys="Esc", on_click=sheet.close_sheet)
        go = Button(context, N_("Disable {name}"), "danger", name=name)
        go.set_message(N_("Disable {name}"), name=name)

        def disable() -> None:
            sheet.close_sheet()
            session = context.session
            if session is not None:
                work = partial(accounts.deactivate, session, user.name)
                self._write(work, N_("{name} is disabled"), self._failed, name=name)

        go.clicked.connect(lambda: disable())
        sheet.buttons.addWidget(back)
        sheet.buttons.addWidget(go)
        sheet.open_at(back)

    def ask_code(self) -> None:
        """A new recovery code, shown once; the old one is void from then on."""
        NewCode(self._context, self._context.window).open()


class NewCode(Sheet):
    """First what it means, then the code, once."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Renew the recovery code"), width=560)
        text = N_("The printed code opens nothing any more as soon as the new one is made.")
        self._note = Text(context, text, "body", wrap=True)
        self.body.addWidget(self._note)
        self._trouble = Strip(context, "", "danger")
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.form = RecoveryCodeForm(context, self.close_sheet)
        self.form.hide()
        self.body.addWidget(self.form)
        self._back = Button(context, N_("Go back"), keys="Esc", on_click=self.close_sheet)
        self.go = Button(context, N_("Make a new recovery code"), "primary", on_click=self._make)
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self.go)
        self.closed.connect(self.form.forget)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show it with the focus on going back."""
        self.open_at(self._back)

    def _make(self) -> None:
        session = self._context.session
        if session is not None:
            self.go.setEnabled(False)
            work = partial(accounts.new_recovery_code, session)
            self._context.acts.write(work, on_done=self._show, on_error=self._fail, is_order=False)

    def _show(self, code: str) -> None:
        for widget in (self._note, self._trouble, self._back, self.go):
            widget.hide()
        self.form.show()
        self.form.show_code(code)
        self._place()

    def _fail(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self._trouble.show_error(self._context, error)
        self._place()


class NewUser(FormSheet):
    """Name, passphrase twice, roles. The passphrase is told to the user, who changes it."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Add a user"))
        self.name = _plain(context, N_("User name"), N_("Short; typed to open the clinic."))
        self.full = _plain(context, N_("Full name"), N_("As it stands beside what the user does."))
        self.first = _secret(context, N_("Passphrase"))
        self.second = _secret(context, N_("The same again"), is_plain=True)
        for field in (self.name, self.full, self.first, self.second):
            self.form.addWidget(field)
            field.field.line.textEdited.connect(lambda _text, field=field: field.set_error())  # type: ignore[attr-defined]
        self.form.addWidget(Text(context, N_("Roles"), "small", "text2"))
        self.roles = Segmented(context, ROLES, accounts.DOCTOR, name=N_("Roles"))
        self.form.addWidget(self.roles, 0, Qt.AlignmentFlag.AlignLeft)
        meaning = N_("A doctor reads and writes records. An administrator keeps users, backups and the log, "
                     "and reads no record.")
        self.form.addWidget(Text(context, meaning, "small", "text2", wrap=True))
        self.form.addStretch(1)
        self.save.set_message(N_("Add the user"))
        self.saving.connect(self._save)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show it with the focus on the name."""
        self.open_at(_line(self.name))

    def _save(self) -> None:
        session, name = self._context.session, _line(self.name).text().strip()
        if not name:
            self.name.set_error(N_("Type a name; it stands beside what you do."))
        elif session is not None and _agree(self.first, self.second):
            self.set_busy(True)
            work = partial(
                accounts.add_user, session, name, _line(self.first).text(),
                roles=roles_for(self.roles.current), full_name=_line(self.full).text().strip(),
            )
            self._context.acts.write(
                work, N_("{name} was added"), on_done=lambda _done: self.close_sheet(),
                on_error=self.show_trouble, is_order=False, name=name,
            )


class OwnPassphrase(FormSheet):
    """The old one, and the new one twice."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(context, host, N_("Change my passphrase"))
        self.old = _secret(context, N_("Passphrase of now"), is_plain=True)
        self.first = _secret(context, N_("New passphrase"))
        self.second = _secret(context, N_("The same again"), is_plain=True)
        for field in (self.old, self.first, self.second):
            self.form.addWidget(field)
            field.field.line.textEdited.connect(lambda _text, field=field: field.set_error())  # type: ignore[attr-defined]
        self.form.addStretch(1)
        self.save.set_message(N_("Change the passphrase"))
        self.saving.connect(self._save)
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Show it with the focus on the old one."""
        self.open_at(_line(self.old))

    def _save(self) -> None:
        session = self._context.session
        if session is not None and _agree(self.first, self.second):
            self.set_busy(True)
            old, new = _line(self.old).text(), _line(self.first).text()
            self._context.acts.write(
                partial(accounts.change_password, session, old, new), N_("Passphrase changed"),
                on_done=lambda _done: self.close_sheet(), on_error=self._fail, is_order=False,
            )

    def _fail(self, error: BaseException) -> None:
        self.set_busy(False)
        if getattr(error, "code", "") == "wrong_password":
            self.old.set_error(N_("This is not your passphrase."))
        else:
            self.show_trouble(error)


def _plain(context: Context, label: str, example: str) -> LabelledField:
    return LabelledField(context, label, FramedField(context, name=label), example=example)


def _secret(context: Context, label: str, *, is_plain: bool = False) -> LabelledField:
    example = N_("At least 8 characters; a few unrelated words are strong and easy to type.")
    field = PassphraseField(context, name=label, height=34)
    return LabelledField(context, label, field, example="" if is_plain else example)


def _line(field: LabelledField) -> Any:
    return field.field.line  # type: ignore[attr-defined]


def _agree(first: LabelledField, second: LabelledField) -> bool:
    """Say under the field what is wrong with the new passphrase."""
    if len(_line(first).text()) < MINIMUM:
        first.set_error(N_("Too short: at least {n} characters."), n=MINIMUM)
    elif _line(first).text() != _line(second).text():
        second.set_error(N_("The two differ."))
    else:
        return True
    return False
