"""Files in order, the next one made ready while this one is written and committed.

Another thread reads, hashes and compresses file n+1 while file n is written; file n+1 is decoded
and mapped while the commit of file n is on its way to the disk. All three leave Python's lock
alone for most of their time. Nothing of file n+1 touches the store before its turn, and what is
wrong with it is said in its turn, so that the order of everything stays the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path

from medapp.domain.datatypes import Moment
from medapp.interchange.batch import Batch
from medapp.interchange.fhir.reader import FhirReader
from medapp.interchange.files import Source
from medapp.store.connection import Commit


class Opened:
    """One file with its reader. `loading` is the read-ahead under way, if any."""

    def __init__(self, path: Path, now: Moment, pool: ThreadPoolExecutor | None = None) -> None:
        self.source = Source(path)
        self.reader = FhirReader(self.source, now)
        self._loading: Future[None] | None = pool.submit(self.source.load) if pool is not None else None
        self._batches = self.reader.batches()
        self._first: list[Batch] = []
        self._error: Exception | None = None

    def load(self) -> None:
        """Wait for the read-ahead."""
        if self._loading is not None:
            self._loading.result()
            self._loading = None

    def prepare(self) -> None:
        """Decode and map the first part of a file that lies in memory; an error waits for its turn."""
        self.load()
        if not self.source.is_loaded:
            return
        try:
            self._first = [next(self._batches)]
        except Exception as error:  # noqa: BLE001 - raised again in its turn
            self._error = error

    def batches(self) -> Iterator[Batch]:
        """As the reader's. Raises UnreadableFile."""
        self.load()
        if self._error is not None:
            raise self._error
        first, self._first = self._first, []
        return chain(first, self._batches)


class Ahead:
    """Iterates over files, each opened; `commit` is to be given to the store's transaction."""

    def __init__(self, files: Sequence[Path], now: Callable[[], Moment]) -> None:
        self._files = files
        self._now = now
        self._pool = ThreadPoolExecutor(2, "import")
        self._following: Opened | None = None

    def __iter__(self) -> Iterator[Opened]:
        with self._pool:
            for number in range(len(self._files)):
                current = self._following or self._open(number)
                is_last = number + 1 == len(self._files)
                self._following = None if is_last else self._open(number + 1)
                yield current

    def _open(self, number: int) -> Opened:
        return Opened(self._files[number], self._now(), self._pool)

    def commit(self, commit: Commit) -> None:
        """Carry out a commit on another thread and make the next file ready meanwhile.

        Both are over when this returns, and it raises what the commit raised.
        """
        following = self._following
        if following is None:
            commit(_heedless)
            return
        begun = threading.Event()  # else decoding would hold Python's lock and the commit wait for it

        def work() -> None:
            try:
                commit(begun.set)
            finally:
                begun.set()

        committing = self._pool.submit(work)
        try:
            begun.wait()
            following.prepare()
        finally:
            committing.result()


def _heedless() -> None:
    """Nobody waits for the commit to begin."""
