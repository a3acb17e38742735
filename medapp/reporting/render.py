"""From a letter and a record to a report, by one template a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from medapp import __version__, paths
from medapp.domain.clinical import Observation
from medapp.domain.datatypes import Moment
from medapp.domain.notes import Note
from medapp.domain.record import PatientRecord
from medapp.i18n import N_, Words
from medapp.reporting import facts
from medapp.reporting.forms import Letter, PeriodWrong, ReportKind
from medapp.reporting.report import Report
from medapp.terminology.readable import format_date, format_patient

if TYPE_CHECKING:
    from jinja2 import Environment

TITLES: Final[Mapping[ReportKind, str]] = {
    ReportKind.VISIT: N_("Visit summary"), ReportKind.RESULTS: N_("Result sheet"),
    ReportKind.REFERRAL: N_("Referral"), ReportKind.REQUEST: N_("Request for tests"),
    ReportKind.SICK_NOTE: N_("Sick note"),
}

LABELS: Final[Mapping[str, str]] = {
    "problems": N_("Problems"), "medicines": N_("Current medicines"), "allergies": N_("Allergies"),
    "vitals": N_("Vital signs"), "follow_up": N_("Follow-up"), "test": N_("Test"), "value": N_("Value"),
    "reference": N_("Reference"), "collected": N_("Collected"), "before": N_("Before"), "to": N_("To"),
    "question": N_("Question"), "reason": N_("Reason"), "text": N_("Course so far"), "tests": N_("Tests"),
    "no_problems": N_("No active problems recorded"), "no_medicines": N_("No current medicines recorded"),
    "no_results": N_("No results recorded"), "urgent": N_("Urgent"), "signature": N_("Signature and stamp"),
    "diagnosis": N_("Diagnosis"), "results": N_("Recent results"), "nothing": N_("No visit is written yet"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What a report is made from; `issuer` is the user's name, `at` the moment of printing."""

    record: PatientRecord
    issuer: str
    at: Moment
    note: Note | None = None
    measured: Sequence[Observation] = ()
    trends: Mapping[str, Sequence[Observation]] = field(default_factory=dict)


def render(letter: Letter, given: Given, words: Words) -> Report:
    """The report in the reader's language; what is not filled in yet stays empty."""
    patient = given.record.patient
    assert patient is not None
    title = words(TITLES[letter.kind])
    if letter.kind is ReportKind.VISIT and given.note is None:
        title = words("Summary of the record")
    day = format_date(given.at, words, time=True)
    context: dict[str, Any] = {
        "title": title,
        "language": words.language,
        "label": {key: words(message) for key, message in LABELS.items()},
        "issued": words("{date}, {user}", date=format_date(given.at, words), user=given.issuer),
        "problems": facts.problems(given.record, words),
        "medicines": facts.medicines(given.record, words),
        "allergies": facts.allergies(given.record, words),
        "letter": letter,
        **_MORE[letter.kind](letter, given, words),
    }
    html = _environment().get_template(f"{letter.kind.value}.html").render(context)
    return Report(
        kind=letter.kind.value,
        title=title,
        identity=facts.identity(patient, words, given.at),
        footer=words("{title}, printed {date} by {user}, MedApp {version}", title=title, date=day,
                     user=given.issuer, version=__version__),
        html=html,
    )


def _visit(_: Letter, given: Given, words: Words) -> dict[str, Any]:
    note = given.note
    if note is None:
        return {"heading": "", "parts": [], "results": facts.results(given.record, given.trends, words)}
    follow_up = note.visit.follow_up
    return {
        "heading": words("Visit of {date}", date=format_date(note.visit.started, words, time=True)),
        "signed": facts.signed_line(note, words),
        "parts": facts.passages(note.visit, words),
        "vitals": facts.vitals(given.measured, words),
        "follow_up": format_date(follow_up, words) if follow_up else "",
        "results": [],
    }


def _results(_: Letter, given: Given, words: Words) -> dict[str, Any]:
    return {"groups": facts.results(given.record, given.trends, words)}


def _referral(letter: Letter, given: Given, words: Words) -> dict[str, Any]:
    return {"groups": facts.results(given.record, given.trends, words), "text": letter.text.strip()}


def _request(_letter: Letter, _given: Given, _words: Words) -> dict[str, Any]:
    return {}


def _sick_note(letter: Letter, given: Given, words: Words) -> dict[str, Any]:
    patient = given.record.patient
    assert patient is not None
    try:
        days = letter.days
    except PeriodWrong:  # an unfinished form is shown as it stands; `check` refuses it
        return {"sentence": "", "period": ""}
    name, _ = format_patient(patient, words)
    sentence = words(
        "{name} is unfit for work from {first} to {last}, both days included.",
        name=name, first=format_date(letter.first, words), last=format_date(letter.last, words),
    )
    return {"sentence": sentence, "period": words.plural("{count} day", "{count} days", days)}


_MORE: Final[Mapping[ReportKind, Callable[[Letter, Given, Words], dict[str, Any]]]] = {
    ReportKind.VISIT: _visit, ReportKind.RESULTS: _results, ReportKind.REFERRAL: _referral,
    ReportKind.REQUEST: _request, ReportKind.SICK_NOTE: _sick_note,
}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Templates with every value escaped: a patient's words are text, never markup."""
    import jinja2

    loader = jinja2.FileSystemLoader(paths.resources_dir() / "templates")
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["lines"] = _lines
    return made


def _lines(text: str) -> Any:
    """A text with its own line ends."""
    from markupsafe import Markup, escape

    return Markup("<br/>").join(escape(line) for line in text.splitlines())
