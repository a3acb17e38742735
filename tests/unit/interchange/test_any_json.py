"""Whatever is sent, the reader answers with batches and issues or with a `KnownError`, never otherwise."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from medapp.errors import KnownError
from medapp.interchange.fhir.types import KEPT
from tests.unit.interchange.samples import bundle, observation, patient, read

FIELDS = [
    *("id", "status", "code", "subject", "patient", "valueQuantity", "valueCodeableConcept"),
    *("valueString", "value", "unit", "coding", "system", "display", "component", "period", "start"),
    *("effectiveDateTime", "name", "family", "given", "birthDate", "identifier", "reference"),
    *("referenceRange", "low", "dosage", "contained", "meta"),
]
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12),
    st.sampled_from(["2020-01-01", "Patient/p1", "#x", "8302-2", "http://loinc.org", "cm", "<", "urn:uuid:"]),
)  # fmt: skip
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=25,
)


def is_answered(content: Any, name: str = "file.json") -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            batch = read(Path(folder), content, name)
        except KnownError:
            return
    for issue in batch.issues:
        assert issue.text["en"]
    kept = sum(batch.resources.values())
    assert kept >= 0
    assert not batch.rows["observation"] or "Observation" in batch.resources


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_any_json_document_is_answered(content: Any) -> None:
    is_answered(json.dumps(content))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(KEPT), st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=8))
def test_any_resource_of_a_kept_type_is_answered(type_: str, fields: dict[str, Any]) -> None:
    is_answered(bundle(patient(), {**fields, "resourceType": type_}))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FIELDS), ANYTHING)
def test_any_value_in_a_field_of_a_good_observation_is_answered(field: str, value: Any) -> None:
    is_answered(bundle(patient(), {**observation(), field: value}))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_to_the_bytes_is_answered(data: st.DataObject) -> None:
    whole = bytearray(json.dumps(bundle(patient(), observation())).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    is_answered(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.json", "a.ndjson", "a.json.gz"]))
def test_any_bytes_are_answered(content: bytes, name: str) -> None:
    is_answered(content, name)
