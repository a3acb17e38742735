"""Slowing down somebody who guesses: a pause after five wrong attempts, doubling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

FREE: Final = 5
"""Wrong attempts before the first pause."""

FIRST_PAUSE: Final = 30
"""Seconds of the first pause; each further wrong attempt doubles it."""

LONGEST: Final = 3600


class Attempts:
    """Counts wrong attempts by user and says how long to wait."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._wrong: dict[str, int] = {}
        self._until: dict[str, datetime] = {}

    def fail(self, user: str) -> None:
        """One more wrong attempt."""
        wrong = self._wrong[user] = self._wrong.get(user, 0) + 1
        if wrong >= FREE:
            pause = min(LONGEST, FIRST_PAUSE * 2 ** (wrong - FREE))
            self._until[user] = self._clock() + timedelta(seconds=pause)

    def succeed(self, user: str) -> None:
        self._wrong.pop(user, None)
        self._until.pop(user, None)

    def left(self, user: str) -> int:
        """Attempts before a pause; 0 when every further one pauses."""
        return max(0, FREE - self._wrong.get(user, 0))

    def wait(self, user: str) -> int:
        """Seconds until the next attempt may be made; 0 now."""
        until = self._until.get(user)
        if until is None:
            return 0
        return max(0, round((until - self._clock()).total_seconds()))
