"""The fonts brought along: Inter whole, Noto Sans SC cut down to the ideographs of everyday Chinese.

They are taken from the system's packages (`packaging/linux/system-packages.txt`) when the program is
packed; a system without them packs none, and the program then uses the system's own.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

INTER: Final = ("Regular", "Medium", "SemiBold", "Bold")
NOTO: Final = ("Regular", "Bold")
INTER_FOLDER: Final = Path("/usr/share/fonts/opentype/inter")
NOTO_FOLDER: Final = Path("/usr/share/fonts/opentype/noto")
CHINESE_FACE: Final = "Noto Sans CJK SC"
SUBSET_FACE: Final = "Noto Sans SC"
LICENCES: Final = {"fonts-inter": "Inter", "fonts-noto-cjk": "Noto"}
CONFIGURATION: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def write_fonts(root: Path, folder: Path) -> list[Path]:
    """Write the fonts, their licences and fontconfig's file into `folder`; [] where the system has none."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    inter = [INTER_FOLDER / f"Inter-{weight}.otf" for weight in INTER]
    noto = [NOTO_FOLDER / f"NotoSansCJK-{weight}.ttc" for weight in NOTO]
    if sys.platform != "linux" or not all(path.is_file() for path in (*inter, *noto)):
        return []
    written = [_save(TTFont(path), folder / path.name, None) for path in inter]
    letters = chinese_letters(root)
    names = [f"NotoSansSC-{weight}.otf" for weight in NOTO]
    written += [_save(_chinese(path), folder / name, letters) for path, name in zip(noto, names, strict=True)]
    configuration = folder / "fonts.conf"
    configuration.write_text(CONFIGURATION, "utf-8")
    return [*written, *_licences(folder), configuration]


def chinese_letters(root: Path) -> set[int]:
    """Code points to keep: GB 2312 (6,763 ideographs, signs), ASCII, and every letter of our own texts.

    A name with a rarer ideograph is drawn from whatever font of the system has it.
    """
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    common = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    return {ord(letter) for letter in common + _own_letters(root)} | set(range(0x20, 0x7F))


def _own_letters(root: Path) -> str:
    paths = [path for top in ("resources", "models") for path in (root / top).rglob("*")]
    texts = (path.read_text("utf-8") for path in paths if path.suffix in (".toml", ".json", ".po", ".md"))
    return "".join(set(re.findall(r"[\u2000-\uffef]", "".join(texts))))


def _chinese(path: Path) -> TTFont:
    """The simplified Chinese face, renamed, so that a whole one of the system is asked for rarer letters."""
    faces = TTCollection(path).fonts
    face = next(face for face in faces if face["name"].getDebugName(1) == CHINESE_FACE)
    for record in face["name"].names:
        text = record.toUnicode().replace(CHINESE_FACE, SUBSET_FACE).replace("NotoSansCJKsc", "NotoSansSC")
        face["name"].setName(text, record.nameID, record.platformID, record.platEncID, record.langID)
    return face


def _save(font: TTFont, path: Path, letters: set[int] | None) -> Path:
    if letters is not None:
        # Without `locl`: it would keep the Japanese, Korean and Taiwanese forms of every ideograph.
        cutter = Subsetter(Options(layout_features=["kern"], hinting=False, name_IDs=["*"]))
        cutter.populate(unicodes=letters)
        cutter.subset(font)
    font.save(path)
    return path


def _licences(folder: Path) -> Iterator[Path]:
    for package, name in LICENCES.items():
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        if copyright_file.is_file():
            path = folder / f"{name}-OFL.txt"
            path.write_bytes(copyright_file.read_bytes())
            yield path
