"""Forms generated from what an assessor's card asks for; no form is drawn by hand."""

from __future__ import annotations

from ui.forms.fields import InputField, field_for
from ui.forms.form import InputForm

__all__ = ["InputField", "InputForm", "field_for"]
