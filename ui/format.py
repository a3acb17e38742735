"""How dates, ages, names and numbers are written on the screen: as on paper (`terminology.readable`)."""

from __future__ import annotations

from medapp.terminology.readable import (
    DASH,
    EN_DASH,
    HYPHEN,
    MINUS,
    NBSP,
    Day,
    format_age,
    format_ago,
    format_born,
    format_concept,
    format_date,
    format_human_name,
    format_month,
    format_name,
    format_number,
    format_patient,
    format_percent,
    format_quantity,
    format_sex,
    format_substance,
    format_time,
    moment_of,
    unit_label,
)

__all__ = [
    "DASH", "Day", "EN_DASH", "HYPHEN", "MINUS", "NBSP", "format_age", "format_ago", "format_born",
    "format_concept", "format_date", "format_human_name", "format_month", "format_name", "format_number",
    "format_patient", "format_percent", "format_quantity", "format_sex", "format_substance", "format_time",
    "moment_of", "unit_label",
]
