"""Which assessors there are, and which of them may be believed.

A bundled folder must equal its release in `INDEX.toml` byte for byte. A folder
from outside is `local` when an accepted publisher signed exactly these files
(ed25519), `refused` when its signature does not fit, else a `draft`: it can be
checked and tried, but is not used on a patient unless named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from medapp.assess.assessor import Assessor
from medapp.assess.card import Card, read_card
from medapp.assess.draft import DraftAssessor
from medapp.assess.errors import ModelMisnamed, SignatureWrong, UnknownAssessor
from medapp.assess.folder import SIGNATURE_FILE, digest_of, hashes
from medapp.assess.index import Release, model_folders, read_index, verify
from medapp.assess.inputs import input_specs
from medapp.assess.refused import RefusedAssessor, blank_card
from medapp.errors import KnownError

Build = Callable[[Path, Card], Assessor]
BuiltIn = Callable[[], Mapping[str, Assessor]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One assessor found: its state (bundled, local, draft or refused) and, if refused, why."""

    id: str
    state: str
    card: Card | None
    folder: Path | None = None
    why: KnownError | None = None

    @property
    def is_usable(self) -> bool:
        return self.state in ("bundled", "local")

    def as_document(self) -> dict[str, Any]:
        """One element of `model list`."""
        card = self.card or blank_card(self.id)
        output = card.output
        return {
            "id": self.id,
            "version": card.version,
            "title": card.title.as_dict(),
            "state": self.state,
            "setting": card.setting,
            "modality": card.modality,
            "task": card.task,
            "algorithm": card.algorithm,
            "classes": [c.id for c in output.classes],
            "lead_class": output.lead_class,
            "sha256": card.graph.sha256 if card.graph else None,
            "inputs": [spec.as_document() for spec in input_specs(card)],
        }


@dataclass(slots=True)
class Registry:
    """The assessors of this program. Reads nothing before the first question to it."""

    models_dir: Path
    local_dir: Path | None
    build: Build
    publishers: Mapping[str, bytes] = field(default_factory=dict)
    built_in: BuiltIn = dict
    _entries: dict[str, Entry] | None = None
    _assessors: dict[str, Assessor] = field(default_factory=dict)

    @classmethod
    def load(
        cls,
        models_dir: Path,
        local_dir: Path | None = None,
        *,
        build: Build,
        publishers: Mapping[str, bytes] | None = None,
        built_in: BuiltIn = dict,
    ) -> Self:
        """`build` makes the assessor of a folder; `publishers` maps a name to its ed25519 public key.

        `built_in` gives the assessors that are code, such as scores: they come with the program, need
        no index, and are loaded when one of them is asked for.
        """
        return cls(models_dir, local_dir, build, dict(publishers or {}), built_in)

    def entries(self) -> tuple[Entry, ...]:
        """Every folder found, refused ones included, in order of id."""
        return tuple(self._found()[key] for key in sorted(self._found()))

    def entry(self, assessor_id: str) -> Entry:
        """Raises UnknownAssessor."""
        found = self._found().get(assessor_id)
        if found is not None:
            return found
        coded = self.built_in().get(assessor_id)
        if coded is None:
            raise UnknownAssessor(id=assessor_id)
        return Entry(assessor_id, "bundled", coded.card)

    def ids(self) -> tuple[str, ...]:
        """The models asked about every patient, in order of id; refused ones say so themselves."""
        return tuple(entry.id for entry in self.entries() if entry.state != "draft")

    def get(self, assessor_id: str) -> Assessor:
        """The assessor; a refused one answers that it is refused. Raises UnknownAssessor."""
        if assessor_id not in self._assessors:
            entry = self.entry(assessor_id)
            is_folder = assessor_id in self._found()
            self._assessors[assessor_id] = self._make(entry) if is_folder else self.built_in()[assessor_id]
        return self._assessors[assessor_id]

    def _make(self, entry: Entry) -> Assessor:
        if entry.why is not None or entry.card is None or entry.folder is None:
            return RefusedAssessor(entry.card or blank_card(entry.id), entry.why)
        try:
            found = self.build(entry.folder, entry.card)
        except KnownError as error:
            return RefusedAssessor(entry.card, error)
        return DraftAssessor(found) if entry.state == "draft" else found

    def _found(self) -> dict[str, Entry]:
        if self._entries is None:
            found = {entry.id: entry for entry in _bundled(self.models_dir)}
            if self.local_dir is not None:
                for entry in _outside(self.local_dir, self.publishers):
                    found.setdefault(entry.id, entry)
            self._entries = found
        return self._entries


def _bundled(models_dir: Path) -> list[Entry]:
    try:
        releases: Mapping[str, Release] = read_index(models_dir)
    except KnownError as error:
        return [Entry(f.name, "refused", None, f, error) for f in model_folders(models_dir)]
    return [
        _entry(folder, "bundled", lambda f: verify(f, releases.get(f.name)))
        for folder in model_folders(models_dir)
    ]


def _outside(local_dir: Path, publishers: Mapping[str, bytes]) -> list[Entry]:
    entries = []
    for folder in model_folders(local_dir):
        state = "local" if (folder / SIGNATURE_FILE).is_file() else "draft"
        entries.append(_entry(folder, state, lambda f: verify_signature(f, publishers)))
    return entries


def _entry(folder: Path, state: str, check: Callable[[Path], None]) -> Entry:
    card: Card | None = None
    why: KnownError | None = None
    try:
        check(folder)
    except KnownError as error:
        why = error
    try:
        card = read_card(folder)
    except KnownError as error:
        why = why or error
    if card is not None and card.id != folder.name:
        card, why = None, why or ModelMisnamed(model=folder.name)
    return Entry(folder.name, "refused" if why else state, card, folder, why)


def verify_signature(folder: Path, publishers: Mapping[str, bytes]) -> None:
    """A folder without a signature passes as a draft; a wrong one raises SignatureWrong.

    `signature.toml` holds `publisher` and `signature` (hex), over the text of
    `folder.digest_of`.
    """
    path = folder / SIGNATURE_FILE
    if not path.is_file():
        return
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        key = Ed25519PublicKey.from_public_bytes(publishers[values["publisher"]])
        key.verify(bytes.fromhex(values["signature"]), digest_of(hashes(folder)).encode("ascii"))
    except (KeyError, TypeError, ValueError, InvalidSignature) as error:
        raise SignatureWrong(model=folder.name) from error
