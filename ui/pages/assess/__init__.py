"""The Assess page: what the installed models say of one patient."""

from __future__ import annotations

from ui.pages.assess.page import AssessPage
from ui.pages.assess.reading import Shown, read_assessments

__all__ = ["AssessPage", "Shown", "read_assessments"]
