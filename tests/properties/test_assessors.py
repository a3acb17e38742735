"""What must hold for any inputs whatever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medapp.assess.assessor import Assessor, Given, read_given
from medapp.assess.card import read_card
from medapp.domain.assessment import Assessment, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.registry import build
from medapp.terminology import units
from tests.model_folders import linear_folder

AT = PatientRecord(Moment.parse("2026-01-15"))
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
REQUIRED = ("age", "sex", "bmi", "systolic_bp")

patients = st.fixed_dictionaries(
    {
        "age": st.integers(20, 79), "sex": st.sampled_from(["female", "male"]), "bmi": st.floats(10, 80),
        "systolic_bp": st.floats(60, 260),
    },
    optional={
        "smoked_100": st.booleans(), "creatinine": st.floats(10, 2000),
        "diabetes_diagnosed": st.just(False),
    },
)  # fmt: skip
anything = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(), st.text(max_size=8),
    st.fixed_dictionaries({"value": st.floats(), "unit": st.one_of(st.none(), st.text(max_size=6))}),
)  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Assessor:
    folder: Path = linear_folder(tmp_path_factory.mktemp("models"))
    return build(folder, read_card(folder))


def ask(model: Assessor, inputs: dict[str, Any]) -> Assessment:
    return model.assess(AT, read_given(inputs))


@QUICK
@given(inputs=patients, gone=st.sampled_from(REQUIRED))
def test_any_required_input_removed_gives_no_number(
    model: Assessor, inputs: dict[str, Any], gone: str
) -> None:
    assert ask(model, inputs).status is Status.FINAL
    answer = ask(model, {k: v for k, v in inputs.items() if k != gone})
    assert answer.status is Status.INSUFFICIENT_DATA and answer.outcome is None
    assert answer.reason is not None and answer.reason.inputs == (gone,)


@QUICK
@given(inputs=patients)
def test_the_parts_always_sum_and_the_interval_always_holds(model: Assessor, inputs: dict[str, Any]) -> None:
    answer = ask(model, inputs)
    outcome, parts = answer.outcome, answer.contributions
    assert outcome is not None and parts is not None and outcome.interval is not None
    assert isinstance(outcome.value, float)
    assert abs(parts.base + sum(i.value for i in parts.items) - outcome.value) < 1e-9
    assert 0.0 <= outcome.interval.low <= outcome.value <= outcome.interval.high <= 1.0
    assert abs(sum(outcome.probabilities.values()) - 1.0) < 1e-9


@QUICK
@given(inputs=patients, name=st.sampled_from(["age", "systolic_bp", "creatinine"]), data=st.data())
def test_the_unit_in_which_a_value_is_given_does_not_matter(
    model: Assessor, inputs: dict[str, Any], name: str, data: st.DataObject
) -> None:
    inputs.setdefault("creatinine", 90.0)
    unit = data.draw(
        st.sampled_from({"age": ["mo", "d"], "systolic_bp": ["kPa"], "creatinine": ["mg/dL"]}[name])
    )
    change = units.conversion(name, unit)
    sent = Given((inputs[name] - change.offset) / change.factor, unit)
    one, other = model.assess(AT, {**read_given(inputs), name: sent}), ask(model, inputs)
    assert one.outcome is not None and other.outcome is not None
    assert isinstance(one.outcome.value, float) and isinstance(other.outcome.value, float)
    assert abs(one.outcome.value - other.outcome.value) < 1e-6


@QUICK
@given(
    inputs=st.dictionaries(
        st.sampled_from([*REQUIRED, "creatinine", "height", "x", "diabetes_diagnosed"]), anything
    )
)
def test_no_inputs_whatever_break_it_or_get_a_document_that_is_no_json(
    model: Assessor, inputs: dict[str, Any]
) -> None:
    answer = ask(model, inputs)
    json.dumps(answer.as_document(), allow_nan=False)
    assert (answer.outcome is not None) == (answer.status is Status.FINAL)
    assert (answer.reason is None) == (answer.status is Status.FINAL)
