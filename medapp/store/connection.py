"""Two connections to one encrypted file: a reading one with a large cache, a writing one.

On the start-up path only `sqlcipher3` is imported. Driver errors become
`medapp.store.errors` at the edge of `reading()` and `transaction()`; their texts
stay inside, for they can hold data.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from sqlcipher3 import dbapi2

from medapp.errors import BugError, KnownError
from medapp.store.errors import (
    DamagedStore,
    DiskFull,
    NewerStore,
    NoStore,
    ReadOnlyStore,
    StoreFailed,
)
from medapp.store.lock import StoreLock
from medapp.store.migrations import MAJOR, VERSION

DATABASE: Final = "clinic.db"
_READING_CACHE_KIB, _WRITING_CACHE_KIB = 262_144, 16_384
_CHECKPOINT_PAGES: Final = 4_000
"""16 MB of log, so that an import of some forty bundles is not held up by copying it into the database."""
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_PROTOCOL, _PERM, _AUTH, _NOLFS = 15, 3, 23, 22

# The driver asks, for each None and each bytes it binds, whether the object adapts itself, and fails
# at it twice: 0.6 us a value, 7 of the 9.6 us of an observation's row. These answer at once.
_IS_ITSELF: Final[dict[None, None]] = {}
dbapi2.register_adapter(type(None), _IS_ITSELF.get)
dbapi2.register_adapter(bytes, bytes)

Row = tuple[Any, ...]
Commit = Callable[[Callable[[], None]], None]
"""Commits; calls what it is given once, as soon as only the disk and the cipher are at work."""
CarryOut = Callable[[Commit], None]
"""Calls the commit it is given once, on any thread; raises what the commit raises."""
Parameters = Sequence[object]


class Cursor(Protocol):
    """The part of the driver's cursor that we use."""

    @property
    def rowcount(self) -> int: ...
    @property
    def lastrowid(self) -> int: ...
    def fetchone(self) -> Row | None: ...
    def fetchall(self) -> list[Row]: ...
    def __iter__(self) -> Iterator[Row]: ...


class Reader(Protocol):
    """What the repositories read from: the reading connection or a transaction."""

    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor: ...


class Transaction:
    """The open transaction of the writing connection; all or nothing.

    `on_commit` is called once when the commit has reached the disk.
    """

    __slots__ = ("_connection", "on_commit")

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.on_commit: Callable[[], None] | None = None

    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor:
        """Run one statement."""
        cursor: Cursor = self._connection.execute(sql, parameters)
        return cursor

    def executemany(self, sql: str, rows: Iterable[Parameters], /) -> int:
        """Run one statement for each row; the number of rows changed."""
        before: int = self._connection.total_changes
        self._connection.executemany(sql, rows)
        after: int = self._connection.total_changes
        return after - before


class Store:
    """An open clinic: lock held, key given, schema current."""

    def __init__(self, directory: Path, key: bytes) -> None:
        """Raises NoStore, StoreInUse, DamagedStore, NewerStore, ReadOnlyStore, DiskFull."""
        self.directory = directory
        self.key = key
        path = directory / DATABASE
        if not path.is_file():
            raise NoStore()
        self._lock = StoreLock(directory)
        self._reading = threading.RLock()
        self._writing = threading.RLock()
        self._in_transaction = False
        self._connections: list[Any] = []
        try:
            self._open(path)
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path) -> None:
        with translated():
            writer = connect(path, self.key, _WRITING_CACHE_KIB)
            self._connections.append(writer)
            version = version_of(writer)
            if version < VERSION:
                migrate(writer, self.directory, self.key, version)
            reader = connect(path, self.key, _READING_CACHE_KIB)
            self._connections.append(reader)
            reader.execute("PRAGMA query_only=ON")
        self._writer, self._reader = writer, reader

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """The reading connection; what is read inside belongs to one moment."""
        with self._reading, translated():
            nested = self._reader.in_transaction
            if not nested:
                self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                if not nested:
                    self._reader.execute("ROLLBACK")

    @contextmanager
    def reading_apart(self) -> Iterator[Reader]:
        """A connection of its own for a long read: searches go on beside it."""
        with translated():
            connection = connect(self.directory / DATABASE, self.key)
            try:
                connection.execute("PRAGMA query_only=ON")
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()

    @contextmanager
    def transaction(self, carry_out: CarryOut | None = None) -> Iterator[Transaction]:
        """One transaction: committed at the end of the block, rolled back by any error.

        `carry_out` carries out the commit, which waits for the disk most of its time.
        """
        with self._writing:
            if self._in_transaction:
                raise BugError("a transaction inside a transaction")
            self._in_transaction = True
            try:
                with translated():
                    transaction = self._run(carry_out)
                    yield from transaction
            finally:
                self._in_transaction = False

    def _run(self, carry_out: CarryOut | None) -> Iterator[Transaction]:
        transaction = Transaction(self._writer)
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield transaction
            if carry_out is None:
                self._writer.execute("COMMIT")
            else:
                carry_out(self._commit)
        except BaseException:
            if self._writer.in_transaction:  # SQLITE_FULL may already have rolled back
                self._writer.execute("ROLLBACK")
            raise
        if transaction.on_commit is not None:
            transaction.on_commit()

    def _commit(self, begun: Callable[[], None]) -> None:
        """Commit, and tell when Python's lock is no longer needed: before, it is taken several times."""
        self._writer.set_trace_callback(lambda _sql: begun())
        try:
            self._writer.execute("COMMIT")
        finally:
            self._writer.set_trace_callback(None)

    @contextmanager
    def writing_paused(self) -> Iterator[None]:
        """Nobody writes inside the block: for a copy that must belong to one moment."""
        with self._writing:
            yield

    def interrupt(self) -> None:
        """Stop what the reading connection is doing; it raises StoreFailed there."""
        self._reader.interrupt()

    @property
    def is_open(self) -> bool:
        return bool(self._connections)

    def close(self) -> None:
        """Close both connections and give the lock back; may be called twice.

        What another thread writes or reads is over first: its connection is not taken from under it.
        """
        for turn in (self._reading, self._writing):  # never both at once: a writer may begin to read
            with turn:
                if self._connections:
                    self._connections.pop().close()
        self._lock.release()


def connect(path: Path, key: bytes, cache_kib: int = _WRITING_CACHE_KIB) -> Any:
    """A connection with the key given and every setting made; nothing is read yet.

    The key is raw (no PBKDF2: 0.3 ms instead of 73). The log is silenced before
    the key, for SQLCipher would write about it on stderr.
    """
    # Patience for a checkpoint of the other connection; the lock keeps processes apart.
    connection = dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=5.0, cached_statements=256
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute(f"PRAGMA cache_size=-{cache_kib}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
    except BaseException:
        connection.close()
        raise
    return connection


def version_of(connection: Any) -> int:
    """The schema's version: the first page read, so also the first proof of the key.

    Raises NewerStore for a later major version.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version // 1000 > MAJOR:
        raise NewerStore()
    return version


def migrate(connection: Any, directory: Path, key: bytes, version: int) -> None:
    """Apply pending migrations, after a backup of what there was."""
    from medapp.store.migrations.apply import apply  # imports sqlite_utils

    if version:
        from medapp.store.backup import copy_before_migration

        copy_before_migration(connection, directory, key, version)
    apply(connection)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours; the driver's text is dropped."""
    try:
        yield
    except dbapi2.Error as error:
        raise known(error) from None


def known(error: Exception) -> Exception:
    """Our error for the driver's, by its result code (https://sqlite.org/rescode.html)."""
    code = getattr(error, "sqlite_errorcode", None)
    name = str(getattr(error, "sqlite_errorname", None) or type(error).__name__)
    if code is None:
        return BugError(f"the driver refused a call: {type(error).__name__}")
    plain: dict[int, KnownError] = {
        _NOTADB: DamagedStore(),
        _CORRUPT: DamagedStore(),
        _FULL: DiskFull(),
        _READONLY: ReadOnlyStore(),
        _PERM: ReadOnlyStore(),
    }
    found = plain.get(code & 0xFF)
    if found is not None:
        return found
    machine = (_BUSY, _LOCKED, _IOERR, _CANTOPEN, _PROTOCOL, _AUTH, _NOLFS, 9)  # 9: interrupted
    return StoreFailed(reason=name) if code & 0xFF in machine else BugError(f"the driver reports {name}")
