"""Why a whole file cannot be read; each says what to do about it.

A deviation that concerns one resource is no error but an `Issue`.
"""

from __future__ import annotations

from typing import ClassVar

from medapp.errors import KnownError
from medapp.i18n import N_


class UnreadableFile(KnownError):
    """Root of the refusals of one file; nothing of it is written."""

    code: ClassVar[str] = "unreadable_file"
    message: ClassVar[str] = N_("This file could not be read.")
    advice: ClassVar[str] = N_("Check that the file opens on this computer, then import it again.")


class FileMissing(UnreadableFile):
    code = "file_missing"
    message = N_("This file or folder does not exist or may not be opened.")
    advice = N_("Check the path and the permissions, then import it again.")


class EmptyFile(UnreadableFile):
    code = "empty_file"
    message = N_("This file is empty.")
    advice = N_("Ask the sending system to export it again; the transfer was probably interrupted.")


class UnknownFormat(UnreadableFile):
    code = "unknown_format"
    message = N_("This file is in no format that can be imported.")
    advice = N_("Export the record as a FHIR R4 bundle in JSON and import that.")


class BinaryFile(UnreadableFile):
    code = "binary_file"
    message = N_("This file is not text.")
    advice = N_("Import JSON files; a compressed file must be gzip with one JSON file in it.")


class XmlFile(UnreadableFile):
    code = "xml_file"
    message = N_("This file is XML; FHIR is read in JSON only.")
    advice = N_("Export the record again and choose JSON (application/fhir+json).")


class DamagedCompression(UnreadableFile):
    code = "damaged_gzip"
    message = N_("The compressed file is damaged or cut off.")
    advice = N_("Copy or download it again from where it came.")


class WrongEncoding(UnreadableFile):
    code = "wrong_encoding"
    message = N_("The text of this file is not encoded as UTF-8.")
    advice = N_("Save or export it again as UTF-8.")


class TruncatedJson(UnreadableFile):
    code = "truncated_json"
    message = N_("This file ends in the middle of its JSON text.")
    advice = N_("The transfer was probably interrupted: copy or export the file again.")


class MalformedJson(UnreadableFile):
    code = "malformed_json"
    message = N_("This file is not correct JSON (near byte {position}).")
    advice = N_("Ask the sending system to export it again; do not repair a medical record by hand.")


class TooDeep(UnreadableFile):
    code = "too_deep"
    message = N_("The JSON of this file is nested too deeply to be a medical record.")
    advice = N_("Do not import it; ask where it came from.")


class TooLarge(UnreadableFile):
    code = "too_large"
    message = N_("This file is larger than {limit} MB.")
    advice = N_("Export it in parts, or as NDJSON with one resource in each line.")


class NotFhir(UnreadableFile):
    code = "not_fhir"
    message = N_("This JSON file is no FHIR resource: it names no known resourceType.")
    advice = N_("Choose a FHIR R4 bundle, a single resource or an NDJSON file.")


class NoBundleEntries(UnreadableFile):
    code = "bundle_malformed"
    message = N_("The entries of this bundle are not a list of resources.")
    advice = N_("Ask the sending system to export it again as FHIR R4.")


class DuplicateKeys(UnreadableFile):
    code = "duplicate_keys"
    message = N_("This bundle names the same part twice, so that its content is ambiguous.")
    advice = N_("Ask the sending system to export it again; which of the two is meant cannot be known.")
