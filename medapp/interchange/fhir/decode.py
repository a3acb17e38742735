"""Bytes of FHIR JSON become typed resources; what does not fit is reported with its place.

A bundle is first cut into the raw bytes of its entries (a tenth of the time of
parsing them), so that types that are not kept cost nothing and a bad entry
spoils no other.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import Raw, Struct

from medapp.i18n import N_
from medapp.interchange.errors import (
    DuplicateKeys,
    MalformedJson,
    NoBundleEntries,
    NotFhir,
    TooDeep,
    TruncatedJson,
    UnreadableFile,
    WrongEncoding,
)
from medapp.interchange.fhir import lenient, structs
from medapp.interchange.fhir.duplicates import decoded_once
from medapp.interchange.fhir.types import KEPT, R4_TYPES
from medapp.interchange.issues import Issue, Severity, Strictness

MOST_NESTED_BUNDLES: Final = 3
_LONGEST_NAME: Final = 64


_made: Final = itertools.count()


class RawEntry(Struct, gc=False, rename={"number": "#"}):
    """`number` is that of the entry among all that were ever made: see `_has_one_list`."""

    resource: Raw = structs.ABSENT
    fullUrl: str | None = None  # noqa: N815 - FHIR's own name
    number: int = msgspec.field(default_factory=_made.__next__)


class Link(Struct, gc=False):
    relation: str | None = None


class RawBundle(Struct, gc=False):
    entry: list[RawEntry] | None = None
    link: list[Link] | None = None


class LooseBundle(Struct, gc=False):
    """For a bundle one of whose entries has a wrong shape."""

    entry: list[Raw] | None = None


class Typed(Struct, gc=False):
    resourceType: str | None = None  # noqa: N815 - FHIR's own name


@dataclass(slots=True)
class Decoded:
    """One typed resource, its place in the file and the bundle's address for it.

    Not frozen, and the path is only written for an issue: one is made per resource.
    """

    parent: str  # path of the bundle, "line", or "" for a lone resource
    index: int
    type: str
    full_url: str | None
    resource: Any
    raw: Raw | bytes

    def where(self, field: str = "") -> str:
        """The place of a field as FHIRPath has it: `Bundle.entry[3].resource.ofType(Patient).name`."""
        if self.parent == "line":
            base = f"line[{self.index}].{self.type}"
        elif self.parent:
            base = f"{self.parent}.entry[{self.index}].resource.ofType({self.type})"
        else:
            base = self.type
        return f"{base}.{field}" if field else base


Grouped: TypeAlias = dict[str, list[Decoded]]

_bundle: Final = msgspec.json.Decoder(RawBundle)
_loose_bundle: Final = msgspec.json.Decoder(LooseBundle)
_entry: Final = msgspec.json.Decoder(RawEntry)
_typed: Final = msgspec.json.Decoder(Typed)
_DECODED: Final = (*KEPT, "Medication")
_STRUCTS: Final[dict[str, type[Struct]]] = {name: getattr(structs, name) for name in _DECODED}
_LEADING_TYPE: Final = re.compile(rb'\s*\{\s*"resourceType"\s*:\s*"([A-Za-z]{1,64})"').match


_SENT_KEPT: Final = {name.encode(): name for name in _DECODED}
_UNKEPT: Final = {
    name.encode(): name for name in R4_TYPES if name not in _STRUCTS and name != "Bundle"
}


def checked(data: bytes) -> bytes:
    """The bytes without a byte order mark, in UTF-8.

    Raises WrongEncoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError:
            raise WrongEncoding from None
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.isascii():
        try:
            data.decode()
        except UnicodeError:
            raise WrongEncoding from None
    return data


def type_of(raw: Raw | bytes) -> str | None:
    """The resourceType, None when there is no such text. Raises msgspec.DecodeError, RecursionError."""
    if leading := _LEADING_TYPE(raw):  # a third of the cost of asking the decoder
        return leading[1].decode()
    try:
        return _typed.decode(raw).resourceType
    except msgspec.ValidationError:
        return None


def refusal(error: Exception) -> UnreadableFile:
    """The sentence for what msgspec says of a whole file."""
    if isinstance(error, RecursionError):
        return TooDeep()
    text = str(error)
    if "truncated" in text:
        return TruncatedJson()
    position = re.search(r"\(byte (\d+)\)", text)
    return MalformedJson(position=position[1] if position else "0")


@dataclass(slots=True)
class Decoding:
    """Collects the typed resources of one file, or of one part of it."""

    strictness: Strictness = Strictness.LENIENT
    groups: Grouped = field(default_factory=lambda: {name: [] for name in _DECODED})
    resources: dict[str, int] = field(default_factory=dict)
    verbatim: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    _buffer: bytearray = field(default_factory=bytearray)

    def document(self, data: bytes) -> None:
        """Read a bundle or a single resource. Raises UnreadableFile."""
        try:
            type_ = type_of(data)
            if type_ == "Bundle":
                self._bundle(data, "Bundle", 1)
                return
            _typed.decode(data)  # the whole text must be JSON, not only its first words
        except (msgspec.ValidationError, UnicodeError):
            raise NotFhir from None
        except (msgspec.DecodeError, RecursionError) as error:
            raise refusal(error) from None
        if type_ not in R4_TYPES:
            raise NotFhir
        self._resource(Decoded("", 0, type_, None, None, data))

    def line(self, data: bytes, number: int) -> None:
        """Read one line of NDJSON (`number` from 0); a bad line is an issue and spoils no other."""
        try:
            type_ = type_of(data)
            if type_ == "Bundle":
                self._bundle(data, f"line[{number}].Bundle", 1)
                return
            _typed.decode(data)
        except (msgspec.DecodeError, RecursionError, UnicodeError, UnreadableFile):
            message = N_("This line is not a correct FHIR resource.")
            self._issue(Severity.ERROR, "malformed_line", f"line[{number}]", message)
            return
        self._resource(Decoded("line", number, _plain(type_), None, None, data))

    def _bundle(self, data: bytes | Raw, parent: str, depth: int) -> None:
        links, entries = _entries(data)
        if any(link.relation == "next" for link in links):
            message = N_("This bundle is one page of several; only this page was read.")
            self._issue(Severity.WARNING, "more_pages", f"{parent}.link", message)
        counts = self.verbatim
        for index, entry in enumerate(entries):
            # Nine tenths of the bytes are of types that are not kept: they must cost next to nothing.
            leading = _LEADING_TYPE(entry.resource) if entry is not None else None
            name = leading[1] if leading is not None else b""
            if (type_ := _UNKEPT.get(name)) is not None:
                counts[type_] = counts.get(type_, 0) + 1
            elif entry is not None and (type_ := _SENT_KEPT.get(name)) is not None:
                self._resource(Decoded(parent, index, type_, entry.fullUrl, None, entry.resource))
            else:
                self._entry(entry, parent, index, depth)

    def _entry(self, entry: RawEntry | None, parent: str, index: int, depth: int) -> None:
        if entry is None:
            message = N_("This entry of the bundle has a wrong shape.")
            self._issue(Severity.ERROR, "malformed_entry", f"{parent}.entry[{index}]", message)
            return
        raw = entry.resource
        if raw is structs.ABSENT or bytes(raw) == b"null":
            message = N_("This entry of the bundle holds no resource.")
            where = f"{parent}.entry[{index}]"
            self._issue(Severity.INFORMATION, "entry_without_resource", where, message)
            return
        type_ = type_of(raw)
        if type_ != "Bundle" or depth >= MOST_NESTED_BUNDLES:
            self._resource(Decoded(parent, index, _plain(type_), entry.fullUrl, None, raw))
            return
        try:
            self._bundle(raw, f"{parent}.entry[{index}].resource.ofType(Bundle)", depth + 1)
        except UnreadableFile as error:
            where = f"{parent}.entry[{index}]"
            self._issue(Severity.ERROR, error.code, where, error.message, **error.fields)

    def _resource(self, decoded: Decoded) -> None:
        """Decode one resource of a kept type, count another."""
        type_ = decoded.type
        struct = _STRUCTS.get(type_)
        if struct is None:
            self._unkept(decoded)
            return
        document, twice = decoded_once(bytes(decoded.raw), self._buffer)
        resource: Any = None
        if twice:
            self._report_duplicate(decoded, twice)
        else:
            try:
                resource = msgspec.convert(document, struct)
            except (msgspec.ValidationError, OverflowError):
                resource = self._lenient(decoded)
        if resource is None:
            self.verbatim[type_] = self.verbatim.get(type_, 0) + 1
            return
        counts = self.verbatim if type_ == "Medication" else self.resources
        counts[type_] = counts.get(type_, 0) + 1
        decoded.resource = resource
        self.groups[type_].append(decoded)

    def _unkept(self, decoded: Decoded) -> None:
        type_ = decoded.type
        self.verbatim[type_] = self.verbatim.get(type_, 0) + 1
        if type_ not in R4_TYPES:
            message = N_("This entry names no resource type of FHIR R4; it is kept and not used.")
            self._issue(Severity.ERROR, "unknown_type", decoded.where(), message)

    def _lenient(self, decoded: Decoded) -> Any:
        """The resource with what does not fit left out, None when nothing useful is left."""
        is_lenient = self.strictness is Strictness.LENIENT
        repaired = lenient.read(bytes(decoded.raw), _STRUCTS[decoded.type]) if is_lenient else None
        if repaired is None:
            message = N_("This resource does not have the shape of its type; it is kept and not used.")
            self._issue(Severity.ERROR, "malformed_resource", decoded.where(), message)
            return None
        if repaired.is_coerced:
            message = N_("A value was sent with a wrong JSON type; it was read as it is probably meant.")
            self._issue(Severity.WARNING, "wrong_type", decoded.where(), message)
        for path in repaired.dropped:
            message = N_("This field does not have the shape that FHIR R4 asks for; it was left out.")
            self._issue(Severity.WARNING, "field_left_out", decoded.where(path), message)
        return repaired.resource

    def _report_duplicate(self, decoded: Decoded, key: str) -> None:
        name = key if key.isidentifier() and len(key) <= _LONGEST_NAME else "?"
        message = N_("A field stands twice in one object and is ambiguous; the resource is not used.")
        self._issue(Severity.ERROR, "duplicate_key", decoded.where(name), message)

    def _issue(self, severity: Severity, code: str, where: str, message: str, **fields: object) -> None:
        self.issues.append(Issue(severity, code, where, message, fields))


def _plain(type_: str | None) -> str:
    """The type's name if it can be one: a stranger's text must not get into counts and issues."""
    if type_ in _STRUCTS:
        return type_
    is_name = type_ is not None and type_.isascii() and type_.isalpha() and len(type_) <= _LONGEST_NAME
    return type_ if type_ is not None and is_name else "Resource"


def _entries(data: bytes | Raw) -> tuple[list[Link], list[RawEntry | None]]:
    """Links and entries of a bundle, None for an entry of a wrong shape. Raises UnreadableFile."""
    text = bytes(data)
    before = next(_made)
    try:
        bundle = _bundle.decode(text)
        if not _has_one_list(text, bundle.entry or [], before):
            _refuse_ambiguous(text)
        return bundle.link or [], list(bundle.entry or ())
    except msgspec.ValidationError:
        _refuse_ambiguous(text)
        return [], _loose_entries(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise refusal(error) from None


_OPENED: Final = re.compile(rb'"entry"\s*:\s*\[\s*\{').match


def _has_one_list(text: bytes, entries: list[RawEntry], before: int) -> bool:
    """Whether `entry` surely stands once in the bundle itself.

    Sure when the first "entry" of the text is the bundle's own and holds something, and no more
    entries were made than are there: counting the word in the whole text costs ten times as much.
    """
    start = text.find(b'"entry"')
    is_own = text.count(b"{", 0, max(start, 0)) == 1 and _OPENED(text, start) is not None
    return start < 0 or (is_own and bool(entries) and entries[-1].number == before + len(entries))


def _refuse_ambiguous(text: bytes) -> None:
    """Raises DuplicateKeys when `entry` stands twice in the bundle itself, UnreadableFile for no JSON."""
    try:
        if text.count(b'"entry"') > 1 and _is_top_ambiguous(text):
            raise DuplicateKeys
    except (RecursionError, ValueError) as error:
        raise refusal(error) from None


def _loose_entries(data: bytes | Raw) -> list[RawEntry | None]:
    try:
        raws = _loose_bundle.decode(data).entry or []
    except msgspec.ValidationError:
        raise NoBundleEntries from None
    return [_loose_entry(raw) for raw in raws]


def _loose_entry(raw: Raw) -> RawEntry | None:
    try:
        return _entry.decode(raw)
    except msgspec.ValidationError:
        return None


def _is_top_ambiguous(data: bytes | Raw) -> bool:
    """Whether the outermost object names a key twice (the decoder meets it last)."""
    last: list[list[str]] = []

    def note(pairs: list[tuple[str, Any]]) -> None:
        last[:] = [[name for name, _ in pairs]]

    json.loads(bytes(data), object_pairs_hook=note)
    return bool(last) and len(set(last[0])) != len(last[0])
