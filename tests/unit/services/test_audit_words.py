"""Acts of the log have words; what has none is shown by its code."""

from __future__ import annotations

import ast
from pathlib import Path

from medapp import services
from medapp.i18n import LANGUAGES, Words
from medapp.services.audit_words import ACTIONS, action_words, detail_words

ENTERING = ("record", "act", "note")
NO_ACT = {"record", "screen", "skipped"}
"""Names of steps of the self test."""


def _entered() -> set[str]:
    found: set[str] = set()
    for path in Path(services.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                named = [one.value for one in node.args[:3] if isinstance(one, ast.Constant)]
                found.update(one for one in named if isinstance(one, str) and name in ENTERING)
    return found - NO_ACT


def test_every_act_that_a_service_enters_has_words_in_both_languages() -> None:
    entered = _entered()
    assert "open_record" in entered
    assert entered <= set(ACTIONS), entered - set(ACTIONS)
    for language in LANGUAGES:
        assert all(action_words(one, Words(language)) != one for one in ACTIONS)


def test_a_variant_is_told_by_its_family_and_an_unknown_act_by_its_code() -> None:
    words = Words("en")
    assert action_words("deny_drug_allergy", words) == action_words("deny", words)
    assert action_words("something_new", words) == "something_new"


def test_details_are_the_counts_and_codes_that_were_entered() -> None:
    assert detail_words({"roles": ["doctor"], "hits": 3}) == "hits 3 · roles doctor"
