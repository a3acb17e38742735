"""Drafts and signed visits as rows of a list."""

from __future__ import annotations

from collections.abc import Sequence

from medapp.domain.notes import Note
from medapp.i18n import Words
from medapp.services.drafts import Draft
from medapp.services.visits import from_document
from ui.format import format_date
from ui.itemmodels.two_lines import TwoLines
from ui.pages.notes.reader import STATES

Key = tuple[int, bool]
"""A note's number and whether it is the draft of it; (0, True) is a new visit."""


def visit_rows(drafts: Sequence[Draft], notes: Sequence[Note], words: Words) -> list[TwoLines]:
    """What is being written first, then every version, the latest first."""
    rows = []
    for draft in drafts:
        visit = from_document(draft.document["visit"])
        state = words("amendment, not signed") if draft.item else words("not signed")
        text = _line(visit.reason.text or visit.history.text) or words("No reason written")
        rows.append(TwoLines((draft.item, True), format_date(visit.started, words), text, state, "accent"))
    for note in notes:
        message, tone = STATES[note.status]
        text = _line(note.visit.reason.text or note.visit.history.text or note.visit.plan.text)
        rows.append(TwoLines(
            (note.id, False), format_date(note.visit.started, words), text or words("No reason written"),
            words(message), "text2" if tone == "neutral" else tone, is_void=not note.is_standing,
        ))
    return rows


def _line(text: str) -> str:
    return " ".join(text.split())[:120]
