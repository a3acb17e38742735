"""Reads one FHIR file: a document at once, NDJSON in parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from medapp.domain.datatypes import Moment
from medapp.interchange.batch import Batch
from medapp.interchange.errors import NotFhir, WrongEncoding
from medapp.interchange.fhir.decode import Decoding, checked
from medapp.interchange.fhir.mapping import Mapping
from medapp.interchange.files import (
    LARGEST_STREAM,
    UTF_16,
    Source,
    format_of,
    is_line_delimited,
    lines,
)
from medapp.interchange.issues import Issue, Strictness
from medapp.interchange.reader import FHIR

LINES_AT_ONCE: Final = 5_000


class FhirReader:
    """A `Reader` of FHIR R4 JSON. `source` holds the hash and the blob after reading."""

    format = FHIR

    def __init__(self, source: Source, now: Moment, strictness: Strictness = Strictness.LENIENT) -> None:
        self.source = source
        self._strictness = strictness
        self._mapping = Mapping(now)

    def batches(self) -> Iterator[Batch]:
        """The parts of the file. Raises UnreadableFile, also after the first part."""
        blocks = self.source.blocks()
        first = next(blocks)
        name = self.source.path.name
        format_of(first, name)
        if is_line_delimited(first, name):
            if first.startswith(UTF_16):
                raise WrongEncoding  # a document is turned into UTF-8; a stream of lines is not
            self.source.limit = LARGEST_STREAM
            yield from self._of_lines(chain((first,), blocks))
        else:
            decoding = Decoding(self._strictness)
            decoding.document(checked(b"".join((first, *blocks))))
            yield self._mapping.batch(decoding)

    def remainder(self) -> list[Issue]:
        """Closing issues, to ask for when all batches were taken."""
        return self._mapping.found.remainder()

    def _of_lines(self, blocks: Iterator[bytes]) -> Iterator[Batch]:
        numbered = enumerate(lines(blocks))
        has_any = False
        while part := list(islice(numbered, LINES_AT_ONCE)):
            decoding = Decoding(self._strictness)
            for number, line in part:
                text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 0 else line.strip()
                if text:
                    decoding.line(_utf8(text), number)
            has_any = has_any or bool(decoding.resources or decoding.verbatim)
            yield self._mapping.batch(decoding)
        if not has_any:
            raise NotFhir


def _utf8(line: bytes) -> bytes:
    if not line.isascii():
        try:
            line.decode()
        except UnicodeError:
            raise WrongEncoding from None
    return line
