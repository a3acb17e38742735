"""A button with a name on it says all of it, however narrow it is."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ui.context import Context
from ui.widgets import Column, surface
from ui.widgets.commit_button import CommitButton

SAID = "Save to Wolfeschlegelsteinhausen-Bergerdorff, Hubert’s record"


@pytest.mark.parametrize("width", [900, 330])
def test_without_room_for_one_line_the_words_take_more_and_none_is_lost(qtbot: QtBot, width: int) -> None:
    context = Context()
    box = surface("card")
    qtbot.addWidget(box)
    button = CommitButton(context, icon="save")
    button.set_plain(SAID)
    column = Column(context, 0, 0, box)
    column.addWidget(button)
    column.addStretch(1)
    box.resize(width, 300)
    box.show()
    lines = button.text().split("\n")
    assert "".join("".join(lines).split()) == "".join(SAID.split())  # a name may break at its hyphen
    assert SAID == button.words == button.accessibleName()
    assert (len(lines) > 1) == (width < 900)
    needed = button.minimumSizeHint()
    assert button.width() >= needed.width()
    assert button.height() >= needed.height()
