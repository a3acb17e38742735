"""Compile names/pinyin.txt: the readings of every ideograph, from pypinyin (MIT).

    python packaging/knowledge/compile_pinyin.py [--check]

pypinyin costs 58 MB and half a second when imported; the program loads this file, once, when a
Chinese name is first indexed. First the commonest reading of each character, a line per reading;
after the line `+` every further reading. Tones are dropped, u-umlaut is v.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

TARGET = Path(__file__).resolve().parents[2] / "resources" / "knowledge" / "names" / "pinyin.txt"


def toneless(reading: str) -> str:
    """`lǚ` as `lv`."""
    letters = []
    for mark in unicodedata.normalize("NFD", reading):
        if mark == "\u0308" and letters and letters[-1] == "u":  # the two dots stay, as v
            letters[-1] = "v"
        elif mark == "\u0302" and letters and letters[-1] == "e":  # ê
            continue
        elif not unicodedata.combining(mark):
            letters.append(mark)
    return "".join(letters).replace("ɡ", "g")


def readings() -> dict[str, list[str]]:
    """Character -> its readings without tones, the commonest first."""
    table: dict[str, list[str]] = {}
    for point, text in PINYIN_DICT.items():
        plain = list(dict.fromkeys(toneless(part) for part in text.split(",")))
        plain = [part for part in plain if part.isascii() and part.isalpha()]
        if plain and point >= 0x3400:
            table[chr(point)] = plain
    return table


def compiled() -> str:
    """The text of pinyin.txt."""
    first: defaultdict[str, list[str]] = defaultdict(list)
    more: defaultdict[str, list[str]] = defaultdict(list)
    for character, plain in sorted(readings().items()):
        first[plain[0]].append(character)
        for reading in plain[1:]:
            more[reading].append(character)
    lines = [f"{reading} {''.join(first[reading])}" for reading in sorted(first)]
    lines += ["+", *(f"{reading} {''.join(more[reading])}" for reading in sorted(more))]
    return "\n".join(lines) + "\n"


def main() -> int:
    text = compiled()
    if "--check" in sys.argv:
        return int(not TARGET.exists() or TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    print(f"{TARGET.name}: {len(readings())} characters, {len(text.encode()) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
