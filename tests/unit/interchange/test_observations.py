"""How a FHIR Observation is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.interchange.samples import (
    LOINC,
    bundle,
    codes,
    concept,
    named,
    observation,
    patient,
    quantity,
    read,
)


def rows(folder: Path, **more: Any) -> tuple[list[dict[str, Any]], list[str]]:
    batch = read(folder, bundle(patient(), observation(**more)))
    return named(batch, "observation"), codes(batch)


def test_a_value_in_the_canonical_unit_stays_as_it_was_to_the_last_bit(tmp_path: Path) -> None:
    (row,), issues = rows(tmp_path, valueQuantity=quantity(158.00822706302563, "cm"))
    assert (row["value"], row["unit"]) == (158.00822706302563, "cm")
    assert (row["value_sent"], row["unit_sent"]) == (158.00822706302563, "cm")
    assert not issues


def test_another_unit_is_converted_and_what_was_sent_is_kept(tmp_path: Path) -> None:
    (row,), _ = rows(tmp_path, code="2160-0", valueQuantity=quantity(1.0, "mg/dL"))
    assert row["value"] == pytest.approx(88.4, rel=1e-3)
    assert (row["unit"], row["value_sent"], row["unit_sent"]) == ("umol/L", 1.0, "mg/dL")


def test_hba1c_in_mmol_per_mol_is_converted_with_its_offset(tmp_path: Path) -> None:
    (row,), _ = rows(tmp_path, code="4548-4", valueQuantity=quantity(53, "mmol/mol"))
    assert row["value"] == pytest.approx(7.0, abs=0.01)


def test_the_time_keeps_its_offset_and_precision(tmp_path: Path) -> None:
    (row,), _ = rows(tmp_path, effectiveDateTime="2020-01-02T08:00:00+01:00")
    assert row["ts"] == 1577948400
    assert row["when"] == 60 * 4 + 3


@pytest.mark.parametrize(
    ("time", "seconds"),
    [
        ({"effectivePeriod": {"start": "2020-01-02"}}, 1577923200),
        ({"effectiveInstant": "2020-01-02T00:00:01.5Z"}, 1577923201),
        ({"issued": "2020-01-02T00:00:02Z"}, 1577923202),
    ],
)
def test_the_time_is_found_wherever_fhir_allows_it(
    tmp_path: Path, time: dict[str, Any], seconds: int
) -> None:
    resource = observation(**time)
    del resource["effectiveDateTime"]
    (row,) = named(read(tmp_path, bundle(patient(), resource)), "observation")
    assert row["ts"] == seconds


def test_no_date_or_a_date_that_does_not_exist_is_an_error_and_gives_no_row(tmp_path: Path) -> None:
    found, issues = rows(tmp_path, effectiveDateTime="2020-02-31")
    assert (found, issues) == ([], ["bad_date"])
    found, issues = rows(tmp_path, effectiveDateTime=None)
    assert (found, issues) == ([], ["no_date"])


def test_a_date_in_the_future_is_kept_and_reported(tmp_path: Path) -> None:
    found, issues = rows(tmp_path, effectiveDateTime="2031-01-01")
    assert len(found) == 1
    assert issues == ["future_date"]


def test_a_panel_is_one_row_per_component_tied_by_its_id(tmp_path: Path) -> None:
    components = [
        {"code": concept(LOINC, "8480-6"), "valueQuantity": quantity(121, "mm[Hg]")},
        {"code": concept(LOINC, "8462-4"), "valueQuantity": quantity(79, "mm[Hg]")},
    ]
    found, issues = rows(tmp_path, code="85354-9", component=components)
    assert [(row["code"][1], row["value"], row["panel"], row["source_id"]) for row in found] == [
        ("8480-6", 121, "o1", "o1"),
        ("8462-4", 79, "o1", "o1"),
    ]
    assert not issues


def test_two_components_of_one_code_are_told_apart(tmp_path: Path) -> None:
    component = {"code": concept(LOINC, "8480-6"), "valueQuantity": quantity(121, "mm[Hg]")}
    found, _ = rows(tmp_path, code="85354-9", component=[component, component])
    assert [row["source_id"] for row in found] == ["o1", "o1#2"]


def test_a_unit_that_cannot_be_converted_keeps_the_number_as_sent_only(tmp_path: Path) -> None:
    (row,), issues = rows(tmp_path, code="33914-3", valueQuantity=quantity(60, "mL/min"))
    assert (row["value"], row["value_sent"], row["unit_sent"]) == (None, 60, "mL/min")
    assert issues == ["unit_not_convertible"]


def test_a_number_without_a_unit_is_not_guessed(tmp_path: Path) -> None:
    (row,), issues = rows(tmp_path, valueQuantity=quantity(170))
    assert (row["value"], row["value_sent"]) == (None, 170)
    assert issues == ["no_unit"]


def test_an_impossible_value_is_never_used_and_an_implausible_one_is_flagged(tmp_path: Path) -> None:
    (row,), issues = rows(tmp_path, valueQuantity=quantity(17000, "cm"))
    assert (row["value"], row["value_sent"], issues) == (None, 17000, ["impossible_value"])
    (row,), issues = rows(tmp_path, code="32207-3", valueQuantity=quantity(300, "fL"))
    assert (row["value"], issues) == (300, ["implausible_value"])


def test_an_unknown_code_is_kept_and_told_once(tmp_path: Path) -> None:
    unknown = [observation(f"o{n}", code="99999-9", valueQuantity=quantity(n, "U/L")) for n in range(3)]
    batch = read(tmp_path, bundle(patient(), *unknown))
    assert [(row["value"], row["unit"]) for row in named(batch, "observation")] == [
        (0, "U/L"),
        (1, "U/L"),
        (2, "U/L"),
    ]
    assert codes(batch) == ["unknown_code"]
    assert batch.codes[LOINC, "99999-9"].variable is None


def test_a_comparator_is_kept_and_a_strange_one_makes_the_number_unused(tmp_path: Path) -> None:
    (row,), _ = rows(tmp_path, code="1988-5", valueQuantity=quantity(5, "mg/L", comparator="<"))
    assert (row["value"], row["comparator"]) == (5, "<")
    (row,), issues = rows(tmp_path, code="1988-5", valueQuantity=quantity(5, "mg/L", comparator="~"))
    assert (row["value"], row["value_sent"], issues) == (None, 5, ["unknown_comparator"])


def test_a_coded_answer_becomes_the_choice_of_its_variable(tmp_path: Path) -> None:
    never = concept("http://snomed.info/sct", "266919005", "Never smoker")
    (row,), issues = rows(tmp_path, code="72166-2", valueCodeableConcept=never)
    assert (row["text"], row["coded"]) == ("never", ("http://snomed.info/sct", "266919005"))
    assert not issues


def test_an_answer_that_is_no_choice_is_kept_as_sent(tmp_path: Path) -> None:
    strange = concept("http://snomed.info/sct", "1", "Smokes a pipe")
    (row,), issues = rows(tmp_path, code="72166-2", valueCodeableConcept=strange)
    assert (row["text"], row["value"], issues) == ("Smokes a pipe", None, ["unknown_answer"])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"valueString": "cloudy"}, (None, "cloudy")),
        ({"valueBoolean": True}, (1.0, None)),
        ({"valueDateTime": "2019-12-24"}, (None, "2019-12-24")),
        ({"valueInteger": 7}, (7.0, None)),
        ({"dataAbsentReason": concept("http://x", "unknown")}, (None, None)),
    ],
)
def test_every_kind_of_value_is_read(
    tmp_path: Path, more: dict[str, Any], expected: tuple[object, object]
) -> None:
    (row,), _ = rows(tmp_path, code="99999-9", **more)
    assert (row["value"], row["text"]) == expected


def test_a_kind_of_value_that_is_not_taken_up_is_reported(tmp_path: Path) -> None:
    found, issues = rows(tmp_path, code="99999-9", valueRatio={"numerator": {"value": 1}})
    assert found == []
    assert "value_kind" in issues


def test_the_laboratorys_reference_range_is_kept_in_the_canonical_unit(tmp_path: Path) -> None:
    limits = [{"low": quantity(0.5, "mg/dL"), "high": quantity(1.2, "mg/dL")}]
    (row,), _ = rows(tmp_path, code="2160-0", valueQuantity=quantity(1, "mg/dL"), referenceRange=limits)
    assert row["ref_low"] == pytest.approx(44.2, rel=1e-2)
    assert row["ref_high"] == pytest.approx(106.1, rel=1e-2)


def test_a_range_for_some_people_only_is_not_taken_for_everybodys(tmp_path: Path) -> None:
    limits = [{"low": quantity(0.5, "mg/dL"), "appliesTo": [concept("http://x", "pregnant")]}]
    (row,), _ = rows(tmp_path, code="2160-0", valueQuantity=quantity(1, "mg/dL"), referenceRange=limits)
    assert row["ref_low"] is None


def test_the_coding_whose_variable_is_known_counts(tmp_path: Path) -> None:
    local = {"coding": [{"system": "http://lab.example", "code": "H"}, {"system": LOINC, "code": "8302-2"}]}
    batch = read(tmp_path, bundle(patient(), {**observation(), "code": local}))
    assert named(batch, "observation")[0]["code"] == (LOINC, "8302-2")


def test_an_issue_names_class_and_field_and_no_value(tmp_path: Path) -> None:
    batch = read(tmp_path, bundle(patient(), observation(valueQuantity=quantity(17000, "cm"))))
    (issue,) = batch.issues
    assert issue.where == "Bundle.entry[1].resource.ofType(Observation).valueQuantity"
    assert "17000" not in str(issue.as_document())
    assert set(issue.as_document()) == {"severity", "code", "where", "text"}
    assert issue.as_document()["text"]["zh_CN"] != issue.as_document()["text"]["en"]


def test_a_thousand_like_deviations_stay_readable(tmp_path: Path) -> None:
    many = [observation(f"o{n}", valueQuantity=quantity(170)) for n in range(80)]
    batch = read(tmp_path, bundle(patient(), *many))
    assert len(batch.rows["observation"]) == 80
    assert len(batch.issues) == 51
    assert batch.issues[-1].fields == {"count": 30}
