"""What a doctor fills in before a letter is printed, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from medapp.errors import KnownError
from medapp.i18n import N_


class ReportKind(StrEnum):
    """What can be printed."""

    VISIT = "visit_summary"
    RESULTS = "results"
    REFERRAL = "referral"
    REQUEST = "request"
    SICK_NOTE = "sick_note"


class ToMissing(KnownError):
    code = "letter_to_missing"
    message = N_("The letter says to nobody in particular.")
    advice = N_("Enter whom or which service it goes to.")


class QuestionMissing(KnownError):
    code = "letter_question_missing"
    message = N_("The letter asks nothing.")
    advice = N_("Enter the question or the reason.")


class NoTestNamed(KnownError):
    code = "request_tests_missing"
    message = N_("The request names no test.")
    advice = N_("Enter one test a line.")


class PeriodWrong(KnownError):
    code = "sick_note_period_wrong"
    message = N_("The sick note needs a first and a last day, in this order.")
    advice = N_("Enter both as year-month-day.")


@dataclass(frozen=True, slots=True)
class Letter:
    """The filled-in fields of any kind; a kind looks at its own only. Days are ISO texts."""

    kind: ReportKind
    note: int | None = None
    to: str = ""
    question: str = ""
    text: str = ""
    tests: str = ""
    is_urgent: bool = False
    first: str = ""
    last: str = ""
    diagnosis: str = ""
    remarks: str = ""

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote it: summaries and result sheets are only made."""
        return self.kind in (ReportKind.REFERRAL, ReportKind.REQUEST, ReportKind.SICK_NOTE)

    @property
    def test_lines(self) -> tuple[str, ...]:
        """The tests asked for, one a line."""
        return tuple(line.strip() for line in self.tests.splitlines() if line.strip())

    @property
    def days(self) -> int:
        """Days of the sick note, both ends counted. Raises PeriodWrong."""
        try:
            count = (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1
        except ValueError:
            raise PeriodWrong from None
        if count < 1:
            raise PeriodWrong
        return count

    def check(self) -> None:
        """Raises what is missing before it may be printed."""
        if self.kind in (ReportKind.REFERRAL, ReportKind.REQUEST) and not self.to.strip():
            raise ToMissing
        if self.kind is ReportKind.REFERRAL and not self.question.strip():
            raise QuestionMissing
        if self.kind is ReportKind.REQUEST and not self.test_lines:
            raise NoTestNamed
        if self.kind is ReportKind.SICK_NOTE:
            assert self.days
