"""An assessment as a reader sees it in a terminal: sentence, doubt, inputs, what is missing, reasons."""

from __future__ import annotations

from medapp.assess import score_words, wording
from medapp.assess.advice import advice
from medapp.assess.card import Card
from medapp.assess.inputs import InputSpec, input_specs
from medapp.cli.output import write_table
from medapp.domain.assessment import Assessment, Contributions, InputUsed, Source, Status
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from medapp.terminology.units import unit_label

_SOURCES = {
    Source.RECORD: N_("record"),
    Source.GIVEN: N_("given"),
    Source.DERIVED: N_("derived"),
    Source.IMPUTED: N_("imputed"),
}
_FLAGS = {"stale": N_("old"), "implausible": N_("implausible")}


def show_assessment(answer: Assessment, card: Card, words: Words) -> None:
    """Print everything the page would show, top down."""
    specs = {spec.name: spec for spec in input_specs(card)}
    print(words.pick(card.title))
    if card.kind == "score":
        _show_score(answer, card, words)
    else:
        print(f"  {reviewed(card, words)}")
        _show_outcome(answer, card, specs, words)
    _show_inputs(answer, specs, words)
    if answer.missing:
        names = [_title(item.name, specs, words) for item in answer.missing]
        print("  " + words("Unknown: {inputs}", inputs=wording.listed(names, words)))
    if answer.contributions is not None and card.kind != "score":  # its working is shown
        _show_contributions(answer.contributions, specs, words)
    for warning in answer.warnings:
        if warning.code != "meaning":
            print(f"  ! {warning.text[words.language]}")
    if answer.status is Status.FINAL and (steps := wording.next_steps(card, words)):
        print(f"  {steps}")


def reviewed(card: Card, words: Words) -> str:
    """Who has reviewed the model, or that no clinician has."""
    by = card.reviewed_by
    return words("Reviewed by {name}", name=by) if by else words("Not clinically reviewed")


def _show_score(answer: Assessment, card: Card, words: Words) -> None:
    print(f"  {score_words.sentence(answer, card, words)}")
    print("  " + words(score_words.NOT_A_MODEL) + f" · {card.references[0]}")
    rows = list(score_words.working(answer, words))
    if rows:
        print("  " + words("Working:"))
        write_table(None, [(f"    {title}", expression, result) for title, expression, result in rows])


def _show_outcome(answer: Assessment, card: Card, specs: dict[str, InputSpec], words: Words) -> None:
    number = wording.number(answer, card, words)
    term, interval = wording.word_of(answer, card, words), wording.interval(answer, card, words)
    print("  " + " · ".join(part for part in (number, term, interval) if part))
    print(f"  {wording.sentence(answer, card, words)}")
    if told := advice(answer, specs, words):
        print(f"  {told}")
    if similar := wording.similar(answer, words):
        print(f"  {similar}")
    for state in answer.thresholds:
        print(f"  {wording.MARKS[state.relation]} {wording.threshold(state, card, words)}")


def _show_inputs(answer: Assessment, specs: dict[str, InputSpec], words: Words) -> None:
    if not answer.inputs:
        return
    print("  " + words("Inputs used:"))
    rows = [_input_row(used, answer, specs, words) for used in answer.inputs]
    write_table(None, rows)


def _as_sent(value: object) -> object:
    """Six significant digits of a number: the document has them all."""
    return f"{value:.6g}" if isinstance(value, float) else value


def _input_row(
    used: InputUsed, answer: Assessment, specs: dict[str, InputSpec], words: Words
) -> tuple[str, str, str, str, str]:
    value = wording.value_text(used, specs.get(used.name), words)
    shown = f"{value} {unit_label(used.unit, words)}" if used.unit and used.unit != "1" else value
    if used.unit_sent and used.unit_sent != used.unit:
        shown += " " + words("(sent as {value} {unit})", value=_as_sent(used.value_sent), unit=used.unit_sent)
    flags = wording.listed([words(_FLAGS.get(flag, flag)) for flag in used.flags], words)
    when = f"{used.date[:10]} {_age(used.date, answer.at, words)}" if used.date else ""
    return (f"    {_title(used.name, specs, words)}", shown, when, words(_SOURCES[used.source]), flags)


def _age(date: str, at: str, words: Words) -> str:
    try:
        days = (Moment.parse(at).date - Moment.parse(date).date).days
    except ValueError:
        return ""
    if days <= 0:
        return words("(same day)")
    if days < 60:
        return words.plural("({count} day old)", "({count} days old)", days)
    if days < 730:
        return words.plural("({count} month old)", "({count} months old)", days * 12 // 365)
    return words.plural("({count} year old)", "({count} years old)", days // 365)


def _show_contributions(found: Contributions, specs: dict[str, InputSpec], words: Words) -> None:
    factor = 100.0 if found.scale == "probability" else 1.0
    base = f"{found.base * factor:.1f}"
    print("  " + words("Reasons, in points from {base} (association, not cause):", base=base))
    moved = sorted((item for item in found.items if item.value), key=lambda item: -abs(item.value))
    for item in moved:
        points = f"{item.value * factor:+.1f}".replace("-", "\u2212")
        print(f"    {points:>7}  {_title(item.input, specs, words)}")
    if still := len(found.items) - len(moved):
        print(
            "    "
            + words.plural("{count} input without influence", "{count} inputs without influence", still)
        )


def _title(name: str, specs: dict[str, InputSpec], words: Words) -> str:
    spec = specs.get(name)
    return words.pick(spec.title) if spec else name
