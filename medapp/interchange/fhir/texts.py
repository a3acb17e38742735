"""The written words that a FHIR file holds about one patient: notes, reports, letters.

Only what is text: DocumentReference and DiagnosticReport attachments of a text type, a report's conclusion,
a Composition's sections. Of a file about many patients only what names this one is given.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final

_BLOCKS: Final = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol"})

Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SentText:
    """One text as it was sent; `date` is what the resource says, empty when it says none."""

    title: str
    date: str
    text: str


def sent_texts(content: bytes, patient: str) -> list[SentText]:
    """Every text about the patient of that id, in the order of the file, each wording once."""
    found: dict[str, SentText] = {}
    for resource in _resources(content):
        if _subject(resource) == patient:
            for text in _texts(resource):
                if text.text:
                    found.setdefault(text.text, text)
    return list(found.values())


def _resources(content: bytes) -> Iterator[Resource]:
    import msgspec

    try:
        documents = [msgspec.json.decode(content)]
    except msgspec.DecodeError:  # one resource a line
        documents = [msgspec.json.decode(line) for line in content.splitlines() if line.strip()]
    for document in documents:
        if document.get("resourceType") == "Bundle":
            yield from (entry["resource"] for entry in document.get("entry", ()) if "resource" in entry)
        else:
            yield document


def _subject(resource: Resource) -> str:
    """The id of the patient that a resource speaks of; empty when it names none."""
    reference = (resource.get("subject") or {}).get("reference", "")
    return str(reference).rpartition("/")[2].removeprefix("urn:uuid:")


def _texts(resource: Resource) -> Iterator[SentText]:
    kind = resource.get("resourceType")
    title = _label(resource.get("type") or resource.get("code")) or str(kind)
    date = str(resource.get("date") or resource.get("effectiveDateTime") or resource.get("issued") or "")
    if kind == "DocumentReference":
        for content in resource.get("content", ()):
            yield SentText(resource.get("description") or title, date, _attached(content.get("attachment")))
    elif kind == "DiagnosticReport":
        for form in resource.get("presentedForm", ()):
            yield SentText(title, date, _attached(form))
        yield SentText(title, date, str(resource.get("conclusion") or "").strip())
    elif kind == "Composition":
        for section in resource.get("section", ()):
            div = (section.get("text") or {}).get("div", "")
            yield SentText(section.get("title") or resource.get("title") or title, date, _plain(div))


def _label(concept: Any) -> str:
    if not isinstance(concept, Mapping):
        return ""
    codings: Sequence[Mapping[str, Any]] = concept.get("coding") or ({},)
    return str(concept.get("text") or codings[0].get("display") or "")


def _attached(attachment: Any) -> str:
    """The text of an attachment; empty for a picture or a broken one."""
    if not isinstance(attachment, Mapping):
        return ""
    mime = str(attachment.get("contentType") or "text/plain")
    if not mime.startswith("text/"):
        return ""
    try:
        text = base64.b64decode(str(attachment.get("data") or ""), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return _plain(text) if mime.startswith("text/html") else text.strip()


def _plain(markup: str) -> str:
    reader = _Reader()
    reader.feed(markup)
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Words of a narrative with its line ends."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append("\n" if tag in _BLOCKS else " " if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("\n" if tag in _BLOCKS else "")
