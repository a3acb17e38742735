"""`medapp model list|show|check|train|evaluate|approve`: the model folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from medapp.assess.registry import Entry, Registry
from medapp.cli.assessed import reviewed
from medapp.cli.desk import Desk, models_dir, with_desk
from medapp.cli.output import write_table
from medapp.cli.own_model import approve_model, train_model
from medapp.domain.datatypes import LocalText
from medapp.i18n import N_, Words
from medapp.inference.registry import check_folder
from medapp.services import models as service

STATES = {
    "bundled": N_("bundled"),
    "local": N_("local"),
    "draft": N_("draft"),
    "refused": N_("refused"),
}

ModelId = Annotated[str, typer.Argument(metavar="ID", help=N_("Id of the model."))]
ModelIdOrFolder = Annotated[str, typer.Argument(metavar="ID|DIR", help=N_("Id of a model, or its folder."))]


def add_to(app: typer.Typer, words: Words) -> None:
    """Register the group."""
    group = typer.Typer(
        help=words(N_("The models: list, show, check, train, evaluate, approve.")), no_args_is_help=True
    )
    group.command("list", help=words(N_("List the models.")))(with_desk(list_models, words))
    group.command("show", help=words(N_("Show a model's card.")))(with_desk(show_model, words))
    group.command("check", help=words(N_("Check a model folder against everything that is promised.")))(
        with_desk(check_model, words)
    )
    group.command("train", help=words(N_("Train a bundled model again, or a draft from a table.")))(
        with_desk(train_model, words)
    )
    group.command("approve", help=words(N_("Approve a draft of this clinic.")))(
        with_desk(approve_model, words)
    )
    group.command("evaluate", help=words(N_("Measure a model on a file, or show its own measurement.")))(
        with_desk(evaluate_model, words)
    )
    app.add_typer(group, name="model")


def _registry(desk: Desk) -> Registry:
    return service.registry_of(desk.directory, models_dir())


def list_models(desk: Desk) -> None:
    """Every model found, refused ones included."""
    entries = _registry(desk).entries()
    document = {"models": [entry.as_document() for entry in entries]}

    def show() -> None:
        words = desk.words
        header = (words("Id"), words("Version"), words("Title"), words("State"), words("Task"))
        write_table(header, [_row(entry, words) for entry in entries])
        for entry in entries:
            if entry.why is not None:
                print(f"{entry.id}: {words(entry.why.message, **entry.why.fields)}")
                print(f"  {words(entry.why.advice, **entry.why.fields)}")

    desk.answer(document, show)


def _row(entry: Entry, words: Words) -> tuple[str, ...]:
    if entry.card is None:
        return (entry.id, "", "", words(STATES[entry.state]), "")
    card = entry.card
    return (entry.id, card.version, words.pick(card.title), words(STATES[entry.state]), card.task)


def show_model(desk: Desk, model: ModelId) -> None:
    """The entry of one model; for a reader its card's main statements."""
    entry = _registry(desk).entry(model)
    document = entry.as_document()
    desk.answer(document, lambda: _show_card(entry, document, desk.words))


def _show_card(entry: Entry, document: dict[str, Any], words: Words) -> None:
    if entry.card is None:
        print(f"{entry.id}: {words(STATES[entry.state])}")
        return
    card = entry.card
    print(f"{words.pick(card.title)}  [{card.id} {card.version}, {words(STATES[entry.state])}]")
    print(f"  {reviewed(card, words)}")
    for title, text in (
        (words("Intended use"), card.intended_use),
        (words("Population"), card.population),
        (words("Users"), card.users),
    ):
        print(f"  {title}: {words.pick(text)}")
    for title, texts in ((words("Out of scope"), card.out_of_scope), (words("Cautions"), card.cautions)):
        for item in texts:
            print(f"  {title}: {words.pick(item)}")
    print(f"  {words('Inputs')}:")
    rows = [_input_row(item, words) for item in document["inputs"]]
    write_table(("", words("Name"), words("Unit"), ""), rows)


def _input_row(item: dict[str, Any], words: Words) -> tuple[str, ...]:
    title = words.pick(LocalText(item["title"]["en"], item["title"]["zh_CN"]))
    needed = words("required") if item["required"] else words("optional")
    return (f"    {item['name']}", title, item["unit"] or "", needed)


def _folder(desk: Desk, model: str) -> Path:
    folder = Path(model)
    return folder if (folder / "card.toml").is_file() else _home(desk, model) / model


def _home(desk: Desk, model: str) -> Path:
    """Where the model lies: among the clinic's own, when no bundled one has its name."""
    own = service.folder_of(desk.directory)
    is_own = (own / model).is_dir() and not (models_dir() / model).is_dir()
    return own if is_own else models_dir()


def check_model(desk: Desk, model: ModelIdOrFolder) -> int:
    """Exit status 1 when something does not conform."""
    folder = _folder(desk, model)
    if not folder.is_dir():
        _registry(desk).entry(model)
    findings = check_folder(folder)
    document = {
        "model": folder.name,
        "conforms": not findings,
        "findings": [
            {"check": one.check, "where": one.where, "text": one.text(desk.words)} for one in findings
        ],
    }

    def show() -> None:
        if not findings:
            print(desk.words("{model} conforms.", model=folder.name))
        for one in findings:
            print(f"{one.check} · {one.where}: {one.text(desk.words)}")

    desk.answer(document, show)
    return 1 if findings else 0


def evaluate_model(
    desk: Desk,
    model: ModelId,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="FILE", help=N_("Another file in the recipe's own format.")),
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option("--predictions", metavar="CSV", help=N_("Write every row's prediction there.")),
    ] = None,
) -> None:
    """Without --data: the recipe's own out-of-fold result."""
    from medapp.training.run import evaluate_model as evaluate

    home = _home(desk, model)
    if not (home / model).is_dir():
        _registry(desk).entry(model)
    document = evaluate(model, models_dir=home, data_file=data, predictions=predictions)
    desk.answer(document, lambda: _show_metrics(document, desk.words))


def _show_metrics(document: dict[str, Any], words: Words) -> None:
    data = document["data"]
    print(
        words(
            "{rows} rows, {cohort} in the cohort, {scored} scored, {abstained} without a number.",
            rows=data["rows"],
            cohort=data["cohort"],
            scored=data["scored"],
            abstained=data["abstained"],
        )
    )
    rows = [
        (name, *(f"{one[key]:.3f}" if one[key] is not None else "" for key in ("value", "low", "high")))
        for name, one in document["metrics"].items()
    ]
    write_table((words("Metric"), words("Value"), words("from"), words("to")), rows)
