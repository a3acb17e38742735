"""FHIR dates become moments, each text once: most resources of a visit share their time."""

from __future__ import annotations

from dataclasses import dataclass, field

from medapp.domain.datatypes import Moment, Period
from medapp.interchange.fhir import structs


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
        if len(self._known) > 50_000:
            self._known.clear()
        try:
            moment: Moment | None = Moment.parse(text)
        except (ValueError, OverflowError):
            moment = None
        self._known[text] = moment
        return moment

    def period(self, sent: structs.Period | None) -> Period:
        """Both ends; open where absent or wrong."""
        return Period(self.moment(sent.start), self.moment(sent.end)) if sent else Period()
