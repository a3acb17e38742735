"""Who a resource is and whom it points at (FHIR R4 section 2.3, resolving references in bundles).

A resource is known for ever by its source key: the sender's base address and the
resource's id. UUIDs, and ids whose sender gives no address, share the source
"FHIR"; two senders that both have a `Patient/1` are told apart by the person's
details when the file is written.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from medapp.domain.administrative import Identifier
from medapp.interchange.batch import SourceKey
from medapp.interchange.fhir import structs
from medapp.interchange.fhir.decode import Decoded

ANY_SENDER: Final = "FHIR"
_ADDRESS: Final = re.compile(r"(?P<base>https?://.+?)/(?P<type>[A-Z][A-Za-z]+)/(?P<id>[^/?#]+)(/_history/.*)?")
_RELATIVE: Final = re.compile(r"(?P<type>[A-Z][A-Za-z]+)/(?P<id>[^/?#]+)(/_history/.*)?")
_LONGEST_ID: Final = 200


def source_of(decoded: Decoded) -> SourceKey:
    """The source key of one resource; without any id, the hash of its bytes."""
    id_, url = decoded.resource.id, decoded.full_url
    if url is None:
        return SourceKey(_sender(decoded), id_ or _hash(decoded))
    if url.startswith("urn:uuid:"):
        return SourceKey(ANY_SENDER, id_ or url[9:])
    if address := _ADDRESS.fullmatch(url):
        return SourceKey(address["base"], id_ or address["id"])
    return SourceKey(_sender(decoded), id_ or url[:_LONGEST_ID])


def _sender(decoded: Decoded) -> str:
    meta: structs.Meta | None = decoded.resource.meta
    return (meta.source.partition("#")[0] if meta and meta.source else "") or ANY_SENDER


def _hash(decoded: Decoded) -> str:
    return "sha256:" + hashlib.sha256(bytes(decoded.raw)).hexdigest()[:32]


@dataclass(slots=True)
class References:
    """The addresses of one file: full address, `Type/id` and `urn:uuid:` lead to a source key."""

    _known: dict[str, SourceKey] = field(default_factory=dict)
    _resolved: dict[tuple[str, str], SourceKey | None] = field(default_factory=dict)

    def add(self, decoded: Decoded, source: SourceKey) -> None:
        """Make a resource findable for the others of its file."""
        if decoded.full_url is not None:
            self._known[decoded.full_url] = source
        if decoded.resource.id is not None:
            self._known.setdefault(f"{decoded.type}/{decoded.resource.id}", source)

    def resolve(self, reference: structs.Reference | None, type_: str) -> SourceKey | None:
        """The source key that a reference to a `type_` means; None when it names none."""
        text = reference.reference if reference is not None else None
        if text is None:
            return None
        found = self._known.get(text)
        if found is not None:
            return found
        key = (text, type_)
        if key not in self._resolved:
            self._resolved[key] = self._elsewhere(text, type_)
        return self._resolved[key]

    def _elsewhere(self, text: str, type_: str) -> SourceKey | None:
        """A reference that leaves the file."""
        if text.startswith("urn:uuid:"):
            return SourceKey(ANY_SENDER, text[9:])
        if (relative := _RELATIVE.fullmatch(text)) and relative["type"] == type_:
            return self._known.get(f"{type_}/{relative['id']}") or SourceKey(ANY_SENDER, relative["id"])
        if (address := _ADDRESS.fullmatch(text)) and address["type"] == type_:
            whole = f"{address['base']}/{type_}/{address['id']}"
            return self._known.get(whole) or SourceKey(address["base"], address["id"])
        return None


def identifier_of(reference: structs.Reference | None) -> Identifier | None:
    """The identifier of a logical reference, for a subject that is named by number only."""
    sent = reference.identifier if reference is not None else None
    if sent is None or not sent.value:
        return None
    return Identifier(sent.value.strip(), system=sent.system or "")
