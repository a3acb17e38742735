"""Reading a card: every complaint names the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli_w

from medapp.assess.card import CodeMatch, parse_card, read_card
from medapp.assess.errors import CardKeyMissing, CardKeyUnknown, CardKeyWrong, CardUnreadable, ModelIncomplete
from medapp.domain.datatypes import Coding
from tests.model_folders import AGE, FEATURES, card_of


def toml(**changes: Any) -> bytes:
    return tomli_w.dumps(card_of("linear", FEATURES, "ab" * 32, changes=changes)).encode()


def test_a_whole_card_is_read() -> None:
    card = parse_card(toml(), "linear")
    assert (card.id, card.version, card.output.type, card.output.lead_class) == (
        "linear",
        "1.0.0",
        "probability",
        "yes",
    )
    assert card.features[0].valid == (20.0, 79.0)
    assert card.operating_points[0].purpose.en == "offer a laboratory test"


def test_a_missing_key_is_named() -> None:
    broken = toml().replace(b'title = "linear"', b"")
    broken = tomli_w.dumps(
        {k: v for k, v in card_of("linear", FEATURES, "0").items() if k != "title"}
    ).encode()
    with pytest.raises(CardKeyMissing) as caught:
        parse_card(broken, "linear")
    assert caught.value.fields["key"] == "title"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"features": [{**AGE, "valid": [20]}]}, "features[0].valid"),
        ({"features": [AGE, {**AGE, "required": "yes"}]}, "features[1].required"),
        ({"task": "guessing"}, "task"),
        ({"title": {"en": "only English"}}, "title"),
        ({"schema": 2}, "schema"),
        ({"features": [{**AGE, "missing": "impute"}]}, "features[0].missing"),
        ({"graph": {"file": "../model.onnx", "sha256": "0"}}, "graph.file"),
        ({"explain": {"method": "magic"}}, "explain.method"),
        (
            {"features": [{**AGE, "yes_codes": [{"system": "somewhere", "code": "1"}]}]},
            "features[0].yes_codes[0].system",
        ),
    ],
)
def test_a_wrong_value_is_named_by_its_key(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(CardKeyWrong) as caught:
        parse_card(toml(**changes), "linear")
    assert caught.value.fields["key"] == key


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(CardKeyUnknown) as caught:
        parse_card(toml(features=[{**AGE, "vaild": [20, 79]}]), "linear")
    assert caught.value.fields["key"] == "features[0].vaild"


def test_what_is_not_toml_is_told_with_its_line() -> None:
    with pytest.raises(CardUnreadable) as caught:
        parse_card(b'schema = 1\nid = "x\n', "linear")
    assert "2" in str(caught.value.fields["line"])


def test_bytes_that_are_no_utf8_are_told_with_their_line() -> None:
    with pytest.raises(CardUnreadable) as caught:
        parse_card(b"schema = 1\n\xff\n", "linear")
    assert caught.value.fields["line"] == 2


def test_a_folder_without_a_card_is_incomplete(tmp_path: Path) -> None:
    with pytest.raises(ModelIncomplete):
        read_card(tmp_path)


def test_a_regression_has_a_unit_and_no_classes() -> None:
    card = parse_card(tomli_w.dumps(card_of("r", FEATURES, "0", classes=0)).encode(), "r")
    assert (card.output.type, card.output.unit) == ("quantity", "mmol/L")


def test_a_prefix_matches_with_and_without_the_point() -> None:
    match = CodeMatch(("http://hl7.org/fhir/sid/icd-10-cm",), prefix="E11.2")
    assert match.matches(Coding("http://hl7.org/fhir/sid/icd-10-cm", "E1121"))
    assert not match.matches(Coding("http://hl7.org/fhir/sid/icd-10-cm", "E11.9"))
    assert not match.matches(Coding("http://snomed.info/sct", "E11.21"))
