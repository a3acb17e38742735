"""`medapp assess`: what the assessors say of a patient, of a file of inputs, or of many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from medapp.assess.registry import Registry
from medapp.calculators import calculators
from medapp.cli.assessed import show_assessment
from medapp.cli.desk import Desk, clock, models_dir, with_desk
from medapp.cli.errors import FileUnreadable, InputsUnreadable, MomentUnreadable
from medapp.cli.journal import note_damaged
from medapp.cli.output import write_line
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from medapp.inference.registry import load_registry
from medapp.services import assessments as service
from medapp.services import records
from medapp.services.models import folder_of
from medapp.services.session import Session


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the command."""
    app.command("assess", help=words(N_("Assess a patient, or a file of inputs.")))(with_desk(assess, words))


def assess(
    desk: Desk,
    assessor: Annotated[
        list[str] | None,
        typer.Option("--assessor", metavar="ID", help=N_("Which assessor; all when not given.")),
    ] = None,
    patient: Annotated[
        str | None,
        typer.Option(
            "--patient", metavar="MRN", help=N_("Record number, any identifier, or the store's id.")
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="DATE", help=N_("The moment to assess; `last` is the last date in the record.")
        ),
    ] = None,
    inputs: Annotated[
        Path | None,
        typer.Option("--inputs", metavar="FILE", help=N_("Inputs as .json (one) or .jsonl (one a line).")),
    ] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help=N_("For .jsonl: only status, value, unit and reason."))
    ] = False,
) -> int:
    """Exit status 0 when an assessment is final (for .jsonl: when every row was processed)."""
    if (patient is None) == (inputs is None):
        raise typer.BadParameter(desk.words("Give either --patient or --inputs."))
    if patient is not None:
        return _assess_patient(desk, patient, assessor or None, at)
    assert inputs is not None
    if not assessor or len(assessor) != 1:
        raise typer.BadParameter(desk.words("--inputs needs exactly one --assessor."))
    moment = moment_of(at) if at is not None else Moment.of_datetime(clock())
    if inputs.suffix == ".jsonl":
        return _assess_lines(desk, inputs, assessor[0], moment, brief=brief)
    return _assess_file(desk, inputs, assessor[0], moment)


def _assess_patient(desk: Desk, reference: str, ids: list[str] | None, at: str | None) -> int:
    with desk.session() as session:
        number = records.resolve(session, reference)
        moment = _record_moment(session, number, at)
        answers = service.assess_patient(session, number, ids, at=moment)
        whom = records.open_record(session, number, at=moment, audit=False).patient
        cards = {answer.assessor.id: session.registry.get(answer.assessor.id).card for answer in answers}
    note_damaged(desk.directory, answers, desk.words)
    assert whom is not None
    born = whom.birth_date.isoformat() if whom.birth_date else None
    document = {
        "patient": {"mrn": whom.mrn, "birth_date": born, "sex": str(whom.sex)},
        "assessments": [answer.as_document() for answer in answers],
    }

    def show() -> None:
        print(desk.words("Patient {mrn}, at {at}", mrn=whom.mrn, at=moment.isoformat()))
        for answer in answers:
            print()
            show_assessment(answer, cards[answer.assessor.id], desk.words)

    desk.answer(document, show)
    return 0 if any(answer.status is Status.FINAL for answer in answers) else 1


def _record_moment(session: Session, patient: int, at: str | None) -> Moment:
    now = Moment.of_datetime(clock())
    if at is None:
        return now
    if at == "last":
        return records.last_date(session, patient) or now
    return moment_of(at)


def moment_of(text: str) -> Moment:
    try:
        return Moment.parse(text)
    except ValueError as error:
        raise MomentUnreadable() from error


@contextmanager
def _registry(desk: Desk, assessor: str) -> Iterator[Registry]:
    """The bundled models; for one of the clinic's own the clinic is unlocked, whose key vouches for it."""
    bundled = load_registry(models_dir(), built_in=calculators)
    is_bundled = assessor in {*calculators(), *(entry.id for entry in bundled.entries())}
    if is_bundled or not (folder_of(desk.directory) / assessor).is_dir():
        yield bundled
        return
    with desk.session() as session:
        yield session.registry


def _assess_file(desk: Desk, path: Path, assessor: str, at: Moment) -> int:
    inputs = _read_object(path)
    with _registry(desk, assessor) as registry:
        answer = service.assess_inputs(registry, assessor, inputs, at)
        card = registry.get(assessor).card
    note_damaged(desk.directory, [answer], desk.words)
    desk.answer(answer.as_document(), lambda: show_assessment(answer, card, desk.words))
    return 0 if answer.status is Status.FINAL else 1


def _read_object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes(), parse_constant=_constant)
    except OSError as error:
        raise FileUnreadable(path=path.name, why=type(error).__name__) from error
    except ValueError as error:
        raise InputsUnreadable(where=f"{path.name}:{getattr(error, 'lineno', 1)}") from error
    if not isinstance(found, dict):
        raise InputsUnreadable(where=f"{path.name}:1")
    return found


def _constant(name: str) -> float | None:
    """NaN is unknown; an infinity stays one, so that it is refused as impossible."""
    return None if name == "NaN" else float(name)


def _assess_lines(desk: Desk, path: Path, assessor: str, at: Moment, *, brief: bool) -> int:
    with _registry(desk, assessor) as registry:
        registry.entry(assessor)
        for answer in service.assess_many(registry, assessor, rows_of(path), at):
            write_line(_brief(answer) if brief else answer.as_document())
    return 0


def rows_of(path: Path) -> Iterator[Any]:
    """The objects of the lines in order; what is no JSON comes as text, which no assessor takes."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for line in file:
                if line.strip():
                    yield _row(line)
    except OSError as error:
        raise FileUnreadable(path=path.name, why=type(error).__name__) from error


def _row(line: str) -> Any:
    try:
        return json.loads(line, parse_constant=_constant)
    except ValueError:
        return line


def _brief(answer: Assessment) -> dict[str, Any]:
    outcome, reason = answer.outcome, answer.reason
    return {
        "row": answer.row,
        "status": str(answer.status),
        "value": outcome.value if outcome else None,
        "unit": outcome.unit if outcome else None,
        "reason": str(reason.code) if reason else None,
    }
