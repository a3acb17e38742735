"""Finds or makes the patient whom a file speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from medapp.domain.administrative import Identifier, IdentifierType, Patient
from medapp.i18n import N_
from medapp.interchange.batch import PatientKey, SentPatient, SourceKey
from medapp.interchange.issues import Issue, Severity
from medapp.services.imports.interned import Interned
from medapp.services.imports.matching import (
    ONE_PERSON,
    decided,
    details_hash,
    differs,
    is_same_person,
    is_same_source,
    is_surely_same_person,
    is_telling,
    merged,
)
from medapp.services.imports.report import Counts, MergeProposal
from medapp.store.connection import Transaction
from medapp.store.repositories import imports, patients

_APART = " #"
"""Between a sender's name and what tells apart two persons whom it gave one id."""


@dataclass(slots=True)
class People:
    """The patients of one file: `ids` by key, `fresh` those made by it, `unclear` keys that fit several."""

    tx: Transaction
    import_id: int
    interned: Interned
    is_demo: bool = False
    ids: dict[PatientKey, int] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    counts: Counts = field(default_factory=Counts)
    issues: list[Issue] = field(default_factory=list)
    proposals: list[MergeProposal] = field(default_factory=list)
    unclear: set[PatientKey] = field(default_factory=set)
    _rivals: list[int] = field(default_factory=list)

    def add(self, sent: SentPatient) -> None:
        """Match or make one patient."""
        self._rivals.clear()
        source, known = self._of_source(sent)
        if known is None:
            known = self._of_identifiers(sent)
        if known is None:
            self._insert(sent, source)
        else:
            self._update(sent, known)

    def find(self, key: PatientKey) -> int | None:
        """The patient of a key that no Patient of this file has; None when there is none or several."""
        known = self.ids.get(key)
        if known is None:
            if isinstance(key, SourceKey):
                found = imports.patients_of_sender(self.tx, key.system, f"{key.system}{_APART}", key.id)
            else:
                found = patients.find_by_identifier(self.tx, key.value, key.system or None)
            if len(found) == 1:
                known = self.ids[key] = found[0]
            elif found:
                self.unclear.add(key)
        return known

    def _of_source(self, sent: SentPatient) -> tuple[str, int | None]:
        """The sender's name to store under, and who is stored under it."""
        known = None
        for name in (sent.key.system, f"{sent.key.system}{_APART}{details_hash(sent.noun)}"):
            known = patients.find_by_source(self.tx, self.interned.source(self.tx, name), sent.key.id)
            if known is None or is_same_source(patients.get(self.tx, known), sent.noun):
                return name, known
            self._rivals.append(known)
        return name, known

    def _of_identifiers(self, sent: SentPatient) -> int | None:
        """The patient who has one of the numbers and whose details agree."""
        agreeing: list[int] = []
        for identifier in sent.noun.identifiers:
            for number, is_same_giver in self._holders(identifier):
                if number in agreeing or number in self._rivals:
                    continue
                stored = patients.get(self.tx, number)
                is_shared = identifier.type is IdentifierType.INSURANCE
                agree = is_same_person if is_same_giver and not is_shared else is_surely_same_person
                if agree(stored, sent.noun):
                    agreeing.append(number)
                elif is_same_giver or identifier.type in ONE_PERSON:
                    self._rivals.append(number)
        for other in agreeing[1:]:
            self._propose(agreeing[0], other, "twice")
        return agreeing[0] if agreeing else None

    def _holders(self, identifier: Identifier) -> list[tuple[int, bool]]:
        """Who has this number, and whether from the same giver."""
        if identifier.system:
            exact = patients.find_by_identifier(self.tx, identifier.value, identifier.system)
            if exact or not is_telling(identifier):
                return [(number, True) for number in exact]
        return [(number, False) for number in patients.find_by_identifier(self.tx, identifier.value)]

    def _insert(self, sent: SentPatient, source: str) -> None:
        noun = replace(sent.noun, is_demo=True) if self.is_demo else sent.noun
        number = patients.insert(
            self.tx, noun, source=self.interned.source(self.tx, source), source_id=sent.key.id,
            import_id=self.import_id,
        )  # fmt: skip
        self.ids[sent.key] = number
        self.fresh.add(number)
        self.counts.added += 1
        if self._rivals:
            message = N_("Another person has the same number; the two were kept apart, a merge is proposed.")
            where = f"{sent.where}.identifier"
            self.issues.append(Issue(Severity.WARNING, "shared_identifier", where, message))
        for rival in self._rivals:
            self._propose(rival, number, "identifier")

    def _update(self, sent: SentPatient, number: int) -> None:
        self.ids[sent.key] = number
        stored = patients.get(self.tx, number)
        wanted = self._wanted(sent, stored)
        if not differs(stored, wanted):
            self.counts.unchanged += 1
            return
        if number not in self.fresh:
            imports.remember_patient(self.tx, self.import_id, number)
        patients.update(self.tx, wanted)
        self.changed.add(number)
        self.counts.updated += 1

    def _wanted(self, sent: SentPatient, stored: Patient) -> Patient:
        """What she shall be; what was settled here stays, and that something else was sent is said."""
        whole = merged(stored, sent.noun)
        if stored.id in self.fresh or not differs(stored, whole):
            return whole
        kept, removed = frozenset[str](), frozenset[Identifier]()
        for before, after in imports.identity_acts(self.tx, stored.id):
            fields, gone = decided(before, after)
            kept, removed = kept | fields, removed | gone
        wanted = merged(stored, sent.noun, kept, removed)
        if differs(whole, wanted):
            message = N_("This was corrected here since it was imported; the correction stays.")
            self.issues.append(Issue(Severity.INFORMATION, "corrected_here", sent.where, message))
        return wanted

    def _propose(self, one: int, other: int, why: str) -> None:
        proposal = MergeProposal(min(one, other), max(one, other), why)
        if one != other and proposal not in self.proposals:
            self.proposals.append(proposal)


