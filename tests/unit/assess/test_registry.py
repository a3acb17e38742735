"""Which assessors may be believed."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli_w
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from medapp.assess.errors import UnknownAssessor
from medapp.assess.folder import digest_of, hashes
from medapp.assess.index import INDEX_FILE, main, write_index
from medapp.assess.registry import Registry
from medapp.domain.assessment import ReasonCode, Status
from medapp.domain.datatypes import Moment
from medapp.domain.record import PatientRecord
from medapp.inference.registry import load_registry
from tests.model_folders import linear_folder

AT = PatientRecord(Moment.parse("2026-01-15"))
FILES = [
    "README.md",
    "background.npz",
    "card.toml",
    "design.toml",
    "golden.jsonl",
    "metrics.json",
    "model.onnx",
]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    linear_folder(tmp_path)
    write_index(tmp_path)
    return tmp_path


def test_an_indexed_folder_is_bundled(models: Path) -> None:
    (entry,) = load_registry(models).entries()
    assert (entry.id, entry.state, entry.why) == ("linear", "bundled", None)
    assert entry.is_usable


@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_in_any_file_refuses_the_model_with_a_clear_sentence(
    models: Path, name: str
) -> None:
    path = models / "linear" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    registry = load_registry(models)
    entry = registry.entry("linear")
    assert entry.state == "refused"
    assert entry.why is not None and name in str(entry.why)
    answer = registry.get("linear").assess(AT, {})
    assert answer.status is Status.REFUSED and answer.outcome is None
    assert answer.reason is not None and answer.reason.code is ReasonCode.INTEGRITY
    assert name in answer.reason.text["en"] and name in answer.reason.text["zh_CN"]


def test_a_missing_file_refuses_the_model(models: Path) -> None:
    (models / "linear" / "metrics.json").unlink()
    assert load_registry(models).entry("linear").state == "refused"


def test_a_file_that_was_not_released_refuses_the_model(models: Path) -> None:
    (models / "linear" / "extra.bin").write_bytes(b"1")
    assert load_registry(models).entry("linear").state == "refused"


def test_a_folder_without_an_index_entry_is_refused(models: Path) -> None:
    linear_folder(models, "second")
    states = {e.id: e.state for e in load_registry(models).entries()}
    assert states == {"linear": "bundled", "second": "refused"}


def test_a_torn_index_refuses_every_bundled_model(models: Path) -> None:
    (models / INDEX_FILE).write_text("[[models]\n", encoding="utf-8")
    assert [e.state for e in load_registry(models).entries()] == ["refused"]


def test_the_index_is_rewritten_only_when_it_changes(models: Path) -> None:
    before = (models / INDEX_FILE).stat().st_mtime_ns
    assert main([str(models)]) == 0
    assert (models / INDEX_FILE).stat().st_mtime_ns == before


def test_the_index_command_names_a_card_that_is_not_valid(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (models / "linear" / "card.toml").write_text("schema = 1\n", encoding="utf-8")
    assert main([str(models)]) == 1
    assert "task" in capsys.readouterr().err


def test_a_folder_not_named_as_its_id_is_refused(models: Path) -> None:
    (models / "linear").rename(models / "other")
    write_index(models)
    assert load_registry(models).entry("other").state == "refused"


def test_an_unknown_id_is_told(models: Path) -> None:
    with pytest.raises(UnknownAssessor):
        load_registry(models).get("nobody")


def test_the_list_document_has_every_key_even_for_a_refused_model(models: Path) -> None:
    whole = load_registry(models).entry("linear").as_document()
    (models / "linear" / "card.toml").write_bytes(b"\xff")
    torn = load_registry(models).entry("linear").as_document()
    assert whole.keys() == torn.keys()
    assert (torn["state"], torn["id"]) == ("refused", "linear")
    assert [i["name"] for i in whole["inputs"]][:3] == ["age", "sex", "bmi"]
    assert {"height", "weight", "diabetes_diagnosed"} <= {i["name"] for i in whole["inputs"]}


def outside(tmp_path: Path, models: Path, publishers: dict[str, bytes]) -> Registry:
    return load_registry(models, tmp_path / "outside", publishers)


def test_a_folder_from_outside_without_a_signature_is_a_draft_and_not_asked_of_patients(
    tmp_path: Path,
) -> None:
    linear_folder(tmp_path / "outside", "drafted")
    registry = outside(tmp_path, tmp_path / "none", {})
    assert registry.entry("drafted").state == "draft"
    assert registry.ids() == ()


def test_a_signed_folder_of_an_accepted_publisher_is_local_until_a_byte_changes(tmp_path: Path) -> None:
    folder = linear_folder(tmp_path / "outside", "signed")
    key = Ed25519PrivateKey.generate()
    signature = key.sign(digest_of(hashes(folder)).encode("ascii")).hex()
    text = tomli_w.dumps({"publisher": "Clinic A", "signature": signature})
    (folder / "signature.toml").write_text(text, encoding="utf-8")
    accepted = {"Clinic A": key.public_key().public_bytes_raw()}
    assert outside(tmp_path, tmp_path / "none", accepted).entry("signed").state == "local"
    assert outside(tmp_path, tmp_path / "none", {}).entry("signed").state == "refused"
    (folder / "README.md").write_text("other", encoding="utf-8")
    assert outside(tmp_path, tmp_path / "none", accepted).entry("signed").state == "refused"
