"""A text that grows as it is written and shows which of its words were copied from an earlier visit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from medapp.domain.notes import Copied, Passage, Source, edited, origins, recognised
from medapp.i18n import N_
from ui.context import Context
from ui.format import format_date
from ui.widgets.layout import Column
from ui.widgets.text import Text

LEAST_LINES = 2


class Prose(QPlainTextEdit):
    """Plain text with marks; `changed` after every edit. Tab leaves it, the page scrolls instead of it."""

    changed = Signal()

    def __init__(self, context: Context, name: str, lines: int = LEAST_LINES) -> None:
        """`name` is a message id for the screen reader."""
        super().__init__()
        self._context, self._name, self._lines = context, name, lines
        self._text = ""
        self._copied: tuple[Copied, ...] = ()
        self._sources: Sequence[Source] = ()
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().contentsChange.connect(self._on_edit)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        context.language_changed.connect(self._speak)
        context.theme_changed.connect(self._dress)
        self._speak()
        self._fit()

    def passage(self) -> Passage:
        """What stands here, with its marks."""
        return Passage(self._text, self._copied)

    def show_passage(self, passage: Passage) -> None:
        """Put a text in without telling `changed`; it cannot be undone into another patient's."""
        self._text, self._copied = passage.text, passage.copied
        self.setPlainText(passage.text)
        self._dress()

    def set_sources(self, sources: Sequence[Source]) -> None:
        """The texts that a paste is compared with."""
        self._sources = sources

    def append_copy(self, text: str, note: int, day: str) -> None:
        """Add words of an earlier visit at the end, marked as such; one undo takes them back."""
        words = text.strip()
        before = "" if not self._text or self._text.endswith("\n") else "\n"
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        start = len(self._text) + len(before)
        cursor.insertText(before + words)
        kept = [one for one in self._copied if one.end <= start]
        self._copied = (*kept, Copied(start, start + len(words), note, day, words))
        self._dress()
        self.changed.emit()

    def _on_edit(self, at: int, removed: int, added: int) -> None:
        text = self.toPlainText()
        if text == self._text:
            return
        at, removed, added = _clamped(self._text, text, at, removed, added)
        copied = edited(self._copied, at, removed, added)
        mark = recognised(text[at : at + added], at, self._sources)
        if mark is not None and all(one.end <= mark.start or one.start >= mark.end for one in copied):
            copied = tuple(sorted((*copied, mark), key=lambda one: one.start))
        self._text, self._copied = text, copied
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        marks = []
        for one in self._copied:
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(one.start, len(self._text)))
            cursor.setPosition(min(one.end, len(self._text)), QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor  # type: ignore[attr-defined]
            mark.format = self._mark_format()  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def _mark_format(self) -> QTextCharFormat:
        theme = self._context.theme
        look = QTextCharFormat()
        look.setBackground(theme.color("subtle"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(theme.color("text2"))
        return look

    def _dress(self) -> None:
        self._mark()
        self._fit()

    def _fit(self, *_: object) -> None:
        """As high as its lines: for plain text Qt measures a document in lines."""
        lines = max(self._lines, int(self.document().size().height()))
        frame = 2 * self._context.theme.px(7) + 2 * int(self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + frame)

    def _speak(self) -> None:
        self.setAccessibleName(self._context.words(self._name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it has nothing to scroll: the page does


def _clamped(before: str, after: str, at: int, removed: int, added: int) -> tuple[int, int, int]:
    """What changed, as Qt tells it; Qt may count the last paragraph's end, then it is compared."""
    removed, added = min(removed, len(before) - at), min(added, len(after) - at)
    if before[:at] == after[:at] and before[at + removed :] == after[at + added :]:
        return at, removed, added
    same = next((i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]),
                min(len(before), len(after)))
    tail = 0
    while tail < min(len(before), len(after)) - same and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return same, len(before) - same - tail, len(after) - same - tail


class PassageField(QWidget):
    """A heading, the text, and under it where its words were copied from."""

    changed = Signal()

    def __init__(self, context: Context, title: str, lines: int = LEAST_LINES) -> None:
        """`title` is a message id."""
        super().__init__()
        self._context = context
        self._column = column = Column(context, 0, 4, self)
        self.label = Text(context, title, "small", "text2")
        column.addWidget(self.label)
        self.prose = Prose(context, title, lines)
        self.label.setBuddy(self.prose)
        column.addWidget(self.prose)
        self.origin = Text(context, "", "small", "text2", wrap=True)
        self.origin.hide()
        column.addWidget(self.origin)
        self.setFocusProxy(self.prose)
        self.prose.changed.connect(self._on_change)
        context.language_changed.connect(self._say_origin)

    def passage(self) -> Passage:
        return self.prose.passage()

    def show_passage(self, passage: Passage) -> None:
        self.prose.show_passage(passage)
        self._say_origin()

    def add_head(self, widget: QWidget) -> None:
        """Put something in place of the heading's line."""
        self._column.insertWidget(0, widget)
        self.label.hide()

    def _on_change(self) -> None:
        self._say_origin()
        self.changed.emit()

    def _say_origin(self) -> None:
        found = origin_words(self._context, self.passage())
        self.origin.set_plain(found)
        if self.origin.isHidden() == bool(found):
            self.origin.setVisible(bool(found))


COPIED, CHANGED = N_("Copied from the visit of {date}"), N_("Copied from the visit of {date}, changed since")


def origin_words(context: Context, passage: Passage) -> str:
    """One line a day from which words were copied."""
    words = context.words
    return "\n".join(
        words(CHANGED if is_changed else COPIED, date=format_date(day, words))
        for day, is_changed in origins(passage)
    )
