"""The left column of the Scores view: the switch, a search, and the scores in groups."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.itemmodels.assess_list import AssessDelegate, AssessListModel
from ui.pages.scores.listing import rows_of
from ui.pages.scores.reading import Listed
from ui.pages.scores.switch import view_switch
from ui.widgets import Column, EmptyState, Line, Row, SearchField, Skeleton, scrolling, surface

WAIT_MS = 120


class ScoreFinder(QWidget):
    """`opened` carries the id of a score: Enter, or a click."""

    opened = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._listed: Listed | None = None
        card = surface("card")
        Column(context, 0, 0, self).addWidget(card)
        inside = QWidget()  # scrolls where large type leaves it too little room
        Column(context, 1, 0, card).addWidget(scrolling(inside))
        column = Column(context, (0, 11, 0, 3), 6, inside)
        head = Column(context, (14, 0, 13, 4), 8)
        self.switch = view_switch(context, "scores")
        row = Row(context, 0, 0)
        row.addWidget(self.switch)
        row.addStretch(1)
        head.addLayout(row)
        self.search = SearchField(
            context, placeholder=N_("Name, disease or specialty"), name=N_("Find a score"), keys=""
        )
        head.addWidget(self.search)
        column.addLayout(head)
        column.addWidget(Line())
        self.states = QStackedWidget()
        self.model = AssessListModel(self)
        self.list = self._build_list()
        self.none = EmptyState(context, N_("No score has that name"), icon="search",
                               advice=N_("Type a name, a disease or a specialty: English, Chinese, pinyin."))
        self.loading = Skeleton(context, 8)
        for page in (self.list, self.none, self.loading):
            self.states.addWidget(page)
        column.addWidget(self.states, 1)
        self._later = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._later.timeout.connect(self.render)
        self.search.typed.connect(lambda _text: self._later.start())
        self.search.moved.connect(self._move)
        self.search.accepted.connect(self._accept)
        self.search.escaped.connect(self.search.line.clear)
        context.language_changed.connect(self.render)
        self.show_loading()

    def _build_list(self) -> QListView:
        found = QListView()
        found.setModel(self.model)
        found.setItemDelegate(AssessDelegate(self.context, found))
        found.setMouseTracking(True)
        found.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        found.setResizeMode(QListView.ResizeMode.Adjust)
        found.activated.connect(self._open)
        found.clicked.connect(self._open)
        return found

    def show_loading(self) -> None:
        """A patient is being opened: whoever was listed before is forgotten."""
        self._listed = None
        self.model.set_rows([])
        self.loading.start()
        self.states.setCurrentWidget(self.loading)

    def show_listed(self, listed: Listed) -> None:
        self._listed = listed
        self.render()

    def render(self) -> None:
        """The rows for what is typed; the chosen one stays chosen."""
        if self._listed is None:
            return
        self._later.stop()
        self.loading.stop()
        words = self.context.words
        chosen = self.model.at(self.list.currentIndex().row())
        self.model.set_rows(rows_of(self._listed, self.search.text(), words))
        self.list.setAccessibleName(words("Scores"))
        row = self.model.row_of(chosen.id) if chosen is not None else -1
        row = row if row >= 0 else self.model.first()
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row, 0))
        self.states.setCurrentWidget(self.list if row >= 0 else self.none)

    def choose(self, name: str) -> None:
        """Mark a score in the list, without opening it."""
        row = self.model.row_of(name)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row, 0))

    def focus_first(self) -> None:
        self.search.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, step: int) -> None:
        """The next row that is a score, in the direction of the key."""
        at, count = self.list.currentIndex().row() + step, self.model.rowCount()
        one = 1 if step > 0 else -1
        while 0 <= at < count and self.model.at(at) is None:
            at += one
        if 0 <= at < count:
            self.list.setCurrentIndex(self.model.index(at, 0))

    def _accept(self) -> None:
        self.render()
        self._open(self.list.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        row = self.model.at(index.row())
        if row is not None:
            self.opened.emit(row.id)
