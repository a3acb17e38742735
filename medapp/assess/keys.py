"""Reading a TOML table so that every complaint names the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from medapp.assess.errors import CardKeyMissing, CardKeyUnknown, CardKeyWrong
from medapp.domain.datatypes import LocalText


class Keys:
    """One TOML table, its path in the file, and which of its keys were asked for.

    Every reader raises CardKeyMissing or CardKeyWrong naming the full key, such
    as `features[3].valid`; `close` raises CardKeyUnknown for what nobody asked for.
    """

    def __init__(self, model: str, values: Mapping[str, Any], path: str = "") -> None:
        self.model = model
        self.path = path
        self._values = values
        self._asked: set[str] = set()

    def where(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        return key in self._values

    def wrong(self, key: str, expected: str) -> CardKeyWrong:
        return CardKeyWrong(model=self.model, key=self.where(key), expected=expected)

    def _get(self, key: str, kinds: tuple[type, ...], expected: str) -> Any:
        self._asked.add(key)
        if key not in self._values:
            raise CardKeyMissing(model=self.model, key=self.where(key))
        value = self._values[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise self.wrong(key, expected)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and not self.has(key):
            return default
        value: str = self._get(key, (str,), "text")
        return value

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def one_of(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.wrong(key, " | ".join(allowed))
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._get(key, (bool,), "true | false")) if self.has(key) else default

    def number(self, key: str) -> float:
        return float(self._get(key, (int, float), "number"))

    def optional_number(self, key: str) -> float | None:
        return self.number(key) if self.has(key) else None

    def optional_whole(self, key: str) -> int | None:
        return int(self._get(key, (int,), "whole number")) if self.has(key) else None

    def pair(self, key: str) -> tuple[float, float] | None:
        """Two rising numbers, or None when the key is absent."""
        if not self.has(key):
            return None
        value = self._get(key, (list,), "[low, high]")
        numbers = [v for v in value if isinstance(v, (int, float)) and not isinstance(v, bool)]
        if len(value) != 2 or len(numbers) != 2 or numbers[0] > numbers[1]:
            raise self.wrong(key, "[low, high]")
        return float(numbers[0]), float(numbers[1])

    def strings(self, key: str) -> tuple[str, ...]:
        if not self.has(key):
            return ()
        value = self._get(key, (list,), "list of texts")
        if not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "list of texts")
        return tuple(value)

    def local(self, key: str) -> LocalText:
        """A text in both languages: `{ en = "...", zh_CN = "..." }`."""
        return self._local(key, self._get(key, (dict,), "{ en, zh_CN }"))

    def optional_local(self, key: str) -> LocalText | None:
        return self.local(key) if self.has(key) else None

    def locals(self, key: str) -> tuple[LocalText, ...]:
        if not self.has(key):
            return ()
        items = self._get(key, (list,), "list of { en, zh_CN }")
        return tuple(self._local(f"{key}[{i}]", item) for i, item in enumerate(items))

    def _local(self, key: str, value: Any) -> LocalText:
        if isinstance(value, dict) and set(value) == {"en", "zh_CN"}:
            english, chinese = value["en"], value["zh_CN"]
            if isinstance(english, str) and isinstance(chinese, str):
                return LocalText(english, chinese)
        raise self.wrong(key, "{ en, zh_CN }")

    def table(self, key: str, *, required: bool = True) -> Keys:
        if not required and not self.has(key):
            self._asked.add(key)
            return Keys(self.model, {}, self.where(key))
        return Keys(self.model, self._get(key, (dict,), "table"), self.where(key))

    def tables(self, key: str) -> list[Keys]:
        if not self.has(key):
            return []
        items = self._get(key, (list,), "list of tables")
        if not all(isinstance(item, dict) for item in items):
            raise self.wrong(key, "list of tables")
        return [Keys(self.model, item, f"{self.where(key)}[{i}]") for i, item in enumerate(items)]

    def plain(self) -> dict[str, Any]:
        """The whole table as it stands; nothing in it is unknown any more."""
        self._asked.update(self._values)
        return dict(self._values)

    def names(self) -> list[str]:
        return list(self._values)

    def close(self) -> None:
        for key in self._values:
            if key not in self._asked:
                raise CardKeyUnknown(model=self.model, key=self.where(key))
