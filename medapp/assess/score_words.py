"""How a bedside score is said: value with unit, meaning, the range while items are unknown, the working.

A score is no model: it has no interval and no shares of a hundred. The same sentences stand on the
page, in the command line and in the text that is copied into a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from medapp.assess import wording
from medapp.assess.card import Card
from medapp.assess.inputs import input_specs
from medapp.domain.assessment import Assessment, InputUsed, Outcome, Status
from medapp.i18n import N_, Words
from medapp.terminology.units import unit_label

POINTS = "{points}"
NOT_A_MODEL = N_("Score, not a model")


def value_words(answer: Assessment, card: Card, words: Words) -> str:
    """`6 points`, `43 mL/min/1.73 m²`, `4 to 9 points` with items unknown, "—" without an answer."""
    outcome = answer.outcome
    if outcome is None or outcome.value is None:
        return "—"
    if isinstance(outcome.value, list):
        low, high = (number(value, card) for value in outcome.value)
        return words("{low} to {high}", low=low, high=in_unit(high, outcome.value[1], outcome.unit, words))
    if isinstance(outcome.value, str):
        return outcome.value
    return in_unit(number(outcome.value, card), outcome.value, outcome.unit, words)


def number(value: Any, card: Card) -> str:
    """A number with the card's decimals; points that are halves keep their half."""
    decimals = card.output.decimals
    if card.output.unit == POINTS and float(value) != int(value):
        decimals = max(decimals, 1)
    return f"{value:.{decimals}f}".replace("-", "\u2212")


def in_unit(shown: str, value: Any, unit: str | None, words: Words) -> str:
    """The shown number with its unit as a reader knows it."""
    if unit == POINTS:
        return words.plural("{shown} point", "{shown} points", int(value == 1) or 2, shown=shown)
    label = unit_label(unit, words) if unit else ""
    return f"{shown}\u00a0{label}" if label else shown


def meaning(answer: Assessment, words: Words) -> str:
    """What the band of the answer means; empty where the source names none."""
    return next((one.text[words.language] for one in answer.warnings if one.code == "meaning"), "")


def sentence(answer: Assessment, card: Card, words: Words) -> str:
    """The answer and its meaning, or why there is none and what it could still be."""
    value = value_words(answer, card, words)
    if answer.status is Status.FINAL:
        told = meaning(answer, words)
        return words("{value}: {meaning}.", value=value, meaning=told) if told else f"{value}."
    why = wording.reason(answer, words)
    if answer.outcome is None:
        return why
    return words("{why}. Possible so far: {value}.", why=why, value=value)


def working(answer: Assessment, words: Words) -> Iterator[tuple[str, str, str]]:
    """(title, expression, result) of every step."""
    outcome: Outcome | None = answer.outcome
    for step in outcome.items if outcome is not None else ():
        value, unit = step["value"], step["unit"]
        shown = f"{value:.4g}".replace("-", "\u2212") if isinstance(value, float) else str(value or "")
        result = in_unit(shown, value, unit, words) if isinstance(value, (int, float)) else shown
        expression = {"yes": words("yes"), "no": words("no")}.get(step["expression"], step["expression"])
        yield step["title"][words.language], expression, result


def note_text(answer: Assessment, card: Card, words: Words) -> str:
    """Lines to copy into a note: the answer, its inputs with their dates, the source."""
    titles = {spec.name: words.pick(spec.title) for spec in input_specs(card)}
    head = f"{words.pick(card.title)}: {sentence(answer, card, words)}"
    inputs = [f"  {titles.get(used.name, used.name)}: {_input(used, words)}" for used in answer.inputs]
    return "\n".join([head, *inputs, *(f"  {reference}" for reference in card.references)])


def _input(used: InputUsed, words: Words) -> str:
    value = used.value
    if isinstance(value, bool):
        shown = words("yes") if value else words("no")
    else:
        shown = f"{value:g}" if isinstance(value, float) else str(value)
    unit = unit_label(used.unit, words) if used.unit else ""
    dated = f"({used.date[:10]})" if used.date else ""
    return " ".join(part for part in (shown, unit, dated) if part)
