"""Origin, version, date and licence of the tables of facts, for provenance and the About page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from medapp import paths


@dataclass(frozen=True, slots=True)
class KnowledgeSource:
    """One dated table; `notice` must be shown where the product names its sources.

    `reviewed_by` is empty until a clinician has signed the table.
    """

    id: str
    version: str
    date: str
    title: str
    origin: str
    licence: str
    notice: str
    reviewed_by: str


def knowledge_source(table_id: str) -> KnowledgeSource:
    """One table's source. Raises KeyError for a table that is not ours."""
    return knowledge_sources()[table_id]


@lru_cache(maxsize=1)
def knowledge_sources() -> Mapping[str, KnowledgeSource]:
    """Every table of resources/knowledge by id, as its SOURCE.toml states."""
    data = tomllib.loads((paths.knowledge_dir() / "SOURCE.toml").read_text("utf-8"))
    fields = KnowledgeSource.__dataclass_fields__
    return MappingProxyType(
        {name: KnowledgeSource(**{key: str(row[key]) for key in fields}) for name, row in data.items()}
    )
