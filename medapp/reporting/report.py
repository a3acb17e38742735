"""A finished report: the body as HTML, and the lines that stand on every page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

MIME = "application/vnd.medapp.report+json"
"""How a printed report is stored, so that it is shown again as it was printed."""


@dataclass(frozen=True, slots=True)
class Report:
    """`identity` heads every page (who it is about), `footer` ends it (what, by whom, which program)."""

    kind: str
    title: str
    identity: str
    footer: str
    html: str

    def pack(self) -> bytes:
        """The bytes that are stored."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def unpack(cls, content: bytes) -> Report:
        """Inverse of `pack`."""
        return cls(**json.loads(content))
