"""Users of the clinic; their keys are in keys.json, their roles here, under the audit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from medapp.security.roles import Role
from medapp.store.connection import Reader, Row, Transaction
from medapp.store.repositories.sequence import reserve


class User(NamedTuple):
    """Who acts. `roles` may be several."""

    id: int
    name: str
    full_name: str
    roles: frozenset[Role]
    is_active: bool = True

    @property
    def role(self) -> Role:
        """The one to show: an administrator is named so, also when she is a doctor too."""
        return Role.ADMINISTRATOR if Role.ADMINISTRATOR in self.roles else Role.DOCTOR


_COLUMNS = "id, name, full_name, roles, is_active"


def insert(tx: Transaction, name: str, full_name: str, roles: Iterable[Role], created: int) -> int:
    """Add a user; her id is never given again."""
    number = reserve(tx, "user", 1)
    tx.execute(
        "INSERT INTO user(id, name, full_name, roles, created) VALUES(?,?,?,?,?)",
        (number, name, full_name, " ".join(sorted(roles)), created),
    )
    return number


def set_active(tx: Transaction, user: int, is_active: bool) -> None:
    """A user who left stays in the table: the audit names her."""
    tx.execute("UPDATE user SET is_active=? WHERE id=?", (int(is_active), user))


def set_roles(tx: Transaction, user: int, roles: Iterable[Role]) -> None:
    """Replace the roles."""
    tx.execute("UPDATE user SET roles=? WHERE id=?", (" ".join(sorted(roles)), user))


def by_name(db: Reader, name: str) -> User | None:
    """The user of that name."""
    row = db.execute(f"SELECT {_COLUMNS} FROM user WHERE name=?", (name,)).fetchone()
    return None if row is None else _user(row)


def listed(db: Reader) -> list[User]:
    """All users in the order they were added."""
    return [_user(row) for row in db.execute(f"SELECT {_COLUMNS} FROM user ORDER BY id").fetchall()]


def _user(row: Row) -> User:
    return User(row[0], row[1], row[2], frozenset(Role(role) for role in row[3].split()), bool(row[4]))
