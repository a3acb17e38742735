"""Sources are kept once, compressed, and checked when they are read."""

from __future__ import annotations

import pytest

from medapp.services.session import Session
from medapp.store import blobs
from medapp.store.errors import DamagedStore, UnknownItem

CONTENT = b'{"resourceType": "Bundle"}' * 1000


def test_the_same_content_is_stored_once_and_comes_back(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        first, second = blobs.put(tx, CONTENT), blobs.put(tx, CONTENT)
    assert first == second
    with clinic.store.reading() as db:
        assert blobs.get(db, first) == CONTENT
        size = db.execute("SELECT length(data) FROM blob").fetchone()
        assert size is not None and size[0] < len(CONTENT) / 20
        with pytest.raises(UnknownItem):
            blobs.get(db, 99)


def test_a_changed_blob_is_damage(clinic: Session) -> None:
    with clinic.store.transaction() as tx:
        first, other = blobs.put(tx, CONTENT), blobs.put(tx, CONTENT[:-1])
        tx.execute("UPDATE blob SET data=(SELECT data FROM blob WHERE id=?) WHERE id=?", (other, first))
        third = blobs.put(tx, b"third")
        tx.execute("UPDATE blob SET data=x'00' WHERE id=?", (third,))
    with clinic.store.reading() as db:
        for blob in (first, third):
            with pytest.raises(DamagedStore):
                blobs.get(db, blob)
