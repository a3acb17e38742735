"""Which dated tables an answer rests on."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from medapp.domain.assessment import KnowledgeUsed
from medapp.terminology.sources import knowledge_source

TABLES: Final = ("variables", "units")
"""Tables by which a value is found in the record and converted."""


@lru_cache(maxsize=1)
def knowledge_used() -> tuple[KnowledgeUsed, ...]:
    """Id, version and date of the tables that encoding reads."""
    sources = [knowledge_source(name) for name in TABLES]
    return tuple(KnowledgeUsed(source.id, source.version, source.date) for source in sources)
