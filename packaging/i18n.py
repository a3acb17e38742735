"""Collect the message ids of the program and build the catalogues from the translators' parts.

    python packaging/i18n.py update    parts/*.toml -> LC_MESSAGES/medapp.po and medapp.mo
    python packaging/i18n.py check     exit 1 on a missing or stale message, a wrong field, an old file
    python packaging/i18n.py missing   the message ids without a translation, as TOML lines to fill in
    python packaging/i18n.py pseudo    a 40 % longer English in build/translations, to find clipped texts

Each part is one TOML table, message id = translation. The catalogues carry no date, path or
tool version, so the same parts always give the same bytes.
"""

from __future__ import annotations

import ast
import io
import string
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("medapp", "ui")
LANGUAGES = ("zh_CN",)
KEYWORDS = {"words": 1, "N_": 1, "both": 1, "in_both": 1, "plural": 2}
"""Marking calls, and how many of their first arguments are message ids."""

MessageId = str | tuple[str, str]


class PlainCatalogue(Catalog):
    """A catalogue whose header holds nothing that changes from build to build."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Project-Id-Version", "medapp"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


@dataclass
class Parts:
    """The translations of all parts of one language, and what is wrong with them."""

    texts: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def messages(root: Path = ROOT) -> list[MessageId]:
    """Every message id in the sources, sorted; a plural is the pair (one, many)."""
    found: set[MessageId] = set()
    for package in SOURCES:
        for path in sorted((root / package).rglob("*.py")):
            found.update(_messages_of(path))
    plural_ones = {item[0] for item in found if isinstance(item, tuple)}
    kept = [item for item in found if isinstance(item, tuple) or item not in plural_ones]
    return sorted(kept, key=lambda item: item if isinstance(item, tuple) else (item, ""))


def _messages_of(path: Path) -> Iterator[MessageId]:
    """Literal first arguments of the marking calls; what is looked up was marked where it is declared."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        if name in KEYWORDS:
            literals = [_literal(argument) for argument in node.args[: KEYWORDS[name]]]
            ids = [text for text in literals if text]
            if len(ids) == KEYWORDS[name]:
                yield ids[0] if len(ids) == 1 else (ids[0], ids[1])


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def parts(language: str, root: Path = ROOT) -> Parts:
    """Read `resources/translations/<language>/parts/*.toml`; a later, different text is a problem."""
    merged = Parts()
    for path in sorted(folder(language, root).glob("parts/*.toml")):
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            merged.problems.append(f"{path.name}: not TOML ({error})")
            continue
        for key, text in table.items():
            _add(merged, path.name, key, text)
    return merged


def _add(merged: Parts, part: str, key: str, text: object) -> None:
    if not isinstance(text, str) or not text.strip():
        merged.problems.append(f"{part}: no text for {key!r}")
    elif merged.texts.get(key, text) != text:
        merged.problems.append(f"{part}: {key!r} is translated otherwise in {merged.origin[key]}")
    else:
        merged.texts[key], merged.origin[key] = text, part


def folder(language: str, root: Path = ROOT) -> Path:
    """Where the files of one language lie."""
    return root / "resources" / "translations" / language


def fields(text: str) -> set[str]:
    """Names of the placeholders of a message. Raises ValueError for an unbalanced brace."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def catalogue(language: str, ids: list[MessageId], texts: Mapping[str, str]) -> PlainCatalogue:
    """The messages that have a translation; the others fall back to English."""
    built = PlainCatalogue(locale=language, charset="utf-8", fuzzy=False)
    built.header_comment = "# Made by packaging/i18n.py from the parts; do not edit."
    for item in ids:
        text = _translation(item, texts)
        if text is not None:
            built.add(item, (text,) if isinstance(item, tuple) else text)
    return built


def _translation(item: MessageId, texts: Mapping[str, str]) -> str | None:
    if isinstance(item, tuple):  # Chinese has one form: the one written for "many"
        return texts.get(item[1], texts.get(item[0]))
    return texts.get(item)


def compiled(built: Catalog) -> dict[str, bytes]:
    """File name -> bytes of the .po and the .mo."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, built, width=0, no_location=True, sort_output=False)
    write_mo(mo, built)
    return {"medapp.po": po.getvalue(), "medapp.mo": mo.getvalue()}


def problems(language: str, root: Path = ROOT) -> list[str]:
    """Everything that `check` objects to, one line each."""
    ids, merged = messages(root), parts(language, root)
    found = list(merged.problems)
    used = {part for item in ids for part in (item if isinstance(item, tuple) else (item,))}
    for item in ids:
        found.extend(_problems_of(item, merged.texts))
    found.extend(f"{merged.origin[key]}: stale {key!r}" for key in merged.texts if key not in used)
    for name, content in compiled(catalogue(language, ids, merged.texts)).items():
        path = folder(language, root) / "LC_MESSAGES" / name
        if not path.is_file() or path.read_bytes() != content:
            found.append(f"{language}/{name} is old: run `python packaging/i18n.py update`")
    return found


def _problems_of(item: MessageId, texts: Mapping[str, str]) -> Iterator[str]:
    source = item[1] if isinstance(item, tuple) else item
    text = _translation(item, texts)
    if text is None:
        yield f"missing {source!r}"
        return
    try:
        if fields(text) != fields(source):
            yield f"placeholders of {source!r} and {text!r} differ"
    except ValueError:
        yield f"unbalanced brace in {source!r} or {text!r}"


def update(root: Path = ROOT) -> int:
    """Write the catalogues of every language; says what is still missing."""
    ids = messages(root)
    for language in LANGUAGES:
        merged = parts(language, root)
        target = folder(language, root) / "LC_MESSAGES"
        target.mkdir(parents=True, exist_ok=True)
        for name, content in compiled(catalogue(language, ids, merged.texts)).items():
            (target / name).write_bytes(content)
        lacking = sum(_translation(item, merged.texts) is None for item in ids)
        print(f"{language}: {len(ids)} messages, {lacking} without a translation")
        for problem in merged.problems:
            print(problem)
    return 0


def check(root: Path = ROOT) -> int:
    """Print the problems of every language; 1 when there are any."""
    found = [problem for language in LANGUAGES for problem in problems(language, root)]
    for problem in found:
        print(problem)
    return 1 if found else 0


def missing(root: Path = ROOT) -> int:
    """Print TOML lines for the messages that no part translates."""
    for language in LANGUAGES:
        texts = parts(language, root).texts
        for item in messages(root):
            if _translation(item, texts) is None:
                for part in item if isinstance(item, tuple) else (item,):
                    print(f'{_quoted(part)} = ""')
    return 0


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def tail(length: int) -> str:
    """So many signs, in words that a line can be broken between, as in a real language."""
    return " ".join("~" * min(4, length - at) for at in range(0, length, 5))


def lengthened(text: str) -> str:
    """English made 40 % longer and bracketed; placeholders stay as they are."""
    widened = "".join(
        literal + tail(len(literal) * 2 // 5) + (f"{{{name}}}" if name is not None else "")
        for literal, name, _spec, _conversion in string.Formatter().parse(text)
    )
    return f"[{widened}]"


def pseudo(root: Path = ROOT) -> int:
    """Write the pseudo-language `en_XA` into build/translations."""
    built = PlainCatalogue(locale="en", charset="utf-8", fuzzy=False)
    for item in messages(root):
        built.add(item, tuple(map(lengthened, item)) if isinstance(item, tuple) else lengthened(item))
    target = root / "build" / "translations" / "en_XA" / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    for name, content in compiled(built).items():
        (target / name).write_bytes(content)
    print(f"written: {target.relative_to(root)}")
    return 0


def main(arguments: list[str]) -> int:
    commands: dict[str, Any] = {"update": update, "check": check, "missing": missing, "pseudo": pseudo}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    return int(commands[arguments[0]]())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
