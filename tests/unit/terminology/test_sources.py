"""Every table says where it comes from."""

from __future__ import annotations

import re

from medapp.terminology.sources import knowledge_source, knowledge_sources


def test_every_table_has_origin_version_date_and_licence() -> None:
    assert set(knowledge_sources()) == {
        "variables", "units", "concepts", "names", "tests", "critical_values", "recalls", "terms",
        "entry_sets", "population", "pregnancy", "prevent", "who_growth",
    }
    for source in knowledge_sources().values():
        assert source.origin and source.licence and source.title
        assert re.fullmatch(r"\d+\.\d+\.\d+", source.version)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", source.date)


def test_the_owners_notices_are_carried() -> None:
    assert "Regenstrief Institute" in knowledge_source("variables").notice
    assert "UCUM" in knowledge_source("units").notice
