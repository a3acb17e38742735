"""Small handwritten resources; each test changes what it is about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from medapp.domain.datatypes import Moment
from medapp.interchange.batch import LAYOUT, Batch
from medapp.interchange.fhir.reader import FhirReader
from medapp.interchange.files import Source
from medapp.interchange.issues import Strictness

Folder = Path
NOW = Moment.parse("2026-03-01T09:30:00Z")
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
Json = dict[str, Any]


def concept(system: str, code: str, display: str | None = None) -> Json:
    return {"coding": [{"system": system, "code": code, "display": display or code}]}


def patient(id_: str = "p1", family: str = "Berg", born: str = "1968-03-12", **more: Any) -> Json:
    return {
        "resourceType": "Patient",
        "id": id_,
        "name": [{"use": "official", "family": family, "given": ["Ida"]}],
        "gender": "female",
        "birthDate": born,
        **more,
    }


def identifier(value: str, system: str = "http://hospital.example", code: str = "MR") -> Json:
    return {"system": system, "value": value, "type": {"coding": [{"code": code}]}}


def observation(id_: str = "o1", code: str = "8302-2", **more: Any) -> Json:
    """A height of 170 cm unless a value is given."""
    value = {"valueQuantity": {"value": 170, "unit": "cm", "system": UCUM, "code": "cm"}}
    has_value = any(key.startswith(("value", "component", "dataAbsent")) for key in more)
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "final",
        "code": concept(LOINC, code),
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2020-01-02T08:00:00+01:00",
        **({} if has_value else value),
        **more,
    }


def quantity(value: Any, unit: str | None = None, **more: Any) -> Json:
    return {"value": value, **({"unit": unit, "system": UCUM, "code": unit} if unit else {}), **more}


def bundle(*resources: Json, type_: str = "collection", **more: Any) -> Json:
    return {
        "resourceType": "Bundle",
        "type": type_,
        "entry": [{"resource": one} for one in resources],
        **more,
    }


def write(folder: Path, content: Json | list[Json] | bytes | str, name: str = "file.json") -> Path:
    path = folder / name
    data = content if isinstance(content, bytes | str) else json.dumps(content)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(
    folder: Path, content: Any, name: str = "file.json", strictness: Strictness = Strictness.LENIENT
) -> Batch:
    """All batches of one file, put together."""
    reader = FhirReader(Source(write(folder, content, name)), NOW, strictness)
    whole = Batch()
    for batch in reader.batches():
        whole.patients += batch.patients
        whole.subjects.update(batch.subjects)
        for kind, rows in batch.rows.items():
            whole.rows[kind] += rows
        whole.codes = batch.codes
        for total, part in ((whole.resources, batch.resources), (whole.verbatim, batch.verbatim)):
            for name_, count in part.items():
                total[name_] = total.get(name_, 0) + count
        whole.issues += batch.issues
    whole.issues += reader.remainder()
    return whole


def named(batch: Batch, kind: str) -> list[Json]:
    """The rows of a kind with their columns' names."""
    return [dict(zip(LAYOUT[kind], row, strict=True)) for row in batch.rows[kind]]


def codes(batch: Batch) -> list[str]:
    """The codes of the issues."""
    return [issue.code for issue in batch.issues]
