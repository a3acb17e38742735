"""FHIR dates become moments, each text once: most resources of a visit share their time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Final

from medapp.domain.datatypes import Moment, Period
from medapp.interchange.fhir import structs

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MOST_KEPT: Final = 50_000


def _usual(text: str) -> Moment | None:
    """`2012-01-13T19:58:14+00:00`, read in C; None for every other form. Raises ValueError."""
    if len(text) != 25 or text[4] + text[7] + text[10] + text[13] + text[16] + text[22] != "--T:::":
        return None
    if not text[5:7].isdigit() or text[19] not in "+-":
        return None
    read = datetime.fromisoformat(text)
    offset = read.utcoffset()
    minutes = offset.days * 1440 + offset.seconds // 60 if offset is not None else 0
    if abs(minutes) > 840 or text[17:19] == "60":
        return None
    since = read - _EPOCH
    return Moment(since.days * 86_400 + since.seconds, minutes)


@dataclass(slots=True)
class Dates:
    """Parses with a cache. A text that is no date gives None."""

    _known: dict[str, Moment | None] = field(default_factory=dict)

    def moment(self, text: str | None) -> Moment | None:
        """The moment of a date, dateTime or instant; None when absent or wrong."""
        if text is None:
            return None
        try:
            return self._known[text]
        except KeyError:
            return self._parse(text)

    def _parse(self, text: str) -> Moment | None:
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        try:
            moment = _usual(text) or Moment.parse(text)
        except (ValueError, OverflowError):
            moment = None
        self._known[text] = moment
        return moment

    def period(self, sent: structs.Period | None) -> Period:
        """Both ends; open where absent or wrong."""
        return Period(self.moment(sent.start), self.moment(sent.end)) if sent else Period()
