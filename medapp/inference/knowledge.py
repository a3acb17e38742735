"""Which dated tables an answer rests on."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Final

from medapp import paths
from medapp.domain.assessment import KnowledgeUsed

TABLES: Final = ("variables", "units")
"""Tables by which a value is found in the record and converted."""


@lru_cache(maxsize=1)
def knowledge_used() -> tuple[KnowledgeUsed, ...]:
    """Id, version and date of the tables that encoding reads, from their SOURCE.toml."""
    sources = tomllib.loads((paths.knowledge_dir() / "SOURCE.toml").read_text(encoding="utf-8"))
    return tuple(
        KnowledgeUsed(name, str(sources[name]["version"]), str(sources[name]["date"]))
        for name in TABLES
        if name in sources
    )
