"""Units are stated, never guessed: a column becomes a variable of the record only with its unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.terminology import units as unit_table
from medapp.terminology.variables import Variable, answer_of, variables
from medapp.training.own_table import names, spelling
from medapp.training.own_table.columns import Column
from medapp.training.own_table.errors import OptionUnreadable, UnitUnfit
from medapp.training.own_table.findings import CLEANED, NOTED, POINTED_OUT, Finding, named
from medapp.training.own_table.options import TableOptions

Unstated = tuple[str, str]
"""A column and the variable it looks like."""
KNOWN_ANSWERS: Final = 0.99
"""A column is a variable when so many of its answers are the variable's; the others are then unknown."""


def stated(
    columns: Sequence[Column], options: TableOptions, findings: list[Finding]
) -> tuple[list[Column], list[Unstated]]:
    """Columns joined to variables where unit and kind are known; the others are the clinic's own.

    Raises UnitUnfit for a unit that is not the variable's, OptionUnreadable for an unknown variable.
    """
    done: list[Column] = []
    unstated: list[Unstated] = []
    taken: set[str] = set()
    for column in columns:
        variable = _variable(column, options)
        if variable is None or variable.id in taken:
            done.append(_own(column, options))
            continue
        joined = _joined(column, variable, options)
        if joined is None:
            unstated += [(column.name, variable.id)] if _is_number(column) and variable.unit else []
            done.append(_own(column, options))
            continue
        taken.add(variable.id)
        done.append(joined)
        findings.extend((_told(joined, variable), *_not_answers(column, joined)))
    if unstated:
        some = [f"{column} ({variable})" for column, variable in unstated]
        findings.append(
            Finding(
                "units_not_stated",
                N_(
                    "No unit was stated for {columns}: they stay the clinic's own inputs and are not filled "
                    "from the record. --unit COLUMN=UNIT states one."
                ),
                POINTED_OUT,
                tuple(column for column, _ in unstated),
                {"columns": named(some), "count": len(some)},
            )
        )
    return done, unstated


def _is_number(column: Column) -> bool:
    return column.kind in ("number", "integer")


def _variable(column: Column, options: TableOptions) -> Variable | None:
    wanted = options.mapped.get(column.name)
    if wanted is None:
        return names.variable_named(column.name)
    if wanted not in variables():
        raise OptionUnreadable(option="--map", given=f"{column.name}={wanted}", columns=column.name)
    return variables()[wanted]


def _own(column: Column, options: TableOptions) -> Column:
    """A local input; its unit is only shown: the stated one, or the one behind the name."""
    unit = options.units.get(column.name) or names.without_unit(column.name)[1]
    return column.with_rule(unit=unit) if unit and _is_number(column) else column


def _joined(column: Column, variable: Variable, options: TableOptions) -> Column | None:
    """The column in the variable's own terms, or None where that would need a guess."""
    if variable.kind in ("number", "integer") and _is_number(column):
        return _in_unit(column, variable, options)
    if variable.kind == "boolean" and column.kind == "boolean":
        return column.with_rule(variable=variable.id)
    if variable.kind == "choice" and column.kind == "choice":
        return _with_choices(column, variable)
    return None


def _in_unit(column: Column, variable: Variable, options: TableOptions) -> Column | None:
    unit = options.units.get(column.name)
    if unit is None and variable.unit is not None:
        return None
    try:
        change = unit_table.conversion(variable.id, unit)
    except KnownError as error:
        accepted = ", ".join(variable.accepted_units)
        raise UnitUnfit(unit=unit, column=column.name, accepted=accepted or "1") from error
    kind = "integer" if variable.kind == "integer" else column.kind
    return column.with_rule(
        kind=kind, variable=variable.id, factor=change.factor, offset=change.offset, unit=variable.unit or ""
    )


def _with_choices(column: Column, variable: Variable) -> Column | None:
    """The same answers under the variable's ids, if all but a few cells hold one that is known to it."""
    meant = {c: answer_of(variable, text=spelling.fold(c)) for c in column.rule.choices}
    answers = {spelling.fold(written): name for written, name in meant.items() if isinstance(name, str)}
    ids = set(answers.values())
    joined = column.with_rule(
        choices=tuple(choice.id for choice in variable.choices if choice.id in ids),
        answers=answers,
        variable=variable.id,
    )
    return joined if len(ids) > 1 and joined.known >= KNOWN_ANSWERS * column.known else None


def _not_answers(column: Column, joined: Column) -> list[Finding]:
    """The cells whose answer the variable does not have, such as "invalid" for a sex."""
    lost = column.known - joined.known
    if not lost:
        return []
    strange = [c for c in column.rule.choices if joined.value(c) == ""]
    message = N_("{column}: {count} cells are no answer of that variable and count as unknown ({answers}).")
    fields = {"column": column.name, "count": lost, "answers": named(strange)}
    return [Finding("answers_not_known", message, CLEANED, (column.name,), fields)]


def _told(column: Column, variable: Variable) -> Finding:
    message = (
        N_("{column} is read as the variable {variable}, in {unit}.")
        if column.rule.unit
        else N_("{column} is read as the variable {variable}.")
    )
    fields = {"column": column.name, "variable": variable.id, "unit": column.rule.unit}
    return Finding("mapped", message, NOTED, (column.name,), fields, "information")
