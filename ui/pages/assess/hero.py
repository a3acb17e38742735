"""The middle of the Assess page: what, how sure, why — or, with the same rank, why not."""

from __future__ import annotations

import html
import math
import re

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from medapp.assess import wording
from medapp.assess.card import Card as ModelCard
from medapp.domain.assessment import Status, ThresholdState
from medapp.i18n import N_, Words
from medapp.services import local_validity
from medapp.services.profile import MEANINGS, TITLES
from ui.charts.dots import DotArray
from ui.charts.painted import RELATION_COLOURS
from ui.charts.scale import ThresholdScale
from ui.charts.waterfall import Waterfall
from ui.context import Context
from ui.format import format_date
from ui.pages.assess.nearest import NearestGroups
from ui.pages.assess.reading import Shown
from ui.pages.assess.rows import main_threshold, scale_state
from ui.pages.assess.words import dots_sentence, missing_titles, nearest_rows, waterfall
from ui.widgets import Button, Chip, Column, LinkButton, Row, SectionHeader, Strip, Text
from ui.widgets.flow import flowing
from ui.widgets.layout import height_at_width

FULL, SHORT, MANY, FEWEST = 8, 5, 6, 4  # rows; MANY: with several classes, whose answer is taller
NOT_FOR_CARE = frozenset({"teaching", "research"})
WIDE, LOW = (18, 13, 18, 6), (18, 10, 18, 4)
POINTS = N_("percentage points · association, not cause")
PATH = N_("percentage points along the tree’s path · association, not cause")
UNTYPICAL = 0.05
"""Below this share of training patients that are less typical, the data fit is called unusual."""


def with_bold_numbers(sentence: str, outcome: str = "") -> str:
    """The sentence as rich text: both counts bold, looser lines as the mock-up has them.

    Numbers inside the words of the `outcome` are no counts: die within 90 days.
    """
    parts = sentence.split(outcome) if outcome else [sentence]
    bold = (re.sub(r"(?<!\d)(?!100\b)(\d+)", r"<b>\1</b>", html.escape(part)) for part in parts)
    text = html.escape(outcome).join(bold)
    return f'<div style="line-height: 130%">{text}</div>'


def _finding(state: ThresholdState, card: ModelCard, words: Words) -> str:
    """`● Whole interval is above the threshold to offer a laboratory test`."""
    return f"{wording.MARKS[state.relation]} {wording.threshold(state, card, words)}"


class Hero(QWidget):
    """Title and scope, number, sentence, dots, scale, waterfall; or the reason there is no number."""

    card_wanted = Signal()
    history_wanted = Signal()
    input_wanted = Signal()
    record_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._shown: Shown | None = None
        self._most, self._room = FULL, 0
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self._fit)
        self._column = column = Column(context, WIDE, 4, self)
        self._build_head(column)
        self._build_number(column)
        self._build_reason(column)
        self._build_why(column)
        column.addStretch(1)

    def _build_head(self, column: Column) -> None:
        context = self.context
        self.what_if = Strip(context, "", "model", icon="edit", action=N_("Back to the record"),
                             on_action=self.record_wanted.emit)
        self.earlier = Strip(context, "", "model", icon="clock", action=N_("Back to the record"),
                             on_action=self.record_wanted.emit)
        for strip in (self.what_if, self.earlier):
            strip.hide()
            column.addWidget(strip)
        self._head = head = Row(context, 0, 8)
        buttons = Row(context, 0, 8)
        self.title = Text(context, "", "title", wrap=True)
        self.history_button = Chip(context, N_("Earlier"), "neutral", icon="clock",
                                   on_click=self.history_wanted.emit)
        self.card_button = Chip(context, N_("Model card"), "model", icon="model",
                                on_click=self.card_wanted.emit)
        head.addWidget(self.title, 1)
        for button in (self.history_button, self.card_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        buttons.addStretch(0)
        head.addLayout(buttons)
        column.addLayout(head)
        self.setting, self.scope, self.fit, self.review, self.checked = (Chip(context) for _ in range(5))
        self.chips = flowing(context, self.setting, self.scope, self.fit, self.checked, self.review, gap=5)
        column.addWidget(self.chips)

    def _build_number(self, column: Column) -> None:
        context = self.context
        self.answer = QWidget()
        inner = Column(context, 0, 4, self.answer)
        self._answer_row = row = Row(context, (0, 4, 0, 0), 16)
        left = Column(context, 0, 4)
        self._number_row = line = Row(context, 0, 14)
        self.number = Text(context, "", "hero")
        beside = Column(context, 0, 0)
        self.word = Text(context, "", "section")
        self.interval = Text(context, "", "body", "text2", wrap=True)
        beside.addStretch(1)
        beside.addWidget(self.word)
        beside.addWidget(self.interval)
        beside.addStretch(1)
        line.addWidget(self.number)
        line.addLayout(beside, 1)
        left.addLayout(line)
        self.sentence = Text(context, "", "body", wrap=True)
        self.sentence.setTextFormat(Qt.TextFormat.RichText)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        left.addWidget(self.sentence)
        left.addStretch(1)
        row.addLayout(left, 1)
        self.dots = DotArray(context)
        self.dots.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.dots, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(row)
        self.scale = ThresholdScale(context)
        inner.addWidget(self.scale)
        column.addWidget(self.answer)

    def _build_reason(self, column: Column) -> None:
        """Not calculated: dash in place of the number, the reason in place of the sentence."""
        context = self.context
        self.refusal = QWidget()
        inner = Column(context, (0, 8, 0, 8), 8, self.refusal)
        line = Row(context, 0, 14)
        self.dash = Text(context, "", "hero", "text2")
        self.dash.set_plain("—")
        self.reason = Text(context, "", "lead", wrap=True)
        line.addWidget(self.dash)
        line.addWidget(self.reason, 1)
        inner.addLayout(line)
        self.missing = Text(context, "", "body", "text2", wrap=True)
        inner.addWidget(self.missing)
        self.nearest = NearestGroups(context)
        inner.addWidget(self.nearest)
        buttons = Row(context, (0, 8, 0, 0), 8)
        self.enter = Button(context, N_("Enter what is missing"), "primary", icon="edit",
                            on_click=self.input_wanted.emit)
        buttons.addWidget(self.enter)
        buttons.addStretch(1)
        inner.addLayout(buttons)
        column.addWidget(self.refusal)

    def _build_why(self, column: Column) -> None:
        context = self.context
        self.why = QWidget()
        inner = Column(context, (0, 4, 0, 0), 4, self.why)
        self.moved = head = SectionHeader(context, N_("What moved the estimate"))
        self.try_values = LinkButton(context, N_("What if…"), small=True, on_click=self.input_wanted.emit)
        head.add(self.try_values)
        inner.addWidget(head)
        self.moves = Waterfall(context)
        inner.addWidget(self.moves)
        column.addWidget(self.why)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room beside the number the dots stand under it."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._refit.start()
        is_wide = self.width() >= self.context.theme.px(560)
        directions = QBoxLayout.Direction
        has_room = self.width() >= self.context.theme.px(440)
        self._head.setDirection(directions.LeftToRight if has_room else directions.TopToBottom)
        self._answer_row.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        """As tall as the text needs at this width; Qt would reckon with the narrowest."""
        return height_at_width(self)

    def set_short(self, is_short: bool) -> None:
        """Short windows show five contributions and sum the rest."""
        most = SHORT if is_short else FULL
        self._column.set_measures(LOW if is_short else WIDE, 4)
        self.moves.set_short(is_short)
        if most != self._most:
            self._most = most
            self._show_moves()

    def set_room(self, height: int) -> None:
        """The height that is seen without scrolling: small contributions are summed to keep within it."""
        if height != self._room:
            self._room = height
            self._refit.start()

    def show_answer(self, shown: Shown, recorded: Shown | None = None, *, is_earlier: bool = False) -> None:
        """One assessment; beside `recorded` it is a what-if or an earlier answer, clearly marked."""
        self._shown = shown
        words = self.context.words
        self.title.set_plain(words.pick(shown.card.title))
        self._show_chips(shown, recorded or shown)
        self.what_if.setVisible(recorded is not None and not is_earlier)
        self.earlier.setVisible(is_earlier)
        if is_earlier:
            self._say_earlier(shown)
        elif recorded is not None:
            number = wording.number(recorded.assessment, recorded.card, words)
            self.what_if.label.set_message(
                N_("What if — not saved. From the record: {number}"), number=number
            )
        self.answer.setVisible(shown.is_final)
        self.refusal.setVisible(not shown.is_final)
        if shown.is_final:
            self._show_number(shown)
        else:
            self._show_reason(shown)
        self._show_moves()

    def _say_earlier(self, shown: Shown) -> None:
        """When and by which version it was given; the words around it are those of the card installed."""
        given, installed = shown.assessment.assessor.version, shown.card.version

        def say() -> str:
            words = self.context.words
            when = format_date(shown.assessment.at, words, time=True)
            if given == installed:
                return words("As given on {when} by version {version}", when=when, version=given)
            return words(
                "As given on {when} by version {version}; the words around it are those of {installed}.",
                when=when, version=given, installed=installed,
            )

        self.earlier.label.set_dynamic(say)

    def _show_chips(self, shown: Shown, recorded: Shown) -> None:
        words, assessment = self.context.words, shown.assessment
        setting = shown.card.setting
        self.setting.set_message(TITLES[setting])
        self.setting.setVisible(setting != "clinic")  # of a clinic's own setting there is nothing to say
        self._dress(self.setting, "warn" if setting in NOT_FOR_CARE else "neutral", "")
        self.setting.setToolTip(words(MEANINGS[setting]))
        scope = {
            Status.FINAL: (N_("In scope"), "ok", "check"),
            Status.OUT_OF_SCOPE: (N_("Out of scope"), "warn", "no-entry"),
            Status.INSUFFICIENT_DATA: (N_("Data missing"), "warn", "info"),
            Status.REFUSED: (N_("Refused"), "danger", "stop"),
        }
        message, tone, icon = scope[assessment.status]
        self.scope.set_message(message)
        self._dress(self.scope, tone, icon)
        typical = assessment.typicality
        self.fit.setVisible(typical is not None)
        if typical is not None:
            unusual = typical < UNTYPICAL
            self.fit.set_message(N_("Data fit: unusual") if unusual else N_("Data fit: typical"))
            self._dress(self.fit, "warn" if unusual else "neutral", "caution" if unusual else "")
            self.fit.setToolTip(
                words("{share}% of the patients it was built on are less typical than this one.",
                      share=wording.whole_percent(typical))
            )
        reviewed = shown.card.reviewed_by
        self.review.set_message(N_("Reviewed by {name}") if reviewed else N_("Not clinically reviewed"),
                                name=reviewed)
        self._dress(self.review, "neutral" if reviewed else "warn", "" if reviewed else "caution")
        self._show_checked(recorded)

    def _show_checked(self, recorded: Shown) -> None:
        """How many outcomes of this clinic stand behind the installed version, and what they say."""
        tally = recorded.tally
        self.checked.setVisible(tally is not None)
        if tally is None:
            return
        n, words = tally.counts.n, self.context.words
        self.checked.set_dynamic(lambda: self.context.words.plural(
            "Checked here: {count} outcome", "Checked here: {count} outcomes", n
        ))
        is_off = tally.counts.verdict in ("fewer", "more")
        self._dress(self.checked, "warn" if is_off else "neutral", "caution" if is_off else "")
        said = local_validity.sentence(tally.counts, words)
        self.checked.setToolTip(said)
        self.checked.setAccessibleDescription(said)

    def _dress(self, chip: Chip, tone: str, icon: str) -> None:
        if not icon:
            chip.setIcon(QIcon())
        chip.set_tone(tone, icon)

    def _show_number(self, shown: Shown) -> None:
        words, assessment, card = self.context.words, shown.assessment, shown.card
        self.number.set_plain(wording.number(assessment, card, words))
        is_class = assessment.outcome is not None and assessment.outcome.type == "class"
        self.number.set_role("page" if is_class else "hero")
        self.number.setWordWrap(is_class)
        directions = QBoxLayout.Direction
        self._number_row.setDirection(directions.TopToBottom if is_class else directions.LeftToRight)
        self._number_row.set_measures(0, 0 if is_class else 14)
        self.word.set_plain(wording.word_of(assessment, card, words) or words.pick(card.output.name))
        interval = wording.interval(assessment, card, words) or ""
        others = wording.other_shares(assessment, card, words) if is_class else ""
        self.interval.set_plain("  ·  ".join(filter(None, (interval, others))))
        sentence = wording.sentence(assessment, card, words)
        have = words.pick(card.output.have) if card.output.have is not None else ""
        self.sentence.setText(with_bold_numbers(sentence, have))
        self.sentence.setAccessibleName(sentence)
        state = scale_state(shown, words)
        self.dots.setVisible(state is not None)
        self.scale.setVisible(state is not None)
        if state is None:
            return
        low, best, high = (wording.whole_percent(v) for v in (state.low, state.value, state.high))
        self.dots.show_counts(low, best, high, RELATION_COLOURS[state.relation])
        self.dots.speak(words("How many of 100"), f"{sentence} {dots_sentence(low, best, high, words)}")
        threshold = main_threshold(shown)
        finding = _finding(threshold, card, words) if threshold else ""
        self.scale.show_state(state, finding)
        self.scale.speak(
            words("Estimate against the threshold"),
            wording.listed([self.number.text(), self.interval.text(), *(m[1] for m in state.marks), finding],
                           words),
        )

    def _show_reason(self, shown: Shown) -> None:
        words, assessment = self.context.words, shown.assessment
        self.reason.set_plain(wording.reason(assessment, words))
        missing = missing_titles(shown, words)
        self.nearest.show_rows(nearest_rows(shown, words))
        can_enter = assessment.status is Status.INSUFFICIENT_DATA
        self.enter.setVisible(can_enter)
        self.missing.setVisible(True)
        if not can_enter:
            population = words.pick(shown.card.population)
            self.missing.set_plain(words("Built for: {population}", population=population))
        elif missing:
            listed = wording.listed(missing, words)
            self.missing.set_plain(words("Not in the record: {inputs}", inputs=listed))

    def _show_moves(self) -> None:
        """As many rows as the page shows at most; `_fit` takes away what would have to be scrolled."""
        self._draw_moves(self._rows_at_most())
        self._refit.start()

    def _rows_at_most(self) -> int:
        shown = self._shown
        is_tall = shown is not None and len(shown.card.output.classes) > 2
        return min(self._most, MANY) if is_tall else self._most

    def _fit(self) -> None:
        """Small contributions are summed until this patient's bar is seen without scrolling.

        Where the fewest rows would not do either, all are drawn: it is scrolled anyway.
        """
        if self._shown is None or self._room <= 0 or self.why.isHidden():
            return
        for part in (self.chips, self.answer, self.why):
            layout = part.layout()
            if layout is not None:
                layout.activate()
        rows, pitch = self.moves.rows, self.moves.pitch
        over = self.minimumSizeHint().height() - self._room
        target = rows - math.ceil(over / pitch) if over > 0 else rows + int(-over / pitch)
        target = min(target, self._rows_at_most())
        target = self._rows_at_most() if target < FEWEST else target
        if target != rows:
            self._draw_moves(target)

    def _draw_moves(self, most: int) -> None:
        shown = self._shown
        found = waterfall(shown, most, self.context.words) if shown is not None else None
        self.why.setVisible(found is not None)
        if found is not None and shown is not None:
            self.moved.remark.set_message(PATH if shown.card.explain.method == "path" else POINTS)
            self.moves.show_moves(found.base, found.moves, found.total)
            self.moves.speak(self.context.words("What moved the estimate"), found.sentence)
