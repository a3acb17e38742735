"""The Models page: every assessor found, its figures and its card."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from medapp.domain.changes import Changes, Kind
from medapp.i18n import N_, Words
from medapp.services import own_models
from medapp.services.profile import TITLES
from ui.commands import Command
from ui.context import Context
from ui.itemmodels.model_list import ModelDelegate, ModelListModel, ModelRow
from ui.jobs import Token
from ui.pages.models.approve import WHY_NOT, ApproveSheet
from ui.pages.models.centre import ModelCentre
from ui.pages.models.facts import ModelFacts, main_figure, read_models
from ui.pages.models.panel import ModelCardPanel
from ui.pages.models.words import STATES, algorithm_name, figure_text, metric_title, state_words
from ui.widgets import (
    Column,
    EmptyState,
    ErrorState,
    Line,
    Row,
    SectionHeader,
    Skeleton,
    Strip,
    Text,
    scrolling,
    surface,
)
from ui.widgets.commit_button import CommitButton

if TYPE_CHECKING:
    from ui.pages.models.wizard import Wizard

LEFT, RIGHT, LEFT_NARROW, RIGHT_NARROW = 282, 312, 240, 280
NARROW_BELOW, CARD_BELOW = 1300, 1080


def row_of(facts: ModelFacts, words: Words) -> ModelRow:
    """The row of one model."""
    card, main = facts.card, main_figure(facts)
    number = "" if main is None else figure_text(main[2]["value"])
    state, tone = STATES[facts.entry.state]
    setting = words(TITLES[card.setting]) if facts.entry.card is not None else ""
    asked = "" if facts.is_offered or not facts.entry.is_usable else words("not asked here")
    algorithm = algorithm_name(card, words).replace("（", " (").partition(" (")[0]
    detail = "  ·  ".join(filter(None, (setting, asked, algorithm)))
    title, problem = words.pick(card.title), state_words(facts, words) if facts.entry.why else ""
    figure = "" if main is None else f"{metric_title(main[1], facts, words)} {number}"
    said = ", ".join(filter(None, (title, words(state), figure, detail, problem)))
    return ModelRow(facts.id, title, number, detail, words(state), tone, problem, said)


class ModelsPage(QWidget):
    """List, figures, card. Reads when first shown, and again when models or outcomes change."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._all: tuple[ModelFacts, ...] = ()
        self._selected = ""
        self._pending = 0
        self._token = Token()
        self._sheet: ApproveSheet | None = None
        self._centre: ModelCentre | None = None
        self._wizard: Wizard | None = None
        self._wanted = ""
        self._build()
        context.language_changed.connect(self._render)
        context.theme_changed.connect(self._measure)
        context.session_changed.connect(self._forget_wizard)
        context.session_changed.connect(self.load)
        context.models_changed.connect(self._show_off)
        context.bus.changed.connect(self._on_changes)
        self._measure()
        self.load()

    def _build(self) -> None:
        context = self.context
        self.setProperty("surface", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = Column(context, (14, 12, 14, 12), 0, self)
        self.parts = QStackedWidget()  # the list with its card, and the wizard once it was asked for
        outer.addWidget(self.parts)
        browse = QWidget()
        self.parts.addWidget(browse)
        column = Column(context, 0, 10, browse)
        self.off = Strip(
            context, N_("Models are off: nothing is computed. Their cards can be read."), "model",
            icon="model", action=N_("Turn models on"), on_action=lambda: context.set_models_on(True),
        )
        column.addWidget(self.off)
        row = Row(context, 0, 12)
        column.addLayout(row, 1)
        self.left = self._build_left()
        row.addWidget(self.left)
        row.addWidget(self._build_centre(), 1)
        self.card = ModelCardPanel(context, is_page=True)
        row.addWidget(self.card)
        self._show_off()
        self.train.setVisible(self.may_train)

    def _build_left(self) -> QWidget:
        context = self.context
        card = surface("card")
        self.left_column = column = Column(context, (1, 12, 1, 4), 4, card)
        head = Row(context, (17, 0, 14, 4), 0)
        self.head = SectionHeader(context, N_("Models"))
        head.addWidget(self.head)
        self.figure = Text(context, "", "small", "text2")
        self.head.add(self.figure)
        column.addLayout(head)
        column.addWidget(Line())
        self.model = ModelListModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ModelDelegate(context, self.list))
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        column.addWidget(self.list, 1)
        self.train = CommitButton(
            context, N_("&Train from table…"), "secondary", icon="table", on_click=self.show_wizard
        )
        foot = Row(context, (15, 8, 15, 8), 0)
        foot.addWidget(self.train)
        column.addLayout(foot)
        return card

    def _build_centre(self) -> QWidget:
        context = self.context
        card = surface("card")
        column = Column(context, 1, 0, card)
        self.states = QStackedWidget()
        self.area = scrolling(QWidget())
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll what one reads
        self.loading = Skeleton(context, 10)
        self.none = EmptyState(
            context, N_("No models are installed"), icon="model",
            advice=N_("A model folder placed beside the others appears here."),
        )
        self.error = ErrorState(context, self.load)
        for page in (self.area, self.loading, self.none, self.error):
            self.states.addWidget(page)
        column.addWidget(self.states)
        return card

    @property
    def is_ready(self) -> bool:
        if self.is_wizard_open:
            return self._wizard is not None and self._wizard.is_ready
        return self._pending == 0 and (self._centre is None or self._centre.is_drawn)

    @property
    def current(self) -> ModelFacts | None:
        """The model that is shown."""
        return next((one for one in self._all if one.id == self._selected), None)

    @property
    def centre(self) -> ModelCentre | None:
        return self._centre

    @property
    def wizard(self) -> Wizard | None:
        """The way from a table to a draft; None until it is first asked for."""
        return self._wizard

    @property
    def is_wizard_open(self) -> bool:
        return self.parts.currentIndex() == 1

    def focus_first(self) -> None:
        if self.is_wizard_open and self._wizard is not None:
            self._wizard.focus_first()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def regions(self) -> list[QWidget]:
        """F6: the list, the figures, the card."""
        if self.is_wizard_open and self._wizard is not None:
            return [self._wizard]
        return [self.left, self.area, self.card]

    def back(self) -> bool:
        """Esc: a step back in the wizard; whether there was one."""
        return self.is_wizard_open and self._wizard is not None and self._wizard.back()

    @property
    def may_train(self) -> bool:
        """Whether the wizard is offered: whoever may train, in a window that writes."""
        session = self.context.session
        return session is not None and not self.context.is_read_only and own_models.may_train(session)

    def show_wizard(self) -> None:
        """From a table to a draft; where one left it, it goes on."""
        if not self.may_train:
            return
        if self._wizard is None:
            from ui.pages.models.wizard import Wizard

            self._wizard = Wizard(self.context)
            self._wizard.closed.connect(self._leave_wizard)
            self.parts.addWidget(self._wizard)
        self.parts.setCurrentIndex(1)
        self._wizard.focus_first()

    def _leave_wizard(self, draft: str) -> None:
        self.parts.setCurrentIndex(0)
        if self._pending:
            self._wanted = draft
        elif draft:
            self.select(draft)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_wizard(self) -> None:
        """Another session: whatever a table showed goes with the one before."""
        wizard, self._wizard = self._wizard, None
        self.parts.setCurrentIndex(0)
        if wizard is not None:
            wizard.forget()
            self.parts.removeWidget(wizard)
            wizard.deleteLater()
        self.train.setVisible(self.may_train)

    def commands(self) -> Sequence[Command]:
        """What can be done here by name."""
        found = [Command(N_("Train from table"), self.show_wizard, "table")] if self.may_train else []
        facts = self.current
        if facts is not None and facts.is_draft and facts.needs not in WHY_NOT:
            found.append(Command(N_("Approve the draft"), self.show_approve, "check", "Alt P"))
        return found

    def load(self) -> None:
        """Read all models; what is on screen stays until they are there."""
        self._token.cancel()
        self._token, self._pending = Token(), 0
        session = self.context.session
        if session is None:
            return
        if not self._all:
            self.loading.start()
            self.states.setCurrentWidget(self.loading)
        self._pending += 1
        self.context.jobs.store(partial(read_models, session), self._take, self._fail, self._token)

    def select(self, model: str) -> None:
        """Show one model; the first of the list when it is not there."""
        row = max(self.model.row_of(model), 0)
        index = self.model.index(row, 0)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def show_approve(self) -> None:
        """Open the sheet that approves the draft on screen."""
        facts, window = self.current, self.context.window
        if facts is None or window is None or not facts.is_draft or facts.needs in WHY_NOT:
            return
        if self._sheet is None:
            self._sheet = ApproveSheet(self.context, window)
        self._sheet.open_for(facts)

    def _take(self, found: tuple[ModelFacts, ...]) -> None:
        self._pending -= 1
        self.loading.stop()
        self._all = found
        if not found:
            self.states.setCurrentWidget(self.none)
            self.card.hide()
            return
        self._render()

    def _fail(self, error: BaseException) -> None:
        self._pending -= 1
        self.loading.stop()
        self.error.show_error(error)
        self.states.setCurrentWidget(self.error)

    def _render(self) -> None:
        if not self._all:
            return
        words, selected = self.context.words, self._wanted or self._selected
        self._wanted = ""
        self.model.set_rows([row_of(one, words) for one in self._all])
        self.head.remark.set_message(N_("{n} found"), n=len(self._all))
        self.list.setAccessibleName(words("Models"))
        self.area.setAccessibleName(words("Figures of the model"))
        mains = [main_figure(one) for one in self._all]
        is_same = all(main is None or main[1].startswith("auroc") for main in mains)
        self.figure.set_plain("AUROC" if is_same else "")
        self.select(selected)

    def _on_current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self.model.at(index.row())
        if row is None:
            return
        self._selected = row.id
        facts = self.current
        if facts is None:
            return
        self._centre = ModelCentre(self.context, facts)
        self._centre.approve_wanted.connect(self.show_approve)
        before = self.area.takeWidget()
        if before is not None:
            before.deleteLater()
        self.area.setWidget(self._centre)
        self._centre.setAutoFillBackground(False)  # setWidget turns it on
        self.area.verticalScrollBar().setValue(0)
        self.states.setCurrentWidget(self.area)
        self.card.show_model(facts)
        self._measure()

    def _on_changes(self, changes: Changes) -> None:
        if not changes.kinds.isdisjoint((Kind.MODEL, Kind.OUTCOME, Kind.SETTING)):
            self.load()

    def _show_off(self, *_: object) -> None:
        self.off.setVisible(not self.context.are_models_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Narrow windows: narrower columns, then the attributes below the figures instead of beside them."""
        theme = self.context.theme
        width = self.window().width() / max(theme.zoom, 0.01)
        is_narrow = width < NARROW_BELOW
        self.left.setFixedWidth(theme.px(LEFT_NARROW if is_narrow else LEFT))
        self.card.setFixedWidth(theme.px(RIGHT_NARROW if is_narrow else RIGHT))
        has_room = width >= CARD_BELOW
        self.card.setVisible(has_room and bool(self._all))
        if self._centre is not None:
            self._centre.show_attributes(not has_room)
