"""The model card, one click away: for whom, not for whom, how well, and all 31 attributes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from medapp.assess import wording
from medapp.assess.attributes import ATTRIBUTES, FILLED_BY_PROGRAM
from medapp.assess.card import Card as ModelCard
from medapp.i18n import N_
from ui.context import Context
from ui.format import EN_DASH, format_number
from ui.pages.patient_scroll import put, scrolled
from ui.widgets import Card, Chip, Column, IconButton, Line, Text

GROUPS = {
    "details": N_("Details and output"), "purpose": N_("Purpose"), "cautions": N_("Cautions"),
    "development": N_("Development"), "fairness": N_("Fairness"),
    "external_validation": N_("External validation"), "performance": N_("Performance"),
    "maintenance": N_("Maintenance"), "updates": N_("Updates"),
}
METRICS = {
    "auroc": N_("AUROC, discrimination"), "auprc": N_("AUPRC, average precision"),
    "brier": N_("Brier score"), "calibration_slope": N_("Calibration slope"),
    "calibration_intercept": N_("Calibration intercept"), "recall": N_("Sensitivity"),
    "specificity": N_("Specificity"), "precision": N_("Precision"), "f1": N_("F1"),
    "accuracy": N_("Accuracy"), "net_benefit": N_("Net benefit"),
}


def read_metrics(folder: Path | None) -> Mapping[str, Any]:
    """The folder's metrics.json; empty when it has none."""
    if folder is None or not (folder / "metrics.json").is_file():
        return {}
    found: Mapping[str, Any] = json.loads((folder / "metrics.json").read_text("utf-8"))
    return found


def measured(metrics: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, float]]]:
    """(part, name, {value, low, high}) of every metric with an interval; part is internal or external."""
    parts = {key: metrics[key] for key in ("external", "internal") if isinstance(metrics.get(key), Mapping)}
    for part, body in (parts or {"internal": metrics}).items():
        values = body.get("metrics", {})
        for name in METRICS:
            found = values.get(name)
            if isinstance(found, Mapping) and found.get("value") is not None:
                yield part, name, found


class ModelCardPanel(Card):
    """A right panel; Esc and the cross close it."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Model card"), icon="model", tone="model", padding=14, gap=6,
                         parent=parent)
        self.context = context
        self.filled = Chip(context, "", "ok", icon="check")
        self.close_button = IconButton(context, "close", N_("Close"), on_click=self.closed.emit)
        if self.header is not None:
            self.header.add(self.filled)
            self.header.add(self.close_button)
        self.area = scrolled(QWidget())
        self.body.addWidget(self.area, 1)
        self._shown: tuple[ModelCard, Mapping[str, Any]] | None = None
        context.language_changed.connect(self._render)
        context.theme_changed.connect(self._render)

    def show_card(self, card: ModelCard, metrics: Mapping[str, Any]) -> None:
        self._shown = (card, metrics)
        self._render()

    def focus_first(self) -> None:
        self.close_button.setFocus()

    def _render(self) -> None:
        if self._shown is None:
            return
        card, metrics = self._shown
        page = QWidget()
        self._column = Column(self.context, (0, 0, 6, 0), 4, page)
        self._write_identity(card)
        self._write_purpose(card)
        self._write_metrics(card, metrics)
        self._write_data(card)
        filled = self._write_attributes(card)
        self._column.addStretch(1)
        self.filled.set_message(N_("{n} of {total} filled"), n=filled, total=len(ATTRIBUTES))
        is_whole = filled == len(ATTRIBUTES)
        self.filled.set_tone("ok" if is_whole else "warn", "check" if is_whole else "caution")
        put(self.area, page)

    def _text(self, text: str, role: str = "body", tone: str = "text") -> Text:
        label = Text(self.context, "", role, tone, wrap=True)
        label.set_plain(text)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column.addWidget(label)
        return label

    def _section(self, title: str) -> None:
        self._column.addWidget(Line())
        self._text(title, "strong")

    def _write_identity(self, card: ModelCard) -> None:
        words = self.context.words
        self._text(words.pick(card.title), "section")
        self._text(f"{card.id} · {card.version} · {card.algorithm}", "small", "text2")
        if card.reviewed_by:
            self._text(words("Reviewed by {name}", name=card.reviewed_by), "small", "text2")
        else:
            self._text(words("Not clinically reviewed"), "small", "warn")
        self._text(words.pick(card.summary))

    def _write_purpose(self, card: ModelCard) -> None:
        words = self.context.words
        for title, text in (
            (words("Intended use"), card.intended_use), (words("Patients"), card.population),
            (words("Users"), card.users),
        ):
            self._section(title)
            self._text(words.pick(text))
        for title, texts, tone in (
            (words("Not for"), (*card.out_of_scope, *(e.title for e in card.exclusions)), "text"),
            (words("Cautions"), card.cautions, "text"),
        ):
            if texts:
                self._section(title)
                for text in texts:
                    self._text(f"• {words.pick(text)}", "body", tone)

    def _write_metrics(self, card: ModelCard, metrics: Mapping[str, Any]) -> None:
        words = self.context.words
        rows = list(measured(metrics))
        if not rows:
            return
        parts = {"external": words("On outside data"), "internal": words("On data from the same source")}
        for part in dict.fromkeys(row[0] for row in rows):
            self._section(parts[part])
            self._text(words("value and 95% interval"), "small", "text2")
            grid = QGridLayout()
            grid.setColumnStretch(0, 1)
            for line, (_, name, value) in enumerate(r for r in rows if r[0] == part):
                self._metric(grid, line, words(METRICS[name]), value)
            self._column.addLayout(grid)
        for point in card.operating_points:
            if point.sensitivity and point.specificity:
                self._text(words(
                    "{title}: finds {found} of those who have it, clears {cleared} of those who do not.",
                    title=words.pick(point.title), found=wording.percent(point.sensitivity.value),
                    cleared=wording.percent(point.specificity.value),
                ), "small", "text2")

    def _metric(self, grid: QGridLayout, line: int, title: str, value: Mapping[str, float]) -> None:
        cells = (
            (title, "body", "text"), (format_number(value["value"], 3), "strong", "text"),
            (f"{format_number(value.get('low'), 3)}{EN_DASH}{format_number(value.get('high'), 3)}", "small",
             "text2"),
        )
        for column, (text, role, tone) in enumerate(cells):
            label = Text(self.context, "", role, tone, elide=column == 0)
            label.set_plain(text)
            grid.addWidget(label, line, column)

    def _write_data(self, card: ModelCard) -> None:
        words = self.context.words
        lines = [str(card.data[key]) for key in ("citation", "licence", "dates") if card.data.get(key)]
        if card.data.get("n"):
            lines.append(words("{n} people, {events} with the outcome", n=card.data["n"],
                               events=card.data.get("events", EN_DASH)))
        lines.extend(card.references)
        if lines:
            self._section(words("Data and sources"))
            for line in lines:
                self._text(line, "small", "text2")

    def _write_attributes(self, card: ModelCard) -> int:
        """All 31, none blank: what is absent says so."""
        words, filled, group = self.context.words, 0, ""
        for number, (key, meaning) in enumerate(ATTRIBUTES.items(), start=1):
            head = key.partition(".")[0]
            if head != group:
                group = head
                self._section(words(GROUPS.get(head, head)))
            text = card.attributes.get(key)
            value = words.pick(text) if text is not None else ""
            by_program = key in FILLED_BY_PROGRAM
            filled += bool(value) or by_program
            self._text(f"{number}  {words(meaning)}", "small", "text2")
            if value:
                self._text(value)
            elif by_program:
                self._text(words("Computed here once 30 outcomes are confirmed"))
            else:
                self._text(words("Not stated"), "body", "warn")
        return filled



