"""THIRD_PARTY.md and licences/: what of others the standalone program carries, under which terms.

Told from the files that were really taken, not from the list of what is installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

_TEXTS: Final = re.compile(r"(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_HEAD: Final = """# What of others is inside

MedApp itself is under Apache-2.0 (LICENSE). It carries the following, each under its own terms; the texts
lie in `licences/`. Qt and PySide6 are used under the LGPL-3.0 as separate shared libraries in `_internal/`,
which you may replace by your own builds.

| name | version | licence | files |
| --- | --- | --- | ---: |
"""


def write(carried: Iterable[Path], own: Sequence[Path], folder: Path) -> None:
    """Write the list and copy every licence's text into the finished `folder`."""
    counts, of_system = _shares({path.resolve() for path in carried})
    lines = [_HEAD, f"| Python | {sys.version.split()[0]} | PSF-2.0 | standard library |\n"]
    texts = folder / "licences"
    for distribution, files in sorted(counts.items(), key=lambda item: item[0].name.lower()):
        lines.append(f"| {distribution.name} | {distribution.version} | {_terms(distribution)} | {files} |\n")
        _copy_texts(distribution, texts / distribution.name)
    lines.append(_of_system(of_system, texts))
    lines.append(_fonts(folder))
    _copy_lgpl(texts)
    for path in own:
        shutil.copyfile(path, folder / path.name)
    (folder / "THIRD_PARTY.md").write_text("".join(lines), "utf-8")


def _shares(carried: set[Path]) -> tuple[dict[Distribution, int], set[Path]]:
    """Files of each distribution, and shared libraries that are of none: the system's."""
    owners = {
        Path(str(found.locate_file(file))).resolve(): found
        for found in distributions(path=[path for path in sys.path if path.endswith("site-packages")])
        for file in found.files or []
    }
    counts = Counter(owners[path] for path in carried if path in owners)
    of_system = {path for path in carried if path not in owners and ".so" in path.name}
    return {found: n for found, n in counts.items() if found.name.lower() != "medapp"}, of_system


def _terms(distribution: Distribution) -> str:
    """The licence as its metadata names it: the expression, a short free text, else the classifiers."""
    told = distribution.metadata
    short = (told.get("License") or "").strip()
    if expression := told.get("License-Expression"):
        return str(expression)
    classifiers = told.get_all("Classifier") or []
    classified = [line.rpartition(" :: ")[2] for line in classifiers if "License ::" in line]
    if short and "\n" not in short and len(short) < 200:
        return short
    return ", ".join(classified) or "see its text"


def _copy_texts(distribution: Distribution, folder: Path) -> None:
    for file in distribution.files or []:
        source = Path(str(distribution.locate_file(file)))
        if _TEXTS.search(file.as_posix()) and source.suffix not in (".py", ".pyc") and source.is_file():
            target = folder / file.as_posix().replace("/", "_")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _of_system(libraries: set[Path], texts: Path) -> str:
    """One line for each package of the system a shared library was taken of; needs dpkg."""
    packages: dict[str, list[str]] = {}
    for path in sorted(libraries):
        packages.setdefault(_package(path), []).append(path.name)
    for package in packages:
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        if copyright_file.is_file():
            (texts / "system").mkdir(parents=True, exist_ok=True)
            shutil.copyfile(copyright_file, texts / "system" / package)
    return "".join(
        f"| {package} (system) | | `licences/system/{package}` | {', '.join(names)} |\n"
        for package, names in sorted(packages.items())
    )


def _package(library: Path) -> str:
    """The package that owns a library; without /usr for systems whose /lib is a link to /usr/lib."""
    if shutil.which("dpkg-query") is None:
        return "unknown"
    for name in (str(library), str(library).removeprefix("/usr")):
        done = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.partition(":")[0]
    return "Python" if "python" in library.name or "lib-dynload" in library.parts else "unknown"


def _fonts(folder: Path) -> str:
    fonts = sorted(path.name for path in folder.rglob("*.otf"))
    return f"| Inter, Noto Sans SC (fonts, cut down) | | OFL-1.1 | {', '.join(fonts)} |\n" if fonts else ""


def _copy_lgpl(texts: Path) -> None:
    """The wheels of Qt for Python carry no text of the LGPL; the system has it where Debian's files are."""
    for name in ("LGPL-3", "GPL-3"):
        common = Path("/usr/share/common-licenses") / name
        if common.is_file():
            texts.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(common, texts / f"{name}.txt")
