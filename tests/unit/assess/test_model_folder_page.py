"""docs/model-folder.md tells every key of a card, and none that is not known."""

from __future__ import annotations

import re
from pathlib import Path

from medapp.assess.card import parse_card

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/model-folder.md").read_text("utf-8")
READERS = (
    "text|optional_text|one_of|flag|number|optional_number|optional_whole|pair|strings|"
    "local|optional_local|locals|table|tables"
)


def test_the_card_on_the_page_is_valid() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    card = parse_card(example.encode("utf-8"), "example")
    assert [f.name for f in card.features][:3] == ["age", "sex", "bmi"]


def test_every_key_that_is_read_is_told() -> None:
    source = (ROOT / "medapp/assess/card.py").read_text("utf-8")
    keys = set(re.findall(rf'(?:keys|table)\.(?:{READERS})\("(\w+)"', source))
    keys |= set(re.findall(r'_codes\(keys, "(\w+)"', source))
    assert len(keys) > 50
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", PAGE)) == []
