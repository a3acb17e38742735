"""What is looked for in a table before anything is learned from it, in the order in which it is done."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from medapp.i18n import N_
from medapp.training.own_table import names, spelling
from medapp.training.own_table.codes import code_of, far_values, missing_codes
from medapp.training.own_table.columns import Column
from medapp.training.own_table.errors import OptionUnreadable
from medapp.training.own_table.findings import (
    CLEANED,
    GROUPED,
    LEFT_OUT,
    NOTED,
    POINTED_OUT,
    Finding,
    named,
)
from medapp.training.own_table.options import TableOptions
from medapp.training.own_table.outcome import Outcome
from medapp.training.own_table.read import RawRows
from medapp.training.table import GRID
from medapp.training.types import IntArray

MOSTLY_MISSING = 0.8
OFTEN_MISSING = 0.3
FEW_ROWS = 200
EVENTS_PER_INPUT = 10


def of_reading(raw: RawRows) -> list[Finding]:
    """How the file was written, and what of it was not read."""
    found = [
        Finding(
            "read_as",
            N_("Read as {encoding} with the separator {separator}: {rows} rows, {columns} columns."),
            NOTED,
            (),
            {
                "encoding": raw.form.encoding,
                "separator": repr(raw.form.delimiter)[1:-1],
                "rows": raw.total,
                "columns": len(raw.names),
            },
            "information",
        )
    ]
    if raw.is_sample:
        found.append(
            Finding(
                "sampled",
                N_("Of {rows} rows a random sample of {count} was used."),
                CLEANED,
                (),
                {"rows": raw.total, "count": len(raw.lines)},
                "information",
            )
        )
    if raw.ragged:
        found.append(
            Finding(
                "ragged_rows",
                N_("{count} rows with another number of fields were set aside, the first in line {line}."),
                CLEANED,
                (),
                {"count": raw.ragged, "line": raw.first_ragged},
            )
        )
    if raw.renamed:
        found.append(
            Finding(
                "columns_renamed",
                N_("Columns without a name of their own are called {columns}."),
                CLEANED,
                raw.renamed,
                {"columns": named(raw.renamed)},
            )
        )
    return found


def of_spelling(columns: Sequence[Column], options: TableOptions, findings: list[Finding]) -> list[Column]:
    """Codes for unknown, decimal commas, limits and unlike spellings: cleaned and told."""
    cleaned = []
    for column in columns:
        codes = [_code(column, text) for text in options.missing.get(column.name, ())]
        variable = names.variable_named(column.name)
        for finding in missing_codes(column, variable, options.keep_zeros):
            findings.append(finding)
            codes.append(code_of(finding))
        column = column.with_rule(missing=tuple(codes)) if codes else column
        findings.extend(_of_cells(column))
        cleaned.append(column)
    return cleaned


def _code(column: Column, text: str) -> str:
    """A code for "unknown" as rules keep it. Raises OptionUnreadable for what is no number."""
    value = spelling.number(text)
    if value is None:
        raise OptionUnreadable(option="--missing", given=f"{column.name}={text}", columns=column.name)
    return f"{value:g}"


def _of_cells(column: Column) -> list[Finding]:
    found: list[Finding] = []

    def tell(
        code: str, message: str, count: int, action: str = CLEANED, severity: str = "information"
    ) -> None:
        if count:
            fields = {"column": column.name, "count": count}
            found.append(Finding(code, message, action, (column.name,), fields, severity))

    def rows(test: object) -> int:
        assert callable(test)
        return sum(n for text, n in column.counts.items() if not spelling.is_missing(text) and test(text))

    if column.kind in ("number", "integer"):
        commas = rows(lambda text: "," in text) if column.rule.comma == "decimal" else 0
        tell("decimal_commas", N_("{column}: {count} numbers are written with a decimal comma."), commas)
        grouped = rows(lambda text: "," in text) if column.rule.comma == "thousands" else 0
        tell("thousands_commas", N_("{column}: in {count} numbers the comma parts the thousands."), grouped)
        limits = rows(lambda text: spelling.is_limit(text) and column.value(text) != "")
        tell(
            "limits_as_values", N_("{column}: {count} values such as “<5” count as the limit itself."), limits
        )
        unread = rows(lambda text: spelling.number(text, column.rule.comma) is None)
        tell(
            "not_understood",
            N_("{column}: {count} cells hold no number and count as unknown."),
            unread,
            severity="warning",
        )
    if column.kind == "choice":
        spelled = {spelling.fold(text): text for text in column.counts}
        merged = rows(lambda text: spelled[spelling.fold(text)] != text)
        tell(
            "spellings_merged",
            N_("{column}: {count} cells differ from another only in case or blanks."),
            merged,
        )
    if (far := far_values(column)) is not None:
        found.append(far)
    return found


def group_column(columns: Sequence[Column], options: TableOptions, findings: list[Finding]) -> Column | None:
    """The column whose repeated numbers tell which rows are of one person: named, or found by its name."""
    if options.group is not None:
        chosen = next((column for column in columns if column.name == options.group), None)
    else:
        chosen = next((c for c in columns if _is_repeated_identifier(c)), None)
    if chosen is not None:
        people = len({text for text in chosen.counts if not spelling.is_missing(text)})
        findings.append(
            Finding(
                "grouped_rows",
                N_(
                    "{column}: {count} rows are of {people} people; a person's rows stay together in every "
                    "comparison, and the number is no input."
                ),
                GROUPED,
                (chosen.name,),
                {"column": chosen.name, "count": len(chosen.cells), "people": people},
            )
        )
    return chosen


def _is_repeated_identifier(column: Column) -> bool:
    if not names.is_identifier(column.name) or column.kind in ("empty", "boolean", "date"):
        return False
    known = [text for text in column.counts if not spelling.is_missing(text)]
    total = sum(column.counts[text] for text in known)
    is_of_somebody = names.is_of_somebody(column.name)
    return 10 <= len(known) < total and (is_of_somebody or len(known) > 0.2 * total)


def of_kinds(
    columns: Sequence[Column], options: TableOptions, group: Column | None, findings: list[Finding]
) -> list[Column]:
    """Only what can be an input: no identifiers, people, dates, free text, empty or constant columns."""
    left: dict[str, list[str]] = {}
    kept = []
    for column in columns:
        if group is not None and column.name == group.name:
            continue
        why = _why_not(column, options)
        if why is None:
            kept.append(column)
        else:
            left.setdefault(why, []).append(column.name)
    findings.extend(
        Finding(code, _LEFT[code], LEFT_OUT, tuple(some), {"columns": named(some), "count": len(some)})
        for code, some in left.items()
    )
    findings.extend(_order_of_dates([c for c in columns if c.kind == "date"]))
    return kept


_LEFT = {
    "dropped": N_("Left out as you said: {columns}."),
    "identifies_people": N_("Left out because they identify people: {columns}. Nothing of them is kept."),
    "identifier": N_("Left out as identifiers or row numbers: {columns}."),
    "empty": N_("Left out because they hold no value: {columns}."),
    "constant": N_("Left out because they hold the same value in every row: {columns}."),
    "date": N_("Dates are no inputs: {columns}. An age or a number of days computed from them can be."),
    "free_text": N_("Left out as free text: {columns}."),
    "two_readings": N_(
        "Left out because a comma may part decimals or thousands: {columns}. Write 1234 or 1.234."
    ),
    "recorded_later": N_(
        "Left out because by their names they are known only after the outcome: {columns}. "
        "--keep COLUMN keeps one that is not."
    ),
    "another_estimate": N_(
        "Left out because by their names they are estimates of another model or of a person: {columns}. "
        "--keep COLUMN keeps one that is not."
    ),
}


def _why_not(column: Column, options: TableOptions) -> str | None:
    """Why a column cannot be an input; `--keep` overrules what was only suspected."""
    if column.name in options.drop:
        return "dropped"
    plain = {"empty": "empty", "date": "date", "unclear": "two_readings"}.get(column.kind)
    if plain is not None:
        return "identifies_people" if plain == "date" and names.is_person(column.name) else plain
    if names.is_person(column.name):
        return "identifies_people"
    if column.kind in ("identifier", "text"):
        return _of_text(column)
    if column.name in options.keep:
        return None
    if len({column.value(text) for text in column.counts} - {""}) < 2:
        return "constant"
    if _is_row_number(column):
        return "identifier"
    if names.is_later(column.name):
        return "recorded_later"
    return "another_estimate" if names.is_estimate(column.name) else None


def _of_text(column: Column) -> str:
    known = [text for text in column.counts if not spelling.is_missing(text)]
    people = sum(_looks_like_a_person(text) for text in known)
    if people > len(known) / 2:
        return "identifies_people"
    return "identifier" if column.kind == "identifier" or names.is_identifier(column.name) else "free_text"


def _looks_like_a_person(text: str) -> bool:
    """A surname with a given name, a Chinese name of two to four characters, or a mail address."""
    words = text.replace(",", " ").split()
    is_latin = 2 <= len(words) <= 4 and all(
        w[:1].isupper() and w.replace("-", "").replace(".", "").isalpha() for w in words
    )
    is_han = 2 <= len(text) <= 4 and all("\u4e00" <= letter <= "\u9fff" for letter in text)
    return is_latin or is_han or ("@" in text and " " not in text)


def _is_row_number(column: Column) -> bool:
    if column.kind != "integer":
        return False
    values = column.numbers()
    values = values[np.isfinite(values)]
    is_unique = len(np.unique(values)) == len(values) > 20
    if names.is_identifier(column.name):
        return names.is_of_somebody(column.name) or len(np.unique(values)) > 0.2 * len(values)
    is_running = is_unique and float(values.max() - values.min()) == len(values) - 1
    return is_running or (
        is_unique and values.min() >= 1e5 and len(str(int(values.min()))) == len(str(int(values.max())))
    )


def _order_of_dates(columns: Sequence[Column]) -> list[Finding]:
    """Which dates lie after which: what was recorded later cannot be known at the time of use."""
    if len(columns) < 2:
        return []
    days = {c.name: [spelling.day(cell) for cell in c.cells] for c in columns}
    known = [[day for day in some if day is not None] for some in days.values()]
    order = sorted(zip(days, known, strict=True), key=lambda item: sorted(item[1])[len(item[1]) // 2])
    first = order[0][0]
    later = []
    for name, _ in order[1:]:
        pairs = [
            (a, b) for a, b in zip(days[first], days[name], strict=True) if a is not None and b is not None
        ]
        if pairs and sum(b > a for a, b in pairs) > 0.9 * len(pairs):
            later.append(name)
    if not later:
        return []
    return [
        Finding(
            "dates_in_order",
            N_(
                "{columns} lie after {first}: whatever was recorded with them may not be known yet when the "
                "model is asked."
            ),
            POINTED_OUT,
            tuple(later),
            {"columns": named(later), "first": first},
        )
    ]


def of_contents(
    inputs: Sequence[Column], rows: IntArray, options: TableOptions, findings: list[Finding]
) -> list[Column]:
    """Columns with hardly a value, or with numbers too fine to be kept apart, are left out."""
    kept, empty, often, fine = [], [], [], []
    for column in inputs:
        values = column.numbers()[rows]
        share = float(np.isnan(values).mean())
        known = values[np.isfinite(values)]
        if share >= MOSTLY_MISSING or len(np.unique(known)) < 2:
            if column.name not in options.keep or len(np.unique(known)) < 2:
                empty.append(column.name)
                continue
        elif share >= OFTEN_MISSING:
            often.append(f"{column.name} ({share:.0%})")
        if len(np.unique(np.round(known * GRID))) < 0.9 * len(np.unique(known)):
            fine.append(column.name)
            continue
        kept.append(column)
    for code, message, action, some in (
        (
            "mostly_missing",
            N_("Left out because hardly any row that counts has a value: {columns}."),
            LEFT_OUT,
            empty,
        ),
        (
            "often_missing",
            N_("Often unknown, and then filled in by the model: {columns}."),
            POINTED_OUT,
            often,
        ),
        (
            "numbers_too_fine",
            N_(
                "Left out because their numbers are too small: {columns}. Use a smaller unit, such as mg "
                "instead of g."
            ),
            LEFT_OUT,
            fine,
        ),
    ):
        if some:
            plain = (
                tuple(name.rpartition(" (")[0] or name for name in some)
                if code == "often_missing"
                else tuple(some)
            )
            findings.append(
                Finding(code, message, action, plain, {"columns": named(some), "count": len(some)})
            )
    return kept


def of_size(inputs: Sequence[Column], outcome: Outcome, rows: IntArray, findings: list[Finding]) -> None:
    """Whether there are enough rows for so many inputs, and whether it is told whom they are of."""
    if not any(column.rule.variable == "sex" for column in inputs):
        findings.append(_sex_not_told(inputs))
    if len(rows) < FEW_ROWS:
        findings.append(
            Finding(
                "few_rows",
                N_("Only {count} rows count: every figure is uncertain, see the intervals."),
                POINTED_OUT,
                (),
                {"count": len(rows)},
            )
        )
    events = len(rows) / 2 if outcome.is_quantity else float(np.bincount(outcome.y[rows]).min())
    if events < EVENTS_PER_INPUT * len(inputs):
        findings.append(
            Finding(
                "few_events_per_input",
                N_(
                    "{events} rows of the rarest answer for {inputs} inputs: fewer than {needed} each, so "
                    "that chance is easily learned."
                ),
                POINTED_OUT,
                (),
                {"events": int(events), "inputs": len(inputs), "needed": EVENTS_PER_INPUT},
            )
        )


def _sex_not_told(inputs: Sequence[Column]) -> Finding:
    called = [column.name for column in inputs if names.is_sex(column.name)]
    if called:
        return Finding(
            "sex_not_told",
            N_(
                "Which answer of {column} means female cannot be known from the table: whether the model "
                "holds for women and men alike is not measured. Write female and male there."
            ),
            POINTED_OUT,
            tuple(called),
            {"column": named(called)},
        )
    return Finding(
        "sex_not_told",
        N_(
            "No column tells the sex: whether the model holds for women and men alike cannot be known, nor "
            "whether both are among the rows."
        ),
    )
