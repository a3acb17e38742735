"""Step 5: which algorithms, how far the comparison is, and how long it took."""

from __future__ import annotations

from functools import partial
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QStackedWidget, QWidget

from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.services import own_models
from medapp.services.own_models import Aside, Kept, TableOptions
from ui.jobs import Token
from ui.pages.models.wizard.comparison import Comparison
from ui.pages.models.wizard.step import Step, in_order
from ui.pages.models.wizard.words import algorithm_title, show_problem, span_text, stage_text
from ui.widgets import Button, Column, LabelledField, Row, Text, scrolling
from ui.widgets.layout import empty

SHARES = 1000


class TrainStep(Step):
    """Three states: choose, at work, compared. The draft is kept when it is made, as a draft."""

    title = N_("Train")

    def build(self) -> None:
        context = self.context
        self.states = QStackedWidget()
        self.states.addWidget(self._build_choose())
        self.states.addWidget(self._build_working())
        self.comparison = Comparison(context)
        self.states.addWidget(scrolling(self.comparison))
        self.column.addWidget(self.states, 1)
        self._made_for: TableOptions | None = None
        self._started = 0.0
        self._stage = ""
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        context.language_changed.connect(self._speak)

    def _build_choose(self) -> QWidget:
        context = self.context
        holder = QWidget()
        column = Column(context, 0, 8, holder)
        column.addWidget(Text(context, N_("Algorithms to be compared"), "section"))
        column.addWidget(Text(
            context,
            N_("Each is tried on rows that it has not seen. Chosen is the one with the least loss, or a "
               "simpler one that is as good within one standard error."),
            "body", "text2", wrap=True,
        ))
        self.boxes: dict[str, QCheckBox] = {}
        self.box_column = Column(context, 0, 2)
        column.addLayout(self.box_column)
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.textEdited.connect(self._on_name)
        self.name.returnPressed.connect(self._return)
        self.name_field = LabelledField(
            context, N_("Na&me of the draft"), self.name,
            example=N_("Small letters a to z, digits and underscores. An earlier draft of this name is "
                       "replaced."),
        )
        self.name_field.setMaximumWidth(560)
        row = Row(context, 0, 0)  # its height is then asked for at the width that it has
        row.addWidget(self.name_field, 100)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return scrolling(holder)

    def _build_working(self) -> QWidget:
        context = self.context
        holder = QWidget()
        column = Column(context, 0, 10, holder)
        column.addStretch(1)
        self.doing = Text(context, "", "lead", wrap=True)
        self.elapsed = Text(context, "", "body", "text2")
        for text in (self.doing, self.elapsed):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.doing)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, SHARES)
        self.bar.setFixedWidth(360)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.elapsed)
        row = Row(context, 0, 0)
        row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.cancel = Button(context, N_("Cancel"), keys="Esc", on_click=self.stop_training)
        row.addWidget(self.cancel)
        column.addLayout(row)
        column.addStretch(1)
        return holder

    @property
    def next_label(self) -> str:  # type: ignore[override]
        return N_("&Next") if self._is_trained else N_("&Train and keep as a draft")

    @property
    def _is_trained(self) -> bool:
        return self.decisions.kept is not None and self._made_for == self._options()

    def enter(self) -> None:
        decisions, words = self.decisions, self.context.words
        checked = decisions.checked
        assert checked is not None
        empty(self.box_column)
        self.boxes = {}
        for name, is_usual in own_models.algorithms(checked):
            box = self.boxes[name] = QCheckBox()
            is_on = name in decisions.added_algorithms or (is_usual and name not in decisions.left_algorithms)
            box.setChecked(is_on)
            box.toggled.connect(partial(self._on_box, name))
            self.box_column.addWidget(box)
        in_order([*self.boxes.values(), self.name])
        if not decisions.name:
            decisions.name = own_models.draft_id(decisions.path)
        self.name.setText(decisions.name)
        self.bar.setAccessibleName(words("Progress"))
        self._speak()
        self.states.setCurrentIndex(2 if self._is_trained else 0)

    def why_not(self) -> str:
        if self.is_busy:
            return N_("It is being trained.")
        if self._is_trained:
            return ""
        if not own_models.can_train():
            return own_models.TrainingNotInstalled.message
        return "" if any(b.isChecked() for b in self.boxes.values()) else N_("Choose at least one algorithm.")

    def first(self) -> QWidget | None:
        if self.is_busy:
            return self.cancel
        return None if self._is_trained else next(iter(self.boxes.values()), None)

    def go_on(self) -> bool:
        if self._is_trained:
            return True
        self.train()
        return False

    def stop(self) -> bool:
        was_busy = super().stop()
        if was_busy:
            self._clock.stop()
            self.states.setCurrentIndex(0)
        return was_busy

    def stop_training(self) -> None:
        """Cancel; nothing is kept."""
        self.stop()
        self.focus_first()

    def train(self) -> None:
        """Ask whether the name is free, train beside the window, keep the draft in the store."""
        session, decisions = self.context.session, self.decisions
        if session is None or self.is_busy:
            return
        self.token.cancel()
        token = self.token = Token(self._on_progress)
        decisions.kept = None
        options = self._options()
        self.problem.hide()
        self.name_field.set_error()
        self.is_busy, self._started, self._stage = True, monotonic(), "table"
        self.bar.setValue(0)
        self._tick()
        self._clock.start()
        self.states.setCurrentIndex(1)
        self.changed.emit()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        path, day, name = decisions.path, session.clock().date().isoformat(), decisions.name

        def free() -> None:
            own_models.refuse_taken(session, own_models.draft_id(path, name))

        def work() -> Aside:
            return own_models.train_aside(
                path, options, day, cancelled=lambda: token.cancelled,
                progress=lambda stage, share: token.report(round(share * SHARES), SHARES, stage),
            )

        def trained(aside: Aside) -> None:
            self.context.acts.write(
                partial(own_models.keep, session, aside), N_("Kept as a draft"),
                on_done=partial(self._take, options), on_error=self._fail, is_order=False,
            )

        jobs = self.context.jobs
        jobs.store(free, lambda _: jobs.compute(work, trained, self._fail, token), self._fail, token)

    def _options(self) -> TableOptions:
        decisions = self.decisions
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        base = decisions.options()
        return TableOptions(
            base.target, lead=base.lead, id=decisions.name or None, algorithms=chosen, units=base.units,
            keep=base.keep, drop=base.drop, keep_zeros=base.keep_zeros, group=base.group,
            has_header=base.has_header,
        )

    def _on_progress(self, done: int, total: int, stage: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._stage = stage
        self._tick()

    def _tick(self) -> None:
        words, stage, seconds = self.context.words, self._stage, monotonic() - self._started
        self.doing.setText(stage_text(stage, words))
        self.elapsed.setText(words("{span} so far", span=span_text(seconds, words)))

    def _take(self, options: TableOptions, kept: Kept) -> None:
        self._end()
        self.decisions.kept, self._made_for = kept, options
        self.comparison.show_draft(kept)
        self.states.setCurrentIndex(2)
        self.changed.emit()
        self.done.emit()

    def _fail(self, error: BaseException) -> None:
        self._end()
        self.states.setCurrentIndex(0)
        if isinstance(error, KnownError) and error.code in ("model_id_unfit", "model_exists"):
            self.name_field.set_error(error.message, **error.fields)
        else:
            show_problem(self.problem, self.context, error)
            self.focus_first()
        self.changed.emit()

    def _end(self) -> None:
        self.is_busy = False
        self._clock.stop()

    def _on_box(self, name: str, is_on: bool) -> None:
        decisions = self.decisions
        (decisions.added_algorithms if is_on else decisions.left_algorithms).add(name)
        (decisions.left_algorithms if is_on else decisions.added_algorithms).discard(name)
        self.changed.emit()

    def _on_name(self, text: str) -> None:
        self.decisions.name = text.strip()
        self.name_field.set_error()
        self.changed.emit()

    def _return(self) -> None:
        if not self.why_not():
            self.go_on()

    def _speak(self) -> None:
        words = self.context.words
        for name, box in self.boxes.items():
            box.setText(algorithm_title(name, words))
        self.name.setAccessibleName(words("Name of the draft"))
        self._tick()
