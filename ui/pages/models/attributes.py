"""The 31 source attributes in nine groups that fold; none is blank: what is absent says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from medapp.assess.attributes import ATTRIBUTES, FILLED_BY_PROGRAM
from medapp.i18n import Words
from medapp.services import local_validity
from ui.context import Context
from ui.pages.models.facts import ModelFacts
from ui.pages.models.prose import Paragraph, Prose
from ui.pages.models.words import GROUPS
from ui.widgets import Button, Column, Icon, Line, Row, Text

OPEN: Final = frozenset({"purpose", "cautions", "maintenance"})
"""Groups that are unfolded at first: for whom, not for whom, and how it fares here."""


def attribute_text(key: str, facts: ModelFacts, words: Words) -> str:
    """What stands under an attribute; empty when nobody has said it."""
    if key in FILLED_BY_PROGRAM:
        tally = facts.tally
        if tally is None:
            return words("Computed here once the model is in use and {least} outcomes are recorded.",
                         least=local_validity.LEAST)
        if key == "maintenance.validity_local":
            return local_validity.sentence(tally.counts, words)
        return local_validity.by_sex_sentence(tally, words)
    text = facts.card.attributes.get(key)
    return "" if text is None else words.pick(text)


class AttributeGroup(QWidget):
    """A heading that folds and unfolds its attributes; Enter and Space work on it."""

    def __init__(self, context: Context, group: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.group = context, group
        column = Column(context, 0, 2, self)
        column.addWidget(Line())
        head = Row(context, 0, 6)
        self.button = Button(context, GROUPS[group], "fold", icon="chevron-right", on_click=self.toggle)
        self.button.setCheckable(True)
        head.addWidget(self.button, 1)
        self.icon = Icon(context, "check", "ok", 14)
        head.addWidget(self.icon)
        self.count = Text(context, "", "small", "text2")
        head.addWidget(self.count)
        column.addLayout(head)
        self.prose = Prose(context)
        indent = Row(context, (22, 0, 0, 4), 0)
        indent.addWidget(self.prose)
        column.addLayout(indent)
        self.unfold(group in OPEN)

    def toggle(self) -> None:
        self.unfold(self.prose.isHidden())

    def unfold(self, is_open: bool) -> None:
        if is_open or not self.prose.isHidden():
            self.prose.setVisible(is_open)
        self.button.setChecked(is_open)
        self.button.set_icon("chevron-down" if is_open else "chevron-right")

    def show_items(self, items: Mapping[int, tuple[str, str]]) -> None:
        """Number to (what it says, the text or empty)."""
        words = self.context.words
        full = sum(bool(text) for _, text in items.values())
        self.count.set_plain(words("{n} of {total}", n=full, total=len(items)))
        self.icon.set_icon(*(("check", "ok") if full == len(items) else ("caution", "warn")))
        blocks = []
        for number, (meaning, text) in items.items():
            blocks.append(Paragraph(words("{number}  {meaning}", number=number, meaning=meaning), "small",
                                    "text2", 1))
            blocks.append(Paragraph(text or words("Not stated"), "body", "text" if text else "warn", 5))
        self.prose.set_blocks(blocks)


class Attributes(QWidget):
    """All nine groups; made once and filled for each model, so that what was unfolded stays so."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        column = Column(context, 0, 4, self)
        self.groups = {group: AttributeGroup(context, group) for group in GROUPS}
        for made in self.groups.values():
            column.addWidget(made)

    def show_model(self, facts: ModelFacts) -> int:
        """Fill every group; how many attributes say something."""
        words = self.context.words
        items: dict[str, dict[int, tuple[str, str]]] = {group: {} for group in GROUPS}
        for number, (key, meaning) in enumerate(ATTRIBUTES.items(), start=1):
            items[key.partition(".")[0]][number] = (words(meaning), attribute_text(key, facts, words))
        for group, made in self.groups.items():
            made.show_items(items[group])
        return sum(bool(text) for group in items.values() for _, text in group.values())
