"""Earlier answers of one assessor: a small trend, and a list in which each is opened as it was given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from medapp.assess import wording
from medapp.domain.datatypes import Moment
from medapp.i18n import N_, Words
from ui.charts.answers import AnswerChart, AnswerPoint
from ui.context import Context
from ui.format import format_date
from ui.itemmodels.assess_list import AssessDelegate, AssessListModel, AssessRow, GroupHead
from ui.pages.assess.decision import DONE, OTHERS_DONE
from ui.pages.assess.reading import Shown
from ui.pages.assess.rows import relation_of, row_of
from ui.widgets import Card, EmptyState, ErrorState, IconButton, Skeleton, Text, scrolling

CHART, EMPTY, LOADING, FAILED = range(4)


def point_of(shown: Shown) -> AnswerPoint:
    """One answer as a point of the trend."""
    outcome = shown.assessment.outcome
    value = wording.lead_probability(shown.assessment, shown.card)
    if value is None and outcome is not None and outcome.type == "quantity":
        value = float(outcome.value) if isinstance(outcome.value, (int, float)) else None
    interval = outcome.interval if outcome is not None and value is not None else None
    return AnswerPoint(
        Moment.parse(shown.assessment.at).seconds, value,
        interval.low if interval else None, interval.high if interval else None,
        relation_of(shown), shown.assessment.assessor.version,
    )


def history_rows(found: Sequence[Shown], user: int, words: Words) -> list[AssessRow | GroupHead]:
    """Newest first, a heading wherever the version changes."""
    rows: list[AssessRow | GroupHead] = []
    version = ""
    for one in found:
        if one.assessment.assessor.version != version:
            version = one.assessment.assessor.version
            count = sum(other.assessment.assessor.version == version for other in found)
            title = words("Version {version}", version=version)
            rows.append(GroupHead(version, title, "model", "model", count))
        rows.append(_row(one, user, words))
    return rows


def _row(one: Shown, user: int, words: Words) -> AssessRow:
    plain = row_of(one, words)
    when = format_date(one.assessment.at, words, time=True)
    detail = plain.detail
    if one.decision is not None:
        said = words((DONE if one.decision.user == user else OTHERS_DONE)[one.decision.decision])
        detail = "  ·  ".join(filter(None, (detail, said)))
    sentence = words("{when}: {number}, {detail}", when=when, number=plain.number, detail=detail)
    return AssessRow(
        str(one.stored), plain.group, when, plain.number, detail, plain.icon, plain.scale, sentence
    )


def trend_sentence(found: Sequence[Shown], words: Words) -> str:
    """The whole trend in words, oldest first; what was refused says why."""
    said = []
    for one in reversed(found):
        when = format_date(one.assessment.at, words)
        if one.is_final:
            number = wording.number(one.assessment, one.card, words)
        else:
            number = wording.reason_short(one.assessment, one.specs, words)
        said.append(words("{when}: {number}", when=when, number=number))
    return wording.listed(said, words)


class HistoryPanel(Card):
    """At the right of the page; `opened` carries the store's id of the answer to be shown."""

    opened = Signal(int)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, N_("Earlier answers"), icon="clock", tone="model", padding=14, gap=6,
                         parent=parent)
        self.context = context
        self._found: tuple[Shown, ...] = ()
        self._user = 0
        self.close_button = IconButton(context, "close", N_("Close"), on_click=self.closed.emit)
        if self.header is not None:
            self.header.add(self.close_button)
        self.of = Text(context, "", "small", "text2", wrap=True)
        self.body.addWidget(self.of)
        self.states = QStackedWidget()
        self.states.addWidget(scrolling(self._build_list()))  # where large type leaves it too little room
        self.empty = EmptyState(
            context, N_("No answer is kept yet"),
            advice=N_("Every answer about this patient is kept from the first one on."),
        )
        self.loading = Skeleton(context, 6)
        self.error = ErrorState(context)
        for page in (self.empty, self.loading, self.error):
            self.states.addWidget(page)
        self.body.addWidget(self.states, 1)
        context.language_changed.connect(self._render)

    def _build_list(self) -> QWidget:
        from ui.widgets import Column

        context = self.context
        page = QWidget()
        column = Column(context, 0, 6, page)
        self.chart = AnswerChart(context)
        column.addWidget(self.chart)
        self.model = AssessListModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(AssessDelegate(context, self.list, inset=12))
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        column.addWidget(self.list, 1)
        return page

    def show_loading(self) -> None:
        self.clear()
        self.loading.start()
        self.states.setCurrentIndex(LOADING)

    def show_error(self, error: BaseException) -> None:
        self.loading.stop()
        self.error.show_error(error)
        self.states.setCurrentIndex(FAILED)

    def show_history(self, found: tuple[Shown, ...], user: int) -> None:
        """Answers newest first, `user` the one who reads: what he decided is called his."""
        self.loading.stop()
        self._found, self._user = found, user
        self._render()
        self.states.setCurrentIndex(CHART if found else EMPTY)

    def focus_first(self) -> None:
        (self.list if self._found else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget the patient."""
        self._found = ()
        self.model.set_rows([])
        self.chart.show_points((), ("", ""), is_share=True)
        self.chart.speak("", "")
        self.of.set_plain("")

    def _render(self) -> None:
        found, words = self._found, self.context.words
        if not found:
            return
        self.model.set_rows(history_rows(found, self._user, words))
        card = found[0].card
        lead = card.output.lead_class
        name = words.pick(card.output.name) if lead is None else wording.class_title(lead, card, words)
        self.of.set_plain(name)
        ends = tuple(format_date(one.assessment.at, words) for one in (found[-1], found[0]))
        points = [point_of(one) for one in reversed(found)]
        self.chart.show_points(points, (ends[0], ends[1]), is_share=lead is not None)
        self.chart.speak(words("Earlier answers"), trend_sentence(found, words))
        self.list.setAccessibleName(words("Earlier answers"))

    def _on_current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self.model.at(index.row())
        if row is None:
            return
        places = [str(one.stored) for one in self._found]
        self.chart.choose(len(places) - 1 - places.index(row.id))
        self.opened.emit(int(row.id))
