"""Sources kept whole: one zstd-3 blob and one sha256 per file, never resource by resource."""

from __future__ import annotations

import hashlib

from medapp.store.connection import Reader, Transaction
from medapp.store.errors import DamagedStore, UnknownItem

_LEVEL = 3


def put(tx: Transaction, content: bytes) -> int:
    """Store content once; the id of the blob, also when it was there."""
    import zstandard

    digest = hashlib.sha256(content).digest()
    found = tx.execute("SELECT id FROM blob WHERE sha256=?", (digest,)).fetchone()
    if found is not None:
        number: int = found[0]
        return number
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(content)
    return tx.execute(
        "INSERT INTO blob(sha256, size, data) VALUES(?,?,?)", (digest, len(content), packed)
    ).lastrowid


def put_packed(tx: Transaction, digest: bytes, size: int, packed: bytes) -> int:
    """The same for content that was hashed and compressed while it was read (one zstd frame)."""
    found = tx.execute("SELECT id FROM blob WHERE sha256=?", (digest,)).fetchone()
    if found is not None:
        number: int = found[0]
        return number
    return tx.execute("INSERT INTO blob(sha256, size, data) VALUES(?,?,?)", (digest, size, packed)).lastrowid


def get(db: Reader, blob: int) -> bytes:
    """The content. Raises UnknownItem, DamagedStore when it no longer has its hash."""
    import zstandard

    found = db.execute("SELECT sha256, size, data FROM blob WHERE id=?", (blob,)).fetchone()
    if found is None:
        raise UnknownItem()
    digest, size, packed = found
    try:
        content = zstandard.ZstdDecompressor().decompress(packed, max_output_size=size)
    except zstandard.ZstdError as error:
        raise DamagedStore() from error
    if hashlib.sha256(content).digest() != digest:
        raise DamagedStore()
    return content
