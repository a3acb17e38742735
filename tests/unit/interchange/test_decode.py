"""How the resources of a file are told apart, and what is said of those that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from medapp.interchange.errors import (
    DuplicateKeys,
    MalformedJson,
    NoBundleEntries,
    NotFhir,
    TooDeep,
    TruncatedJson,
)
from medapp.interchange.fhir.duplicates import decoded_once
from medapp.interchange.issues import Strictness
from tests.unit.interchange.samples import bundle, codes, named, observation, patient, quantity, read


def test_kept_types_and_others_are_counted_apart(tmp_path: Path) -> None:
    batch = read(
        tmp_path, bundle(patient(), observation(), {"resourceType": "Claim"}, {"resourceType": "Claim"})
    )
    assert batch.resources == {"Patient": 1, "Observation": 1}
    assert batch.verbatim == {"Claim": 2}


@pytest.mark.parametrize("type_", ["collection", "searchset", "transaction", "document", "history"])
def test_every_type_of_bundle_is_read(tmp_path: Path, type_: str) -> None:
    assert read(tmp_path, bundle(patient(), type_=type_)).resources == {"Patient": 1}


def test_a_single_resource_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, patient()).patients[0].noun.name == "BERG, Ida"


def test_a_bundle_inside_a_bundle_is_read(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(bundle(patient(), observation())))
    assert batch.resources == {"Patient": 1, "Observation": 1}


def test_the_resource_type_may_stand_last(tmp_path: Path) -> None:
    one = patient()
    one["resourceType"] = one.pop("resourceType")
    assert read(tmp_path, {"entry": [{"resource": one}], "resourceType": "Bundle"}).resources == {
        "Patient": 1
    }


def test_an_unknown_type_is_an_error_of_its_entry_only(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(patient(), {"resourceType": "Spaceship"}, {"a": 1}))
    assert batch.resources == {"Patient": 1}
    assert codes(batch) == ["unknown_type", "unknown_type"]


def test_an_entry_of_a_wrong_shape_spoils_no_other(tmp_path: Path) -> None:
    whole = bundle(patient())
    whole["entry"] += [7, {"resource": None}, {"fullUrl": "urn:uuid:1"}, {"fullUrl": 5, "resource": {}}]
    batch = read(tmp_path, whole)
    assert batch.resources == {"Patient": 1}
    assert sorted(codes(batch)) == [
        "entry_without_resource", "entry_without_resource", "malformed_entry", "malformed_entry",
    ]  # fmt: skip


def test_a_number_sent_as_text_is_read_and_reported(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(patient(), observation(valueQuantity=quantity("171.5", "cm"))))
    assert named(batch, "observation")[0]["value"] == 171.5
    assert codes(batch) == ["wrong_type"]


def test_a_single_item_where_a_list_is_asked_for_is_read_and_reported(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(patient(name={"family": "Berg", "given": "Ida"})))
    assert batch.patients[0].noun.name == "BERG, Ida"
    assert codes(batch) == ["wrong_type"]


def test_a_field_that_does_not_fit_is_left_out_and_named(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(patient(address=["nowhere"])))
    assert batch.resources == {"Patient": 1}
    issue = next(one for one in batch.issues if one.code == "field_left_out")
    assert issue.where == "Bundle.entry[0].resource.ofType(Patient).address"


def test_strict_reading_leaves_a_deviating_resource_out(tmp_path: Path) -> None:
    wrong = bundle(patient(), observation(valueQuantity=quantity("171.5", "cm")))
    batch = read(tmp_path, wrong, strictness=Strictness.STRICT)
    assert batch.verbatim == {"Observation": 1}
    assert codes(batch) == ["malformed_resource"]


def test_a_key_that_stands_twice_makes_its_resource_unused(tmp_path: Path) -> None:
    text = json.dumps(bundle(patient(), observation()))
    batch = read(tmp_path, text.replace('"status": "final"', '"status": "final", "status": "cancelled"'))
    assert batch.verbatim == {"Observation": 1}
    assert batch.issues[0].code == "duplicate_key"
    assert batch.issues[0].where.endswith("ofType(Observation).status")


def test_a_bundle_with_two_lists_of_entries_is_refused(tmp_path: Path) -> None:
    text = json.dumps(bundle(patient()))[:-1] + ', "entry": []}'
    with pytest.raises(DuplicateKeys):
        read(tmp_path, text)


@pytest.mark.parametrize("first", ["[]", "null", "ONE"])
def test_a_second_list_of_entries_is_found_wherever_the_first_ends(tmp_path: Path, first: str) -> None:
    one = json.dumps(bundle(patient())["entry"])
    text = '{"resourceType": "Bundle", "entry": ' + first.replace("ONE", one) + f', "entry": {one}}}'
    with pytest.raises(DuplicateKeys):
        read(tmp_path, text)


def test_the_word_entry_elsewhere_makes_no_bundle_ambiguous(tmp_path: Path) -> None:
    text = json.dumps({"meta": {"entry": [{"a": 1}]}, **bundle(patient()), "note": {"entry": "entry"}})
    text = '{"resourceType": "Bundle", ' + text[1:].replace('"resourceType": "Bundle", ', "", 1)
    assert read(tmp_path, text).resources == {"Patient": 1}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (b'{"a": {"b": 1, "b": 2}}', "b"),
        (b'{"a": ":", "b": [{"c": 1}, {"c": 1}]}', None),
        (b'{"a": "\\u003a\\u003a"}', None),
    ],
)
def test_duplicates_are_found_at_any_depth_and_nowhere_else(text: bytes, key: str | None) -> None:
    assert decoded_once(text, bytearray())[1] == key


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (json.dumps(bundle(patient()))[:-20], TruncatedJson),
        ('{"resourceType": "Bundle", "entry": [}', MalformedJson),
        ('{"resourceType": "Patient", "id": "1"} trailing', MalformedJson),
        ('{"resourceType": "Bundle", "entry": 5}', NoBundleEntries),
        ('{"resourceType": "Spaceship"}', NotFhir),
        ('{"hello": 1}', NotFhir),
        ("[1, 2]", NotFhir),
        ('{"resourceType": 5}', NotFhir),
        ('{"resourceType": "Bundle", "entry": ' + "[" * 100_000, TooDeep),
    ],
)
def test_what_is_no_fhir_document_is_refused_with_its_reason(
    tmp_path: Path, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read(tmp_path, text)


def test_deep_nesting_inside_a_resource_is_refused(tmp_path: Path) -> None:
    deep = '{"resourceType":"Patient","extension":' + "[" * 5000 + "]" * 5000 + "}"
    with pytest.raises(TooDeep):
        read(tmp_path, deep)


def test_one_page_of_several_is_said_to_be_one(tmp_path: Path) -> None:
    page = bundle(patient(), type_="searchset", link=[{"relation": "next", "url": "http://x"}])
    assert codes(read(tmp_path, page)) == ["more_pages"]
