"""The bytes of a foreign file: found, read in blocks, unpacked, hashed and compressed in one pass."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import zstandard

from medapp.interchange.errors import (
    BinaryFile,
    DamagedCompression,
    EmptyFile,
    FileMissing,
    TooLarge,
    UnknownFormat,
    XmlFile,
)
from medapp.interchange.reader import sniff

MEBIBYTE: Final = 1 << 20
LARGEST_DOCUMENT: Final = 256 * MEBIBYTE
"""A document is parsed in memory; bundles of one patient have 1 to 20 MB."""
LARGEST_STREAM: Final = 8192 * MEBIBYTE
MOST_LOADED: Final = 64 * MEBIBYTE
_BLOCK: Final = 4 * MEBIBYTE
_GZIP: Final = b"\x1f\x8b"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 4096


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: a folder stands for every file below it, hidden ones left out.

    In the order given, inside a folder by name; patients and visits come first, so
    that the others find them.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = [one for one in path.rglob("*") if one.is_file() and not _is_hidden(one, path)]
            found += sorted(below, key=_order)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _order(path: Path) -> tuple[int, str]:
    """Who comes before what; a bulk export has a file for each type."""
    name = path.name.lower()
    return (0 if name.startswith("patient") else 1 if name.startswith("encounter") else 2, path.as_posix())


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


class Source:
    """One file, read once. `sha256` and `packed()` are about the bytes on the disk.

    `packed()` is their zstd frame (level 3), complete after `blocks()` is exhausted.
    """

    def __init__(self, path: Path, limit: int = LARGEST_DOCUMENT) -> None:
        self.path = path
        self.limit = limit
        self.size = 0
        self._hash = hashlib.sha256()
        self._compressor = zstandard.ZstdCompressor(level=3).compressobj()
        self._packed: list[bytes] = []
        self._is_finished = False
        self._loaded: list[bytes] | None = None

    def load(self) -> None:
        """Read, hash and compress now what is small enough to wait in memory, on any thread."""
        try:
            if self.path.stat().st_size > MOST_LOADED:
                return
            data = self.path.read_bytes()
        except OSError:
            return  # `blocks()` meets it again and says so
        self.size = len(data)
        self._hash.update(data)
        self._packed, self._is_finished = [zstandard.ZstdCompressor(level=3).compress(data)], True
        self._loaded = [data] if data else []

    @property
    def is_loaded(self) -> bool:
        """Whether the bytes wait in memory."""
        return self._loaded is not None

    @property
    def sha256(self) -> bytes:
        """Of the bytes read so far."""
        return self._hash.digest()

    def packed(self) -> bytes:
        """The compressed bytes."""
        if not self._is_finished:
            self._packed.append(self._compressor.flush())
            self._is_finished = True
        return b"".join(self._packed)

    def blocks(self) -> Iterator[bytes]:
        """The text of the file, gunzipped, in blocks. Raises UnreadableFile."""
        unpacked = 0
        for block in self._text():
            unpacked += len(block)
            if unpacked > self.limit:
                raise TooLarge(limit=self.limit // MEBIBYTE)
            yield block
        if not self.size or not unpacked:
            raise EmptyFile

    def _text(self) -> Iterator[bytes]:
        raw = self._raw()
        first = next(raw, b"")
        if first.startswith(_GZIP):
            yield from _gunzip(first, raw)
        else:
            yield first
            yield from raw

    def _raw(self) -> Iterator[bytes]:
        if self._loaded is None:
            yield from self._read()
            return
        loaded, self._loaded = self._loaded, None
        yield from loaded

    def _read(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                while block := file.read(_BLOCK):
                    self.size += len(block)
                    self._hash.update(block)
                    self._packed.append(self._compressor.compress(block))
                    yield block
        except OSError:
            raise FileMissing from None

    def drain(self) -> None:
        """Read to the end for the hash only (a refused file is named by it)."""
        for _ in self._raw():
            pass


def _gunzip(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """The members of a gzip stream one after the other, never more than a block at once."""
    unpack = zlib.decompressobj(wbits=31)
    block = first
    try:
        while True:
            yield unpack.decompress(block, _BLOCK)
            while unpack.unconsumed_tail:
                yield unpack.decompress(unpack.unconsumed_tail, _BLOCK)
            left = unpack.unused_data
            if unpack.eof and left.strip(b"\0"):
                unpack, block = zlib.decompressobj(wbits=31), left
                continue
            following = next(rest, None)
            if following is None:
                break
            block = following
    except zlib.error:
        raise DamagedCompression from None
    if not unpack.eof:
        raise DamagedCompression


def format_of(head: bytes, name: str) -> str:
    """The format by the first bytes of the text. Raises XmlFile, BinaryFile, UnknownFormat."""
    text = head[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        raise XmlFile
    if b"\0" in text and not head.startswith(UTF_16):
        raise BinaryFile
    if not text.strip():
        raise EmptyFile
    found = sniff(head, name)
    if found is None:
        raise UnknownFormat
    return found


def is_line_delimited(head: bytes, name: str) -> bool:
    """Whether the text is one JSON object per line rather than one document."""
    if name.lower().removesuffix(".gz").endswith((".ndjson", ".jsonl")):
        return True
    line, _, rest = head.partition(b"\n")
    line = line.removeprefix(b"\xef\xbb\xbf").strip()
    return line.startswith(b"{") and line.endswith(b"}") and rest.lstrip().startswith(b"{")


def lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a text in blocks; raises TooLarge for a line beyond `LARGEST_DOCUMENT`."""
    begun: list[bytes] = []
    size = 0
    for block in blocks:
        *whole, last = block.split(b"\n")
        for line in whole:
            yield b"".join((*begun, line)) if begun else line
            begun, size = [], 0
        if last:
            begun.append(last)
            size += len(last)
            if size > LARGEST_DOCUMENT:
                raise TooLarge(limit=LARGEST_DOCUMENT // MEBIBYTE)
    if begun:
        yield b"".join(begun)
