"""The unlock page: the first thing seen, and the way back after a lock."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from medapp import __version__
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import session as clinics
from ui.context import Context
from ui.format import format_date
from ui.pages.unlock.hero import Hero
from ui.widgets import Column, LinkButton, Row, Segmented, Text, scrolling, surface

if TYPE_CHECKING:
    pass

if TYPE_CHECKING:
    from ui.pages.unlock.create import CreateForm, RecoveryCodeForm
    from ui.pages.unlock.recover import RecoverForm
    from ui.pages.unlock.sign_in import SignInForm
    from ui.pages.unlock.trouble import TroubleForm

Form = TypeVar("Form", bound=QWidget)

FORM_WIDTH: Final = 420
HERO_SHARE: Final = 0.41
HERO_FROM: Final = 900
"""Narrower windows (or larger type) show the form alone."""

LANGUAGES: Final = (("en", N_("English")), ("zh_CN", N_("中文")))


class UnlockPage(QWidget):
    """Shows the form that the state of the folder asks for. `opened` carries the session."""

    opened = Signal(object)
    wants_demo = Signal()
    wants_help = Signal()
    wants_label = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._directory = context, Path()
        self._shown: Any = None
        self._fresh = ("", "")
        self._recovered: object = None
        row = Row(context, 0, 0, self)
        self.hero = Hero(context)
        row.addWidget(self.hero)
        right = surface("plain")
        row.addWidget(right, 1)
        column = Column(context, (32, 20, 24, 12), 0, right)
        column.addLayout(self._build_top())
        column.addWidget(self._build_forms(), 1)
        column.addLayout(self._build_foot())
        context.language_changed.connect(self._show_language)
        context.theme_changed.connect(self._arrange)

    def _build_top(self) -> Row:
        row = Row(self._context, 0, 0)
        row.addStretch(1)
        self.languages = Segmented(
            self._context, LANGUAGES, self._context.words.language, name=N_("Language")
        )
        self.languages.chosen.connect(self._context.set_language)
        row.addWidget(self.languages)
        return row

    def _build_forms(self) -> QScrollArea:
        context = self._context
        self._forms = QStackedWidget()
        centre = QWidget()
        row = Row(context, 0, 0, centre)
        row.addStretch(1)
        row.addWidget(self._forms)
        row.addStretch(1)
        return scrolling(centre)

    # --- the forms, each made when its state first comes

    @cached_property
    def sign_in(self) -> SignInForm:
        """Who is working, and the passphrase."""
        from ui.pages.unlock.sign_in import SignInForm

        form = SignInForm(self._context)
        form.opened.connect(self.opened)
        form.wants_recovery.connect(self._to_recover)
        return self._hold(form)

    @cached_property
    def create(self) -> CreateForm:
        """A new clinic."""
        from ui.pages.unlock.create import CreateForm

        form = CreateForm(self._context)
        form.created.connect(self._on_created)
        form.wants_demo.connect(self.wants_demo)
        form.wants_other_folder.connect(self.load)
        return self._hold(form)

    @cached_property
    def recovery_code(self) -> RecoveryCodeForm:
        """The code that is shown once."""
        from ui.pages.unlock.create import RecoveryCodeForm

        return self._hold(RecoveryCodeForm(self._context, self._on_written_down))

    @cached_property
    def recover(self) -> RecoverForm:
        """Opening with the printed code."""
        from ui.pages.unlock.recover import RecoverForm

        form = RecoverForm(self._context)
        form.opened.connect(self._on_recovered)
        form.cancelled.connect(self.reload)
        return self._hold(form)

    @cached_property
    def trouble(self) -> TroubleForm:
        """A clinic that cannot be opened."""
        from ui.pages.unlock.trouble import TroubleForm

        return self._hold(TroubleForm(self._context, self.reload, self.load))

    def _hold(self, form: Form) -> Form:
        """Put a form in the middle of its own layer."""
        holder = QWidget()
        column = Column(self._context, (0, 8, 0, 8), 0, holder)
        column.addStretch(2)
        column.addWidget(form)
        column.addStretch(3)
        self._forms.addWidget(holder)
        return form

    def _build_foot(self) -> Row:
        context = self._context
        row = Row(context, 0, 16)
        for message, signal in (
            (N_("Keys and help (F1)"), self.wants_help),
            (N_("Label and versions"), self.wants_label),
        ):
            row.addWidget(LinkButton(context, message, small=True, on_click=signal.emit))
        row.addStretch(1)
        says = N_("MedApp {version} · not a medical device")
        row.addWidget(Text(context, says, "small", "text3", version=__version__))
        return row

    @property
    def directory(self) -> Path:
        """The clinic's folder that the page is about."""
        return self._directory

    def load(self, directory: Path) -> None:
        """Look at a folder and show the form it asks for; reads the small key file only."""
        self._directory = directory
        self.hero.set_backup(self._say_backup_title, self._say_backup_text)
        try:
            face = clinics.clinic_face(directory)
        except KnownError as error:
            if error.code == "no_store":
                self.create.load(directory)
                self._show(self.create)
            else:
                self.trouble.load(directory, error)
                self._show(self.trouble)
            return
        self.sign_in.load(directory, face.users, self._context.settings.last_user, face.is_demo)
        self._show(self.sign_in)

    def reload(self) -> None:
        """Look at the folder again (after a lock, a failure, a way back)."""
        self.load(self._directory)

    def focus_first(self) -> None:
        """Focus the field that is typed into first."""
        if self._shown is not None:
            self._shown.focus_first()

    @property
    def state(self) -> str:
        """sign_in, create, recovery_code, recover or trouble."""
        names = ("sign_in", "create", "recovery_code", "recover", "trouble")
        return next((name for name in names if self.__dict__.get(name) is self._shown), "")

    def _show(self, form: Any) -> None:
        self._shown = form
        for index in range(self._forms.count()):
            if self._forms.widget(index).isAncestorOf(form):
                self._forms.setCurrentIndex(index)
        self._arrange()
        self.focus_first()

    def _to_recover(self) -> None:
        self.recover.load(self._directory, self.sign_in.user)
        self._show(self.recover)

    def _on_created(self, user: str, password: str, code: str) -> None:
        self._fresh = (user, password)
        self.recovery_code.show_code(code)
        self._show(self.recovery_code)

    def _on_recovered(self, session: object, code: str) -> None:
        self._recovered = session
        self.recovery_code.show_code(code)
        self._show(self.recovery_code)

    def _on_written_down(self) -> None:
        self.recovery_code.forget()
        recovered, self._recovered = self._recovered, None
        if recovered is not None:
            self.opened.emit(recovered)
            return
        user, password = self._fresh
        self._fresh = ("", "")
        self._context.remember_store(str(self._directory), user)
        self.reload()
        self.sign_in.passphrase.line.setText(password)
        self.sign_in.submit()

    def _show_language(self) -> None:
        self.languages.set_current(self._context.words.language)

    def _say_backup_title(self) -> str:
        words, newest = self._context.words, self._newest_backup()
        if newest is None:
            return words("No backup yet")
        return words("Last backup {date}", date=format_date(newest, words, time=True))

    def _say_backup_text(self) -> str:
        words = self._context.words
        if self._newest_backup() is None:
            return words("Make one after the first day of work")
        return words("Kept in this clinic's folder")

    def _newest_backup(self) -> datetime | None:
        folder = self._directory / "backups"
        times = [path.stat().st_mtime for path in folder.iterdir()] if folder.is_dir() else []
        return datetime.fromtimestamp(max(times)).astimezone() if times else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._context.theme.px
        has_room = self.width() >= px(HERO_FROM)
        self.hero.setVisible(has_room)
        self.hero.setFixedWidth(round(self.width() * HERO_SHARE) if has_room else 0)
        self._forms.setFixedWidth(min(px(FORM_WIDTH), max(px(280), self.width() - px(64))))
