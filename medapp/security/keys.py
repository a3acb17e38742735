"""The key file: one random data key, sealed once per user and once for recovery.

The data key never changes and is written nowhere in the clear. Each slot derives
a key from its own secret with Argon2id (RFC 9106) and seals the data key with
AES-256-GCM; the parameters stand in the slot, so that they can be raised later
without locking anybody out. A wrong password fails the slot's tag, before any
database is touched. argon2 and cryptography are imported at unlock only: they
are no part of the start.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from medapp.security.errors import (
    AmbiguousUser,
    DamagedKeyFile,
    NewerKeyFile,
    UnknownUser,
    UserExists,
    WeakPassword,
    WrongPassword,
    WrongRecoveryCode,
)

SCHEMA: Final = 1
FILE_NAME: Final = "keys.json"
MINIMUM_LENGTH: Final = 8
"""Characters of a password (NIST SP 800-63B, 5.1.1.1)."""
_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12


class KdfCost(NamedTuple):
    """Argon2id's cost; the default is RFC 9106's second recommended option."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


class Slot(NamedTuple):
    """The data key sealed under one secret. `user` is empty for the recovery slot."""

    user: str
    cost: KdfCost
    salt: bytes
    nonce: bytes
    sealed: bytes


class KeyFile(NamedTuple):
    """The slots of one clinic; changes make a new one, `write` replaces the file whole."""

    clinic: str
    slots: tuple[Slot, ...]
    is_demo: bool = False

    @property
    def users(self) -> tuple[str, ...]:
        """Names that have a slot, in the order they were added."""
        return tuple(slot.user for slot in self.slots if slot.user)

    def only_user(self) -> str:
        """The one user. Raises AmbiguousUser when there are several."""
        if len(self.users) != 1:
            raise AmbiguousUser()
        return self.users[0]

    def unlock(self, user: str, password: str) -> bytes:
        """The data key. Raises WrongPassword."""
        slot = self._slot(user)
        key = slot and _opened(self.clinic, slot, _spelled(password))
        if not key:
            raise WrongPassword()
        return key

    def recover(self, code: str) -> bytes:
        """The data key by the printed code. Raises MistypedRecoveryCode, WrongRecoveryCode."""
        from medapp.security import recovery

        slot = self._slot("")
        key = slot and _opened(self.clinic, slot, recovery.read_code(code))
        if not key:
            raise WrongRecoveryCode()
        return key

    def with_user(self, key: bytes, user: str, password: str, cost: KdfCost | None = None) -> KeyFile:
        """With a slot more. Raises UserExists, WeakPassword."""
        if not user or self._slot(user):
            raise UserExists()
        slot = _sealed(self.clinic, key, user, self._checked(password), cost or KdfCost())
        return self._replace(slots=(*self.slots, slot))

    def with_password(self, key: bytes, user: str, password: str, cost: KdfCost | None = None) -> KeyFile:
        """With the user's slot sealed under a new password. Raises UnknownUser, WeakPassword."""
        if not self._slot(user):
            raise UnknownUser()
        slot = _sealed(self.clinic, key, user, self._checked(password), cost or KdfCost())
        return self._replace(slots=tuple(slot if old.user == user else old for old in self.slots))

    def without_user(self, user: str) -> KeyFile:
        """Without the user's slot. Raises UnknownUser."""
        if not user or not self._slot(user):
            raise UnknownUser()
        return self._replace(slots=tuple(slot for slot in self.slots if slot.user != user))

    def with_new_recovery_code(self, key: bytes, cost: KdfCost | None = None) -> tuple[KeyFile, str]:
        """With a fresh recovery slot, and its code: shown once, kept nowhere."""
        from medapp.security import recovery  # brings `secrets`: not for the start

        code = recovery.new_code()
        slot = _sealed(self.clinic, key, "", recovery.read_code(code), cost or KdfCost())
        kept = tuple(old for old in self.slots if old.user)
        return self._replace(slots=(*kept, slot)), code

    def write(self, directory: Path) -> None:
        """Replace the file at once: after a crash it is the old one or the new one."""
        slots = [_as_json(slot) for slot in self.slots]
        document = {"schema": SCHEMA, "clinic": self.clinic, "demo": self.is_demo, "slots": slots}
        target = directory / FILE_NAME
        beside = target.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)

    @classmethod
    def read(cls, directory: Path) -> Self:
        """Raises FileNotFoundError, DamagedKeyFile, NewerKeyFile."""
        try:
            document = json.loads((directory / FILE_NAME).read_text(encoding="utf-8"))
            if document["schema"] > SCHEMA:
                raise NewerKeyFile()
            slots = tuple(_from_json(slot) for slot in document["slots"])
            return cls(str(document["clinic"]), slots, document.get("demo") is True)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedKeyFile() from error

    def _slot(self, user: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.user == user), None)

    def _checked(self, password: str) -> str:
        spelled = _spelled(password)
        if len(spelled) < MINIMUM_LENGTH and not (self.is_demo and spelled):
            raise WeakPassword(minimum=MINIMUM_LENGTH)
        return spelled


def new_key_file(clinic: str, *, is_demo: bool = False) -> tuple[KeyFile, bytes]:
    """An empty key file and a fresh random data key."""
    return KeyFile(clinic, (), is_demo), os.urandom(_KEY_BYTES)


def _spelled(password: str) -> str:
    """One spelling whatever the keyboard composes (NIST SP 800-63B asks for NFKC)."""
    import unicodedata

    return unicodedata.normalize("NFKC", password)


def _derived(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret.encode("utf-8", "surrogatepass"),
        salt,
        cost.passes,
        cost.memory_kib,
        cost.lanes,
        _KEY_BYTES,
        Type.ID,
    )


def _label(clinic: str, user: str) -> bytes:
    """What the tag also covers: a slot cannot be renamed or moved to another clinic."""
    return json.dumps([SCHEMA, clinic, user]).encode("ascii")


def _sealed(clinic: str, key: bytes, user: str, secret: str, cost: KdfCost) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    box = AESGCM(_derived(secret, salt, cost))
    return Slot(user, cost, salt, nonce, box.encrypt(nonce, key, _label(clinic, user)))


def _opened(clinic: str, slot: Slot, secret: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    box = AESGCM(_derived(secret, slot.salt, slot.cost))
    try:
        return box.decrypt(slot.nonce, slot.sealed, _label(clinic, slot.user))
    except InvalidTag:
        return None


def _as_json(slot: Slot) -> dict[str, Any]:
    import base64

    return {
        "user": slot.user,
        "kdf": {"name": "argon2id", **slot.cost._asdict()},
        "cipher": "aes-256-gcm",
        **{name: base64.b64encode(getattr(slot, name)).decode() for name in ("salt", "nonce", "sealed")},
    }


def _from_json(document: dict[str, Any]) -> Slot:
    import base64

    kdf = document["kdf"]
    if (kdf["name"], document["cipher"]) != ("argon2id", "aes-256-gcm"):
        raise NewerKeyFile()
    cost = KdfCost(int(kdf["passes"]), int(kdf["memory_kib"]), int(kdf["lanes"]))
    if not (1 <= cost.passes <= 64 and 8 <= cost.memory_kib <= 4_194_304 and 1 <= cost.lanes <= 64):
        raise ValueError("a cost no version of this program writes")
    salt, nonce, sealed = (
        base64.b64decode(document[name], validate=True) for name in ("salt", "nonce", "sealed")
    )
    if len(nonce) != _NONCE_BYTES or len(sealed) != _KEY_BYTES + 16:
        raise ValueError("a slot of another size")
    return Slot(str(document["user"]), cost, salt, nonce, sealed)
