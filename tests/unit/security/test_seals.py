"""Seals break when anything they cover changes."""

from __future__ import annotations

from medapp.security import seals


def test_a_signature_holds_for_the_very_bytes_and_the_very_key() -> None:
    private, other = seals.new_signing_key(), seals.new_signing_key()
    public = seals.public_key(private)
    signature = seals.sign(private, b"model")
    assert seals.is_signed(public, b"model", signature)
    assert not seals.is_signed(public, b"modem", signature)
    assert not seals.is_signed(seals.public_key(other), b"model", signature)
    assert not seals.is_signed(public, b"model", signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not seals.is_signed(b"short", b"model", signature)


def test_a_chained_seal_depends_on_key_entry_and_everything_before() -> None:
    first = seals.chained(b"k" * 32, seals.GENESIS, (1, "open"))
    assert first == seals.chained(b"k" * 32, seals.GENESIS, (1, "open"))
    others = {
        seals.chained(b"j" * 32, seals.GENESIS, (1, "open")),
        seals.chained(b"k" * 32, first, (1, "open")),
        seals.chained(b"k" * 32, seals.GENESIS, (2, "open")),
        seals.chained(b"k" * 32, seals.GENESIS, (1, "opem")),
    }
    assert len(others) == 4 and first not in others


def test_derived_keys_differ_by_use() -> None:
    assert seals.derived_key(b"d" * 32, "audit") != seals.derived_key(b"d" * 32, "other")
