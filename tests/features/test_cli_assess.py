"""Assessments from the command line: a file of inputs, many, a patient; and what is refused."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medapp import paths
from medapp.assess.index import write_index
from tests.features.command import Answer, medapp
from tests.model_folders import FEATURES, given_inputs, linear_folder

MODEL = "diabetes_screening"
KEYS = {
    "schema", "row", "assessor", "patient", "at", "status", "reason", "outcome", "inputs", "missing",
    "contributions", "would_change", "similar", "typicality", "thresholds", "warnings", "provenance",
}  # fmt: skip
PERSON: dict[str, Any] = {
    "age": 61,
    "sex": "male",
    "bmi": 33.1,
    "systolic_bp": 148,
    "diastolic_bp": {"value": 88, "unit": "mmHg", "date": "2026-11-01"},
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled model in a folder of its own, indexed."""
    folder = tmp_path_factory.mktemp("models")
    shutil.copytree(paths.models_dir() / MODEL, folder / MODEL)
    write_index(folder)
    return folder


@pytest.fixture
def assess(models: Path, tmp_path: Path) -> Callable[..., Answer]:
    """`medapp assess --inputs` with some inputs."""

    def run(inputs: Any, *options: object, suffix: str = ".json") -> Answer:
        file = tmp_path / f"inputs{suffix}"
        text = "\n".join(inputs) if suffix == ".jsonl" else json.dumps(inputs)
        file.write_text(text, "utf-8")
        return medapp(
            "assess", "--assessor", MODEL, "--inputs", file, *options,
            cwd=tmp_path, password=None, MEDAPP_MODELS=str(models),
        )  # fmt: skip

    return run


def assert_sums(document: dict[str, Any]) -> None:
    found = document["contributions"]
    total = found["base"] + sum(item["value"] for item in found["items"])
    assert total == pytest.approx(document["outcome"]["value"], abs=1e-6)


def test_a_complete_person_is_assessed(assess: Callable[..., Answer]) -> None:
    answer = assess(PERSON, "--json", "--at", "2026-11-20")
    document = answer.document
    assert (answer.status, document["status"]) == (0, "final"), answer.out
    assert set(document) == KEYS
    assert 0 < document["outcome"]["interval"]["low"] < document["outcome"]["value"] < 1
    assert_sums(document)
    diastolic = next(item for item in document["inputs"] if item["name"] == "diastolic_bp")
    assert diastolic["unit_sent"] == "mmHg"
    assert diastolic["date"].startswith("2026-11-01")


def test_a_reader_is_told_everything(assess: Callable[..., Answer]) -> None:
    told = assess(PERSON).out
    assert "Of 100 patients like this one" in told
    assert "80% interval" in told
    assert "points" in told
    assert "每 100 名" in assess(PERSON, "--lang", "zh_CN").out


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ({"systolic_bp": None}, "insufficient_data", "missing_input"),
        ({"bmi": {"value": 33, "unit": "furlong"}}, "refused", "unit"),
        ({"bmi": {"value": 33, "unit": "mg/dL"}}, "refused", "unit"),
        ({"systolic_bp": 4000}, "refused", "impossible_value"),
        ({"age": 5}, "out_of_scope", "out_of_population"),
        ({"shoe_size": 42}, "refused", "unknown_input"),
        ({"bmi": float("nan")}, "insufficient_data", "missing_input"),
    ],
)
def test_what_cannot_be_assessed_says_why(
    assess: Callable[..., Answer], change: dict[str, Any], status: str, reason: str
) -> None:
    answer = assess({**PERSON, **change}, "--json")
    document = answer.document
    assert (answer.status, document["status"], document["reason"]["code"]) == (1, status, reason)
    assert set(document) == KEYS
    assert document["outcome"] is None
    assert document["reason"]["text"]["zh_CN"]


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"systolic_bp": None}, "Measure or enter what is missing"),
        ({"bmi": {"value": 33, "unit": "furlong"}}, "accepted here: kg/m2."),
        ({"sex": "both"}, "Expected is one of: female, male."),
        ({"systolic_bp": 4000}, "Check the value and its unit"),
        ({"diastolic_bp": 160}, "Check the value and its unit"),
        ({"shoe_size": 42}, f"`medapp model show {MODEL}` lists the inputs"),
    ],
)
def test_a_reader_is_told_what_to_do(
    assess: Callable[..., Answer], change: dict[str, Any], advice: str
) -> None:
    told = assess({**PERSON, **change}).out
    assert "Not calculated" in told
    assert advice in told


def test_an_implausible_value_is_computed_and_flagged(assess: Callable[..., Answer]) -> None:
    answer = assess({**PERSON, "bmi": 95}, "--json")
    assert answer.status == 0, answer.out
    flagged = [item["name"] for item in answer.document["inputs"] if "implausible" in item["flags"]]
    assert flagged == ["bmi"]


def test_many_rows_come_back_in_order(assess: Callable[..., Answer]) -> None:
    rows = [json.dumps(PERSON), '{"age": 50}', "{broken", json.dumps({**PERSON, "age": 40})]
    whole = assess(rows, suffix=".jsonl")
    assert whole.status == 0, whole.err
    assert [line["row"] for line in whole.lines] == [0, 1, 2, 3]
    assert [line["status"] for line in whole.lines] == ["final", "insufficient_data", "refused", "final"]
    assert all(set(line) == KEYS for line in whole.lines)
    brief = assess(rows, "--brief", suffix=".jsonl").lines
    assert all(set(line) == {"row", "status", "value", "unit", "reason"} for line in brief)
    assert brief[0]["value"] == whole.lines[0]["outcome"]["value"]


@pytest.mark.parametrize("text", ["", "[1]", "{", "null"])
def test_a_file_that_is_no_object_is_refused(tmp_path: Path, models: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    answer = medapp(
        "assess", "--assessor", MODEL, "--inputs", tmp_path / "x.json", "--json",
        cwd=tmp_path, MEDAPP_MODELS=str(models),
    )  # fmt: skip
    assert (answer.status, answer.error) == (1, "inputs_unreadable")


def test_usage_is_exit_status_two(tmp_path: Path, models: Path) -> None:
    for arguments in (("assess",), ("assess", "--inputs", "x.json"), ("nonsense",)):
        assert medapp(*arguments, "--json", cwd=tmp_path, MEDAPP_MODELS=str(models)).status == 2


def test_a_model_with_one_byte_changed_is_refused(tmp_path: Path, models: Path) -> None:
    changed = tmp_path / "models"
    shutil.copytree(models, changed)
    graph = changed / MODEL / "model.onnx"
    data = bytearray(graph.read_bytes())
    data[len(data) // 2] ^= 1
    graph.write_bytes(data)
    (tmp_path / "x.json").write_text(json.dumps(PERSON), "utf-8")
    listed = medapp("model", "list", "--json", cwd=tmp_path, MEDAPP_MODELS=str(changed))
    assert [model["state"] for model in listed.document["models"]] == ["refused"]
    answer = medapp(
        "assess", "--assessor", MODEL, "--inputs", tmp_path / "x.json", "--json",
        cwd=tmp_path, MEDAPP_MODELS=str(changed),
    )  # fmt: skip
    assert (answer.status, answer.document["reason"]["code"]) == (1, "integrity")
    assert answer.document["outcome"] is None
    (line,) = (tmp_path / "logs" / "medapp.log").read_text("utf-8").splitlines()
    logged = json.loads(line)
    assert (logged["event"], logged["code"], logged["assessor"]) == ("refused", "integrity", MODEL)
    advice = "The model is switched off. Install it again; do not use its earlier numbers."
    assert answer.document["reason"]["text"]["en"].endswith(advice)
    told = medapp("model", "list", cwd=tmp_path, MEDAPP_MODELS=str(changed))
    assert advice in told.out


def test_models_are_listed_shown_and_checked(tmp_path: Path, models: Path) -> None:
    own = {"cwd": tmp_path, "MEDAPP_MODELS": str(models)}
    listed = medapp("model", "list", "--json", **own).document["models"]  # type: ignore[arg-type]
    keys = {
        "id", "version", "title", "state", "setting", "modality", "task", "algorithm", "classes",
        "lead_class", "sha256", "inputs",
    }  # fmt: skip
    assert [set(one) for one in listed] == [keys]
    assert listed[0]["state"] == "bundled"
    inputs = {
        "name", "title", "kind", "unit", "accepted_units", "required", "plausible", "choices", "loinc",
    }  # fmt: skip
    assert all(set(one) == inputs for one in listed[0]["inputs"])
    assert medapp("model", "show", MODEL, **own).status == 0  # type: ignore[arg-type]
    unknown = medapp("model", "show", "nothing", "--json", **own)  # type: ignore[arg-type]
    assert (unknown.status, unknown.error) == (1, "unknown_assessor")
    checked = medapp("model", "check", models / MODEL, "--json", **own)  # type: ignore[arg-type]
    assert checked.status == 0, checked.out


def test_a_models_own_measurement_has_the_contracts_keys(tmp_path: Path, models: Path) -> None:
    own = {"cwd": tmp_path, "MEDAPP_MODELS": str(models)}
    shown = medapp("model", "evaluate", MODEL, "--json", **own).document  # type: ignore[arg-type]
    assert set(shown) == {"model", "data", "level", "metrics", "thresholds", "subgroups"}
    assert set(shown["model"]) == {"id", "version", "sha256"}
    assert set(shown["data"]) == {
        "file", "sha256", "rows", "cohort", "scored", "abstained", "excluded", "classes",
    }  # fmt: skip
    assert all(set(one) == {"value", "low", "high"} for one in shown["metrics"].values())
    figures = {"id", "value", "sensitivity", "specificity", "precision", "net_benefit"}
    assert all(set(one) == figures for one in shown["thresholds"])
    assert all(set(one) == {"by", "group", "n", "metrics"} for one in shown["subgroups"])
    unknown = medapp("model", "evaluate", "nothing", "--json", **own)  # type: ignore[arg-type]
    assert (unknown.status, unknown.error) == (1, "unknown_assessor")


def test_a_second_folder_is_listed_checked_and_asked_without_touching_another_file(
    tmp_path: Path, models: Path
) -> None:
    both = tmp_path / "models"
    shutil.copytree(models, both)
    linear_folder(both, "linear_demo")
    write_index(both)
    own = {"cwd": tmp_path, "MEDAPP_MODELS": str(both)}
    listed = medapp("model", "list", "--json", **own).document["models"]  # type: ignore[arg-type]
    assert {one["id"]: one["state"] for one in listed} == {MODEL: "bundled", "linear_demo": "bundled"}
    checked = medapp("model", "check", "linear_demo", "--json", **own)  # type: ignore[arg-type]
    assert checked.status == 0, checked.out
    (tmp_path / "x.json").write_text(
        json.dumps(given_inputs([str(one["name"]) for one in FEATURES])), "utf-8"
    )
    answer = medapp("assess", "--assessor", "linear_demo", "--inputs", tmp_path / "x.json", "--json", **own)  # type: ignore[arg-type]
    assert (answer.status, answer.document["status"]) == (0, "final"), answer.out
    assert_sums(answer.document)


def test_synthea_patients_are_assessed_at_their_last_date(
    tmp_path: Path, models: Path, shared_file: Callable[[str], Path]
) -> None:
    with tarfile.open(shared_file("corpora/fhir_synthea.tar.gz")) as archive:
        names = [name for name in sorted(archive.getnames()) if name.endswith(".json")][:6]
        archive.extractall(tmp_path / "bundles", members=[archive.getmember(n) for n in names], filter="data")
    store = {"cwd": tmp_path, "MEDAPP_STORE": str(tmp_path / "clinic"), "MEDAPP_MODELS": str(models)}
    password = {"password": "long enough"}
    medapp("init", tmp_path / "clinic", "--user", "anna", **store, **password)  # type: ignore[arg-type]
    report = medapp("import", tmp_path / "bundles", "--json", **store, **password)  # type: ignore[arg-type]
    assert report.status == 0, report.out
    assert report.document["totals"]["read"] == 6
    statuses = []
    for file in report.document["files"]:
        answer = medapp(
            "assess", "--patient", file["patients"][0], "--at", "last", "--json", **store, **password
        )  # type: ignore[arg-type]
        assert set(answer.document) == {"patient", "assessments"}
        assert set(answer.document["patient"]) == {"mrn", "birth_date", "sex"}
        for document in answer.document["assessments"]:
            statuses.append(document["status"])
            if document["status"] == "final":
                assert_sums(document)
                assert all(item["source"] in ("record", "derived") for item in document["inputs"])
                assert all(item["date"] for item in document["inputs"] if item["name"] != "sex")
            else:
                assert document["reason"]["inputs"] or document["missing"]
    assert statuses.count("final") >= 3
    again = medapp("import", tmp_path / "bundles", "--json", **store, **password)  # type: ignore[arg-type]
    assert again.document["totals"]["added"] == 0
