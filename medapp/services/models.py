"""The clinic's own models: made from its own table as drafts, used on patients only after approval.

A draft lies in the folder `models` of the store. Who made it and which bytes it had is
kept in the encrypted database; approval signs these bytes with the clinic's own key, so
that a folder changed afterwards is refused.
"""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from medapp.assess.folder import SIGNATURE_FILE, digest_of, hashes
from medapp.assess.registry import Registry
from medapp.calculators import calculators
from medapp.domain.changes import Changes, Kind
from medapp.errors import KnownError
from medapp.i18n import N_
from medapp.inference.registry import check_folder, load_registry
from medapp.security import seals
from medapp.security.roles import Permission, permissions
from medapp.services.audit import record
from medapp.services.session import Session
from medapp.store import backup, settings
from medapp.store.files import translated_os
from medapp.store.repositories import users

FOLDER: Final = backup.MODELS
PUBLISHER: Final = "clinic"
PUBLISHER_FILE: Final = "PUBLISHER"
_KEY_LABEL: Final = "model-signature"


class ModelExists(KnownError):
    """The id belongs to a bundled model or to an approved one."""

    code = "model_exists"
    message = N_("There is a model named {id} already.")
    advice = N_("Choose another id with --id.")


class NoDraft(KnownError):
    """Nothing of that id waits for approval."""

    code = "no_draft"
    message = N_("{id} is no draft of this clinic.")
    advice = N_("`medapp model list` shows the drafts; only what was trained here can be approved here.")


class DraftChanged(KnownError):
    """The files are not those that the training wrote."""

    code = "draft_changed"
    message = N_("The files of the draft {id} were changed after it was made.")
    advice = N_("Train it again; what was changed by hand has no figures.")


class DraftNotConforming(KnownError):
    """The draft breaks a promise that every model must keep."""

    code = "draft_not_conforming"
    message = N_("The draft {id} does not conform: {count} findings.")
    advice = N_("`medapp model check` names them.")


class AnotherAdministratorNeeded(KnownError):
    """Whoever made a model does not approve it where there is somebody else."""

    code = "another_administrator_needed"
    message = N_("You made the draft {id} yourself.")
    advice = N_("Ask another administrator of this clinic to approve it.")


class ApprovalReasonNeeded(KnownError):
    """The only user approves his own draft."""

    code = "approval_reason_needed"
    message = N_("You made the draft {id} yourself and are the only user: a reason is needed.")
    advice = N_("Give it in a few words with --reason.")


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What the database keeps of a model made here: who, when, which bytes, and the approval."""

    maker: int
    made: int
    digest: str
    approved_by: int | None = None
    approved: int | None = None
    reason: str = ""


def folder_of(directory: Path) -> Path:
    """Where a clinic's own models lie."""
    return directory / FOLDER


def registry_of(directory: Path | None, models_dir: Path) -> Registry:
    """The models of the program and of a clinic, as a list shows them without unlocking it.

    The clinic's public key is read from beside its models here; an unlocked session
    takes it from the data key and believes no file.
    """
    local = None if directory is None else folder_of(directory)
    if local is None or not local.is_dir():
        return load_registry(models_dir, built_in=calculators)
    return load_registry(models_dir, local, _published(local), built_in=calculators)


def _published(local: Path) -> dict[str, bytes]:
    try:
        return {PUBLISHER: bytes.fromhex((local / PUBLISHER_FILE).read_text("ascii").strip())}
    except (OSError, ValueError):
        return {}


def publishers(session: Session) -> dict[str, bytes]:
    """The keys by which signed folders are believed: the clinic's own."""
    return {PUBLISHER: seals.public_key(_signing_key(session))}


def _signing_key(session: Session) -> bytes:
    return seals.derived_key(session.store.key, _KEY_LABEL)


def copy_draft(folder: Path, out: Path) -> Path:
    """Write a draft's folder below `out`, replacing one of its name. Raises DiskFull, ReadOnlyStore."""
    target = out / folder.name
    with translated_os():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder, target)
    return target


def refuse_taken(session: Session, model: str) -> None:
    """Raises ModelExists where the id is a bundled or an approved model's."""
    taken = {entry.id for entry in session.registry.entries() if entry.state != "draft"}
    if model in taken:
        raise ModelExists(id=model)


def keep_draft(session: Session, folder: Path, algorithm: str, rows: int) -> None:
    """Copy a draft's folder into the store, its maker and bytes in the same transaction."""
    kept = DraftRecord(session.user.id, session.now().seconds, digest_of(hashes(folder)))
    with session.store.transaction() as tx, translated_os():
        settings.put(tx, _name(folder.name), asdict(kept))
        record(session, tx, "train_model", model=folder.name, algorithm=algorithm, rows=rows)
        folder_of(session.directory).mkdir(mode=0o700, exist_ok=True)
        copy_draft(folder, folder_of(session.directory))
    session.forget_models()


def approve(session: Session, model: str, reason: str = "") -> Changes:
    """Sign a draft with the clinic's key, so that it is asked about patients.

    Another administrator than its maker, or the only user with a reason. Raises
    NotPermitted, NoDraft, DraftChanged, DraftNotConforming, AnotherAdministratorNeeded,
    ApprovalReasonNeeded.
    """
    session.require(Permission.APPROVE_MODELS)
    folder = folder_of(session.directory) / model
    kept = draft_record(session, model)
    if kept is None or not folder.is_dir() or (folder / SIGNATURE_FILE).exists():
        raise NoDraft(id=model)
    digest = digest_of(hashes(folder))
    if digest != kept.digest:
        raise DraftChanged(id=model)
    _refuse_own(session, model, kept, reason)
    breaches = [one for one in check_folder(folder) if one.check != "check_latency"]
    if breaches:
        raise DraftNotConforming(id=model, count=len(breaches))
    now = session.now().seconds
    approved = DraftRecord(kept.maker, kept.made, digest, session.user.id, now, reason.strip())
    with session.store.transaction() as tx, translated_os():
        settings.put(tx, _name(model), asdict(approved))
        is_own = kept.maker == session.user.id
        record(session, tx, "approve_model", model=model, digest=digest, maker=kept.maker, own=is_own)
        _sign(session, folder, digest)
    session.forget_models()
    return Changes(frozenset({Kind.MODEL}), None)


class ApprovalNeeds(StrEnum):
    """What stands between a draft and its approval by the user of the session."""

    NOTHING = "nothing"
    REASON = "reason"
    ANOTHER = "another"
    PERMISSION = "permission"
    TRAINING = "training"


def approval_needs(session: Session, model: str) -> ApprovalNeeds:
    """What a page says before anybody tries: a reason, another administrator, a permission, a maker."""
    if Permission.APPROVE_MODELS not in permissions(session.user.roles):
        return ApprovalNeeds.PERMISSION
    kept = draft_record(session, model)
    if kept is None:
        return ApprovalNeeds.TRAINING
    if kept.maker != session.user.id:
        return ApprovalNeeds.NOTHING
    return ApprovalNeeds.ANOTHER if _has_others(session) else ApprovalNeeds.REASON


def _refuse_own(session: Session, model: str, kept: DraftRecord, reason: str) -> None:
    if kept.maker != session.user.id:
        return
    if _has_others(session):
        raise AnotherAdministratorNeeded(id=model)
    if not reason.strip():
        raise ApprovalReasonNeeded(id=model)


def _has_others(session: Session) -> bool:
    with session.store.reading() as db:
        return any(user.is_active and user.id != session.user.id for user in users.listed(db))


def _sign(session: Session, folder: Path, digest: str) -> None:
    key = _signing_key(session)
    signature = seals.sign(key, digest.encode("ascii"))
    (folder.parent / PUBLISHER_FILE).write_text(seals.public_key(key).hex() + "\n", encoding="ascii")
    text = f'publisher = "{PUBLISHER}"\nsignature = "{signature.hex()}"\n'
    (folder / SIGNATURE_FILE).write_text(text, encoding="ascii", newline="\n")


def draft_record(session: Session, model: str) -> DraftRecord | None:
    """Who made a model of this clinic, and who approved it; None for one not made here."""
    with session.store.reading() as db:
        kept: dict[str, Any] | None = settings.get(db, _name(model))
    return None if kept is None else DraftRecord(**kept)


def _name(model: str) -> str:
    return f"model:{model}"
