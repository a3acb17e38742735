"""The focus ring: one overlay that follows the focus, so that it is never removed by a style."""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ui.context import Context

GAP: Final = 2
WIDTH: Final = 2
_FOLLOWED: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show})


class FocusRing(QWidget):
    """Draws 2 px in the focus colour, 2 px outside the focused widget.

    A widget may say `ring` = "none" (its frame shows the focus itself) or "inner"
    (views: inside the edge); `ringTone` names another colour token.
    """

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._target: QWidget | None = None
        self._followed: list[QObject] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        context.theme_changed.connect(self.update)
        self.hide()

    def follow_focus(self) -> None:
        """Ring what has the focus already."""
        self._on_focus(None, QApplication.focusWidget())

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        for followed in filter(shiboken6.isValid, self._followed):
            followed.removeEventFilter(self)
        self._followed.clear()
        self._target = None
        window = self.parentWidget()
        if new is not None and window.isAncestorOf(new) and new.property("ring") != "none":
            self._target = new
            self._follow(new, window)
        self._place()

    def _follow(self, widget: QWidget | None, window: QWidget) -> None:
        while widget is not None and widget is not window:
            widget.installEventFilter(self)
            self._followed.append(widget)
            widget = widget.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        target, window = self._target, self.parentWidget()
        if target is None or not shiboken6.isValid(target) or not target.isVisible():
            self.hide()
            return
        area = QRect(target.mapTo(window, target.rect().topLeft()), target.size())
        visible = target.visibleRegion().boundingRect()
        if visible.isEmpty() and not target.rect().isEmpty():
            self.hide()
            return
        reach = 0 if self._is_inner(target) else GAP + WIDTH
        self.setGeometry(area.adjusted(-reach, -reach, reach, reach))
        self.show()
        self.raise_()
        self.update()

    def _is_inner(self, target: QWidget) -> bool:
        return target.property("ring") == "inner" or isinstance(target, QAbstractItemView)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._target is None or not shiboken6.isValid(self._target):
            return
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(str(self._target.property("ringTone") or "focus")), WIDTH))
        radius = theme.px(6) + (0 if self._is_inner(self._target) else GAP)
        half = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
