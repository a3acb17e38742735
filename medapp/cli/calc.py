"""`medapp calc list|show|run`: the bedside scores."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from medapp.assess.assessor import Given
from medapp.assess.inputs import InputSpec
from medapp.calculators.calculator import Calculator
from medapp.calculators.declare import SPECIALTIES
from medapp.cli.assess import moment_of, rows_of
from medapp.cli.assessed import show_assessment
from medapp.cli.desk import Desk, clock, with_desk
from medapp.cli.errors import InputUnreadable
from medapp.cli.output import write_line, write_table
from medapp.domain.assessment import Status
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from medapp.services import scores

_NUMBER = re.compile(r"([+\-−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+\-]?\d+)?)\s*(.*)", re.DOTALL)

ScoreId = Annotated[str, typer.Argument(metavar="ID", help=N_("Id of the score."))]


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the group."""
    group = typer.Typer(help=words(N_("The bedside scores: list, show, run.")), no_args_is_help=True)
    group.command("list", help=words(N_("List the scores.")))(with_desk(list_scores, words))
    group.command("show", help=words(N_("Show a score: inputs, population, source.")))(
        with_desk(show_score, words)
    )
    group.command("run", help=words(N_("Calculate a score.")))(with_desk(run_score, words))
    app.add_typer(group, name="calc")


def list_scores(
    desk: Desk,
    find: Annotated[
        str,
        typer.Option("--find", metavar="TEXT", help=N_("Only those whose name, disease or specialty fits.")),
    ] = "",
) -> None:
    """Every score, by id."""
    found = sorted(scores.find(find), key=lambda one: one.id)
    document = {"calculators": [scores.document(one) for one in found]}

    def show() -> None:
        words = desk.words
        rows = [(one.id, words.pick(one.about.title), one.about.reference) for one in found]
        write_table((words("Id"), words("Title"), words("Source")), rows)

    desk.answer(document, show)


def show_score(desk: Desk, score: ScoreId) -> None:
    """One score: what it needs, for whom it was made, where it comes from."""
    one = scores.calculator(score)
    desk.answer(scores.document(one), lambda: _show(one, desk.words))


def _show(one: Calculator, words: Words) -> None:
    about = one.about
    print(words.pick(about.title))
    print(f"  {words.pick(about.summary)}")
    print("  " + words("Population: {population}", population=words.pick(about.population)))
    areas = ", ".join(words.pick(SPECIALTIES[name]) for name in about.specialties)
    print("  " + words("Specialties: {specialties}", specialties=areas))
    print("  " + words("Source: {reference}", reference=about.reference))
    for text in (*about.out_of_scope, *about.cautions):
        print(f"  ! {words.pick(text)}")
    rows = []
    for spec in one.encoder.specs.values():
        answers = " | ".join(f"{c.id} ({words.pick(c.title)})" for c in spec.choices)
        need = words("required") if spec.required else ""
        rows.append((spec.name, words.pick(spec.title), answers or spec.unit_label, need))
    write_table((words("Input"), words("Title"), words("Unit or answers"), ""), rows)


def run_score(
    desk: Desk,
    score: ScoreId,
    values: Annotated[
        list[str] | None, typer.Argument(metavar="name=value[unit]...", help=N_("The inputs."))
    ] = None,
    inputs: Annotated[
        Path | None, typer.Option("--inputs", metavar="FILE", help=N_("Inputs as .jsonl, one object a line."))
    ] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help=N_("For .jsonl: only status, value, unit and reason."))
    ] = False,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help=N_("The day it is calculated for."))
    ] = None,
) -> int:
    """Exit status 0 when the answer is final (for .jsonl: when every row was processed)."""
    if inputs is not None and values:
        raise typer.BadParameter(desk.words("Give inputs either on the command line or in a file."))
    moment = moment_of(at) if at is not None else Moment.of_datetime(clock())
    one = scores.calculator(score)
    if inputs is not None:
        return _run_lines(one, inputs, moment, brief=brief)
    answer = scores.answer(one.id, read_arguments(one, values or []), moment)
    desk.answer(answer.as_document(), lambda: show_assessment(answer, one.card, desk.words))
    return 0 if answer.status is Status.FINAL else 1


def _run_lines(one: Calculator, path: Path, at: Moment, *, brief: bool) -> int:
    rows = rows_of(path)
    if brief:
        for line in scores.answer_many(one.id, rows, at):
            write_line(line._asdict())
    else:
        for answer in scores.answer_each(one.id, rows, at):
            write_line(answer.as_document())
    return 0


def read_arguments(one: Calculator, arguments: list[str]) -> dict[str, Given]:
    """`name=value[unit]` of the command line. Raises InputUnreadable for what has no `=` or comes twice.

    A unit that begins with a digit stands after a blank; what is no number goes on as it is written.
    """
    specs, found = one.encoder.specs, {}
    for argument in arguments:
        name, equals, text = argument.partition("=")
        name = name.strip()
        if not equals or name in found:
            raise InputUnreadable(input=name)
        if text.strip():
            found[name] = Given(*_value(specs.get(name), text.strip()))
    return found


def _value(spec: InputSpec | None, text: str) -> tuple[Any, str | None]:
    if spec is not None and spec.kind not in ("number", "integer"):
        return text, None
    matched = _NUMBER.fullmatch(text)
    if matched is None:
        return text, None
    number = float(matched.group(1).replace("−", "-"))
    return number, matched.group(2).strip() or None
