"""Codings: which one counts, what variable it measures, which choice an answer means."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from medapp.domain.datatypes import CodeableConcept, Coding
from medapp.interchange.batch import CodeEntry, CodeKey
from medapp.interchange.fhir import structs
from medapp.terminology.variables import Variable, answer_of, variable_of

_LONGEST_CODE: Final = 200


def concept_of(sent: structs.Concept | None) -> CodeableConcept | None:
    """The domain's concept; codings without a code are left out."""
    if sent is None:
        return None
    if sent.coding is not None and len(sent.coding) == 1:
        only = sent.coding[0]
        return _of_one(only.system, only.code, only.display, sent.text)
    codings = tuple(Coding(c.system or "", c.code, _clean(c.display)) for c in sent.coding or () if c.code)
    text = sent.text or next((c.display for c in sent.coding or () if c.display and not c.code), None)
    return CodeableConcept(codings, _clean(text)) if codings or text else None


@lru_cache(maxsize=4096)
def _of_one(
    system: str | None, code: str | None, display: str | None, text: str | None
) -> CodeableConcept | None:
    """A concept of one coding; values are immutable, and few differ in a file."""
    if code:
        return CodeableConcept((Coding(system or "", code, _clean(display)),), _clean(text))
    words = _clean(text or display)
    return CodeableConcept((), words) if words else None


def _clean(text: str | None) -> str | None:
    """Without the zero-width spaces that feeds put into names for line breaking."""
    return text.replace("\u200b", "").strip() if text is not None else None


def code_of(sent: structs.Concept | None) -> str:
    """The first code, or "" (for status concepts)."""
    for coding in (sent.coding or ()) if sent is not None else ():
        if coding.code:
            return coding.code
    return ""


@dataclass(frozen=True, slots=True)
class Known:
    """What one concept of an observation means here."""

    key: CodeKey
    variable: Variable | None


@dataclass(slots=True)
class Codes:
    """The codes of one file, each looked up once. `entries` go into the code table."""

    entries: dict[CodeKey, CodeEntry] = field(default_factory=dict)
    _single: dict[tuple[str | None, str | None], Known] = field(default_factory=dict)

    def known(self, sent: structs.Concept | None) -> Known | None:
        """The coding whose variable is known, else the first; a text alone is a code without a system."""
        codings = sent.coding if sent is not None else None
        if codings is None or len(codings) != 1:
            return self._of_several(sent)
        coding = codings[0]
        try:
            return self._single[coding.system, coding.code]
        except KeyError:
            return self._of_several(sent)

    def _of_several(self, sent: structs.Concept | None) -> Known | None:
        if sent is None:
            return None
        known = [self._one(c.system or "", c.code, c.display) for c in sent.coding or () if c.code]
        for one in known:
            if one.variable is not None:
                return one
        if known:
            return known[0]
        text = sent.text or next((c.display for c in sent.coding or () if c.display), None)
        return self._one("", text.strip()[:_LONGEST_CODE], None) if text and text.strip() else None

    def _one(self, system: str, code: str, display: str | None) -> Known:
        known = self._single.get((system, code))
        if known is None:
            variable = variable_of(system, code)
            known = Known((system, code), variable)
            self._single[system, code] = known
            self.entries[known.key] = CodeEntry(_clean(display), variable.id if variable else None)
        return known

    def concept(self, concept: CodeableConcept | None) -> CodeKey | None:
        """Enter the first coding of a domain concept."""
        if concept is None or not concept.codings:
            return None
        coding = concept.codings[0]
        key = (coding.system, coding.code)
        if key not in self.entries:
            self.entries[key] = CodeEntry(coding.display, None)
        return key


def answer_in(variable: Variable, sent: structs.Concept) -> str | bool | None:
    """The choice's id, yes or no that one of the codings, else the words, mean; None when not in the list."""
    for coding in sent.coding or ():
        found = answer_of(variable, system=coding.system, code=coding.code, text=coding.display or "")
        if found is not None:
            return found
    return answer_of(variable, text=sent.text or "")
