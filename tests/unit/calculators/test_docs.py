"""docs/calculators.md says what the program has; the published cases come out as it says."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from medapp.calculators import calculators

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "calculators.md"


@lru_cache(maxsize=1)
def docs() -> Any:
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import calculators_docs

        return calculators_docs
    finally:
        sys.path.pop(0)


def page() -> str:
    return PAGE.read_text("utf-8")


def test_the_pages_list_is_the_programs() -> None:
    assert tuple(re.findall(r"^### `(\w+)`$", page(), re.MULTILINE)) == tuple(calculators())


def test_what_is_left_out_stands_on_the_page_with_its_reason_in_both_languages() -> None:
    told = page().partition("## Left out")[2]
    for name, row in docs().left_out().items():
        assert f"| `{name}` |" in told
        assert all(row[key][lang] in told for key in ("title", "reason") for lang in ("en", "zh_CN"))


def test_every_score_asked_for_is_built_or_left_out_and_never_both() -> None:
    built, left = set(calculators()), set(docs().left_out())
    assert not built & left
    assert docs().ASKED - built - left == set()


def test_the_published_cases_come_out_as_the_page_says() -> None:
    if docs().archive() is None:
        pytest.skip("medcalc-dev.tar.gz is not here (MEDAPP_KNOWLEDGE, or ../shared/knowledge)")
    answers, aside = docs().agreement(), docs().set_aside()
    counted = [one for one in answers if one.case.key not in aside]
    assert {one.case.key for one in answers} >= set(aside)
    assert len(answers) - len(counted) <= docs().MOST_SET_ASIDE * len(answers)
    assert not [one.case.key for one in answers if one.agrees and one.case.key in aside]
    assert sum(one.agrees for one in counted) >= 0.98 * len(counted)
    assert page() == docs().page(answers)
