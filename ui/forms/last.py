"""The last value of a variable in a few words, beside the field for a new one."""

from __future__ import annotations

from medapp.domain.clinical import Observation
from medapp.i18n import Words
from medapp.terminology.variables import Variable, answer_of, variables
from ui.format import format_ago, format_date, format_quantity
from ui.pages.patient_facts import Facts


def last_words(facts: Facts, name: str, words: Words) -> str:
    """`last 118 µmol/L · 6 d ago`; empty where nothing was recorded."""
    found = facts.record.latest(name)
    if found is None:
        return ""
    value = answer_words(found, variables()[name], words)
    age = format_ago(found.time, facts.now, words)
    return words("last {value} · {age}", value=value, age=age) if value else ""


def answer_words(found: Observation, item: Variable, words: Words) -> str:
    """A value with its unit, a listed answer in the reader's language, a day, or the words as recorded."""
    if found.value is not None and item.kind not in ("boolean", "choice"):
        return format_quantity(found.value, item.unit, item.decimals)
    if item.kind == "date":
        return format_date(found.text, words) if found.text else ""
    coded = found.coded
    answer = answer_of(
        item, system=coded.system if coded else None, code=coded.code if coded else None,
        text=found.text or (coded.display if coded else None) or "",
    )
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    rows = item.answers if item.kind == "boolean" else item.choices
    title = next((words.pick(row.title) for row in rows if row.id == answer), None)
    return title or found.text or (coded.display if coded else None) or ""
