"""Everything about one patient: banner and tabs."""

from __future__ import annotations

from ui.pages.patient.page import PatientPage

__all__ = ["PatientPage"]
