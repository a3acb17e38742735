"""Words in the reader's language: one gettext catalogue for core, reports and window.

Message ids are the English sentences. `N_` marks a sentence where it is
written; `Words` translates it where it is shown, so no module needs to know
the language and a language can be switched while the program runs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from medapp import paths

if TYPE_CHECKING:
    import gettext

LANGUAGES: Final = ("en", "zh_CN")
"""Languages that are complete; a test holds the catalogues to it."""


class TwoLanguages(Protocol):
    """A text that carries both languages itself (a card's, a variable's)."""

    @property
    def en(self) -> str: ...
    @property
    def zh_CN(self) -> str: ...  # noqa: N802 - the language's own tag


def N_(message: str) -> str:  # noqa: N802 - the field's own name (gettext)
    """Mark a message id for extraction and return it unchanged."""
    return message


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations | None:
    """The catalogue; None for English, whose sentences are the message ids themselves."""
    if language == "en":
        return None
    import gettext

    folder = paths.resources_dir() / "translations"
    return gettext.translation("medapp", folder, languages=[language])


class Words:
    """Translate message ids into one language.

    Raises FileNotFoundError when the language has no catalogue.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, **fields: object) -> str:
        text = self._catalogue.gettext(message) if message and self._catalogue else message
        return text.format(**fields) if fields else text

    def plural(self, one: str, many: str, count: int, **fields: object) -> str:
        """Choose by count; `{count}` is filled in."""
        english = one if count == 1 else many
        text = self._catalogue.ngettext(one, many, count) if self._catalogue else english
        return text.format(count=count, **fields)

    def pick(self, text: TwoLanguages) -> str:
        """The side of a two-language text that this language reads."""
        return text.zh_CN if self.language == "zh_CN" else text.en


def both(message: str, **fields: object) -> dict[str, str]:
    """One sentence in every language, for documents that carry them all."""
    return {language: Words(language)(message, **fields) for language in LANGUAGES}
