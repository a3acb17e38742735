"""Read the compiled tables of facts, once each, when first asked for."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from medapp import paths


@lru_cache(maxsize=8)
def table(name: str) -> Any:
    """The parsed `resources/knowledge/<name>.json`; callers must not change it.

    Raises FileNotFoundError when the installation lacks it.
    """
    return json.loads((paths.knowledge_dir() / f"{name}.json").read_bytes())
