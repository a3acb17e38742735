"""The fields of a form in another language: what is chosen stays, and every field is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from medapp.assess.inputs import InputChoice, InputSpec
from medapp.domain.datatypes import LocalText
from ui.context import Context
from ui.forms.entry_fields import DAY, NUMBER, PICK, TEXT, PickField, entry_field, entry_spec
from ui.forms.fields import FIELDS, field_for

SITES = (("left_arm", "Left arm"), ("right_arm", "Right arm"))


@pytest.fixture
def context(qtbot: QtBot) -> Iterator[Context]:
    made = Context()
    yield made
    made.jobs.close()


@pytest.mark.parametrize("required", [False, True])
def test_an_imported_answer_outlives_a_change_of_the_language(
    required: bool, context: Context, qtbot: QtBot
) -> None:
    field = entry_field(context, entry_spec("site", "Site", PICK, required=required, choices=SITES))
    qtbot.addWidget(field)
    assert isinstance(field, PickField)
    for value in ("Left deltoid", "right_arm"):
        field.set_value(value)
        for language in ("zh_CN", "en"):
            context.set_language(language)
            assert field.value() == field.raw() == value
    assert field.box.currentText() == "Right arm"
    assert field.box.count() == len(SITES) + (not required)  # an answer of another entry is not offered


@pytest.mark.parametrize("kind", [TEXT, DAY, PICK, NUMBER])
def test_a_field_of_an_entry_is_named_in_the_language_of_the_moment(
    kind: str, context: Context, qtbot: QtBot
) -> None:
    field = entry_field(context, entry_spec("site", "Site", kind, choices=SITES))
    qtbot.addWidget(field)
    _named(context, field, field.box if isinstance(field, PickField) else field.line)


@pytest.mark.parametrize("kind", [*FIELDS, "number"])
def test_a_field_of_a_model_is_named_in_the_language_of_the_moment(
    kind: str, context: Context, qtbot: QtBot
) -> None:
    title = LocalText("Site", "部位")
    choices = tuple(InputChoice(key, LocalText(text, text)) for key, text in SITES)
    spec = InputSpec(
        "site", title, kind, None, "", (), False, None, None, choices, (), 0, "", "feature", False
    )
    field = field_for(context, spec)
    qtbot.addWidget(field)
    editor = getattr(field, "choice", None) or getattr(field, "box", None) or field.line
    _named(context, field, editor)


def _named(context: Context, field: QWidget, editor: QWidget) -> None:
    for language, name in (("zh_CN", "部位"), ("en", "Site")):
        context.set_language(language)
        assert editor.accessibleName() == name
