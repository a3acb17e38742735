"""What is done with the bytes of a file before they are FHIR."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
import zstandard

from medapp.interchange.errors import (
    BinaryFile,
    DamagedCompression,
    EmptyFile,
    FileMissing,
    NotFhir,
    TooLarge,
    UnknownFormat,
    WrongEncoding,
    XmlFile,
)
from medapp.interchange.fhir.reader import FhirReader
from medapp.interchange.files import Source, find_files, is_line_delimited
from medapp.interchange.reader import sniff
from tests.unit.interchange.samples import NOW, bundle, codes, observation, patient, read, write

TEXT = json.dumps(bundle(patient(name=[{"family": "Bäckström", "given": ["Åsa"]}])), ensure_ascii=False)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be").join([b"\xfe\xff", b""]),
        gzip.compress(TEXT.encode()),
        gzip.compress(TEXT.encode()[:50]) + gzip.compress(TEXT.encode()[50:]),
        b"\n\n  " + TEXT.encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "gzip", "gzip of two members", "blank lines"],
)
def test_the_same_text_is_read_in_whatever_it_is_wrapped(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data).patients[0].noun.name == "BÄCKSTRÖM, Åsa"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"  \n ", EmptyFile),
        (gzip.compress(b"", mtime=0), EmptyFile),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", XmlFile),
        (b"\x00\x01\x02PDF", BinaryFile),
        (b"\x89PNG\r\n\x1a\n\x00\x00", BinaryFile),
        (TEXT.encode("latin-1"), WrongEncoding),
        (TEXT.encode("utf-16")[:-1], WrongEncoding),
        (gzip.compress(TEXT.encode(), mtime=0)[:-12], DamagedCompression),
        (b"\x1f\x8b nonsense that is no gzip", DamagedCompression),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    tmp_path: Path, data: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        read(tmp_path, data)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat):
        read(tmp_path, b"MSH|^~\\&|lab", "result.hl7")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    source = Source(tmp_path / "nothing.json")
    source.load()
    with pytest.raises(FileMissing):
        list(source.blocks())


def test_a_file_beyond_the_limit_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    bomb = gzip.compress(b'{"resourceType":"Patient","x":"' + b" " * 30_000_000 + b'"}')
    source = Source(write(tmp_path, bomb), limit=10_000_000)
    with pytest.raises(TooLarge):
        list(FhirReader(source, NOW).batches())


def test_hash_and_blob_are_of_the_bytes_on_the_disk(tmp_path: Path) -> None:
    data = gzip.compress(TEXT.encode())
    source = Source(write(tmp_path, data))
    list(source.blocks())
    assert source.sha256 == hashlib.sha256(data).digest()
    assert zstandard.ZstdDecompressor().decompress(source.packed(), max_output_size=source.size) == data


def test_a_file_read_ahead_gives_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    ahead, plain = Source(path), Source(path)
    ahead.load()
    assert list(ahead.blocks()) == list(plain.blocks())
    assert (ahead.sha256, ahead.size) == (plain.sha256, plain.size)
    unpack = zstandard.ZstdDecompressor().decompress
    assert unpack(ahead.packed()) == unpack(plain.packed(), max_output_size=plain.size) == path.read_bytes()


def test_lines_of_ndjson_are_read_and_a_bad_line_spoils_no_other(tmp_path: Path) -> None:
    lines = [json.dumps(patient()), "", '{"resourceType": "Observ', json.dumps(observation())]
    batch = read(tmp_path, "\n".join(lines), "bulk.ndjson")
    assert batch.resources == {"Patient": 1, "Observation": 1}
    assert codes(batch) == ["malformed_line"]
    assert batch.issues[0].where == "line[2]"


def test_ndjson_is_told_by_its_content_too(tmp_path: Path) -> None:
    lines = "\r\n".join(json.dumps(one) for one in (patient(), observation()))
    assert read(tmp_path, lines, "bulk.json").resources == {"Patient": 1, "Observation": 1}
    assert not is_line_delimited(json.dumps(bundle(patient()), indent=1).encode(), "x.json")


def test_lines_in_another_encoding_are_refused_with_that_reason(tmp_path: Path) -> None:
    with pytest.raises(WrongEncoding):
        read(tmp_path, json.dumps(patient()).encode("utf-16"), "bulk.ndjson")


def test_lines_that_are_all_no_fhir_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFhir):
        read(tmp_path, "1\n2\n", "bulk.ndjson")


def test_a_folder_stands_for_its_files_patients_first(tmp_path: Path) -> None:
    names = ["Condition.ndjson", "Encounter.ndjson", "Patient.ndjson", ".hidden.json"]
    (tmp_path / "deep").mkdir()
    for name in names:
        write(tmp_path / "deep", "{}", name)
    found = [path.name for path in find_files([tmp_path, tmp_path / "deep" / "Patient.ndjson"])]
    assert found == ["Patient.ndjson", "Encounter.ndjson", "Condition.ndjson"]


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b'{"resourceType"', "", "fhir"),
        (b"\xef\xbb\xbf [", "", "fhir"),
        (b"MSH|", "x.hl7", None),
        (b"", "x.ndjson.gz", "fhir"),
    ],
)
def test_a_format_is_sniffed_by_its_first_bytes(head: bytes, name: str, expected: str | None) -> None:
    assert sniff(head, name) == expected
