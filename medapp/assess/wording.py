"""How an assessment is said: the patterns of UI.md section 5, for window, report and command line alike.

Facts stay numbers in the assessment; here they become the one sentence that
everybody reads. Nothing is imperative, nothing says "the model thinks".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from medapp.assess.card import Card, OperatingPoint
from medapp.assess.inputs import InputSpec
from medapp.domain.assessment import Assessment, InputUsed, Outcome, ReasonCode, Status, ThresholdState
from medapp.domain.datatypes import LocalText
from medapp.i18n import LANGUAGES, N_, Words

MOST_NAMED: Final = 3
MOST_TITLES: Final = 6
"""Inputs named in one line, and in a sentence; the others are counted."""

MARKS: Final[Mapping[str, str]] = {"above": "●", "crosses": "◆", "below": "■"}
"""The sign of a position against the threshold; never shown without its words."""

_WORDS: Final = (
    (10, N_("Very unlikely")),
    (30, N_("Unlikely")),
    (60, N_("Possible")),
    (80, N_("Likely")),
    (101, N_("Very likely")),
)
_RELATIONS: Final[Mapping[str, str]] = {
    "above": N_("Whole interval is above the threshold to {purpose}"),
    "crosses": N_("Interval crosses the threshold to {purpose}"),
    "below": N_("Whole interval is below the threshold to {purpose}"),
}


def in_both(message: str, **fields: object) -> dict[str, str]:
    """One sentence in every language; two-language fields are picked by language."""
    texts = {}
    for language in LANGUAGES:
        words = Words(language)
        picked = {k: words.pick(v) if isinstance(v, LocalText) else v for k, v in fields.items()}
        texts[language] = words(message, **picked)
    return texts


def listed(texts: Sequence[str], words: Words) -> str:
    """Items of a list with the language's comma between them."""
    return ("、" if words.language == "zh_CN" else ", ").join(texts)


def named(names: Sequence[str], words: Words, most: int = MOST_NAMED) -> str:
    """The first of many titles inside a sentence, the rest by count: thirty names are not read."""
    if words.language == "en":
        names = [_inline(name) for name in names]
    if len(names) <= most + 1:
        return listed(names, words)
    return words("{inputs} and {n} more", inputs=listed(names[:most], words), n=len(names) - most)


def titles(names: Sequence[LocalText], most: int = MOST_TITLES) -> LocalText:
    """Several titles as one two-language text, lower-cased as inside an English sentence."""
    english = named([name.en for name in names], Words("en"), most)
    return LocalText(english, named([name.zh_CN for name in names], Words("zh_CN"), most))


def _inline(title: str) -> str:
    """`Age` becomes `age`; `BMI` and `HbA1c` stay."""
    is_word = (
        len(title) > 1 and title[1:2].islower() and not any(c.isupper() or c.isdigit() for c in title[1:])
    )
    return title[0].lower() + title[1:] if is_word else title


def whole_percent(probability: float) -> int:
    """The percentage as it is shown, halves up."""
    return math.floor(probability * 100.0 + 0.5)


def percent(probability: float) -> str:
    """`34%`, `<1%` or `>99%`: finer would be false precision."""
    return f"{_bare_percent(probability)}%"


def _bare_percent(probability: float) -> str:
    if probability < 0.01:
        return "<1"
    return ">99" if probability > 0.99 else str(whole_percent(probability))


def word(probability: float, words: Words) -> str:
    """One of five terms; for a present diagnosis only, and never without the number."""
    shown = whole_percent(probability)
    return words(next(term for limit, term in _WORDS if shown < limit))


def word_of(assessment: Assessment, card: Card, words: Words) -> str | None:
    """The term for what is shown large; None for a prognosis, a quantity or no number.

    Beside a class it is that class's: "Suspect, very likely" whatever the lead class has.
    """
    probability, outcome = lead_probability(assessment, card), assessment.outcome
    if probability is None or outcome is None or card.is_prognosis:
        return None
    called = outcome.probabilities.get(str(outcome.value)) if outcome.type == "class" else None
    return word(probability if called is None else called, words)


def lead_probability(assessment: Assessment, card: Card) -> float | None:
    """Probability of the card's lead class, when there is one."""
    outcome = assessment.outcome
    if outcome is None or assessment.status is not Status.FINAL or card.output.lead_class is None:
        return None
    return outcome.probabilities.get(card.output.lead_class)


def number(assessment: Assessment, card: Card, words: Words) -> str:
    """The outcome as it is shown large: `34%`, a class, `5.4 mmol/L`, or a dash."""
    outcome = assessment.outcome
    if outcome is None or assessment.status is not Status.FINAL:
        return "—"
    if outcome.type == "class":
        return class_title(str(outcome.value), card, words)
    probability = lead_probability(assessment, card)
    return percent(probability) if probability is not None else _quantity(outcome.value, outcome, card)


def class_title(class_id: str, card: Card, words: Words) -> str:
    """The title of an outcome class."""
    return next((words.pick(c.title) for c in card.output.classes if c.id == class_id), class_id)


def other_shares(assessment: Assessment, card: Card, words: Words) -> str:
    """`Suspect 61%  ·  Normal 30%`: every class but the lead one, the most probable first."""
    found = assessment.outcome.probabilities if assessment.outcome is not None else {}
    others = sorted((i for i in found.items() if i[0] != card.output.lead_class), key=lambda i: -i[1])
    return "  ·  ".join(f"{class_title(name, card, words)} {percent(share)}" for name, share in others)


def _quantity(value: object, outcome: Outcome, card: Card) -> str:
    if not isinstance(value, (int, float)):
        return "—" if value is None else str(value)
    text = f"{value:.{card.output.decimals}f}".replace("-", "\u2212")
    return f"{text}\u00a0{outcome.unit}" if outcome.unit else text


def sentence(assessment: Assessment, card: Card, words: Words) -> str:
    """The answer as a natural frequency with both sides, or why there is none."""
    probability = lead_probability(assessment, card)
    if assessment.status is not Status.FINAL or assessment.outcome is None:
        return reason(assessment, words)
    if probability is None or card.output.have is None:
        outcome = assessment.outcome
        return words("Estimate: {value}.", value=_quantity(outcome.value, outcome, card))
    have = words.pick(card.output.have)
    if probability < 0.01:
        return words("Of 100 patients like this one, fewer than 1 {have} and more than 99 do not.", have=have)
    if probability > 0.99:
        return words("Of 100 patients like this one, more than 99 {have} and fewer than 1 do not.", have=have)
    shown = whole_percent(probability)
    return words(
        "Of 100 patients like this one, about {n} {have} and {rest} do not.",
        n=shown,
        have=have,
        rest=100 - shown,
    )


def interval(assessment: Assessment, card: Card, words: Words) -> str | None:
    """`80% interval 24–46%`, or in the outcome's unit; beside a class the lead class is named."""
    outcome = assessment.outcome
    if outcome is None or outcome.interval is None:
        return None
    limits, level = outcome.interval, whole_percent(outcome.interval.level)
    if outcome.type == "quantity":
        low = f"{limits.low:.{card.output.decimals}f}".replace("-", "\u2212")
        high = _quantity(limits.high, outcome, card)
        return words("{level}% interval {low} to {high}", level=level, low=low, high=high)
    low, high = _bare_percent(limits.low), _bare_percent(limits.high)
    probability = lead_probability(assessment, card)
    if outcome.type == "class" and probability is not None:
        name = class_title(str(card.output.lead_class), card, words)
        return words(
            "{name} {value}, {level}% interval {low}–{high}%",
            name=name, value=percent(probability), level=level, low=low, high=high,
        )
    return words("{level}% interval {low}–{high}%", level=level, low=low, high=high)


def threshold(state: ThresholdState, card: Card, words: Words) -> str:
    """Where the whole interval lies against an operating point, in words."""
    point = next((p for p in card.operating_points if p.id == state.id), None)
    purpose = "" if point is None else words.pick(point.purpose)
    return words(_RELATIONS[state.relation], purpose=purpose)


def threshold_short(state: ThresholdState, point: OperatingPoint, card: Card, words: Words) -> str:
    """`above 20% threshold`, for a row of a list; `Suspect / Pathologic above 27%` of classes together."""
    value = percent(point.value) if card.output.classes else f"{point.value:.{card.output.decimals}f}"
    if point.classes:
        of = " / ".join(class_title(name, card, words) for name in point.classes)
        together = {
            "above": words("{classes} above {value}", classes=of, value=value),
            "crosses": words("{classes} crosses {value}", classes=of, value=value),
            "below": words("{classes} below {value}", classes=of, value=value),
        }
        return together[state.relation]
    messages = {
        "above": words("above the {value} threshold", value=value),
        "crosses": words("crosses {value}", value=value),
        "below": words("below the {value} threshold", value=value),
    }
    return messages[state.relation]


def similar(assessment: Assessment, words: Words) -> str | None:
    """`In validation, 23 of the 64 with the nearest estimate had it.`"""
    found = assessment.similar
    if found is None:
        return None
    return words(
        "In validation, {events} of the {n} with the nearest estimate had it.", events=found.events, n=found.n
    )


def next_steps(card: Card, words: Words) -> str:
    """At least two, never imperative: `Next: consider A, or B`."""
    steps = [words.pick(step) for step in card.next_steps]
    if len(steps) < 2:
        return ""
    return words("Next: consider {steps}, or {last}", steps=listed(steps[:-1], words), last=steps[-1])


def reason(assessment: Assessment, words: Words) -> str:
    """Why there is no number, as it was stored."""
    if assessment.reason is None:
        return ""
    return assessment.reason.text.get(words.language) or assessment.reason.text.get("en", "")


def reason_short(assessment: Assessment, specs: Mapping[str, InputSpec], words: Words) -> str:
    """The reason as one line of a list: `Missing SpO₂, respiratory rate`; of many the first are named."""
    found = assessment.reason
    if found is None:
        return ""
    inputs = named([words.pick(specs[n].title) if n in specs else n for n in found.inputs], words)
    short = {
        ReasonCode.MISSING_INPUT: words("Missing {inputs}", inputs=inputs),
        ReasonCode.OUT_OF_POPULATION: words("Out of scope: {inputs}", inputs=inputs),
        ReasonCode.IMPOSSIBLE_VALUE: words("Impossible value: {inputs}", inputs=inputs),
        ReasonCode.UNIT: words("Unit not convertible: {inputs}", inputs=inputs),
        ReasonCode.OFF: words("Models off"),
    }
    return short.get(found.code) or reason(assessment, words)


def value_text(used: InputUsed, spec: InputSpec | None, words: Words) -> str:
    """An input's value as read: `31.2`, `yes`, a choice's title, completed years, or a dash."""
    value = used.value
    if value is None:
        return "—"
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, str):
        choices = spec.choices if spec else ()
        return next((words.pick(c.title) for c in choices if c.id == value), value)
    if isinstance(value, list):
        return "–".join(str(v) for v in value)
    if used.name == "age":
        return str(math.floor(value))
    return f"{value:.{spec.decimals if spec else 1}f}".replace("-", "\u2212")


def group(assessment: Assessment) -> str:
    """review (above or crossing a threshold), below, or not_calculated: the lists of the Assess page."""
    if assessment.status is not Status.FINAL:
        return "not_calculated"
    relations = {state.relation for state in assessment.thresholds}
    return "review" if relations & {"above", "crosses"} else "below"
