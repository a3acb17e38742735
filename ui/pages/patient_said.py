"""Short written phrases of a record in the reader's language (`medapp.terminology.said`)."""

from __future__ import annotations

from medapp.terminology.said import dosage_words, reaction_words

__all__ = ["dosage_words", "reaction_words"]
