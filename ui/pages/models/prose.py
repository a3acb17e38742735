"""Many paragraphs in one label: a card of two hundred texts must open at once."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import Context
from ui.widgets import Text

WIDTH, LEAST = 290, 120
"""Design pixels that a column of prose likes to have, and needs."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A finished text with its role of type and tone; `space` design pixels after it."""

    text: str
    role: str = "body"
    tone: str = "text"
    space: int = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows of (title, number, limits), the numbers below each other."""

    rows: Sequence[tuple[str, str, str]]


Block = Paragraph | Figures


class Prose(Text):
    """Written anew when the theme changes; a screen reader hears the plain text."""

    def __init__(self, context: Context, blocks: Sequence[Block] = (), parent: QWidget | None = None) -> None:
        super().__init__(context, "", wrap=True, parent=parent)
        self._blocks: tuple[Block, ...] = ()
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        context.theme_changed.connect(self._write)
        self.set_blocks(blocks)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self._blocks

    def set_blocks(self, blocks: Sequence[Block]) -> None:
        if tuple(blocks) != self._blocks:
            self._blocks = tuple(blocks)
            self._write()

    def heightForWidth(self, width: int) -> int:
        """Layouts ask for the same widths again and again; each answer lays the whole text out."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = self._context.theme.px(WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._context.theme.px(LEAST), self.fontMetrics().height())

    def plain(self) -> str:
        """What a screen reader says."""
        lines = []
        for block in self._blocks:
            rows = block.rows if isinstance(block, Figures) else ((block.text,),)
            lines += ["  ".join(row) for row in rows]
        return "\n".join(lines)

    def _write(self) -> None:
        said = [self._figures(b) if isinstance(b, Figures) else self._paragraph(b) for b in self._blocks]
        self._heights.clear()
        self.setText("".join(said))
        self.setAccessibleName(self.plain())

    def _style(self, role: str, tone: str) -> str:
        theme = self._context.theme
        return f"font-size:{theme.text_px(role)}px; font-weight:{theme.weight(role)}; color:{theme.hex(tone)}"

    def _paragraph(self, block: Paragraph) -> str:
        space = self._context.theme.px(block.space)
        text = html.escape(block.text).replace("\n", "<br>")
        return f'<p style="margin:0 0 {space}px 0; {self._style(block.role, block.tone)}">{text}</p>'

    def _figures(self, block: Figures) -> str:
        faces = (self._style("body", "text"), self._style("strong", "text"), self._style("small", "text2"))
        gap = self._context.theme.px(3)
        rows = "".join(
            "<tr>" + "".join(
                f'<td style="{face}; padding:0 {4 * gap}px {gap}px 0">{html.escape(cell)}</td>'
                for face, cell in zip(faces, row, strict=True)
            ) + "</tr>"
            for row in block.rows
        )
        return f'<table cellspacing="0" cellpadding="0">{rows}</table>'
