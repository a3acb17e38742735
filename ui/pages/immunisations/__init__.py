"""Vaccines given: the card on the Summary and the form."""

from __future__ import annotations
