"""From the clinic's own table to a draft: look at it, check it, train aside, keep.

The command line and the window take the same steps. Looking, checking and training
touch no store, so that they can run beside it; keeping writes the draft's folder,
its maker and the audit entry in one transaction. Of the table nothing is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from medapp.domain.changes import Changes, Kind
from medapp.domain.datatypes import LocalText
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.security.roles import Permission, permissions
from medapp.services import models
from medapp.services.session import Session
from medapp.training.own_table.findings import Finding
from medapp.training.own_table.options import TableOptions

if TYPE_CHECKING:
    from medapp.training.own_table.columns import Column
    from medapp.training.own_table.run import Draft

__all__ = [
    "Aside", "Checked", "ColumnSeen", "Finding", "Kept", "Preview", "TableOptions", "Target",
    "TrainingNotInstalled", "UnitAsked", "algorithms", "can_train", "check", "draft_id", "keep", "look",
    "may_train", "refuse_taken", "train_aside", "train_from_table",
]  # fmt: skip

LIBRARIES: Final = ("sklearn", "interpret", "onnx", "tomli_w")
EXAMPLES: Final = 3

Progress = Callable[[str, float], None]
Cancelled = Callable[[], bool]


class TrainingNotInstalled(KnownError):
    """The libraries that train are an extra, and not here."""

    code = "training_not_installed"
    message = N_("This installation of the program cannot train models.")
    advice = N_("Install it with its training part; drafts made elsewhere cannot be approved here.")


@dataclass(frozen=True, slots=True)
class Target:
    """What a column would be as the outcome: answers with their rows, the likeliest first, or a number.

    `is_lead_known` is False where nobody can tell from the table which answer is the case.
    """

    answers: tuple[tuple[str, int], ...]
    is_lead_known: bool

    @property
    def is_quantity(self) -> bool:
        return not self.answers


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column before anything was decided. `notice` is what its name alone says against it as an input.

    `target` is what it would be as the outcome, or why it cannot be one. `variable` is the one of its
    name; a number of it needs one of `units`, and `unit_named` is the unit written behind the name.
    """

    name: str
    kind: str
    known: int
    distinct: int
    examples: tuple[str, ...]
    notice: str
    target: Target | KnownError
    variable: LocalText | None
    units: tuple[str, ...]
    unit_named: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A table looked at: nothing was decided and nothing learned."""

    path: Path
    has_header: bool
    encoding: str
    delimiter: str
    rows: int
    columns: tuple[ColumnSeen, ...]

    def column(self, name: str) -> ColumnSeen:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True)
class UnitAsked:
    """A column that looks like a variable of the record, of which no unit was stated."""

    column: str
    title: LocalText
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks left of a table under the decisions `options`, and everything they found."""

    options: TableOptions
    findings: tuple[Finding, ...]
    inputs: tuple[str, ...]
    rows: int
    total: int
    classes: tuple[tuple[str, int], ...]
    unstated: tuple[UnitAsked, ...]

    @property
    def is_quantity(self) -> bool:
        return not self.classes


@dataclass(frozen=True, slots=True)
class Aside:
    """A trained draft that nobody has kept: its folder goes when this noun goes."""

    draft: Draft
    seconds: float
    place: TemporaryDirectory[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft in the store: its report as `medapp model train --csv` prints it."""

    id: str
    report: Mapping[str, Any]
    findings: tuple[Finding, ...]
    seconds: float
    changes: Changes


def may_train(session: Session) -> bool:
    """Whether a page offers it to the user of the session."""
    return Permission.TRAIN_MODELS in permissions(session.user.roles)


def can_train() -> bool:
    """Whether the libraries that train are installed."""
    return all(find_spec(name) is not None for name in LIBRARIES)


def look(path: Path, *, has_header: bool = True, cancelled: Cancelled | None = None) -> Preview:
    """Read a table and tell what each column is. Raises the KnownErrors of reading one."""
    from medapp.training.own_table.columns import understand
    from medapp.training.own_table.errors import TooManyColumns, TrainingCancelled
    from medapp.training.own_table.inspect import MOST_COLUMNS, MOST_INPUTS
    from medapp.training.own_table.read import read_rows

    raw = read_rows(path, has_header=has_header, cancelled=cancelled)
    if len(raw.names) > MOST_COLUMNS:
        raise TooManyColumns(count=len(raw.names), most=MOST_INPUTS)
    columns = []
    for name, cells in zip(raw.names, raw.columns, strict=True):
        if cancelled is not None and cancelled():
            raise TrainingCancelled
        columns.append(_seen(understand(name, cells)))
    form = raw.form
    return Preview(path, has_header, form.encoding, form.delimiter, raw.total, tuple(columns))


def _seen(column: Column) -> ColumnSeen:
    from medapp.training.own_table import names

    written = [text for text in column.counts if column.value(text) != ""]
    often = sorted(written, key=lambda text: -column.counts[text])[:EXAMPLES]
    variable = names.variable_named(column.name)
    is_number = column.kind in ("number", "integer")
    return ColumnSeen(
        column.name,
        column.kind,
        column.known,
        len({column.value(text) for text in written}),
        () if names.is_person(column.name) else tuple(often),
        _notice(column),
        _target(column),
        variable.title if variable is not None else None,
        variable.accepted_units if variable is not None and variable.unit and is_number else (),
        names.without_unit(column.name)[1] if is_number else "",
    )


def _notice(column: Column) -> str:
    """person, identifier, later or estimate: what the name says; "" where it says nothing."""
    from medapp.training.own_table import names

    tests = (
        ("person", names.is_person),
        ("identifier", names.is_identifier),
        ("later", names.is_later),
        ("estimate", names.is_estimate),
    )
    return next((notice for notice, test in tests if test(column.name)), "")


def _target(column: Column) -> Target | KnownError:
    from medapp.training.own_table.outcome import outcome_of

    told: list[Finding] = []
    try:
        outcome = outcome_of(column, None, told)
    except KnownError as error:
        return error.with_traceback(None)
    is_known = all(finding.code != "lead_class_assumed" for finding in told)
    return Target(tuple((one.written, one.rows) for one in outcome.classes), is_known)


def check(path: Path, options: TableOptions, *, cancelled: Cancelled | None = None) -> Checked:
    """Clean and search a table under these decisions. Raises the KnownErrors of doing it."""
    from medapp.terminology.variables import variables
    from medapp.training.own_table.inspect import inspect

    table = inspect(path, options, cancelled)
    unstated = [
        UnitAsked(column, variables()[name].title, variables()[name].accepted_units)
        for column, name in table.unstated
    ]
    return Checked(
        options,
        table.findings,
        tuple(column.name for column in table.inputs),
        len(table.rows),
        table.raw.total,
        tuple((one.written, one.rows) for one in table.outcome.classes),
        tuple(unstated),
    )


def algorithms(checked: Checked) -> tuple[tuple[str, bool], ...]:
    """The algorithms that fit the outcome, the simplest first, each with whether it is compared unasked."""
    from medapp.training.own_table.algorithms import CLASSIFIERS, QUANTITIES, classifiers

    if checked.is_quantity:
        return tuple((name, True) for name in QUANTITIES)
    count = len(checked.classes)
    usual = {one.name for one in classifiers((), count, checked.rows)}
    fit = (one for one in CLASSIFIERS if one.many_classes or count == 2)
    return tuple((one.name, one.name in usual) for one in fit)


def draft_id(path: Path, wanted: str = "") -> str:
    """The id that a draft of this table gets. Raises ModelIdUnfit."""
    from medapp.training.own_table.plan import model_id

    return model_id(TableOptions("", id=wanted or None), path.name)


def refuse_taken(session: Session, model: str) -> None:
    """Raises NotPermitted, and ModelExists where the id is a bundled or an approved model's."""
    session.require(Permission.TRAIN_MODELS)
    models.refuse_taken(session, model)


def train_aside(
    path: Path,
    options: TableOptions,
    day: str,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Aside:
    """Compare the algorithms and make the draft in a folder of its own; no store is touched.

    `day` is today's for the card. Raises TrainingNotInstalled and the KnownErrors of
    `medapp.training.own_table`; nothing is left then.
    """
    if not can_train():
        raise TrainingNotInstalled
    from medapp.training.own_table.run import train_table

    start = time.monotonic()
    place = TemporaryDirectory(prefix="medapp-draft-")
    try:
        draft = train_table(path, options, Path(place.name), day, progress=progress, cancelled=cancelled)
    except BaseException:
        place.cleanup()
        raise
    return Aside(draft, time.monotonic() - start, place)


def keep(session: Session, aside: Aside) -> Kept:
    """Keep a draft in the store, replacing an earlier draft of its id. Raises as `refuse_taken`, DiskFull."""
    draft = aside.draft
    try:
        refuse_taken(session, draft.id)
        models.keep_draft(session, draft.folder, draft.chosen, len(draft.table.rows))
    finally:
        aside.place.cleanup()
    changes = Changes(frozenset({Kind.MODEL}), None)
    return Kept(draft.id, draft.as_document(), draft.findings, aside.seconds, changes)


def train_from_table(
    session: Session,
    path: Path,
    options: TableOptions,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Kept:
    """All of it at once: train on a table and keep the result as a draft. Nothing is kept after an error."""
    refuse_taken(session, draft_id(path, options.id or ""))
    day = session.clock().date().isoformat()
    return keep(session, train_aside(path, options, day, progress=progress, cancelled=cancelled))


def warnings(findings: Iterable[Finding]) -> int:
    """How many findings say that the figures may deceive."""
    return sum(finding.severity == "warning" for finding in findings)
