"""Small values that every noun is made of (FHIR R4 datatypes, R4 section 2.24)."""

from __future__ import annotations

import enum
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final, Self


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in the two languages of the program."""

    en: str
    zh_CN: str  # noqa: N815 - the language's own tag

    def as_dict(self) -> dict[str, str]:
        return {"en": self.en, "zh_CN": self.zh_CN}


@dataclass(frozen=True, slots=True)
class Coding:
    """A code in a code system; `system` is its FHIR URI."""

    system: str
    code: str
    display: str | None = None


@dataclass(frozen=True, slots=True)
class CodeableConcept:
    """One meaning in several code systems and in words."""

    codings: tuple[Coding, ...] = ()
    text: str | None = None

    @property
    def label(self) -> str:
        """What a reader sees: the text, else the first display, else the code."""
        if self.text:
            return self.text
        for coding in self.codings:
            if coding.display:
                return coding.display
        return self.codings[0].code if self.codings else ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as written; `unit` is None when none was sent."""

    value: float
    unit: str | None = None
    comparator: str | None = None  # < <= >= >


class Precision(enum.IntEnum):
    """How much of a moment was recorded."""

    YEAR = 0
    MONTH = 1
    DAY = 2
    SECOND = 3


_ISO: Final = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?)?)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time as recorded: UTC seconds, the writer's offset, the precision.

    A date is the start of its day at offset 0, a year the start of its year.
    Times sent without an offset are read as UTC. Fractions of a second are not kept.
    """

    seconds: int
    offset: int = 0  # minutes east of UTC
    precision: Precision = Precision.SECOND

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 / FHIR date, dateTime or instant.

        Raises ValueError for anything else, including days that do not exist.
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError("not an ISO 8601 date")
        year, month, day, hour, minute, second, zone = match.groups()
        precision = Precision((month is not None) + (day is not None) + (hour is not None))
        offset = _zone_minutes(zone)
        # A leap second (60) is kept as the last second of its minute.
        whole = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
            min(int(second or 0), 59), tzinfo=timezone.utc,
        )
        return cls(int(whole.timestamp()) - offset * 60, offset, precision)

    @classmethod
    def of_date(cls, day: date) -> Self:
        """The whole day `day`."""
        start = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)
        return cls(int(start.timestamp()), 0, Precision.DAY)

    @classmethod
    def of_datetime(cls, instant: datetime) -> Self:
        """An aware datetime, to the second. Raises ValueError when naive."""
        delta = instant.utcoffset()
        if delta is None:
            raise ValueError("a datetime without a time zone")
        return cls(int(instant.timestamp()), int(delta.total_seconds() // 60))

    @property
    def local(self) -> datetime:
        """Wall-clock time where it was recorded."""
        start = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=self.seconds)
        return start.astimezone(timezone(timedelta(minutes=self.offset)))

    @property
    def date(self) -> date:
        """The calendar day where it was recorded (the first day of a month or year)."""
        return self.local.date()

    def isoformat(self) -> str:
        """ISO 8601, only as precise as what was recorded."""
        if self.precision is Precision.SECOND:
            return self.local.isoformat()
        return self.local.date().isoformat()[: (4, 7, 10)[self.precision]]

    @property
    def packed(self) -> int:
        """Offset and precision in one small integer, as the store keeps them."""
        return self.offset * 4 + int(self.precision)

    @classmethod
    def unpack(cls, seconds: int, packed: int) -> Self:
        """Inverse of (`seconds`, `packed`)."""
        return cls(seconds, packed >> 2, Precision(packed & 3))

    @property
    def end(self) -> int:
        """UTC seconds of the last second that this moment covers."""
        local = self.local
        if self.precision is Precision.SECOND:
            return self.seconds
        if self.precision is Precision.DAY:
            days = 1
        elif self.precision is Precision.MONTH:
            days = monthrange(local.year, local.month)[1]
        else:
            days = 366 if monthrange(local.year, 2)[1] == 29 else 365
        return self.seconds + days * 86_400 - 1

    @property
    def end_by_clock(self) -> int:
        """The same on the clock where it was recorded, counted as if in UTC: what days are compared with."""
        return self.end + self.offset * 60

    def is_after(self, other: Self) -> bool:
        """Whether this begins after all that `other` covers.

        A day begins at midnight where `other` was recorded, not in Greenwich.
        """
        if self.precision is Precision.SECOND:
            return self.seconds > other.end
        return self.seconds + self.offset * 60 > other.end_by_clock


def _zone_minutes(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    sign = -1 if zone[0] == "-" else 1
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError("not a time zone offset")
    return sign * (hours * 60 + minutes)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`; an open side is None."""

    start: Moment | None = None
    end: Moment | None = None
