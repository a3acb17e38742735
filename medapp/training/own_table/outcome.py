"""What is to be predicted: classes with a lead class, or a quantity."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from medapp.i18n import N_
from medapp.training.own_table import spelling
from medapp.training.own_table.columns import Column
from medapp.training.own_table.errors import (
    OptionUnreadable,
    TargetEmpty,
    TargetOneClass,
    TargetUnfit,
    TooFewEvents,
    TooFewRows,
)
from medapp.training.own_table.findings import CLEANED, POINTED_OUT, Finding, named
from medapp.training.own_table.read import FEWEST_ROWS
from medapp.training.types import FloatArray, IntArray

FEWEST_OF_CLASS: Final = 10
MOST_CLASSES: Final = 10
FEW_EVENTS: Final = 50
_CASE_WORDS: Final = (
    "case",
    "disease",
    "cancer",
    "tumour",
    "tumor",
    "malignant",
    "dead",
    "died",
    "death",
    "患",
    "病",
    "亡",
    "癌",
)
_SOUND_WORDS: Final = (
    "no",
    "not",
    "non",
    "healthy",
    "control",
    "normal",
    "benign",
    "alive",
    "无",
    "非",
    "正常",
    "健康",
    "对照",
)


@dataclass(frozen=True, slots=True)
class OutcomeClass:
    """One class: its id in documents, its canonical label, and how the table mostly writes it."""

    id: str
    label: str
    written: str
    rows: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The target: `classes` (the lead class first) with the class number of each row, or values.

    `y` [n] is the class number, -1 where the row has no usable answer; of a quantity
    `values` [n] with NaN there.
    """

    column: Column
    classes: tuple[OutcomeClass, ...]
    y: IntArray
    values: FloatArray

    @property
    def is_quantity(self) -> bool:
        return not self.classes

    @property
    def known(self) -> IntArray:
        """The rows with an answer."""
        return np.flatnonzero(np.isfinite(self.values) if self.is_quantity else self.y >= 0)


def outcome_of(column: Column, lead: str | None, findings: list[Finding]) -> Outcome:
    """Understand the target column; small classes are set aside and told.

    Raises TargetEmpty, TargetOneClass, TargetUnfit, TooFewEvents, TooFewRows, OptionUnreadable.
    """
    if column.kind == "empty":
        raise TargetEmpty(column=column.name)
    labels = [_label(column, cell) for cell in column.cells]
    counts = Counter(label for label in labels if label)
    if not counts:
        raise TargetEmpty(column=column.name)
    if len(counts) == 1:
        raise TargetOneClass(column=column.name)
    if column.kind == "number" or (column.kind == "integer" and len(counts) > MOST_CLASSES):
        return _quantity(column)
    if column.kind not in ("boolean", "choice", "integer"):
        raise TargetUnfit(column=column.name)
    return _classes(column, labels, counts, lead, findings)


def _label(column: Column, text: str) -> str:
    value = column.value(text)
    return f"{float(value):g}" if value and column.kind == "integer" else value


def _quantity(column: Column) -> Outcome:
    values = column.numbers()
    known = int(np.isfinite(values).sum())
    if known < 3 * FEWEST_ROWS:
        raise TooFewRows(count=known, needed=3 * FEWEST_ROWS, column=column.name)
    return Outcome(column, (), np.full(len(values), -1, dtype=np.int64), values)


def _classes(
    column: Column, labels: list[str], counts: Counter[str], lead: str | None, findings: list[Finding]
) -> Outcome:
    kept = {label: n for label, n in counts.items() if n >= FEWEST_OF_CLASS}
    small = {label: n for label, n in counts.items() if label not in kept}
    if len(kept) < 2:
        label, count = min(counts.items(), key=lambda item: item[1])
        raise TooFewEvents(column=column.name, label=label, count=count, needed=FEWEST_OF_CLASS)
    for label, n in small.items():
        findings.append(
            Finding(
                "class_too_small",
                N_("{count} rows with the answer {label} were set aside: at least {needed} are needed."),
                CLEANED,
                (column.name,),
                {"count": n, "label": label, "needed": FEWEST_OF_CLASS},
            )
        )
    first = _lead(column, kept, lead, findings)
    order = [first, *sorted((label for label in kept if label != first), key=_place)]
    ids = _ids(column, order)
    classes = tuple(
        OutcomeClass(i, label, _mostly(column, label), kept[label])
        for i, label in zip(ids, order, strict=True)
    )
    places = {label: place for place, label in enumerate(order)}
    y = np.array([places.get(label, -1) for label in labels], dtype=np.int64)
    rarest = min(classes, key=lambda c: c.rows)
    if rarest.rows < FEW_EVENTS:
        findings.append(
            Finding(
                "few_events",
                N_(
                    "Only {count} rows have the answer {label}: every figure is uncertain, see the intervals."
                ),
                POINTED_OUT,
                (column.name,),
                {"count": rarest.rows, "label": rarest.written},
            )
        )
    return Outcome(column, classes, y, np.full(len(y), np.nan))


def _mostly(column: Column, label: str) -> str:
    """How the table mostly writes an answer: Positive, 是 or 1 for yes."""
    texts = [text for text in column.counts if _label(column, text) == label]
    return " ".join(max(texts, key=lambda text: column.counts[text]).split())


def _place(label: str) -> tuple[float, str]:
    value = spelling.number(label)
    return (value if value is not None else 0.0, label)


def _ids(column: Column, labels: list[str]) -> list[str]:
    """Ids that file names and columns can carry; what has no Latin letters is numbered."""
    ids: list[str] = []
    for place, label in enumerate(labels):
        plain = spelling.fold(label).replace("<", "below ").replace(">", "above ")
        slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
        name = slug if slug and not slug[0].isdigit() else f"class_{slug or place + 1}"
        ids.append(name if name not in ids else f"{name}_{place + 1}")
    return ids


def _lead(column: Column, kept: dict[str, int], lead: str | None, findings: list[Finding]) -> str:
    """The class whose probability is shown: the one asked for, the plain yes, else told as a guess."""
    if lead is not None:
        wanted = spelling.fold(lead)
        found = next(
            (label for label in kept if wanted in (spelling.fold(label), _written(column, label))), None
        )
        if found is None:
            raise OptionUnreadable(option="--lead", given=lead, columns=named(list(kept)))
        return found
    if "yes" in kept and column.kind == "boolean":
        return "yes"
    meant = _meant(list(kept))
    chosen = meant or min(kept, key=lambda label: (kept[label], label))
    if meant is None:
        findings.append(
            Finding(
                "lead_class_assumed",
                N_(
                    "What the answers {labels} of {column} mean cannot be known from the table; {lead} "
                    "is taken as the one "
                    "to be predicted. --lead says another."
                ),
                POINTED_OUT,
                (column.name,),
                {"labels": named(list(kept)), "column": column.name, "lead": chosen},
            )
        )
    return chosen


def _written(column: Column, label: str) -> str:
    """How the table itself writes a yes or a no, folded."""
    return next((spelling.fold(t) for t in column.counts if _label(column, t) == label), label)


def _meant(labels: list[str]) -> str | None:
    """Of two words the one that names the case, when one of them says so or denies the other."""
    if len(labels) != 2:
        return None
    one, other = (spelling.fold(label) for label in labels)
    for denied, kept in ((one, labels[1]), (other, labels[0])):
        plain = spelling.fold(kept)
        if plain in denied and denied.replace(plain, "", 1).strip(" _-") in _SOUND_WORDS:
            return kept
    cases = [label for label in labels if any(word in spelling.fold(label) for word in _CASE_WORDS)]
    sound = [label for label in labels if _says_sound(spelling.fold(label))]
    if len(cases) == 1 and cases != sound:
        return cases[0]
    return next((label for label in labels if [label] != sound), None) if len(sound) == 1 else None


def _says_sound(label: str) -> bool:
    parts = re.split(r"[^\w]+|_", label)
    return any(word in parts or (not word.isascii() and word in label) for word in _SOUND_WORDS)
