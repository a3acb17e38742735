"""The rows of the list of scores: offered for this patient, pinned, recent, then all by specialty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from medapp.assess import score_words
from medapp.calculators.calculator import Calculator
from medapp.calculators.declare import SPECIALTIES
from medapp.i18n import N_, Words
from medapp.services import scores
from ui.itemmodels.assess_list import AssessRow, GroupHead
from ui.pages.scores.reading import Listed

HEADS: Final = {
    "offered": (N_("Offered for this patient"), "person"),
    "pinned": (N_("Pinned"), "flag"),
    "recent": (N_("Opened last"), "clock"),
}


def rows_of(listed: Listed, text: str, words: Words) -> list[AssessRow | GroupHead]:
    """Each score once, under the first heading it belongs to; while one types, what is found and no more."""
    found = scores.find(text)
    if text.strip():
        title = words("Found")
        rows = [_row(one, listed, words) for one in found]
        return [GroupHead("found", title, "search", "text2", len(rows)), *rows] if rows else []
    left = {one.id: one for one in found}
    groups: list[AssessRow | GroupHead] = []
    shelf = listed.shelf
    for key, names in (
        ("offered", listed.offered), ("pinned", shelf.pinned), ("recent", shelf.recent),
    ):
        title, icon = HEADS[key]
        members = [left.pop(name) for name in tuple(names) if name in left]
        groups += _group(key, words(title), icon, members, listed, words)
    for area, local in SPECIALTIES.items():
        members = [left.pop(name) for name, one in tuple(left.items()) if one.about.specialties[0] == area]
        members.sort(key=lambda one: words.pick(one.about.title))
        groups += _group(area, words.pick(local), "list", members, listed, words)
    return groups


def _group(
    key: str, title: str, icon: str, members: Iterable[Calculator], listed: Listed, words: Words
) -> list[AssessRow | GroupHead]:
    rows = [_row(one, listed, words) for one in members]
    return [GroupHead(key, title, icon, "text2", len(rows)), *rows] if rows else []


def _row(one: Calculator, listed: Listed, words: Words) -> AssessRow:
    title = words.pick(one.about.title)
    answer = listed.offered.get(one.id)
    value = "" if answer is None else score_words.value_words(answer, one.card, words)
    told = "" if answer is None else score_words.meaning(answer, words)
    detail = told or words.pick(one.about.population)
    is_pinned = one.id in listed.shelf.pinned
    said = [title, value, detail, words("pinned") if is_pinned else ""]
    return AssessRow(
        one.id, "score", title, value, detail, "flag" if is_pinned else "", None,
        ", ".join(part for part in said if part),
    )
