"""The last value of a variable in a few words, beside the field for a new one."""

from __future__ import annotations

from medapp.i18n import Words
from medapp.terminology.said import answer_words
from ui.format import format_ago
from ui.pages.patient_facts import Facts


def last_words(facts: Facts, name: str, words: Words) -> str:
    """`last 118 µmol/L · 6 d ago`; empty where nothing was recorded."""
    found = facts.record.latest(name)
    value = "" if found is None else answer_words(found, words)
    if found is None or not value:
        return ""
    return words("last {value} · {age}", value=value, age=format_ago(found.time, facts.now, words))
