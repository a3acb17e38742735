"""`medapp model train` and `medapp model approve`: bundled recipes again, or the clinic's own table."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from medapp.cli.desk import Desk, clock, models_dir
from medapp.cli.output import write_table
from medapp.i18n import N_
from medapp.services import models as service
from medapp.services import own_models

if TYPE_CHECKING:
    from medapp.services.own_models import Finding, TableOptions

ACTIONS = {
    "noted": N_("noted"),
    "left_out": N_("left out"),
    "cleaned": N_("cleaned"),
    "grouped": N_("kept together"),
    "pointed_out": N_("please check"),
}


BundledId = Annotated[
    str | None, typer.Argument(metavar="ID", help=N_("A bundled model to be trained again."))
]
DataFolder = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help=N_("Folder of the data sets (or $MEDAPP_DATA).")),
]
OwnTable = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help=N_("The clinic's own table instead."))
]
Target = Annotated[
    str | None, typer.Option("--target", metavar="COLUMN", help=N_("The column to be predicted."))
]
Algorithms = Annotated[
    list[str] | None,
    typer.Option("--algorithm", metavar="NAME", help=N_("Compare only these; may be repeated.")),
]
NewId = Annotated[str | None, typer.Option("--id", metavar="NAME", help=N_("Id of the new model."))]
Lead = Annotated[str | None, typer.Option("--lead", metavar="ANSWER", help=N_("The answer to be predicted."))]
Units = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="COLUMN=UNIT", help=N_("The unit of a column, such as mg/dL.")),
]
Mapped = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=VARIABLE", help=N_("The variable that a column is.")),
]
Kept = Annotated[
    list[str] | None,
    typer.Option("--keep", metavar="COLUMN", help=N_("Use a column that a check would leave out.")),
]
Dropped = Annotated[
    list[str] | None, typer.Option("--drop", metavar="COLUMN", help=N_("Leave a column out."))
]
ZerosKept = Annotated[
    list[str] | None,
    typer.Option("--keep-zeros", metavar="COLUMN", help=N_("Zeros of this column are measurements.")),
]
Missing = Annotated[
    list[str] | None,
    typer.Option("--missing", metavar="COLUMN=NUMBER", help=N_("A number that stands for unknown.")),
]
Group = Annotated[
    str | None,
    typer.Option("--group", metavar="COLUMN", help=N_("The column that tells whose row it is.")),
]
NoHeader = Annotated[
    bool,
    typer.Option("--no-header", help=N_("The first line is data: columns are column_1, column_2 ...")),
]
OutFolder = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help=N_("Write the draft there instead of into the clinic.")),
]


def train_model(
    desk: Desk,
    model: BundledId = None,
    data: DataFolder = None,
    csv: OwnTable = None,
    target: Target = None,
    algorithm: Algorithms = None,
    id_: NewId = None,
    lead: Lead = None,
    unit: Units = None,
    map_: Mapped = None,
    keep: Kept = None,
    drop: Dropped = None,
    keep_zeros: ZerosKept = None,
    missing: Missing = None,
    group: Group = None,
    no_header: NoHeader = False,
    out: OutFolder = None,
) -> None:
    """A bundled model by its id, or a draft from a table by --csv and --target."""
    if csv is None:
        _train_bundled(desk, model, data)
        return
    if target is None or model is not None:
        raise typer.BadParameter(desk.words("--csv needs --target, and no ID (the new model's is --id)."))
    options = own_models.TableOptions(
        target,
        lead=lead,
        id=id_,
        algorithms=tuple(algorithm or ()),
        units=_pairs("--unit", unit),
        mapped=_pairs("--map", map_),
        keep=frozenset(keep or ()),
        drop=frozenset(drop or ()),
        keep_zeros=frozenset(keep_zeros or ()),
        missing=_lists("--missing", missing),
        group=group,
        has_header=not no_header,
    )
    _train_table(desk, csv, options, out)


def _train_bundled(desk: Desk, model: str | None, data: Path | None) -> None:
    from medapp.training.run import train_model as train  # its libraries are heavy, and an extra

    if model is None:
        raise typer.BadParameter(desk.words("Give the ID of a bundled model, or --csv and --target."))
    report = train(model, models_dir=models_dir(), data_dir=data, progress=_progress)
    document = report.as_document()
    desk.answer(document, lambda: print(desk.words("{model} was trained.", model=model)))


def _train_table(desk: Desk, path: Path, options: TableOptions, out: Path | None) -> None:
    report: Mapping[str, Any]
    if out is not None:
        options = _with_units(desk, path, options)
        aside = own_models.train_aside(path, options, clock().date().isoformat(), progress=_progress)
        with aside.place:
            service.copy_draft(aside.draft.folder, out)
        report, findings = aside.draft.as_document(), aside.draft.findings
    else:
        with desk.session() as session:
            options = _with_units(desk, path, options)
            kept = own_models.train_from_table(session, path, options, progress=_progress)
        report, findings = kept.report, kept.findings
    _clear()
    desk.answer(report, lambda: _show(desk, report, findings))


def _with_units(desk: Desk, path: Path, options: TableOptions) -> TableOptions:
    """Ask for the units that were not stated, where somebody is there to type; a blank states none."""
    if desk.as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return options
    units = dict(options.units)
    for asked in own_models.check(path, options).unstated:
        print(
            desk.words(
                "Unit of {column} ({title}; one of {units}; Enter: none is stated):",
                column=asked.column,
                title=desk.words.pick(asked.title),
                units=", ".join(asked.accepted),
            ),
            end=" ",
            file=sys.stderr,
            flush=True,
        )
        typed = sys.stdin.readline().strip()
        if typed:
            units[asked.column] = typed
    return replace(options, units=units)


def _pairs(option: str, given: Iterable[str] | None) -> dict[str, str]:
    return {name: values[-1] for name, values in _lists(option, given).items()}


def _lists(option: str, given: Iterable[str] | None) -> Mapping[str, tuple[str, ...]]:
    from medapp.training.own_table.errors import OptionUnreadable

    found: dict[str, tuple[str, ...]] = {}
    for text in given or ():
        name, equals, value = text.rpartition("=")
        if not equals or not name or not value.strip():
            raise OptionUnreadable(option=option, given=text, columns="…")
        found[name] = (*found.get(name, ()), value.strip())
    return found


def _progress(stage: str, share: float) -> None:
    if sys.stderr.isatty():
        print(f"{share:4.0%} {stage}", end="\x1b[K\r", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print(end="\x1b[K", file=sys.stderr)


def _show(desk: Desk, report: Mapping[str, Any], findings: Iterable[Finding]) -> None:
    words = desk.words
    for action, title in ACTIONS.items():
        some = [finding for finding in findings if finding.action == action]
        if some:
            print(f"{words(title)}:")
        for finding in some:
            print(f"  - {finding.text(words)}")
    print()
    rows = [_row(one) for one in report["comparison"]]
    name = "R2" if report["table"]["task"] == "regression" else "AUROC"
    write_table((words("Algorithm"), words("Loss"), name, ""), rows)
    print()
    draft = report["id"]
    print(words("The draft {id} was made with {algorithm}.", id=draft, algorithm=report["algorithm"]))
    for breach in report["breaches"]:
        print(f"  ! {breach}")
    print(words("It answers only when named, until `medapp model approve {id}`.", id=draft))


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    metrics = one["metrics"]
    figure = metrics.get("auroc") or metrics.get("r2") or metrics.get("accuracy") or {}
    shown = (
        ""
        if figure.get("value") is None
        else f"{figure['value']:.3f} ({figure['low']:.3f}–{figure['high']:.3f})"
    )
    return (
        one["algorithm"],
        f"{one['loss']:.4g} ± {one['standard_error']:.2g}",
        shown,
        "*" if one["chosen"] else "",
    )


def approve_model(
    desk: Desk,
    model: Annotated[str, typer.Argument(metavar="ID", help=N_("Id of a draft."))],
    reason: Annotated[
        str,
        typer.Option(
            "--reason", help=N_("Why, in a few words: needed of the only user about a draft of one's own.")
        ),
    ] = "",
) -> None:
    """Signs the draft with the clinic's key; from then on it is asked about every patient."""
    with desk.session() as session:
        service.approve(session, model, reason)
    desk.answer(
        {"id": model, "state": "local"},
        lambda: print(
            desk.words(
                "{model} is approved: it is asked about patients while the profile of the clinic enables "
                "research models.",
                model=model,
            )
        ),
    )
