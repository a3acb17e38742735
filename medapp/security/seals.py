"""Seals: an HMAC-SHA256 chain over the audit log, ed25519 over a model's files.

A chain makes every entry vouch for all before it, so that altering, removing or
reordering one entry breaks each later seal. Keys for the two uses are derived from the
data key by label, so that no key serves twice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Final

GENESIS: Final = bytes(32)
"""The seal before the first entry."""


def derived_key(data_key: bytes, label: str) -> bytes:
    """A 32-byte key for one use (HMAC-SHA256 of the label, RFC 5869 expand with one block)."""
    return hmac.digest(data_key, label.encode() + b"\x01", hashlib.sha256)


def chained(key: bytes, previous: bytes, entry: Sequence[object]) -> bytes:
    """The seal of `entry`, given the seal of the one before; 32 bytes.

    The entry is written as JSON without spaces: one spelling for one content.
    """
    text = json.dumps(entry, ensure_ascii=True, separators=(",", ":"))
    return hmac.digest(key, previous + text.encode("ascii"), hashlib.sha256)


def is_same(one: bytes, other: bytes) -> bool:
    """Compare two seals in constant time."""
    return hmac.compare_digest(one, other)


def new_signing_key() -> bytes:
    """A private ed25519 key, 32 raw bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private: bytes) -> bytes:
    """The public half, 32 raw bytes: what an administrator accepts as a publisher."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """The 64-byte ed25519 signature (RFC 8032) of `message`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` over `message` was made with the private half of `public`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: a key that is no point or not 32 bytes
        return False
    return True
