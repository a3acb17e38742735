"""Users: add, list, change the password, end; a new recovery code."""

from __future__ import annotations

from collections.abc import Iterable

from medapp.domain.changes import Changes, Kind
from medapp.security.errors import UnknownUser, UserExists
from medapp.security.keys import KdfCost
from medapp.security.roles import Permission, Role, permissions
from medapp.services.audit import record
from medapp.services.session import Session, read_keys
from medapp.store.connection import Reader
from medapp.store.errors import LastAdministrator
from medapp.store.files import translated_os
from medapp.store.repositories import users
from medapp.store.repositories.users import User

__all__ = [
    "DOCTOR", "ADMINISTRATOR", "User", "add_user", "change_password", "deactivate", "listed",
    "may_administer", "new_recovery_code", "roles_of", "set_roles",
]  # fmt: skip

DOCTOR, ADMINISTRATOR = str(Role.DOCTOR), str(Role.ADMINISTRATOR)

_CHANGED = Changes(frozenset({Kind.USER}), frozenset())


def may_administer(session: Session) -> bool:
    """Whether the user may change other users."""
    return Permission.ADMINISTER_USERS in permissions(session.user.roles)


def roles_of(user: User) -> tuple[str, ...]:
    """Her roles by name, the administrator first."""
    return tuple(str(role) for role in sorted(user.roles))


def listed(session: Session) -> tuple[User, ...]:
    """All users, also those who left."""
    with session.store.reading() as db:
        return tuple(users.listed(db))


def add_user(
    session: Session, name: str, password: str, *, roles: Iterable[Role] = (Role.DOCTOR,),
    full_name: str = "", cost: KdfCost | None = None,
) -> Changes:  # fmt: skip
    """Add a user. Raises NotPermitted, UserExists, WeakPassword.

    The key file is replaced inside the transaction: a slot whose user was not
    committed opens nothing, and is replaced by the next attempt.
    """
    session.require(Permission.ADMINISTER_USERS)
    chosen = frozenset(Role(role) for role in roles)
    with session.store.transaction() as tx, translated_os():
        if users.by_name(tx, name) is not None or not name.strip():
            raise UserExists()
        keys = read_keys(session.directory)
        keys = keys.without_user(name) if name in keys.users else keys
        keys = keys.with_user(session.store.key, name, password, cost)
        number = users.insert(tx, name, full_name or name, chosen, int(session.clock().timestamp()))
        record(session, tx, "add_user", user=number, roles=sorted(chosen))
        keys.write(session.directory)
    return _CHANGED


def change_password(session: Session, old: str, new: str, *, cost: KdfCost | None = None) -> Changes:
    """Seal the session's own slot under a new password. Raises WrongPassword, WeakPassword."""
    keys = read_keys(session.directory)
    key = keys.unlock(session.user.name, old)
    keys = keys.with_password(key, session.user.name, new, cost)
    with session.store.transaction() as tx, translated_os():
        record(session, tx, "change_password")
        keys.write(session.directory)
    return _CHANGED


def deactivate(session: Session, name: str) -> Changes:
    """Take a user's key away; her name stays for the log. Raises UnknownUser, LastAdministrator."""
    session.require(Permission.ADMINISTER_USERS)
    with session.store.transaction() as tx, translated_os():
        user = _existing(tx, name)
        _keep_an_administrator(tx, user)
        users.set_active(tx, user.id, False)
        record(session, tx, "deactivate_user", user=user.id)
        keys = read_keys(session.directory)
        if name in keys.users:
            keys.without_user(name).write(session.directory)
    return _CHANGED


def set_roles(session: Session, name: str, roles: Iterable[Role]) -> Changes:
    """Replace a user's roles. Raises UnknownUser, LastAdministrator."""
    session.require(Permission.ADMINISTER_USERS)
    chosen = frozenset(Role(role) for role in roles)
    with session.store.transaction() as tx:
        user = _existing(tx, name)
        if Role.ADMINISTRATOR not in chosen:
            _keep_an_administrator(tx, user)
        users.set_roles(tx, user.id, chosen)
        record(session, tx, "set_roles", user=user.id, roles=sorted(chosen))
    return _CHANGED


def new_recovery_code(session: Session, *, cost: KdfCost | None = None) -> str:
    """A fresh code, shown once; the old one is void."""
    session.require(Permission.ADMINISTER_USERS)
    keys, code = read_keys(session.directory).with_new_recovery_code(session.store.key, cost)
    with session.store.transaction() as tx, translated_os():
        record(session, tx, "new_recovery_code")
        keys.write(session.directory)
    return code


def _existing(db: Reader, name: str) -> User:
    user = users.by_name(db, name)
    if user is None:
        raise UnknownUser()
    return user


def _keep_an_administrator(db: Reader, leaving: User) -> None:
    left = [
        user
        for user in users.listed(db)
        if user.is_active and user.id != leaving.id and Role.ADMINISTRATOR in user.roles
    ]
    if Role.ADMINISTRATOR in leaving.roles and not left:
        raise LastAdministrator()
