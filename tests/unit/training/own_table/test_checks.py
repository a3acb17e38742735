"""Everything that may deceive is found, told and, where it must be, left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from medapp.i18n import Words
from medapp.training.own_table import errors
from tests.unit.training.own_table.tables import codes, illness, inspected


def test_a_plain_table_is_taken_as_it_is(tmp_path: Path) -> None:
    table = inspected(tmp_path / "t.csv", illness())
    assert [c.name for c in table.inputs] == ["age", "sex", "marker", "smoking"]
    assert [c.id for c in table.outcome.classes] == ["yes", "no"]
    assert len(table.rows) == 120
    assert not {"leak", "identifier", "duplicated_rows", "sorted_by_outcome"} & set(codes(table))


def test_every_finding_is_told_in_both_languages(tmp_path: Path) -> None:
    columns = illness() | {"empty": [""] * 120, "same": ["1"] * 120, "name": ["Anna Berg"] * 120}
    for finding in inspected(tmp_path / "t.csv", columns).findings:
        document = finding.as_document()
        assert document["text"]["en"] and document["text"]["zh_CN"] and "{" not in document["text"]["zh_CN"]
        assert finding.text(Words("en")) == document["text"]["en"]


def test_identifiers_people_dates_texts_and_empty_columns_are_left_out(tmp_path: Path) -> None:
    count = range(120)
    columns = illness() | {
        "row": [str(i + 1) for i in count],
        "patient_id": [f"P{i:05}" for i in count],
        "name": [f"Anna Berg{'abcdefghij'[i % 10]}" for i in count],
        "doctor": ["王小明", "李华"] * 60,
        "seen": [f"2024-01-{i % 28 + 1:02}" for i in count],
        "note": [f"came with cough and {i % 60} more" for i in count],
        "nothing": ["?"] * 120,
        "same": ["7"] * 120,
        "two_ways": [f"{i % 9 + 1},{i:03}" for i in count],
    }
    found = codes(inspected(tmp_path / "t.csv", {k: [f'"{v}"' for v in some] for k, some in columns.items()}))
    assert set(found["identifier"]) >= {"row", "patient_id"}
    assert "name" in found["identifies_people"]
    assert found["date"] == ("seen",)
    assert found["free_text"] == ("note",)
    assert found["empty"] == ("nothing",)
    assert found["constant"] == ("same",)
    assert found["two_readings"] == ("two_ways",)


def test_the_outcome_in_other_words_and_what_predicts_it_alone_are_left_out(tmp_path: Path) -> None:
    columns = illness()
    random = np.random.default_rng(2)
    ill = np.array(columns["ill"]) == "yes"
    columns["coded"] = ["B" if v else "A" for v in ill]
    columns["score"] = [f"{v * 10 + random.normal():.3f}" for v in ill]
    table = inspected(tmp_path / "t.csv", columns)
    found = codes(table)
    assert found["target_recoded"] == ("coded",)
    assert found["leak"] == ("score",)
    assert {"coded", "score"}.isdisjoint(c.name for c in table.inputs)
    kept = inspected(tmp_path / "t.csv", columns, keep=frozenset({"score"}))
    assert "score" in [c.name for c in kept.inputs]


def test_what_is_recorded_later_is_left_out_by_name(tmp_path: Path) -> None:
    columns = illness() | {"discharge_days": [str(i % 9) for i in range(120)]}
    assert codes(inspected(tmp_path / "t.csv", columns))["recorded_later"] == ("discharge_days",)


def test_estimates_of_others_are_left_out_by_name_unless_kept(tmp_path: Path) -> None:
    columns = illness() | {"surv2m": [f"0.{i % 90 + 10}" for i in range(120)]}
    assert codes(inspected(tmp_path / "t.csv", columns))["another_estimate"] == ("surv2m",)
    kept = inspected(tmp_path / "t.csv", columns, keep=frozenset({"surv2m"}))
    assert "surv2m" in [c.name for c in kept.inputs]


def test_a_few_answers_that_are_no_sex_are_unknown_and_told(tmp_path: Path) -> None:
    columns = illness()
    columns["sex"] = ["Unknown/Invalid", *columns["sex"][1:]]
    table = inspected(tmp_path / "t.csv", columns)
    assert next(c for c in table.inputs if c.name == "sex").rule.variable == "sex"
    (told,) = (f for f in table.findings if f.code == "answers_not_known")
    assert told.fields["count"] == 1 and "Unknown/Invalid" in told.text(Words("en"))
    columns["sex"] = ["Unknown/Invalid"] * 20 + columns["sex"][20:]
    assert "sex_not_told" in codes(inspected(tmp_path / "t.csv", columns))


def test_a_sex_in_numbers_is_not_guessed_and_the_column_is_named(tmp_path: Path) -> None:
    columns = illness()
    columns["sex"] = ["1" if sex == "male" else "0" for sex in columns["sex"]]
    assert codes(inspected(tmp_path / "t.csv", columns))["sex_not_told"] == ("sex",)


def test_dates_after_the_first_are_pointed_out(tmp_path: Path) -> None:
    columns = illness() | {
        "admitted": [f"2024-01-{i % 28 + 1:02}" for i in range(120)],
        "left": [f"2024-02-{i % 28 + 1:02}" for i in range(120)],
    }
    assert codes(inspected(tmp_path / "t.csv", columns))["dates_in_order"] == ("left",)


def test_repeated_rows_count_once(tmp_path: Path) -> None:
    columns = {name: [*some, *some[:40]] for name, some in illness().items()}
    table = inspected(tmp_path / "t.csv", columns)
    assert len(table.rows) == 120
    finding = next(f for f in table.findings if f.code == "duplicated_rows")
    assert (finding.fields["count"], finding.fields["left"]) == (40, 120)


def test_people_alike_in_a_few_coarse_answers_are_no_copies(tmp_path: Path) -> None:
    columns = {name: some for name, some in illness(400).items() if name in ("sex", "smoking", "ill")}
    table = inspected(tmp_path / "t.csv", columns)
    assert len(table.rows) == 400
    assert "alike_by_chance" in codes(table)
    assert not table.is_grouped


def test_rows_of_one_person_stay_together(tmp_path: Path) -> None:
    columns = {"patient_id": [f"P{i // 3}" for i in range(120)], **illness()}
    table = inspected(tmp_path / "t.csv", columns)
    assert codes(table)["grouped_rows"] == ("patient_id",)
    assert len(np.unique(table.groups)) == 40
    assert "patient_id" not in [c.name for c in table.inputs]


def test_repeated_numbers_of_people_are_known_by_name_however_few_there_are(tmp_path: Path) -> None:
    columns = {"subject#": [str(i % 12) for i in range(120)], **illness()}
    assert codes(inspected(tmp_path / "t.csv", columns))["grouped_rows"] == ("subject#",)


def test_codes_of_a_few_kinds_are_no_identifiers_and_noughts_of_a_score_no_blanks(tmp_path: Path) -> None:
    columns = illness()
    columns["admission_type_id"] = [str(i % 5) for i in range(120)]
    columns["score"] = [
        ("0", "2", "3.5", "4", "5", "6", "2.75", "7", "8", "9", "10")[i % 11] for i in range(120)
    ]
    table = inspected(tmp_path / "t.csv", columns)
    assert {"admission_type_id", "score"} <= {c.name for c in table.inputs}
    assert "zeros_as_missing" not in codes(table)


def test_zeros_and_codes_that_nobody_can_have_are_unknown(tmp_path: Path) -> None:
    columns = illness()
    columns["pressure"] = [str(60 + i * 7 % 50) if i % 10 else "0" for i in range(120)]
    columns["weight"] = [str(50 + i * 11 % 60) if i % 12 else "999" for i in range(120)]
    columns["births"] = [str(i % 9) for i in range(120)]
    columns["level"] = [f"{1 + i * 13 % 40 / 10}" if i % 15 else "-9" for i in range(120)]
    table = inspected(tmp_path / "t.csv", columns)
    found = codes(table)
    assert found["zeros_as_missing"] == ("pressure",)
    assert set(found["code_as_missing"]) == {"weight", "level"}
    by_name = {c.name: c for c in table.inputs}
    assert np.isnan(by_name["pressure"].numbers()).sum() == 12
    kept = inspected(tmp_path / "t.csv", columns, keep_zeros=frozenset({"pressure"}))
    assert "zeros_as_missing" not in codes(kept)


def test_blanks_that_tell_the_outcome_are_pointed_out(tmp_path: Path) -> None:
    columns = illness(200)
    columns["marker"] = [
        "" if ill == "yes" and i % 3 else value or "5"
        for i, (value, ill) in enumerate(zip(columns["marker"], columns["ill"], strict=True))
    ]
    assert "blanks_predict" in codes(inspected(tmp_path / "t.csv", columns))


def test_rows_sorted_by_outcome_are_pointed_out(tmp_path: Path) -> None:
    columns = illness(200)
    order = np.argsort(columns["ill"], kind="stable")
    columns = {name: [some[i] for i in order] for name, some in columns.items()}
    assert "sorted_by_outcome" in codes(inspected(tmp_path / "t.csv", columns))


def test_values_far_from_all_others_are_pointed_out(tmp_path: Path) -> None:
    columns = illness()
    columns["potassium"] = [f"{3.5 + i * 7 % 20 / 10:.1f}" for i in range(120)]
    columns["potassium"][7] = "47"
    finding = next(f for f in inspected(tmp_path / "t.csv", columns).findings if f.code == "values_far_apart")
    assert finding.fields["values"] == "47"


def test_decimal_commas_and_points_in_one_column_are_read_and_told(tmp_path: Path) -> None:
    columns = illness()
    columns["marker"] = [f'"{v.replace(".", ",")}"' if i % 2 else v for i, v in enumerate(columns["marker"])]
    table = inspected(tmp_path / "t.csv", columns)
    plain = inspected(tmp_path / "u.csv", illness())
    assert codes(table)["decimal_commas"] == ("marker",)
    assert np.array_equal(table.x(), plain.x(), equal_nan=True)


def test_a_unit_is_needed_before_a_column_is_a_variable_of_the_record(tmp_path: Path) -> None:
    columns = illness() | {"glucose": [str(80 + i % 50) for i in range(120)]}
    table = inspected(tmp_path / "t.csv", columns)
    assert ("glucose", "glucose") in table.unstated
    assert next(c for c in table.inputs if c.name == "glucose").rule.variable == ""
    stated = inspected(tmp_path / "t.csv", columns, units={"glucose": "mg/dL", "age": "a"})
    column = next(c for c in stated.inputs if c.name == "glucose")
    assert (column.rule.variable, column.rule.unit) == ("glucose", "mmol/L")
    assert column.numbers()[0] == pytest.approx(80 * 0.0555, rel=1e-3)


def test_a_unit_of_another_quantity_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.UnitUnfit):
        inspected(tmp_path / "t.csv", illness(), units={"age": "kg"})


def test_the_sex_needs_no_unit(tmp_path: Path) -> None:
    columns = illness()
    columns["sex"] = ["女" if v == "female" else "男" for v in columns["sex"]]
    column = next(c for c in inspected(tmp_path / "t.csv", columns).inputs if c.name == "sex")
    assert (column.rule.variable, column.rule.choices) == ("sex", ("female", "male"))


@pytest.mark.parametrize(
    ("answers", "lead"),
    [
        (["ckd", "notckd"], "ckd"),
        (["Positive", "Negative"], "yes"),
        (["0", "1"], "yes"),
        (["benign", "malignant"], "malignant"),
        (["有", "无"], "yes"),
        (["正常", "异常"], "class_1"),
        (["healthy", "sick"], "sick"),
    ],
)
def test_the_case_is_told_from_the_words(tmp_path: Path, answers: list[str], lead: str) -> None:
    columns = illness()
    columns["ill"] = [
        answers[v == "yes"] if answers[0] != "ckd" else answers[v == "no"] for v in columns["ill"]
    ]
    table = inspected(tmp_path / "t.csv", columns)
    assert table.outcome.classes[0].id == lead
    assert "lead_class_assumed" not in codes(table)


def test_where_the_words_do_not_tell_it_is_said(tmp_path: Path) -> None:
    columns = illness()
    columns["ill"] = ["2" if v == "yes" else "1" for v in columns["ill"]]
    assert "lead_class_assumed" in codes(inspected(tmp_path / "t.csv", columns))
    said = inspected(tmp_path / "t.csv", columns, lead="1")
    assert said.outcome.classes[0].label == "1"
    assert "lead_class_assumed" not in codes(said)


def test_a_class_of_a_few_rows_is_set_aside(tmp_path: Path) -> None:
    columns = illness()
    columns["ill"][:4] = ["perhaps"] * 4
    table = inspected(tmp_path / "t.csv", columns)
    assert {"class_too_small", "outcome_unknown"} <= set(codes(table))
    assert len(table.rows) == 116


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (["yes"], errors.TargetOneClass),
        ([""], errors.TargetEmpty),
        (["2020-01-02", "2021-03-04"], errors.TargetUnfit),
        ([f"long text number {i}" for i in range(120)], errors.TargetUnfit),
        (["1,234", "2,345"], errors.TargetUnfit),
    ],
)
def test_a_target_that_cannot_be_learned_gets_a_sentence(
    tmp_path: Path, answers: list[str], error: type[Exception]
) -> None:
    columns = illness()
    columns["ill"] = [f'"{answers[i % len(answers)]}"' for i in range(120)]
    with pytest.raises(error):
        inspected(tmp_path / "t.csv", columns)


def test_too_few_of_a_class_get_a_sentence(tmp_path: Path) -> None:
    columns = illness()
    columns["ill"] = ["yes" if i < 5 else "no" for i in range(120)]
    with pytest.raises(errors.TooFewEvents):
        inspected(tmp_path / "t.csv", columns)


def test_a_table_without_inputs_gets_a_sentence(tmp_path: Path) -> None:
    columns = {"nothing": [""] * 120, "same": ["1"] * 120, "ill": illness()["ill"]}
    with pytest.raises(errors.NothingToLearnFrom):
        inspected(tmp_path / "t.csv", columns)


def test_a_table_of_thousands_of_columns_is_refused_at_once(tmp_path: Path) -> None:
    columns = illness(30) | {f"gene_{i}": ["?"] * 30 for i in range(2100)}
    with pytest.raises(errors.TooManyColumns):
        inspected(tmp_path / "t.csv", columns)


def test_an_unknown_target_names_the_columns_there_are(tmp_path: Path) -> None:
    with pytest.raises(errors.TargetMissing, match="sick") as caught:
        inspected(tmp_path / "t.csv", illness(), target="sick")
    assert "marker" in caught.value.fields["columns"]


def test_an_option_for_no_column_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(errors.OptionUnreadable):
        inspected(tmp_path / "t.csv", illness(), drop=frozenset({"colour"}))


def test_a_code_for_unknown_can_be_told(tmp_path: Path) -> None:
    columns = illness()
    columns["age"][3] = "77"
    before = inspected(tmp_path / "t.csv", columns).x()
    after = inspected(tmp_path / "t.csv", columns, missing={"age": ("77.0",)}).x()
    assert np.isnan(after[before[:, 0] == 77, 0]).all()
    with pytest.raises(errors.OptionUnreadable):
        inspected(tmp_path / "t.csv", columns, missing={"age": ("none",)})
