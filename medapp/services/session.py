"""Open a clinic: folder, user and password become a session.

Nothing but `sqlcipher3`, json and our own modules is imported before the unlock;
argon2 and cryptography come with it, models with the first question to them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from medapp import paths
from medapp.security.errors import NotPermitted, WrongPassword
from medapp.security.keys import FILE_NAME as KEYS
from medapp.security.keys import KdfCost, KeyFile, new_key_file
from medapp.security.roles import Permission, Role, permissions
from medapp.services.notes import Notes
from medapp.store.connection import DATABASE, Store, connect, migrate, translated
from medapp.store.errors import NoStore, StoreExists
from medapp.store.repositories import users
from medapp.store.repositories.users import User

if TYPE_CHECKING:
    from medapp.assess.registry import Registry
    from medapp.domain.datatypes import Moment
    from medapp.store.audit import AuditLog, Problem

__all__ = [
    "ClinicFace",
    "Session",
    "User",
    "clinic_face",
    "create_clinic",
    "open_clinic",
    "open_with_recovery",
]

Clock = Callable[[], datetime]
FOLDERS: Final = ("backups", "drafts", "logs")


class Session:
    """Who works in which clinic, and when; what every service is given."""

    def __init__(self, store: Store, user: User, clock: Clock, models_dir: Path | None = None) -> None:
        self.store = store
        self.user = user
        self.clock = clock
        self.notes = Notes(store)  # it knows no session: a closed one is gone when the last page lets it go
        self.audit_problem: Problem | None = None
        self._models_dir = models_dir
        self._registry: Registry | None = None

    @property
    def directory(self) -> Path:
        """The clinic's folder."""
        return self.store.directory

    @property
    def log(self) -> AuditLog:
        """The audit log."""
        return self.notes.log

    @property
    def registry(self) -> Registry:
        """The assessors: bundled ones and this clinic's own; read when first asked for."""
        if self._registry is None:
            from medapp.calculators import calculators
            from medapp.inference.registry import load_registry

            local, bundled = self.directory / "models", self._models_dir or paths.models_dir()
            if local.is_dir():
                from medapp.services.models import publishers  # cryptography: for clinics with own models

                known = publishers(self)
                self._registry = load_registry(bundled, local, known, built_in=calculators)
            else:
                self._registry = load_registry(bundled, built_in=calculators)
        return self._registry

    def forget_models(self) -> None:
        """Look again at the next question: a model of the clinic was made or approved."""
        self._registry = None

    def require(self, permission: Permission) -> None:
        """Raises NotPermitted unless one of the user's roles allows it."""
        if permission not in permissions(self.user.roles):
            raise NotPermitted()

    def now(self) -> Moment:
        """The present, to the second."""
        from medapp.domain.datatypes import Moment  # the first list needs no moment

        return Moment.of_datetime(self.clock())

    def now_us(self) -> int:
        """The present in UTC microseconds."""
        return int(self.clock().timestamp() * 1_000_000)

    def note(self, action: str, patient: int | None = None, **detail: Any) -> None:
        """Log an act of reading within a second. `detail` holds counts and ids only."""
        self.notes.add(self.now_us(), self.user.id, action, patient, detail)

    def close(self) -> None:
        """Enter what waits, close the store, give the lock and the models back; may be called twice."""
        try:
            if self.store.is_open:
                self.notes.close()
        finally:
            self.forget_models()
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ClinicFace(NamedTuple):
    """What may be seen of a clinic before it is unlocked."""

    users: tuple[str, ...]
    is_demo: bool


def clinic_face(directory: Path) -> ClinicFace:
    """Read the key file's names. Raises NoStore, DamagedKeyFile, NewerKeyFile."""
    keys = read_keys(directory)
    return ClinicFace(keys.users, keys.is_demo)


def read_keys(directory: Path) -> KeyFile:
    """The key file. Raises NoStore, DamagedKeyFile, NewerKeyFile, ReadOnlyStore."""
    from medapp.store.files import translated_os

    with translated_os():
        try:
            return KeyFile.read(directory)
        except FileNotFoundError as error:
            raise NoStore() from error


def create_clinic(
    directory: Path,
    user: str,
    password: str,
    *,
    clock: Clock,
    role: str = "administrator",
    demo: bool = False,
    full_name: str = "",
    cost: KdfCost | None = None,
) -> str:
    """Make an empty encrypted clinic and its first user; the recovery code, shown once.

    The first user is doctor and administrator, unless `role` is "doctor". Made in a folder aside
    and moved in at the end: a crash leaves no half clinic.
    Raises StoreExists, WeakPassword, DiskFull, ReadOnlyStore.
    """
    import shutil  # these three cost 10 ms that no opening needs
    import tempfile
    import uuid

    from medapp.store.audit import HEAD
    from medapp.store.files import move_in, translated_os

    if (directory / DATABASE).exists() or (directory / KEYS).exists():
        raise StoreExists()
    keys, key = new_key_file(str(uuid.uuid4()), is_demo=demo)
    keys = keys.with_user(key, user, password, cost)
    keys, code = keys.with_new_recovery_code(key, cost)
    with translated_os():
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=directory))
        try:
            _make_database(beside, key, keys.clinic)
            _add_first_user(beside, key, user, full_name, frozenset({Role.DOCTOR, Role(role)}), clock)
            keys.write(beside)
            for name in FOLDERS:
                (directory / name).mkdir(exist_ok=True, mode=0o700)
            move_in((DATABASE, HEAD, KEYS), beside, directory)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return code


def _make_database(folder: Path, key: bytes, clinic: str) -> None:
    with translated():
        connection = connect(folder / DATABASE, key)
        try:
            migrate(connection, folder, key, version=0)
            connection.execute("INSERT INTO setting VALUES('clinic', ?)", (f'"{clinic}"',))
        finally:
            connection.close()


def _add_first_user(
    folder: Path, key: bytes, name: str, full_name: str, roles: frozenset[Role], clock: Clock
) -> None:
    from medapp.store.audit import audit_log

    store = Store(folder, key)
    try:
        now = clock()
        with store.transaction() as tx:
            number = users.insert(tx, name, full_name or name, roles, int(now.timestamp()))
            audit_log(folder, key).append(
                tx, at=int(now.timestamp() * 1_000_000), user=number, action="create_clinic"
            )
    finally:
        store.close()


def open_clinic(
    directory: Path, user: str | None, password: str, *, clock: Clock, models_dir: Path | None = None
) -> Session:
    """Unlock a clinic; `user` None is the only user there is.

    Raises NoStore, AmbiguousUser, WrongPassword, StoreInUse, DamagedStore, NewerStore,
    DamagedKeyFile, NewerKeyFile, ReadOnlyStore, DiskFull.
    """
    keys = read_keys(directory)
    name = user or keys.only_user()
    return _opened(directory, keys.unlock(name, password), keys.clinic, name, clock, models_dir)


def open_with_recovery(
    directory: Path,
    code: str,
    user: str,
    new_password: str,
    *,
    clock: Clock,
    models_dir: Path | None = None,
    cost: KdfCost | None = None,
) -> tuple[Session, str]:
    """Open with the printed code and set the user's password; a new code, shown once.

    The used code is void afterwards. Raises MistypedRecoveryCode, WrongRecoveryCode, UnknownUser,
    WeakPassword and what `open_clinic` raises.
    """
    from medapp.services.audit import record
    from medapp.store.files import translated_os

    keys = read_keys(directory)
    key = keys.recover(code)
    keys, new_code = keys.with_password(key, user, new_password, cost).with_new_recovery_code(key, cost)
    session = _opened(directory, key, keys.clinic, user, clock, models_dir)
    try:
        with session.store.transaction() as tx, translated_os():
            record(session, tx, "recovery_used")
            keys.write(directory)
    except BaseException:
        session.close()
        raise
    return session, new_code


def _opened(
    directory: Path, key: bytes, clinic: str, name: str, clock: Clock, models_dir: Path | None
) -> Session:
    from medapp.store import settings

    store = Store(directory, key)
    try:
        with store.reading() as db:
            user = users.by_name(db, name)
            if user is None or not user.is_active or settings.get(db, "clinic") != clinic:
                raise WrongPassword()
        session = Session(store, user, clock, models_dir)
        with store.reading() as db:
            session.audit_problem = session.log.check_head(db)
        session.note("open")  # a break, if there is one, is entered before it
    except BaseException:
        store.close()
        raise
    return session
