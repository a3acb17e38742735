"""What every reader of a foreign format has in common, and who reads what.

A reader turns one file into batches of rows with a list of issues; it never
touches the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from medapp.interchange.batch import Batch
from medapp.interchange.issues import Issue, Severity, Strictness

__all__ = ["FHIR", "FORMATS", "Batch", "Issue", "Reader", "Severity", "Strictness", "sniff"]

FHIR: Final = "fhir"
FORMATS: Final = (FHIR,)
"""Names for `--format`."""


class Reader(Protocol):
    """Reads one file of one format.

    `batches` is asked once; each batch can be written as soon as it is yielded,
    all in one transaction of the caller. Raises `UnreadableFile`.
    """

    @property
    def format(self) -> str: ...

    def batches(self) -> Iterator[Batch]: ...


def sniff(head: bytes, name: str = "") -> str | None:
    """The format of a file by its first bytes (64 are enough), else by its name; None when unknown.

    >>> sniff(b'{"resourceType":"Bundle"}')
    'fhir'
    """
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith((b"{", b"[")) or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FHIR
    lower = name.lower().removesuffix(".gz")
    return FHIR if lower.endswith((".json", ".ndjson", ".jsonl")) else None
