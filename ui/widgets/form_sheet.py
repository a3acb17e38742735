"""A sheet with a form: its fields scroll, its buttons do not, Ctrl Enter saves."""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from medapp.i18n import N_
from ui.context import Context
from ui.widgets.buttons import Button
from ui.widgets.commit_button import CommitButton
from ui.widgets.layout import Column, scrolling
from ui.widgets.sheet import Sheet
from ui.widgets.states import Strip

SIDE: Final = 440
WIDE: Final = 760
LOW: Final = 420
"""Design pixels of the host's height under which nothing but the buttons stays in place."""


class FormSheet(Sheet):
    """Put fields into `form`, and what must stay in sight into `top` and `foot`.

    At the side it leaves the page in sight; wide it stands in the middle. Its host is the page under the
    banner: the patient's name is never covered.
    """

    saving = Signal()

    def __init__(self, context: Context, host: QWidget, title: str, *, is_side: bool = True) -> None:
        super().__init__(context, host, title, width=SIDE if is_side else WIDE)
        self._is_side, self._is_low, self._is_single = is_side, False, True
        self._focused: QWidget | None = None
        self.panel.setProperty("surface", "side" if is_side else "sheet")
        self.fields = QWidget()
        self.form = Column(context, (2, 2, 10, 2), 12, self.fields)
        self.area = scrolling(self.fields)
        self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.top = Column(context, 0, 8)
        self.body.addLayout(self.top)
        self.body.addWidget(self.area, 1)
        self.foot = Column(context, 0, 6)
        self.body.addLayout(self.foot)
        self.trouble = Strip(context, "", "danger")
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.cancel = Button(context, N_("Cancel"), keys="Esc", on_click=self.close_sheet)
        self.save = CommitButton(context, N_("Save"), on_click=self.ask_save)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.ask_save)

    def ask_save(self) -> None:
        """What the button does; nothing while it is already being saved."""
        if self.isVisible() and self.save.isEnabled():
            self.saving.emit()

    def set_busy(self, is_busy: bool) -> None:
        """While the store writes nothing is typed or pressed; then the focus is where it was."""
        if is_busy == (not self.panel.isEnabled()):
            return
        if is_busy:
            self._focused = QApplication.focusWidget()
        self.panel.setEnabled(not is_busy)
        if not is_busy:
            focused, self._focused = self._focused, None
            is_here = focused is not None and shiboken6.isValid(focused) and self.isAncestorOf(focused)
            if focused is not None and is_here and focused.isVisible():
                focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, error: BaseException) -> None:
        """Say under the fields what went wrong; what was typed stays."""
        self.set_busy(False)
        self.trouble.show_error(self._context, error)

    def no_trouble(self) -> None:
        self.trouble.hide()

    def open_at(self, first: QWidget | None = None) -> None:
        """Open it; what was told before does not lie over its buttons (Ctrl Z still takes it back)."""
        if self._context.window is not None:
            self._context.window.toast.dismiss()
        super().open_at(first)
        self.fit_buttons()

    def fit_buttons(self) -> None:
        """With a long name the button that saves has a line of its own: it is never cut."""
        around, row = self.panel.layout(), self.buttons
        widgets = [item.widget() for at in range(row.count()) if (item := row.itemAt(at)) is not None]
        shown = [one for one in (*widgets, self.save) if one is not None and not one.isHidden()]
        needed = sum(one.sizeHint().width() for one in dict.fromkeys(shown))
        needed += row.spacing() * (len(widgets) + 1)
        margins = around.contentsMargins()
        is_single = needed <= self.panel.width() - margins.left() - margins.right()
        if is_single == self._is_single or not isinstance(around, Column):
            return
        self._is_single = is_single
        (around if is_single else row).removeWidget(self.save)
        (row if is_single else around).addWidget(self.save)

    def _place(self) -> None:
        self._stack_parts(self._host.height() < self._context.theme.px(LOW))
        super()._place()
        margin = self._context.theme.px(6 if self._is_low else 24)
        panel = self.panel.geometry()
        if self._is_side:
            self.panel.setGeometry(self.width() - panel.width(), 0, panel.width(), self.height())
            self.fit_buttons()
        else:
            tall = min(self.height() - 2 * margin, self._wanted())
            self.panel.setGeometry(panel.x(), max(margin, (self.height() - tall) // 3), panel.width(), tall)

    def _stack_parts(self, is_low: bool) -> None:
        """Where the window is low for its type size, `top` and `foot` scroll with the fields."""
        if is_low == self._is_low:
            return
        self._is_low = is_low
        around = self.panel.layout()
        if isinstance(around, Column):
            around.set_measures(12 if is_low else 24, 8 if is_low else 12)
            (around if is_low else self.form).removeWidget(self.title)
            (self.form if is_low else around).insertWidget(0, self.title)
        for layout in (self.top, self.foot):
            (self.body if is_low else self.form).removeItem(layout)
            layout.setParent(None)
        if is_low:
            self.form.insertLayout(1, self.top)
            self.form.addLayout(self.foot)
        else:
            self.body.insertLayout(0, self.top)
            self.body.insertLayout(2, self.foot)

    def _wanted(self) -> int:
        """As tall as everything that would otherwise scroll."""
        inner = self.fields.layout()
        wide = max(self.area.viewport().width(), 200)
        fields = inner.totalHeightForWidth(wide) if inner is not None else 0
        return self.panel.sizeHint().height() - self.area.sizeHint().height() + fields + 8
