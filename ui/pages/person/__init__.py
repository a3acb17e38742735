"""Who the patient is: the form for a new one and for her details."""

from __future__ import annotations
