"""The middle of the Models page: figures at a glance, curves, groups, whom it is not for, and here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from medapp.assess import wording
from medapp.i18n import N_
from medapp.services import local_validity
from medapp.services.profile import TITLES
from ui.charts import curves as drawn
from ui.charts.figure_view import FigureView
from ui.charts.forest import Forest, GroupFigure
from ui.context import Context
from ui.format import EN_DASH, format_number
from ui.pages.models.approve import WHY_NOT
from ui.pages.models.attributes import Attributes
from ui.pages.models.facts import Curve, ModelFacts, main_figure, measured
from ui.pages.models.sections import CardWriter
from ui.pages.models.words import (
    STATES,
    calibration_sentence,
    curve_title,
    decision_sentence,
    figure_text,
    group_title,
    limits_text,
    metric_title,
    plain_rows,
    state_words,
)
from ui.widgets import Button, Chip, Column, Row, SectionHeader, Segmented, Text
from ui.widgets.flow import flowing
from ui.widgets.layout import height_at_width

FEW = "—"
NOT_FOR_CARE = frozenset({"teaching", "research"})
TILE = 140


class Tile(QWidget):
    """A label, a number, and what it rests on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(context, 0, 0, self)
        self.label = Text(context, "", "small", "text2", wrap=True)
        self.number = Text(context, "", "page")
        self.note = Text(context, "", "small", "text2", wrap=True)
        for text in (self.label, self.number, self.note):
            column.addWidget(text)
        column.addStretch(1)

    def show_texts(self, label: str, number: str, note: str) -> None:
        for text, shown in ((self.label, label), (self.number, number), (self.note, note)):
            text.set_plain(shown)
        self.setAccessibleName(f"{label}: {number}, {note}")


def state_chips(context: Context, facts: ModelFacts) -> Iterator[Chip]:
    """Where it comes from, for which setting it is meant, and whether anybody looked at it."""
    state, tone = STATES[facts.entry.state]
    icon = {"refused": "stop", "draft": "edit", "local": "check"}.get(facts.entry.state, "")
    yield Chip(context, state, tone, icon=icon)
    if facts.entry.card is None:
        return
    setting, reviewed = facts.card.setting, facts.card.reviewed_by
    yield Chip(context, TITLES[setting], "warn" if setting in NOT_FOR_CARE else "neutral")
    if reviewed:
        yield Chip(context, N_("Reviewed by {name}"), name=reviewed)
    else:
        yield Chip(context, N_("Not clinically reviewed"), "warn", icon="caution")


class ModelCentre(QWidget):
    """Made anew for every model and language: nothing of the last one stays."""

    approve_wanted = Signal()

    def __init__(self, context: Context, facts: ModelFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.facts = context, facts
        self.figures: list[FigureView] = []
        self.column = Column(context, (18, 14, 18, 14), 8, self)
        self._build_head()
        self._build_tiles()
        self._build_curves()
        self._attributes: Attributes | None = None
        self._wants_attributes = self._is_whole = False
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._build_rest)
        self._rest.start()

    @property
    def is_drawn(self) -> bool:
        """Whether every figure on screen is of this model."""
        return self._is_whole and all(view.is_drawn for view in self.figures if view.isVisible())

    def _build_rest(self) -> None:
        """What lies below the first screen follows when that is painted."""
        self._build_here()
        self._build_texts()
        self.column.addStretch(1)
        self._is_whole = True
        self.show_attributes(self._wants_attributes)

    def show_attributes(self, is_shown: bool) -> None:
        """The 31 attributes below the rest, where no column beside it has room for them."""
        self._wants_attributes = is_shown
        if is_shown and self._is_whole and self._attributes is None:
            self._attributes = Attributes(self.context)
            self._attributes.show_model(self.facts)
            self.column.insertWidget(self.column.count() - 1, self._attributes)
        elif self._attributes is not None:
            self._attributes.setVisible(is_shown)

    def minimumSizeHint(self) -> QSize:
        return height_at_width(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Curves and groups side by side where there is room for both."""
        super().resizeEvent(event)
        self._place_tiles()
        directions = QBoxLayout.Direction
        is_wide = self.width() >= self.context.theme.px(580)
        self._pair.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def _build_head(self) -> None:
        context, facts, words = self.context, self.facts, self.context.words
        head = Row(context, 0, 8)
        title = Text(context, "", "title", wrap=True)
        title.set_plain(words.pick(facts.card.title))
        head.addWidget(title, 1)
        self.approve = Button(context, N_("A&pprove…"), "primary", icon="check",
                              on_click=self.approve_wanted.emit)
        if not facts.is_draft:
            self.approve.hide()
        head.addWidget(self.approve, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        writer = CardWriter(context, self.column, facts)
        writer.origin()
        writer.flush()
        self.column.addWidget(flowing(context, *state_chips(context, facts)))
        writer.text(state_words(facts, words), "small", "danger" if facts.entry.why else "text2")
        why = WHY_NOT.get(facts.needs) if facts.needs is not None else None
        self.approve.setEnabled(why is None)
        if why is not None:
            self.approve.setToolTip(words(why))
            self.approve.setAccessibleDescription(words(why))
            writer.text(words(why), "small", "text2")
        writer.flush()

    def _build_tiles(self) -> None:
        """Discrimination, calibration, what the first threshold finds, outcomes here."""
        facts, words = self.facts, self.context.words
        self._grid = QGridLayout()
        self.tiles: list[Tile] = []
        main = main_figure(facts)
        if main is not None:
            part, name, value = main
            note = {"external": words("{limits} external", limits=limits_text(value)),
                    "internal": words("{limits} same source", limits=limits_text(value))}[part]
            self._tile(metric_title(name, facts, words), figure_text(value["value"]), note)
            slope = dict(measured(facts.part(part))).get("calibration_slope")
            if slope is not None:
                number = format_number(slope["value"], 2)
                self._tile(words("Calibration slope"), number, limits_text(slope))
        point = next((p for p in facts.card.operating_points if p.sensitivity and p.specificity), None)
        if point is not None and point.sensitivity and point.specificity:
            self._tile(
                words.pick(point.title),
                words("{share} found", share=wording.percent(point.sensitivity.value)),
                words("{share} of others cleared", share=wording.percent(point.specificity.value)),
            )
        if facts.tally is not None:
            self._here_tile()
        if self.tiles:
            self.column.addLayout(self._grid)
            self._place_tiles()

    def _place_tiles(self) -> None:
        """As many side by side as have room for a number and its interval."""
        px = self.context.theme.px
        across = max(1, min(len(self.tiles), self.width() // px(TILE)))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setContentsMargins(0, px(6), 0, px(4))
        for tile in self.tiles:
            self._grid.removeWidget(tile)
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, *divmod(at, across))
        for column in range(len(self.tiles)):
            self._grid.setColumnStretch(column, int(column < across))

    def _here_tile(self) -> None:
        words, tally = self.context.words, self.facts.tally
        assert tally is not None
        left = local_validity.LEAST - tally.counts.n
        ratio = tally.counts.ratio
        if ratio is None:
            note = words("{n} more for a figure", n=max(left, 1))
        else:
            value = f"{ratio.value:.2f} ({ratio.low:.2f}{EN_DASH}{ratio.high:.2f})"
            note = words("O ÷ E {value}", value=value)
        self._tile(words("Outcomes here"), str(tally.counts.n), note)

    def _tile(self, label: str, number: str, note: str) -> None:
        tile = Tile(self.context)
        tile.show_texts(label, number, note)
        self.tiles.append(tile)

    def _build_curves(self) -> None:
        context, found = self.context, self.facts.curves()
        self._pair = Row(context, 0, 18)
        left = Column(context, 0, 6)
        if found:
            titles = [curve_title(one, self.facts.card, context.words) for one in found]
            if len(found) > 1:
                self.which = Segmented(context, [(str(i), title) for i, title in enumerate(titles)], "0",
                                       name=N_("Curves of"))
                self.which.chosen.connect(lambda key: self._show_curve(found[int(key)]))
                left.addWidget(self.which)
            self.calibration, self.decision = FigureView(context), FigureView(context)
            self.titles: dict[FigureView, SectionHeader] = {}
            self.figures += [self.calibration, self.decision]
            for heading, remark, view in (
                (N_("Calibration"), N_("seen against estimated"), self.calibration),
                (N_("Net benefit"), N_("of acting by the model"), self.decision),
            ):
                header = SectionHeader(context, heading)
                header.remark.set_message(remark)
                self.titles[view] = header
                left.addWidget(header)
                left.addWidget(view)
            self._show_curve(found[0])
        self._pair.addLayout(left, 1)
        right = Column(context, 0, 6)
        self._build_groups(right)
        writer = CardWriter(context, right, self.facts)
        writer.not_for()
        writer.flush()
        right.addStretch(1)
        self._pair.addLayout(right, 1)
        self.column.addLayout(self._pair)

    def _show_curve(self, curve: Curve) -> None:
        words = self.context.words
        of = curve_title(curve, self.facts.card, words)
        titles = {p.id: words.pick(p.title) for p in self.facts.card.operating_points}
        self.calibration.show_figure(
            drawn.calibration(curve.calibration, words("Estimated: {of}", of=of),
                              words("Observed (95% interval)")),
            words("Calibration"), calibration_sentence(curve, of, words),
            (words("Estimated"), words("Observed"), words("Lower"), words("Upper"), words("n")),
            plain_rows(curve, "calibration"),
        )
        for view, rows in ((self.calibration, curve.calibration), (self.decision, curve.decision)):
            if view.parent() is not None or not rows:
                view.setVisible(bool(rows))
                self.titles[view].setVisible(bool(rows))
        self.decision.show_figure(
            drawn.decision(
                curve.decision, [(value, titles[point]) for value, point in curve.marks],
                (words("Threshold: {of}", of=of), words("Net benefit"), words("by the model"),
                 words("everybody"), words("nobody")),
            ),
            words("Net benefit"), decision_sentence(curve, of, words),
            (words("Threshold"), words("By the model"), words("Everybody")), plain_rows(curve, "decision"),
        )

    def _build_groups(self, column: Column) -> None:
        """Whom it works for: the main figure in every subgroup, with how many stand behind it."""
        context, words = self.context, self.context.words
        main = main_figure(self.facts)
        groups = self.facts.part("internal").get("subgroups") or ()
        if main is None or not groups:
            return
        name = main[1]
        rows = [self._group(group, name) for group in groups]
        values = [v for row in rows for v in (row.low, row.high, row.value) if v is not None]
        column.addWidget(SectionHeader(context, N_("Who it works for")))
        remark = Text(context, "", "small", "text2", wrap=True)
        remark.set_plain(words("{figure}, 95% interval, n", figure=metric_title(name, self.facts, words)))
        column.addWidget(remark)
        self.forest = Forest(context)
        low = min([*values, 0.5]) if name.startswith("auroc") else min([*values, 0.0])
        self.forest.show_groups(rows, (low, max([*values, 1.0])))
        said = [words("{group}: {value}, n {n}", group=r.title, value=r.text, n=r.count) for r in rows]
        self.forest.speak(words("Who it works for"), wording.listed(said, words))
        column.addWidget(self.forest)
        if any(row.value is None for row in rows):
            note = Text(context, "", "small", "text2", wrap=True)
            note.set_plain(words("— too few with or without the outcome for a figure"))
            column.addWidget(note)

    def _group(self, group: Mapping[str, Any], name: str) -> GroupFigure:
        found = (group.get("metrics") or {}).get(name)
        title = group_title(str(group["by"]), str(group["group"]), self.context.words)
        count = f"{group['n']:,}"
        if not isinstance(found, Mapping) or found.get("value") is None:
            return GroupFigure(title, None, None, None, FEW, count)
        return GroupFigure(title, found["value"], found.get("low"), found.get("high"),
                           figure_text(found["value"]), count)

    def _build_here(self) -> None:
        """What this clinic saw, and its course once there are two spans with outcomes enough."""
        tally, words = self.facts.tally, self.context.words
        writer = CardWriter(self.context, self.column, self.facts)
        writer.here()
        writer.flush()
        spans = []
        for span in tally.spans if tally is not None else ():
            ratio = span.counts.ratio
            name = span.first if span.first == span.last else f"{span.first} {EN_DASH} {span.last}"
            if ratio is not None:
                spans.append((name, ratio.value, ratio.low, ratio.high, span.counts.n))
        if tally is None or len(spans) < 2:
            return
        self.here = FigureView(self.context, 170)
        self.figures.append(self.here)
        rows = [(name, f"{r:.2f}", f"{low:.2f}", f"{high:.2f}", str(n)) for name, r, low, high, n in spans]
        self.here.show_figure(
            drawn.observed(spans, words("Observed ÷ expected, exact 95% limits"), words("as expected")),
            words("Observed ÷ expected, here"), local_validity.sentence(tally.counts, words),
            (words("Months"), words("Observed ÷ expected"), words("Lower"), words("Upper"), words("n")), rows,
        )
        self.column.addWidget(self.here)

    def _build_texts(self) -> None:
        writer = CardWriter(self.context, self.column, self.facts)
        for write in (writer.cautions, writer.metrics, writer.data):
            write()
        writer.flush()
